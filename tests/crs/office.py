"""A domain with cards, a CRS that serves it in a thread of its own, and phones that speak TLS to it."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
import ssl
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Any

from crs import loading, review
from crs.config import Config
from crs.database import FILE, Database, SameContact, put_serial
from crs.journal import Entry, Journal
from crs.media_directory import read_media
from crs.relay_ports import PacketObserver
from crs.server import CRS
from crypto import (
    bulletin,
    certificates,
    crs_media,
    eccsi,
    enrolment,
    fields,
    identifier,
    issuance,
    pack,
    revocation,
    sealing,
    signed,
)
from crypto.bulletin import Bulletin
from crypto.crs_media import CardState, CRSMedia, RosterEntry
from crypto.domain import DomainCertificate, Generation, Partner
from crypto.fields import month_moment, month_of
from crypto.issuance import TreeHead
from crypto.pack import MonthKeys, Pack, PackKind
from crypto.revocation import RevocationList
from crypto.secret import Secret
from sip.headers import Headers
from sip.message import Request, Response
from sip.sdp import answer, offer
from sip.stream import KeepAlive, MessageStream

TIMEOUT = 10.0
"""Seconds that a test waits for what must come. Nothing waits so long when all is well."""

LOOPBACK = "127.0.0.1"
ASHA = "+441632960001"
BEN = "+441632960002"
NOBODY = "+441632960999"
I_MESSAGE = bytes(range(256)) * 2
OFFER = offer("192.0.2.1", 40000, I_MESSAGE, session_id=1)
ANSWER = answer("192.0.2.2", 41000, session_id=2)


def use_serial(database: Database, **contact: Any) -> bool:
    """Mark a card as used, as its first contact does; False if this very contact did so before."""
    try:
        with database.transaction() as connection:
            put_serial(connection, **contact)
    except SameContact:
        return False
    return True


class TurnedClock:
    """A clock that stands still until it is turned."""

    def __init__(self) -> None:
        self._start = time.time()
        self._passed = 0.0

    def monotonic(self) -> float:
        return 1000.0 + self._passed

    def unix(self) -> float:
        return self._start + self._passed

    def turn(self, seconds: float) -> None:
        self._passed += seconds


@dataclass(frozen=True)
class Card:
    """One issued card with everything that its phone holds."""

    tel: str
    serial: int
    ssk: Secret
    pvt: bytes
    kpak: bytes
    tls_key: str
    certificate: str
    pack: bytes
    monthly: bytes
    """The pack of the month after."""

    def first_contact(self, *, when: float, nonce: bytes | None = None, ssk: Secret | None = None) -> bytes:
        """Return the body of a first contact, by default with a fresh nonce."""
        return enrolment.build(
            serial=self.serial,
            tel=self.tel,
            when=int(when),
            nonce=nonce or secrets.token_bytes(enrolment.NONCE_OCTETS),
            ssk=ssk or self.ssk,
            pvt=self.pvt,
            kpak=self.kpak,
        )


class Office:
    """A domain: what a CMS would hold of it. `key` decides everything random, so that two offices differ."""

    def __init__(self, name: str = "sv.example", key: int = 1) -> None:
        self.name = name
        self.private = Secret(bytes([key]) * 32)
        self.key = signed.public_key(self.private)
        self._ksak = bytes([key]) * 32
        self.kpak = eccsi.kms_public_key(self._ksak)
        self.anchor = certificates.trust_anchor(name, self.key)
        self.cards: list[Card] = []
        self.blocked: set[int] = set()
        self.partners: tuple[Partner, ...] = ()
        self.revoked: set[bytes] = set()
        """PVTs that nobody may accept."""
        self.lifetime_s = 7 * 86400
        """Of a card that is not used."""

    def issue(self, tel: str, serial: int) -> Card:
        """Issue a card; an older one of the same number is blocked."""
        now = int(time.time())
        ssk, pvt = eccsi.extract_ssk(self._ksak, identifier.monthly(tel, month_moment(month_of(now))))
        seed = Secret(serial.to_bytes(32, "big"))
        device = sealing.device_tls_key(seed)
        der = certificates.issue_phone(
            self.private,
            self.name,
            tel=tel,
            serial=serial,
            device_public=signed.public_key(device),
            not_before=now - 3600,
        )
        first = Pack(
            kind=PackKind.FIRST,
            tel=tel,
            serial=serial,
            month=month_of(now),
            issued=now,
            next_transport_seed=Secret(secrets.token_bytes(32)),
            client_certificate=der,
            bulletin_key=bulletin.key_of(self.private, month_of(now)),
        )
        octets = pack.build(
            first,
            transport_public=sealing.transport_public(sealing.transport_key(seed)),
            domain_private=self.private,
        )
        monthly = replace(
            first,
            kind=PackKind.MONTHLY,
            month=fields.month_from_int(fields.month_to_int(first.month) + 1),
            keys=MonthKeys(Secret(bytes(257)), Secret(bytes(32)), pvt, bytes(257), self.kpak),
        )
        later = pack.build(
            monthly,
            transport_public=sealing.transport_public(sealing.transport_key(first.next_transport_seed)),
            domain_private=self.private,
        )
        card = Card(
            tel, serial, Secret(ssk), pvt, self.kpak,
            certificates.private_key_pem(device), certificates.certificate_pem(der), octets, later,
        )  # fmt: skip
        self.blocked |= {older.serial for older in self.cards if older.tel == tel}
        self.cards.append(card)
        return card

    @property
    def certificate(self) -> DomainCertificate:
        """What other domains know of this one."""
        month = month_of(int(time.time()))
        return DomainCertificate(self.name, self.key, (Generation(month, bytes(257), self.kpak),))

    def revocations(self, number: int) -> RevocationList:
        """The list that goes out with media of this number."""
        hashes = frozenset(map(revocation.pvt_hash, self.revoked))
        return RevocationList(self.name, number, int(time.time()), hashes)

    def _bulletin(self, number: int, now: int) -> bytes:
        content = Bulletin(
            domain=self.name,
            month=month_of(now),
            number=number,
            issued=now,
            policy={},
            partners=(),
            directory=tuple({card.tel: (card.tel, "Somebody") for card in self.cards}.values()),
        )
        key = bulletin.key_of(self.private, content.month)
        return bulletin.build(content, key=key, domain_private=self.private)

    def _issuance(self, now: int) -> bytes:
        month = month_of(now)
        leaves = [issuance.leaf(self.name, card.tel, month, card.pvt) for card in self.cards]
        head = TreeHead(self.name, month, len(leaves), issuance.tree(leaves).root(), now)
        return issuance.build(leaves, head=head, domain_private=self.private)

    def media(self, sequence: int = 1) -> CRSMedia:
        """Return what the CMS would export now."""
        now = int(time.time())
        tls = Secret(secrets.token_bytes(32))
        roster = [
            RosterEntry(
                card.tel,
                card.serial,
                CardState.BLOCKED if card.serial in self.blocked else CardState.ACTIVE,
                now + self.lifetime_s,
                revocation.pvt_hash(card.pvt),
            )
            for card in self.cards
        ]
        return CRSMedia(
            sequence=sequence,
            issued=now,
            own=self.certificate,
            organisation="Example Office",
            roster=tuple(roster),
            packs=tuple(
                octets
                for card in self.cards
                if card.serial not in self.blocked
                for octets in (card.pack, card.monthly)
            ),
            bulletins={month_of(now): self._bulletin(sequence, now)},
            issuance={month_of(now): self._issuance(now)},
            partners=self.partners,
            blocked=frozenset(self.blocked),
            revoked=self.revocations(sequence),
            revoked_octets=revocation.build(self.revocations(sequence), domain_private=self.private),
            tls_certificate=certificates.issue_server(
                self.private,
                self.name,
                names=[LOOPBACK],
                public=signed.public_key(tls),
                not_before=now - 3600,
            ),
            tls_key=Secret(certificates.private_key_pem(tls).encode()),
        )

    def export(self, directory: Path, sequence: int = 1) -> Path:
        """Write the media as the CMS does, the manifest last."""
        for name, octets in crs_media.build(self.media(sequence), domain_private=self.private).items():
            path = directory / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(octets)
        return directory

    def client_context(self, card: Card | None) -> ssl.SSLContext:
        """Return a phone's TLS context: pinned to this domain, with the card's certificate if any."""
        return self.context_of("" if card is None else card.certificate + card.tls_key)

    def context_of(self, identity: str) -> ssl.SSLContext:
        """Return the same for whoever has a certificate and its key (PEM); '' for none."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.load_verify_locations(cadata=self.anchor)
        if identity:
            with tempfile.NamedTemporaryFile("w", suffix=".pem") as file:
                file.write(identity)
                file.flush()
                context.load_cert_chain(file.name)
        return context


