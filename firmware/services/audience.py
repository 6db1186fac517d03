"""Those who are told what happens: a bounded queue for each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable

from firmware.interfaces import MediaEvent

BACKLOG = 64
"""Events kept for a listener that is slow; the oldest go first."""


class Audience:
    """Everybody who listens now."""

    def __init__(self) -> None:
        self._queues: set[asyncio.Queue[MediaEvent | None]] = set()

    def __bool__(self) -> bool:
        """Somebody listens."""
        return bool(self._queues)

    async def listen(self, first: Iterable[MediaEvent]) -> AsyncIterator[MediaEvent]:
        """Yield what a newcomer should know `first`, then all that is told, until `dismiss`."""
        events: asyncio.Queue[MediaEvent | None] = asyncio.Queue(BACKLOG)
        for event in first:
            events.put_nowait(event)
        self._queues.add(events)
        try:
            while (told := await events.get()) is not None:
                yield told
        finally:
            self._queues.discard(events)

    def tell(self, event: MediaEvent) -> None:
        """Tell everybody."""
        self._put(event)

    def dismiss(self) -> None:
        """There is nothing more to tell."""
        self._put(None)

    def _put(self, event: MediaEvent | None) -> None:
        for events in self._queues:
            if events.full():
                events.get_nowait()
            events.put_nowait(event)
