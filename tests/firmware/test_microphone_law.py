"""The microphone is closed whenever the handset lies on its cradle and nobody talks hands-free.

Watched at the sound card, not at the interface: a phone service and a media service, both real, with hands
that do anything at any moment.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from board.desk.link import DeskClient
from board.virtual import VirtualBoard
from firmware.services.marks import Marks
from firmware.services.media import MediaService
from firmware.services.phone import Phone
from firmware.varlink import serving, socket_path
from sip.message import Request, Response
from tests.firmware import neighbours
from tests.firmware.media_phones import Bulb, Handset, until
from tests.firmware.neighbours import PaperKeys, PaperScan, offered
from tests.firmware.paper_server import Domain, PaperCRS

FLASH_S = 0.6
"""So long it is not known what a pressed cradle means; the gate is shut meanwhile."""
SLOW_S = 1.0
"""What a busy computer may add."""
STEPS = 36


@dataclass
class Watch:
    """Who looks at cradle, speaker key, card and lamp, all the time."""

    phone: Phone
    board: VirtualBoard
    card: Handset
    lamp: Bulb
    violations: list[str] = field(default_factory=list)
    opened: int = 0
    laid_down: float | None = None

    def look(self) -> None:
        now = time.monotonic()  # on whichever thread
        if self.board._desk_link().lifted or self.phone._calling.state.speaker:
            self.laid_down = None
            return
        self.laid_down = self.laid_down or now
        resting = now - self.laid_down
        if self.card.microphone and resting > FLASH_S + SLOW_S:
            self.violations.append(f"the microphone is open {resting:.2f} s after the handset was laid down")
        if self.card.microphone and not self.lamp.lit and resting > SLOW_S:
            self.violations.append(f"the gate is open {resting:.2f} s after the handset was laid down")

    async def always(self) -> None:
        while True:
            self.look()
            await asyncio.sleep(0.002)


class WatchedCard(Handset):
    """A handset that has itself looked at whenever its microphone is opened."""

    watch: Watch | None = None

    def open_capture(self, source: str) -> None:
        super().open_capture(source)
        if self.watch is not None:
            self.watch.opened += 1
            self.watch.look()


@dataclass
class Street:
    """A phone with a real media service, and the far sides of its calls."""

    desk: DeskClient
    crs: PaperCRS
    watch: Watch
    media: MediaService
    invites: list[Request] = field(default_factory=list)
    answered: list[Response] = field(default_factory=list)

    async def far_side(self) -> None:
        """Remember whom the phone called and what it answered, and confirm that."""
        while True:
            message = await self.crs.received.get()
            if isinstance(message, Request) and message.method == "INVITE":
                self.invites.append(message)
            elif isinstance(message, Request):
                continue
            elif message.status == 200 and "INVITE" in (message.headers.get("CSeq") or ""):
                self.crs.ack(message)
                self.answered.append(message)

    async def call_out(self) -> None:
        """Call, and be answered if the call gets that far."""
        self.invites.clear()
        await self.desk.press("2002#")
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(0.5):
                while not self.invites:  # noqa: ASYNC110 - it may never come, and nobody would tell
                    await asyncio.sleep(0.005)
        if self.invites:
            self.crs.answer(self.invites.pop(), 200)


@contextlib.asynccontextmanager
async def street(home: Path) -> AsyncIterator[Street]:
    domain = Domain()
    async with contextlib.AsyncExitStack() as stack:
        folder = home / "crs"
        folder.mkdir()
        crs = await stack.enter_async_context(PaperCRS(domain, folder).serving())
        keys = PaperKeys(domain, enrolled=True, crs=crs.address)
        card, lamp = WatchedCard(), Bulb()
        media = MediaService(card, lamp)
        stack.push_async_callback(media.stop)
        await stack.enter_async_context(offered(home, keys=keys, media=media, scan=PaperScan()))
        board = VirtualBoard(home)
        marks = stack.enter_context(Marks(home))
        phone = Phone(home, board, marks)
        await stack.enter_async_context(serving(socket_path(home, "phone"), phone))
        running = asyncio.create_task(phone.run())
        watch = card.watch = Watch(phone, board, card, lamp)
        try:
            async with DeskClient(home) as desk:
                await desk.until("Ready for secure calls")
                here = Street(desk, crs, watch, media)
                tasks = [asyncio.create_task(watch.always()), asyncio.create_task(here.far_side())]
                try:
                    yield here
                finally:
                    for task in tasks:
                        task.cancel()
        finally:
            running.cancel()
            await asyncio.wait([running])
            board._desk_link().close()
            if not running.cancelled():
                running.result()


async def walk(here: Street, dice: random.Random) -> None:
    """Do anything, at any moment."""
    desk, crs = here.desk, here.crs
    for _ in range(STEPS):
        match dice.randrange(12):
            case 0 | 1:
                await desk.lift()
            case 2:
                await desk.hang_up()
            case 3:
                await desk.hang_up()
                await asyncio.sleep(dice.uniform(0.02, 0.5))  # a flash, or too short for one
                await desk.lift()
            case 4 | 5 | 6:
                await here.call_out()
            case 7:
                crs.invite()
            case 8 if here.answered:
                crs.bye(here.answered.pop())
            case 9:
                await desk.press("speaker")
            case 10:
                await desk.press("mute")
            case _:
                await desk.press(dice.choice(["soft1", "soft2", "soft3", "soft4"]))
        await asyncio.sleep(dice.choice([0.0, 0.01, 0.05, 0.2]))  # as people do, at no particular pace


@pytest.mark.parametrize("seed", [2, 3])
def test_whatever_anybody_does_a_resting_handset_has_no_ear(tmp_path, monkeypatch, seed):
    monkeypatch.setattr(neighbours, "SESSION_KEYS", random.Random(9).randbytes(56))

    async def story() -> None:
        async with street(tmp_path) as here:
            await walk(here, random.Random(seed))
            await here.desk.hang_up()
            if here.watch.phone._calling.state.speaker:
                await here.desk.press("speaker")
            await until(lambda: not here.watch.card.microphone)
            assert here.watch.violations == []
            assert here.watch.opened > 0

    asyncio.run(story())


def test_laying_down_in_a_call_shuts_the_gate_at_once_and_closes_the_microphone_soon(tmp_path, monkeypatch):
    monkeypatch.setattr(neighbours, "SESSION_KEYS", random.Random(9).randbytes(56))

    async def story() -> None:
        async with street(tmp_path) as here:
            await here.desk.lift()
            await here.desk.press("2002#")
            await until(lambda: bool(here.invites))
            here.crs.answer(here.invites[0], 200)
            await until(lambda: here.watch.card.microphone == "handset" and not here.watch.lamp.lit)
            await here.desk.hang_up()
            await until(lambda: here.watch.lamp.lit or not here.watch.card.microphone)
            await until(lambda: not here.watch.card.microphone)
            assert here.watch.violations == []

    asyncio.run(story())


def test_when_the_phone_service_dies_with_the_speaker_on_the_microphone_closes(tmp_path, monkeypatch):
    monkeypatch.setattr(neighbours, "SESSION_KEYS", random.Random(9).randbytes(56))

    async def story() -> None:
        async with street(tmp_path) as here:
            await here.desk.press("speaker")
            await here.desk.press("2002#")
            await until(lambda: bool(here.invites))
            here.crs.answer(here.invites[0], 200)
            await until(lambda: here.watch.card.microphone == "speaker")
            here.watch.phone._media._connection.close()
            await until(lambda: not here.watch.card.microphone)

    asyncio.run(story())
