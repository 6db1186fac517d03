"""Services speak to each other, and a bad peer can only end its own connection."""

import asyncio
import collections.abc
import json
import os
import socket
import stat
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from asyncvarlink import FileDescriptor, VarlinkInterface, varlinkmethod

from firmware import sealed_memory, varlink
from firmware.interfaces import Refused


class Echo(VarlinkInterface, name="org.sottovoce.test.Echo"):
    errors = (Refused,)

    def __init__(self) -> None:
        self.release = asyncio.Event()

    @varlinkmethod(return_parameter="text")
    async def Say(self, *, text: str) -> str:
        return text

    @varlinkmethod
    async def Refuse(self) -> None:
        raise Refused(code="E99", text="try again")

    @varlinkmethod
    async def Fail(self) -> None:
        raise RuntimeError("a programming mistake")

    @varlinkmethod
    async def Wait(self) -> None:
        await self.release.wait()

    @varlinkmethod(return_parameter="key")
    async def Hand(self) -> FileDescriptor:
        return FileDescriptor(sealed_memory.seal(b"fifty-six", name="test"), should_close=True)

    @varlinkmethod(return_parameter="number", delay_generator=False)
    async def Count(self) -> collections.abc.AsyncIterator[int]:
        for number in range(3):
            yield number
        await self.release.wait()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return varlink.socket_path(tmp_path, "echo")


def spoken(path: Path, conversation: Callable[[varlink.Connection], Coroutine[Any, Any, None]]) -> None:
    async def run() -> None:
        async with varlink.serving(path, Echo()):
            connection = await varlink.connect(path, Echo)
            await asyncio.wait_for(conversation(connection), 10)
            connection.close()
            await connection.lost()

    asyncio.run(run())


def test_a_call_is_answered(path: Path) -> None:
    async def conversation(connection: varlink.Connection) -> None:
        assert await connection.call.Say(text="hello") == {"text": "hello"}

    spoken(path, conversation)


def test_a_refusal_arrives_with_its_code_and_text(path: Path) -> None:
    async def conversation(connection: varlink.Connection) -> None:
        with pytest.raises(Refused) as refusal:
            await connection.call.Refuse()
        assert (refusal.value.p_code, refusal.value.p_text) == ("E99", "try again")

    spoken(path, conversation)


def test_a_mistake_in_one_call_does_not_end_the_service(path: Path) -> None:
    async def conversation(connection: varlink.Connection) -> None:
        with pytest.raises(Exception, match="InternalServerError"):
            await connection.call.Fail()
        assert await connection.call.Say(text="still here") == {"text": "still here"}

    spoken(path, conversation)


def test_a_key_travels_as_sealed_memory(path: Path) -> None:
    async def conversation(connection: varlink.Connection) -> None:
        with await connection.call.Hand() as reply:
            assert sealed_memory.unseal(reply["key"].fileno(), limit=56) == b"fifty-six"

    spoken(path, conversation)


def test_events_arrive_as_they_happen_and_not_one_late(path: Path) -> None:
    async def conversation(connection: varlink.Connection) -> None:
        seen = []
        async for reply in connection.call.Count():
            seen.append(reply["number"])
            if len(seen) == 3:
                break
        assert seen == [0, 1, 2]

    spoken(path, conversation)


