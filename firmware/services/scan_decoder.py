"""The scan service's decoder: a child that sees one frame at a time and can do nothing but compute.

    scan service  --frame in shared memory, one request on a pipe-->  child
                  <--at most ANSWER_OCTETS on another pipe--

The libraries that parse strangers' codes are imported there only. The child has no file, no socket and no
way to get one; whatever it answers is checked like anything else from outside. It dies with its parent.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import logging
import math
import mmap
import os
import select
import signal
import struct
from typing import NoReturn

import numpy as np

from drivers.ports import Gray
from drivers.sighting import Sighting
from firmware.sandbox import enter_decoder

LARGEST_FRAME = 2048 * 1536
"""Pixels."""
MEMORY = 512 * 1024 * 1024
"""Octets of address space; the libraries and one frame of 1280 x 720 take 160 million."""
PATIENCE_S = 5.0
"""A decoder that thinks longer about one frame is taken for stuck."""
START_S = 60.0
"""For loading and trying every library: a second on a board, and nobody waits for it but the next card."""
TEXT_OCTETS = 4096
ANSWER_OCTETS = 8192
CORNERS = 4

_PR_SET_PDEATHSIG = 1
_REQUEST = struct.Struct("!HHI")
_READY = b"ready"
_ANSWER = struct.Struct("!?H8f?H")


_log = logging.getLogger(__name__)


class DecoderDied(Exception):
    """The decoder ended, got stuck, or answered what no decoder answers; a new process is needed."""


class Decoder:
    """A running decoder. Make it before there are threads; `prefix` is how the wanted text begins.

    It starts while its parent goes on: only the first `look` waits for it, as long as START_S.
    Raises OSError if there is no memory, descriptor or process for it.
    """

    def __init__(self, *, prefix: str) -> None:
        frame = mmap.mmap(-1, LARGEST_FRAME)
        self._pixels = np.frombuffer(frame, dtype=np.uint8)
        requests, self._requests = os.pipe2(os.O_CLOEXEC)
        self._answers, answers = os.pipe2(os.O_CLOEXEC)
        parent = os.getpid()
        gc.collect()
        gc.freeze()  # what both have now is never looked through again, so it stays one copy
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self._requests)
            os.close(self._answers)
            _run(frame, requests, answers, prefix=prefix, parent=parent)
        os.close(requests)
        os.close(answers)
        self._started = False

    def look(self, gray: Gray, *, turn: int) -> Sighting | None:
        """Decode a frame and wipe it, here and in the child. Raises DecoderDied; ValueError for no frame.

        Blocks for as long as the decoder takes, at most PATIENCE_S; the first time until it has started, too.
        """
        if gray.ndim != 2 or gray.dtype != np.uint8 or not 0 < gray.size <= LARGEST_FRAME:
            raise ValueError(f"a frame is H x W uint8 of at most {LARGEST_FRAME} pixels")
        self._pixels[: gray.size] = gray.reshape(-1)
        gray.fill(0)
        if not self._started and self._answer(START_S) != _READY:
            raise DecoderDied("the decoder did not start")
        self._started = True
        try:
            os.write(self._requests, _REQUEST.pack(*gray.shape, turn % 2**32))
        except BrokenPipeError as error:
            raise DecoderDied("the decoder has ended") from error
        return parse_answer(self._answer(PATIENCE_S))

    def _answer(self, patience_s: float) -> bytes:
        ready, _, _ = select.select([self._answers], [], [], patience_s)
        return os.read(self._answers, ANSWER_OCTETS) if ready else b""

    def kill(self) -> None:
        """End the child; a `look` under way raises DecoderDied."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)

    def close(self) -> None:
        """End the child and wipe the frame. Nothing else may be called afterwards, nor be under way."""
        self.kill()
        self._pixels.fill(0)
        for descriptor in (self._requests, self._answers):
            os.close(descriptor)


def _run(frame: mmap.mmap, requests: int, answers: int, *, prefix: str, parent: int) -> NoReturn:
    """Be the child: warm up, enter the sandbox, answer until the parent is gone. Never returns."""
    status = 1
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, ctypes.c_ulong(signal.SIGKILL), 0, 0, 0)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        if os.getppid() == parent:
            warm_up(prefix)
            ctypes.CDLL(None).malloc_trim(0)
            enter_decoder(memory=MEMORY)
            _answer_all(frame, requests, answers, prefix)
            status = 0
    finally:
        if status:
            _log.error("the decoder ends", exc_info=True)
        # Not sys.exit: what the parent has open and would close properly is not ours to close.
        os._exit(status)


def warm_up(prefix: str) -> None:
    """Load every library, and let it load what it loads late, while it still can."""
    import zxingcpp

    from drivers import qr

    # Noise, but not by numpy.random, which would stay here for good.
    frame = np.frombuffer(bytearray(os.urandom(720 * 1280)), dtype=np.uint8).reshape(720, 1280)
    code = zxingcpp.create_barcode(prefix, zxingcpp.BarcodeFormat.QRCode).to_image(scale=8)
    square = np.asarray(code, dtype=np.uint8)
    for turn in range(2):
        qr.read(frame, turn=turn, prefix=prefix)
    frame.fill(255)
    frame[100 : 100 + square.shape[0], 100 : 100 + square.shape[1]] = square
    texts = [sighting.text for sighting in (*qr.read_zxing(frame), *qr.read_zbar(frame, half=True))]
    if texts != [prefix, prefix]:
        raise RuntimeError("a decoder does not read its own code")


def _answer_all(frame: mmap.mmap, requests: int, answers: int, prefix: str) -> None:
    from drivers import qr

    os.write(answers, _READY)
    while request := os.read(requests, _REQUEST.size):
        height, width, turn = _REQUEST.unpack(request)
        gray = np.frombuffer(frame, dtype=np.uint8, count=height * width).reshape(height, width)
        sighting = qr.read(gray, turn=turn, prefix=prefix)
        gray.fill(0)
        os.write(answers, encode_answer(sighting))


def encode_answer(sighting: Sighting | None) -> bytes:
    """Write what was seen in at most ANSWER_OCTETS; what does not fit was not seen."""
    if sighting is None or len(sighting.corners) != CORNERS:
        return _ANSWER.pack(False, 0, *[0.0] * 8, False, 0)
    try:
        text = (sighting.text or "").encode()
    except UnicodeEncodeError:
        text = b""
    text = text if len(text) <= TEXT_OCTETS else b""
    corners = [coordinate for corner in sighting.corners for coordinate in corner]
    return _ANSWER.pack(True, sighting.modules, *corners, bool(text), len(text)) + text


def parse_answer(answer: bytes) -> Sighting | None:
    """Read an answer as if a stranger had written it, for a hostile code may have. Raises DecoderDied."""
    if not answer:
        raise DecoderDied("the decoder does not answer")
    if len(answer) < _ANSWER.size:
        raise DecoderDied("the decoder's answer is cut off")
    found, modules, *corners, read, length = _ANSWER.unpack_from(answer)
    octets = answer[_ANSWER.size :]
    if len(octets) != length or length > TEXT_OCTETS or not all(math.isfinite(c) for c in corners):
        raise DecoderDied("the decoder's answer makes no sense")
    if not found:
        return None
    try:
        text = octets.decode() if read else None
    except UnicodeDecodeError as error:
        raise DecoderDied("the decoder's text is not UTF-8") from error
    points = tuple(zip(corners[0::2], corners[1::2], strict=True))
    return Sighting(text, points, modules)
