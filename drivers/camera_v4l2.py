"""A USB camera, or any other that Video for Linux shows: grey frames of 1280 x 720 or what it has next to it.

The driver fills a few buffers in turn. We wait for one, take all that are full, keep the newest, and give
every one back at once.
"""

from __future__ import annotations

import ctypes
import errno
import io
import mmap
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from drivers import v4l2
from drivers.ports import CameraCapabilities, Frame, Gray

SIZE = (1280, 720)
RATE = 15
"""Frames a second. Many USB cameras have only 10 at this size without compression, which is enough."""
BUFFERS = 4
LARGEST = 2048 * 1536
"""Pixels of the largest frame that is taken."""
PATIENCE_S = 3.0
_WAIT_S = 0.2

FORMATS = ("GREY", "NV12", "YU12", "YUYV", "MJPG")
"""In the order in which they are wanted: the less there is to do, the better."""
_OCTETS_PER_GREY = {"GREY": 1, "NV12": 1, "YU12": 1, "YUYV": 2}

# Known decoders are loaded now, so that a sandboxed process need not look for them later.
Image.preinit()


class V4L2Camera:
    """The camera at `path`. `kernel` is what it runs on."""

    def __init__(self, path: Path = Path("/dev/video0"), *, kernel: v4l2.Kernel | None = None) -> None:
        self._path = path
        self._kernel = kernel or v4l2.Linux()
        self._descriptor = -1
        self._size = (0, 0)
        self._stride = 0
        self._format = ""
        self._buffers: list[mmap.mmap] = []
        self._capabilities = CameraCapabilities()
        self._closed = threading.Event()
        self._lock = threading.Lock()

    @property
    def reaches(self) -> tuple[Path, ...]:
        """The device."""
        return (self._path,)

    @property
    def capabilities(self) -> CameraCapabilities:
        """What the driver said that it can do."""
        return self._capabilities

    def open(self) -> None:
        """Take the device and agree on a format. Raises OSError, with what to do next, if that fails."""
        try:
            self._descriptor = self._kernel.open(self._path)
        except FileNotFoundError as error:
            raise OSError(errno.ENODEV, f"no camera at {self._path}: is it plugged in?") from error
        try:
            self._check()
            self._agree()
            self._set_up()
        except OSError:
            self.close()
            raise

    def lamp(self, lit: bool) -> None:
        """Light its torch, or put it out."""
        with self._lock:
            if self._capabilities.lamp and self._descriptor >= 0:
                self._control(v4l2.TORCH, 2 if lit else 0)

    def frames(self) -> Iterator[Frame]:
        """Start, and yield the newest frame. Raises OSError when the camera is unplugged or falls silent."""
        with self._lock:
            if self._descriptor < 0:
                return
            self._stream(v4l2.STREAMON)
        sequence, heard = 0, time.monotonic()
        while not self._closed.is_set():
            with self._lock:
                if self._closed.is_set():
                    return
                there = self._kernel.ready(self._descriptor, _WAIT_S)
                gray = self._newest() if there else None
            if gray is not None:
                heard = time.monotonic()
                yield Frame(gray=gray, taken=heard, sequence=sequence)
                sequence += 1
            elif time.monotonic() - heard > PATIENCE_S:
                raise TimeoutError(errno.ETIMEDOUT, "the camera gives no pictures: plug it in again")

    def close(self) -> None:
        """Stop, put the lamp out, wipe the buffers and let the device go."""
        self._closed.set()
        with self._lock:
            if self._descriptor < 0:
                return
            descriptor = self._descriptor
            try:
                if self._capabilities.lamp:
                    self._control(v4l2.TORCH, 0)
                if self._buffers:
                    self._stream(v4l2.STREAMOFF)
            except OSError as error:
                # A camera that was unplugged is off already.
                if error.errno not in (errno.ENODEV, errno.EIO):
                    raise
            finally:
                self._descriptor = -1
                for buffer in self._buffers:
                    buffer[:] = bytes(len(buffer))
                    buffer.close()
                self._buffers = []
                self._kernel.close(descriptor)

    def _check(self) -> None:
        told = v4l2.Capability()
        self._kernel.ioctl(self._descriptor, v4l2.QUERYCAP, told)
        can = told.device_caps if told.capabilities & v4l2.HAS_DEVICE_CAPS else told.capabilities
        if not can & v4l2.CAN_CAPTURE or not can & v4l2.CAN_STREAM:
            raise OSError(errno.ENODEV, f"{self._path} takes no pictures: it is not the camera")
        focuses = self._control(v4l2.FOCUS_AUTO, 1)
        self._control(v4l2.EXPOSURE_AUTO_PRIORITY, 0)
        self._capabilities = CameraCapabilities(autofocus=focuses, lamp=self._control(v4l2.TORCH, 0))

    def _control(self, number: int, value: int) -> bool:
        """Set a control; False if the device does not have it."""
        control = v4l2.Control(number, value)
        try:
            self._kernel.ioctl(self._descriptor, v4l2.S_CTRL, control)
        except OSError as error:
            if error.errno in (errno.ENODEV, errno.EIO):
                raise
            return False
        return True

    def _agree(self) -> None:
        """Ask for each format in turn; a driver answers with what it has that is nearest."""
        offers = [offer for name in FORMATS if (offer := self._offer(name)) is not None]
        if not offers:
            raise OSError(errno.EINVAL, f"{self._path} has none of {', '.join(FORMATS)}: use another camera")
        best = max(offers, key=lambda offer: offer.width * offer.height)  # of several, the first
        chosen = next(name for name in FORMATS if v4l2.fourcc(name) == best.pixelformat)
        agreed = self._offer(chosen)
        if agreed is None or (agreed.width, agreed.height) != (best.width, best.height):
            raise OSError(errno.EIO, f"{self._path} does not keep its word: use another camera")
        self._format, self._size = chosen, (agreed.width, agreed.height)
        self._stride = max(agreed.bytesperline, agreed.width * _OCTETS_PER_GREY.get(chosen, 0))
        rate = v4l2.StreamParm(type=v4l2.CAPTURE, numerator=1, denominator=RATE)
        try:
            self._kernel.ioctl(self._descriptor, v4l2.S_PARM, rate)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.ENOTTY):
                raise  # others have a rate of their own, which will do

    def _offer(self, name: str) -> v4l2.PixFormat | None:
        wanted = v4l2.Format(type=v4l2.CAPTURE)
        pix = wanted.fmt.pix
        pix.width, pix.height = SIZE
        pix.pixelformat, pix.field = v4l2.fourcc(name), v4l2.PROGRESSIVE
        try:
            self._kernel.ioctl(self._descriptor, v4l2.S_FMT, wanted)
        except OSError as error:
            if error.errno != errno.EINVAL:
                raise
            return None
        given: v4l2.PixFormat = wanted.fmt.pix
        fits = 0 < given.width * given.height <= LARGEST
        return given if given.pixelformat == v4l2.fourcc(name) and fits else None

    def _set_up(self) -> None:
        wanted = v4l2.RequestBuffers(count=BUFFERS, type=v4l2.CAPTURE, memory=v4l2.IN_MEMORY)
        self._kernel.ioctl(self._descriptor, v4l2.REQBUFS, wanted)
        if wanted.count < 2:
            raise OSError(errno.ENOMEM, f"{self._path} has no memory for pictures: plug it in again")
        for index in range(wanted.count):
            place = v4l2.Buffer(index=index, type=v4l2.CAPTURE, memory=v4l2.IN_MEMORY)
            self._kernel.ioctl(self._descriptor, v4l2.QUERYBUF, place)
            self._buffers.append(self._kernel.map(self._descriptor, place.length, place.m.offset))
            self._kernel.ioctl(self._descriptor, v4l2.QBUF, place)

    def _stream(self, request: int) -> None:
        self._kernel.ioctl(self._descriptor, request, ctypes.c_int(v4l2.CAPTURE))

    def _newest(self) -> Gray | None:
        """Take every full buffer and return the last good picture; None if there was none."""
        newest: Gray | None = None
        while True:
            full = v4l2.Buffer(type=v4l2.CAPTURE, memory=v4l2.IN_MEMORY)
            try:
                self._kernel.ioctl(self._descriptor, v4l2.DQBUF, full)
            except BlockingIOError:
                return newest
            buffer = self._buffers[full.index]
            length = min(full.bytesused, len(buffer))
            if not full.flags & v4l2.BROKEN:
                picture = to_gray(
                    memoryview(buffer)[:length], self._format, size=self._size, stride=self._stride
                )
                newest = newest if picture is None else picture
            self._kernel.ioctl(self._descriptor, v4l2.QBUF, full)


def to_gray(octets: memoryview, name: str, *, size: tuple[int, int], stride: int) -> Gray | None:
    """Return the grey picture in a driver's buffer, None if it is cut off or broken.

    `name` is one of FORMATS; `stride` is octets from row to row, of which the last ones may be padding.
    """
    with octets:
        return _from_jpeg(octets, size) if name == "MJPG" else _from_rows(octets, name, size, stride)


def _from_rows(octets: memoryview, name: str, size: tuple[int, int], stride: int) -> Gray | None:
    width, height = size
    step = _OCTETS_PER_GREY[name]
    # The last row needs no padding.
    if len(octets) < (height - 1) * stride + width * step:
        return None
    rows = np.ndarray((height, width), np.uint8, buffer=octets, strides=(stride, step))
    return np.array(rows, order="C")


def _from_jpeg(octets: memoryview, size: tuple[int, int]) -> Gray | None:
    try:
        with Image.open(io.BytesIO(octets), formats=("JPEG",)) as image:
            if image.size != size:
                return None
            image.draft("L", size)  # only the grey part is unpacked
            return np.array(image.convert("L"), dtype=np.uint8)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        # Cameras do send torn pictures, above all the first one: the next will do.
        return None
