"""A switch matrix as physics has it: contacts that chatter, currents that find every way, fingers on keys."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

Crossing = tuple[int, int]
"""Row and column."""
SKEW_S = 0.0001
"""One column is read so much later than the one before."""


@lru_cache(maxsize=100_000)
def reached(contacts: frozenset[Crossing], column: int) -> int:
    """Return a mask of the rows that `column` pulls low through closed contacts, by whatever way."""
    rows, columns, grown = 0, 1 << column, True
    while grown:
        grown = False
        for row, other in contacts:
            if (rows >> row & 1) != (columns >> other & 1):
                rows |= 1 << row
                columns |= 1 << other
                grown = True
    return rows


@dataclass
class Contact:
    """One key's contact over time: at each of `turns` it opens or closes."""

    turns: list[float] = field(default_factory=list)

    def closed(self, now: float) -> bool:
        """Say whether it conducts at `now`."""
        return bisect_right(self.turns, now) % 2 == 1

    def press(self, at: float, until: float, chatter: float, chance: random.Random) -> None:
        """Be pressed, chattering for at most `chatter` at either end."""
        for moment in (at, until):
            # An odd number of turns leaves the contact in its other state.
            bounces = chance.randrange(0, 6) * 2
            offsets = sorted(chance.uniform(0, chatter) for _ in range(bounces))
            self.turns += [moment, *(moment + offset for offset in offsets)]


class Matrix:
    """The contacts of one keypad."""

    def __init__(self, columns: int) -> None:
        self._columns = columns
        self._contacts: dict[Crossing, Contact] = {}

    def contact(self, crossing: Crossing) -> Contact:
        """Return the contact of a key."""
        return self._contacts.setdefault(crossing, Contact())

    def closed(self, now: float) -> frozenset[Crossing]:
        """Return what conducts at `now`."""
        return frozenset(at for at, contact in self._contacts.items() if contact.closed(now))

    def look(self, rows: int, now: float) -> list[int]:
        """Read column after column, each a little later than the one before; return the rows' masks."""
        masks = [0] * rows
        for column in range(self._columns):
            low = reached(self.closed(now + column * SKEW_S), column)
            for row in range(rows):
                masks[row] |= (low >> row & 1) << column
        return masks


def rectangles(
    rows: int, columns: int, chance: random.Random
) -> Iterator[tuple[Crossing, Crossing, Crossing, Crossing]]:
    """Yield the four corners of random rectangles, opposite corners first and last."""
    while True:
        (top, bottom), (left, right) = chance.sample(range(rows), 2), chance.sample(range(columns), 2)
        yield (top, left), (top, right), (bottom, left), (bottom, right)


def samples(start: float, end: float, chance: random.Random) -> Iterable[float]:
    """Yield the moments of a scan at 200 Hz whose thread is late now and then."""
    now = start
    while now < end:
        yield now
        now += 0.005 + (chance.random() < 0.1) * chance.uniform(0, 0.002)
