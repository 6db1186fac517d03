"""The media service over its Unix socket: two phones, a wire between them, and hands that pull it out."""

import asyncio
import os

import pytest
from asyncvarlink import FileDescriptor

import media.call
from crypto.srtp_keys import SRTPKeys
from firmware.interfaces import MediaInterface, Refused
from firmware.sealed_memory import seal
from firmware.varlink import connect
from media.call import Mouth
from media.codec import SILENCE, Decoder
from media.level import rms
from media.srtp import SRTPReceiver
from tests.firmware.media_phones import (
    BUZZ,
    KEYS,
    THEIR_KEYS,
    Phone,
    datagrams,
    one_phone,
    peer,
    talking,
    two_phones,
    until,
)
from tests.media.goertzel import dbm0


def test_two_phones_hear_each_other(tmp_path):
    async def story(alice: Phone, bob: Phone) -> None:
        await talking(alice, bob)
        for one in (alice, bob):
            played = one.handset.played
            await until(lambda played=played: dbm0(b"".join(played[-10:] or [SILENCE]), 400) > -20)
        stats = await alice.told("stats")
        assert stats.sent > 40
        assert stats.received > 40
        assert stats.rejected == 0
        assert 15 < stats.delay_ms < 200
        assert stats.level > 5

    two_phones(tmp_path, story)


def test_what_is_on_the_wire_has_one_size_our_ssrc_and_opens_with_our_key(tmp_path):
    async def story(alice: Phone) -> None:
        there = peer()
        endpoint = await alice.open()
        opener, decoder = SRTPReceiver(SRTPKeys.decode(THEIR_KEYS).receive), Decoder()

        async def level() -> float:
            [datagram] = await datagrams(there, 1)
            assert len(datagram) == 88
            assert int.from_bytes(datagram[8:12], "big") == endpoint.ssrc
            return rms(decoder.decode(opener.unprotect(datagram).payload))

        await alice.connect(there.getsockname()[1])
        while await level() < 2000:  # the microphone may be opened after the first packets
            pass
        await alice.call.Mute(on=True)
        while await level() > 20:
            pass

    one_phone(tmp_path, story)


def test_the_microphone_is_open_from_connect_to_close_and_at_no_other_time(tmp_path):
    async def story(alice: Phone) -> None:
        await alice.call.Tone(name="dial")
        await alice.call.Ring(on=True)
        endpoint = await alice.open()
        await until(lambda: len(alice.handset.played) > 5)
        assert not alice.handset.microphone
        await alice.connect(endpoint.port)
        assert alice.handset.microphone
        await alice.call.Close(call=1)
        assert not alice.handset.microphone

    one_phone(tmp_path, story)


def test_when_whoever_made_the_call_goes_away_the_microphone_closes(tmp_path):
    async def story(alice: Phone) -> None:
        there = peer()
        await alice.open()
        await alice.connect(there.getsockname()[1])
        await datagrams(there, 3)
        alice.control.close()
        await until(lambda: not alice.handset.microphone)

    one_phone(tmp_path, story)


def test_a_bystander_that_goes_away_changes_nothing(tmp_path):
    async def story(alice: Phone) -> None:
        there = peer()
        await alice.open()
        await alice.connect(there.getsockname()[1])
        bystander = await connect(alice.path, MediaInterface)
        async for _ in bystander.call.Monitor():
            break
        bystander.close()
        await bystander.lost()
        while not there.recv_into(bytearray(2000)):
            pass
        await datagrams(there, 30)
        assert alice.handset.microphone

    one_phone(tmp_path, story)


def test_nothing_forged_secures_a_line(tmp_path):
    async def story(alice: Phone) -> None:
        there = peer()
        alice.handset.says = SILENCE  # or there would be its sidetone
        endpoint = await alice.open()
        await alice.connect(there.getsockname()[1])
        for datagram in await datagrams(there, 20):
            there.sendto(datagram, ("127.0.0.1", endpoint.port))  # a mirror
            there.sendto(datagram[:12] + os.urandom(76), ("127.0.0.1", endpoint.port))
        stats = await alice.told("stats")
        assert stats.rejected >= 38
        assert stats.received == 0
        assert not any(event.kind == "secured" for event in alice.events)
        assert set(alice.handset.played) == {SILENCE}

    one_phone(tmp_path, story)


