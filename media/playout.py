"""When a period will be heard, as against when a busy thread got round to fetching it."""

from __future__ import annotations

from media.codec import PERIOD_S

GIVE_UP_S = 0.200
"""A thread that is later than this has lost the time, not just mislaid it."""
FOLLOW = 0.01


class PlayoutClock:
    """The card plays a period every 20 ms, whether we are woken late or not, while its buffer lasts.

    So a late wake-up says nothing about when the period is heard, but an early one does: the card's buffer
    had room, because it had just begun or run empty. Small differences are followed slowly: the card's clock
    is not ours.
    """

    def __init__(self) -> None:
        self._at: float | None = None

    def tick(self, now: float, *, slipped: bool = False) -> float:
        """Return the time of the period fetched at `now`; `slipped`: the card ran empty before it."""
        expected = now if self._at is None else self._at + PERIOD_S
        late = now - expected
        if slipped or not -PERIOD_S / 2 <= late <= GIVE_UP_S:
            self._at = now
        else:
            self._at = expected + FOLLOW * late
        return self._at
