"""The scan service before a camera that the test holds: what it asks of it, and what it leaves behind."""

from __future__ import annotations

import asyncio
import base64
import os
import queue
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageFilter

from drivers.camera_synthetic import Hand
from drivers.ports import CameraCapabilities, Frame, Gray
from firmware import varlink
from firmware.interfaces import ScanEvent, ScanInterface
from firmware.services.scan import ScanService
from firmware.services.scan_decoder import Decoder
from tests.drivers.cards import card, card_text

TEXT = card_text(640)
CARD = Hand(card(TEXT)).see(0.5)
BLURRED = np.asarray(Image.fromarray(CARD).filter(ImageFilter.BoxBlur(4)))
DARK = np.full((720, 1280), 20, np.uint8)
PATIENCE_S = 15


class HeldCamera:
    """Yields what is put before it; the last picture stays until it is closed."""

    def __init__(self, *, autofocus: bool = True, lamp: bool = False) -> None:
        self.capabilities = CameraCapabilities(autofocus=autofocus, lamp=lamp)
        self.reaches: tuple[Path, ...] = ()
        self.pictures: queue.Queue[Frame | OSError | None] = queue.Queue()
        self.given: list[Frame] = []
        self.lit: list[bool] = []
        self.closed = False

    def show(self, gray: Gray, *, small: Gray | None = None) -> None:
        number = len(self.given)
        self.pictures.put(Frame(gray.copy(), taken=number * 0.2, sequence=number, small=small))

    def open(self) -> None:
        raise AssertionError("it is open when the service gets it")

    def lamp(self, lit: bool) -> None:
        self.lit.append(lit)

    def frames(self) -> Iterator[Frame]:
        while not self.closed:
            frame = self.pictures.get(timeout=PATIENCE_S)
            if isinstance(frame, OSError):
                raise frame
            if frame is None:
                return
            self.given.append(frame)
            yield frame

    def close(self) -> None:
        if not self.closed:
            self.closed = True
            self.pictures.put(None)


def scanning(
    tmp_path: Path,
    camera: HeldCamera,
    play: Callable[[AsyncIterator[ScanEvent], Decoder], Coroutine[Any, Any, None]],
) -> None:
    decoder = Decoder(prefix="SV1:")

    async def run() -> None:
        service = ScanService(camera, decoder)
        path = tmp_path / "scan.sock"
        async with asyncio.timeout(PATIENCE_S), varlink.serving(path, service):
            connection = await varlink.connect(path, ScanInterface)

            async def events() -> AsyncIterator[ScanEvent]:
                async for reply in connection.call.Scan():
                    yield reply["event"]

            await play(events(), decoder)
            connection.close()
            service.close()

    asyncio.run(run())
    decoder.close()


def test_the_camera_is_off_before_anybody_learns_of_the_code(tmp_path: Path) -> None:
    camera = HeldCamera()

    async def play(events: AsyncIterator[ScanEvent], decoder: Decoder) -> None:
        camera.show(CARD)
        kinds = []
        async for event in events:
            kinds.append(event.kind)
            if event.corners:
                assert camera.closed
        assert kinds[-2:] == ["view", "code"]
        assert event.text == TEXT

    scanning(tmp_path, camera, play)


def test_every_frame_is_wiped_also_those_that_nobody_decoded(tmp_path: Path) -> None:
    camera = HeldCamera()
    smalls = [np.full((180, 320), 99, np.uint8) for _ in range(6)]

    async def play(events: AsyncIterator[ScanEvent], decoder: Decoder) -> None:
        for small in smalls[:-1]:
            camera.show(DARK, small=small)
        camera.show(CARD, small=smalls[-1])
        while not camera.closed:
            camera.show(CARD)  # until the decoder has had time for one of them
            if (await anext(events)).kind == "code":
                break

    scanning(tmp_path, camera, play)
    handled = camera.given[: len(smalls)]
    assert len(handled) == len(smalls)
    assert not any(frame.gray.any() for frame in handled)
    assert not any(small.any() for small in smalls)


def test_the_view_is_the_small_picture_of_a_camera_that_has_one(tmp_path: Path) -> None:
    camera = HeldCamera()
    small = np.full((180, 320), 10, np.uint8)
    small[:, 160:] = 200

    async def play(events: AsyncIterator[ScanEvent], decoder: Decoder) -> None:
        camera.show(DARK, small=small)
        view = np.frombuffer(base64.b64decode((await anext(events)).view), np.uint8).reshape(64, 112)
        assert (view[:, :50] == 10).all()
        assert (view[:, 60:] == 200).all()  # and it is no mirror

    scanning(tmp_path, camera, play)


@pytest.mark.parametrize(("autofocus", "hint"), [(True, "still"), (False, "back")])
def test_a_blurred_code_is_held_still_or_further_away(tmp_path: Path, autofocus: bool, hint: str) -> None:
    camera = HeldCamera(autofocus=autofocus)

    async def play(events: AsyncIterator[ScanEvent], decoder: Decoder) -> None:
        camera.show(BLURRED)
        while (event := await anext(events)).hint != hint:
            assert event.kind == "view"
            assert event.hint == ""
            camera.show(BLURRED)
        assert 0 < event.focus < 45

    scanning(tmp_path, camera, play)


def test_in_the_dark_the_lamp_is_lit_once(tmp_path: Path) -> None:
    camera = HeldCamera(lamp=True)

    async def play(events: AsyncIterator[ScanEvent], decoder: Decoder) -> None:
        camera.show(DARK)
        while len(camera.given) < 12 or not camera.lit:
            camera.show(DARK)
            await anext(events)

    scanning(tmp_path, camera, play)
    assert camera.lit == [True]


def test_views_go_on_while_the_decoder_thinks(tmp_path: Path) -> None:
    camera = HeldCamera()

    async def play(events: AsyncIterator[ScanEvent], decoder: Decoder) -> None:
        camera.show(DARK)
        await anext(events)
        os.kill(decoder.pid, signal.SIGSTOP)
        for _ in range(10):
            camera.show(DARK)
            assert (await anext(events)).kind == "view"
        os.kill(decoder.pid, signal.SIGCONT)

    scanning(tmp_path, camera, play)


def test_a_decoder_that_dies_ends_the_scan_and_the_camera_is_off(tmp_path: Path) -> None:
    camera = HeldCamera()

    async def play(events: AsyncIterator[ScanEvent], decoder: Decoder) -> None:
        camera.show(DARK)
        await anext(events)
        os.kill(decoder.pid, signal.SIGKILL)
        camera.show(DARK)
        camera.show(DARK)
        last = [event async for event in events][-1]
        assert (last.kind, last.text, last.corners) == ("failed", "", "")
        assert camera.closed

    scanning(tmp_path, camera, play)


@pytest.mark.parametrize("last", [OSError("unplugged"), None], ids=["unplugged", "never opened"])
def test_a_camera_that_fails_ends_the_scan_with_a_word(tmp_path: Path, last: OSError | None) -> None:
    camera = HeldCamera()

    async def play(events: AsyncIterator[ScanEvent], decoder: Decoder) -> None:
        camera.pictures.put(last)
        assert [event.kind async for event in events] == ["failed"]
        assert camera.closed

    scanning(tmp_path, camera, play)
