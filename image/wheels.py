"""The phone's Python packages, fetched by hash: wheels for 64-bit ARM, and sources where there are none."""

from __future__ import annotations

import hashlib
import re
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from image.layers import Layer
from image.progress import BuildFailed, run

LOCK = Path(__file__).resolve().parents[1] / "requirements.lock"
PYTHON = "3.13"
GLIBC = 41
"""The 2.41 of trixie: wheels for it and every one before."""
SOURCES_ONLY = ("lgpio", "opuslib", "pyalsaaudio", "spidev")
"""These have no wheel for this Python and machine."""

_ENTRY = re.compile(
    r"^(?P<name>[a-z0-9-]+)==(?P<version>[^ ;\\\n]+)(?: ; (?P<marker>[^\\\n]+))?"
    r"(?P<hashes>(?: *\\\n +--hash=sha256:[0-9a-f]{64})+)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Locked:
    """One package of a lock file: exactly this version, in one of these archives."""

    name: str
    version: str
    hashes: tuple[str, ...]

    def requirement(self) -> str:
        """As pip reads it."""
        return " ".join([f"{self.name}=={self.version}", *(f"--hash={one}" for one in self.hashes)])


def read_lock(path: Path) -> dict[str, Locked]:
    """Read a lock file; of a package locked once for each Python, what the image's Python takes."""
    found = {}
    for match in _ENTRY.finditer(path.read_text(encoding="utf-8")):
        if _applies(match["marker"] or ""):
            hashes = re.findall(r"--hash=(sha256:[0-9a-f]{64})", match["hashes"])
            found[match["name"]] = Locked(match["name"], match["version"], tuple(hashes))
    return found


def _applies(marker: str) -> bool:
    """Enough of PEP 508 for the markers that a universal lock has."""
    return "sys_platform == 'win32'" not in marker and "python_full_version <" not in marker


def locked(layers: list[Layer]) -> list[Locked]:
    """What these layers ask for, sorted. Raises BuildFailed for a package that no lock file has."""
    found: dict[str, Locked] = {}
    for layer in layers:
        if not layer.wheels:
            continue
        own = layer.path / "wheels.lock"
        known = {**read_lock(LOCK), **(read_lock(own) if own.exists() else {})}
        for name in layer.wheels:
            if name not in known or not known[name].hashes:
                raise BuildFailed(f"{layer.name}: {name} is in no lock file; add it, with its hashes")
            found[name] = known[name]
    return [found[name] for name in sorted(found)]


def fetch(packages: list[Locked], folder: Path) -> list[Path]:
    """Have every package in `folder`, by its hash, and return the archives in the order of the packages.

    Raises BuildFailed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    missing = [package for package in packages if archive(package, folder) is None]
    for sources in (False, True):
        wanted = [package for package in missing if (package.name in SOURCES_ONLY) == sources]
        if wanted:
            _download(wanted, folder, sources=sources)
    found = []
    for package in packages:
        path = archive(package, folder)
        if path is None:
            raise BuildFailed(f"{package.name} {package.version} was not fetched")
        if f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}" not in package.hashes:
            raise BuildFailed(f"{path} is not what the lock file names: remove it, and build again")
        found.append(path)
    return found


def archive(package: Locked, folder: Path) -> Path | None:
    """The archive of a package if it is in `folder`."""
    for spelled in (package.name, package.name.replace("-", "_")):
        for pattern in (f"{spelled}-{package.version}-*.whl", f"{spelled}-{package.version}.tar.gz"):
            for path in sorted(folder.glob(pattern)):
                return path
    return None


def _download(packages: list[Locked], folder: Path, *, sources: bool) -> None:
    wanted = folder / ("sources.txt" if sources else "wheels.txt")
    wanted.write_text("\n".join(package.requirement() for package in packages) + "\n", encoding="utf-8")
    command: list[str | Path] = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--disable-pip-version-check", "--require-hashes", "--dest", folder, "--requirement", wanted]
    if sources:
        command += ["--no-binary", ":all:", "--no-build-isolation"]
    else:
        command += ["--only-binary", ":all:", "--implementation", "cp", "--python-version", PYTHON]
        command += [f"--platform=manylinux_2_{minor}_aarch64" for minor in range(GLIBC, 16, -1)]
        command += ["--platform=manylinux2014_aarch64"]
    run(command)


def install(wheel: Path, site: Path) -> None:
    """Unpack a wheel into a site-packages folder. Raises BuildFailed for one that wants more than that."""
    with zipfile.ZipFile(wheel) as opened:
        for item in opened.infolist():
            parts = Path(item.filename).parts
            if ".." in parts or item.filename.startswith("/"):
                raise BuildFailed(f"{wheel.name} would write outside its folder: {item.filename}")
            if item.is_dir() or parts[-1] == "RECORD":
                continue
            if parts[0].endswith(".data"):
                if parts[1] in ("scripts", "data"):
                    continue
                if parts[1] not in ("purelib", "platlib"):
                    raise BuildFailed(f"{wheel.name} wants to install {item.filename}")
                parts = parts[2:]
            target = site.joinpath(*parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(opened.read(item))
