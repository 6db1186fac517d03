"""Volumes: louder and softer, never clipped, never painful."""

from __future__ import annotations

import array
import itertools
import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.codec import PERIOD, SILENCE
from media.level import rms
from media.volume import AS_RECORDED, FULL, LOUDEST, Volume, decibels, mix


def sine(peak: float, *, start: int = 0, frequency: float = 400.0) -> bytes:
    turn = 2 * math.pi * frequency / 16000
    return array.array("h", [round(peak * math.sin(turn * (start + n))) for n in range(PERIOD)]).tobytes()


def settled(volume: Volume, pcm: bytes, periods: int = 60) -> bytes:
    for _ in range(periods):
        out = volume.apply(pcm)
    return out


def peak(pcm: bytes) -> int:
    return max(map(abs, memoryview(pcm).cast("h")))


def test_five_is_as_recorded_to_the_last_bit():
    volume = Volume()
    noise = random.Random(1).randbytes(640)
    assert volume.apply(noise) == noise
    volume.set(AS_RECORDED)
    assert volume.apply(noise) == noise


def test_a_step_is_three_decibels():
    loudness = []
    for level in range(LOUDEST + 1):
        volume = Volume()
        volume.set(level)
        loudness.append(20 * math.log10(rms(settled(volume, sine(2000)))))
    steps = [b - a for a, b in itertools.pairwise(loudness)]
    assert steps == pytest.approx([3.0] * LOUDEST, abs=0.05)


def test_the_quietest_ring_is_silent_and_the_quietest_ear_is_not():
    for silent in (True, False):
        volume = Volume(mute_at_zero=silent)
        volume.set(0)
        assert (settled(volume, sine(8000)) == SILENCE) is silent


def test_a_silenced_ring_can_be_turned_up_while_it_rings():
    volume = Volume(mute_at_zero=True)
    volume.set(0)
    settled(volume, sine(8000))
    volume.set(AS_RECORDED)
    assert settled(volume, sine(8000)) == sine(8000)


@given(
    levels=st.lists(st.integers(0, LOUDEST), min_size=1, max_size=8),
    seed=st.integers(0, 1000),
    ceiling=st.integers(3000, FULL),
)
def test_nothing_is_ever_louder_than_the_ceiling(levels, seed, ceiling):
    volume = Volume(ceiling=ceiling)
    dice = random.Random(seed)
    for level in levels:
        volume.set(level)
        for _ in range(3):
            loud = dice.choice([0, 100, 5000, 32767])
            pcm = array.array("h", [dice.randint(-loud - (loud == FULL), loud) for _ in range(PERIOD)])
            assert peak(volume.apply(pcm.tobytes())) <= ceiling + 1


def test_loud_sound_is_turned_down_and_not_cut_off():
    """What the limiter leaves of a loud sine is still a sine: its peaks are not flat."""
    volume = Volume(ceiling=20000)
    volume.set(LOUDEST)
    frames = memoryview(settled(volume, sine(15000))).cast("h")
    assert peak(bytes(frames)) == pytest.approx(20000, rel=0.01)
    assert rms(bytes(frames)) == pytest.approx(20000 / math.sqrt(2), rel=0.02)
    assert sum(abs(s) > 0.98 * 20000 for s in frames) < 0.2 * PERIOD


def test_what_is_loud_for_long_is_turned_down_further():
    volume = Volume(ceiling=FULL, sustained=6000)
    assert rms(settled(volume, sine(30000))) == pytest.approx(6000, rel=0.03)
    assert settled(volume, sine(2000), 80) == sine(2000)


def test_after_a_bang_the_voice_comes_back_within_half_a_second():
    volume = Volume(ceiling=8000)
    quiet = sine(4000)
    assert volume.apply(quiet) == quiet
    volume.apply(sine(32000))
    assert rms(volume.apply(quiet)) < 0.5 * rms(quiet)
    assert settled(volume, quiet, 25) == quiet


def test_no_change_of_volume_clicks():
    volume = Volume()
    out = bytearray()
    for n in range(60):
        volume.set((5, 0, 10, 4, 5)[n // 12])
        out += volume.apply(sine(6000, start=n * PERIOD))
    frames = memoryview(bytes(out)).cast("h")
    steepest = max(abs(b - a) for a, b in itertools.pairwise(frames))
    assert steepest < 6000 * decibels(15) * 2 * math.pi * 400 / 16000 * 1.3


@pytest.mark.parametrize("level", [-1, 11, 1000])
def test_a_volume_that_there_is_not_is_refused(level):
    with pytest.raises(ValueError):
        Volume().set(level)


def test_mixing_adds_and_limits():
    assert mix(sine(1000), SILENCE) == sine(1000)
    assert peak(mix(sine(30000), sine(30000))) == FULL
    assert memoryview(mix(sine(1000), sine(2000))).cast("h")[10] == pytest.approx(
        3 * memoryview(sine(1000)).cast("h")[10], abs=2
    )
