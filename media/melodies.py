"""What the ringer plays: three melodies, made as they are played, and silence."""

from __future__ import annotations

from collections.abc import Iterator

from media.codec import RATE
from media.plans import plan
from media.tones import Cadence, Part, Tone

LEVEL_DBM0 = -6.0
MELODIES = ("classic", "soft", "trill", "silent")


def ringing(melody: str, country: str) -> Tone | None:
    """Return a ring tone, None for 'silent'. 'classic' has the country's cadence. ValueError if unknown."""
    match melody:
        case "classic":
            return Tone(tuple(_classic(plan(country).ring)), level_dbm0=LEVEL_DBM0)
        case "soft":
            return Tone(_SOFT, level_dbm0=LEVEL_DBM0)
        case "trill":
            return Tone(_TRILL, level_dbm0=LEVEL_DBM0)
        case "silent":
            return None
    raise ValueError(f"no such ring tone; known: {', '.join(MELODIES)}")


def _ms(duration: int) -> int:
    return duration * RATE // 1000


def _classic(cadence: tuple[int, ...]) -> Iterator[Part]:
    """Two bells, struck in turn 20 times a second."""
    for n, duration in enumerate(cadence):
        if n % 2:
            yield Part((), _ms(duration))
        else:
            for strike in range(duration // 50):
                yield Part((1319,) if strike % 2 else (1047,), _ms(50))


def _pause(duration: int) -> Part:
    return Part((), _ms(duration))


_SOFT: Cadence = (
    *(Part((note, 2 * note), _ms(240), decay=_ms(160)) for note in (523, 659, 784)),
    Part((1047, 2094), _ms(700), decay=_ms(250)),
    _pause(500),
    *(Part((note, 2 * note), _ms(240), decay=_ms(160)) for note in (784, 659)),
    Part((523, 1046), _ms(700), decay=_ms(250)),
    _pause(1800),
)
"""Up a chord and down again, each note dying away."""

_TRILL: Cadence = (
    *(Part((1568,) if n % 2 else (1865,), _ms(40)) for n in range(12)),
    _pause(120),
    *(Part((1865,) if n % 2 else (2217,), _ms(40)) for n in range(12)),
    _pause(1600),
)
"""Two short trills, the second higher."""
