"""How loud an output plays: steps of 3 dB, and a limiter that lets nothing be clipped or hurt."""

from __future__ import annotations

import array

from media.level import rms

LOUDEST, AS_RECORDED = 10, 5
STEP_DB = 3.0
FULL = 32767
ATTACK = 32
"""Frames, 2 ms."""
RELEASE = 10 ** (0.5 / 20)
"""Of the gain in a period: half a decibel."""
FAINT = 0.05
"""A gain that grows begins here: from nothing, nothing would come."""


def decibels(value: float) -> float:
    """Turn dB into a factor."""
    return float(10 ** (value / 20))


class Volume:
    """The gain of one output, 0 to 10, 3 dB a step; 5 is as recorded. With `mute_at_zero`, 0 is silence.

    No sample exceeds `ceiling` and no period's RMS `sustained` (both of 32767): what would, is turned down as
    a whole, within 2 ms, and comes back by half a decibel a period. Between two periods nothing clicks.
    """

    def __init__(self, *, ceiling: float = FULL, sustained: float = FULL, mute_at_zero: bool = False) -> None:
        self._ceiling = ceiling
        self._sustained = sustained
        self._mute_at_zero = mute_at_zero
        self._wanted = self._gain = 1.0

    def set(self, level: int) -> None:
        """Choose the level, 0 to 10; heard from the next period on. Raises ValueError for any other."""
        if not 0 <= level <= LOUDEST:
            raise ValueError(f"a volume is 0 to {LOUDEST}, not {level}")
        silent = self._mute_at_zero and level == 0
        self._wanted = 0.0 if silent else decibels(STEP_DB * (level - AS_RECORDED))

    def apply(self, pcm: bytes) -> bytes:
        """Return a period of S16 as loud as it should be."""
        frames = memoryview(pcm).cast("h")
        peak = max(max(frames), -min(frames))
        if peak == 0:
            self._gain = self._wanted
            return pcm
        safe = min(self._wanted, self._ceiling / peak)
        if safe * peak > self._sustained:
            safe = min(safe, self._sustained / max(rms(pcm), 1.0))
        before = self._gain
        if before > safe:
            self._gain = safe
            return self._falling(frames, before, safe)
        self._gain = min(safe, max(before * RELEASE, FAINT))
        if before == self._gain:
            return pcm if before == 1.0 else _scaled(frames, before)
        step = (self._gain - before) / len(frames)
        return array.array("h", [int(s * (before + step * n)) for n, s in enumerate(frames)]).tobytes()

    def _falling(self, frames: memoryview, before: float, after: float) -> bytes:
        step = (after - before) / ATTACK
        most = int(self._ceiling)
        head = [max(-most, min(most, int(s * (before + step * n)))) for n, s in enumerate(frames[:ATTACK])]
        return array.array("h", head).tobytes() + _scaled(frames[ATTACK:], after)


def _scaled(frames: memoryview, gain: float) -> bytes:
    factor = int(gain * 4096)
    return array.array("h", [s * factor >> 12 for s in frames]).tobytes()


def mix(one: bytes, other: bytes) -> bytes:
    """Add two periods, limiting where they would overflow."""
    pairs = zip(memoryview(one).cast("h"), memoryview(other).cast("h"), strict=True)
    summed = [a + b for a, b in pairs]
    if max(summed) > FULL or min(summed) < -FULL:
        summed = [max(-FULL, min(FULL, s)) for s in summed]
    return array.array("h", summed).tobytes()
