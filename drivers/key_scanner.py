"""From samples of a key matrix to keys: debounced for each key on its own, and never deceived by ghosts.

A matrix without diodes conducts both ways. With three corners of a rectangle pressed, so reads the fourth:

    column   1   2          Driving column 2 low pulls row A through A2, from there column 1 through A1,
    row A    #───#          and from there row B through B1. So B2 reads closed although nobody touches it.
    row B    #───?

Whatever reads open is open. What reads closed is closed unless two rows share two columns: then nobody can
know, and the keys of that rectangle stay as they were until it can be known. A press that begins and ends
inside such a rectangle is not told; it would have to be guessed.

Debounce integrates: each sample of a closed key counts up, each of an open one down, and the key changes when
the count reaches its end. Chatter shorter than SAMPLES periods changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from drivers.ports import KeyEvent

PERIOD_S = 0.005
SAMPLES = 3
SOONEST_S = 0.8 * PERIOD_S
"""Samples that follow closer than this are not counted: debounce is time, not a number of looks."""

KeyMap = tuple[tuple[str, ...], ...]
"""Names of the keys, row by row."""

MAPS: dict[str, KeyMap] = {
    "4x4": (
        ("1", "2", "3", "soft1"),
        ("4", "5", "6", "soft2"),
        ("7", "8", "9", "soft3"),
        ("*", "0", "#", "soft4"),
    ),
    "4x5": (
        ("1", "2", "3", "soft1", "up"),
        ("4", "5", "6", "soft2", "down"),
        ("7", "8", "9", "soft3", "mute"),
        ("*", "0", "#", "soft4", "speaker"),
    ),
}


class KeyScanner:
    """The keys of one matrix. Feed it a sample every PERIOD_S while a key is down.

    Raises ValueError if the rows of `keys` differ in length or two keys have one name.
    """

    def __init__(self, keys: KeyMap) -> None:
        columns = len(keys[0]) if keys else 0
        names = [name for row in keys for name in row]
        if not names or any(len(row) != columns for row in keys) or len(set(names)) != len(names):
            raise ValueError("a key map needs rows of one length, and a name of its own for every key")
        self._keys = keys
        self._columns = columns
        self._counts = [[0] * columns for _ in keys]
        self._down = [0] * len(keys)
        self._sampled: float | None = None
        self._steady: tuple[int, ...] | None = None

    @property
    def idle(self) -> bool:
        """No key is down or about to be: the scan may rest until a row falls."""
        return not any(self._down) and not any(any(counts) for counts in self._counts)

    def sample(self, rows: Sequence[int], now: float) -> tuple[KeyEvent, ...]:
        """Take one look at the matrix and return what changed.

        `rows`: for each row a mask of the columns that read closed, bit 0 the first. `now`: seconds of any
        clock that never goes back. Raises ValueError for a mask that is not of this matrix.
        """
        if len(rows) != len(self._keys) or any(mask >> self._columns or mask < 0 for mask in rows):
            raise ValueError(f"a sample has {len(self._keys)} rows of {self._columns} columns")
        if self._sampled is not None and now - self._sampled < SOONEST_S:
            return ()
        self._sampled = now
        if self._steady == (*rows,):
            return ()
        before = [list(counts) for counts in self._counts]
        unsure = _unsure(rows)
        events: list[KeyEvent] = []
        for row, names in enumerate(self._keys):
            for column, name in enumerate(names):
                bit = 1 << column
                if unsure[row] & bit:
                    # Count again from the start when it can be known: a rectangle proves nothing either way.
                    self._counts[row][column] = SAMPLES if self._down[row] & bit else 0
                elif self._settles(row, column, closed=bool(rows[row] & bit)):
                    self._down[row] ^= bit
                    events.append(KeyEvent(name, bool(self._down[row] & bit)))
        # A sample that changed no count changes none when it comes again, however long a key is held.
        self._steady = (*rows,) if before == self._counts else None
        # Keys let go come first: a finger that rolls from one to the next ends the old one before the new.
        return tuple(sorted(events, key=lambda event: event.down))

    def release(self) -> tuple[KeyEvent, ...]:
        """Let every key go, as when the matrix can no longer be read."""
        events = tuple(
            KeyEvent(name, False)
            for row, names in enumerate(self._keys)
            for column, name in enumerate(names)
            if self._down[row] >> column & 1
        )
        self._counts = [[0] * self._columns for _ in self._keys]
        self._down = [0] * len(self._keys)
        self._steady = None
        return events

    def _settles(self, row: int, column: int, *, closed: bool) -> bool:
        """Count one sample; say whether the key has changed with it."""
        count = self._counts[row][column] + (1 if closed else -1)
        self._counts[row][column] = min(max(count, 0), SAMPLES)
        down = bool(self._down[row] >> column & 1)
        return self._counts[row][column] == (0 if down else SAMPLES)


def _unsure(rows: Sequence[int]) -> list[int]:
    """For each row a mask of the columns where it takes part in a rectangle."""
    unsure = [0] * len(rows)
    for one, other in combinations(range(len(rows)), 2):
        shared = rows[one] & rows[other]
        if shared & (shared - 1):  # more than one bit
            unsure[one] |= shared
            unsure[other] |= shared
    return unsure