def test_leaving_a_stream_whose_events_are_under_way_is_no_error(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def conversation(connection: varlink.Connection) -> None:
        async for _ in connection.call.Count():
            break
        connection.close()
        await connection.lost()

    for _ in range(20):
        spoken(path, conversation)
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


def test_the_socket_is_for_its_owner_alone(path: Path) -> None:
    modes = []

    async def conversation(_connection: varlink.Connection) -> None:
        modes.extend(stat.S_IMODE(os.stat(place).st_mode) for place in (path, path.parent))

    spoken(path, conversation)
    assert modes == [0o600, 0o700]


def test_a_socket_left_by_a_dead_process_is_replaced(path: Path) -> None:
    path.parent.mkdir()
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(os.fspath(path))
    assert path.exists()

    async def conversation(connection: varlink.Connection) -> None:
        assert await connection.call.Say(text="mine now") == {"text": "mine now"}

    spoken(path, conversation)


def test_connecting_waits_for_a_service_that_starts_later(path: Path) -> None:
    async def run() -> None:
        waiting = asyncio.create_task(varlink.connect(path, Echo))
        await asyncio.sleep(0)
        async with varlink.serving(path, Echo()):
            connection = await waiting
            assert await connection.call.Say(text="late") == {"text": "late"}
            connection.close()

    asyncio.run(run())


def test_connecting_gives_up_with_a_sentence(path: Path) -> None:
    with pytest.raises(ConnectionError, match="nobody serves"):
        asyncio.run(varlink.connect(path, Echo, patience_s=0.05))


def test_a_call_under_way_fails_when_the_service_goes_away(path: Path) -> None:
    async def run() -> None:
        async with varlink.serving(path, Echo()):
            connection = await varlink.connect(path, Echo)
            waiting = asyncio.create_task(connection.call.Wait())
            await asyncio.sleep(0)
        await connection.lost()
        with pytest.raises(ConnectionError):
            await waiting
        with pytest.raises(ConnectionError):
            await connection.call.Say(text="anyone?")

    asyncio.run(run())


@pytest.mark.parametrize(
    "octets",
    [
        b"x" * (varlink.MESSAGE_OCTETS + 1),
        b'{"method":"' + b"x" * varlink.MESSAGE_OCTETS + b'"}\0',
        b"not json\0",
        b"[1]\0",
        b"\0",
        b"\xff\xfe\0",
        b"[" * 20_000 + b"\0",
        b'{"a":' + b"9" * 5000 + b"}\0",
    ],
    ids=["endless", "too long", "not json", "no object", "empty", "not UTF-8", "too deep", "huge number"],
)
def test_a_peer_that_sends_nonsense_is_cut_off_and_the_others_are_not(path: Path, octets: bytes) -> None:
    async def conversation(connection: varlink.Connection) -> None:
        reader, writer = await asyncio.open_unix_connection(path)
        try:
            writer.write(octets)
            await writer.drain()
            assert await reader.read() == b""
        except ConnectionError:
            pass  # cut off while still sending: just as well
        writer.close()
        assert await connection.call.Say(text="hello") == {"text": "hello"}

    spoken(path, conversation)


@pytest.mark.parametrize(
    "message",
    [
        {"method": "org.sottovoce.test.Echo.Nothing"},
        {"method": "org.sottovoce.test.Other.Say"},
        {"method": "Say"},
        {"method": "org.sottovoce.test.Echo.Say"},
        {"method": "org.sottovoce.test.Echo.Say", "parameters": {"text": 5}},
        {"parameters": {}},
    ],
)
def test_a_wrong_call_is_answered_with_an_error(path: Path, message: dict[str, object]) -> None:
    async def conversation(_connection: varlink.Connection) -> None:
        reader, writer = await asyncio.open_unix_connection(path)
        writer.write(json.dumps(message).encode() + b"\0")
        reply = json.loads((await reader.readuntil(b"\0"))[:-1])
        assert "error" in reply
        writer.close()

    spoken(path, conversation)


def test_sealed_memory_cannot_be_changed() -> None:
    descriptor = sealed_memory.seal(b"secret", name="test")
    try:
        with pytest.raises(PermissionError):
            os.pwrite(descriptor, b"public", 0)
        with pytest.raises(PermissionError):
            os.ftruncate(descriptor, 3)
        assert sealed_memory.unseal(descriptor, limit=6) == b"secret"
    finally:
        os.close(descriptor)


def test_memory_that_is_not_sealed_is_refused(tmp_path: Path) -> None:
    descriptor = os.memfd_create("test", os.MFD_ALLOW_SEALING)
    try:
        with pytest.raises(ValueError, match="not sealed"):
            sealed_memory.unseal(descriptor, limit=56)
    finally:
        os.close(descriptor)
    with (tmp_path / "file").open("wb+") as file, pytest.raises(ValueError, match="not sealed"):
        sealed_memory.unseal(file.fileno(), limit=56)


def test_sealed_memory_larger_than_expected_is_refused() -> None:
    descriptor = sealed_memory.seal(bytes(57), name="test")
    try:
        with pytest.raises(ValueError, match="more than 56"):
            sealed_memory.unseal(descriptor, limit=56)
    finally:
        os.close(descriptor)
