"""Everything a phone service meets, made of paper: vault, sound, camera, and a server of its domain.

No annotations from the future here: Varlink reads them.
"""

import asyncio
import base64
import collections.abc
import contextlib
import os
import secrets
import ssl
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from email.utils import formatdate
from pathlib import Path

from asyncvarlink import FileDescriptor, varlinkmethod
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crypto import certificates
from crypto.fields import month_of
from crypto.secret import Secret
from firmware.interfaces import (
    Acceptance,
    CardSummary,
    DirectoryEntry,
    FirstContact,
    Initiation,
    KeysInterface,
    KeysStatus,
    MediaEndpoint,
    MediaEvent,
    MediaInterface,
    Refused,
    ScanEvent,
    ScanInterface,
    TLSIdentity,
)
from firmware.sealed_memory import seal
from firmware.varlink import serving, socket_path, when_caller_leaves
from firmware.view import NOTHING_HELD
from sip.message import Request, Response, response_to
from sip.sdp import answer, offer
from sip.stream import MessageStream

DOMAIN = "sv.example"
ASHA, BEN = "+442079462001", "+442079462002"
SESSION_KEYS = b"\xa5" * 56
I_MESSAGE = bytes(range(64))
CORNERS = "30,6 82,6 82,58 30,58"
PATIENCE_S = 10.0
Stop = Callable[[str], contextlib.AsyncExitStack]
QUIET = MediaEvent(
    kind="stats",
    sent=0,
    received=0,
    lost=0,
    concealed=0,
    rejected=0,
    delay_ms=0.0,
    xruns=0,
    level=0,
    call=1,
    jitter_ms=0.0,
    spoken=0,
)


def _raw(private: Ed25519PrivateKey) -> bytes:
    return private.private_bytes_raw()


