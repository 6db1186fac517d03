"""The files that orders were recorded into. What is in them is kept as long as the log's detail, and no
longer; also when no order runs any more, and the server that wrote them has been stopped and started since.

    HOME/recordings     their paths, one a line
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crs.loading import sync_directory, write_secret

FILE = "recordings"
_MAX_OCTETS = 64 * 1024
_UNFINISHED = ".unfinished"
AWAY = "its folder is not there: mount it, or make it again if it was destroyed"
"""A file that is gone has nothing to forget; one on a disk that is away has."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What became of a file: how many calls are forgotten; or `fault`, why they could not be."""

    file: Path
    calls: int
    fault: str = ""


class RecordedFiles:
    """The files of one home directory."""

    def __init__(self, home: Path) -> None:
        self._path = home / FILE

    def known(self) -> list[Path]:
        """Return every file that may hold something. Raises OSError."""
        if not self._path.exists():
            return []
        with self._path.open("rb") as file:
            octets = _bounded(file.read(_MAX_OCTETS + 1))
        return [Path(os.fsdecode(line)) for line in octets.split(b"\n") if line]

    def add(self, file: Path) -> None:
        """Know a file from now on, before anything is in it. Raises OSError if that cannot be done."""
        whole = Path(os.path.abspath(file))
        if "\n" in str(whole):
            raise OSError(errno.EINVAL, "a line break in its name")
        known = self.known()
        if whole not in known:
            self._write([*known, whole])

    def forget(self, before: float, *, current: Path | None) -> list[Forgotten]:
        """Take out of every file what is older than `before` (Unix seconds), and remove those that are empty
        then, but for the `current` one. Returns what changed, and what could not be. Raises OSError if which
        files there are is not known, or cannot be noted.
        """
        still = None if current is None else Path(os.path.abspath(current))
        done: list[Forgotten] = []
        known = self.known()
        left = list(known)
        for file in known:
            if file != still and not file.parent.is_dir():
                done.append(Forgotten(file, 0, AWAY))
                continue
            try:
                calls, holds = _shorten(file, before)
                if not holds and file != still:
                    file.unlink(missing_ok=True)
                    left.remove(file)
            except OSError as error:
                done.append(Forgotten(file, 0, error.strerror or "it cannot be written"))
                continue
            if calls:
                done.append(Forgotten(file, calls))
        if left != known:
            self._write(left)
        return done

    def _write(self, files: list[Path]) -> None:
        write_secret(self._path, _bounded(b"".join(os.fsencode(file) + b"\n" for file in files)))


def _bounded(octets: bytes) -> bytes:
    if len(octets) > _MAX_OCTETS:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return octets


def _shorten(path: Path, before: float) -> tuple[int, bool]:
    """Take the old lines out of a file: the old file or the new, whatever happens. Returns how many they
    were, and whether any is left. A line that a power cut tore can neither be dated nor opened: it goes too.
    """
    unfinished = path.with_name(f".{path.name}{_UNFINISHED}")
    unfinished.unlink(missing_ok=True)
    old = kept = 0
    for line in _lines(path):
        if _is_old(line, before):
            old += 1
        else:
            kept += 1
    if not old:
        return 0, bool(kept)
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.writelines(line for line in _lines(path) if not _is_old(line, before))
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    sync_directory(path.parent)
    return old, bool(kept)


def _lines(path: Path) -> Iterator[bytes]:
    # Not blocking, so that a pipe in a file's place cannot hold us up.
    with contextlib.suppress(FileNotFoundError), open(path, "rb", opener=_opened) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        yield from file


def _opened(name: str, flags: int) -> int:
    return os.open(name, flags | os.O_NOFOLLOW | os.O_NONBLOCK)


def _is_old(line: bytes, before: float) -> bool:
    try:
        at = json.loads(line)["at"]
        return not isinstance(at, int | float) or at < before
    except (ValueError, TypeError, KeyError):
        return True
