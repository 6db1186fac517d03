"""The two clocks of the CRS, as a port: tests turn them by hand."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """Seconds that only grow, and the time of day."""

    def monotonic(self) -> float:
        """Return seconds for timers."""

    def unix(self) -> float:
        """Return Unix seconds, UTC, for what people and phones read."""


class SystemClock:
    """The computer's own clocks."""

    def monotonic(self) -> float:
        return time.monotonic()

    def unix(self) -> float:
        return time.time()