def test_a_stranger_on_another_port_is_not_even_looked_at(tmp_path):
    async def story(alice: Phone) -> None:
        there, stranger = peer(), peer()
        endpoint = await alice.open()
        await alice.connect(there.getsockname()[1])
        for _ in range(20):
            stranger.sendto(os.urandom(88), ("127.0.0.1", endpoint.port))
        assert (await alice.told("stats")).rejected == 0

    one_phone(tmp_path, story)


def test_a_line_that_falls_silent_is_lost(tmp_path, monkeypatch):
    monkeypatch.setattr(media.call, "LOST_AFTER_S", 0.3)

    async def story(alice: Phone, bob: Phone) -> None:
        await talking(alice, bob)
        await bob.call.Close(call=1)
        await alice.told("lost")
        alice.handset.says = SILENCE  # or there would be its sidetone
        await until(lambda: alice.handset.played[-1] == SILENCE)

    two_phones(tmp_path, story)


def test_a_line_that_was_lost_comes_back(tmp_path, monkeypatch):
    monkeypatch.setattr(media.call, "LOST_AFTER_S", 0.2)

    async def story(alice: Phone) -> None:
        there = peer()
        endpoint = await alice.open()
        await alice.connect(there.getsockname()[1])
        mouth = Mouth(SRTPKeys.decode(THEIR_KEYS).send, 5)

        async def speak() -> None:
            # On, as a voice does: on a busy computer a single packet may be old before anybody looks at it.
            while True:
                there.sendto(mouth.packet(BUZZ), ("127.0.0.1", endpoint.port))
                await asyncio.sleep(0.02)

        for expected in ("secured", "lost", "back", "lost"):
            speaking = asyncio.create_task(speak()) if expected != "lost" else None
            await alice.told(expected)
            alice.events.clear()  # a slow start may have told 'lost' before 'secured'
            if speaking is not None:
                speaking.cancel()

    one_phone(tmp_path, story)


def test_a_listener_that_comes_late_is_told_that_the_line_is_secured(tmp_path):
    async def story(alice: Phone, bob: Phone) -> None:
        await talking(alice, bob)
        late = await connect(alice.path, MediaInterface)
        async for reply in late.call.Monitor():
            assert reply["event"].kind == "secured"
            break
        late.close()

    two_phones(tmp_path, story)


def test_the_last_statistics_come_with_the_end_of_the_call(tmp_path):
    async def story(alice: Phone, bob: Phone) -> None:
        await talking(alice, bob)
        await alice.call.Close(call=1)
        assert (await alice.told("stats")).sent > 0

    two_phones(tmp_path, story)


def test_tones_sound_between_calls_and_the_chime_over_one(tmp_path):
    async def story(alice: Phone) -> None:
        alice.handset.says = SILENCE  # or there would be its sidetone
        await alice.call.Tone(name="dial")
        await until(lambda: len(alice.handset.played) > 20)
        assert dbm0(b"".join(alice.handset.played[5:20]), 440) > -20
        await alice.call.Tone(name="off")
        await until(lambda: alice.handset.played[-1] == SILENCE)
        endpoint = await alice.open()
        await alice.call.Tone(name="ringback")
        await alice.connect(endpoint.port)
        await until(lambda: alice.handset.played[-3:] == [SILENCE] * 3)
        before = len(alice.handset.played)
        await alice.call.Tone(name="secure")
        await until(lambda: len(alice.handset.played) > before + 25)
        chime = b"".join(alice.handset.played[before : before + 25])
        assert dbm0(chime, 660) > -25
        assert dbm0(chime, 880) > -25

    one_phone(tmp_path, story)


def test_ringing_goes_to_the_ringer_and_stops(tmp_path):
    async def story(alice: Phone) -> None:
        await alice.call.Ring(on=True)
        await until(lambda: len(alice.handset.played) > 10)
        assert alice.handset.did[-1] == "ring"
        assert rms(b"".join(alice.handset.played[:10])) > 2000
        await alice.call.Ring(on=False)
        await until(lambda: alice.handset.played[-1] == SILENCE)

    one_phone(tmp_path, story)


@pytest.mark.parametrize("name", ["", "siren", "dtmf:", "dtmf:12345"])
def test_an_unknown_tone_is_refused_without_repeating_it(tmp_path, name):
    async def story(alice: Phone) -> None:
        with pytest.raises(Refused) as refusal:
            await alice.call.Tone(name=name)
        assert refusal.value.p_code == "E42"
        assert "12345" not in refusal.value.p_text

    one_phone(tmp_path, story)


