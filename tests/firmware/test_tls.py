"""TLS to the server: whose certificate is believed, and until when, whatever the system's clock shows."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from firmware.services.tls import client_context, trouble_of
from tests.firmware.paper_server import Domain

DAY = 86_400
NOW = int(time.time())
LIFETIME_S = 400 * DAY


@contextlib.asynccontextmanager
async def serving(context: ssl.SSLContext) -> AsyncIterator[int]:
    """Somebody who shows the certificate of `context` to whoever comes; yields the port."""

    async def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, ssl.SSLError):
            writer.write(b"here")
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(greet, "127.0.0.1", 0, ssl=context)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


async def by_loop(port: int, context: ssl.SSLContext) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=context)
    try:
        return await reader.read(4)
    finally:
        writer.transport.abort()


async def by_socket(port: int, context: ssl.SSLContext) -> bytes:
    def greeting() -> bytes:
        with (
            socket.create_connection(("127.0.0.1", port), 10) as plain,
            context.wrap_socket(plain, server_hostname="127.0.0.1") as line,
        ):
            return line.recv(4)

    return await asyncio.to_thread(greeting)


Way = Callable[[int, ssl.SSLContext], Awaitable[bytes]]


def greeting(server: ssl.SSLContext, phone: ssl.SSLContext, *, way: Way = by_loop) -> bytes:
    async def story() -> bytes:
        async with serving(server) as port:
            return await way(port, phone)

    return asyncio.run(story())


both_ways = pytest.mark.parametrize("way", [by_loop, by_socket])


@both_ways
@pytest.mark.parametrize("since", [NOW - 399 * DAY, NOW - 60, NOW + 60, NOW + 300 * DAY])
def test_a_certificate_that_has_not_ended_is_believed_even_one_from_after_the_phones_time(
    tmp_path: Path, way: Way, since: int
) -> None:
    domain = Domain()
    server = domain.server(tmp_path, since=since)
    assert greeting(server, client_context(domain.anchor, moment=NOW), way=way) == b"here"


@both_ways
def test_the_certificates_last_second_is_its_last(tmp_path: Path, way: Way) -> None:
    """By the vault's time: the system's shows 20 or so days less."""
    domain = Domain()
    since = NOW - 380 * DAY
    server, end = domain.server(tmp_path, since=since), since + LIFETIME_S
    assert greeting(server, client_context(domain.anchor, moment=end), way=way) == b"here"
    with pytest.raises(ssl.SSLCertVerificationError, match="expired") as refusal:
        greeting(server, client_context(domain.anchor, moment=end + 1), way=way)
    assert trouble_of(refusal.value) == "E22"
    assert refusal.value.verify_message == "certificate has expired"


def test_the_systems_clock_refuses_nothing(tmp_path: Path) -> None:
    """A certificate that ended a year ago, for a phone that knows of no time after that."""
    domain = Domain()
    server = domain.server(tmp_path, since=NOW - 765 * DAY)
    assert greeting(server, client_context(domain.anchor, moment=NOW - 400 * DAY)) == b"here"


@both_ways
def test_who_is_not_of_our_domain_is_refused_whatever_the_time(tmp_path: Path, way: Way) -> None:
    with pytest.raises(ssl.SSLCertVerificationError) as refusal:
        greeting(Domain().server(tmp_path), client_context(Domain().anchor, moment=0), way=way)
    assert trouble_of(refusal.value) == "E22"


@both_ways
def test_who_has_another_name_is_refused_whatever_the_time(tmp_path: Path, way: Way) -> None:
    domain = Domain()
    with pytest.raises(ssl.SSLCertVerificationError, match="IP address mismatch"):
        greeting(domain.server(tmp_path, name="192.0.2.1"), client_context(domain.anchor, moment=0), way=way)
