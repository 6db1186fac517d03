"""The sounds a telephone makes by itself: dial tone, ringing, the keys' own tones.

A cadence is written as exchanges' tone tables write it: `400+450/400,0/200` is two frequencies for 400 ms,
then silence for 200 ms, again and again. `400*25` is 400 Hz whose loudness beats 25 times a second. `!`
before a part: once only. No duration: for ever.
"""

from __future__ import annotations

import array
import math
import re
from dataclasses import dataclass

from media.codec import PERIOD, RATE, SILENCE
from media.plans import plan

DTMF = {
    key: f"!{low}+{high}/100,!0/20"
    for low, keys in ((697, "123A"), (770, "456B"), (852, "789C"), (941, "*0#D"))
    for key, high in zip(keys, (1209, 1336, 1477, 1633), strict=True)
}
"""Keys to their tones, 100 ms (ITU-T Q.23)."""

NATIONAL = ("dial", "ringback", "busy", "congestion", "waiting")

OURS = {
    "howler": "1400+2060+2450+2600/100,0/100",
    "held": "0/10000,440/100,0/100,440/100",
    "secure": "!660/120,!0/40,!880/200",
    "insecure": "!660*75/250,!0/50,!495*75/250,!0/50,!330*75/500",
    "test": "1000",
}
"""'held' reminds whoever holds a call. 'secure' rises and is clear; 'insecure' falls and is rough."""

LEVEL_DBM0 = -12.0
LEVELS_DBM0 = {"howler": -4.0, "waiting": -18.0, "held": -18.0}
"""Of those that are not played at LEVEL_DBM0: one should be heard across a room, two come over speech."""
RAMP = RATE // 200
"""Frames of a fade at either end of a sound: 5 ms, so that nothing clicks."""
DEPTH = 0.9
"""Of a beat, as exchanges make it."""

MAX_PARTS = 64
MAX_FREQUENCIES = 4
MAX_MS = 60_000

_PART = re.compile(r"(!?)([0-9]{1,4}(?:\+[0-9]{1,4})*)(?:\*([0-9]{1,3}))?(?:/([0-9]{1,5}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a cadence: frequencies in Hz (none: silence), frames (None: for ever), only once or not.

    Its loudness beats with `beat` Hz, or with `decay` (frames) falls to a third in that time, as a bell's.
    """

    frequencies: tuple[int, ...]
    frames: int | None
    once: bool = False
    beat: int = 0
    decay: int = 0


Cadence = tuple[Part, ...]


def parse(cadence: str) -> Cadence:
    """Read a cadence. Raises ValueError, naming the part, for anything that could not be played."""
    parts = []
    words = cadence.split(",", MAX_PARTS)
    if len(words) > MAX_PARTS:
        raise ValueError(f"a cadence has at most {MAX_PARTS} parts")
    for word in words:
        match = _PART.fullmatch(word.strip())
        if match is None:
            raise ValueError(f"not a part of a cadence: {word[:40]!r}; write 400+450/200, or !0/50 for once")
        once, frequencies, beat, ms = match.groups()
        hertz = tuple(int(f) for f in frequencies.split("+") if int(f))
        if len(hertz) > MAX_FREQUENCIES or any(not 20 <= f < RATE // 2 for f in hertz):
            raise ValueError(f"{word!r}: up to {MAX_FREQUENCIES} frequencies from 20 to {RATE // 2 - 1} Hz")
        if beat is not None and not (hertz and 1 <= int(beat) <= 200):
            raise ValueError(f"{word!r}: a tone beats 1 to 200 times a second, and silence does not")
        if ms is not None and not 1 <= int(ms) <= MAX_MS:
            raise ValueError(f"{word!r}: a part lasts 1 to {MAX_MS} ms")
        frames = None if ms is None else int(ms) * RATE // 1000
        parts.append(Part(hertz, frames, bool(once), int(beat or 0)))
    return tuple(parts)


def named(name: str, country: str = "uk") -> Tone:
    """Return a tone of NATIONAL or OURS, or 'dtmf:5'. ValueError for a name or country we do not know."""
    national = plan(country)
    if name in NATIONAL:
        cadence: str = getattr(national, name)
    elif name in OURS:
        cadence = OURS[name]
    elif name.startswith("dtmf:") and name[5:] in DTMF:
        cadence = DTMF[name[5:]]
    else:
        raise ValueError(f"unknown tone; known: {', '.join((*NATIONAL, *OURS))}, dtmf:0 and so on")
    return Tone(parse(cadence), level_dbm0=LEVELS_DBM0.get(name, LEVEL_DBM0))


class Tone:
    """Plays a cadence, 20 ms at a time."""

    def __init__(self, cadence: Cadence, *, level_dbm0: float = LEVEL_DBM0) -> None:
        # A sine of full scale is +3.14 dBm0 (ITU-T G.711 §4).
        self._peak = 32767 * 10 ** ((level_dbm0 - 3.14) / 20)
        self._to_play = list(cadence)
        self._again = [part for part in cadence if not part.once]
        self._at = 0
        self._fading = False

    def period(self) -> bytes | None:
        """Return the next 640 octets of S16_LE, or None when the cadence has ended."""
        samples = array.array("h")
        while len(samples) < PERIOD and self._to_play:
            part = self._to_play[0]
            wanted = PERIOD - len(samples)
            frames = wanted if part.frames is None else min(wanted, part.frames - self._at)
            samples.extend(self._run(part, frames))
            self._at += frames
            if self._at == part.frames:
                self._at = 0
                del self._to_play[0]
                self._to_play = self._to_play or list(self._again)
        if not samples:
            return None
        if self._fading:
            for n in range(len(samples)):
                samples[n] = samples[n] * (RAMP - n) // RAMP if n < RAMP else 0
            self._to_play.clear()
        return samples.tobytes() + SILENCE[2 * len(samples) :]

    def fade(self) -> None:
        """End within the next period, without a click."""
        self._fading = True

    def _run(self, part: Part, frames: int) -> list[int]:
        """`frames` samples of a part from where it stands, faded at its ends."""
        if not part.frequencies:
            return [0] * frames
        start = self._at
        peak = self._peak / math.sqrt(len(part.frequencies))
        steps = [2 * math.pi * f / RATE for f in part.frequencies]
        sound = [peak * sum([math.sin(s * n) for s in steps]) for n in range(start, start + frames)]
        if part.beat:
            step = 2 * math.pi * part.beat / RATE
            sound = [s * (1 + DEPTH * math.sin(step * n)) / (1 + DEPTH) for n, s in enumerate(sound, start)]
        if part.decay:
            sound = [s * math.exp(-n / part.decay) for n, s in enumerate(sound, start)]
        last = math.inf if part.frames is None else part.frames - 1
        if start < RAMP or start + frames + RAMP > last:
            sound = [s * max(0.0, min(n, last - n, RAMP)) / RAMP for n, s in enumerate(sound, start)]
        return [round(s) for s in sound]
