"""Echo control, in simulated rooms."""

from __future__ import annotations

import itertools

import numpy as np
import numpy.typing as npt
import pytest

from media.codec import PERIOD, RATE, SILENCE
from media.echo import PATIENCE, Alignment, EchoControl, EchoControlUnavailable

Sound = npt.NDArray[np.float64]


def room(*, seed: int, delay_ms: int, decay_ms: int = 150, gain: float = 0.5) -> Sound:
    """An impulse response: buffers and air, the direct sound, and a room that dies away by 60 dB."""
    dice = np.random.default_rng(seed)
    count = 2 * decay_ms * RATE // 1000
    tail = dice.standard_normal(count) * np.exp(-6.9 * np.arange(count) / (decay_ms * RATE / 1000))
    tail[0] = 3.0
    tail *= gain / np.sqrt(np.sum(tail**2))
    return np.concatenate([np.zeros(delay_ms * RATE // 1000), tail])


def hands_free(far: Sound, near: Sound, response: Sound, *, noise: float = 10.0) -> tuple[Sound, Sound]:
    """Return what is sent to the far side, and the echo that the microphone heard."""
    size = 1 << (len(far) + len(response)).bit_length()
    echo = np.fft.irfft(np.fft.rfft(far, size) * np.fft.rfft(response, size), size)[: len(far)]
    heard = echo + near + noise * np.random.default_rng(5).standard_normal(len(far))
    microphone = np.clip(heard, -32768, 32767).astype("<i2").tobytes()
    loudspeaker = far.astype("<i2").tobytes()
    control = EchoControl()
    sent = []
    for at in range(0, len(loudspeaker), 2 * PERIOD):
        control.played(loudspeaker[at : at + 2 * PERIOD])
        sent.append(control.captured(microphone[at : at + 2 * PERIOD]))
    assert control.slips == 0
    return np.frombuffer(b"".join(sent), "<i2").astype(np.float64), echo


def whole_periods(pcm: bytes, seconds: int) -> Sound:
    sound = np.frombuffer(pcm, "<i2").astype(np.float64)
    return np.tile(sound, 2)[: seconds * RATE]


def decibels(sound: Sound) -> float:
    return float(10 * np.log10(np.mean(sound**2) + 1.0))


@pytest.mark.parametrize("delay_ms", [40, 80, 120])
def test_after_three_seconds_the_echo_is_twenty_decibels_down(speech, delay_ms):
    far = 0.8 * whole_periods(speech, 9)
    sent, echo = hands_free(far, np.zeros(len(far)), room(seed=1, delay_ms=delay_ms))
    for second in range(3, 9):
        window = slice(second * RATE, (second + 1) * RATE)
        if decibels(echo[window]) > 40:
            assert decibels(echo[window]) - decibels(sent[window]) > 20


def test_the_near_voice_is_kept_while_both_speak(speech):
    far = 0.8 * whole_periods(speech, 14)
    near = np.zeros(len(far))
    both = slice(7 * RATE, 13 * RATE)
    near[both] = 0.6 * np.roll(whole_periods(speech, 11), 40000)[: 6 * RATE]
    sent, _ = hands_free(far, near, room(seed=1, delay_ms=60))
    segments = 10 * np.log10(np.mean(near[both].reshape(-1, 5 * PERIOD) ** 2, axis=1) + 1)
    kept = 10 * np.log10(np.mean(sent[both].reshape(-1, 5 * PERIOD) ** 2, axis=1) + 1)
    change = (kept - segments)[segments > 45]
    assert len(change) > 30
    assert abs(np.median(change)) < 3
    assert np.mean(np.abs(change) <= 6) > 0.9


def test_with_nothing_to_cancel_the_voice_passes(speech):
    near = whole_periods(speech, 4)
    sent, _ = hands_free(np.zeros(len(near)), near, np.zeros(1), noise=0.0)
    assert decibels(sent[RATE:]) == pytest.approx(decibels(near[RATE:]), abs=2)


def test_steady_noise_is_turned_down():
    quiet = np.zeros(5 * RATE)
    sent, _ = hands_free(quiet, quiet, np.zeros(1), noise=300.0)
    assert decibels(sent[3 * RATE :]) < 20 * np.log10(300) - 10


def test_without_the_library_it_says_what_to_install():
    with pytest.raises(EchoControlUnavailable, match="libspeexdsp1"):
        EchoControl(library="libnothing-of-the-kind.so.9")


def test_a_closed_echo_control_is_of_no_more_use():
    control = EchoControl()
    control.close()
    control.close()
    with pytest.raises(ValueError):
        control.captured(SILENCE)


def test_a_period_lost_in_the_card_is_silence_and_keeps_the_pairs():
    control = EchoControl()
    for _ in range(5):
        control.played(SILENCE)
        assert control.captured(None) == SILENCE
    assert control.slips == 0


def numbered(n: int) -> bytes:
    return n.to_bytes(4, "little").ljust(640, b"\0")


def number(pcm: bytes) -> int:
    return int.from_bytes(pcm[:4], "little")


def pairs(script: str) -> list[tuple[int, int]]:
    """Run 'p' (played) and 'c' (captured); return captured and played numbers that were paired."""
    alignment = Alignment()
    played, captured = 0, 0
    made = []
    for act in script:
        if act == "p":
            played += 1
            alignment.played(numbered(played))
        else:
            captured += 1
            if reference := number(alignment.reference()):
                made.append((captured, reference))
    return made


def distances(script: str) -> list[int]:
    return [captured - reference for captured, reference in pairs(script)]


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("pc" * 200, id="in turn"),
        pytest.param("ppcc" * 100, id="two by two"),
        pytest.param("pc" * 50 + "cccppp" * 20 + "pc" * 50, id="a late player"),
        pytest.param("pc" * 50 + "ccccccpppppp" + "pc" * 200, id="a player that stalls"),
        pytest.param("pc" * 50 + "ppppcccc" * 20 + "pc" * 50, id="a late listener"),
    ],
)
def test_the_distance_of_a_pair_never_changes_though_threads_are_late(script):
    assert len(set(distances(script))) == 1
    assert len(distances(script)) > 60


@pytest.mark.parametrize("script", ["pc" * 100 + "c" + "pc" * 300, "pc" * 100 + "pp" + "pc" * 300])
def test_a_clock_that_is_faster_moves_the_pairs_once_in_a_while(script):
    seen = distances(script)
    changes = sum(a != b for a, b in itertools.pairwise(seen))
    assert changes <= 2
    assert len(set(seen[-200:])) == 1


def test_a_reference_is_never_newer_than_what_was_played():
    for script in ("pc" * 100, "c" * 10 + "pc" * 100, "pc" * 20 + "c" * (2 * PATIENCE) + "pc" * 200):
        alignment = Alignment()
        played = 0
        for act in script:
            if act == "p":
                played += 1
                alignment.played(numbered(played))
            else:
                assert number(alignment.reference()) <= played
