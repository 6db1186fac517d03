"""Hands-free, sidetone, volumes, tone plans and the self-test's ear, through the media service."""

import pytest

from firmware.interfaces import MediaInterface, Refused
from firmware.varlink import connect
from media.codec import SILENCE
from media.echo import EchoControl, EchoControlUnavailable
from media.level import rms
from tests.firmware.media_phones import KEYS, THEIR_KEYS, Phone, datagrams, one_phone, peer, until
from tests.firmware.test_media_two_calls import Far, ear, tone
from tests.media.goertzel import dbm0


def test_hands_free_uses_the_other_microphone_and_loudspeaker_and_takes_the_echo_out(tmp_path):
    async def story(alice: Phone) -> None:
        far = Far(THEIR_KEYS, 1000)
        await far.begin(alice, 1, KEYS)
        await alice.told("secured")
        await alice.call.Route(to="speaker")
        await until(lambda: alice.handset.microphone == "speaker" and alice.handset.did[-1] == "speaker")
        alice.handset.echoes = True
        await until(lambda: len(alice.handset.played) > 200)
        assert dbm0(far.last(), 1000) < -40  # it plays 1000 Hz at -12 dBm0, and hears it as loud
        alice.handset.echoes = False
        await alice.call.Route(to="handset")
        await until(lambda: alice.handset.microphone == "handset" and alice.handset.did[-1] == "ear")

    one_phone(tmp_path, story)


def test_without_the_library_hands_free_is_refused_and_the_handset_goes_on(tmp_path, monkeypatch):
    def missing() -> EchoControl:
        raise EchoControlUnavailable("hands-free needs speexdsp, which is not installed")

    monkeypatch.setattr("firmware.services.media.EchoControl", missing)

    async def story(alice: Phone) -> None:
        far = Far(THEIR_KEYS, 1000)
        await far.begin(alice, 1, KEYS)
        with pytest.raises(Refused) as refusal:
            await alice.call.Route(to="speaker")
        assert refusal.value.p_code == "E40"
        assert "speexdsp" in refusal.value.p_text
        assert alice.handset.microphone == "handset"
        await until(lambda: dbm0(far.last(), 400) > -20)

    one_phone(tmp_path, story)


@pytest.mark.parametrize("to", ["", "Speaker", "ear", "ring"])
def test_there_are_two_ways_to_talk(tmp_path, to):
    async def story(alice: Phone) -> None:
        with pytest.raises(Refused):
            await alice.call.Route(to=to)

    one_phone(tmp_path, story)


def test_the_sidetone_is_sixteen_decibels_down_in_the_handset_and_nowhere_else(tmp_path):
    async def story(alice: Phone) -> None:
        there = peer()
        await alice.open(1)
        alice.handset.says = tone(1000)
        await alice.connect(there.getsockname()[1])
        await until(lambda: ear(alice, 1000) > -29)
        said = dbm0(tone(1000) * 5, 1000)
        assert said - ear(alice, 1000) == pytest.approx(16, abs=1)
        await alice.call.Mute(on=True)
        await until(lambda: alice.handset.played[-1] == SILENCE)
        await alice.call.Mute(on=False)
        await until(lambda: ear(alice, 1000) > -29)
        await alice.call.Route(to="speaker")
        await until(lambda: alice.handset.microphone == "speaker" and alice.handset.played[-1] == SILENCE)

    one_phone(tmp_path, story)


def choices(**changed) -> dict:
    return {"country": "de", "melody": "soft", "ear": 5, "speaker": 5, "ring": 5} | changed


def test_volumes_are_applied_while_it_plays(tmp_path):
    async def story(alice: Phone) -> None:
        await alice.call.Tone(name="test")
        levels = {}
        for level in (5, 3, 7):
            await alice.call.Choose(**choices(ear=level))
            expected = -12 + 3 * (level - 5)
            await until(lambda expected=expected: abs(ear(alice, 1000) - expected) < 0.5)
            levels[level] = ear(alice, 1000)
        assert levels[3] < levels[5] < levels[7]
        await alice.call.Tone(name="off")
        await alice.call.Choose(**choices(ring=0))
        await alice.call.Ring(on=True)
        await until(lambda: alice.handset.did[-1] == "ring" and alice.handset.played[-10:] == [SILENCE] * 10)
        await alice.call.Choose(**choices(ring=8))
        await until(lambda: rms(b"".join(alice.handset.played[-5:])) > 2000)

    one_phone(tmp_path, story)


