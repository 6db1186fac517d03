"""One thread that writes: a commit waits for the disk, and voices must not wait with it."""

from __future__ import annotations

import asyncio
import functools
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from crs.clock import Clock
from crs.effects import Alarm
from crs.journal import Change, Journal
from crs.limits import Rate, TokenBuckets

P = ParamSpec("P")
R = TypeVar("R")

log = logging.getLogger("crs")

ALARMS = Rate(burst=10, per_second=1 / 60)
"""Entries of one kind about one number, or one partner: whoever provokes alarms must not fill the disk."""


class Writer:
    """Runs what touches the database, in order, beside the event loop."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal = journal
        self._clock = clock
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="crs-writer")
        self._alarms = TokenBuckets(ALARMS)
        self._left_out: dict[str, int] = {}

    async def run(self, work: Callable[P, R], *args: P.args, **keywords: P.kwargs) -> R:
        """Run it and wait."""
        call = functools.partial(work, *args, **keywords)
        return await asyncio.get_running_loop().run_in_executor(self._thread, call)

    def post(self, work: Callable[P, object], *args: P.args, **keywords: P.kwargs) -> None:
        """Run it some time soon; a failure is told to the operator on standard error."""
        self._thread.submit(work, *args, **keywords).add_done_callback(_told)

    def record(self, event: str, detail: Mapping[str, str], *, also: Change | None = None) -> None:
        """Put an entry into the log, with the change that it tells of."""
        self.post(self._journal.append, event, dict(detail), self._clock.unix(), also=also)

    async def recorded(self, event: str, detail: Mapping[str, str], *, also: Change) -> None:
        """Do the same and wait. Raises what `also` raises; then there is neither entry nor change."""
        await self.run(self._journal.append, event, dict(detail), self._clock.unix(), also=also)

    def alarm(self, alarm: Alarm) -> None:
        """Put an alarm into the log, but not the same one without end: what was left out is counted."""
        key = f"{alarm.event} {alarm.detail.get('tel') or alarm.detail.get('partner', '')}"
        if not self._alarms.take(key, self._clock.monotonic()):
            self._left_out[key] = self._left_out.get(key, 0) + 1
            return
        left_out = self._left_out.pop(key, 0)
        more = {"left_out": str(left_out)} if left_out else {}
        self.record(alarm.event, {**alarm.detail, **more})

    def close(self) -> None:
        """Finish what was posted."""
        self._thread.shutdown(wait=True)


def _told(done: Future[object]) -> None:
    error = done.exception()
    if error is not None:
        log.error("could not write to the database: %s; check the disk", error)
