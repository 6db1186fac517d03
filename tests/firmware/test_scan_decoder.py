"""The decoder child and what it answers, or what somebody who took it over may answer."""

from __future__ import annotations

import math
import os
import signal
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from drivers.camera_synthetic import Hand
from drivers.qr import Sighting
from firmware.services.scan_decoder import (
    ANSWER_OCTETS,
    LARGEST_FRAME,
    Decoder,
    DecoderDied,
    encode_answer,
    parse_answer,
)
from tests.drivers.cards import card, card_text

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
