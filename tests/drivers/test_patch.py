"""Where a code may be: four corners around a patch of fine black and white."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image, ImageDraw

from drivers import patch
from drivers.camera_synthetic import Conditions, Hand, Pose
from drivers.ports import Gray
from tests.drivers.cards import card, card_text

CARD = card(card_text(640))
CODE = 89 / 97
"""Of the card's side; the rest is white."""


def worst(gray: Gray, hand: Hand) -> float:
    found = patch.find(gray)
    assert found is not None
    middle = hand.corners(0).mean(axis=0)
    truth = middle + (hand.corners(0) - middle) * CODE
    return max(min(math.dist(corner, (x, y)) for corner in found) for x, y in truth)


@pytest.mark.parametrize(
    "pose",
    [Pose(), Pose(fill=0.4), Pose(yaw=35), Pose(pitch=-30), Pose(roll=30, fill=0.65), Pose(yaw=20, pitch=20)],
    ids=["upright", "far", "yaw", "pitch", "roll", "both"],
)
def test_the_corners_of_a_card_are_found(pose: Pose) -> None:
    hand = Hand(CARD, pose=pose, tremor=0)
    assert worst(hand.see(0), hand) < 45


def test_they_are_found_in_poor_light_too() -> None:
    dim = Conditions(light=95, wall=22, noise=10, blur=1.5)
    hand = Hand(CARD, pose=Pose(yaw=15), conditions=dim, tremor=0)
    assert worst(hand.see(0), hand) < 45


def test_corners_go_round_the_code() -> None:
    found = patch.find(Hand(CARD, pose=Pose(yaw=20, roll=10)).see(0))
    assert found is not None
    crosses = [
        (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])
        for a, b, c in zip(found, found[1:] + found[:1], found[2:] + found[:2], strict=True)
    ]
    assert min(crosses) * max(crosses) > 0


def test_lines_of_text_beside_the_code_are_no_part_of_it() -> None:
    page = Image.new("L", (1280, 720), 225)
    page.paste(CARD.resize((480, 480)), (120, 120))
    pen = ImageDraw.Draw(page)
    for line in range(12):
        pen.text((660, 140 + 32 * line), "The quick brown fox jumps over the lazy dog " * 2, fill=30)
    found = patch.find(np.array(page))
    assert found is not None
    assert max(x for x, _ in found) < 640


def no_code(kind: str) -> Gray:
    random = np.random.default_rng(3)
    match kind:
        case "noise":
            return random.integers(90, 130, (720, 1280), dtype=np.uint8)
        case "a ruler":
            gray = np.full((720, 1280), 200, np.uint8)
            gray[300:340, ::4] = 20
            return gray
        case "a small patch":
            gray = np.full((720, 1280), 200, np.uint8)
            gray[:40, :40] = random.integers(0, 2, (40, 40), dtype=np.uint8) * 255
            return gray
        case _:
            return np.full((720, 1280), 128, np.uint8)


@pytest.mark.parametrize("kind", ["noise", "a ruler", "a small patch", "a wall"])
def test_what_is_no_code_is_no_patch(kind: str) -> None:
    assert patch.find(no_code(kind)) is None


@settings(max_examples=40, deadline=None)
@given(arrays.arrays(np.uint8, arrays.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=160)))
def test_any_picture_has_four_corners_or_none(gray: Gray) -> None:
    found = patch.find(gray)
    assert found is None or (len(found) == 4 and all(math.isfinite(v) for corner in found for v in corner))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 150), st.integers(0, 80)), max_size=12), st.integers(0, 2**32))
def test_any_heap_of_rough_squares_has_four_corners_or_none(places: list[tuple[int, int]], seed: int) -> None:
    gray = np.full((720, 1280), 200, np.uint8)
    random = np.random.default_rng(seed)
    for x, y in places:
        size = random.integers(8, 120, 2)
        part = gray[8 * y : 8 * y + size[0], 8 * x : 8 * x + size[1]]
        part[:] = random.integers(0, 2, part.shape, dtype=np.uint8) * 255
    found = patch.find(gray)
    assert found is None or len(found) == 4
