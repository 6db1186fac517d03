"""QR codes in frames: read when they can be, never more than that."""

from __future__ import annotations

import numpy as np
import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from drivers import qr
from drivers.camera_synthetic import Conditions, Hand, Pose, SyntheticCamera
from drivers.ports import Gray
from drivers.sighting import Sighting
from tests.drivers.cards import card, card_text, picture

PREFIX = "SV1:"
TEXT = card_text()
CARD = card(TEXT)


def read(gray: Gray, *, turn: int = 0, zxing: bool = True, zbar: bool = True) -> Sighting | None:
    """Look with as much time as it takes."""
    return qr.read(gray, turn=turn, prefix=PREFIX, zxing=zxing, zbar=zbar, clock=lambda: 0.0)


def read_within(hand: Hand, frames: int, *, zxing: bool = True, zbar: bool = True) -> str | None:
    for turn in range(frames):
        gray = hand.see(turn / 12)
        sighting = read(gray, turn=turn, zxing=zxing, zbar=zbar)
        if sighting is not None and sighting.text is not None:
            return sighting.text
    return None


def framed(image: Image.Image, *, at: tuple[int, int] = (100, 50)) -> Gray:
    frame = Image.new("L", (1280, 720), 200)
    frame.paste(image, at)
    return np.array(frame)


@pytest.mark.parametrize("yaw", [0, 15, 25, 35])
@pytest.mark.parametrize("octets", [410, 610])
def test_a_card_held_in_the_hand_is_read(yaw: int, octets: int) -> None:
    text = card_text(octets, seed=yaw)
    hand = Hand(card(text), pose=Pose(fill=0.68, yaw=yaw, pitch=-yaw / 3, roll=yaw), seed=yaw)
    assert read_within(hand, 8) == text


def test_a_card_in_poor_light_is_read() -> None:
    dim = Conditions(light=90, wall=20, gradient=0.4, noise=9, blur=1.0)
    assert read_within(Hand(CARD, conditions=dim), 8) == TEXT


@pytest.mark.parametrize("pose", [Pose(), Pose(fill=0.6), Pose(yaw=12)])
def test_zbar_alone_reads_a_card_too(pose: Pose) -> None:
    assert read_within(Hand(CARD, pose=pose, seed=3), 24, zxing=False) == TEXT


def test_zbar_reads_what_is_too_large_for_it_at_full_size() -> None:
    large = card(card_text(80), scale=14)
    assert read_within(Hand(large, pose=Pose(fill=0.95)), 4, zxing=False) == card_text(80)


def test_our_code_is_preferred_to_another_in_the_same_frame() -> None:
    other = segno.make_qr("https://example.org/", error="l")
    frame = framed(picture(other, scale=6))
    small = card(card_text(200), scale=6)
    frame[40 : 40 + small.height, 700 : 700 + small.width] = np.array(small)
    sighting = read(frame)
    assert sighting is not None
    assert sighting.text == card_text(200)


def test_the_corners_are_where_the_code_is() -> None:
    image = card(card_text(100), scale=6)
    side = image.width - 2 * 4 * 6
    for sighting in (*qr.read_zxing(framed(image)), *qr.read_zbar(framed(image), half=False)):
        (left, top), (right, bottom) = np.min(sighting.corners, axis=0), np.max(sighting.corners, axis=0)
        assert abs(left - 124) < 6
        assert abs(top - 74) < 6
        assert abs(right - left - side) < 8
        assert abs(bottom - top - side) < 8


def test_corners_found_in_a_turned_frame_are_carried_back() -> None:
    hand = Hand(CARD, pose=Pose(yaw=15, fill=0.7), tremor=0.0)
    frame = hand.see(0)
    (truth,) = qr.read_zxing(frame)
    turned = [*qr.read_square(frame, truth.corners), *qr.read_untilted(frame, 15, 0)]
    assert [sighting.text for sighting in turned] == [TEXT, TEXT]
    for sighting in turned:
        middle = np.mean(sighting.corners, axis=0) - np.mean(truth.corners, axis=0)
        assert float(np.abs(middle).max()) < 12


def test_corners_that_are_none_are_no_square() -> None:
    assert qr.read_square(Hand(CARD).see(0), ((5.0, 5.0),) * 4) == []


