"""What time it is: the board's clock, corrected by the authenticated CRS, never before what was seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

BUILT = int(datetime(2026, 10, 1, tzinfo=UTC).timestamp())
"""No clock that is right shows a moment before this software existed."""

END = int(datetime(2100, 1, 1, tzinfo=UTC).timestamp())
"""No CRS that is right gives a later time; as a lower bound it would stop this phone for good."""

TOLERANCE_S = 1.5
"""A Date header has whole seconds and a way to travel: corrections below this are noise."""


class Clock:
    """Unix seconds, given a board's clock that may be wrong."""

    def __init__(self, board_now: Callable[[], float]) -> None:
        self._board_now = board_now
        self._offset = 0.0
        self._last_seen = 0

    @property
    def last_seen(self) -> int:
        """The latest moment that a CRS has vouched for, 0 if none has."""
        return self._last_seen

    def now(self) -> float:
        """Return the corrected time, never before `last_seen`."""
        return max(self._board_now() + self._offset, float(self._last_seen))

    def not_before(self, unix: int) -> None:
        """Remember a moment seen before a restart. It is a lower bound, not the time."""
        self._last_seen = max(self._last_seen, unix)

    def observe(self, unix: int) -> bool:
        """Take the time from an authenticated CRS. Returns False if it is impossible or too old."""
        if not max(BUILT, self._last_seen) <= unix < END:
            return False
        board = self._board_now()
        if abs(board + self._offset - unix) > TOLERANCE_S:
            self._offset = unix - board
        self._last_seen = unix
        return True
