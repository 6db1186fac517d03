"""Updates of the phones' software: files that the CRS hands on and cannot judge.

    HOME/updates/sottovoce-1.2.0-debian-arm64.raucb

The name is all that is read of a bundle: which version, and for which kind of phone. Whether it is genuine
is the phone's to say; a CRS that hands on another file costs its phones a download.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crs.errors import OperatorError
from crs.loading import sync_directory

FOLDER = "updates"
MAX_OCTETS = 256 * 1024 * 1024
MOST = 8
"""Bundles kept at a time: a few kinds of phone, and the version before."""
CHUNK = 1 << 20
_NAME = re.compile(
    r"sottovoce-((?:0|[1-9][0-9]{0,5})(?:\.(?:0|[1-9][0-9]{0,5})){2})-([a-z0-9]{1,24}(?:-[a-z0-9]{1,24}){0,2})\.raucb"
)
_KIND = re.compile(r"[a-z0-9]{1,24}(?:-[a-z0-9]{1,24}){0,3}")

Version = tuple[int, ...]


@dataclass(frozen=True, slots=True, order=True)
class Update:
    """One bundle. `kind` is what the phones call themselves, such as 'sottovoce-debian-arm64'."""

    kind: str
    version: Version
    path: Path

    @property
    def version_text(self) -> str:
        return ".".join(str(part) for part in self.version)


def read_version(text: str) -> Version:
    """Read '1.2.3'. Raises ValueError."""
    parts = text.split(".")
    if len(parts) != 3 or not all(part.isascii() and part.isdecimal() and len(part) <= 6 for part in parts):
        raise ValueError("a version is written like 1.2.3")
    return tuple(int(part) for part in parts)


def check_kind(text: str) -> str:
    """Return what a phone calls itself. Raises ValueError."""
    if not _KIND.fullmatch(text):
        raise ValueError("a kind of phone is written like sottovoce-debian-arm64")
    return text


def read_name(path: Path) -> Update:
    """Say what a bundle is by its name. Raises OperatorError."""
    found = _NAME.fullmatch(path.name)
    if found is None:
        raise OperatorError(
            f"{path.name}: not named like sottovoce-1.2.0-debian-arm64.raucb; take it as it was released"
        )
    return Update(f"sottovoce-{found[2]}", read_version(found[1]), path)


def listed(home: Path) -> list[Update]:
    """Every bundle that is handed on, the newest of each kind last."""
    folder = home / FOLDER
    if not folder.is_dir():
        return []
    return sorted(read_name(path) for path in folder.iterdir() if _NAME.fullmatch(path.name))


def newer(home: Path, kind: str, have: Version) -> Update | None:
    """The newest bundle for a kind of phone, if it is newer than what the phone has."""
    fitting = [update for update in listed(home) if update.kind == kind and update.version > have]
    return fitting[-1] if fitting else None


def add(home: Path, source: Path) -> tuple[Update, str]:
    """Copy a bundle in, whole or not at all; return it with its SHA-256. Raises OperatorError."""
    update = read_name(source)
    there = listed(home)
    if any(one.path.name == source.name for one in there):
        raise OperatorError(f"{source.name} is there already: remove it first to replace it")
    if len(there) >= MOST:
        raise OperatorError(f"{MOST} bundles are there already: remove one with  crs update remove NAME")
    folder = home / FOLDER
    said = hashlib.sha256()
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        # The file gets its name by a link when it is whole; its first name goes, whatever happens.
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".new-") as file:
            for octets in _chunks(source):
                said.update(octets)
                file.write(octets)
            file.flush()
            os.fsync(file.fileno())
            os.link(file.name, folder / source.name)
        sync_directory(folder)
    except OSError as error:
        raise OperatorError(f"{source}: {error.strerror}; nothing was changed") from error
    return Update(update.kind, update.version, folder / source.name), said.hexdigest()


def remove(home: Path, name: str) -> Update:
    """Hand a bundle on no more. Raises OperatorError."""
    for update in listed(home):
        if update.path.name == name:
            update.path.unlink()
            sync_directory(update.path.parent)
            return update
    raise OperatorError(f"there is no {name}: see  crs update list")


def _chunks(source: Path) -> Iterator[bytes]:
    """The octets of a bundle. Raises OperatorError if it is empty or too large, OSError."""
    if source.is_symlink() or not source.is_file():
        raise OperatorError(f"{source}: not a file; nothing was changed")
    total = 0
    with source.open("rb") as file:
        while octets := file.read(CHUNK):
            total += len(octets)
            if total > MAX_OCTETS:
                raise OperatorError(f"{source}: larger than an update may be; nothing was changed")
            yield octets
    if not total:
        raise OperatorError(f"{source}: empty; nothing was changed")
