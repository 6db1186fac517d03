"""The network between the phones and their CRS, on one computer: a wire that can be cut, lossy or diverted.

    phone --TLS-->  127.0.0.1:P, P+1    --> the CRS at 127.0.0.1:Q, Q+1, or an impostor
    phone --SRTP--> 127.0.0.2:relay port --> 127.0.0.1:the same port

Octets pass unread and unchanged: what is on this wire is TLS and SRTP.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import socket
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field

HERE = "127.0.0.1"
MEDIA_HOST = "127.0.0.2"
"""Where the CRS tells phones to send media: an address of this computer that it does not listen on itself."""

PIECE_OCTETS = 64 * 1024
DATAGRAM_OCTETS = 2048
DATAGRAMS_PER_TURN = 32
FORGET_S = 60.0
"""A way back that carried nothing for so long is closed."""


@dataclass(slots=True)
class Wire:
    """Listens where the phones look for their CRS. `way` leads from such a port to the one behind it.

    `relay_ports` are forwarded by UDP. Everything is as it should be until `cut`, `loss` or `way` change.
    """

    ports: Sequence[int]
    behind: Sequence[int]
    relay_ports: Sequence[int]
    loss: float = 0.0
    """The share of datagrams that vanish."""
    datagrams: int = 0
    vanished: int = 0
    is_cut: bool = False
    chance: random.Random = field(default_factory=random.Random)
    _impostor: Sequence[int] | None = None
    _servers: list[asyncio.Server] = field(default_factory=list)
    _streams: set[asyncio.Task[None]] = field(default_factory=set)
    _media: list[_MediaPort] = field(default_factory=list)

    async def start(self) -> None:
        """Begin to forward. Raises OSError if a port is taken."""
        await self._listen()
        self._media = [_MediaPort(port, self._passes) for port in self.relay_ports]

    async def close(self) -> None:
        """Stop, and break every connection."""
        await self._deafen()
        for port in self._media:
            port.close()

    async def cut(self) -> None:
        """Break every connection and let nothing through."""
        if not self.is_cut:
            self.is_cut = True
            await self._deafen()

    async def mend(self) -> None:
        """Let everything through again."""
        if self.is_cut:
            self.is_cut = False
            await self._listen()

    async def divert(self, impostor: Sequence[int] | None) -> None:
        """Lead to an impostor's ports from now on, None for the true CRS; connections break."""
        self._impostor = impostor
        await self._break()

    async def _listen(self) -> None:
        for number, port in enumerate(self.ports):
            self._servers.append(await asyncio.start_server(self._acceptor(number), HERE, port))

    async def _deafen(self) -> None:
        for server in self._servers:
            server.close()
        self._servers.clear()
        await self._break()

    async def _break(self) -> None:
        streams = list(self._streams)
        for stream in streams:
            stream.cancel()
        await asyncio.gather(*streams, return_exceptions=True)

    def _acceptor(self, number: int) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], None]:
        def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.get_running_loop().create_task(self._connect(number, reader, writer))
            self._streams.add(task)
            task.add_done_callback(self._streams.discard)

        return accept

    async def _connect(self, number: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection, in both directions, until either side ends it."""
        target = (self._impostor or self.behind)[number]
        ends = [writer]
        try:
            far_reader, far_writer = await asyncio.open_connection(HERE, target)
            ends.append(far_writer)
            await _first_of(_carry(reader, far_writer), _carry(far_reader, writer))
        except OSError:
            pass  # nobody listens there: the phone learns it by the end of its connection
        except asyncio.CancelledError:
            for end in ends:
                end.transport.abort()
            raise
        for end in ends:
            end.close()

    def _passes(self) -> bool:
        """Whether the next datagram comes through."""
        self.datagrams += 1
        if self.is_cut or self.chance.random() < self.loss:
            self.vanished += 1
            return False
        return True


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Pass octets on until the end."""
    with contextlib.suppress(ConnectionError):
        while octets := await reader.read(PIECE_OCTETS):
            writer.write(octets)
            await writer.drain()


async def _first_of(*ways: Coroutine[None, None, None]) -> None:
    """Run all until the first ends; end the others."""
    tasks = [asyncio.ensure_future(way) for way in ways]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class _MediaPort:
    """One port of the relay: each phone that sends to it gets a socket of its own towards the relay."""

    def __init__(self, port: int, passes: Callable[[], bool]) -> None:
        self._port = port
        self._passes = passes
        self._loop = asyncio.get_running_loop()
        self._back: dict[tuple[str, int], tuple[socket.socket, float]] = {}
        self._front = _udp_socket(MEDIA_HOST, port)
        self._loop.add_reader(self._front, self._from_phone)

    def close(self) -> None:
        for sock in (self._front, *(back for back, _ in self._back.values())):
            self._loop.remove_reader(sock)
            sock.close()
        self._back.clear()

    def _from_phone(self) -> None:
        for octets, source in _datagrams(self._front):
            if self._passes():
                with contextlib.suppress(OSError):
                    self._way_for(source).send(octets)

    def _way_for(self, source: tuple[str, int]) -> socket.socket:
        now = self._loop.time()
        if source in self._back:
            back, _ = self._back[source]
        else:
            self._forget(now)
            back = _udp_socket(HERE, 0)
            back.connect((HERE, self._port))
            self._loop.add_reader(back, self._from_relay, back, source)
        self._back[source] = (back, now)
        return back

    def _forget(self, now: float) -> None:
        for source, (back, used) in list(self._back.items()):
            if now - used > FORGET_S:
                self._loop.remove_reader(back)
                back.close()
                del self._back[source]

    def _from_relay(self, back: socket.socket, source: tuple[str, int]) -> None:
        for octets, _ in _datagrams(back):
            if self._passes():
                with contextlib.suppress(OSError):
                    self._front.sendto(octets, source)


def _udp_socket(host: str, port: int) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.setblocking(False)
    try:
        sock.bind((host, port))
    except OSError:
        sock.close()
        raise
    return sock


def _datagrams(sock: socket.socket) -> list[tuple[bytes, tuple[str, int]]]:
    """Fetch what has arrived. What ICMP says of a closed port is no news on such a wire."""
    found: list[tuple[bytes, tuple[str, int]]] = []
    while len(found) < DATAGRAMS_PER_TURN:
        try:
            found.append(sock.recvfrom(DATAGRAM_OCTETS))
        except BlockingIOError:
            break
        except ConnectionRefusedError:
            continue
    return found


def free_relay_ports(count: int) -> range:
    """Return a run of UDP ports that is free at both ends of the wire. Raises OSError if there is none."""
    for first in random.sample(range(20_000, 32_000 - count, count), 20):
        ports = range(first, first + count)
        with contextlib.ExitStack() as stack, contextlib.suppress(OSError):
            for port in ports:
                for host in (HERE, MEDIA_HOST):
                    stack.enter_context(contextlib.closing(_udp_socket(host, port)))
            return ports
    raise OSError("no free run of UDP ports for the relay; stop something and try again")
