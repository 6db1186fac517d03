"""How long a phone waits before it tries its server again."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from firmware.backoff import FIRST_S, LONGEST_S, Backoff


class Certain(random.Random):
    """Chance that always says the same."""

    def __init__(self, says: float) -> None:
        super().__init__(0)
        self._says = says

    def random(self) -> float:
        return self._says


def waits(count: int, *, reached: bool, says: float = 1.0) -> list[float]:
    backoff = Backoff(chance=Certain(says))
    return [backoff.after(reached=reached) for _ in range(count)]


def test_waits_double() -> None:
    assert waits(4, reached=False) == [FIRST_S, 2 * FIRST_S, 4 * FIRST_S, 8 * FIRST_S]


@pytest.mark.parametrize(("reached", "longest"), [(False, 10.0), (True, 30.0)])
def test_after_a_long_outage_the_next_attempt_is_near(reached: bool, longest: float) -> None:
    assert max(waits(5000, reached=reached)) == longest == LONGEST_S[reached]


def test_a_wait_is_never_less_than_half_so_that_nobody_hammers() -> None:
    assert waits(5, reached=True, says=0.0) == [half / 2 for half in waits(5, reached=True)]


def test_phones_that_lost_their_server_together_come_back_one_by_one() -> None:
    firsts = sorted(Backoff(chance=random.Random(phone)).after(reached=True) for phone in range(1000))
    assert firsts[0] < 0.6 * FIRST_S
    assert firsts[-1] > 0.9 * FIRST_S
    assert max(b - a for a, b in pairwise(firsts)) < 0.02


def test_after_success_it_begins_anew() -> None:
    backoff = Backoff(chance=Certain(1.0))
    for _ in range(9):
        backoff.after(reached=False)
    backoff.anew()
    assert backoff.after(reached=False) == FIRST_S