def test_a_microphone_that_does_not_open_refuses_the_call(tmp_path):
    async def story(alice: Phone) -> None:
        endpoint = await alice.open()
        alice.handset.broken = True
        with pytest.raises(Refused) as refusal:
            await alice.connect(endpoint.port)
        assert refusal.value.p_code == "E40"
        alice.handset.broken = False
        endpoint = await alice.open()
        await alice.connect(endpoint.port)

    one_phone(tmp_path, story)


def test_a_handset_that_is_pulled_out_ends_the_call_and_the_phone_is_told(tmp_path):
    async def story(alice: Phone) -> None:
        endpoint = await alice.open()
        await alice.connect(endpoint.port)
        alice.handset.unplugged = True
        await alice.told("failed")
        await until(lambda: not alice.handset.microphone)
        with pytest.raises(Refused):
            await alice.call.Mute(on=True)
        alice.handset.unplugged = False
        await alice.call.Close(call=1)
        endpoint = await alice.open()
        await alice.connect(endpoint.port)
        assert alice.handset.microphone

    one_phone(tmp_path, story)


def test_a_call_without_open_is_refused_and_one_open_serves_one_call(tmp_path):
    async def story(alice: Phone) -> None:
        with pytest.raises(Refused) as refusal:
            await alice.connect(9)
        assert refusal.value.p_code == "E42"
        first = await alice.open()
        await alice.connect(first.port)
        for attempt in (alice.connect(first.port), alice.open()):
            with pytest.raises(Refused) as refusal:
                await attempt
            assert refusal.value.p_code == "E42"
        await alice.call.Close(call=1)
        with pytest.raises(Refused):
            await alice.connect(first.port)
        assert (await alice.open()).ssrc != first.ssrc

    one_phone(tmp_path, story)


@pytest.mark.parametrize("octets", [0, 28, 55, 57, 4096])
def test_keys_of_another_length_are_refused(tmp_path, octets):
    async def story(alice: Phone) -> None:
        endpoint = await alice.open()
        with pytest.raises(Refused):
            await alice.connect(endpoint.port, bytes(octets))
        assert not alice.handset.microphone

    one_phone(tmp_path, story)


def test_keys_that_somebody_could_still_change_are_refused(tmp_path):
    async def story(alice: Phone) -> None:
        endpoint = await alice.open()
        open_memory = os.memfd_create("keys")
        os.write(open_memory, KEYS)
        with pytest.raises(Refused):
            await alice.call.Connect(
                call=1, host="127.0.0.1", port=endpoint.port, keys=FileDescriptor(open_memory), echo=False
            )
        os.close(open_memory)

    one_phone(tmp_path, story)


def test_no_descriptor_is_left_behind(tmp_path):
    async def story(alice: Phone) -> None:
        async def once() -> int:
            endpoint = await alice.open()
            await alice.connect(endpoint.port)
            await alice.call.Close(call=1)
            return len(os.listdir("/proc/self/fd"))

        first = await once()
        for _ in range(5):
            assert await once() == first

    one_phone(tmp_path, story)


@pytest.mark.parametrize("address", ["", "localhost", "203.0.113.77", "1.2.3.4; rm", "::1%lo%lo", "fe80::"])
def test_an_address_that_is_not_ours_is_refused(tmp_path, address):
    async def story(alice: Phone) -> None:
        with pytest.raises(Refused) as refusal:
            await alice.call.Open(call=1, address=address)
        assert refusal.value.p_code == "E41"

    one_phone(tmp_path, story)


@pytest.mark.parametrize(
    ("host", "port"), [("relay.example", 4000), ("127.0.0.1", -1), ("127.0.0.1", 65536), ("", 1)]
)
def test_a_peer_that_cannot_be_reached_is_refused(tmp_path, host, port):
    async def story(alice: Phone) -> None:
        await alice.open()
        descriptor = seal(KEYS, name="keys")
        with pytest.raises(Refused) as refusal:
            await alice.call.Connect(
                call=1, host=host, port=port, keys=FileDescriptor(descriptor), echo=False
            )
        os.close(descriptor)
        assert refusal.value.p_code == "E41"
        assert not alice.handset.microphone

    one_phone(tmp_path, story)


def test_closing_nothing_is_allowed(tmp_path):
    async def story(alice: Phone) -> None:
        await alice.call.Close(call=1)
        await alice.call.Close(call=1)

    one_phone(tmp_path, story)
