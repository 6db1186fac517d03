"""The clock of a sound device that has none."""

from __future__ import annotations

import time
from collections.abc import Callable


class Pace:
    """Periods at absolute deadlines: a late one does not delay the next; only a long stall moves them all.

    `slack` is how many periods we may be behind before time is given up, as a card's buffer would run empty.
    """

    def __init__(
        self,
        period_s: float,
        slack: int,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._period_s = period_s
        self._slack_s = slack * period_s
        self._clock = clock
        self._sleep = sleep
        self._next: float | None = None

    def wait(self) -> bool:
        """Block until the next period begins. Returns False if we came so late that periods were lost."""
        now = self._clock()
        if self._next is None:
            self._next = now
        in_time = now - self._next <= self._slack_s
        if not in_time:
            self._next = now
        while now < self._next:
            self._sleep(self._next - now)
            now = self._clock()
        self._next += self._period_s
        return in_time

    def restart(self) -> None:
        """Begin anew with the next `wait`."""
        self._next = None
