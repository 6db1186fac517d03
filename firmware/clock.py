"""What time it is: the board's clock, corrected by the authenticated CRS, never before what was seen.

A board without a battery begins anywhere in the past: until a CRS has told the time, ours is a lower bound.

A CRS is believed backwards to the last moment seen, and forwards by 48 hours in all. What it says beyond that
is proposed to an administrator at the phone: a hostile CRS could otherwise stop calls for good.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from enum import Enum

BUILT = int(datetime(2026, 10, 1, tzinfo=UTC).timestamp())
"""No clock that is right shows a moment before this software existed."""

END = int(datetime(2100, 1, 1, tzinfo=UTC).timestamp())
"""No CRS that is right gives a later time; as a lower bound it would stop this phone for good."""

TOLERANCE_S = 1.5
"""A Date header has whole seconds and a way to travel: corrections below this are noise."""


AHEAD_S = 48 * 3600
"""How far a CRS may put the clock ahead by itself: in one step or in many, until a restart."""


class Verdict(Enum):
    """What became of a time that a CRS gave."""

    TAKEN = "taken"
    IGNORED = "ignored"
    PROPOSED = "proposed"


class Clock:
    """Unix seconds, given a board's clock that may be wrong."""

    def __init__(self, board_now: Callable[[], float]) -> None:
        self._board_now = board_now
        self._offset = 0.0
        self._last_seen = 0
        self._proposal: tuple[int, float] | None = None
        self._ahead = 0.0
        self._told = False

    @property
    def last_seen(self) -> int:
        """The latest moment that a CRS has vouched for, 0 if none has."""
        return self._last_seen

    @property
    def proposed(self) -> int:
        """What a CRS says that the time is now, if an administrator must confirm it; 0 if nothing must be."""
        if self._proposal is None:
            return 0
        unix, board = self._proposal
        return unix + max(0, int(self._board_now() - board))

    @property
    def told(self) -> bool:
        """Whether a CRS has told the time since the start: before, ours may be months behind."""
        return self._told

    @property
    def ahead(self) -> int:
        """Seconds by which this clock is ahead of the board's."""
        board = self._board_now()
        return round(self._at(board) - board)

    def now(self) -> float:
        """Return the corrected time, never before `last_seen` or the day this software was built."""
        return self._at(self._board_now())

    def _at(self, board: float) -> float:
        return max(board + self._offset, float(self._last_seen), float(BUILT))

    def not_before(self, unix: int) -> None:
        """Remember a moment seen before a restart. It is a lower bound, not the time."""
        self._last_seen = max(self._last_seen, unix)

    def observe(self, unix: int, *, vouched: float = 0.0) -> Verdict:
        """Take the time from an authenticated CRS: ignored if it is impossible or before the last time seen.

        `vouched` is the latest moment that something else than the CRS vouches for. The first time that a CRS
        ever gives is taken as it is: a card is dated, and nothing is known before it.
        """
        if not max(BUILT, self._last_seen) <= unix < END:
            return Verdict.IGNORED
        step = unix - max(self.now(), vouched)
        if self._last_seen and step > TOLERANCE_S:
            if self._ahead + step > AHEAD_S:
                self._proposal = (unix, self._board_now())
                return Verdict.PROPOSED
            self._ahead += step
        self._take(unix)
        return Verdict.TAKEN

    def accept(self) -> bool:
        """Take what was proposed, for somebody has confirmed it. Returns False if nothing is."""
        unix = self.proposed
        if not max(BUILT, self._last_seen) <= unix < END:
            return False
        self._take(unix)
        self._ahead = 0.0
        return True

    def _take(self, unix: int) -> None:
        board = self._board_now()
        if abs(board + self._offset - unix) > TOLERANCE_S:
            self._offset = unix - board
        self._last_seen, self._proposal, self._told = unix, None, True