class Site:
    """A CRS on a home directory, in a thread with an event loop of its own."""

    def __init__(self, office: Office, home: Path, **options: Any) -> None:
        self.office = office
        self.home = home
        self.clock = TurnedClock()
        self.packets: list[bytes] = []
        self._options = options
        self._phones: list[Phone] = []
        self._running = False
        if not (home / FILE).exists():
            with tempfile.TemporaryDirectory() as directory:
                self.begin(office.export(Path(directory)))

    def begin(self, media: Path) -> None:
        loading.begin(self.home, read_media(media, domain_key=None), now=time.time())

    def load(self, sequence: int) -> None:
        """Load what the office would export now, as `crs load` does, beside a running server."""
        database = Database(self.home / FILE)
        with tempfile.TemporaryDirectory() as directory:
            media = read_media(self.office.export(Path(directory), sequence), domain_key=self.office.key)
            loading.renew(self.home, database, media, now=time.time())
        database.close()

    def befriend(self, *partners: Partner) -> None:
        """Load media with these partners and no others."""
        self.office.partners = partners
        database = Database(self.home / FILE)
        sequence = database.domain().sequence + 1
        database.close()
        self.load(sequence)

    def review(self) -> None:
        """Acknowledge the log, as `crs log review --ack` does, beside a running server."""
        database = Database(self.home / FILE)
        review.acknowledge(database, now=time.time())
        database.close()

    def enrol_all(self) -> None:
        """Mark every card as used, as its first contact would."""
        database = Database(self.home / FILE)
        for card in self.office.cards:
            use_serial(
                database, serial=str(card.serial), tel=card.tel, nonce_hash=bytes(32), now=self.clock.unix()
            )
        database.close()

    def log(self) -> list[Entry]:
        """Return the log, after everything posted so far has been written."""
        if self._running:
            self.run(self.crs._writer.run(lambda: None))
        database = Database(self.home / FILE)
        entries = list(Journal(database).entries())
        database.close()
        return entries

    def alarms(self, event: str) -> list[Entry]:
        return [entry for entry in self.log() if entry.event == event]

    def __enter__(self) -> Site:
        config = self._options.pop("config", None) or Config(
            listen="0.0.0.0", port=0, relay_ports="20000-20999"
        )
        observer: PacketObserver = lambda relay_id, side, packet: self.packets.append(bytes(packet))  # noqa: E731
        self.crs = CRS(self.home, config=config, clock=self.clock, on_packet=observer, **self._options)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        try:
            self.run(self.crs.start())
        except BaseException:
            self._end_loop()
            raise
        self._running = True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for phone in self._phones:
            phone.hang_up_line()
        self._running = False
        try:
            self.run(self.crs.stop())
        finally:
            self._end_loop()

    def _end_loop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def run(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(TIMEOUT)

    def turn(self, seconds: float) -> None:
        """Let time pass and have the server look at the clock."""
        self.clock.turn(seconds)

        async def tick() -> None:
            self.crs.tick()

        self.run(tick())

    def phone(self, card: Card | None, *, host: str = LOOPBACK, office: Office | None = None) -> Phone:
        """Connect as a phone with this card, from this address."""
        context = (office or self.office).client_context(card)
        context.load_verify_locations(cadata=self.office.anchor)
        plain = socket.create_connection((LOOPBACK, self.crs.sip_port), TIMEOUT, source_address=(host, 0))
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        phone = Phone(card, context.wrap_socket(plain, server_hostname=LOOPBACK))
        self._phones.append(phone)
        return phone

    def registered(self, card: Card, *, host: str = LOOPBACK) -> Phone:
        """Connect and register."""
        phone = self.phone(card, host=host)
        assert phone.ask(phone.register()).status == 200
        return phone


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
