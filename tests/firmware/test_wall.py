"""What a phone shows as time: the right one, or none."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from firmware.clock import BUILT
from firmware.desk_state import Lock
from firmware.house import NOTHING_HELD
from firmware.screens.render import render
from firmware.services.wall import Wall
from firmware.text import Words
from firmware.view import House, view
from tests.firmware.test_view import IDLE

NOW = BUILT + 50 * 86_400
HOUR = 3600.0


def wall(board: float, *, powered: float = HOUR, told: bool = False, ahead: int = 0) -> Wall:
    held = replace(NOTHING_HELD, told=told, ahead=ahead)
    return Wall(lambda: board, lambda: held, powered=lambda: powered)


@pytest.mark.parametrize("first_day", [0.0, BUILT - 200 * 86_400.0, float(BUILT)])
@pytest.mark.parametrize("powered", [10.0, HOUR, 90 * 86_400.0])
def test_a_board_that_began_at_its_first_day_knows_no_time_however_long_it_runs(
    first_day: float, powered: float
) -> None:
    assert not wall(first_day + powered, powered=powered).known


def test_a_board_that_is_behind_what_was_seen_did_not_keep_the_time() -> None:
    assert not wall(NOW, ahead=60).known


def test_a_board_that_kept_the_time_without_power_knows_it() -> None:
    assert wall(NOW).known


def test_whoever_was_told_knows_it_and_shows_what_was_told() -> None:
    told = wall(0.0, powered=0.0, told=True, ahead=NOW)
    assert told.known
    assert told.now() == NOW
    assert told.local() == datetime.fromtimestamp(NOW)


def test_a_lower_bound_is_better_than_the_boards_first_day_and_still_not_the_time() -> None:
    bound = wall(0.0, powered=0.0, ahead=NOW)
    assert bound.now() == NOW
    assert not bound.known


AT_NIGHT = replace(IDLE, now=datetime(2026, 11, 2, 2, 30))
LOCKED = replace(AT_NIGHT, desk=replace(AT_NIGHT.desk, lock=Lock()), held=replace(AT_NIGHT.held, pin=True))
BLANK = replace(AT_NIGHT, held=NOTHING_HELD)


@pytest.mark.parametrize("house", [AT_NIGHT, LOCKED, BLANK], ids=["enrolled", "locked", "blank"])
@pytest.mark.parametrize("big", [False, True], ids=["ordinary", "large"])
def test_a_phone_that_does_not_know_the_time_shows_everything_but_the_clock(house: House, big: bool) -> None:
    def said(known: bool) -> tuple[str, ...]:
        return render(view(replace(house, clock_known=known)), Words(), big=big)[1]

    shown = [line for line in said(True) if line not in ("02:30", "Mon 2 Nov")]
    assert len(shown) < len(said(True))
    assert list(said(False)) == shown


def test_the_display_is_not_dimmed_for_a_night_that_nobody_knows_of() -> None:
    assert AT_NIGHT.contrast < replace(AT_NIGHT, clock_known=False).contrast
