"""What every service needs to be spoken to and to speak: Varlink over Unix sockets, bounded.

An implementation decorates its overriding methods with `@varlinkmethod` again, with the same
`return_parameter`; its module cannot use ``from __future__ import annotations``, because the library reads
the annotations. A streaming method also needs `delay_generator=False`, or each event waits for the next one.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import signal
import socket
from collections.abc import AsyncIterator, Callable
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from asyncvarlink import (
    FileDescriptorArray,
    VarlinkClientProtocol,
    VarlinkInterface,
    VarlinkInterfaceRegistry,
    VarlinkInterfaceServerProtocol,
    VarlinkMethodCall,
    VarlinkProtocol,
    VarlinkTransport,
    connect_unix_varlink,
    create_unix_server,
)
from asyncvarlink.serviceinterface import VarlinkServiceInterface

from firmware.starter import Starter, passed_socket

MESSAGE_OCTETS = 512 * 1024
"""The longest message a peer may send; a longer one ends the connection."""
MESSAGE_DESCRIPTORS = 4
"""The most file descriptors taken with one read; the kernel closes the others."""
RETRY_S = 0.02

_log = logging.getLogger(__name__)


def socket_path(home: Path, service: str) -> Path:
    """Where the service (`keys`, `phone`, `media`, `scan`) of the phone living in `home` listens."""
    return home / "run" / f"{service}.sock"


class _Bounded(VarlinkProtocol):
    """Ends the connection of a peer that sends too much, or octets that are not JSON objects."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        if isinstance(transport, VarlinkTransport):
            transport.MAX_RECV_FDS = MESSAGE_DESCRIPTORS

    def message_received(self, data: bytes, fds: FileDescriptorArray | None) -> None:
        if self._transport is None:
            return  # already ended: what was still in flight is not read
        first, *others = data.split(b"\0")
        if len(self._recv_buffer) + len(first) > MESSAGE_OCTETS:
            self._end("sent a message that is too long")
            return
        complete = [self._recv_buffer + first, *others][:-1]
        # The library reports some malformed JSON and lets the rest (depth, encoding) escape into the loop.
        if not all(_is_json_object(message) for message in complete):
            self._end("sent what is not a JSON object")
            return
        super().message_received(data, fds)

    def _end(self, why: str) -> None:
        _log.warning("connection ended: the peer %s", why)
        self._recv_buffer = b""
        self.close()


class _BoundedServer(_Bounded, VarlinkInterfaceServerProtocol):
    """Also lets a method say what is to happen when its caller goes away."""

    def __init__(self, registry: VarlinkInterfaceRegistry) -> None:
        super().__init__(registry)
        self.farewells: set[Callable[[], None]] = set()

    def call_received(
        self, call: VarlinkMethodCall, fds: FileDescriptorArray | None
    ) -> asyncio.Future[None] | None:
        _caller.set(self)
        answered: asyncio.Future[None] | None = super().call_received(call, fds)
        return answered

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        while self.farewells:
            self.farewells.pop()()


_caller: ContextVar[_BoundedServer | None] = ContextVar("caller", default=None)


def when_caller_leaves(farewell: Callable[[], None]) -> None:
    """From within a method: call `farewell` once when the connection of this call ends, whoever ends it."""
    caller = _caller.get()
    if caller is not None:
        caller.farewells.add(farewell)


class _BoundedClient(_Bounded, VarlinkClientProtocol):
    """Also drops answers that nobody waits for: those under way when a stream or a connection is left."""

    def request_received(self, obj: dict[str, Any], fds: FileDescriptorArray | None) -> None:
        if self._pending:
            super().request_received(obj, fds)

    def connection_lost(self, exc: Exception | None) -> None:
        streams = [reply.future for call in self._pending for reply in getattr(call, "replies", ())]
        super().connection_lost(exc)
        for future in streams:
            if future.done() and not future.cancelled():
                future.exception()  # seen: who waits is told all the same, and who left need not be missed


def _is_json_object(octets: bytes) -> bool:
    try:
        return isinstance(json.loads(octets), dict)
    except (ValueError, RecursionError):
        return False


def _listening_place(path: Path) -> socket.socket:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC)
    try:
        path.unlink(missing_ok=True)
        sock.bind(os.fspath(path))
        path.chmod(0o600)  # before listening, so that nobody else can ever connect
    except OSError:
        sock.close()
        raise
    return sock


def _leave(path: Path) -> None:
    path.unlink(missing_ok=True)


@contextlib.asynccontextmanager
async def serving(path: Path, *interfaces: VarlinkInterface) -> AsyncIterator[None]:
    """Serve `interfaces` and org.varlink.service on the Unix socket `path`, mode 0600, while the block runs.

    A socket left by a dead process is replaced; one that our starter listens on already is used, and left to
    it. Our starter is told that we are ready, and then that we are alive. Raises OSError if the directory
    cannot be written.
    """
    registry = VarlinkInterfaceRegistry()
    registry.register_interface(VarlinkServiceInterface("Sottovoce", "desk phone", "0.1.0", "", registry))
    for interface in interfaces:
        registry.register_interface(interface)
    passed = passed_socket()
    starter = Starter()
    place = _listening_place(path) if passed is None else passed
    server = await create_unix_server(lambda: _BoundedServer(registry), sock=place)
    try:
        async with starter.told():
            yield
    finally:
        server.close()
        server.close_clients()
        starter.close()
        if passed is None:
            _leave(path)


async def serve_until_signalled(path: Path, *interfaces: VarlinkInterface) -> None:
    """Serve until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with serving(path, *interfaces):
        await stop.wait()


@dataclass(frozen=True)
class Connection:
    """A connection to one service.

    `call` has the interface's methods, all arguments by keyword. A result is a dictionary with the method's
    `return_parameter` as its key: ``(await keys.call.Status())["status"]``. One that holds a file descriptor
    comes inside a context manager that closes it: ``with await keys.call.TLSClient() as reply:``; a stream is
    ``async for reply in media.call.Monitor():``. A call raises `firmware.interfaces.Refused` (`p_code`,
    `p_text`) when the service refuses, and ConnectionError when the service goes away.
    """

    call: Any
    transport: VarlinkTransport

    async def lost(self) -> None:
        """Return when the connection has ended, whoever ended it."""
        await asyncio.shield(self.transport.closed_future)

    def close(self) -> None:
        """End the connection; calls under way raise ConnectionError."""
        self.transport.close()


async def connect(path: Path, interface: type[VarlinkInterface], *, patience_s: float = 10.0) -> Connection:
    """Connect to the service that serves `interface` at `path`, waiting up to `patience_s` for it to start.

    Raises ConnectionError when it did not start in time.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + patience_s
    while True:
        try:
            transport, protocol = await connect_unix_varlink(_BoundedClient, path)
        except (FileNotFoundError, ConnectionRefusedError) as error:
            if loop.time() >= deadline:
                raise ConnectionError(f"nobody serves {interface.name} at {path}; is it running?") from error
            await asyncio.sleep(RETRY_S)
        else:
            return Connection(protocol.make_proxy(interface), transport)
