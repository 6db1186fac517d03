"""The Debian root file system under all layers, as a tar file that is made once for each set of packages."""

from __future__ import annotations

import hashlib
import os
import re
import tarfile
from pathlib import Path

from image.apt import ARCHITECTURE, SUITE, Mirrors
from image.emulation import emulation
from image.progress import BuildFailed, run, step

EDITION = 1
"""Counted up when a base made before must not be used again."""
APT_OPTIONS = ('Apt::Install-Recommends "false"', 'Acquire::Languages "none"')
EXCLUDED = (
    "/usr/share/man/*",
    "/usr/share/doc/*",
    "/usr/share/locale/*",
    "/usr/share/i18n/*",
    "/usr/share/info/*",
    "/usr/share/lintian/*",
    "/usr/share/bug/*",
)
INCLUDED = ("/usr/share/doc/*/copyright",)
STATUS = "./var/lib/dpkg/status"

_FIELD = re.compile(r"^(Package|Version|Architecture|Source): (.*)$", re.MULTILINE)


def key(packages: list[str]) -> str:
    """Names the base with these packages."""
    said = "\n".join([str(EDITION), SUITE, *packages, "-", *EXCLUDED, "-", *INCLUDED])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def debian_base(packages: list[str], mirrors: Mirrors, cache: Path, *, fresh: bool = False) -> Path:
    """Return the tar file with these packages, made now if it is not there. Raises BuildFailed."""
    tar = cache / f"base-{key(packages)}.tar"
    if tar.exists() and not fresh:
        step(f"Debian base: {tar.name} is there")
        return tar
    step(f"Debian base: {len(packages)} packages and what they need; some ten minutes under emulation")
    draft = tar.with_name(f".{tar.name}.draft")
    settings = [f"--aptopt={option}" for option in APT_OPTIONS] + ["--dpkgopt=force-unsafe-io"]
    settings += [f"--dpkgopt=path-exclude={pattern}" for pattern in EXCLUDED]
    settings += [f"--dpkgopt=path-include={pattern}" for pattern in INCLUDED]
    command = ["mmdebstrap", "--mode=root", f"--architectures={ARCHITECTURE}", "--variant=minbase"]
    command += ["--format=tar", f"--include={','.join(packages)}", *settings, SUITE, str(draft)]
    try:
        with emulation():
            run(
                [*command, *mirrors.sources(backports=False)],
                log=cache / "base.log",
                environment=_environment(),
            )
        os.replace(draft, tar)
    finally:
        draft.unlink(missing_ok=True)
    return tar


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    return {**kept, "LC_ALL": "C", "TZ": "UTC", "SOURCE_DATE_EPOCH": "1767225600"}


def installed(tar: Path) -> list[dict[str, str]]:
    """The packages in a base: Package, Version, Architecture and, where it differs, Source; sorted.

    Raises BuildFailed if the tar file has no list of them.
    """
    with tarfile.open(tar) as archive:
        member = archive.extractfile(STATUS)
        if member is None:
            raise BuildFailed(f"{tar} has no {STATUS}")
        text = member.read().decode("utf-8")
    found = [dict(_FIELD.findall(paragraph)) for paragraph in text.split("\n\n") if paragraph.strip()]
    return sorted(found, key=lambda package: package["Package"])
