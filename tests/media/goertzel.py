"""How much of one frequency is in a sound."""

from __future__ import annotations

import math

from media.codec import RATE


def dbm0(pcm: bytes, frequency: float) -> float:
    """The level of `frequency` in S16 sound, in dBm0 (Goertzel's algorithm)."""
    frames = memoryview(pcm).cast("h")
    turn = 2 * math.cos(2 * math.pi * frequency / RATE)
    before = last = 0.0
    for frame in frames:
        before, last = last, frame + turn * last - before
    power = before * before + last * last - turn * before * last
    amplitude = 2 * math.sqrt(max(power, 1e-9)) / len(frames)
    return 20 * math.log10(amplitude / 32767) + 3.14
