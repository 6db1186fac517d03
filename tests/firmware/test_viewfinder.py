"""Where a code is, carried from a frame to the viewfinder and over the wire."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from firmware.viewfinder import VIEW, in_view, read_corners, window, write_corners

FRAME = (1280, 720)


def test_the_whole_height_of_a_frame_is_shown_and_its_middle() -> None:
    left, top, right, bottom = window(FRAME)
    assert (top, bottom) == (0, 720)
    assert left == 1280 - right == 10


@pytest.mark.parametrize("size", [(640, 480), (1640, 1232), (720, 1280), (112, 64)])
def test_the_view_is_never_stretched(size: tuple[int, int]) -> None:
    left, top, right, bottom = window(size)
    assert (right - left) / (bottom - top) == pytest.approx(VIEW[0] / VIEW[1])
    assert left >= 0
    assert top >= 0
    assert right <= size[0]
    assert bottom <= size[1]


def test_what_is_left_in_the_frame_is_left_in_the_view() -> None:
    near, far = in_view([(200, 100), (1000, 600)], FRAME)
    assert near < far
    assert near == (16, 8)


def test_corners_outside_the_view_come_to_its_edge() -> None:
    assert in_view([(-50, -50), (1300, 0), (1279, 719), (0, 900)], FRAME) == (
        (0, 0),
        (111, 0),
        (111, 63),
        (0, 63),
    )


@given(st.lists(st.tuples(st.integers(0, 111), st.integers(0, 63)), min_size=4, max_size=4))
def test_corners_survive_the_wire(points: list[tuple[int, int]]) -> None:
    assert read_corners(write_corners(tuple(points))) == tuple(points)


@pytest.mark.parametrize(
    "text",
    [
        *("", "1,2 3,4 5,6", "1,2 3,4 5,6 7,8 9,1", "112,0 1,1 1,1 1,1", "0,64 1,1 1,1 1,1"),
        *(
            "-1,0 1,1 1,1 1,1",
            "1,1  1,1 1,1 1,1",
            "1.0,1 1,1 1,1 1,1",
            "1,1 1,1 1,1 1,1\n",
            "१,1 1,1 1,1 1,1",
        ),
        "9" * 5000,
    ],
)
def test_what_are_no_corners_are_none(text: str) -> None:
    assert read_corners(text) == ()


@given(st.text())
@example("0,0 0,0 0,0 0,0 ")
def test_any_text_is_four_points_of_the_view_or_none(text: str) -> None:
    points = read_corners(text)
    assert points == () or len(points) == 4
