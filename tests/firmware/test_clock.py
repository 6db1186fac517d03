"""The clock: right when the CRS says so, never before what was seen."""

from __future__ import annotations

import pytest

from firmware.clock import AHEAD_S, BUILT, END, TOLERANCE_S, Clock, Verdict

THEN = BUILT + 10**6


class Board:
    now = float(THEN)


def clock() -> tuple[Clock, Board]:
    board = Board()
    return Clock(lambda: board.now), board


def test_without_a_crs_it_is_the_boards_time() -> None:
    ours, board = clock()
    assert ours.now() == THEN
    board.now += 5
    assert ours.now() == THEN + 5


@pytest.mark.parametrize("wrong_by", [-40 * 86400, -60, 60, 40 * 86400])
def test_a_wrong_board_is_corrected_and_runs_on(wrong_by: int) -> None:
    ours, board = clock()
    board.now += wrong_by
    assert ours.observe(THEN) is Verdict.TAKEN
    board.now += 7
    assert ours.now() == THEN + 7


def test_a_second_of_travel_is_no_correction() -> None:
    ours, _ = clock()
    assert ours.observe(THEN + int(TOLERANCE_S)) is Verdict.TAKEN
    assert ours.now() - THEN <= TOLERANCE_S


def test_time_does_not_go_back_past_the_last_time_seen() -> None:
    ours, board = clock()
    ours.observe(THEN)
    assert ours.observe(THEN - 1) is Verdict.IGNORED
    board.now -= 86400
    assert ours.now() == THEN


def test_a_restart_remembers_a_bound_and_not_the_time() -> None:
    ours, board = clock()
    ours.not_before(THEN + 100)
    assert ours.now() == THEN + 100
    board.now += 200
    assert ours.now() == THEN + 200
    ours.not_before(THEN)
    assert ours.last_seen == THEN + 100


@pytest.mark.parametrize("unix", [-1, 0, BUILT - 1, END, 2**63])
def test_an_impossible_time_is_not_taken(unix: int) -> None:
    ours, _ = clock()
    assert ours.observe(unix) is Verdict.IGNORED
    assert ours.now() == THEN
    assert ours.last_seen == 0


DAY = 86400


def seen() -> tuple[Clock, Board]:
    """A clock that a CRS has set before."""
    ours, board = clock()
    ours.observe(THEN)
    return ours, board


def test_the_first_time_ever_is_taken_however_late_it_is() -> None:
    ours, _ = clock()
    assert ours.observe(THEN + 400 * DAY) is Verdict.TAKEN
    assert ours.proposed == 0


@pytest.mark.parametrize("ahead", [1, DAY, AHEAD_S])
def test_a_crs_may_put_the_clock_ahead_by_two_days(ahead: int) -> None:
    ours, _ = seen()
    assert ours.observe(THEN + ahead) is Verdict.TAKEN
    assert ours.now() == THEN + ahead


@pytest.mark.parametrize("ahead", [AHEAD_S + 1, 40 * DAY, 4000 * DAY])
def test_more_than_that_is_proposed_and_changes_nothing(ahead: int) -> None:
    ours, board = seen()
    assert ours.observe(THEN + ahead) is Verdict.PROPOSED
    assert (ours.now(), ours.last_seen) == (THEN, THEN)
    board.now += 60
    assert (ours.now(), ours.proposed) == (THEN + 60, THEN + ahead + 60)


def test_what_is_confirmed_is_taken_with_the_time_that_has_passed() -> None:
    ours, board = seen()
    ours.observe(THEN + 10 * DAY)
    board.now += 60
    assert ours.accept()
    assert ours.now() == THEN + 10 * DAY + 60
    assert ours.proposed == 0
    assert not ours.accept()


def test_nothing_is_confirmed_where_nothing_was_proposed() -> None:
    ours, _ = seen()
    assert not ours.accept()
    assert ours.now() == THEN


def test_a_crs_does_not_creep_ahead_in_small_steps() -> None:
    ours, board = seen()
    for step in range(1, 49):
        assert ours.observe(THEN + step * 3600) is Verdict.TAKEN
    assert ours.observe(THEN + 49 * 3600) is Verdict.PROPOSED
    assert ours.accept()
    assert ours.observe(THEN + 50 * 3600) is Verdict.TAKEN
    board.now += 60
    assert ours.now() == THEN + 50 * 3600 + 60


def test_a_time_that_fits_withdraws_what_was_proposed() -> None:
    ours, _ = seen()
    ours.observe(THEN + 10 * DAY)
    assert ours.observe(THEN + 30) is Verdict.TAKEN
    assert ours.proposed == 0


def test_what_else_vouches_for_a_time_lets_the_server_go_on_from_there() -> None:
    ours, _ = seen()
    signed = float(THEN + 9 * DAY)
    assert ours.observe(THEN + 20 * DAY, vouched=signed) is Verdict.PROPOSED
    assert ours.observe(THEN + 10 * DAY, vouched=signed) is Verdict.TAKEN


def test_a_board_that_knows_the_time_asks_nobody_after_a_long_night() -> None:
    ours, board = seen()
    board.now += 30 * DAY
    assert ours.observe(THEN + 30 * DAY) is Verdict.TAKEN


def test_the_bound_of_a_restart_counts_as_seen() -> None:
    ours, _ = clock()
    ours.not_before(THEN - DAY)
    assert ours.observe(THEN + 3 * DAY) is Verdict.PROPOSED
