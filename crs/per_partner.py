"""What is done for each partner, over and over: a task for each, what goes wrong told once, and the waits.

Used by our links (`crs.dialling`) and our questions for revoked keys (`crs.asking`).
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable, Coroutine
from typing import Any

from crs.partners import Partner, Partners

_RANDOM = random.SystemRandom()
_log = logging.getLogger("crs")


class PartnerTasks:
    """One task of `keep` for each partner that there is."""

    def __init__(self, keep: Callable[[Partner], Coroutine[Any, Any, None]]) -> None:
        self._keep = keep
        self._tasks: dict[Partner, asyncio.Task[None]] = {}

    def change(self, partners: Partners) -> None:
        """Work for these partners and no others; for one with another key or address it begins anew."""
        wanted = {partner.domain: partner for partner in partners}
        for old in list(self._tasks):
            new = wanted.get(old.domain)
            if new is None or (new.domain_key, new.address) != (old.domain_key, old.address):
                self._tasks.pop(old).cancel()
            else:
                wanted.pop(old.domain)
        for partner in wanted.values():
            self._tasks[partner] = asyncio.get_running_loop().create_task(self._keep(partner))

    async def stop(self) -> None:
        """Work for nobody any more."""
        tasks = list(self._tasks.values())
        self._tasks.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class Trouble:
    """What is wrong with one thing: the log hears of it when it is another trouble than the last time."""

    def __init__(self, of: str, what_next: str) -> None:
        self._of = of
        self._what_next = what_next
        self._told = ""

    def tell(self, why: str) -> None:
        """Say what is wrong now; '' if nothing is."""
        if why and why != self._told:
            _log.warning("%s: %s; %s", self._of, why, self._what_next)
        self._told = why


async def pause(seconds: float) -> None:
    """Wait for half of this or up to all of it, so that not all partners are at it in the same moment."""
    await asyncio.sleep(seconds * (0.5 + _RANDOM.random() / 2))