def test_size_and_tilt_are_measured() -> None:
    flat = qr.read_zxing(Hand(CARD, tremor=0.0).see(0))[0]
    tilted = qr.read_zxing(Hand(CARD, pose=Pose(yaw=25), tremor=0.0).see(0))[0]
    assert flat.modules == 85
    assert flat.module_px == pytest.approx(0.8 * 720 / 93, rel=0.05)
    assert flat.tilt((1280, 720)) < 5
    assert tilted.tilt((1280, 720)) == pytest.approx(25, abs=4)


def test_a_code_too_far_away_to_be_read_is_seen_all_the_same() -> None:
    sighting = read(Hand(CARD, pose=Pose(fill=0.2)).see(0))
    assert sighting is not None
    assert sighting.text is None
    assert sighting.side_px < 0.45 * 720


def test_when_the_time_of_a_frame_is_over_no_more_is_tried() -> None:
    far = Hand(CARD, pose=Pose(fill=0.2)).see(0)  # the first rung does not see it
    seconds = iter((0.0, 1.1 * qr.BUDGET_S))
    assert qr.read(far, turn=0, prefix=PREFIX, clock=lambda: next(seconds)) is None


@pytest.mark.parametrize(
    "gray",
    [
        np.zeros((720, 1280), dtype=np.uint8),
        np.full((720, 1280), 255, dtype=np.uint8),
        np.random.default_rng(1).integers(0, 18, (720, 1280), dtype=np.uint8),
        np.array(Image.linear_gradient("L").resize((1280, 720))),
    ],
    ids=["black", "white", "darkness", "a wall"],
)
def test_where_there_is_no_code_none_is_seen(gray: Gray) -> None:
    for turn in range(3):
        assert read(gray, turn=turn) is None


@pytest.mark.parametrize("turn", [0, 1])
def test_a_part_of_a_structured_append_code_ends_nothing(turn: int) -> None:
    for part in segno.make_sequence(card_text(300), version=6, error="l", boost_error=False):
        frame = framed(picture(part, scale=6))
        sighting = read(frame, turn=turn)
        assert sighting is None or sighting.text != card_text(300)
        read(frame, turn=turn, zxing=False)


@pytest.mark.parametrize(
    "code",
    [
        segno.make_micro("12345"),
        segno.make_qr(b"\x0e\x0f\x01\x00\xff", mode="byte"),
        segno.make_qr(bytes(range(256)), mode="byte"),
        segno.make_qr("点茗", mode="kanji"),
        segno.make_qr("1" * 7089, version=40, error="l"),
        segno.make_qr("ÄÖÜ€", eci=True, encoding="utf-8"),
    ],
    ids=["micro", "shift out", "all octets", "kanji", "largest", "ECI"],
)
def test_strange_codes_are_read_as_text_or_not_at_all(code: segno.QRCode) -> None:
    frame = np.array(picture(code, scale=4))
    for turn in range(2):
        for zxing, zbar in ((True, False), (False, True)):
            sighting = read(frame, turn=turn, zxing=zxing, zbar=zbar)
            assert sighting is None or sighting.text is None or len(sighting.text) <= qr.TEXT_CHARACTERS


@settings(max_examples=25, deadline=None)
@given(st.binary(min_size=1, max_size=600), st.integers(0, 20))
def test_any_octets_in_a_code_give_text_or_nothing(octets: bytes, turn: int) -> None:
    frame = np.array(picture(segno.make_qr(octets, mode="byte", error="l"), scale=4))
    sighting = read(frame, turn=turn)
    assert sighting is None or sighting.text is None or sighting.text.encode()


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 84), st.integers(0, 84)), min_size=200, max_size=1500),
    st.integers(0, 20),
)
def test_a_damaged_card_is_never_misread(spots: list[tuple[int, int]], turn: int) -> None:
    damaged = np.array(CARD)
    for x, y in spots:
        damaged[32 + 8 * y : 40 + 8 * y, 32 + 8 * x : 40 + 8 * x] ^= 255
    sighting = read(damaged, turn=turn)
    assert sighting is None or sighting.text in (None, TEXT)


def test_the_synthetic_camera_stops_when_closed() -> None:
    camera = SyntheticCamera(Hand(CARD))
    frames = camera.frames()
    first, second = next(frames), next(frames)
    assert (first.sequence, second.sequence) == (0, 1)
    assert (first.gray != second.gray).any()
    camera.close()
    assert next(frames, None) is None


def test_the_same_seed_is_the_same_hand() -> None:
    assert (Hand(CARD, seed=4).see(1.5) == Hand(CARD, seed=4).see(1.5)).all()
    assert (Hand(CARD, seed=4).see(1.5) != Hand(CARD, seed=5).see(1.5)).any()
