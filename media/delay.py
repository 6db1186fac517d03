"""How long packets take beyond the quickest of them, and how long frames should wait for the slow ones."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import deque

from media.codec import PERIOD_S, RTP_TICKS

WINDOW = 500
"""Packets remembered: ten seconds."""
QUANTILE = 0.97
START_S = 0.040
MAX_S = 0.400
LATE_STEP_S = 0.060
"""The most that one late packet adds to the target."""
LATE_MARGIN_S = 0.005
FALL_S_PER_S = 0.005
CLOCK_JUMP_S = 2.0


class DelayEstimate:
    """Delays of the last ten seconds and the waiting time they call for, all in seconds.

    A delay is arrival minus media time. Its zero means nothing, because the two clocks never met; only
    differences do. Ten seconds are short enough for drift between the clocks not to matter.
    """

    def __init__(self) -> None:
        self._in_order: deque[float] = deque()
        self._sorted: list[float] = []
        self._floor = START_S
        self._floor_since: float | None = None

    @property
    def quickest(self) -> float:
        """The smallest delay of the window. Raises IndexError before the first packet."""
        return self._sorted[0]

    def observe(self, delay: float, now: float) -> bool:
        """Remember the delay of a packet. Returns False if the far clock jumped and all was forgotten."""
        steady = not self._sorted or abs(delay - self._sorted[0]) < CLOCK_JUMP_S
        if not steady:
            self._in_order.clear()
            self._sorted.clear()
        if len(self._in_order) == WINDOW:
            del self._sorted[bisect_left(self._sorted, self._in_order.popleft())]
        self._in_order.append(delay)
        insort(self._sorted, delay)
        if self._floor_since is None:
            self._floor_since = now
        return steady

    def missed(self, delay: float, now: float) -> None:
        """A packet with this delay missed its turn: raise the target at once, by 60 ms at most."""
        target = self.target(now)
        needed = delay - self.quickest + LATE_MARGIN_S
        self._floor = min(max(target, needed), target + LATE_STEP_S)
        self._floor_since = now

    def target(self, now: float) -> float:
        """How long a frame should wait beyond the quickest packet's delay: 20 to 400 ms."""
        floor = self._floor
        if self._floor_since is not None:
            floor -= FALL_S_PER_S * (now - self._floor_since)
        slow = 0.0
        if self._sorted:
            slow = self._sorted[int(QUANTILE * len(self._sorted))] - self._sorted[0]
        return min(max(slow + PERIOD_S, floor), MAX_S)


class InterarrivalJitter:
    """How unevenly packets come (RFC 3550 §6.4.1): for people to read, nothing depends on it."""

    def __init__(self) -> None:
        self.jitter_s = 0.0
        self._last: tuple[int, float] | None = None

    def observe(self, timestamp: int, now: float) -> None:
        """Take in a packet with this RTP timestamp that came at `now`."""
        if self._last is not None:
            ticks = (timestamp - self._last[0] + (1 << 31)) % (1 << 32) - (1 << 31)
            uneven = abs(now - self._last[1] - ticks * PERIOD_S / RTP_TICKS)
            if uneven < CLOCK_JUMP_S:
                self.jitter_s += (uneven - self.jitter_s) / 16
        self._last = timestamp, now
