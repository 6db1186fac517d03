"""What the ringer plays."""

from __future__ import annotations

import itertools

import pytest

from media.codec import RATE
from media.level import rms
from media.melodies import MELODIES, ringing
from media.plans import PLANS


def loudness(melody: str, country: str, ms: int) -> list[bool]:
    """Whether each 20 ms are heard."""
    tone = ringing(melody, country)
    assert tone is not None
    return [rms(tone.period() or b"") > 300 for _ in range(ms // 20)]


@pytest.mark.parametrize("country", sorted(PLANS))
def test_the_classic_bell_rings_in_the_cadence_of_its_country(country):
    cadence = PLANS[country].ring
    loud = loudness("classic", country, 2 * sum(cadence))
    edges = [20 * n for n, (was, now) in enumerate(itertools.pairwise([False, *loud])) if was != now]
    assert edges == [0, *itertools.accumulate((cadence * 2)[:-1])]


@pytest.mark.parametrize("melody", ["soft", "trill"])
def test_a_melody_comes_back_after_a_pause_and_is_the_same_everywhere(melody):
    tones = [ringing(melody, country) for country in ("uk", "jp")]
    sounds = [b"".join(tone.period() or b"" for _ in range(1000)) for tone in tones if tone is not None]
    assert sounds[0] == sounds[1]
    loud = loudness(melody, "uk", 20_000)
    longest_pause = max(len(list(run)) for heard, run in itertools.groupby(loud) if not heard)
    assert 1000 <= 20 * longest_pause <= 3000
    assert sum(1 for heard, _ in itertools.groupby(loud) if heard) >= 4


def test_no_two_melodies_are_alike():
    tones = [ringing(melody, "uk") for melody in MELODIES]
    sounds = {b"".join(tone.period() or b"" for _ in range(50)) for tone in tones if tone is not None}
    assert len(sounds) == len(MELODIES) - 1


@pytest.mark.parametrize("melody", [m for m in MELODIES if m != "silent"])
def test_no_melody_clicks_or_overflows(melody):
    tone = ringing(melody, "us")
    assert tone is not None
    frames = memoryview(b"".join(tone.period() or b"" for _ in range(300))).cast("h")
    peak = max(map(abs, frames))
    assert peak < 32767
    highest = {"classic": 1319, "soft": 2094, "trill": 2217}[melody]
    steepest = max(abs(b - a) for a, b in itertools.pairwise(frames))
    assert steepest <= peak * 2 * 3.1416 * highest / RATE * 1.2


def test_the_silent_ring_tone_is_none():
    assert ringing("silent", "uk") is None


@pytest.mark.parametrize(("melody", "country"), [("", "uk"), ("Classic", "uk"), ("x", "uk"), ("classic", "")])
def test_an_unknown_melody_or_country_is_refused(melody, country):
    with pytest.raises(ValueError, match="known"):
        ringing(melody, country)