def test_the_country_chosen_is_heard(tmp_path):
    async def story(alice: Phone) -> None:
        for country, frequency, other in (("fr", 440, 350), ("uk", 350, 425), ("de", 425, 350)):
            await alice.call.Choose(**choices(country=country))
            await alice.call.Tone(name="dial")
            await until(
                lambda f=frequency, o=other: ear(alice, f) > -18 and ear(alice, o) < ear(alice, f) - 6
            )

    one_phone(tmp_path, story)


@pytest.mark.parametrize(
    "wrong",
    [
        {"country": "xx"},
        {"melody": "drum"},
        {"ear": 11},
        {"speaker": -1},
        {"ring": 99},
    ],
)
def test_a_choice_that_there_is_not_is_refused_and_changes_nothing(tmp_path, wrong):
    async def story(alice: Phone) -> None:
        with pytest.raises(Refused) as refusal:
            await alice.call.Choose(**(choices(country="fr", ear=0) | wrong))
        assert refusal.value.p_code == "E42"
        await alice.call.Tone(name="test")
        await until(lambda: abs(ear(alice, 1000) + 12) < 0.5)

    one_phone(tmp_path, story)


def test_listening_opens_the_microphone_tells_its_level_and_ends_with_the_listener(tmp_path):
    async def story(alice: Phone) -> None:
        tester = await connect(alice.path, MediaInterface)
        levels = []
        async for reply in tester.call.Listen():
            assert alice.handset.microphone == "handset"
            levels.append(reply["level"])
            if len(levels) == 3:
                break
        assert levels[-1] > 5
        assert not alice.lamp.lit
        tester.close()
        await until(lambda: not alice.handset.microphone)

    one_phone(tmp_path, story)


def test_listening_to_a_card_that_is_pulled_out_says_so(tmp_path):
    async def story(alice: Phone) -> None:
        stream = alice.call.Listen()
        await anext(stream)
        alice.handset.unplugged = True
        with pytest.raises(Refused) as refusal:
            [_ async for _ in stream]
        assert refusal.value.p_code == "E40"
        alice.handset.unplugged = False
        await anext(alice.call.Listen())

    one_phone(tmp_path, story)


def test_a_call_ends_the_listening_and_in_a_call_there_is_none(tmp_path):
    async def story(alice: Phone) -> None:
        tester = await connect(alice.path, MediaInterface)
        stream = tester.call.Listen()
        await anext(stream)
        far = Far(THEIR_KEYS, 1000)
        await far.begin(alice, 1, KEYS)
        with pytest.raises(Refused) as refusal:
            [_ async for _ in stream]
        assert refusal.value.p_code == "E42"
        with pytest.raises(Refused) as refusal:
            await anext(tester.call.Listen())
        assert refusal.value.p_code == "E42"
        await until(lambda: dbm0(far.last(), 400) > -20)
        tester.close()

    one_phone(tmp_path, story)


def test_what_is_spoken_is_told_and_nothing_while_muted(tmp_path):
    async def story(alice: Phone) -> None:
        there = peer()
        await alice.open(1)
        await alice.connect(there.getsockname()[1])
        await datagrams(there, 5)
        assert (await alice.told("stats")).spoken > 5
        await alice.call.Mute(on=True)
        alice.events.clear()
        assert (await alice.told("stats")).spoken == 0

    one_phone(tmp_path, story)


def test_a_network_that_is_uneven_shows_in_the_jitter(tmp_path):
    async def story(alice: Phone) -> None:
        far = Far(THEIR_KEYS, 1000)
        await far.begin(alice, 1, KEYS)
        await alice.told("secured")
        stats = await alice.told("stats")
        assert 0 < stats.jitter_ms < 100

    one_phone(tmp_path, story)