class Domain:
    """A domain key and what it signs."""

    def __init__(self, name: str = DOMAIN) -> None:
        self.name = name
        self._key = Ed25519PrivateKey.generate()
        self.anchor = certificates.trust_anchor(name, self._key.public_key().public_bytes_raw())

    def server(self, folder: Path) -> ssl.SSLContext:
        """A TLS 1.3 context for a CRS of this domain on 127.0.0.1 that asks for a client certificate."""
        key = Ed25519PrivateKey.generate()
        certificate = certificates.issue_server(
            Secret(_raw(self._key)),
            self.name,
            names=["127.0.0.1"],
            public=key.public_key().public_bytes_raw(),
            not_before=int(time.time()) - 60,
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


class PaperKeys(KeysInterface):
    """A vault that holds what the test says. `asked` are the methods called, without what they were given."""

    def __init__(self, domain: Domain, *, enrolled: bool, crs: str = "127.0.0.1:1") -> None:
        self.domain = domain
        self.asked: list[str] = []
        self.time = 0
        self.caller, self.caller_name = BEN, "Ben Idowu"
        self.refuses: dict[str, list[str]] = {}
        self.waits: dict[str, asyncio.Event] = {}
        self.codes: list[str] = []
        self.records: dict[str, str] = {}
        self.directory: list[DirectoryEntry] = []
        self.pin = ""
        self.tries = 10
        self.identity = KeysStatus(
            enrolled=True,
            pending=False,
            tel=ASHA,
            name="Asha Okafor",
            organisation="Ministry Mgmt",
            domain=domain.name,
            crs=crs,
            serial="0000000000000077",
            months=[month_of(int(time.time()))],
            expires=int(time.time()) + 9 * 86400,
            pin=False,
            locked=False,
            tries=10,
            wait=0,
            packed="2026-11",
            bulletin=1,
            revoked_at=int(time.time()),
            mode="compatible",
            call_log=True,
            openings=0,
            others=0,
            proposed=0,
            keyless=False,
        )
        self.status = self.identity if enrolled else NOTHING_HELD
        self.certificate, self.key = domain.phone(ASHA)

    async def _asked(self, method: str) -> None:
        self.asked.append(method)
        if method in self.waits:
            await self.waits[method].wait()
        if self.refuses.get(method):
            raise Refused(code=self.refuses[method].pop(0), text="the test says no")

    def _contact(self) -> FirstContact:
        body = base64.b64encode(b"first contact").decode()
        return FirstContact(
            crs=self.identity.crs, domain=self.domain.name, body=body, trust_anchor=self.domain.anchor
        )

    @varlinkmethod(return_parameter="status")
    async def Status(self) -> KeysStatus:
        await self._asked("Status")
        return self.status

    @varlinkmethod(return_parameter="summary")
    async def ImportCard(self, *, text: str) -> CardSummary:
        await self._asked("ImportCard")
        return CardSummary(
            tel=ASHA,
            name="Asha Okafor",
            organisation="Ministry Mgmt",
            issued=int(time.time()),
            expires=int(time.time()) + 86400,
            month="2026-11",
            check_code="7F3A19C2",
            sealed=True,
        )

    @varlinkmethod(return_parameter="contact")
    async def Unseal(self, *, transfer_code: str) -> FirstContact:
        self.codes.append(transfer_code)
        await self._asked("Unseal")
        self.status = replace(self.status, pending=True)
        return self._contact()

    @varlinkmethod(return_parameter="status")
    async def CompleteEnrolment(self, *, pack: str) -> KeysStatus:
        await self._asked("CompleteEnrolment")
        assert base64.b64decode(pack) == b"the first pack"
        self.status = self.identity
        return self.status

    @varlinkmethod
    async def AbandonEnrolment(self) -> None:
        await self._asked("AbandonEnrolment")
        self.status = replace(self.status, pending=False)

    @varlinkmethod(return_parameter="contact")
    async def PendingContact(self) -> FirstContact:
        await self._asked("PendingContact")
        return self._contact()

    @varlinkmethod(return_parameter="identity")
    async def TLSClient(self) -> TLSIdentity:
        await self._asked("TLSClient")
        return TLSIdentity(self.certificate, self.domain.anchor, _descriptor(self.key, "tls key"))

    @varlinkmethod(return_parameter="initiation")
    async def Initiate(self, *, callee: str, ssrc: int) -> Initiation:
        await self._asked("Initiate")
        message = base64.b64encode(I_MESSAGE).decode()
        return Initiation(message, "", _descriptor(SESSION_KEYS, "session keys"))

    @varlinkmethod(return_parameter="initiation")
    async def InitiateEcho(self, *, ssrc: int) -> Initiation:
        await self._asked("InitiateEcho")
        message = base64.b64encode(I_MESSAGE).decode()
        return Initiation(message, "", _descriptor(SESSION_KEYS, "session keys"))

    @varlinkmethod(return_parameter="acceptance")
    async def Accept(self, *, message: str) -> Acceptance:
        await self._asked("Accept")
        assert base64.b64decode(message) == I_MESSAGE
        return Acceptance(self.caller, self.caller_name, _descriptor(SESSION_KEYS, "session keys"))

    @varlinkmethod(return_parameter="data")
    async def Recall(self, *, name: str) -> str:
        await self._asked("Recall")
        return self.records.get(name, "")

    @varlinkmethod
    async def Remember(self, *, name: str, data: str) -> None:
        await self._asked("Remember")
        self.records[name] = data

    @varlinkmethod(return_parameter="entries")
    async def Find(self, *, text: str, limit: int) -> list[DirectoryEntry]:
        await self._asked("Find")
        return [entry for entry in self.directory if text in entry.tel][:limit]

    @varlinkmethod(return_parameter="status")
    async def Unlock(self, *, pin: str) -> KeysStatus:
        await self._asked("Unlock")
        self._check(pin)
        self.status = replace(self.identity, pin=True)
        return self.status

    @varlinkmethod
    async def SetPIN(self, *, old: str, new: str) -> None:
        await self._asked("SetPIN")
        if self.pin:
            self._check(old)
        self.pin = new
        self.status = replace(self.status, pin=bool(new))

    def _check(self, pin: str) -> None:
        if pin == self.pin:
            self.tries = 10
            return
        self.tries -= 1
        if not self.tries:
            self.status = NOTHING_HELD
            raise Refused(code="E49", text="ten wrong PINs")
        self.status = replace(self.status, tries=self.tries)
        raise Refused(code="E47", text="wrong PIN")

    def lock(self, pin: str) -> None:
        """Be as after a restart with a PIN."""
        self.pin, self.status = pin, replace(NOTHING_HELD, pin=True, locked=True)

    @varlinkmethod(return_parameter="proposed")
    async def ObserveTime(self, *, unix: int) -> int:
        await self._asked("ObserveTime")
        self.time = unix
        return self.status.proposed

    @varlinkmethod(return_parameter="status")
    async def AcceptTime(self, *, unix: int) -> KeysStatus:
        await self._asked("AcceptTime")
        self.time = unix
        self.status = replace(self.status, proposed=0)
        return self.status

    @varlinkmethod(return_parameter="status")
    async def RemoveMonth(self, *, month: str) -> KeysStatus:
        await self._asked("RemoveMonth")
        left = [held for held in self.status.months if held != month]
        self.status = replace(self.status, months=left, expires=0, keyless=True)
        return self.status

    @varlinkmethod
    async def Wipe(self) -> None:
        await self._asked("Wipe")
        self.status = NOTHING_HELD


def _descriptor(octets: bytes, name: str) -> FileDescriptor:
    return FileDescriptor(seal(octets, name=name), should_close=True)


class PaperMedia(MediaInterface):
    """Sound without sound. `did` is what it was asked, in order; `microphone` as the rules say."""

    def __init__(self) -> None:
        self.did: list[str] = []
        self.heard: int | None = None
        """The call whose microphone is open."""
        self.latest = 0
        self.echo = False
        self.peer: tuple[str, int] | None = None
        self.news: asyncio.Queue[MediaEvent] = asyncio.Queue()
        self.refuses: dict[str, str] = {}
        self.levels: list[int] = [0, 2, 7]

    def _did(self, what: str) -> None:
        self.did.append(what)
        code = self.refuses.get(what.split()[0])
        if code:
            raise Refused(code=code, text="the test says no")

    @property
    def microphone(self) -> bool:
        return self.heard is not None

    def tell(self, kind: str, level: int = 5, call: int | None = None) -> None:
        """Have something happen on a call, by default on the one that was connected last."""
        self.news.put_nowait(replace(QUIET, kind=kind, level=level, call=call or self.latest))

    @varlinkmethod(return_parameter="endpoint")
    async def Open(self, *, call: int, address: str) -> MediaEndpoint:
        self._did("Open")
        assert address == "127.0.0.1"
        return MediaEndpoint(port=40000 + 2 * call, ssrc=0x1234)

    @varlinkmethod
    async def Connect(self, *, call: int, host: str, port: int, keys: FileDescriptor, echo: bool) -> None:
        self._did("Connect")
        assert os.pread(keys.fileno(), 100, 0) == SESSION_KEYS
        keys.close()
        self.peer, self.heard, self.latest, self.echo = (host, port), call, call, echo

    @varlinkmethod
    async def Hold(self, *, call: int, on: bool) -> None:
        self._did(f"Hold {call} {on}")
        if not on:
            self.heard = call
        elif self.heard == call:
            self.heard = None

    @varlinkmethod
    async def Close(self, *, call: int) -> None:
        self._did("Close")
        if self.heard == call:
            self.heard = None

    @varlinkmethod
    async def Route(self, *, to: str) -> None:
        self._did(f"Route {to}")

    @varlinkmethod
    async def Tone(self, *, name: str) -> None:
        self._did(f"Tone {name}")

    @varlinkmethod
    async def Ring(self, *, on: bool) -> None:
        self._did(f"Ring {on}")

    @varlinkmethod
    async def Mute(self, *, on: bool) -> None:
        self._did(f"Mute {on}")

    @varlinkmethod
    async def Choose(self, *, country: str, melody: str, ear: int, speaker: int, ring: int) -> None:
        self._did(f"Choose {country} {melody} {ear} {speaker} {ring}")

    @varlinkmethod(return_parameter="level", delay_generator=False)
    async def Listen(self) -> collections.abc.AsyncIterator[int]:
        self._did("Listen")
        for level in self.levels:
            yield level
        await asyncio.Event().wait()  # until the caller leaves

    @varlinkmethod(return_parameter="event", delay_generator=False)
    async def Monitor(self) -> collections.abc.AsyncIterator[MediaEvent]:
        while True:
            yield await self.news.get()


class PaperScan(ScanInterface):
    """A camera that shows what the test puts into `pictures`; None is the end of the process."""

    def __init__(self) -> None:
        self.pictures: asyncio.Queue[ScanEvent | None] = asyncio.Queue()
        self.looking = False

    def view(self, hint: str = "") -> None:
        view = base64.b64encode(bytes(112 * 64)).decode()
        self.pictures.put_nowait(ScanEvent(kind="view", view=view, hint=hint, text="", corners="", focus=50))

    def code(self, text: str) -> None:
        self.pictures.put_nowait(
            ScanEvent(kind="code", view="", hint="", text=text, corners=CORNERS, focus=50)
        )

    @varlinkmethod(return_parameter="event", delay_generator=False)
    async def Scan(self) -> collections.abc.AsyncIterator[ScanEvent]:
        self.looking = True
        when_caller_leaves(self._closed)
        while (event := await self.pictures.get()) is not None:
            yield event
        raise Refused(code="E43", text="the camera is gone")

    def _closed(self) -> None:
        self.looking = False


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

    def answer(
        self, invite: Request, status: int, sdp: bytes | None = None, to_tag: str = "callee"
    ) -> Response:
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


@contextlib.asynccontextmanager
async def offered(
    home: Path, **services: object
) -> AsyncIterator[Callable[[str], contextlib.AsyncExitStack]]:
    """Serve each service under its name; yields a function that returns the stack to end one of them."""
    stacks: dict[str, contextlib.AsyncExitStack] = {}
    try:
        for name, service in services.items():
            stacks[name] = contextlib.AsyncExitStack()
            await stacks[name].enter_async_context(serving(socket_path(home, name), service))
        yield stacks.__getitem__
    finally:
        for stack in stacks.values():
            await stack.aclose()
