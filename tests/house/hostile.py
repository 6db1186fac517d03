"""Those who mean harm: a server that holds its domain's TLS key, and a colleague with a client of his own."""

from __future__ import annotations

import asyncio
import contextlib
import email.utils
import os
import re
import socket
import ssl
import tempfile
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cms import domain as domains
from cms import media, picture
from cms.domain import Domain, Letter
from crypto import card, certificates, crs_media, eccsi, enrolment, identifier, mikey, pack, sakke
from crypto.crs_media import BULLETIN, TLS_CERTIFICATE, TLS_KEY
from crypto.mikey import CalleeKMS, Caller
from crypto.secret import Secret
from demo.call import give_voice
from demo.house import House, Person, free_port_pair
from demo.marks import Marks
from sip.message import Request, Response, response_to
from sip.sdp import offer
from sip.stream import PONG, KeepAlive, MessageStream
from sip.transaction import ack_for_refusal, cancel_for
from tests.crs import phone

TRAP = "trap.example"
PATIENCE_S = 10.0
LOOPBACK = "127.0.0.1"
BEN = Person("+441632960021", "Ben Idowu")
"""Whom they mean harm to, on his own desk."""

DOWNGRADES: dict[str, Callable[[bytes], bytes]] = {
    "a=crypto beside MIKEY": lambda sdp: (
        sdp + b"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + b"A" * 40 + b"\r\n"
    ),
    "a=crypto instead of MIKEY": lambda sdp: re.sub(
        rb"a=key-mgmt:[^\r]+", b"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + b"A" * 40, sdp
    ),
    "RTP/AVP with MIKEY": lambda sdp: sdp.replace(b"RTP/SAVP", b"RTP/AVP"),
    "RTP/AVP without": lambda sdp: re.sub(
        rb"a=key-mgmt:[^\r]+\r\n", b"", sdp.replace(b"RTP/SAVP", b"RTP/AVP")
    ),
    "no key-mgmt": lambda sdp: re.sub(rb"a=key-mgmt:[^\r]+\r\n", b"", sdp),
    "two key-mgmt": lambda sdp: re.sub(rb"(a=key-mgmt:[^\r]+\r\n)", rb"\1\1", sdp),
    "a DTLS fingerprint": lambda sdp: sdp + b"a=fingerprint:sha-256 " + b":".join([b"00"] * 32) + b"\r\n",
}
"""Ways to make of SDP what promises less than we do."""

_HEAD = f"INVITE sip:{BEN.tel}@{TRAP};user=phone SIP/2.0\r\n".encode()
NONSENSE: dict[str, bytes] = {
    "a message of 1 MB": _HEAD + b"Content-Length: 1048576\r\n\r\n" + bytes(1048576),
    "headers of 1 MB": _HEAD + b"Subject: " + b"x" * 1048576 + b"\r\n\r\n",
    "a header without end": _HEAD + b"Subject: x\r\n" * 90000,
    "octets": bytes(range(256)) * 256 + b"\r\n\r\n",
    "a length that is none": _HEAD + b"Content-Length: -1\r\n\r\n",
}
"""What is no message, or too much of one."""


def i_message(domain: Domain, caller: str, callee: str) -> bytes:
    """An I_MESSAGE as the phone of `caller` makes it now."""
    now = datetime.now(UTC)
    kms = domain.certificate.kms(identifier.month_of(now))
    ssk, pvt = eccsi.extract_ssk(
        domain.generation(identifier.month_of(now)).eccsi.expose(), identifier.monthly(caller, now)
    )
    return mikey.initiate(
        caller=Caller(caller, Secret(ssk), pvt, kms),
        callee_tel=callee,
        callee_kms=CalleeKMS(domain.name, sakke.KMSPublicKey(kms.sakke_public_key)),
        when=now,
        ssrc=1,
    ).octets


def invite(domain: str, caller: str, callee: str, body: bytes) -> Request:
    """An INVITE of a call that was never seen before; `caller` is what From claims."""
    return phone.request(
        "INVITE",
        f"sip:{callee}@{domain};user=phone",
        caller=caller,
        callee=callee,
        domain=domain,
        from_tag=os.urandom(4).hex(),
        extra=(("Contact", f"<sip:{caller}@phone.invalid;transport=tls;ob>"),),
        body=body,
    )


