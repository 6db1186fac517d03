"""The clock of what is heard."""

from __future__ import annotations

import random

import pytest

from media.playout import PlayoutClock

P = 0.020


def test_late_wake_ups_do_not_move_it():
    dice = random.Random(1)
    clock = PlayoutClock()
    for n in range(500):
        at = clock.tick(n * P + dice.expovariate(1 / 0.001))
        assert at == pytest.approx(n * P, abs=0.003)


def test_a_stall_that_the_cards_buffer_covers_does_not_move_it():
    clock = PlayoutClock()
    for n in range(100):
        clock.tick(n * P)
    stalled = 100 * P + 0.07
    for n in range(100, 104):
        assert clock.tick(stalled) == pytest.approx(n * P, abs=0.006)
    for n in range(104, 400):
        at = clock.tick(n * P)
    assert at == pytest.approx(399 * P, abs=0.001)


def test_a_card_that_ran_empty_moves_it():
    clock = PlayoutClock()
    for n in range(10):
        clock.tick(n * P)
    assert clock.tick(0.5, slipped=True) == 0.5


def test_a_long_stall_moves_it():
    clock = PlayoutClock()
    clock.tick(0.0)
    assert clock.tick(3.0) == 3.0


def test_filling_the_cards_buffer_does_not_run_ahead():
    clock = PlayoutClock()
    assert [clock.tick(1.0) for _ in range(4)] == [1.0] * 4
    assert clock.tick(1.02) == pytest.approx(1.02)


@pytest.mark.parametrize("drift", [3e-4, -3e-4])
def test_a_card_with_another_clock_is_followed(drift):
    clock = PlayoutClock()
    for n in range(30000):
        at = clock.tick(n * P * (1 + drift))
    assert at == pytest.approx(29999 * P * (1 + drift), abs=0.001)
