"""A phone that speaks TLS to a CRS, and the requests that it makes; every part of them can be put wrong."""

from __future__ import annotations

import contextlib
import secrets
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sip.headers import Headers
from sip.message import Request, Response
from sip.sdp import answer, offer
from sip.stream import KeepAlive, MessageStream
from tests.crs.office import LOOPBACK, TIMEOUT, Card

I_MESSAGE = bytes(range(256)) * 2
OFFER = offer("192.0.2.1", 40000, I_MESSAGE, session_id=1)
ANSWER = answer("192.0.2.2", 41000, session_id=2)


def until(condition: Callable[[], object], what: str) -> None:
    """Wait for a condition. Fails with `what` if it does not come about."""
    deadline = time.monotonic() + TIMEOUT
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"never: {what}")
        time.sleep(0.005)


@dataclass
class Phone:
    """One TLS connection to the CRS, driven by hand."""

    card: Card | None
    line: ssl.SSLSocket
    stream: MessageStream = field(default_factory=lambda: MessageStream(pongs=True))
    inbox: list[Request | Response] = field(default_factory=list)
    pongs: int = 0
    strict: bool = True
    """Whether nonsense from the server fails the test; an answer to our own nonsense quotes it."""

    @property
    def tel(self) -> str:
        assert self.card is not None
        return self.card.tel

    @property
    def local_host(self) -> str:
        return str(self.line.getsockname()[0])

    # Wire

    def write(self, octets: bytes) -> None:
        self.line.sendall(octets)

    def send(self, message: Request | Response) -> None:
        self.write(message.encode())

    def next(self) -> Request | Response:
        """Return the next message. Raises EOFError if the server has closed."""
        while not self.inbox:
            self._read()
        return self.inbox.pop(0)

    def ask(self, request: Request) -> Response:
        """Send a request and return its final response."""
        self.send(request)
        while True:
            message = self.next()
            if isinstance(message, Response) and message.status >= 200:
                return message

    def expect(self, what: str | int) -> Any:
        """Return the next message, which must be a request of this method or a response of this status."""
        message = self.next()
        seen = message.method if isinstance(message, Request) else message.status
        assert seen == what, f"{seen} instead of {what}"
        return message

    def pong(self) -> None:
        """Wait for a pong."""
        count = self.pongs
        while self.pongs == count:
            self._read()

    def silent(self) -> bool:
        """Say whether everything the server had to say has been read: its pong comes after it."""
        self.write(b"\r\n\r\n")
        self.pong()
        return not self.inbox

    def closed(self) -> bool:
        """Wait until the server closes the connection."""
        with contextlib.suppress(EOFError, OSError):
            while True:
                self._read()
        return True

    def hang_up_line(self) -> None:
        """Let the connection go without a word."""
        with contextlib.suppress(OSError):
            self.line.close()

    def _read(self) -> None:
        octets = self.line.recv(65536)
        if not octets:
            raise EOFError
        for event in self.stream.receive(octets):
            if event is KeepAlive.PONG:
                self.pongs += 1
            elif isinstance(event, (Request, Response)):
                self.inbox.append(event)
            else:
                assert not self.strict, f"the server sent nonsense: {event}"

    # Requests

    def register(self, **changes: Any) -> Request:
        return register(self.tel, **changes)

    def invite(self, callee: str, **changes: Any) -> Request:
        return invite(self.tel, callee, **changes)


def branch() -> str:
    return "z9hG4bK" + secrets.token_hex(8)


def request(
    method: str,
    uri: str,
    *,
    caller: str,
    callee: str,
    extra: tuple[tuple[str, str], ...] = (),
    body: bytes = b"",
    call_id: str | None = None,
    cseq: int = 1,
    via: str | None = None,
    from_tag: str = "from",
    to_tag: str = "",
    domain: str = "sv.example",
    max_forwards: int = 70,
) -> Request:
    """Build a request as a phone does; every part can be put wrong."""
    fields = [
        ("Via", via or f"SIP/2.0/TLS phone.invalid;branch={branch()}"),
        ("Max-Forwards", str(max_forwards)),
        ("From", f"<sip:{caller}@{domain};user=phone>" + (f";tag={from_tag}" if from_tag else "")),
        ("To", f"<sip:{callee}@{domain};user=phone>" + (f";tag={to_tag}" if to_tag else "")),
        ("Call-ID", call_id or secrets.token_hex(8)),
        ("CSeq", f"{cseq} {method}"),
        *extra,
    ]
    if body:
        fields.append(("Content-Type", "application/sdp"))
    return Request(method, uri, Headers(fields), body)


def contact(tel: str, instance: str = "one") -> tuple[str, str]:
    return (
        "Contact",
        f'<sip:{tel}@phone.invalid;transport=tls;ob>;reg-id=1;+sip.instance="<urn:uuid:{instance}>"',
    )


def register(
    tel: str,
    *,
    caller: str | None = None,
    callee: str | None = None,
    instance: str = "one",
    expires: int = 600,
    call_id: str | None = None,
    cseq: int = 1,
    extra: tuple[tuple[str, str], ...] = (("Supported", "path, outbound"),),
    contacts: tuple[tuple[str, str], ...] | None = None,
    uri: str = "sip:sv.example",
    domain: str = "sv.example",
) -> Request:
    where = (contact(tel, instance),) if contacts is None else contacts
    return request(
        "REGISTER",
        uri,
        caller=caller or tel,
        callee=callee or tel,
        call_id=call_id,
        cseq=cseq,
        extra=(*where, ("Expires", str(expires)), *extra),
        domain=domain,
    )


def invite(
    tel: str, callee: str, *, body: bytes = OFFER, claim: str | None = None, **changes: Any
) -> Request:
    """Build an INVITE; `claim` puts another number into From."""
    extra = (("Contact", f"<sip:{tel}@phone.invalid>"), *changes.pop("extra", ()))
    uri = changes.pop("uri", f"sip:{callee}@sv.example;user=phone")
    return request("INVITE", uri, caller=claim or tel, callee=callee, body=body, extra=extra, **changes)


@contextlib.contextmanager
def udp(host: str = LOOPBACK) -> Iterator[socket.socket]:
    """A media socket of a phone."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as bound:
        bound.bind((host, 0))
        bound.settimeout(TIMEOUT)
        yield bound
