"""A domain, and its server made of paper: it registers, is called and calls, and says what it is told."""

import asyncio
import contextlib
import secrets
import ssl
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email.utils import formatdate
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crypto import certificates
from crypto.secret import Secret
from sip.message import Request, Response, response_to
from sip.sdp import answer, offer
from sip.stream import MessageStream

DOMAIN = "sv.example"
ASHA, BEN = "+442079462001", "+442079462002"
I_MESSAGE = bytes(range(64))
PATIENCE_S = 10.0


def _raw(private: Ed25519PrivateKey) -> bytes:
    return private.private_bytes_raw()


class Domain:
    """A domain key and what it signs."""

    def __init__(self, name: str = DOMAIN) -> None:
        self.name = name
        self._key = Ed25519PrivateKey.generate()
        self.anchor = certificates.trust_anchor(name, self._key.public_key().public_bytes_raw())

    def server(self, folder: Path, *, name: str = "127.0.0.1", since: int | None = None) -> ssl.SSLContext:
        """A TLS 1.3 context for a CRS of this domain that asks for a client certificate; its own is for 400
        days, `since` a minute ago.
        """
        key = Ed25519PrivateKey.generate()
        certificate = certificates.issue_server(
            Secret(_raw(self._key)),
            self.name,
            names=[name],
            public=key.public_key().public_bytes_raw(),
            not_before=int(time.time()) - 60 if since is None else since,
        )
        path = folder / f"server-{secrets.token_hex(4)}.pem"
        path.write_text(certificate + certificates.private_key_pem(Secret(_raw(key))))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.load_cert_chain(path)
        context.load_verify_locations(cadata=self.anchor)
        context.verify_mode = ssl.CERT_OPTIONAL
        return context

    def phone(self, tel: str) -> tuple[str, bytes]:
        """PEM certificate and PEM key of a phone."""
        key = Ed25519PrivateKey.generate()
        der = certificates.issue_phone(
            Secret(_raw(self._key)),
            self.name,
            tel=tel,
            serial=77,
            device_public=key.public_key().public_bytes_raw(),
            not_before=int(time.time()) - 60,
        )
        pem = certificates.private_key_pem(Secret(_raw(key)))
        return certificates.certificate_pem(der), pem.encode()


