"""Video for Linux, second version: what a camera needs of <linux/videodev2.h>, and its calls."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import mmap
import os
import select
from pathlib import Path
from typing import Protocol

CAPTURE = 1
"""V4L2_BUF_TYPE_VIDEO_CAPTURE"""
IN_MEMORY = 1
"""V4L2_MEMORY_MMAP"""
CAN_CAPTURE, CAN_STREAM, HAS_DEVICE_CAPS = 0x00000001, 0x04000000, 0x80000000
BROKEN = 0x00000040
"""V4L2_BUF_FLAG_ERROR: the driver lost a part of this picture."""
PROGRESSIVE = 1


class Capability(ctypes.Structure):
    """struct v4l2_capability"""

    _fields_ = (
        ("driver", ctypes.c_char * 16),
        ("card", ctypes.c_char * 32),
        ("bus_info", ctypes.c_char * 32),
        ("version", ctypes.c_uint32),
        ("capabilities", ctypes.c_uint32),
        ("device_caps", ctypes.c_uint32),
        ("reserved", ctypes.c_uint32 * 3),
    )


class PixFormat(ctypes.Structure):
    """struct v4l2_pix_format"""

    _fields_ = tuple(
        (name, ctypes.c_uint32)
        for name in (
            *("width", "height", "pixelformat", "field", "bytesperline", "sizeimage"),
            *("colorspace", "priv", "flags", "ycbcr_enc", "quantization", "xfer_func"),
        )
    )


class _FormatUnion(ctypes.Union):
    # The union holds a pointer in one of its members, and is aligned as that is.
    _fields_ = (("pix", PixFormat), ("raw", ctypes.c_uint8 * 200), ("align", ctypes.c_void_p))


class Format(ctypes.Structure):
    """struct v4l2_format"""

    _fields_ = (("type", ctypes.c_uint32), ("fmt", _FormatUnion))


class StreamParm(ctypes.Structure):
    """struct v4l2_streamparm with struct v4l2_captureparm in it; the rate is denominator / numerator."""

    _fields_ = (
        ("type", ctypes.c_uint32),
        ("capability", ctypes.c_uint32),
        ("capturemode", ctypes.c_uint32),
        ("numerator", ctypes.c_uint32),
        ("denominator", ctypes.c_uint32),
        ("extendedmode", ctypes.c_uint32),
        ("readbuffers", ctypes.c_uint32),
        ("raw", ctypes.c_uint8 * 176),
    )


class RequestBuffers(ctypes.Structure):
    """struct v4l2_requestbuffers"""

    _fields_ = tuple((name, ctypes.c_uint32) for name in ("count", "type", "memory", "capabilities", "flags"))


class _TimeVal(ctypes.Structure):
    _fields_ = (("seconds", ctypes.c_long), ("microseconds", ctypes.c_long))


class _Place(ctypes.Union):
    _fields_ = (("offset", ctypes.c_uint32), ("userptr", ctypes.c_ulong), ("fd", ctypes.c_int32))


class Buffer(ctypes.Structure):
    """struct v4l2_buffer"""

    _fields_ = (
        ("index", ctypes.c_uint32),
        ("type", ctypes.c_uint32),
        ("bytesused", ctypes.c_uint32),
        ("flags", ctypes.c_uint32),
        ("field", ctypes.c_uint32),
        ("timestamp", _TimeVal),
        ("timecode", ctypes.c_uint32 * 4),
        ("sequence", ctypes.c_uint32),
        ("memory", ctypes.c_uint32),
        ("m", _Place),
        ("length", ctypes.c_uint32),
        ("reserved2", ctypes.c_uint32),
        ("request_fd", ctypes.c_int32),
    )


class Control(ctypes.Structure):
    """struct v4l2_control"""

    _fields_ = (("id", ctypes.c_uint32), ("value", ctypes.c_int32))


def fourcc(name: str) -> int:
    """Return a pixel format's number: 'YUYV', 'GREY', …"""
    return int.from_bytes(name.encode("ascii"), "little")


def _call(direction: int, number: int, kind: type[ctypes.Structure] | type[ctypes.c_int]) -> int:
    return direction << 30 | ctypes.sizeof(kind) << 16 | ord("V") << 8 | number


_WRITE, _READ = 1, 2
QUERYCAP = _call(_READ, 0, Capability)
S_FMT = _call(_READ | _WRITE, 5, Format)
REQBUFS = _call(_READ | _WRITE, 8, RequestBuffers)
QUERYBUF = _call(_READ | _WRITE, 9, Buffer)
QBUF = _call(_READ | _WRITE, 15, Buffer)
DQBUF = _call(_READ | _WRITE, 17, Buffer)
STREAMON = _call(_WRITE, 18, ctypes.c_int)
STREAMOFF = _call(_WRITE, 19, ctypes.c_int)
S_PARM = _call(_READ | _WRITE, 22, StreamParm)
S_CTRL = _call(_READ | _WRITE, 28, Control)

FOCUS_AUTO = 0x009A090C
EXPOSURE_AUTO_PRIORITY = 0x009A0903
"""0: the frame rate stays, and so bounds the exposure."""
TORCH = 0x009C0901
"""V4L2_CID_FLASH_LED_MODE: 0 off, 2 torch."""

Structure = ctypes.Structure | ctypes.c_int


class Kernel(Protocol):
    """What of the system a camera uses. Every call raises OSError as the system does."""

    def open(self, path: Path) -> int: ...
    def ioctl(self, descriptor: int, request: int, argument: Structure) -> None: ...
    def map(self, descriptor: int, length: int, offset: int) -> mmap.mmap: ...
    def ready(self, descriptor: int, timeout_s: float) -> bool:
        """Wait until there is a picture, at most `timeout_s`."""
        ...

    def close(self, descriptor: int) -> None: ...


class Linux:
    """The real system."""

    def open(self, path: Path) -> int:
        """Open without waiting for anything."""
        return os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)

    def ioctl(self, descriptor: int, request: int, argument: Structure) -> None:
        """Do it again as often as a signal comes between."""
        while True:
            try:
                fcntl.ioctl(descriptor, request, argument)
            except OSError as error:
                if error.errno != errno.EINTR:
                    raise
            else:
                return

    def map(self, descriptor: int, length: int, offset: int) -> mmap.mmap:
        """Map one of the driver's buffers."""
        return mmap.mmap(descriptor, length, mmap.MAP_SHARED, mmap.PROT_READ | mmap.PROT_WRITE, offset=offset)

    def ready(self, descriptor: int, timeout_s: float) -> bool:
        """See Kernel."""
        readable, _, broken = select.select([descriptor], [], [descriptor], timeout_s)
        return bool(readable or broken)

    def close(self, descriptor: int) -> None:
        """Let go."""
        os.close(descriptor)
