"""The calls that were: newest first, 200 at most, and how many were missed since somebody looked.

Only numbers that a key has verified, or that we dialled ourselves, enter the log: a caller who could not be
verified is shown once, and leaves nothing that he could fill the log with.
"""

from __future__ import annotations

from dataclasses import replace

from firmware import call_state as at
from firmware.record import record

MOST_ENTRIES = 200
DIRECTIONS = ("out", "in", "missed")


@record
class Entry:
    """One call. `began` is Unix seconds; `seconds` how long it was secure, 0 if it never was."""

    tel: str
    name: str
    direction: str
    began: int
    seconds: int = 0


@record
class CallLog:
    """The entries, newest first; the first `missed` of the missed ones have not been looked at."""

    entries: tuple[Entry, ...] = ()
    missed: int = 0

    def with_entry(self, entry: Entry) -> CallLog:
        """Return the log with one more call; the oldest makes room."""
        missed = self.missed + (entry.direction == "missed")
        return CallLog((entry, *self.entries)[:MOST_ENTRIES], min(missed, MOST_ENTRIES))

    def looked_at(self) -> CallLog:
        """Return the log with nothing missed any more."""
        return replace(self, missed=0)


def begun(known: tuple[tuple[int, int], ...], calls: at.State, *, unix: int) -> tuple[tuple[int, int], ...]:
    """Return pairs of a call in hand and the Unix second in which it was first seen."""
    before = dict(known)
    other = calls.other.call if calls.other is not None else None
    hands = [call for call in (calls.call, other) if call is not None]
    return tuple((call, before.get(call, unix)) for call in hands)
