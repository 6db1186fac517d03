"""A camera that sees the newest picture in a folder; darkness when there is none."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from drivers.ports import CameraCapabilities, Frame, Gray

SIZE = (1280, 720)
RATE = 12.0
"""Frames a second."""
PICTURE_OCTETS = 8 * 1024 * 1024
PICTURE_PIXELS = 4096 * 4096
BACKGROUND = 24
_SUFFIXES = {".png", ".jpg", ".jpeg"}
_DARKNESSES = 4

_log = logging.getLogger(__name__)

# Known decoders are loaded now, so that a sandboxed process need not look for them later.
Image.preinit()


class FolderCamera:
    """Frames of 1280 x 720 from the newest PNG or JPEG in `folder`, fitted without distortion.

    A picture must be put there under its final name in one step (written elsewhere, then renamed).
    A picture that cannot be read is darkness and one line in the log.
    """

    def __init__(self, folder: Path, *, rate: float = RATE) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self._period = 1.0 / rate
        self._closed = threading.Event()
        self._seen: tuple[str, int, int, int] | None = None
        self._picture: Gray | None = None
        noise = np.random.default_rng(0)
        self._darkness = [
            noise.integers(4, 18, size=(SIZE[1], SIZE[0]), dtype=np.uint8) for _ in range(_DARKNESSES)
        ]

    @property
    def reaches(self) -> tuple[Path, ...]:
        """The folder."""
        return (self._folder,)

    @property
    def capabilities(self) -> CameraCapabilities:
        """A picture is as sharp as it is."""
        return CameraCapabilities(autofocus=True)

    def open(self) -> None:
        """Raises FileNotFoundError if the folder is gone."""
        self._folder.stat()

    def lamp(self, lit: bool) -> None:
        """It has none."""

    def frames(self) -> Iterator[Frame]:
        """Yield a frame every `1 / rate` seconds until closed; a slow reader gets no backlog."""
        due = time.monotonic()
        sequence = 0
        while not self._closed.wait(max(0.0, due - time.monotonic())):
            now = time.monotonic()
            due = max(due + self._period, now)
            picture = self._look()
            gray = self._darkness[sequence % _DARKNESSES] if picture is None else picture
            yield Frame(gray=gray.copy(), taken=now, sequence=sequence)
            sequence += 1

    def close(self) -> None:
        """Stop at once and forget the last picture."""
        self._closed.set()
        self._forget()

    def _look(self) -> Gray | None:
        newest = self._newest()
        identity = newest[1] if newest else None
        if identity != self._seen:
            self._seen = identity
            self._forget()
            self._picture = _read(newest[0]) if newest else None
        return self._picture

    def _forget(self) -> None:
        if self._picture is not None:
            self._picture.fill(0)
            self._picture = None

    def _newest(self) -> tuple[Path, tuple[str, int, int, int]] | None:
        found = []
        for path in self._folder.iterdir():
            if path.suffix.lower() in _SUFFIXES and not path.name.startswith("."):
                try:
                    status = path.stat()
                except FileNotFoundError:
                    continue  # replaced while we looked; the next frame sees the new one
                found.append((status.st_mtime_ns, path.name, status.st_ino, status.st_size, path))
        if not found:
            return None
        mtime, name, inode, size, path = max(found)
        return path, (name, mtime, inode, size)


def _read(path: Path) -> Gray | None:
    try:
        with path.open("rb") as file:
            if path.stat().st_size > PICTURE_OCTETS:
                raise ValueError(f"larger than {PICTURE_OCTETS} octets")
            with Image.open(file, formats=("PNG", "JPEG")) as image:
                if image.width * image.height > PICTURE_PIXELS:
                    raise ValueError(f"more than {PICTURE_PIXELS} pixels")
                image.draft("L", SIZE)  # of a JPEG, only the grey part is unpacked
                gray = image.convert("L")
        return np.array(fit(gray), dtype=np.uint8)
    except FileNotFoundError:
        return None
    # Pillow's word for a broken PNG is SyntaxError.
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        _log.warning("camera: %s is no picture that can be shown: %s", path.name, error)
        return None


def fit(gray: Image.Image) -> Image.Image:
    """Return an 'L' image of 1280 x 720 that holds the whole picture, unstretched, in its middle."""
    if gray.size == SIZE:
        return gray
    return ImageOps.pad(gray, SIZE, method=Image.Resampling.LANCZOS, color=BACKGROUND)
