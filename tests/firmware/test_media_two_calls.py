"""Two calls in one media service: who is heard, who is held, what microphone and lamp do meanwhile."""

import asyncio
import itertools
import random
import socket

import pytest

import media.call
from crypto.srtp_keys import SRTPKeys
from firmware.interfaces import MediaEvent, Refused
from media.call import Ear, Mouth
from media.codec import PCM_OCTETS, SILENCE
from media.level import rms
from media.tones import Tone, parse
from tests.firmware.media_phones import (
    BUZZ,
    KEYS,
    THEIR_KEYS,
    Phone,
    one_phone,
    peer,
    until,
)
from tests.media.goertzel import dbm0

OTHER_KEYS = random.Random(8).randbytes(56)
THEIR_OTHER_KEYS = OTHER_KEYS[28:] + OTHER_KEYS[:28]
ECHO_KEYS = KEYS[:28] * 2


def tone(frequency: int) -> bytes:
    """A period of a tone that begins anew with each period."""
    sound = Tone(parse(str(frequency)))
    sound.period()
    return sound.period() or b""


class Far:
    """The far side of one call, which speaks a tone and listens."""

    def __init__(self, keys: bytes, frequency: int) -> None:
        self.sock = peer()
        self.port = self.sock.getsockname()[1]
        session = SRTPKeys.decode(keys)
        self.mouth, self.ear = Mouth(session.send, 5), Ear(session.receive)
        self.sound = tone(frequency)
        self.phone = 0
        self.sent: list[tuple[float, bytes]] = []
        self.heard = b""
        self._speaking: asyncio.Task[None] | None = None

    async def speak(self) -> None:
        """In real time: say a period, and hear what has come."""
        loop = asyncio.get_running_loop()
        due = loop.time()
        while True:
            self.sock.sendto(self.mouth.packet(self.sound), ("127.0.0.1", self.phone))
            while True:
                try:
                    datagram = self.sock.recv(2000)
                except BlockingIOError:
                    break
                except ConnectionError:
                    continue
                self.sent.append((loop.time(), datagram))
                self.ear.hear(datagram, loop.time())
            self.heard += self.ear.period(loop.time())
            due = max(due + 0.02, loop.time() - 0.1)
            await asyncio.sleep(due - loop.time())

    def last(self, periods: int = 10) -> bytes:
        """What was heard last."""
        return self.heard[-periods * PCM_OCTETS :] or SILENCE

    async def begin(self, phone: Phone, call: int, keys: bytes) -> None:
        endpoint = await phone.open(call)
        self.phone = endpoint.port
        await phone.connect(self.port, keys, call=call)
        self._speaking = asyncio.create_task(self.speak())


async def two_calls(alice: Phone) -> tuple[Far, Far]:
    """Bring two calls about: the first is held since the second was connected."""
    first, second = Far(THEIR_KEYS, 1000), Far(THEIR_OTHER_KEYS, 2000)
    await first.begin(alice, 1, KEYS)
    assert (await alice.told("secured")).call == 1
    await second.begin(alice, 2, OTHER_KEYS)
    assert (await alice.told("secured")).call == 2
    return first, second


def ear(alice: Phone, frequency: int) -> float:
    return dbm0(b"".join(alice.handset.played[-5:] or [SILENCE]), frequency)


def test_the_newer_call_is_heard_and_the_older_is_held_in_silence(tmp_path):
    async def story(alice: Phone) -> None:
        first, second = await two_calls(alice)
        await until(lambda: ear(alice, 2000) > -20)
        await until(lambda: dbm0(second.last(), 400) > -20)
        await until(lambda: ear(alice, 1000) < -45)
        await until(lambda: rms(first.last()) < 20)
        assert alice.handset.microphone == "handset"

    one_phone(tmp_path, story)


def test_a_swap_changes_who_hears_and_is_heard_with_no_gap_on_either_wire(tmp_path):
    async def story(alice: Phone) -> None:
        first, second = await two_calls(alice)
        for call, heard, held, frequency in ((1, first, second, 1000), (2, second, first, 2000)):
            for far in (first, second):
                far.sent.clear()
            await alice.call.Hold(call=call, on=False)
            await until(
                lambda heard=heard, frequency=frequency: (
                    ear(alice, frequency) > -20 and dbm0(heard.last(), 400) > -20
                )
            )
            await until(lambda held=held: rms(held.last()) < 20)
            await until(lambda: all(len(far.sent) > 25 for far in (first, second)))
            assert alice.handset.opened.count("handset") == 1  # the microphone went over, it was not closed
        for far in (first, second):
            assert {len(datagram) for _, datagram in far.sent} == {88}
            assert len({datagram[8:12] for _, datagram in far.sent}) == 1
            sequence = [int.from_bytes(datagram[2:4], "big") for _, datagram in far.sent]
            assert sequence == list(range(sequence[0], sequence[0] + len(sequence)))
            ticks = [int.from_bytes(datagram[4:8], "big") for _, datagram in far.sent]
            assert {(b - a) % (1 << 32) for a, b in itertools.pairwise(ticks)} == {960}
            assert far.ear.rejected == 0

    one_phone(tmp_path, story)


