"""A camera driver of Video for Linux, at the edge of the system: it answers ioctl calls by the structures."""

from __future__ import annotations

import errno
import mmap
from collections import deque
from collections.abc import Callable
from pathlib import Path

from drivers import v4l2

DESCRIPTOR = 77
RAW_SIZES = {"GREY": 1.0, "NV12": 1.5, "YU12": 1.5, "YUYV": 2.0, "MJPG": 2.0}
OCTETS = {"GREY": 1, "NV12": 1, "YU12": 1, "YUYV": 2, "MJPG": 0}


class FakeKernel:
    """A camera with `formats` (name to width, height and padding of rows) and `controls` (number to value).

    `film` holds what it takes next: octets, or octets and flags; after the last there is silence, or
    `unplugged`. Several pictures of one `burst` are ready at once.
    """

    def __init__(
        self,
        formats: dict[str, tuple[int, int, int]],
        *,
        controls: dict[int, int] | None = None,
        can: int = v4l2.CAN_CAPTURE | v4l2.CAN_STREAM,
    ) -> None:
        self.formats = formats
        self.controls = controls or {}
        self.can = can
        self.film: deque[list[tuple[bytes, int]]] = deque()
        self.full: deque[v4l2.Buffer] = deque()
        self.empty: deque[int] = deque()
        self.maps: list[mmap.mmap] = []
        self.wiped: list[bool] = []
        self.open_now = self.streaming = self.unplugged = False
        self.chosen = ("", 0, 0, 0)
        self.rate: tuple[int, int] | None = (0, 0)
        self.buffers = 4
        self.on_silence: Callable[[], None] = lambda: None

    def burst(self, *pictures: bytes, flags: int = 0) -> None:
        """Take these before anybody looks."""
        self.film.append([(picture, flags) for picture in pictures])

    def open(self, path: Path) -> int:
        if self.open_now:
            raise OSError(errno.EBUSY, "Device or resource busy")
        if self.unplugged:
            raise FileNotFoundError(errno.ENOENT, "No such file", str(path))
        self.open_now = True
        return DESCRIPTOR

    def close(self, descriptor: int) -> None:
        assert descriptor == DESCRIPTOR
        assert self.open_now
        assert all(mapped.closed for mapped in self.maps)
        self.open_now = False

    def map(self, descriptor: int, length: int, offset: int) -> mmap.mmap:
        assert descriptor == DESCRIPTOR
        assert offset == len(self.maps) * 0x100000
        self.maps.append(Watched(-1, length))
        return self.maps[-1]

    def ready(self, descriptor: int, timeout_s: float) -> bool:
        assert descriptor == DESCRIPTOR
        assert self.streaming
        if self.film:
            for octets, flags in self.film.popleft():
                index = self.empty.popleft()
                self.maps[index][: len(octets)] = octets
                self.full.append(
                    v4l2.Buffer(index=index, type=v4l2.CAPTURE, bytesused=len(octets), flags=flags)
                )
            return True
        if self.unplugged:
            return True  # as select does for a device that is gone
        self.on_silence()
        return False

    def ioctl(self, descriptor: int, request: int, argument: v4l2.Structure) -> None:
        assert descriptor == DESCRIPTOR
        assert self.open_now
        if self.unplugged:
            raise OSError(errno.ENODEV, "No such device")
        match request, argument:
            case v4l2.QUERYCAP, v4l2.Capability():
                argument.capabilities, argument.device_caps = 0x80000000 | 0x84200001, self.can
            case v4l2.S_CTRL, v4l2.Control():
                if argument.id not in self.controls:
                    raise OSError(errno.EINVAL, "Invalid argument")
                self.controls[argument.id] = argument.value
            case v4l2.S_FMT, v4l2.Format():
                self._format(argument)
            case v4l2.S_PARM, v4l2.StreamParm():
                if self.rate is None:
                    raise OSError(errno.ENOTTY, "Inappropriate ioctl")
                self.rate = argument.numerator, argument.denominator
            case v4l2.REQBUFS, v4l2.RequestBuffers():
                argument.count = self.buffers
            case v4l2.QUERYBUF, v4l2.Buffer():
                argument.length = self._length()
                argument.m.offset = argument.index * 0x100000
            case v4l2.QBUF, v4l2.Buffer():
                self.empty.append(argument.index)
            case v4l2.DQBUF, v4l2.Buffer():
                if not self.full:
                    raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
                taken = self.full.popleft()
                argument.index, argument.bytesused, argument.flags = (
                    taken.index,
                    taken.bytesused,
                    taken.flags,
                )
            case ((v4l2.STREAMON | v4l2.STREAMOFF), _):
                self.streaming = request == v4l2.STREAMON
            case _:
                raise AssertionError(f"no such call: {request:#x}")

    def _format(self, argument: v4l2.Format) -> None:
        """Take the nearest that there is, as drivers do."""
        wanted = argument.fmt.pix.pixelformat
        name = next((name for name in self.formats if v4l2.fourcc(name) == wanted), next(iter(self.formats)))
        width, height, padding = self.formats[name]
        pix = argument.fmt.pix
        pix.width, pix.height, pix.pixelformat = width, height, v4l2.fourcc(name)
        pix.bytesperline = width * OCTETS.get(name, 3) + padding
        self.chosen = (name, width, height, pix.bytesperline)

    def _length(self) -> int:
        name, width, height, stride = self.chosen
        return int(max(stride, width) * height * RAW_SIZES[name]) + 4096


class Watched(mmap.mmap):
    """Memory that must be wiped before it is let go."""

    def close(self) -> None:
        assert not any(self[:]), "a picture was left in the buffer"
        super().close()
