"""Accepting TLS connections, and no more of them than we can serve.

Connections count from the moment they are accepted, so that unfinished handshakes cannot pile up either.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from crs.tls import last_words

HANDSHAKE_TIMEOUT = 10.0
SHUTDOWN_TIMEOUT = 2.0
BACKLOG = 128


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """At most so many connections, and from one host. `max_age` ends each one after so many seconds."""

    total: int
    per_host: int
    max_age: float | None = None


class Counted(asyncio.Protocol):
    """Passes everything on to the real protocol, and says when the connection is over."""

    def __init__(self, inner: asyncio.Protocol, on_lost: Callable[[], None], max_age: float | None) -> None:
        self._inner = inner
        self._on_lost = on_lost
        self._max_age = max_age
        self._end: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        if self._max_age is not None:
            self.end_after(self._max_age)
        self._inner.connection_made(transport)

    def end_after(self, seconds: float) -> None:
        """End the connection so many seconds from now, and not when it would have been ended before."""
        if self._end is not None:
            self._end.cancel()
        self._end = asyncio.get_running_loop().call_later(seconds, self._transport.abort)

    def data_received(self, data: bytes) -> None:
        self._inner.data_received(data)

    def eof_received(self) -> bool | None:
        return self._inner.eof_received()

    def pause_writing(self) -> None:
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        self._inner.resume_writing()

    def connection_lost(self, error: Exception | None) -> None:
        if self._end is not None:
            self._end.cancel()
        self._on_lost()
        self._inner.connection_lost(error)


class TLSListener:
    """Serves one listening socket with one protocol."""

    def __init__(
        self,
        *,
        listening: socket.socket,
        context: ssl.SSLContext,
        factory: Callable[[], asyncio.Protocol],
        limits: ConnectionLimits,
    ) -> None:
        self._listening = listening
        self._context = context
        self._factory = factory
        self._limits = limits
        self._hosts: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def connections(self) -> int:
        """How many connections there are, unfinished handshakes included."""
        return self._hosts.total()

    def use(self, context: ssl.SSLContext) -> None:
        """Use another context for whoever connects from now on."""
        self._context = context

    def start(self) -> None:
        self._listening.setblocking(False)
        self._listening.listen(BACKLOG)
        self._spawn(self._accept())

    async def stop(self) -> None:
        """Accept no more; connections that are served already stay."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._listening.close()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _accept(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                accepted, (host, *_) = await loop.sock_accept(self._listening)
            except OSError:
                # Out of descriptors, or a peer that was gone before we looked: others may still come.
                await asyncio.sleep(0.1)
                continue
            if self.connections >= self._limits.total or self._hosts[host] >= self._limits.per_host:
                accepted.close()
                continue
            # A SIP message is small and somebody waits for it: it must not wait for the last one's ACK.
            accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._hosts[host] += 1
            self._spawn(self._serve(accepted, host))

    async def _serve(self, accepted: socket.socket, host: str) -> None:
        counted = Counted(self._factory(), lambda: self._gone(host), self._limits.max_age)
        made = False
        # asyncio closes its own descriptor when the handshake fails; by ours the alert still goes out.
        with accepted.dup() as ours:
            try:
                await asyncio.get_running_loop().connect_accepted_socket(
                    lambda: counted,
                    accepted,
                    ssl=self._context,
                    ssl_handshake_timeout=HANDSHAKE_TIMEOUT,
                    ssl_shutdown_timeout=SHUTDOWN_TIMEOUT,
                )
                made = True
            except OSError as error:
                # No certificate, a foreign one, an old TLS, or nobody there.
                accepted.close()
                await _tell(ours, last_words(error))
            finally:
                if not made:
                    self._gone(host)

    def _gone(self, host: str) -> None:
        self._hosts[host] -= 1
        if not self._hosts[host]:
            del self._hosts[host]


async def _tell(peer: socket.socket, alert: bytes) -> None:
    """Send the alert of a failed handshake and wait, not for long, until the peer has taken it.

    Octets that nobody reads would make the kernel answer with a reset, which overtakes the alert.
    """
    if not alert:
        return
    loop = asyncio.get_running_loop()
    # Whoever is gone already need not be told.
    with contextlib.suppress(OSError, TimeoutError):
        async with asyncio.timeout(SHUTDOWN_TIMEOUT):
            await loop.sock_sendall(peer, alert)
            peer.shutdown(socket.SHUT_WR)
            while await loop.sock_recv(peer, 4096):
                pass


def bind_pair(host: str, port: int) -> tuple[socket.socket, socket.socket]:
    """Bind two TCP ports, the second one above the first; port 0 takes any free pair. Raises OSError."""
    for attempt in range(64):
        first = _bound(host, port)
        try:
            return first, _bound(host, first.getsockname()[1] + 1)
        except (OSError, OverflowError):
            first.close()
            if port or attempt == 63:
                raise
    raise AssertionError("unreachable")


def _bound(host: str, port: int) -> socket.socket:
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
    except BaseException:
        bound.close()
        raise
    return bound
