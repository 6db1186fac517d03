"""The telephone's own sounds, heard through a frequency analysis."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media import tones
from media.codec import PCM_OCTETS, RATE
from media.level import rms
from tests.media.goertzel import dbm0


def play(tone: tones.Tone, ms: int) -> bytes:
    """The first `ms` of a tone, or all of it if it ends sooner."""
    sound = itertools.takewhile(lambda period: period is not None, (tone.period() for _ in range(ms // 20)))
    return b"".join(sound)


def part(pcm: bytes, start_ms: int, end_ms: int) -> bytes:
    return pcm[start_ms * 2 * RATE // 1000 : end_ms * 2 * RATE // 1000]


def test_the_british_dial_tone_is_350_and_440_hertz_and_nothing_else():
    sound = part(play(tones.named("dial", "uk"), 1000), 100, 900)
    for frequency in (350, 440):
        assert dbm0(sound, frequency) == pytest.approx(tones.LEVEL_DBM0 - 3.01, abs=0.2)
    for other in (300, 400, 500, 700, 880):
        assert dbm0(sound, other) < -45


def test_the_german_busy_tone_is_on_and_off_for_480_milliseconds():
    sound = play(tones.named("busy", "de"), 2000)
    assert dbm0(part(sound, 10, 470), 425) == pytest.approx(tones.LEVEL_DBM0, abs=0.3)
    assert rms(part(sound, 480, 960)) == 0
    assert dbm0(part(sound, 970, 1430), 425) == pytest.approx(tones.LEVEL_DBM0, abs=0.3)


def test_british_ringback_has_its_double_ring():
    sound = play(tones.named("ringback", "uk"), 6000)
    loud = [rms(part(sound, ms, ms + 20)) > 500 for ms in range(0, 6000, 20)]
    edges = [20 * n for n, (was, now) in enumerate(itertools.pairwise([False, *loud])) if was != now]
    assert edges == [0, 400, 600, 1000, 3000, 3400, 3600, 4000]


@pytest.mark.parametrize("country", sorted(tones.COUNTRIES))
@pytest.mark.parametrize("name", ["dial", "ringback", "busy", "congestion", "howler", "secure"])
def test_every_tone_of_every_country_can_be_played(country, name):
    assert rms(play(tones.named(name, country), 3000)) > 100


@pytest.mark.parametrize("country", sorted(tones.COUNTRIES))
def test_every_ringer_warbles_in_its_cadence(country):
    sound = play(tones.ringing(country), 6000)
    assert rms(part(sound, 0, 400)) > 3000
    quiet = [ms for ms in range(0, 6000, 20) if rms(part(sound, ms, ms + 20)) == 0]
    assert len(quiet) * 20 >= 2000


@pytest.mark.parametrize(
    ("key", "low", "high"),
    [("1", 697, 1209), ("5", 770, 1336), ("#", 941, 1477), ("0", 941, 1336), ("D", 941, 1633)],
)
def test_a_key_sounds_for_a_tenth_of_a_second_as_q23_says(key, low, high):
    sound = play(tones.named(f"dtmf:{key}"), 1000)
    assert len(sound) == 6 * PCM_OCTETS
    heard = part(sound, 5, 95)
    groups = [(697, 770, 852, 941), (1209, 1336, 1477, 1633)]
    assert [max(group, key=lambda f: dbm0(heard, f)) for group in groups] == [low, high]


def test_the_secure_chime_rises_and_ends():
    sound = play(tones.named("secure"), 2000)
    first, second = part(sound, 10, 110), part(sound, 170, 350)
    assert dbm0(first, 660) > -14 > dbm0(first, 880)
    assert dbm0(second, 880) > -14 > dbm0(second, 660)
    assert len(sound) < 20 * PCM_OCTETS


@pytest.mark.parametrize("name", ["dial", "busy", "ringback", "howler", "secure", "dtmf:7"])
def test_nothing_clicks(name):
    """No step between two samples is larger than the tone itself makes, fade included."""
    tone = tones.named(name, "us")
    sound = play(tone, 1200)
    tone.fade()
    sound += tone.period() or b""
    frames = memoryview(sound).cast("h")
    largest = max(abs(b - a) for a, b in itertools.pairwise([0, *frames, 0]))
    peak = max(map(abs, frames))
    fastest = {"howler": 2600, "dtmf:7": 1209, "secure": 880}.get(name, 620)
    assert largest <= peak * 2 * math.pi * fastest / RATE * 1.2


def test_a_faded_tone_is_over_after_one_more_period():
    tone = tones.named("dial")
    play(tone, 100)
    tone.fade()
    assert rms(part(tone.period() or b"", 5, 20)) == 0
    assert tone.period() is None


def test_parts_marked_once_are_played_once():
    sound = play(tones.Tone(tones.parse("!1000/100,425/100,0/100")), 1000)
    assert dbm0(part(sound, 10, 90), 1000) > -14
    assert dbm0(part(sound, 310, 390), 425) > -14 > dbm0(part(sound, 310, 390), 1000)


def test_nothing_overflows():
    for name in ("howler", "dial", "dtmf:1"):
        assert max(map(abs, memoryview(play(tones.named(name), 2000)).cast("h"))) < 32767


@pytest.mark.parametrize(
    "cadence",
    [
        *("", "400/", "/400", "400+/100", "-400/100", "400/0", "400/60001", "19/100", "8000/100", "400/1e3"),
        *("400!/100", "1+2+3+4+5/100", "400/100;0/100", "٤٠٠/100", "400/100," * 70, "99999/10", "a"),
        "400+450+500+550+600/20",
    ],
)
def test_a_cadence_that_could_not_be_played_is_refused(cadence):
    with pytest.raises(ValueError):
        tones.parse(cadence)


@given(st.text(max_size=60))
def test_any_text_is_a_cadence_or_a_value_error(text):
    try:
        parts = tones.parse(text)
    except ValueError:
        return
    assert 1 <= len(parts) <= tones.MAX_PARTS


@pytest.mark.parametrize("name", ["", "Dial", "dtmf:", "dtmf:55", "dtmf:x", "off", "dial "])
def test_an_unknown_tone_is_refused_without_repeating_what_was_asked(name):
    with pytest.raises(ValueError, match="known: dial") as refusal:
        tones.named(name)
    assert "55" not in str(refusal.value)


def test_an_unknown_country_is_refused():
    with pytest.raises(ValueError, match="xx"):
        tones.named("dial", "xx")
    with pytest.raises(ValueError, match="xx"):
        tones.ringing("xx")
