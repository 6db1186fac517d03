"""Files that are there whole or not at all: temporary name, fsync, rename, fsync of the folder."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from cms.errors import OperatorMistake

_PRIVATE_FILE = 0o600
_PRIVATE_FOLDER = 0o700


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(path: Path) -> None:
    """Make the content of a file survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_through(path: Path, octets: bytes) -> None:
    """Write a new file, readable by its owner only, down to the disk. Raises FileExistsError."""
    with _new(path) as file:
        file.write(octets)
        file.flush()
        os.fsync(file.fileno())


def replace_keeping_previous(path: Path, octets: bytes, previous: Path | None) -> None:
    """Replace a file and keep what it held under `previous`; at any moment `path` is the old or the new."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    write_through(new, octets)
    if previous is not None and path.exists():
        kept = previous.with_name(f"{previous.name}.new")
        kept.unlink(missing_ok=True)
        os.link(path, kept)
        os.replace(kept, previous)
    os.replace(new, path)
    sync_folder(path.parent)


def replace_overwriting(path: Path, octets: bytes, previous: Path) -> None:
    """Replace a file, remove `previous`, and write zeros over what both held.

    At any moment `path` is the old or the new. On flash memory, and on a file system that writes elsewhere,
    zeros do not reach what was there before.
    """
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    write_through(new, octets)
    with ExitStack() as stack:
        old = [stack.enter_context(one.open("r+b")) for one in (path, previous) if one.exists()]
        previous.unlink(missing_ok=True)
        sync_folder(path.parent)
        os.replace(new, path)
        sync_folder(path.parent)
        for file in old:
            file.write(bytes(os.fstat(file.fileno()).st_size))
            file.flush()
            os.fsync(file.fileno())


def _new(path: Path) -> BinaryIO:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, _PRIVATE_FILE)
    return os.fdopen(descriptor, "wb")


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}")


class StagedFiles:
    """New files that wait beside their places until they may appear: after the store has been saved."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Path, Path]] = []

    def add(self, path: Path, octets: bytes) -> None:
        """Write a file beside its place. Raises OperatorMistake if it is taken or cannot be written."""
        self._check_free(path)
        waiting = _beside(path)
        try:
            write_through(waiting, octets)
        except OSError as error:
            raise OperatorMistake(
                f"{path} cannot be written ({error.strerror}): choose another folder"
            ) from error
        self._waiting.append((waiting, path))

    @contextmanager
    def writing(self, path: Path) -> Iterator[BinaryIO]:
        """Open a file beside its place, to be written by and by. Raises OperatorMistake as `add` does."""
        self._check_free(path)
        waiting = _beside(path)
        try:
            with _new(waiting) as file:
                self._waiting.append((waiting, path))
                yield file
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise OperatorMistake(
                f"{path} cannot be written ({error.strerror}): choose another folder"
            ) from error

    def appear(self) -> None:
        """Give every file its name."""
        while self._waiting:
            waiting, path = self._waiting[0]
            os.replace(waiting, path)
            sync_folder(path.parent)
            self._waiting.pop(0)

    def _check_free(self, path: Path) -> None:
        if path.exists() or path.is_symlink():
            raise OperatorMistake(f"{path} is already there: remove it, or choose another name")
        if any(path.absolute() == taken.absolute() for _, taken in self._waiting):
            raise OperatorMistake(f"{path} was named for two things: choose another name for one of them")

    def discard(self) -> None:
        """Remove what has not appeared."""
        for waiting, _ in self._waiting:
            waiting.unlink(missing_ok=True)
        self._waiting.clear()

    def __enter__(self) -> StagedFiles:
        return self

    def __exit__(self, *unused: object) -> None:
        self.discard()


class StagedFolder:
    """A new folder that appears whole, by one rename, where nothing or an empty folder is."""

    def __init__(self, target: Path) -> None:
        """Raise OperatorMistake unless `target` is free and its parent can be written."""
        if target.is_symlink() or (target.exists() and not target.is_dir()):
            raise OperatorMistake(f"{target} is not a folder: choose another name")
        if target.is_dir() and any(target.iterdir()):
            raise OperatorMistake(f"{target} is not empty: use a new folder on blank media")
        if target.is_dir() and os.path.ismount(target):
            raise OperatorMistake(
                f"{target} is the medium itself: name a new folder on it, such as {target}/export"
            )
        self._target = target
        self._waiting = _beside(target)
        try:
            self._waiting.mkdir(mode=_PRIVATE_FOLDER)
        except OSError as error:
            raise OperatorMistake(
                f"{target} cannot be made ({error.strerror}): choose another folder"
            ) from error

    @property
    def waiting(self) -> Path:
        """The folder as it is until it appears."""
        return self._waiting

    def fill(self, files: Mapping[str, bytes], written: Callable[[], None]) -> None:
        """Write files by name, calling `written` after each."""
        for name, octets in files.items():
            self.add(name, octets)
            written()

    def add(self, name: str, octets: bytes) -> None:
        """Write a file. Raises OperatorMistake if it cannot be written."""
        try:
            write_through(self._waiting / name, octets)
        except OSError as error:
            raise OperatorMistake(f"{self._target} cannot be written: {error.strerror}") from error

    def appear(self) -> None:
        """Give the folder its name."""
        sync_folder(self._waiting)
        os.rename(self._waiting, self._target)
        sync_folder(self._target.parent)

    def __enter__(self) -> StagedFolder:
        return self

    def __exit__(self, *unused: object) -> None:
        """Remove what has not appeared. Raises OperatorMistake, naming it, if it cannot be removed."""
        try:
            if self._waiting.exists():
                shutil.rmtree(self._waiting)
        except OSError as error:
            raise OperatorMistake(
                f"{self._waiting} could not be removed ({error.strerror}): destroy it as you would the media"
            ) from error


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold an exclusive lock on a file. Raises OperatorMistake if another command holds it."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, _PRIVATE_FILE)
    except OSError as error:
        raise OperatorMistake(
            f"{path} cannot be opened ({error.strerror}): use an account that owns it"
        ) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise OperatorMistake("another command is using this store: wait until it has ended") from error
        yield
    finally:
        os.close(descriptor)