def call_to(domain: Domain, caller: str, callee: str) -> Request:
    """An honest call."""
    sdp = offer(LOOPBACK, 40000, i_message(domain, caller, callee))
    return invite(domain.name, caller, callee, sdp)


def server_context(certificate: str, key: str) -> ssl.SSLContext:
    """A server's TLS context from PEM."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    _load(context, certificate + key)
    return context


def _load(context: ssl.SSLContext, pem: str) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".pem") as file:
        file.write(pem)
        file.flush()
        context.load_cert_chain(file.name)


def rings(home: Path) -> int:
    """How often a phone has ever rung."""
    return sum(mark["mark"] in ("rings", "ringing sent") for mark in Marks.read(home).marks)


# --- the server ---------------------------------------------------------------------------------------------


@dataclass
class HostileServer:
    """Registers whoever comes, answers first contacts with `pack`, and sends what a test says.

    Of the rest it has the `bulletin`, without which the phone would know nobody's name.
    """

    port: int
    context: ssl.SSLContext
    pack: bytes = b""
    bulletin: bytes = b""
    registrations: int = 0
    contacts: int = 0
    arrived: asyncio.Queue[Request | Response] = field(default_factory=asyncio.Queue)
    _writer: asyncio.StreamWriter | None = None
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def open(self) -> None:
        """Listen."""
        self._listening = [
            await asyncio.start_server(self._phone, LOOPBACK, self.port, ssl=self.context),
            await asyncio.start_server(self._contact, LOOPBACK, self.port + 1, ssl=self.context),
        ]

    def close(self) -> None:
        """Go away, and every connection with it."""
        for listening in self._listening:
            listening.close()
        self.cut()

    def cut(self) -> None:
        """Cut the connection of the phone."""
        if self._writer is not None:
            self._writer.transport.abort()
            self._writer = None

    def send(self, message: Request | Response | bytes) -> None:
        """Send a message, or whatever octets, down the phone's connection."""
        assert self._writer is not None, "no phone is connected"
        self._writer.write(message if isinstance(message, bytes) else message.encode())

    async def registered(self, times: int) -> None:
        """Wait until so many registrations have come."""
        async with asyncio.timeout(PATIENCE_S), self._changed:
            await self._changed.wait_for(lambda: self.registrations >= times)

    async def expect(self, method: str) -> Request:
        """Wait for a request; whatever else comes before it passes."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                message = await self.arrived.get()
                if isinstance(message, Request) and message.method == method:
                    return message

    async def call(self, invitation: Request) -> list[int]:
        """Call the phone; return what it answered, up to 180 or the end. A refusal is acknowledged."""
        self.send(invitation)
        statuses: list[int] = []
        async with asyncio.timeout(PATIENCE_S):
            while not statuses or (statuses[-1] < 200 and statuses[-1] != 180):
                response = await self.arrived.get()
                if isinstance(response, Response) and response.call_id == invitation.call_id:
                    statuses.append(response.status)
                    if response.status >= 300:
                        self.send(ack_for_refusal(invitation, response))
        return statuses

    async def give_up(self, invitation: Request) -> None:
        """Cancel a call that rings; wait for the end of it."""
        self.send(cancel_for(invitation))
        async with asyncio.timeout(PATIENCE_S):
            while True:
                response = await self.arrived.get()
                if isinstance(response, Response) and response.status == 487:
                    self.send(ack_for_refusal(invitation, response))
                    return

    async def _phone(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        stream = MessageStream()
        with contextlib.suppress(ConnectionError, ssl.SSLError):
            while octets := await reader.read(65536):
                for event in stream.receive(octets):
                    if event is KeepAlive.PING:
                        writer.write(PONG)
                    elif isinstance(event, Request) and event.method == "REGISTER":
                        await self._register(event)
                    elif isinstance(event, (Request, Response)):
                        self.arrived.put_nowait(event)

    async def _register(self, request: Request) -> None:
        expires = request.expires or 0
        headers = [("Date", email.utils.formatdate(usegmt=True))]
        if expires:
            headers.append(("Contact", f"{request.headers.get('Contact')};expires={expires}"))
        self.send(response_to(request, 200, headers=headers))
        async with self._changed:
            self.registrations += bool(expires)
            self._changed.notify_all()

    async def _contact(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, ssl.SSLError, asyncio.IncompleteReadError):
            asked = await reader.readuntil(b"\r\n\r\n")
            status, body = "404 Not Found", b""
            if asked.startswith(b"POST /v1/enrol "):
                self.contacts += 1
                status, body = "200 OK", self.pack
            elif asked.startswith(b"GET /v1/bulletin"):
                status, body = "200 OK", self.bulletin
            head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
            writer.write(head.encode() + body)
            await writer.drain()
        writer.close()


class Trap(House):
    """A domain whose server is hostile, with one phone of an honest person on a desk."""

    def __init__(self, directory: Path, owner: Person, colleagues: tuple[Person, ...]) -> None:
        super().__init__(directory, people=(owner,), sound="file", port=free_port_pair())
        self.owner = owner
        now = int(time.time())
        domain = domains.create(TRAP, organisation="Trap", crs=f"{LOOPBACK}:{self.port}", now=now)
        for person in (owner, *colleagues):
            domain = domains.add_user(domain, tel=person.tel, name=person.name, now=now)
        self.letters: dict[str, Letter] = {}
        for person in (owner, *colleagues):
            domain, self.letters[person.tel] = domains.issue_card(domain, tel=person.tel, now=now)
        self.domain, files = media.export(domain, now=now)
        self.files = files

    @property
    def context(self) -> ssl.SSLContext:
        """What the hostile server identifies itself with: the real thing."""
        return server_context(self.files[TLS_CERTIFICATE].decode(), self.files[TLS_KEY].decode())

    @property
    def bulletin(self) -> bytes:
        """What all phones of the domain are to know."""
        return next(octets for name, octets in self.files.items() if name.startswith(BULLETIN))

    def pack(self, person: Person) -> bytes:
        """The first pack of somebody."""
        serial = self.letters[person.tel].card.serial
        packs = crs_media.read(self.files).packs
        return next(one for one in packs if pack.address(one, self.domain.domain_key).serial == serial)

    def install(self) -> None:
        """Put the owner's phone on the desk, blank, with its card beside it."""
        letter = self.letters[self.owner.tel]
        self.cards.mkdir()
        self.card(self.owner).write_bytes(picture.png(letter.text))
        self.codes[self.owner.tel] = letter.transfer_code or ""
        give_voice(self.phone(self.owner), None)
        self.start_phone(self.owner)


