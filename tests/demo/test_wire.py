"""The wire between the phones and their CRS: whole, cut, lossy, diverted."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import pytest

from demo.house import free_port_pair
from demo.wire import HERE, MEDIA_HOST, Wire, free_relay_ports

PATIENCE_S = 10
LATE_S = 0.3
"""A datagram that is not back by then will not come."""


class Server:
    """Answers what it hears with its own name before it; by TCP on two ports and by UDP on one."""

    def __init__(self, name: bytes) -> None:
        self.name = name
        self.port = free_port_pair()

    @property
    def ports(self) -> tuple[int, int]:
        return self.port, self.port + 1

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while octets := await reader.read(4096):
            writer.write(self.name + octets)
        writer.close()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Server]:
        servers = [await asyncio.start_server(self._answer, HERE, port) for port in self.ports]
        try:
            yield self
        finally:
            for server in servers:
                server.close()


class Echo(asyncio.DatagramProtocol):
    """A relay that sends everything back."""

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self.transport.sendto(data, addr)


Play = Callable[[Wire, Server], Coroutine[Any, Any, None]]


def on_a_wire(play: Play) -> None:
    """Play on a wire that leads to a server called 'true ' and to an echo on one relay port."""

    async def run() -> None:
        front, relay = free_port_pair(), free_relay_ports(2)
        async with asyncio.timeout(PATIENCE_S), Server(b"true ").running() as server:
            wire = Wire(ports=(front, front + 1), behind=server.ports, relay_ports=relay)
            echo, _ = await asyncio.get_running_loop().create_datagram_endpoint(Echo, (HERE, relay[0]))
            await wire.start()
            try:
                await play(wire, server)
            finally:
                await wire.close()
                echo.close()

    asyncio.run(run())


async def ask(port: int, what: bytes = b"hello") -> bytes:
    reader, writer = await asyncio.open_connection(HERE, port)
    writer.write(what)
    answer = await reader.read(100)
    writer.close()
    return answer


async def send(wire: Wire, count: int) -> int:
    """Send numbered datagrams to the echo as a phone would; return how many came back, whole."""
    loop = asyncio.get_running_loop()
    back: set[bytes] = set()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as phone:
        phone.setblocking(False)
        phone.bind((HERE, 0))
        sent = {number.to_bytes(4, "big") * 20 for number in range(count)}
        for packet in sorted(sent):
            await loop.sock_sendto(phone, packet, (MEDIA_HOST, wire.relay_ports[0]))
            await asyncio.sleep(0)
            while True:
                try:
                    back.add(phone.recv(2048))
                except BlockingIOError:
                    break
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LATE_S):
                while back != sent:
                    back.add(await loop.sock_recv(phone, 2048))
    assert back <= sent
    return len(back)


def test_a_whole_wire_carries_everything_unchanged() -> None:
    async def play(wire: Wire, _server: Server) -> None:
        assert await ask(wire.ports[0]) == b"true hello"
        assert await ask(wire.ports[1], b"\0\xff" * 40) == b"true " + b"\0\xff" * 40
        assert await send(wire, 50) == 50

    on_a_wire(play)


def test_a_cut_wire_breaks_what_there_was_and_lets_nothing_through() -> None:
    async def play(wire: Wire, _server: Server) -> None:
        reader, writer = await asyncio.open_connection(HERE, wire.ports[0])
        writer.write(b"x")
        assert await reader.read(100) == b"true x"
        await wire.cut()
        assert await broken(reader)
        with pytest.raises(ConnectionRefusedError):
            await ask(wire.ports[0])
        assert await send(wire, 20) == 0
        await wire.mend()
        assert await ask(wire.ports[0]) == b"true hello"
        assert await send(wire, 20) == 20

    on_a_wire(play)


def test_cutting_twice_and_mending_twice_is_like_once() -> None:
    async def play(wire: Wire, _server: Server) -> None:
        for _ in range(2):
            await wire.cut()
        for _ in range(2):
            await wire.mend()
        assert await ask(wire.ports[1]) == b"true hello"

    on_a_wire(play)


def test_a_lossy_wire_loses_its_share_on_both_ways() -> None:
    async def play(wire: Wire, _server: Server) -> None:
        wire.loss = 0.5
        wire.chance.seed(1)
        back = await send(wire, 400)
        assert 60 < back < 140  # a quarter comes there and back

    on_a_wire(play)


def test_a_diverted_wire_leads_to_somebody_else_from_then_on() -> None:
    async def play(wire: Wire, _server: Server) -> None:
        reader, _writer = await asyncio.open_connection(HERE, wire.ports[0])
        async with Server(b"false ").running() as impostor:
            await wire.divert(impostor.ports)
            assert await broken(reader)
            assert await ask(wire.ports[0]) == b"false hello"
            await wire.divert(None)
            assert await ask(wire.ports[0]) == b"true hello"

    on_a_wire(play)


async def broken(reader: asyncio.StreamReader) -> bool:
    """Whether a connection ended without a word."""
    try:
        return await reader.read(1) == b""
    except ConnectionResetError:
        return True


def test_where_nobody_listens_a_connection_just_ends() -> None:
    async def play(wire: Wire, _server: Server) -> None:
        nobody = free_port_pair()
        await wire.divert((nobody, nobody + 1))
        reader, _writer = await asyncio.open_connection(HERE, wire.ports[0])
        assert await broken(reader)

    on_a_wire(play)


def test_an_answer_that_ends_its_connection_arrives_whole() -> None:
    async def play(wire: Wire, _server: Server) -> None:
        async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(1)
            writer.write(b"y" * 1_000_000)
            writer.close()

        port = free_port_pair()
        async with await asyncio.start_server(once, HERE, port):
            await wire.divert((port, port + 1))
            reader, writer = await asyncio.open_connection(HERE, wire.ports[0])
            writer.write(b"x")
            assert len(await reader.read()) == 1_000_000
            await wire.divert(None)

    on_a_wire(play)
