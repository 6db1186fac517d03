"""The scan service: camera frames to QR text, in a process that lives for one card.

    camera -> view (112 x 64, at most 10 a second) -> whoever called Scan
           -> decoder child (scan_decoder.py)      -> Watch (scanning.py) -> hints, the text

It has no keys and no network. After one scan, whatever its end, it exits and is started anew, so that no
frame and no text of a card stays in memory. A code that breaks the decoder ends the scan with 'failed'.

    python -m firmware.services.scan --board virtual --home DIR
"""

import os

# numpy's linear algebra would start threads when imported, and a sandbox entered later would not cover them.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import argparse
import asyncio
import base64
import collections.abc
import contextlib
import functools
import logging
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from asyncvarlink import varlinkmethod
from asyncvarlink.interface import LastResult
from PIL import Image

from board.ports import open_board
from drivers.ports import Camera, Frame
from drivers.sharpness import sharpness
from firmware.hardening import harden
from firmware.interfaces import Refused, ScanEvent, ScanInterface
from firmware.sandbox import enter_scan, fence_scan
from firmware.scanning import PREFIX, Look, Watch
from firmware.services.scan_decoder import Decoder, DecoderDied
from firmware.varlink import serving, socket_path, when_caller_leaves
from firmware.viewfinder import VIEW, in_view, window, write_corners

VIEW_S = 0.1
"""Seconds between views."""
MEMORY = 3 << 29
"""Octets of address space: this process with its threads takes about a third, a camera's library more."""
FAREWELL_S = 2.0
"""How long the caller has to fetch the last event before we exit."""
BUSY = "E43"
BURNT_GREY = 250

T = TypeVar("T")

_log = logging.getLogger("sottovoce.scan")


class ScanService(ScanInterface):
    """See `ScanInterface`. `over` is set when the one scan of this process has ended."""

    def __init__(self, camera: Camera, decoder: Decoder) -> None:
        self._camera = camera
        self._decoder = decoder
        self._started = self._dark = self._lit = False
        # Our own, for it must not have threads before the sandbox is entered.
        self._threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="scan")
        self.over = asyncio.Event()

    @varlinkmethod(return_parameter="event", delay_generator=False)
    async def Scan(self) -> collections.abc.AsyncIterator[ScanEvent]:
        """See `ScanInterface.Scan`. Refused E43 while another caller scans."""
        if self._started:
            raise Refused(code=BUSY, text="The camera is in use. Try again in a moment")
        self._started = True
        # The caller may go at any time, and this generator would then wait for nobody.
        when_caller_leaves(self.stop)
        try:
            async for event in self._events():
                yield event
        except (DecoderDied, OSError) as error:
            _log.warning("scan failed: %s", error)
        finally:
            self._camera.close()
            asyncio.get_running_loop().call_later(FAREWELL_S, self.over.set)
        raise LastResult(_event("failed"))

    def stop(self) -> None:
        """End the scan: the camera is off when this returns."""
        self._camera.close()
        self.over.set()

    def decoder_ended(self) -> None:
        """Without a decoder this process is of no use, but a scan under way still tells its caller."""
        if not self._started:
            self.over.set()

    def close(self) -> None:
        """Stop, end the decoder and wait for the threads."""
        self.stop()
        self._decoder.kill()
        self._threads.shutdown()

    async def _events(self) -> collections.abc.AsyncIterator[ScanEvent]:
        frames = iter(self._camera.frames())
        watch = Watch(autofocus=self._camera.capabilities.autofocus)
        hint, turn, due = "", 0, 0.0
        look: Look | None = None
        next_frame = self._in_thread(lambda: self._next(frames))
        looking: asyncio.Future[Look] | None = None
        seen = Image.new("L", VIEW)
        while True:
            pending: list[asyncio.Future[Any]] = [next_frame] if looking is None else [next_frame, looking]
            await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
            if looking is not None and looking.done():
                look, looking = looking.result(), None
                verdict = watch.see(look, asyncio.get_running_loop().time())
                hint = verdict.hint
                self._dark = self._dark or hint == "light"
                if verdict.text is not None:
                    self._camera.close()
                    # The picture in which it was read, for the one on the display is older.
                    yield _event("view", view=seen, look=look)
                    raise LastResult(_event("code", text=verdict.text, look=look))
            if next_frame.done():
                frame = next_frame.result()
                if frame is None:
                    return
                next_frame = self._in_thread(lambda: self._next(frames))
                view = _shrunk(frame)
                if looking is None:
                    seen, turn = view, turn + 1
                    looking = self._in_thread(functools.partial(self._look, frame, turn))
                else:
                    frame.gray.fill(0)
                if frame.taken >= due:
                    due = max(due + VIEW_S, frame.taken)
                    yield _event("view", view=view, hint=hint, look=look)

    def _in_thread(self, call: Callable[[], T]) -> asyncio.Future[T]:
        return asyncio.get_running_loop().run_in_executor(self._threads, call)

    def _next(self, frames: collections.abc.Iterator[Frame]) -> Frame | None:
        if self._dark and not self._lit:
            self._camera.lamp(True)
            self._lit = True
        return next(frames, None)

    def _look(self, frame: Frame, turn: int) -> Look:
        gray = frame.gray
        sample = gray[::4, ::4]
        brightness, burnt = float(sample.mean()), float((sample >= BURNT_GREY).mean())
        height, width = gray.shape
        focus = sharpness(gray)
        return Look(self._decoder.look(gray, turn=turn), (width, height), brightness, burnt, focus)


