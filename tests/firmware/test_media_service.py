"""The media service over its Unix socket: two phones, a wire between them, and hands that pull it out."""

import asyncio
import contextlib
import os
import random
import socket
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from asyncvarlink import FileDescriptor

import media.call
from crypto.srtp_keys import SRTPKeys
from drivers.pace import Pace
from drivers.sound_alsa import SoundUnavailable
from firmware.interfaces import MediaEndpoint, MediaEvent, MediaInterface, Refused
from firmware.sealed_memory import seal
from firmware.services.media import MediaService
from firmware.varlink import Connection, connect, serving
from media.call import Ear, Mouth
from media.codec import PCM_OCTETS, PERIOD, RATE, SILENCE
from media.level import rms
from tests.media.goertzel import dbm0

KEYS = random.Random(7).randbytes(56)
THEIR_KEYS = KEYS[28:] + KEYS[:28]
BUZZ = b"\x00\x10" * 20 + b"\x00\xf0" * 20
BUZZ *= PCM_OCTETS // len(BUZZ)
"""A period of 400 Hz."""


class Handset:
    """A sound card that says BUZZ and remembers what it is asked."""

    rate, period = RATE, PERIOD

    def __init__(self) -> None:
        self.xruns = 0
        self.says = BUZZ
        self.microphone = ""
        self.played: list[bytes] = []
        self.did: list[str] = []
        self.opened: list[str] = []
        self.echoes = False
        self.broken = False
        self.unplugged = False
        self._paces = [Pace(PERIOD / RATE, 50) for _ in range(2)]

    def open_playback(self, output: str) -> None:
        if self.did[-1:] != [output]:
            self.did.append(output)

    def open_capture(self, source: str) -> None:
        if self.broken:
            raise SoundUnavailable("the sound device 'handset' does not open")
        self.microphone = source
        self.opened.append(source)
        self._paces[0].restart()

    def close_capture(self) -> None:
        self.microphone = ""

    def close_playback(self) -> None:
        self._paces[1].restart()

    def read(self) -> bytes | None:
        assert self.microphone
        self._paces[0].wait()
        if self.unplugged:
            raise SoundUnavailable("the sound device has gone")
        return self.played[-3] if self.echoes else self.says

    def write(self, pcm: bytes) -> bool:
        self._paces[1].wait()
        self.played.append(pcm)
        return True

    def close(self) -> None:
        self.close_capture()


class Bulb:
    """A mute lamp that remembers."""

    def __init__(self) -> None:
        self.lit = False
        self.closed = False

    def set(self, lit: bool) -> None:
        self.lit = lit

    def close(self) -> None:
        self.closed = True


class Phone:
    """One media service, the connection that controls it, and what it has told."""

    def __init__(self, path: Path, handset: Handset, lamp: Bulb, control: Connection) -> None:
        self.path, self.handset, self.lamp, self.control = path, handset, lamp, control
        self.call = control.call
        self.events: list[MediaEvent] = []
        self.news = asyncio.Condition()

    async def listen(self) -> None:
        ear = await connect(self.path, MediaInterface)
        with contextlib.suppress(Refused):  # that is how the stream ends
            async for reply in ear.call.Monitor():
                async with self.news:
                    self.events.append(reply["event"])
                    self.news.notify_all()
        ear.close()

    async def told(self, kind: str) -> MediaEvent:
        """Wait for an event of this kind; it is taken out."""

        def first() -> MediaEvent | None:
            return next((event for event in self.events if event.kind == kind), None)

        async with self.news:
            await asyncio.wait_for(self.news.wait_for(lambda: first() is not None), 10)
        event = first()
        assert event is not None
        self.events.remove(event)
        return event

    async def open(self, call: int = 1) -> MediaEndpoint:
        return (await self.call.Open(call=call, address="127.0.0.1"))["endpoint"]

    async def connect(self, port: int, keys: bytes = KEYS, *, call: int = 1, echo: bool = False) -> None:
        descriptor = seal(keys, name="session keys")
        try:
            await self.call.Connect(
                call=call, host="127.0.0.1", port=port, keys=FileDescriptor(descriptor), echo=echo
            )
        finally:
            os.close(descriptor)


@contextlib.asynccontextmanager
async def phone(home: Path) -> AsyncIterator[Phone]:
    path = home / "run" / "media.sock"
    handset = Handset()
    lamp = Bulb()
    service = MediaService(handset, lamp)
    async with serving(path, service):
        one = Phone(path, handset, lamp, await connect(path, MediaInterface))
        listening = asyncio.create_task(one.listen())
        await until(lambda: service.has_listener)
        try:
            yield one
        finally:
            await service.stop()
            await asyncio.wait_for(listening, 5)
            one.control.close()


async def until(condition: Callable[[], bool]) -> None:
    """Wait for something that happens in another thread."""

    async def poll() -> None:
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.005)

    await asyncio.wait_for(poll(), 10)


def peer() -> socket.socket:
    """The other end of the wire, in our hands."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind(("127.0.0.1", 0))
    sock.setblocking(False)
    return sock


async def datagrams(sock: socket.socket, count: int) -> list[bytes]:
    loop = asyncio.get_running_loop()
    return [await asyncio.wait_for(loop.sock_recv(sock, 2000), 5) for _ in range(count)]


def one_phone(tmp_path: Path, story: Callable[[Phone], Coroutine[Any, Any, None]]) -> None:
    async def run() -> None:
        async with phone(tmp_path) as alice:
            await asyncio.wait_for(story(alice), 20)

    asyncio.run(run())


def two_phones(tmp_path: Path, story: Callable[[Phone, Phone], Coroutine[Any, Any, None]]) -> None:
    async def run() -> None:
        async with phone(tmp_path / "a") as alice, phone(tmp_path / "b") as bob:
            await asyncio.wait_for(story(alice, bob), 20)

    asyncio.run(run())


async def talking(alice: Phone, bob: Phone) -> None:
    """Bring a call about."""
    here, there = await alice.open(), await bob.open()
    await alice.connect(there.port, KEYS)
    await bob.connect(here.port, THEIR_KEYS)
    await alice.told("secured")
    await bob.told("secured")


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
        await alice.connect(there.getsockname()[1])
        sent = await datagrams(there, 30)
        await alice.call.Mute(on=True)
        sent += await datagrams(there, 30)
        assert {len(datagram) for datagram in sent} == {88}
        assert {int.from_bytes(datagram[8:12], "big") for datagram in sent} == {endpoint.ssrc}
        ear = Ear(SRTPKeys.decode(THEIR_KEYS).receive)
        heard = []
        for n, datagram in enumerate(sent):
            ear.hear(datagram, n * 0.02)
            heard.append(ear.period(n * 0.02))
        assert ear.rejected == 0
        # Where in it the voice stands depends on how deep the jitter buffer became.
        assert max(rms(b"".join(heard[at : at + 8])) for at in range(5, 23)) > 2000
        assert rms(heard[-1]) < 20

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
