"""The clock: right when the CRS says so, never before what was seen."""

from __future__ import annotations

import pytest

from firmware.clock import BUILT, END, TOLERANCE_S, Clock

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
    assert ours.observe(THEN)
    board.now += 7
    assert ours.now() == THEN + 7


def test_a_second_of_travel_is_no_correction() -> None:
    ours, _ = clock()
    assert ours.observe(THEN + int(TOLERANCE_S))
    assert ours.now() - THEN <= TOLERANCE_S


def test_time_does_not_go_back_past_the_last_time_seen() -> None:
    ours, board = clock()
    ours.observe(THEN)
    assert not ours.observe(THEN - 1)
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
    assert not ours.observe(unix)
    assert ours.now() == THEN
    assert ours.last_seen == 0
