"""The few verbs of a file system that the vault is made of, so that a test can cut the power between them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol


class Disk(Protocol):
    """One flat directory. Every verb raises OSError when it fails."""

    def names(self) -> list[str]:
        """The files that are there."""
        ...

    def read(self, name: str) -> bytes: ...

    def write(self, name: str, octets: bytes) -> None:
        """Make or replace a file; after a power cut it may be there in part or not at all."""
        ...

    def sync(self, name: str) -> None:
        """Return when the content of a file would survive a power cut."""
        ...

    def rename(self, old: str, new: str) -> None: ...

    def overwrite(self, name: str) -> None:
        """Put zeros in the place of a file's octets. Flash may keep a copy; that is why they are sealed."""
        ...

    def remove(self, name: str) -> None:
        """Remove a file; no error if there is none."""
        ...

    def sync_directory(self) -> None:
        """Return when all names would survive a power cut."""
        ...


class Directory:
    """A real directory, mode 0700, made when needed; files of mode 0600."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.mkdir(mode=0o700, parents=True, exist_ok=True)

    def names(self) -> list[str]:
        return sorted(os.listdir(self._path))

    def read(self, name: str) -> bytes:
        return (self._path / name).read_bytes()

    def write(self, name: str, octets: bytes) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW
        self._write(os.open(self._path / name, flags, 0o600), octets)

    def sync(self, name: str) -> None:
        descriptor = os.open(self._path / name, os.O_RDONLY | os.O_CLOEXEC)
        _sync_and_close(descriptor)

    def rename(self, old: str, new: str) -> None:
        os.rename(self._path / old, self._path / new)

    def overwrite(self, name: str) -> None:
        path = self._path / name
        size = path.stat().st_size
        self._write(os.open(path, os.O_WRONLY | os.O_CLOEXEC | os.O_NOFOLLOW), bytes(size))

    def remove(self, name: str) -> None:
        (self._path / name).unlink(missing_ok=True)

    def sync_directory(self) -> None:
        _sync_and_close(os.open(self._path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC))

    @staticmethod
    def _write(descriptor: int, octets: bytes) -> None:
        try:
            rest = memoryview(octets)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
        finally:
            os.close(descriptor)


def _sync_and_close(descriptor: int) -> None:
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
