"""The desk's end of the link: a hand that waits for the screen, never for seconds."""

from __future__ import annotations

import asyncio
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from board.desk.link import DeskClient
from board.virtual import VirtualBoard
from tests.desk.conftest import FakePhone


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[FakePhone]:
    phone = FakePhone(tmp_path)
    yield phone
    phone.stop()


def test_dialling(tmp_path: Path, phone: FakePhone) -> None:
    async def play() -> None:
        async with DeskClient(tmp_path) as desk:
            await desk.until("ready")
            await desk.press("2002#")
            await desk.press("soft4")
            assert await desk.until("2002#soft4") == ("Dial a number", "2002#soft4")

    asyncio.run(play())


def test_lifting_and_hanging_up(tmp_path: Path, phone: FakePhone) -> None:
    async def play() -> None:
        async with DeskClient(tmp_path) as desk:
            await desk.lift()
            await desk.until(lambda d: d.lamps.get("ring") == "on" and d.lifted)
            await desk.hang_up()
            await desk.until(lambda d: d.lamps.get("ring") == "off" and not d.lifted)

    asyncio.run(play())


def test_the_picture_is_what_the_phone_shows(tmp_path: Path, phone: FakePhone) -> None:
    async def play() -> None:
        async with DeskClient(tmp_path) as desk:
            phone.display.show(Image.new("L", (256, 64), 255), ("white",))
            await desk.until("white")
            assert desk.screen().getpixel((255, 63)) == 255

    asyncio.run(play())


def test_waiting_in_vain_says_what_the_screen_says(tmp_path: Path, phone: FakePhone) -> None:
    async def play() -> None:
        async with DeskClient(tmp_path) as desk:
            await desk.until("Ready")
            with pytest.raises(TimeoutError, match="the screen says \\('Ready',\\)"):
                await desk.until("Enrolled", timeout_s=0.05)

    asyncio.run(play())


def test_a_phone_that_dies_ends_the_waiting(tmp_path: Path, phone: FakePhone) -> None:
    async def play() -> None:
        async with DeskClient(tmp_path) as desk:
            await desk.until("Ready")
            threading.Thread(target=phone.stop).start()
            with pytest.raises(ConnectionError, match="went away"):
                await desk.until("Enrolled")
            with pytest.raises(ConnectionError):
                await desk.press("1")

    asyncio.run(play())


def test_no_phone_is_an_error_that_says_where_it_was_looked_for(tmp_path: Path) -> None:
    async def play() -> None:
        with pytest.raises(ConnectionError, match=r"desk\.sock; is it running"):
            await DeskClient(tmp_path, patience_s=0.05).connect()

    asyncio.run(play())


def test_a_phone_that_starts_late_is_waited_for(tmp_path: Path) -> None:
    async def play() -> None:
        desk = DeskClient(tmp_path)
        connecting = asyncio.create_task(desk.connect())
        await asyncio.sleep(0)
        phone = FakePhone(tmp_path)
        await connecting
        await desk.until("Ready")
        await desk.close()
        phone.stop()

    asyncio.run(play())


@pytest.mark.parametrize("keys", ["12a", "soft5", "+44", " "])
def test_a_key_that_is_not_there_is_an_error(tmp_path: Path, phone: FakePhone, keys: str) -> None:
    async def play() -> None:
        async with DeskClient(tmp_path) as desk:
            with pytest.raises(ValueError, match="no key"):
                await desk.press(keys)

    asyncio.run(play())


def test_a_picture_is_held_up_and_put_away(tmp_path: Path) -> None:
    desk = DeskClient(tmp_path)
    desk.hold_up(Image.new("L", (1280, 720), 180))
    desk.hold_up(Image.new("RGB", (1280, 720), (190, 190, 190)))
    (held,) = (tmp_path / "camera").iterdir()
    assert stat.S_IMODE(held.stat().st_mode) == 0o600
    frame = next(VirtualBoard(tmp_path).camera().frames())
    assert abs(frame.gray.mean() - 190) < 2
    desk.put_away()
    desk.put_away()
    assert next(VirtualBoard(tmp_path).camera().frames()).gray.mean() < 40