def test_a_held_call_keeps_the_pace_of_the_card_and_closes_the_microphone(tmp_path):
    async def story(alice: Phone) -> None:
        far = Far(THEIR_KEYS, 1000)
        await far.begin(alice, 1, KEYS)
        await alice.told("secured")
        await alice.call.Hold(call=1, on=True)
        assert alice.handset.microphone == ""
        far.sent.clear()
        played = len(alice.handset.played)
        await until(lambda: len(far.sent) >= 50)
        assert abs(len(alice.handset.played) - played - len(far.sent)) <= 3
        assert rms(far.last()) < 20
        assert set(alice.handset.played[-20:]) == {SILENCE}
        held = await alice.told("stats")
        assert (held.level, held.spoken) == (0, 0)
        await alice.call.Hold(call=1, on=False)
        assert alice.handset.microphone == "handset"
        await until(lambda: dbm0(far.last(), 400) > -20 and ear(alice, 1000) > -20)

    one_phone(tmp_path, story)


def test_what_a_held_call_brings_is_authenticated_counted_and_dropped(tmp_path):
    async def story(alice: Phone) -> None:
        far = Far(THEIR_KEYS, 1000)
        await far.begin(alice, 1, KEYS)
        await alice.told("secured")
        await alice.call.Hold(call=1, on=True)
        before = await alice.told("stats")
        for _ in range(30):
            far.sock.sendto(b"\x80\x60" + random.randbytes(86), ("127.0.0.1", far.phone))
        alice.events.clear()

        def counted() -> MediaEvent | None:
            return next((e for e in alice.events if e.kind == "stats" and e.rejected >= 30), None)

        await until(lambda: counted() is not None)
        after = counted()
        assert after is not None
        assert after.received > before.received + 20
        assert set(alice.handset.played[-20:]) == {SILENCE}

    one_phone(tmp_path, story)


def test_a_held_line_that_falls_silent_is_lost_and_comes_back(tmp_path, monkeypatch):
    monkeypatch.setattr(media.call, "LOST_AFTER_S", 0.3)

    async def story(alice: Phone) -> None:
        first, _ = await two_calls(alice)
        assert first._speaking is not None
        alice.events.clear()
        first._speaking.cancel()
        assert (await alice.told("lost")).call == 1
        speaking = asyncio.create_task(first.speak())
        assert (await alice.told("back")).call == 1
        speaking.cancel()

    one_phone(tmp_path, story)


def test_the_lamp_is_lit_exactly_while_a_call_is_on_and_the_gate_is_shut(tmp_path):
    async def story(alice: Phone) -> None:
        seen = [alice.lamp.lit]

        async def after(act):
            await act
            seen.append(alice.lamp.lit)

        far = Far(THEIR_KEYS, 1000)
        await after(alice.call.Tone(name="dial"))
        await after(far.begin(alice, 1, KEYS))
        assert seen == [False, False, False]
        await after(alice.call.Mute(on=True))
        await after(alice.call.Hold(call=1, on=True))
        await after(alice.call.Hold(call=1, on=False))
        assert seen[3:] == [True, True, True]  # it was muted before it was held, and still is
        await after(alice.call.Mute(on=False))
        await after(alice.call.Hold(call=1, on=True))
        await after(alice.call.Hold(call=1, on=False))
        await after(alice.call.Mute(on=True))
        await after(alice.call.Close(call=1))
        assert seen[6:] == [False, True, False, True, False]

    one_phone(tmp_path, story)


def test_a_muted_call_is_followed_by_one_that_is_not(tmp_path):
    async def story(alice: Phone) -> None:
        first, second = Far(THEIR_KEYS, 1000), Far(THEIR_OTHER_KEYS, 2000)
        await first.begin(alice, 1, KEYS)
        await alice.call.Mute(on=True)
        await second.begin(alice, 2, OTHER_KEYS)
        assert not alice.lamp.lit
        await until(lambda: dbm0(second.last(), 400) > -20)

    one_phone(tmp_path, story)


def test_once_mute_is_answered_nothing_that_is_said_goes_out(tmp_path):
    async def story(alice: Phone) -> None:
        far = Far(THEIR_KEYS, 1000)
        alice.handset.says = SILENCE
        await far.begin(alice, 1, KEYS)
        await alice.told("secured")
        await alice.call.Mute(on=True)
        far.heard = b""
        alice.handset.says = BUZZ
        await until(lambda: len(far.heard) > 40 * PCM_OCTETS)
        assert rms(far.heard) < 20

    one_phone(tmp_path, story)


