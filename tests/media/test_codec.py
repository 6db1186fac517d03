"""Opus behind our wrapper."""

from __future__ import annotations

import itertools
import random

import opuslib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from opuslib.api import encoder as raw

from media.codec import PACKET_OCTETS, PCM_OCTETS, RATE, SILENCE, CodecError, Decoder, Encoder
from media.level import rms
from tests.media.network import periods
from tests.media.quality import intelligibility


def encode_all(pcm: bytes, **options: int) -> list[bytes]:
    encoder = Encoder(**options)
    return [encoder.encode(period) for period in periods(pcm)]


def test_every_packet_has_the_same_size_for_speech_noise_and_silence(speech):
    dice = random.Random(2)
    noise = dice.randbytes(50 * PCM_OCTETS)
    square = (b"\xff\x7f" * 80 + b"\x00\x80" * 80) * 100
    for sound in (speech, bytes(100 * PCM_OCTETS), noise, square):
        assert {len(packet) for packet in encode_all(sound)} == {PACKET_OCTETS}
    for loss in (0, 5, 10, 20):
        assert {len(packet) for packet in encode_all(speech, expected_loss=loss)} == {PACKET_OCTETS}


def test_silence_after_speech_has_the_same_size_and_is_sent_on_and_on(speech):
    encoder = Encoder()
    for period in periods(speech[: 100 * PCM_OCTETS]):
        encoder.encode(period)
    assert {len(encoder.encode(SILENCE)) for _ in range(500)} == {PACKET_OCTETS}


def test_speech_survives_the_codec(speech):
    decoder = Decoder()
    heard = b"".join(decoder.decode(packet) for packet in encode_all(speech, expected_loss=5))
    assert intelligibility(speech, heard) > 0.97


def decode_with_losses(packets: list[bytes], *, use_fec: bool) -> bytes:
    dice = random.Random(10)
    kept = [packet if dice.random() >= 0.1 else None for packet in packets] + [packets[-1]]
    decoder = Decoder()
    heard = b""
    for packet, following in itertools.pairwise(kept):
        if packet is not None:
            heard += decoder.decode(packet)
        elif following is not None and use_fec:
            heard += decoder.recover(following)
        else:
            heard += decoder.conceal()
    return heard


def test_redundancy_really_repairs_losses(speech):
    """The contract with the library: a setter that drops its value, as one does, would fail here."""
    with_fec, without = encode_all(speech, expected_loss=10), encode_all(speech, expected_loss=0)
    repaired = intelligibility(speech, decode_with_losses(with_fec, use_fec=True))
    guessed = intelligibility(speech, decode_with_losses(with_fec, use_fec=False))
    no_redundancy = intelligibility(speech, decode_with_losses(without, use_fec=True))
    assert repaired > guessed + 0.02
    assert repaired > no_redundancy + 0.01


def test_the_librarys_own_setter_is_still_broken_so_the_wrapper_is_still_needed():
    with pytest.raises(TypeError):
        opuslib.Encoder(RATE, 1, opuslib.APPLICATION_VOIP).inband_fec = 1


def test_concealment_fades_out_instead_of_repeating(speech):
    decoder = Decoder()
    for packet in encode_all(speech[: 60 * PCM_OCTETS]):
        last = decoder.decode(packet)
    concealed = [decoder.conceal() for _ in range(50)]
    assert rms(last) > 300
    assert rms(concealed[-1]) < 20


@pytest.mark.parametrize(
    "packet", [b"", bytes(1276), b"\xff", b"\x03\x00"], ids=["none", "long", "code 3", "code 3b"]
)
def test_a_packet_that_is_not_opus_is_refused_and_the_decoder_goes_on(speech, packet):
    decoder = Decoder()
    good = encode_all(speech[: 2 * PCM_OCTETS])
    with pytest.raises(CodecError):
        decoder.decode(packet)
    assert len(decoder.decode(good[0])) == PCM_OCTETS


@given(st.binary(max_size=100))
def test_any_octets_are_sound_or_a_codec_error(octets):
    decoder = Decoder()
    for attempt in (decoder.decode, decoder.recover):
        try:
            assert len(attempt(octets)) == PCM_OCTETS
        except CodecError:
            continue


@pytest.mark.parametrize("octets", [0, 639, 641, 1280])
def test_a_period_of_another_length_is_refused(octets):
    with pytest.raises(ValueError, match="640"):
        Encoder().encode(bytes(octets))


def test_a_packet_of_another_duration_is_refused():
    state = raw.create_state(RATE, 1, opuslib.APPLICATION_VOIP)
    sixty_ms = raw.encode(state, bytes(3 * PCM_OCTETS), 960, 400)
    with pytest.raises(CodecError):
        Decoder().decode(sixty_ms)


def test_closing_twice_is_allowed():
    for thing in (Encoder(), Decoder()):
        thing.close()
        thing.close()
