"""Files read whole or not at all, and written so: a new name, readable by its owner only."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from monitor.errors import MonitorMistake


def read(path: Path, *, at_most: int) -> bytes:
    """Return the octets of a file. Raises MonitorMistake."""
    try:
        with path.open("rb") as file:
            octets = file.read(at_most + 1)
    except OSError as error:
        raise MonitorMistake(f"{path} cannot be read: {error.strerror}") from error
    if len(octets) > at_most:
        raise MonitorMistake(f"{path} is larger than {at_most} octets: it is something else, or cut it")
    return octets


@contextmanager
def appearing(path: Path) -> Iterator[BinaryIO]:
    """Write a new file that appears under its name when all of it is on the disk. Raises MonitorMistake."""
    waiting = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    if path.exists() or path.is_symlink():
        raise MonitorMistake(f"{path} is already there: remove it, or choose another name")
    try:
        descriptor = os.open(waiting, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        try:
            with os.fdopen(descriptor, "w+b") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            os.replace(waiting, path)
        except BaseException:
            waiting.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise MonitorMistake(f"{path} cannot be written: {error.strerror}") from error
