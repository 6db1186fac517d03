"""CRS media as they lie in a directory or in the image of a disc: walked with suspicion, then read as bytes.

Nothing is read that is not a regular file of a known name and a lawful size; links, devices and anything that
does not belong there end it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from crs.disc_image import MAX_TOTAL, unpacked
from crs.errors import OperatorError
from crypto import crs_media
from crypto.crs_media import CRSMedia
from crypto.errors import PackageError


def read_media(directory: Path, *, domain_key: bytes | None) -> CRSMedia:
    """Read, verify and return the media in a directory or a disc image.

    `domain_key` is the one this CRS knows, None at its first media. Raises OperatorError.
    """
    return examine(directory, domain_key=domain_key)[0]


def examine(directory: Path, *, domain_key: bytes | None) -> tuple[CRSMedia, dict[str, int]]:
    """Do as `read_media` does; return also the size of each file in octets."""
    try:
        files = _files_of(directory)
        return crs_media.read(files, domain_key), {name: len(octets) for name, octets in files.items()}
    except PackageError as error:
        raise OperatorError(
            f"{directory}: {error} [{error.code}]; nothing was changed. Make new media with `cms export`"
        ) from error
    except OSError as error:
        raise OperatorError(
            f"{directory}: {error.strerror}; nothing was changed. Is the medium there?"
        ) from error


def _files_of(place: Path) -> dict[str, bytes]:
    if place.is_dir():
        return _files(place)
    with unpacked(place) as directory:
        return _files(directory)


def _files(directory: Path) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    left = MAX_TOTAL
    for name, path in _names(directory):
        if len(files) > crs_media.MAX_FILES:
            raise OperatorError(f"{directory}: too many files for CRS media; nothing was changed")
        files[name] = _read(path, min(crs_media.max_octets(name), left))
        left -= len(files[name])
    return files


def _names(directory: Path) -> Iterator[tuple[str, Path]]:
    """Return what lies in the directory with its name on the media."""
    with os.scandir(directory) as entries:
        for entry in entries:
            yield entry.name, Path(entry.path)


def _read(path: Path, at_most: int) -> bytes:
    """Read a regular file. It is opened first and looked at afterwards: what was checked is what is read."""
    try:
        # Not blocking, so that a pipe in a file's place cannot hold us up.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise OperatorError(
            f"{path}: a link, or not readable ({error.strerror}); nothing was changed"
        ) from error
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OperatorError(f"{path}: not a regular file; nothing was changed")
        octets = file.read(at_most + 1) if status.st_size <= at_most else b""
        if status.st_size > at_most or len(octets) > at_most:
            raise OperatorError(f"{path}: larger than CRS media may be; nothing was changed")
        return octets
