"""Sharpness as a number: it falls with blur, and neither light nor noise makes it rise."""

from __future__ import annotations

import numpy as np
import pytest

from drivers.camera_synthetic import Conditions, Hand, Pose
from drivers.sharpness import sharpness
from tests.drivers.cards import card, card_text

CARD = card(card_text(640))


def of(*, blur: float, noise: float = 5.0, light: float = 215.0, fill: float = 0.7) -> int:
    hand = Hand(CARD, pose=Pose(fill=fill), conditions=Conditions(blur=blur, noise=noise, light=light))
    return sharpness(hand.see(0.5))


@pytest.mark.parametrize("fill", [0.4, 0.6, 0.8])
def test_the_more_blur_the_less_sharpness(fill: float) -> None:
    figures = [of(blur=blur, fill=fill) for blur in (0.5, 1.5, 3, 6)]
    assert figures == sorted(figures, reverse=True)
    assert figures[0] > 80 > figures[2]
    assert figures[-1] < 60


def test_noise_is_not_taken_for_detail() -> None:
    assert abs(of(blur=3, noise=12) - of(blur=3, noise=0)) < 12


def test_half_the_light_is_as_sharp() -> None:
    assert abs(of(blur=1.5, light=110) - of(blur=1.5)) < 12


@pytest.mark.parametrize(
    "gray",
    [
        np.zeros((720, 1280), np.uint8),
        np.full((720, 1280), 255, np.uint8),
        np.random.default_rng(1).integers(4, 18, (720, 1280), np.uint8),
        np.zeros((1, 1), np.uint8),
        np.zeros((79, 1280), np.uint8),
    ],
    ids=["black", "white", "darkness", "one pixel", "a strip"],
)
def test_where_nothing_is_to_be_seen_nothing_is_sharp(gray: np.ndarray) -> None:
    assert sharpness(gray) == 0
