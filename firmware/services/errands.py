"""Work that goes on beside the rest. What fails in it is not swallowed: the service ends and starts again."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine


class Errands:
    """Tasks under way. `watch` raises what the first of them raises."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self._failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def start(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        """Start `work`."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    async def watch(self) -> None:
        """Wait for a failure, and raise it; until cancelled. Then cancel every task."""
        try:
            await self._failed
        finally:
            for task in self._tasks:
                task.cancel()

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None and not self._failed.done():
            self._failed.set_exception(error)
