"""All that calls ask of the media service, in one queue: one call is closed before the next opens.

Session keys pass through as descriptors only.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from firmware.interfaces import MediaEndpoint, Refused
from firmware.services.keeper import Keeper

_log = logging.getLogger("sottovoce.phone")


class SoundOrders:
    """The queue. `run` works it off until cancelled."""

    def __init__(self, media: Keeper) -> None:
        self._media = media
        self._orders: asyncio.Queue[Callable[[], Awaitable[None]]] = asyncio.Queue()

    def order(self, work: Callable[[], Awaitable[None]]) -> None:
        """Have some work done in its turn."""
        self._orders.put_nowait(work)

    def ask(self, method: str, **arguments: object) -> None:
        """Ask in its turn for something that no call depends on."""
        self.order(lambda: self._ask(method, arguments))

    async def open(self, call: int, address: str) -> MediaEndpoint:
        """Open a socket, from within an order. Raises Refused, ConnectionError."""
        endpoint: MediaEndpoint = (await self._media.ask("Open", call=call, address=address))["endpoint"]
        return endpoint

    async def insist(self, method: str, **arguments: Any) -> None:
        """Ask from within an order for something that a call depends on. Raises Refused, ConnectionError."""
        await self._media.ask(method, **arguments)

    async def run(self) -> None:
        """Pass the orders on, one after the other, until cancelled."""
        while True:
            order = await self._orders.get()
            await order()

    async def _ask(self, method: str, arguments: dict[str, object]) -> None:
        try:
            await self._media.ask(method, **arguments)
        except (Refused, ConnectionError) as error:
            _log.info("media: %s: %s", method, why_not(error))


def why_not(error: Refused | ConnectionError) -> str:
    """Say in the log why a service did not do what it was asked."""
    return f"{error.p_code} {error.p_text}" if isinstance(error, Refused) else str(error)
