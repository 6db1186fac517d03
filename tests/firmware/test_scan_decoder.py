"""The decoder child and what it answers, or what somebody who took it over may answer."""

from __future__ import annotations

import math
import os
import signal
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
import segno
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from drivers.camera_synthetic import Hand
from drivers.sighting import Sighting
from firmware.services import scan_decoder
from firmware.services.scan_decoder import (
    ANSWER_OCTETS,
    LARGEST_FRAME,
    TEXT_OCTETS,
    Decoder,
    DecoderDied,
    encode_answer,
    parse_answer,
)
from tests.drivers.cards import card, card_text, picture

TEXT = card_text()
SQUARE = ((1.0, 2.0), (3.0, 2.0), (3.0, 4.0), (1.0, 4.0))


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    decoder = Decoder(prefix="SV1:")
    yield decoder
    decoder.close()


def test_a_frame_is_decoded_and_wiped(decoder: Decoder) -> None:
    gray = Hand(card(TEXT)).see(0.0)
    sighting = decoder.look(gray, turn=0)
    assert sighting is not None
    assert sighting.text == TEXT
    assert not gray.any()


def test_one_frame_says_nothing_about_the_next(decoder: Decoder) -> None:
    decoder.look(Hand(card(TEXT)).see(0.0), turn=0)
    assert decoder.look(np.full((720, 1280), 90, dtype=np.uint8), turn=1) is None
    assert decoder.look(np.full((1, 1), 90, dtype=np.uint8), turn=2**40) is None


def sheet(codes: Sequence[segno.QRCode], *, scale: int = 4) -> np.ndarray:
    """As many codes as fit into one frame, side by side."""
    frame = Image.new("L", (1280, 720), 255)
    x = y = low = 0
    for code in codes:
        image = picture(code, scale=scale)
        if x + image.width > frame.width:
            x, y = 0, low
        frame.paste(image, (x, y))
        x, low = x + image.width, max(low, y + image.height)
    return np.array(frame)


RANDOM = np.random.default_rng(8)


@pytest.mark.parametrize(
    "codes",
    [
        [segno.make_qr(f"parcel {number}") for number in range(60)],
        [segno.make_qr(RANDOM.bytes(40), mode="byte") for _ in range(30)],
        [segno.make_qr(b"\x0e\x0f\x00\x01" * 5, mode="byte") for _ in range(20)],
        segno.make_sequence(RANDOM.bytes(600), version=5, error="l", boost_error=False),
        [segno.make_micro(str(number)) for number in range(10000, 10040)],
        [segno.make_qr("9" * 7089, version=40, error="l")],
        [segno.make_qr("点茗" * 20, mode="kanji"), segno.make_qr("ÄÖÜ€" * 9, eci=True, encoding="utf-8")],
        [segno.make_qr(RANDOM.bytes(30), mode="byte", eci=True, encoding="iso-8859-5")],
    ],
    ids=["sixty", "random", "shift out", "parts of one", "micro", "largest", "kanji and ECI", "odd ECI"],
)
def test_strange_codes_leave_the_decoder_alive_and_give_one_bounded_text(
    decoder: Decoder, codes: Sequence[segno.QRCode]
) -> None:
    for turn in range(3):
        sighting = decoder.look(sheet(codes, scale=3 if len(codes) > 1 else 4), turn=turn)
        assert sighting is None or sighting.text is None or 0 < len(sighting.text.encode()) <= TEXT_OCTETS
    again = decoder.look(Hand(card(TEXT)).see(0.0), turn=0)
    assert again is not None
    assert again.text == TEXT


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32), st.integers(64, 700), st.integers(64, 700))
def test_any_noise_leaves_the_decoder_alive(decoder: Decoder, seed: int, height: int, width: int) -> None:
    noise = np.random.default_rng(seed).integers(0, 2, (height, width), dtype=np.uint8) * 255
    sighting = decoder.look(noise, turn=seed)
    assert sighting is None or not (sighting.text or "").startswith("SV1:")


@pytest.mark.parametrize(
    "frame",
    [
        np.zeros((720, 1280, 3), dtype=np.uint8),
        np.zeros((720, 1280), dtype=np.float32),
        np.zeros((0, 5), dtype=np.uint8),
        np.zeros((1, LARGEST_FRAME + 1), dtype=np.uint8),
    ],
    ids=["colour", "float", "empty", "too large"],
)
def test_what_is_no_frame_is_refused(decoder: Decoder, frame: np.ndarray) -> None:
    with pytest.raises(ValueError, match="a frame is"):
        decoder.look(frame, turn=0)


def test_a_slow_computer_has_longer_to_start_a_decoder_than_to_read_a_frame(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scan_decoder, "PATIENCE_S", 0.0)
    slow = Decoder(prefix="SV1:")
    with pytest.raises(DecoderDied):
        slow.look(np.full((720, 1280), 90, dtype=np.uint8), turn=0)
    slow.close()


def test_a_dead_decoder_says_so_each_time() -> None:
    decoder = Decoder(prefix="SV1:")
    os.kill(decoder.pid, signal.SIGKILL)
    for _ in range(2):
        with pytest.raises(DecoderDied):
            decoder.look(np.zeros((720, 1280), dtype=np.uint8), turn=0)
    decoder.close()


@given(st.binary(max_size=200))
@example(encode_answer(None)[:-1])
@example(encode_answer(None) + b"x")
@example(encode_answer(Sighting("text", SQUARE, 21))[:-1])
@example(encode_answer(Sighting(None, ((math.nan, 0.0), *SQUARE[1:]), 21)))
@example(encode_answer(Sighting("ä", SQUARE, 21))[:-1] + b"\xff")
def test_any_answer_is_a_sighting_or_the_end_of_the_decoder(answer: bytes) -> None:
    try:
        sighting = parse_answer(answer)
    except DecoderDied:
        return
    assert sighting is None or len(sighting.corners) == 4


@given(st.text(max_size=5000) | st.none(), st.integers(0, 177))
def test_what_was_seen_survives_the_pipe_or_was_not_read(text: str | None, modules: int) -> None:
    answer = encode_answer(Sighting(text, SQUARE, modules))
    assert len(answer) <= ANSWER_OCTETS
    again = parse_answer(answer)
    assert again is not None
    assert again.corners == SQUARE
    assert again.modules == modules
    assert again.text in (text or None, None)


def test_a_lone_surrogate_is_a_text_that_was_not_read() -> None:
    again = parse_answer(encode_answer(Sighting("\ud800", SQUARE, 21)))
    assert again == Sighting(None, SQUARE, 21)
