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
from media.plans import PLANS
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


PARTIALS = sorted(
    {
        f
        for plan in PLANS.values()
        for name in tones.NATIONAL
        for p in tones.parse(getattr(plan, name))
        for f in p.frequencies
    }
)


@pytest.mark.parametrize("country", sorted(PLANS))
@pytest.mark.parametrize("name", tones.NATIONAL)
def test_every_tone_of_every_country_is_what_its_plan_says(country, name):
    """Each part by itself: its frequencies at their level, no other frequency of any plan, silence silent."""
    cadence = tones.parse(getattr(PLANS[country], name))
    level = tones.LEVELS_DBM0.get(name, tones.LEVEL_DBM0)
    total_ms = sum((p.frames or RATE // 2) * 1000 // RATE for p in cadence)
    sound = play(tones.named(name, country), total_ms + 20)
    at = 0
    for p in cadence:
        ms = (p.frames or RATE // 2) * 1000 // RATE
        # The longest stretch inside the fades that holds whole turns of every frequency and beat.
        if not p.frequencies:
            assert rms(part(sound, at, at + ms)) == 0
        elif ms < 100:
            assert rms(part(sound, at, at + ms)) > 300
        else:
            middle = part(sound, at + 5, at + 5 + (ms - 10) // 40 * 40)
            beaten = 20 * math.log10(1 + tones.DEPTH) if p.beat else 0.0
            for f in p.frequencies:
                expected = level - 10 * math.log10(len(p.frequencies)) - beaten
                assert dbm0(middle, f) == pytest.approx(expected, abs=0.5)
            for other in PARTIALS:
                if min(abs(other - f) for f in p.frequencies) >= 2 * 1000 / (len(middle) // 32) + p.beat:
                    assert dbm0(middle, other) < level - 11
        at += ms


@pytest.mark.parametrize("name", ["howler", "held", "secure", "insecure", "test"])
def test_our_own_tones_are_the_same_everywhere(name):
    sounds = {play(tones.named(name, country), 11_000 if name == "held" else 500) for country in ("uk", "jp")}
    assert len(sounds) == 1
    assert rms(sounds.pop()) > 50


def test_the_howler_is_louder_than_any_other_tone_and_has_its_four_frequencies():
    sound = part(play(tones.named("howler"), 100), 5, 95)
    for frequency in (1400, 2060, 2450, 2600):
        assert dbm0(sound, frequency) == pytest.approx(-4.0 - 6.02, abs=1.0)
    assert rms(sound) > 1.5 * rms(part(play(tones.named("dial"), 1000), 5, 995))


def test_the_reminder_of_a_held_call_is_two_soft_beeps_every_ten_seconds():
    sound = play(tones.named("held"), 20_700)
    loud = [rms(part(sound, ms, ms + 20)) > 300 for ms in range(0, 20_700, 20)]
    edges = [20 * n for n, (was, now) in enumerate(itertools.pairwise([False, *loud])) if was != now]
    assert edges == [10_000, 10_100, 10_200, 10_300, 20_300, 20_400, 20_500, 20_600]


def test_the_test_tone_is_one_kilohertz_and_goes_on():
    sound = play(tones.named("test"), 3000)
    assert dbm0(part(sound, 1000, 3000), 1000) == pytest.approx(tones.LEVEL_DBM0, abs=0.1)
    assert dbm0(part(sound, 1000, 3000), 3000) < -60


def test_the_insecure_signal_falls_is_rough_and_ends():
    sound = play(tones.named("insecure"), 3000)
    steps = [part(sound, 10, 240), part(sound, 310, 540), part(sound, 610, 1090)]
    pitches = (660, 495, 330)
    assert [max(pitches, key=lambda f: dbm0(step, f)) for step in steps] == list(pitches)
    for step, pitch in zip(steps, pitches, strict=True):
        assert dbm0(step, pitch + 75) > dbm0(step, pitch) - 8  # a beat of 75 a second is heard as roughness
    assert len(sound) < 60 * PCM_OCTETS


def test_nobody_takes_the_insecure_signal_for_the_secure_one():
    secure, insecure = (play(tones.named(name), 3000) for name in ("secure", "insecure"))
    assert len(insecure) > 2 * len(secure)
    assert dbm0(insecure, 880) < -30 < dbm0(secure, 880)
    assert dbm0(part(secure, 10, 110), 735) < -25


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
        *("400+450+500+550+600/20", "400*/100", "400*0/100", "400*201/100", "0*25/100", "400*25*25/100"),
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
