"""What laying down, tapping and lifting mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware import call_events as on
from firmware import call_state as at
from firmware.hook import Cradle, Edge, Waited, can_flash, step
from firmware.reasons import Why

LIFTED = Cradle(lifted=True)
TALKING = at.Talking(1, "+442079460002", "", 0.0, secured=True)


def tap(seconds: float, *, flashes: bool = True) -> list[object]:
    """Put the cradle down and up again; return what it meant."""
    cradle, first = step(LIFTED, Edge(False), now=10.0, flashes=flashes)
    _, then = step(cradle, Edge(True), now=10.0 + seconds, flashes=flashes)
    return [*first, *then]


@pytest.mark.parametrize("seconds", [0.001, 0.03, 0.079])
def test_a_bump_means_nothing_but_that_the_gate_was_closed(seconds: float) -> None:
    assert tap(seconds) == [on.Pressed(), on.Released()]


@pytest.mark.parametrize("seconds", [0.081, 0.15, 0.3, 0.599])
def test_a_tap_is_a_flash(seconds: float) -> None:
    assert tap(seconds) == [on.Pressed(), on.Flash()]


def test_laying_down_ends_after_six_hundred_milliseconds() -> None:
    cradle, first = step(LIFTED, Edge(False), now=10.0, flashes=True)
    assert first == (on.Pressed(),)
    assert cradle.deadline == pytest.approx(10.6)
    assert step(cradle, Waited(), now=10.59, flashes=True) == (cradle, ())
    assert step(cradle, Waited(), now=10.6001, flashes=True) == (Cradle(False), (on.HungUp(),))


def test_outside_a_call_laying_down_acts_at_once() -> None:
    assert step(LIFTED, Edge(False), now=10.0, flashes=False) == (Cradle(False), (on.HungUp(),))
    assert tap(0.2, flashes=False) == [on.HungUp(), on.Lifted()]


def test_a_deadline_that_nobody_told_is_laying_down_all_the_same() -> None:
    assert tap(0.9) == [on.Pressed(), on.HungUp(), on.Lifted()]


def test_an_edge_that_changes_nothing_means_nothing() -> None:
    assert step(LIFTED, Edge(True), now=1.0, flashes=True) == (LIFTED, ())
    assert step(Cradle(), Edge(False), now=1.0, flashes=True) == (Cradle(), ())
    assert step(Cradle(), Waited(), now=1.0, flashes=True) == (Cradle(), ())


@pytest.mark.parametrize(
    ("state", "flashes"),
    [
        (at.State(phase=TALKING, lifted=True), True),
        (at.State(phase=at.OffHook(), other=TALKING, lifted=True), True),
        (at.State(phase=TALKING, lifted=True, speaker=True), False),
        (at.State(phase=TALKING, speaker=True), False),
        (at.State(phase=at.OffHook(), lifted=True), False),
        (at.State(phase=at.RingingOut(1, "+442079460002", ""), lifted=True), False),
        (at.State(phase=at.Over(Why.ENDED), lifted=True), False),
    ],
)
def test_only_a_call_in_the_handset_can_be_flashed(state: at.State, flashes: bool) -> None:
    assert can_flash(state) is flashes


edges = st.lists(st.tuples(st.booleans(), st.floats(0.001, 2.0), st.booleans()), max_size=30)


@given(edges)
def test_the_handset_is_never_lifted_twice_nor_laid_down_twice(moves: list[tuple[bool, float, bool]]) -> None:
    cradle, now, lifted, pressed = Cradle(), 0.0, False, False
    for up, pause, flashes in moves:
        told: list[object] = []
        now += pause
        if cradle.deadline is not None and cradle.deadline <= now:
            cradle, meant = step(cradle, Waited(), now=now, flashes=flashes)
            told += meant
        cradle, meant = step(cradle, Edge(up), now=now, flashes=flashes)
        for meaning in [*told, *meant]:
            match meaning:
                case on.Lifted():
                    assert not lifted
                    lifted = True
                case on.HungUp():
                    assert lifted
                    lifted = pressed = False
                case on.Pressed():
                    assert lifted
                    assert not pressed
                    pressed = True
                case on.Released() | on.Flash():
                    assert pressed
                    pressed = False
        assert cradle.lifted == up
        assert lifted == (up or pressed)
