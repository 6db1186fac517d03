"""The line to the server: what it says when the server does not want this phone, and when it tries again."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from firmware.backoff import Backoff
from firmware.services import line
from firmware.services.line import Line, Subscription
from firmware.services.reach import reach, way_to
from firmware.services.tls import client_context, trouble_of
from tests.firmware.paper_server import ASHA, PATIENCE_S, Domain

LOOK_S = 0.01


@contextlib.contextmanager
def strict_server(domain: Domain, folder: Path) -> Iterator[int]:
    """A server of the domain that accepts nobody's certificate, and says so as TLS does; yields its port."""
    domain.server(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(next(folder.glob("server-*.pem")))
    context.load_verify_locations(cadata=Domain("another.example").anchor)
    context.verify_mode = ssl.CERT_REQUIRED
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                plain, _ = listener.accept()
                tls = context.wrap_socket(plain, server_side=True, do_handshake_on_connect=False)
                with contextlib.suppress(ssl.SSLError):
                    tls.do_handshake()
                # What the phone has said meanwhile is read, or else the alert would be lost with a reset.
                with socket.socket(fileno=tls.detach()) as raw, contextlib.suppress(ConnectionError):
                    raw.shutdown(socket.SHUT_WR)
                    while raw.recv(4096):
                        pass

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(PATIENCE_S)


def test_a_phone_that_tls_turns_away_is_told_to_ask_the_administrator(tmp_path: Path) -> None:
    domain = Domain()
    certificate, key = domain.phone(ASHA)
    key_file = tmp_path / "key.pem"
    key_file.write_bytes(key)
    heard: asyncio.Queue[tuple[bool, str]] = asyncio.Queue()

    async def context() -> ssl.SSLContext:
        with key_file.open("rb") as opened:
            return client_context(domain.anchor, certificate, opened.fileno(), moment=int(time.time()))

    async def story(port: int) -> None:
        instance = "urn:uuid:00000000-0000-4000-8000-000000000001"
        subscription = Subscription(ASHA, domain.name, f"127.0.0.1:{port}", instance)
        line = Line(
            subscription,
            context=context,
            on_event=lambda _: None,
            on_state=lambda up, trouble: heard.put_nowait((up, trouble)),
        )
        running = asyncio.create_task(line.run())
        try:
            async with asyncio.timeout(PATIENCE_S):
                while (said := await heard.get()) != (False, "E23"):
                    assert said[0] is False
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    with strict_server(domain, tmp_path) as port:
        asyncio.run(story(port))


class Waiting:
    """A line to a port where nobody is, whose waits are an hour long; `way` is what its network says."""

    def __init__(self) -> None:
        self.way = "192.0.2.7"
        self.attempts: asyncio.Queue[None] = asyncio.Queue()
        self.line = Line(
            Subscription(ASHA, "sv.example", "127.0.0.1:1", "urn:uuid:00000000-0000-4000-8000-000000000001"),
            context=self._context,
            on_event=lambda _: None,
            on_state=lambda *_: None,
            backoff=Backoff(first_s=3600.0),
            way=lambda _: self.way,
        )

    async def _context(self) -> ssl.SSLContext:
        self.attempts.put_nowait(None)
        return ssl.create_default_context()

    async def attempted(self, seconds: float) -> bool:
        """True if the line tries to connect within so many seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.attempts.get()
                return True
        return False


@pytest.mark.parametrize(("way", "tries_again"), [("198.51.100.7", True), ("192.0.2.7", False), ("", False)])
def test_another_network_is_tried_at_once_and_none_is_not(
    way: str, tries_again: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "LOOK_S", LOOK_S)

    async def story() -> None:
        waiting = Waiting()
        running = asyncio.create_task(waiting.line.run())
        try:
            assert await waiting.attempted(PATIENCE_S)
            waiting.way = way
            assert await waiting.attempted(PATIENCE_S if tries_again else 20 * LOOK_S) is tries_again
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    asyncio.run(story())


def test_the_way_to_ourselves_is_ourselves() -> None:
    assert way_to("127.0.0.1") == "127.0.0.1"


def test_a_host_whose_first_address_refuses_is_reached_at_its_second(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        here = listener.getsockname()

        async def story() -> tuple[str, int]:
            loop = asyncio.get_running_loop()
            stream = (socket.AF_INET, socket.SOCK_STREAM, 0, "")

            async def addresses(*_: object, **__: object) -> list[object]:
                return [(*stream, ("127.0.0.1", 1)), (*stream, here)]

            monkeypatch.setattr(loop, "getaddrinfo", addresses)
            with await reach("crs.sv.example", here[1]) as plain:
                peer: tuple[str, int] = plain.getpeername()
                return peer

        assert asyncio.run(story()) == here


def test_a_host_that_refuses_at_every_address_is_told_so() -> None:
    with pytest.raises(ConnectionRefusedError):
        asyncio.run(reach("127.0.0.1", 1))


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ssl.SSLCertVerificationError("not our domain's"), "E22"),
        (OSError(101, "unreachable"), "E20"),
        (ConnectionRefusedError(111, "refused"), "E21"),
        (TimeoutError(), "E21"),
        (EOFError("closed"), "E21"),
    ],
)
def test_every_other_trouble_has_its_own_code(error: Exception, code: str) -> None:
    assert trouble_of(error) == code
