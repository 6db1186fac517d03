"""A phone service among its neighbours: a vault, a sound service, a camera and a server, all of paper."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

from board.desk.link import DeskClient
from board.virtual import VirtualBoard
from firmware.services.marks import Marks
from firmware.services.phone import Phone
from firmware.varlink import serving, socket_path
from sip.message import Request, Response
from tests.firmware.neighbours import PaperKeys, PaperMedia, PaperScan, offered
from tests.firmware.paper_server import PATIENCE_S, Domain, PaperCRS


@dataclass
class Town:
    """One phone, and everybody it knows."""

    home: Path
    desk: DeskClient
    keys: PaperKeys
    media: PaperMedia
    scan: PaperScan
    crs: PaperCRS
    stop: Callable[[str], contextlib.AsyncExitStack]
    running: asyncio.Task[None]
    phone: Phone

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something that does not show on the screen."""
        async with asyncio.timeout(PATIENCE_S):
            while not condition():  # noqa: ASYNC110 - what is waited for has no event of its own
                await asyncio.sleep(0.005)

    async def call(self) -> Response:
        """Call out until the call is verified; return the 200 that answered it."""
        await self.desk.lift()
        await self.desk.press("2002#")
        invite = await self.crs.expect("INVITE")
        assert isinstance(invite, Request)
        self.crs.answer(invite, 180)
        await self.desk.until("They have checked it is you")
        accepted = self.crs.answer(invite, 200)
        await self.desk.until("not yet verified")
        await self.until(lambda: self.media.microphone)
        self.media.tell("secured")
        await self.desk.until("Secure – verified")
        return accepted

    def marks(self) -> list[dict[str, object]]:
        path = self.home / "log" / "phone.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()]


@contextlib.asynccontextmanager
async def town(home: Path, *, enrolled: bool = True, theirs: Domain | None = None) -> AsyncIterator[Town]:
    domain = Domain()
    async with contextlib.AsyncExitStack() as stack:
        folder = home / "crs"
        folder.mkdir()
        crs = await stack.enter_async_context(PaperCRS(theirs or domain, folder).serving())
        keys = PaperKeys(domain, enrolled=enrolled, crs=crs.address)
        media, scan = PaperMedia(), PaperScan()
        stop = await stack.enter_async_context(offered(home, keys=keys, media=media, scan=scan))
        board = VirtualBoard(home)
        marks = stack.enter_context(Marks(home))
        phone = Phone(home, board, marks)
        await stack.enter_async_context(serving(socket_path(home, "phone"), phone))
        running = asyncio.create_task(phone.run())
        try:
            async with DeskClient(home) as desk:
                yield Town(home, desk, keys, media, scan, crs, stop, running, phone)
        finally:
            running.cancel()
            await asyncio.wait([running])
            board._desk_link().close()
            if not running.cancelled():
                running.result()


def play(story: Callable[[], object]) -> None:
    asyncio.run(story())  # type: ignore[arg-type]