def test_a_third_call_is_refused_and_a_socket_without_a_call_gives_way(tmp_path):
    async def story(alice: Phone) -> None:
        await alice.open(1)
        await alice.open(2)
        three = await alice.open(3)
        with pytest.raises(Refused) as refusal:
            await alice.connect(9, call=1)
        assert refusal.value.p_code == "E42"
        await alice.connect(9, call=2)
        await alice.connect(9, OTHER_KEYS, call=3)
        with pytest.raises(Refused) as refusal:
            await alice.open(4)
        assert refusal.value.p_code == "E42"
        await alice.call.Close(call=2)
        assert (await alice.open(4)).ssrc != three.ssrc

    one_phone(tmp_path, story)


def test_closing_one_call_leaves_the_other_held_until_it_is_taken_up(tmp_path):
    async def story(alice: Phone) -> None:
        first, _ = await two_calls(alice)
        await alice.call.Close(call=2)
        assert alice.handset.microphone == ""
        assert alice.lamp.lit
        await until(lambda: ear(alice, 2000) < -45 and ear(alice, 1000) < -45)
        await alice.call.Hold(call=1, on=False)
        await until(lambda: ear(alice, 1000) > -20 and dbm0(first.last(), 400) > -20)
        assert not alice.lamp.lit

    one_phone(tmp_path, story)


def test_closing_the_held_call_does_not_disturb_the_other(tmp_path):
    async def story(alice: Phone) -> None:
        _, second = await two_calls(alice)
        await alice.call.Close(call=1)
        assert alice.handset.microphone == "handset"
        await until(lambda: ear(alice, 2000) > -20 and dbm0(second.last(), 400) > -20)

    one_phone(tmp_path, story)


@pytest.mark.parametrize("on", [True, False])
def test_holding_a_call_that_is_not_on_is_refused(tmp_path, on):
    async def story(alice: Phone) -> None:
        await alice.open(1)
        with pytest.raises(Refused) as refusal:
            await alice.call.Hold(call=1, on=on)
        assert refusal.value.p_code == "E42"

    one_phone(tmp_path, story)


def test_a_call_stays_held_if_the_microphone_does_not_open_again(tmp_path):
    async def story(alice: Phone) -> None:
        far = Far(THEIR_KEYS, 1000)
        await far.begin(alice, 1, KEYS)
        await alice.call.Hold(call=1, on=True)
        alice.handset.broken = True
        with pytest.raises(Refused) as refusal:
            await alice.call.Hold(call=1, on=False)
        assert refusal.value.p_code == "E40"
        assert alice.lamp.lit
        alice.handset.broken = False
        await alice.call.Hold(call=1, on=False)
        await until(lambda: dbm0(far.last(), 400) > -20)

    one_phone(tmp_path, story)


def test_a_card_that_is_pulled_out_fails_both_calls_and_serves_the_next(tmp_path):
    async def story(alice: Phone) -> None:
        await two_calls(alice)
        alice.handset.unplugged = True
        assert {(await alice.told("failed")).call, (await alice.told("failed")).call} == {1, 2}
        alice.handset.unplugged = False
        await Far(THEIR_KEYS, 1000).begin(alice, 3, KEYS)
        await alice.told("secured")

    one_phone(tmp_path, story)


def mirror(sock: socket.socket) -> asyncio.Task[None]:
    """A far side that sends everything back."""

    async def reflect() -> None:
        loop = asyncio.get_running_loop()
        while True:
            datagram, sender = await loop.sock_recvfrom(sock, 2000)
            sock.sendto(datagram, sender)

    return asyncio.create_task(reflect())


def test_an_echo_is_heard_and_secures_the_line(tmp_path):
    async def story(alice: Phone) -> None:
        there = peer()
        reflecting = mirror(there)
        await alice.open(1)
        await alice.connect(there.getsockname()[1], ECHO_KEYS, echo=True)
        await alice.told("secured")
        alice.handset.says = tone(1000)
        await until(lambda: ear(alice, 1000) > -20)
        stats = await alice.told("stats")
        assert stats.rejected == 0
        reflecting.cancel()

    one_phone(tmp_path, story)


@pytest.mark.parametrize(("keys", "echo"), [(ECHO_KEYS, False), (KEYS, True)])
def test_one_key_both_ways_is_an_echo_and_nothing_else_is(tmp_path, keys, echo):
    async def story(alice: Phone) -> None:
        await alice.open(1)
        with pytest.raises(Refused) as refusal:
            await alice.connect(9, keys, echo=echo)
        assert refusal.value.p_code == "E42"
        assert not alice.handset.microphone

    one_phone(tmp_path, story)
