"""Debian packages for the phone, through an apt of our own: this computer's apt stays as it is.

Signatures are checked with the keys of debian-archive-keyring. The mirrors are those that this computer uses,
or IMAGE_MIRROR and IMAGE_SECURITY_MIRROR.
"""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from image.progress import BuildFailed, run

SUITE = "trixie"
COMPONENTS = "main non-free-firmware"
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
ARCHITECTURE = "arm64"

_WORD = re.compile(r"(?P<name>[a-z0-9][a-z0-9+.-]*?)(?:/(?P<suite>[a-z-]+))?(?P<all>\+\+)?")


@dataclass(frozen=True, slots=True)
class Mirrors:
    """Where Debian and its security updates come from, without a slash at the end."""

    main: str
    security: str

    def sources(self, *, backports: bool) -> list[str]:
        """Lines of a sources.list."""
        signed = f"[signed-by={KEYRING}]"
        lines = [
            f"deb {signed} {self.main} {SUITE} {COMPONENTS}",
            f"deb {signed} {self.main} {SUITE}-updates {COMPONENTS}",
            f"deb {signed} {self.security} {SUITE}-security {COMPONENTS}",
        ]
        return [*lines, f"deb {signed} {self.main} {SUITE}-backports {COMPONENTS}"] if backports else lines


def find_mirrors() -> Mirrors:
    """The mirrors of this computer. Raises BuildFailed if it knows none."""
    found = {
        "Debian": os.environ.get("IMAGE_MIRROR"),
        "Debian-Security": os.environ.get("IMAGE_SECURITY_MIRROR"),
    }
    for label, chosen in found.items():
        if chosen is None:
            found[label] = _mirror_labelled(label)
    main, security = found["Debian"], found["Debian-Security"]
    if not main or not security:
        raise BuildFailed(
            "this computer's apt names no Debian mirror; set IMAGE_MIRROR and IMAGE_SECURITY_MIRROR to one"
        )
    return Mirrors(main.rstrip("/"), security.rstrip("/"))


def _mirror_labelled(label: str) -> str | None:
    wanted = ["Created-By: Packages", "Origin: Debian", f"Label: {label}"]
    try:
        said = run(["apt-get", "indextargets", "--format", "$(REPO_URI)", *wanted])
    except BuildFailed:
        return None
    return next(iter(sorted(set(said.decode().split()))), None)


@dataclass
class Apt:
    """An apt that knows only `mirrors` and only arm64; its indexes lie in `folder`."""

    folder: Path
    mirrors: Mirrors
    _updated: bool = field(default=False, init=False)

    def _options(self) -> list[str]:
        here = self.folder
        settings = {
            "Dir::Etc::SourceList": here / "sources.list",
            "Dir::Etc::SourceParts": "/dev/null",
            "Dir::Etc::Preferences": "/dev/null",
            "Dir::Etc::PreferencesParts": "/dev/null",
            "Dir::State::Lists": here / "lists",
            "Dir::State::status": "/dev/null",
            "Dir::Cache": here / "cache",
            "APT::Architecture": ARCHITECTURE,
            "APT::Architectures": ARCHITECTURE,
            "APT::Install-Recommends": "false",
            "APT::Sandbox::User": "root",
            "Acquire::Languages": "none",
        }
        return [word for key, value in settings.items() for word in ("-o", f"{key}={value}")]

    def update(self) -> None:
        """Fetch the indexes, once."""
        if self._updated:
            return
        for name in ("lists/partial", "cache/archives/partial"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        sources = "\n".join(self.mirrors.sources(backports=True)) + "\n"
        (self.folder / "sources.list").write_text(sources, encoding="utf-8")
        run(["apt-get", *self._options(), "update"])
        self._updated = True

    def resolve(self, word: str) -> list[str]:
        """The packages that a word of an `unpacked` file means, as name=version, sorted.

        `name`, `name/suite`, and with `++` at the end also what it depends on that has the same first part
        of its name: `linux-image-arm64/trixie-backports++` is the kernel in all its packages.
        Raises BuildFailed.
        """
        match = _WORD.fullmatch(word)
        if match is None:
            raise BuildFailed(f"{word!r} is not NAME, NAME/SUITE or either with ++")
        name, suite = match["name"], match["suite"]
        release = ["-t", suite] if suite else []
        said = run(["apt-get", *self._options(), *release, "-s", "install", name]).decode()
        family = name.split("-", 1)[0] + "-"
        found = []
        for line in said.splitlines():
            parts = line.split()
            if parts[:1] != ["Inst"]:
                continue
            if parts[1] == name or (match["all"] and parts[1].startswith(family)):
                found.append(f"{parts[1]}={parts[2].lstrip('(')}")
        if not found:
            raise BuildFailed(f"the mirror has no package {name}")
        return sorted(found)

    def download(self, packages: list[str], folder: Path) -> list[Path]:
        """Fetch packages, each as name=version, into `folder`, unless they are there. Raises BuildFailed."""
        folder.mkdir(parents=True, exist_ok=True)
        wanted = [package for package in packages if not _files(folder, package)]
        if wanted:
            run(["apt-get", *self._options(), "download", *wanted], folder=folder)
        return [file for package in packages for file in _files(folder, package)]


def _files(folder: Path, package: str) -> list[Path]:
    name, version = package.split("=", 1)
    return [
        path
        for architecture in (ARCHITECTURE, "all")
        if (path := folder / f"{name}_{version.replace(':', '%3a')}_{architecture}.deb").exists()
    ]


def unpack(archives: list[Path], folder: Path) -> None:
    """Unpack packages over one another, without installing them. Raises BuildFailed."""
    folder.mkdir(parents=True, exist_ok=True)
    for archive in archives:
        run(["dpkg-deb", "-x", archive, folder])


def is_root() -> bool:
    """Whether we may own files as root and enter another root."""
    return os.geteuid() == 0


def architecture_runs() -> bool:
    """Whether this kernel runs programs of the phone, by emulation or by itself."""
    return subprocess.run(["arch-test", ARCHITECTURE], capture_output=True, check=False).returncode == 0