@dataclass
class PaperCRS:
    """A server of the domain: registers whoever comes, keeps what else comes, sends what the test says."""

    domain: Domain
    folder: Path
    port: int = 0
    date: float = 1795350000.0
    register_status: int = 200
    received: "asyncio.Queue[Request | Response]" = field(default_factory=asyncio.Queue)
    registrations: int = 0
    connections: int = 0
    writer: asyncio.StreamWriter | None = None
    contact: str = ""
    client: str = ""

    @contextlib.asynccontextmanager
    async def serving(self) -> AsyncIterator["PaperCRS"]:
        """Listen on 127.0.0.1 while the block runs."""
        server = await asyncio.start_server(
            self._phone, "127.0.0.1", self.port, ssl=self.domain.server(self.folder)
        )
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            self.cut()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def cut(self) -> None:
        """Cut the connection."""
        if self.writer is not None:
            self.writer.transport.abort()
            self.writer = None

    async def _phone(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.writer = writer
        der = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
        self.client = certificates.subject_tel(der)[0] if der else ""
        stream = MessageStream(pongs=True)
        with contextlib.suppress(ConnectionError, ssl.SSLError):
            while octets := await reader.read(65536):
                for message in stream.receive(octets):
                    self._take(message)

    def _take(self, message: object) -> None:
        if isinstance(message, Request) and message.method == "REGISTER":
            self._register(message)
        elif isinstance(message, Request | Response):
            self.received.put_nowait(message)

    def _register(self, request: Request) -> None:
        self.registrations += 1
        self.contact = str(request.headers.get("Contact"))
        expires = request.headers.get("Expires") or "600"
        headers = [("Date", formatdate(self.date, usegmt=True))]
        if expires != "0":
            headers.append(("Contact", f"{self.contact};expires={expires}"))
        self.send(response_to(request, self.register_status, headers=headers))

    def send(self, message: Request | Response | bytes) -> None:
        """Send a message, or whatever octets."""
        assert self.writer is not None
        self.writer.write(message if isinstance(message, bytes) else message.encode())

    async def expect(self, what: str | int) -> Request | Response:
        """The next request with this method, or response with this status; others pass."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                message = await self.received.get()
                kind = message.method if isinstance(message, Request) else message.status
                if kind == what:
                    return message

    def invite(self, number: str = BEN, sdp: bytes | None = None) -> None:
        """Call the phone."""
        body = offer("127.0.0.1", 30000, I_MESSAGE) if sdp is None else sdp
        self.send(
            (
                f"INVITE sip:{ASHA}@{DOMAIN};user=phone SIP/2.0\r\n"
                f"Via: SIP/2.0/TLS crs.invalid;branch=z9hG4bK{secrets.token_hex(8)}\r\n"
                f"From: <sip:{number}@{DOMAIN};user=phone>;tag={secrets.token_hex(4)}\r\n"
                f"To: <sip:{ASHA}@{DOMAIN};user=phone>\r\n"
                f"Call-ID: {secrets.token_hex(12)}\r\nCSeq: 1 INVITE\r\nMax-Forwards: 69\r\n"
                f"Contact: <sip:{number}@other.invalid;transport=tls;ob>\r\n"
                f"Content-Type: application/sdp\r\nContent-Length: {len(body)}\r\n\r\n"
            ).encode()
            + body
        )

    def cancel(self, response: Response) -> None:
        """Give up the call that `response` answers."""
        via = response.headers.get("Via")
        to = (response.headers.get("To") or "").split(";tag=")[0]
        self.send(
            (
                f"CANCEL sip:{ASHA}@{DOMAIN};user=phone SIP/2.0\r\nVia: {via}\r\n"
                f"From: {response.headers.get('From')}\r\nTo: {to}\r\nCall-ID: {response.call_id}\r\n"
                "CSeq: 1 CANCEL\r\nMax-Forwards: 69\r\nContent-Length: 0\r\n\r\n"
            ).encode()
        )

    def ack(self, response: Response) -> None:
        """Confirm an answered call."""
        self.send(self._inside(response, "ACK", 1))

    def bye(self, response: Response) -> None:
        """Hang up on the phone."""
        self.send(self._inside(response, "BYE", 2))

    def hold(self, response: Response, sdp: bytes, sequence: int = 2) -> None:
        """Offer something within the call that the phone answered with `response`."""
        head = self._inside(response, "UPDATE", sequence).decode()
        length = f"Content-Type: application/sdp\r\nContent-Length: {len(sdp)}"
        self.send(head.replace("Content-Length: 0", length).encode() + sdp)

    def _inside(self, response: Response, method: str, sequence: int) -> bytes:
        contact = (response.headers.get("Contact") or "<>").split("<")[1].split(">")[0]
        return (
            f"{method} {contact} SIP/2.0\r\n"
            f"Via: SIP/2.0/TLS crs.invalid;branch=z9hG4bK{secrets.token_hex(8)}\r\n"
            f"From: {response.headers.get('From')}\r\nTo: {response.headers.get('To')}\r\n"
            f"Call-ID: {response.call_id}\r\nCSeq: {sequence} {method}\r\nMax-Forwards: 69\r\n"
            "Content-Length: 0\r\n\r\n"
        ).encode()

    def answer(self, invite: Request, status: int, sdp: bytes | None = None) -> Response:
        """Answer the phone's INVITE; 200 comes with an answer."""
        headers = [("Contact", f"<sip:{BEN}@other.invalid;transport=tls;ob>")]
        body = b""
        if status == 200:
            body = answer("127.0.0.1", 31000) if sdp is None else sdp
        content = "application/sdp" if body else None
        response = response_to(
            invite, status, to_tag="callee", headers=headers, body=body, content_type=content
        )
        self.send(response)
        return response
