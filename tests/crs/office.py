"""A domain with cards, and the media that it brings to a CRS."""

from __future__ import annotations

import secrets
import ssl
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from crs.database import Database, SameContact, put_serial
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

TIMEOUT = 30.0
"""Seconds that a test waits for what must come. Nothing waits so long when all is well."""

LOOPBACK = "127.0.0.1"
ASHA = "+441632960001"
BEN = "+441632960002"
NOBODY = "+441632960999"


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
