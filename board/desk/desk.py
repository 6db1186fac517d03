"""The desk itself: what stands on it, and who is told when something changes."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from aiohttp import web

from board.desk.faults import FaultRefused, Faults
from board.desk.observed import observations
from board.desk.phone import DeskPhone

UNREAD = 400
"""Messages that a browser may be behind; then it is sent away, and comes back for the whole state."""
REMEMBERED = 60
CARDS = 100
LETTER_CHARACTERS = 600
FLEETING = ("packet", "media")
"""What the CRS says several times a second: nobody wants to see old ones."""

News = asyncio.Queue[str | None]
"""Messages for one browser; None when it is too far behind."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands on the desk.

    `cards`: a folder of NAME.png with NAME.txt beside it, what the letter says. `observe`: the CRS's socket
    or file. `speech`: a WAV file, 16 kHz mono 16 bits. `faults`: what can be made to go wrong.
    """

    homes: tuple[Path, ...]
    cards: Path | None = None
    observe: Path | None = None
    speech: Path | None = None
    faults: Faults | None = None


class Desk:
    """Phones, cards and the view into the CRS."""

    def __init__(self, furniture: Furniture) -> None:
        self.furniture = furniture
        self.phones = {n: DeskPhone(n, home, self._tell) for n, home in enumerate(furniture.homes, start=1)}
        self._browsers: set[News] = set()
        self._seen: deque[dict[str, object]] = deque(maxlen=REMEMBERED)

    async def run(self, _app: web.Application) -> AsyncIterator[None]:
        """Follow phones and CRS while the application runs."""
        loop = asyncio.get_running_loop()
        tasks = [loop.create_task(phone.run()) for phone in self.phones.values()]
        if self.furniture.observe is not None:
            tasks.append(loop.create_task(self._observe(self.furniture.observe)))
        yield
        for browser in list(self._browsers):
            self._send_away(browser)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    @contextmanager
    def news(self) -> Iterator[News]:
        """The whole state, then everything that changes, for one browser."""
        browser: News = asyncio.Queue()
        for item in self._whole_state():
            browser.put_nowait(json.dumps(item))
        self._browsers.add(browser)
        try:
            yield browser
        finally:
            self._browsers.discard(browser)

    def cards(self) -> dict[str, Path]:
        """The cards that lie on the desk now, by file name."""
        folder = self.furniture.cards
        if folder is None or not folder.is_dir():
            return {}
        found = sorted(p for p in folder.iterdir() if p.suffix in (".png", ".jpg") and p.is_file())
        return {path.name: path for path in found[:CARDS]}

    def cards_with_letters(self) -> list[dict[str, str]]:
        """Each card with what the letter beside it says, its transfer code for one."""
        cards = []
        for name, path in self.cards().items():
            letter = path.with_suffix(".txt")
            said = letter.read_text(errors="replace")[:LETTER_CHARACTERS] if letter.is_file() else ""
            cards.append({"name": name, "letter": said})
        return cards

    def faults(self) -> list[dict[str, object]]:
        """Every fault that this desk has a button for, as it is now."""
        return [asdict(fault) for fault in self.furniture.faults.faults()] if self.furniture.faults else []

    async def change(self, name: str, *, on: bool, phone: int, part: str) -> None:
        """Make or mend a fault, and tell everybody. Raises FaultRefused."""
        if self.furniture.faults is None:
            raise FaultRefused("This desk was started without faults; `make run` has them.")
        try:
            await self.furniture.faults.change(name, on=on, phone=phone, part=part)
        finally:
            self._tell({"faults": self.faults()})
            self._tell({"cards": self.cards_with_letters()})

    def _tell(self, news: dict[str, object]) -> None:
        text = json.dumps(news)
        for browser in list(self._browsers):
            if browser.qsize() < UNREAD:
                browser.put_nowait(text)
            else:
                self._send_away(browser)

    def _send_away(self, browser: News) -> None:
        self._browsers.discard(browser)
        browser.put_nowait(None)

    async def _observe(self, path: Path) -> None:
        async for event in observations(path):
            if event["event"] not in FLEETING:
                self._seen.append(event)
            self._tell({"crs": event})

    def _whole_state(self) -> list[dict[str, object]]:
        hello: dict[str, object] = {
            "phones": list(self.phones),
            "cards": self.cards_with_letters(),
            "speech": self.furniture.speech is not None,
            "observed": self.furniture.observe is not None,
            "faults": self.faults(),
        }
        events: list[dict[str, object]] = [{"crs": event} for event in self._seen]
        return [hello, *(item for phone in self.phones.values() for item in phone.whole_state()), *events]
