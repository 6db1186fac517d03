"""Newer software for this phone: asked of the CRS, fetched, and handed to the update service, which judges.

    idle, registered ─► /v1/update ─► HOME/phone/update.part (goes on after a cut) ─► update service ─► ready

Never in a call: fetching waits for its end, and writing is frozen while somebody speaks. Where there is no
update service, as on a desk computer, nothing is asked.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import os
import shutil
import ssl
from collections.abc import Awaitable, Callable
from pathlib import Path

from asyncvarlink import FileDescriptor

from firmware.interfaces import KeysStatus, Refused
from firmware.services.download import Offer, Partial, Unwanted, download
from firmware.services.https import NotAnswered
from firmware.services.keeper import Keeper
from firmware.update_interface import UpdateEvent, UpdateStatus
from firmware.update_news import News

EVERY_S = 6 * 3600.0
AGAIN_S = 15 * 60.0
"""After a question without an answer, or an answer that was cut."""
FIRST_S = 60.0
"""After a start: what a person wants goes first."""
SPARE = 8 * 1024 * 1024
"""Octets that stay free beside this file and the copy of the update service: keys must always find room."""
LOOK_S = 1.0
MOST = 256 * 1024 * 1024
LEAST = 256 * 1024
"""Octets that a connection must have brought before it failed, for the next one to follow at once."""
FINAL = frozenset({"E60", "E61", "E62", "E63", "E65"})
"""The bundle is at fault, or the card: the same one is not fetched again, unless a person asks for it."""
UNANSWERED = News("unanswered")

_log = logging.getLogger("sottovoce.phone")


class Updating:
    """Asks, fetches, hands over, tells. `keeper` is for questions, `stream` follows an installation."""

    def __init__(
        self,
        home: Path,
        *,
        keeper: Keeper,
        stream: Keeper,
        status: Callable[[], KeysStatus],
        context: Callable[[], Awaitable[ssl.SSLContext]],
        in_call: Callable[[], bool],
        on_news: Callable[[News], None],
    ) -> None:
        self._partial = Partial(home / "phone" / "update.part")
        self._keeper, self._stream = keeper, stream
        self._status, self._context, self._in_call, self._on_news = status, context, in_call, on_news
        self._wanted = asyncio.Event()
        self._asked = False
        self._refused: set[tuple[str, str]] = set()

    def soon(self) -> None:
        """Ask as soon as possible: a person wants to know, and is told whatever comes of it."""
        if not self._keeper.connected:  # a desk computer has no update service
            self._on_news(UNANSWERED)
            return
        self._asked = True
        self._refused.clear()
        self._wanted.set()

    async def restart(self) -> None:
        """Restart into what is ready, or just restart; tell if that is refused."""
        try:
            await self._keeper.ask("Restart")
        except (Refused, ConnectionError) as error:
            code = str(error.p_code) if isinstance(error, Refused) else "E67"
            _log.warning("update: Restart: %s", code)
            self._on_news(News("not-restarted", code=code if code == "E65" else "E67"))

    async def seen(self) -> None:
        """The outcome of the last update was read."""
        with contextlib.suppress(Refused, ConnectionError):  # it is told once more, which does no harm
            await self._keeper.ask("Seen")

    async def back(self) -> None:
        """The update service is there: tell what came of the last update, and what is ready."""
        status: UpdateStatus = (await self._keeper.ask("Status"))["status"]
        if status.outcome:
            self._on_news(News(status.outcome, version=status.told))
        elif status.ready:
            self._on_news(News("ready", version=status.ready))

    async def run(self) -> None:
        """Keep asking until cancelled."""
        wait = FIRST_S
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._wanted.wait()
            self._wanted.clear()
            asked, self._asked = self._asked, False
            answer = await self._seek(asked=asked)
            if asked and answer is not None:
                self._on_news(answer)
            wait = FIRST_S if self._in_call() else AGAIN_S if answer == UNANSWERED else EVERY_S

    async def _seek(self, *, asked: bool = False) -> News | None:
        """Ask, fetch and hand over. Return what only whoever asked wants to know; None: all is told."""
        if not self._keeper.connected:
            return UNANSWERED
        try:
            here: UpdateStatus = (await self._keeper.ask("Status"))["status"]
            if here.ready:
                return News("ready", version=here.ready)
            if here.trying or self._in_call():
                return UNANSWERED
            if asked and (last := await self._follow("InstallStick")).kind != "nothing":
                self._tell(last)
                return None
            if not self._status().enrolled:
                return UNANSWERED
            offer = await self._fetch(here)
            if offer is None:
                return None if self._wanted.is_set() else News("none")
            await self._hand_over(offer)
            return None
        except Unwanted:
            return News("none")
        except (TimeoutError, ValueError, OSError, Refused) as error:
            _log.info("no update was fetched: %s", type(error).__name__)
            if isinstance(error, OSError) and error.errno == errno.ENOSPC:
                self._partial.remove()
                self._on_news(News("failed", code="E64"))
                return None
            self._on_news(News())
            return UNANSWERED

    def _wants(self, offer: Offer) -> bool:
        """Whether it is to be fetched. Raises OSError (ENOSPC): it is copied once to be verified."""
        if (offer.name, offer.since) in self._refused:
            return False
        come, since = self._partial.come()
        needed = 2 * offer.size - (come if since == offer.since else 0)
        if shutil.disk_usage(self._partial.path.parent).free < needed + SPARE:
            raise OSError(errno.ENOSPC, "there is no room for it twice")
        return True

    async def _fetch(self, here: UpdateStatus) -> Offer | None:
        """Fetch what is newer, over as many connections as it takes while each brings something."""
        while True:
            before, _ = self._partial.come()
            try:
                return await self._fetch_on(here)
            except (NotAnswered, TimeoutError):
                if self._partial.come()[0] < before + LEAST:
                    raise

    async def _fetch_on(self, here: UpdateStatus) -> Offer | None:
        fetching = asyncio.ensure_future(
            download(
                self._status().crs,
                f"/v1/update?kind={here.kind}&have={here.version}",
                await self._context(),
                self._partial,
                most=MOST,
                wanted=self._wants,
                progress=lambda percent: self._on_news(News("fetching", percent)),
            )
        )
        try:
            while not fetching.done():
                await asyncio.wait([fetching], timeout=LOOK_S)
                if self._in_call() and not fetching.done():
                    fetching.cancel()  # what has come stays, and is gone on from when the call is over
                    await asyncio.wait([fetching])
                    self._wanted.set()
                    return None
            return fetching.result()
        finally:
            fetching.cancel()

    async def _hand_over(self, offer: Offer) -> None:
        descriptor = os.open(self._partial.path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            last = await self._follow("Install", bundle=FileDescriptor(descriptor))
        finally:
            os.close(descriptor)
        self._partial.remove()
        if last.code in FINAL:
            self._refused.add((offer.name, offer.since))
        self._tell(last)

    async def _follow(self, method: str, **arguments: FileDescriptor) -> UpdateEvent:
        """Have a bundle installed; return how it ended. Raises ConnectionError, Refused."""
        pausing = asyncio.ensure_future(self._pause_in_calls())
        last: UpdateEvent | None = None
        try:
            async for reply in self._stream.stream(method, **arguments):
                last = reply["event"]
                if last.kind == "writing":
                    self._on_news(News("writing", last.percent))
        finally:
            pausing.cancel()
        if last is None:
            raise ConnectionError("the update service is not there")
        return last

    def _tell(self, last: UpdateEvent) -> None:
        ready = last.kind == "ready"
        self._on_news(News("ready", version=last.version) if ready else News("failed", code=last.code))

    async def _pause_in_calls(self) -> None:
        paused = False
        while True:
            if self._in_call() != paused:
                paused = not paused
                with contextlib.suppress(Refused, ConnectionError):  # it writes with what time is left anyway
                    await self._keeper.ask("Pause", on=paused)
            await asyncio.sleep(LOOK_S)
