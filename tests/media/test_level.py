"""The level meter."""

from __future__ import annotations

import math
import struct

from media.codec import PERIOD, SILENCE
from media.level import STEPS, Meter, level


def sine(peak: float) -> bytes:
    return struct.pack(f"<{PERIOD}h", *(round(peak * math.sin(n / 5)) for n in range(PERIOD)))


def test_silence_is_nothing_and_a_shout_is_twelve():
    meter = Meter()
    meter.observe(SILENCE)
    assert meter.read() == 0
    meter.observe(sine(32767))
    assert meter.read() == STEPS


def test_the_level_rises_with_the_sound_and_a_step_is_four_and_a_half_decibels():
    steps = [level(32768 / math.sqrt(2) * 10 ** (-decibels / 20)) for decibels in range(60, 2, -1)]
    assert steps == sorted(steps)
    assert set(steps) == set(range(STEPS + 1))


def test_reading_starts_anew():
    meter = Meter()
    meter.observe(sine(8000))
    assert meter.read() > 5
    assert meter.read() == 0


def test_a_pause_between_words_is_quiet_and_the_words_are_not():
    meter = Meter()
    meter.observe(sine(8000))
    assert not meter.quiet
    meter.observe(sine(100))
    assert meter.quiet
    meter.observe(sine(4000))
    assert not meter.quiet
