"""How loud a period of sound is."""

from __future__ import annotations

import math

STEPS = 12
FLOOR_DB = -60.0
CEILING_DB = -6.0
"""dBFS of level 1 and level 12."""
QUIET_RMS = 60.0
QUIET_SHARE = 0.06
FORGET = 0.99
"""Per period: what counts as loud is forgotten by half in 1.4 s."""


def rms(pcm: bytes) -> float:
    """Root mean square of S16 sound, from every fourth frame: enough for a meter."""
    frames = memoryview(pcm).cast("h")[::4]
    return math.sqrt(sum([frame * frame for frame in frames]) / len(frames))


def level(loudness: float) -> int:
    """Turn an RMS into 0 (nothing) to 12 (-6 dBFS and more), 4.5 dB a step."""
    if loudness < 1.0:
        return 0
    decibels = 20 * math.log10(loudness / 32768)
    return max(0, min(STEPS, round(STEPS * (decibels - FLOOR_DB) / (CEILING_DB - FLOOR_DB))))


class Meter:
    """Follows a sound: its highest level since last asked, and whether it pauses just now."""

    def __init__(self) -> None:
        self._speech = 0.0
        self._loudest = 0.0
        self.quiet = True
        """The last period was far below what the voice has been of late."""

    def observe(self, pcm: bytes) -> None:
        """Take in one period."""
        loudness = rms(pcm)
        self._speech = max(loudness, self._speech * FORGET)
        self._loudest = max(loudness, self._loudest)
        self.quiet = loudness < max(QUIET_RMS, QUIET_SHARE * self._speech)

    def read(self) -> int:
        """Return the highest level since the last reading, 0 to 12."""
        loudest, self._loudest = self._loudest, 0.0
        return level(loudest)
