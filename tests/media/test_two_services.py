"""Two media services in processes of their own, ALSA at either end, a bad network between."""

import asyncio
import contextlib
import os
import random
import re
import signal
import subprocess
import sys
import wave
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from asyncvarlink import FileDescriptor
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from drivers.sound_virtual import recordings
from firmware.interfaces import MediaEvent, MediaInterface, Refused
from firmware.sealed_memory import seal
from firmware.varlink import Connection, connect, socket_path
from tests.media.quality import delay_s, intelligibility

SECONDS = 4


class Side(asyncio.DatagramProtocol):
    """One side of a relay: what comes here leaves from the other side, but for the share that is lost."""

    def __init__(self, phone: int, loss: float) -> None:
        self.phone = ("127.0.0.1", phone)
        self.loss = loss
        self.dice = random.Random(4)
        self.seen = bytearray()
        self.other: Side

    def connection_made(self, transport: asyncio.DatagramTransport) -> None:
        self.transport = transport
        self.port = transport.get_extra_info("sockname")[1]

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self.seen += data
        if self.dice.random() >= self.loss:
            self.other.transport.sendto(data, self.other.phone)


async def relay(first: tuple[int, float], second: tuple[int, float]) -> tuple[Side, Side]:
    """Join two phones, each given by its port and the share of what it sends that is lost."""
    loop = asyncio.get_running_loop()
    sides = []
    for port, loss in (first, second):
        _, side = await loop.create_datagram_endpoint(lambda p=port, q=loss: Side(p, q), ("127.0.0.1", 0))
        sides.append(side)
    sides[0].other, sides[1].other = sides[1], sides[0]
    return sides[0], sides[1]


@dataclass
class Service:
    """A media service in a process of its own."""

    home: Path
    process: asyncio.subprocess.Process
    control: Connection
    events: list[MediaEvent] = field(default_factory=list)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def listen(self, ear: Connection) -> None:
        with contextlib.suppress(Refused, ConnectionError):
            async for reply in ear.call.Monitor():
                async with self.news:
                    self.events.append(reply["event"])
                    self.news.notify_all()

    async def until(self, condition: Callable[[MediaEvent], bool]) -> None:
        async with self.news:
            await self.news.wait_for(lambda: bool(self.events) and condition(self.events[-1]))

    def heard(self) -> bytes:
        with wave.open(str(recordings(self.home / "sound")[-1])) as sound:
            return sound.readframes(sound.getnframes())

    def log(self) -> str:
        return (self.home / "log").read_text()


@contextlib.asynccontextmanager
async def service(home: Path, say: bytes) -> AsyncIterator[Service]:
    (home / "sound").mkdir(parents=True)
    (home / "board.toml").write_text('sound = "file"\n')
    with wave.open(str(home / "sound" / "say.wav"), "wb") as sound:
        sound.setframerate(16000)
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.writeframes(bytes(16000) + say)
    with (home / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "firmware.services.media", "--board", "virtual", "--home", str(home)),
            stderr=log,
        )
    control = await connect(socket_path(home, "media"), MediaInterface, patience_s=30)
    one = Service(home, process, control)
    ear = await connect(socket_path(home, "media"), MediaInterface)
    listening = asyncio.create_task(one.listen(ear))
    try:
        yield one
    finally:
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.wait(), 10)
        await asyncio.wait_for(listening, 10)


def proc(pid: int, name: str) -> str:
    return Path(f"/proc/{pid}/{name}").read_text()


def session_key(master: bytes) -> bytes:
    """The AES key that SRTP derives from a master key and salt (RFC 3711 §4.3.1, label 0)."""
    counter = bytes(master[16:].ljust(16, b"\0"))
    return Cipher(algorithms.AES(master[:16]), modes.CTR(counter)).encryptor().update(bytes(16))


def in_memory_of(pid: int, octets: bytes) -> bool:
    """Whether a process has these octets anywhere in its memory."""
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for line in maps:
            start, end = (int(number, 16) for number in line.split()[0].split("-"))
            if " r" not in line or "[v" in line:
                continue
            with contextlib.suppress(OSError):
                memory.seek(start)
                if octets in memory.read(end - start):
                    return True
    return False


def test_two_services_talk_and_leave_nothing_behind(tmp_path, speech):
    said = speech[: SECONDS * 32000]
    keys = random.Random(3).randbytes(56)

    async def story() -> None:
        # One after the other: who speaks hears the sidetone over what comes.
        later = bytes(len(said)) + said
        async with service(tmp_path / "a", said) as alice, service(tmp_path / "b", later) as bob:
            pair = (alice, bob)
            ports = [
                (await one.control.call.Open(call=1, address="127.0.0.1"))["endpoint"].port for one in pair
            ]
            sides = await relay((ports[0], 0.0), (ports[1], 0.1))
            for one, side, masters in zip(pair, sides, (keys, keys[28:] + keys[:28]), strict=True):
                descriptor = seal(masters, name="keys")
                await one.control.call.Connect(
                    call=1, host="127.0.0.1", port=side.port, keys=FileDescriptor(descriptor), echo=False
                )
                os.close(descriptor)
            for one in pair:
                await one.until(lambda event: event.sent >= 50 * (2 * SECONDS + 1))
            secrets = [keys[:16], keys[28:44], session_key(keys[:28]), session_key(keys[28:])]
            for one in pair:
                assert in_memory_of(one.process.pid, secrets[2])  # while it is needed it can be found
                await one.control.call.Close(call=1)
                for secret in secrets:
                    assert not in_memory_of(one.process.pid, secret)
            assert said[16000:32000] not in bytes(sides[0].seen)

        for one, least in ((bob, 0.93), (alice, 0.88)):
            heard = one.heard()
            assert intelligibility(said, heard) > least
            # Bob says the same when Alice is done, and hears himself: that is not what came to him.
            came = heard[: len(said) + 32000] if one is bob else heard
            assert delay_s(bytes(16000) + (said if one is bob else later), came) < 0.5
        unharmed, harmed = bob.events[-1], alice.events[-1]
        assert unharmed.lost <= 2
        assert 15 < harmed.lost < 80
        assert harmed.concealed < harmed.lost
        for one in pair:
            assert one.events[0].kind == "secured"
            assert one.events[-1].rejected == 0
            assert "call over: seconds=" in one.log()
            assert "Traceback" not in one.log()
            assert keys[:16].hex() not in one.log()

    asyncio.run(asyncio.wait_for(story(), 60))


def test_the_process_keeps_its_memory_to_itself(tmp_path):
    async def story() -> None:
        async with service(tmp_path, b"") as one:
            limits = proc(one.process.pid, "limits")
            assert re.search(r"Max core file size +0 +0 ", limits)
            status = proc(one.process.pid, "status")
            assert re.search(r"NoNewPrivs:\s+1", status)
        assert one.process.returncode == 0
        assert not socket_path(tmp_path, "media").exists()

    asyncio.run(asyncio.wait_for(story(), 60))


@pytest.mark.parametrize("kind", ["desk", "file"])
def test_the_process_carries_no_arrays_and_no_pictures(tmp_path, kind):
    (tmp_path / "board.toml").write_text(f'sound = "{kind}"\n')
    script = (
        "import sys; from pathlib import Path; import firmware.services.media; "
        "from board.ports import open_board; board = open_board('virtual', Path(sys.argv[1])); "
        "lamp, card = board.mute_lamp(), board.sound(); lamp.close(); card.close(); "
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'numpy', 'PIL', 'luma', 'cryptography'}))"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert told.stdout == "[]\n"
