"""The sounds a telephone makes by itself: dial tone, ringing, the keys' own tones.

A cadence is written as exchanges' tone tables write it: `400+450/400,0/200` is two frequencies for 400 ms,
then silence for 200 ms, again and again. `!` before a part: once only. No duration: for ever.
"""

from __future__ import annotations

import array
import math
import re
from dataclasses import dataclass

from media.codec import PERIOD, RATE, SILENCE

COUNTRIES: dict[str, dict[str, str]] = {
    "uk": {
        "dial": "350+440",
        "ringback": "400+450/400,0/200,400+450/400,0/2000",
        "busy": "400/375,0/375",
        "congestion": "400/400,0/350,400/225,0/525",
    },
    "us": {
        "dial": "350+440",
        "ringback": "440+480/2000,0/4000",
        "busy": "480+620/500,0/500",
        "congestion": "480+620/250,0/250",
    },
    "de": {
        "dial": "425",
        "ringback": "425/1000,0/4000",
        "busy": "425/480,0/480",
        "congestion": "425/240,0/240",
    },
    "fr": {
        "dial": "440",
        "ringback": "440/1500,0/3500",
        "busy": "440/500,0/500",
        "congestion": "440/250,0/250",
    },
    "es": {
        "dial": "425",
        "ringback": "425/1500,0/3000",
        "busy": "425/200,0/200",
        "congestion": "425/200,0/200,425/200,0/200,425/200,0/600",
    },
    "it": {
        "dial": "425/600,0/1000,425/200,0/200",
        "ringback": "425/1000,0/4000",
        "busy": "425/500,0/500",
        "congestion": "425/200,0/200",
    },
    "au": {
        "dial": "413+438",
        "ringback": "413+438/400,0/200,413+438/400,0/2000",
        "busy": "425/375,0/375",
        "congestion": "425/375,0/375",
    },
}
"""Tone plans by country. What a country does not have sounds as its busy tone."""

DTMF = {
    key: f"!{low}+{high}/100,!0/20"
    for low, keys in ((697, "123A"), (770, "456B"), (852, "789C"), (941, "*0#D"))
    for key, high in zip(keys, (1209, 1336, 1477, 1633), strict=True)
}
"""Keys to their tones, 100 ms (ITU-T Q.23)."""

SECURE = "!660/120,!0/40,!880/200"
"""Two rising tones: from here on the line is secure."""

HOWLER = "1400+2060+2450+2600/100,0/100"

LEVEL_DBM0 = -12.0
HOWLER_DBM0 = -4.0
RAMP = RATE // 200
"""Frames of a fade at either end of a sound: 5 ms, so that nothing clicks."""

MAX_PARTS = 64
MAX_FREQUENCIES = 4
MAX_MS = 60_000

_PART = re.compile(r"(!?)([0-9]{1,4}(?:\+[0-9]{1,4})*)(?:/([0-9]{1,5}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a cadence: frequencies in Hz (none: silence), frames (None: for ever), only once or not."""

    frequencies: tuple[int, ...]
    frames: int | None
    once: bool = False


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
        once, frequencies, ms = match.groups()
        hertz = tuple(int(f) for f in frequencies.split("+") if int(f))
        if len(hertz) > MAX_FREQUENCIES or any(not 20 <= f < RATE // 2 for f in hertz):
            raise ValueError(f"{word!r}: up to {MAX_FREQUENCIES} frequencies from 20 to {RATE // 2 - 1} Hz")
        if ms is not None and not 1 <= int(ms) <= MAX_MS:
            raise ValueError(f"{word!r}: a part lasts 1 to {MAX_MS} ms")
        frames = None if ms is None else int(ms) * RATE // 1000
        parts.append(Part(hertz, frames, bool(once)))
    return tuple(parts)


def named(name: str, country: str = "uk") -> Tone:
    """Return the tone called 'dial', 'ringback', 'busy', 'congestion', 'howler', 'secure' or 'dtmf:5'.

    Raises ValueError for a name or country that we do not know.
    """
    if country not in COUNTRIES:
        raise ValueError(f"no tone plan for {country!r}; known: {', '.join(sorted(COUNTRIES))}")
    plan = COUNTRIES[country]
    if name in ("dial", "ringback", "busy", "congestion"):
        return Tone(parse(plan.get(name, plan["busy"])))
    if name == "howler":
        return Tone(parse(HOWLER), level_dbm0=HOWLER_DBM0)
    if name == "secure":
        return Tone(parse(SECURE))
    if name.startswith("dtmf:") and name[5:] in DTMF:
        return Tone(parse(DTMF[name[5:]]))
    raise ValueError(
        "unknown tone; known: dial, ringback, busy, congestion, howler, secure, dtmf:0 and so on"
    )


def ringing(country: str = "uk") -> Tone:
    """Return the ringer's sound: a warble in the country's ringing cadence. Raises ValueError as `named`."""
    if country not in COUNTRIES:
        raise ValueError(f"no tone plan for {country!r}; known: {', '.join(sorted(COUNTRIES))}")
    parts = []
    for part in parse(COUNTRIES[country]["ringback"]):
        if part.frequencies and part.frames is not None:
            beat = RATE // 20
            for n in range(part.frames // beat):
                parts.append(Part((1047, 1319)[n % 2 : n % 2 + 1], beat))
        else:
            parts.append(part)
    return Tone(tuple(parts), level_dbm0=-6.0)


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
        last = math.inf if part.frames is None else part.frames - 1
        if start >= RAMP and start + frames + RAMP <= last:
            return [round(peak * sum(math.sin(s * n) for s in steps)) for n in range(start, start + frames)]
        return [
            round(min(n, last - n, RAMP) / RAMP * peak * sum(math.sin(s * n) for s in steps))
            for n in range(start, start + frames)
        ]