# --- the colleague ------------------------------------------------------------------------------------------


def client_pem(domain: Domain, letter: Letter, first_pack: bytes) -> str:
    """Certificate and key of a phone, taken out of its card and first pack."""
    read = card.parse(letter.text)
    opened = read.open(letter.transfer_code)
    first = pack.open(
        first_pack,
        transport_private=opened.transport_key,
        domain_key=domain.domain_key,
        serial=read.serial,
        tel=read.tel,
    )
    return certificates.certificate_pem(first.client_certificate) + certificates.private_key_pem(
        opened.tls_key
    )


def client_context(domain: Domain, pem: str) -> ssl.SSLContext:
    """A phone's TLS context for this domain's server, with a certificate and key or without ('')."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=certificates.trust_anchor(domain.name, domain.domain_key))
    if pem:
        _load(context, pem)
    return context


def use_up(domain: Domain, letter: Letter, port: int) -> bytes:
    """Make the first contact of a card at a real CRS; return the first pack."""
    read = card.parse(letter.text)
    opened = read.open(letter.transfer_code)
    body = enrolment.build(
        serial=read.serial,
        tel=read.tel,
        when=int(time.time()),
        nonce=os.urandom(enrolment.NONCE_OCTETS),
        ssk=opened.ssk,
        pvt=read.pvt,
        kpak=read.eccsi_public_key,
    )
    url = f"https://{LOOPBACK}:{port + 1}/v1/enrol"
    with urllib.request.urlopen(url, body, PATIENCE_S, context=client_context(domain, "")) as response:
        return bytes(response.read())


def dial_in(domain: Domain, port: int, pem: str) -> phone.Phone:
    """Connect to a CRS as a phone with this certificate and key, or with none ('')."""
    plain = socket.create_connection((LOOPBACK, port), PATIENCE_S)
    line = client_context(domain, pem).wrap_socket(plain, server_hostname=LOOPBACK)
    return phone.Phone(None, line)


def register(domain: str, tel: str) -> Request:
    """A REGISTER for a number."""
    return phone.request(
        "REGISTER",
        f"sip:{domain}",
        caller=tel,
        callee=tel,
        domain=domain,
        extra=(phone.contact(tel, "0a"), ("Expires", "600"), ("Supported", "path, outbound")),
    )
