"""Media services of ours: a handset without a card, a lamp that is looked at, one phone or two."""

import asyncio
import contextlib
import os
import random
import socket
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any

from asyncvarlink import FileDescriptor

from drivers.pace import Pace
from drivers.sound_alsa import SoundUnavailable
from firmware.interfaces import MediaEndpoint, MediaEvent, MediaInterface, Refused
from firmware.sealed_memory import seal
from firmware.services.media import MediaService
from firmware.varlink import Connection, connect, serving
from media.codec import PCM_OCTETS, PERIOD, RATE

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