def _shrunk(frame: Frame) -> Image.Image:
    """A frame as the viewfinder shows it."""
    gray = frame.gray if frame.small is None else frame.small
    height, width = gray.shape
    view = Image.fromarray(gray).resize(VIEW, Image.Resampling.BOX, box=window((width, height)))
    if frame.small is not None:
        frame.small.fill(0)
    return view


def _event(
    kind: str, *, view: Image.Image | None = None, hint: str = "", text: str = "", look: Look | None = None
) -> ScanEvent:
    octets = b"" if view is None else np.asarray(view, dtype=np.uint8).tobytes()
    sighting = look.sighting if look else None
    return ScanEvent(
        kind=kind,
        view=base64.b64encode(octets).decode(),
        hint=hint,
        text=text,
        corners=write_corners(in_view(sighting.corners, look.size)) if look and sighting else "",
        focus=look.focus if look else 0,
    )


async def serve(home: Path, camera: Camera, decoder: Decoder) -> None:
    """Serve `org.sottovoce.Scan` on HOME/run/scan.sock until one scan is over, or SIGTERM."""
    service = ScanService(camera, decoder)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, service.stop)
    life = os.pidfd_open(decoder.pid)
    async with serving(socket_path(home, "scan"), service):
        confinement = fence_scan(reaches=camera.reaches, removable=home / "run")
        try:
            camera.open()
        except OSError as error:
            # Whoever wants to scan is told so; this process is none the worse for it.
            _log.warning("no camera: %s", error)
        enter_scan(memory=MEMORY)
        _log.info(
            "scan service starts; own network: %s, Landlock: %s", confinement.network, confinement.files
        )
        loop.add_reader(life, service.decoder_ended)
        await service.over.wait()
        loop.remove_reader(life)
    os.close(life)
    service.close()


def main(argv: list[str] | None = None) -> None:
    """Run the scan service for one card."""
    parser = argparse.ArgumentParser(prog="firmware.services.scan", description="Sottovoce scan service")
    parser.add_argument("--board", required=True, help="the board's name, e.g. virtual")
    parser.add_argument("--home", required=True, type=Path, help="the phone's directory")
    arguments = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    harden()
    decoder = Decoder(prefix=PREFIX)
    camera = open_board(arguments.board, arguments.home).camera()
    with contextlib.closing(decoder):
        asyncio.run(serve(arguments.home, camera, decoder))


if __name__ == "__main__":
    main()
