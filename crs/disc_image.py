"""CRS media in a disc image: listed, held against what media may be, and only then unpacked by xorriso.

Nothing is mounted. What is unpacked is still walked with the suspicion of `crs.media_directory`.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crs.errors import OperatorError
from crypto import crs_media
from crypto.errors import PackageError

MAX_TOTAL = 1024 * 1024 * 1024
"""Octets of all files together."""
_OVERHEAD = 16 * 1024 * 1024
_PATIENCE_S = 600
_MEMORY = 2 * 1024 * 1024 * 1024
_PROGRAM = "xorriso"
_ENTRY = re.compile(r"([-d])[-rwxsStT]{9}\+?\s+\d+\s+\d+\s+\d+\s+(\d+) .{12} '/([a-z0-9.-]*)'")


@contextmanager
def unpacked(image: Path) -> Iterator[Path]:
    """Unpack an image into a private folder that is gone afterwards. Raises OperatorError."""
    _check(image)
    _check_list(image, _xorriso(image, "-find", "/", "-exec", "lsdl"))
    with tempfile.TemporaryDirectory(prefix="crs-media-") as name:
        _xorriso(image, "-osirrox", "on", "-extract", "/", name)
        yield Path(name)


def _check(image: Path) -> None:
    status = image.lstat()
    if not stat.S_ISREG(status.st_mode):
        raise OperatorError(f"{image}: neither a directory nor a disc image; nothing was changed")
    if status.st_size > MAX_TOTAL + _OVERHEAD:
        raise OperatorError(f"{image}: larger than CRS media may be; nothing was changed")


def _check_list(image: Path, listed: bytes) -> None:
    """Hold names, kinds and sizes against what may be on media, before anything is unpacked.

    Two files of an image may lie on the same sectors, so its size says nothing of theirs.
    """
    total = count = 0
    for line in listed.decode("latin-1").splitlines():
        entry = _ENTRY.fullmatch(line)
        kind, size, name = entry.groups() if entry else ("?", "0", "?")
        if (kind, name) == ("d", ""):
            continue
        total, count = total + int(size), count + 1
        if kind != "-" or count > crs_media.MAX_FILES + 1 or total > MAX_TOTAL or int(size) > _most(name):
            raise OperatorError(
                f"{image}: it holds what does not belong on CRS media, or too much of it; nothing was changed"
            )


def _most(name: str) -> int:
    """Return how large a file may be, -1 if there may be none of its name."""
    try:
        return crs_media.max_octets(name)
    except PackageError:
        return -1


def _xorriso(image: Path, *words: str) -> bytes:
    program = shutil.which(_PROGRAM)
    if program is None:
        raise OperatorError(
            f"{image}: a disc image needs {_PROGRAM}, and it is not installed; nothing was changed."
            f" apt install {_PROGRAM}, or mount the disc and name its directory"
        )
    command = [program, "-no_rc", "-abort_on", "FAILURE", "-indev", f"stdio:{image.absolute()}", *words]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            timeout=_PATIENCE_S,
            preexec_fn=_limit,
        )
    except subprocess.TimeoutExpired as error:
        raise OperatorError(f"{image}: reading it took too long; nothing was changed") from error
    if done.returncode:
        raise OperatorError(
            f"{image}: not a disc image that can be read; nothing was changed."
            " Make new media with `cms export`"
        )
    return done.stdout


def _limit() -> None:
    """What the unpacking program may use: whoever made the image does not decide that."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_TOTAL, MAX_TOTAL))
    resource.setrlimit(resource.RLIMIT_CPU, (_PATIENCE_S, _PATIENCE_S))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
