"""What the vault and its journal hold, as deterministic CBOR behind a version octet.

    vault    4 ‖ { 1 current, 2 pending, 3 used serials, 4 begun [serial, nonce] …, 5 records key, 6 emptied,
                 7 retired domain keys }      version 3 is read too, not written: `firmware.vault_before`
    journal  1 ‖ { 1 last time seen, 2 replay cache }

The journal has no keys: it changes with every call, and the vault need not be written for that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from crypto import cbor, domain
from crypto.bulletin import KEY_OCTETS, MAX_DIRECTORY, PolicyValue, revoked_by
from crypto.domain import Partner
from crypto.enrolment import NONCE_OCTETS
from crypto.errors import PackageError
from crypto.fields import (
    check_length,
    check_serial,
    check_time,
    month_end,
    month_from_int,
    month_moment,
    month_to_int,
    tel_from_int,
    tel_to_int,
)
from crypto.identifier import monthly
from crypto.kms import KMSCertificate
from crypto.merkle import HASH_OCTETS
from crypto.replays import ReplayCache
from crypto.revocation import RevocationList
from crypto.secret import Secret
from firmware import vault_before
from firmware.vault import MAX_OCTETS, VaultDamaged

VERSION = 4
"""2 in its place says that the content is behind a PIN (`firmware.vault_lock`)."""
JOURNAL_VERSION = 1
MAX_MONTHS = 4
MAX_RETIRED = 16
"""Domain keys remembered that another of the same domain has replaced, newest last."""
MAX_SERIALS = 64
"""Serials remembered, newest last. A card lives for days: older ones are refused for their date."""

_MONTH_ROW = (int, bytes, bytes, bytes, bytes, bytes)
_IDENTITY = {
    1: int, 2: str, 3: str, 4: str, 5: int, 6: str, 7: bytes, 8: list, 9: bytes, 10: bytes,
}  # fmt: skip
_ENROLLED = {
    1: dict,
    2: bytes,
    3: list,
    4: dict,
    5: list,
    6: dict,
    7: list,
    8: int,
    9: int,
    10: list,
    11: list,
    12: list,
}
_SEEN_ROW = (int, int, bytes, int, int)
_KEY_ROW = (int, bytes)
_PENDING = {1: dict, 2: bytes}
_VAULT = {3: list, 4: list}
_VAULT_PARTS = {1: dict, 2: dict, 5: bytes, 6: bool, 7: list}
RECORDS_KEY_OCTETS = 32
_JOURNAL = {1: int, 2: bytes}


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class HeldMonth:
    """The keys of one month: RSK 257 octets, SSK 32, PVT 65, and the KMS that made them as it was then."""

    month: str
    rsk: Secret
    ssk: Secret
    pvt: bytes
    kms: KMSCertificate


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Identity:
    """Who this phone is, with its keys. `tls_key` is Ed25519 and `transport_key` X25519, 32 octets each."""

    tel: str
    name: str
    organisation: str
    crs: str
    serial: int
    domain: str
    domain_key: bytes
    months: tuple[HeldMonth, ...]
    tls_key: Secret
    transport_key: Secret

    @property
    def expires(self) -> int:
        """End of the last month whose keys are held, Unix seconds; 0 if none are left."""
        return max((month_end(held.month) for held in self.months), default=0)

    def identifier(self, month: str) -> bytes:
        """The identifier of this number in a month (RFC 6509 §3.2)."""
        return monthly(self.tel, month_moment(month))

    def wipe(self) -> None:
        """Wipe every key."""
        for held in self.months:
            held.rsk.wipe()
            held.ssk.wipe()
        self.tls_key.wipe()
        self.transport_key.wipe()


@dataclass(frozen=True, slots=True)
class SeenIssuance:
    """A month's issuance list as it was last seen: leaves, Merkle root, other keys for our own number, and
    months of anybody that were opened for a case.
    """

    month: str
    size: int
    root: bytes
    others: int
    openings: int = 0


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Enrolled:
    """An identity that its CRS has accepted, what its packs have brought, and the newest bulletin.

    `bulletin_keys` are by month; `packed` is the month of the last pack that was opened, `bulletin` the
    number of the bulletin that partners, their revocation lists, policy and directory are from (0: none yet).
    `partners_fetched` are the lists that partners' servers have given since, one for each at most.
    """

    identity: Identity
    client_certificate: bytes
    partners: tuple[Partner, ...]
    policy: Mapping[str, PolicyValue]
    directory: tuple[tuple[str, str], ...]
    revoked: RevocationList
    bulletin_keys: tuple[tuple[str, Secret], ...]
    packed: str
    bulletin: int = 0
    issuance: tuple[SeenIssuance, ...] = ()
    partners_revoked: tuple[RevocationList, ...] = ()
    partners_fetched: tuple[RevocationList, ...] = ()


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Pending:
    """An identity whose first contact has not been answered yet, and the nonce with which it asks."""

    identity: Identity
    nonce: bytes


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class VaultContent:
    """Everything in the vault. `begun` holds (serial, nonce): the same card asks with the same nonce.

    `records_key` (32 octets) seals the records behind the PIN; `emptied` says that everything is being
    destroyed and what else lies on the disk has still to go. `retired` are domain keys (32 octets) that
    another key of the same domain has replaced here: theirs are cards of a compromised CMS.
    """

    current: Enrolled | None = None
    pending: Pending | None = None
    used: tuple[int, ...] = ()
    begun: tuple[tuple[int, bytes], ...] = ()
    records_key: Secret | None = None
    emptied: bool = False
    retired: tuple[bytes, ...] = ()

    def encode(self) -> bytes:
        """Return the octets to be sealed."""
        body: dict[int, object] = {
            3: list(self.used[-MAX_SERIALS:]),
            4: [[serial, nonce] for serial, nonce in self.begun[-MAX_SERIALS:]],
        }
        if self.current is not None:
            body[1] = _enrolled_body(self.current)
        if self.pending is not None:
            body[2] = {1: _identity_body(self.pending.identity), 2: self.pending.nonce}
        if self.records_key is not None:
            body[5] = self.records_key.expose()
        if self.emptied:
            body[6] = True
        if self.retired:
            body[7] = list(self.retired[-MAX_RETIRED:])
        return bytes([VERSION]) + cbor.encode(body)

    @classmethod
    def decode(cls, octets: bytes) -> VaultContent:
        """Inverse of `encode`. Raises VaultDamaged."""
        try:
            older = vault_before.migrated(octets)
            body = _body(octets, VERSION, "vault") if older is None else older
            values = cbor.fields(body, _VAULT, _VAULT_PARTS)
            pending = cbor.fields(values[2], _PENDING) if 2 in values else None
            return cls(
                current=_enrolled(values[1]) if 1 in values else None,
                pending=None if pending is None else Pending(_identity(pending[1]), _nonce(pending[2])),
                used=tuple(check_serial(serial) for [serial] in _singles(values[3])),
                begun=tuple(
                    (check_serial(serial), _nonce(nonce))
                    for serial, nonce in cbor.rows(values[4], (int, bytes), at_most=MAX_SERIALS)
                ),
                records_key=_records_key(values[5]) if 5 in values else None,
                emptied=_only_true(values.get(6)),
                retired=_retired(values[7]) if 7 in values else (),
            )
        except PackageError as error:
            raise VaultDamaged(f"the vault cannot be read: {error}") from error


@dataclass(slots=True)
class Journal:
    """What calls leave behind: the latest time that a CRS has vouched for, and the replay cache."""

    last_seen: int = 0
    replays: ReplayCache = field(default_factory=ReplayCache)

    def encode(self) -> bytes:
        """Return the octets to be sealed."""
        return bytes([JOURNAL_VERSION]) + cbor.encode({1: self.last_seen, 2: self.replays.encode()})

    @classmethod
    def decode(cls, octets: bytes) -> Journal:
        """Inverse of `encode`. Raises VaultDamaged."""
        body = _body(octets, JOURNAL_VERSION, "journal")
        try:
            values = cbor.fields(body, _JOURNAL)
            return cls(check_time(values[1]), ReplayCache.decode(values[2]))
        except (PackageError, ValueError) as error:
            raise VaultDamaged(f"the journal cannot be read: {error}") from error


def _body(octets: bytes, version: int, what: str) -> object:
    if octets[:1] != bytes([version]):
        raise VaultDamaged(f"the {what} is of another version: update this phone")
    try:
        return cbor.decode(octets[1:], max_octets=MAX_OCTETS)
    except PackageError as error:
        raise VaultDamaged(f"the {what} cannot be read: {error}") from error


def _identity_body(identity: Identity) -> dict[int, object]:
    return {
        1: tel_to_int(identity.tel),
        2: identity.name,
        3: identity.organisation,
        4: identity.crs,
        5: identity.serial,
        6: identity.domain,
        7: identity.domain_key,
        8: [
            [
                month_to_int(held.month),
                held.rsk.expose(),
                held.ssk.expose(),
                held.pvt,
                held.kms.sakke_public_key,
                held.kms.eccsi_public_key,
            ]
            for held in identity.months
        ],
        9: identity.tls_key.expose(),
        10: identity.transport_key.expose(),
    }


def _identity(body: object) -> Identity:
    values = cbor.fields(body, _IDENTITY)
    rows = cbor.rows(values[8], _MONTH_ROW, at_most=MAX_MONTHS)
    return Identity(
        tel=tel_from_int(values[1]),
        name=values[2],
        organisation=values[3],
        crs=values[4],
        serial=check_serial(values[5]),
        domain=values[6],
        domain_key=check_length("the domain key", values[7], 32),
        months=tuple(
            HeldMonth(
                month_from_int(month),
                Secret(check_length("RSK", rsk, 257)),
                Secret(check_length("SSK", ssk, 32)),
                check_length("PVT", pvt, 65),
                KMSCertificate(values[6], check_length("Z", z, 257), check_length("KPAK", kpak, 65)),
            )
            for month, rsk, ssk, pvt, z, kpak in rows
        ),
        tls_key=Secret(check_length("the TLS key", values[9], 32)),
        transport_key=Secret(check_length("the transport key", values[10], 32)),
    )


def _enrolled_body(enrolled: Enrolled) -> dict[int, object]:
    return {
        1: _identity_body(enrolled.identity),
        2: enrolled.client_certificate,
        3: domain.to_rows(enrolled.partners),
        4: dict(enrolled.policy),
        5: [[tel_to_int(tel), name] for tel, name in enrolled.directory],
        6: enrolled.revoked.body(),
        7: [[month_to_int(month), key.expose()] for month, key in enrolled.bulletin_keys],
        8: enrolled.bulletin,
        9: month_to_int(enrolled.packed),
        10: [
            [month_to_int(seen.month), seen.size, seen.root, seen.others, seen.openings]
            for seen in enrolled.issuance
        ],
        11: [one.body() for one in enrolled.partners_revoked],
        12: [one.body() for one in enrolled.partners_fetched],
    }


def _enrolled(body: object) -> Enrolled:
    values: dict[int, Any] = cbor.fields(body, _ENROLLED)
    directory = cbor.rows(values[5], (int, str), at_most=MAX_DIRECTORY)
    identity = _identity(values[1])
    partners = domain.from_rows(values[3], home=identity.domain)
    return Enrolled(
        identity=identity,
        client_certificate=values[2],
        partners=partners,
        policy=values[4],
        directory=tuple((tel_from_int(number), name) for number, name in directory),
        revoked=RevocationList.from_body(values[6]),
        bulletin_keys=tuple(
            (month_from_int(month), Secret(check_length("a bulletin key", key, KEY_OCTETS)))
            for month, key in cbor.rows(values[7], _KEY_ROW, at_most=MAX_MONTHS)
        ),
        bulletin=values[8],
        packed=month_from_int(values[9]),
        issuance=tuple(
            SeenIssuance(
                month_from_int(month), size, check_length("a root", root, HASH_OCTETS), others, openings
            )
            for month, size, root, others, openings in cbor.rows(values[10], _SEEN_ROW, at_most=MAX_MONTHS)
        ),
        partners_revoked=revoked_by(partners, values[11]),
        partners_fetched=revoked_by(partners, values[12]),
    )


def _singles(value: list[object]) -> list[list[int]]:
    rows: list[list[int]] = cbor.rows([[serial] for serial in value], (int,), at_most=MAX_SERIALS)
    return rows


def _nonce(octets: bytes) -> bytes:
    return check_length("the nonce", octets, NONCE_OCTETS)


def _records_key(octets: bytes) -> Secret:
    return Secret(check_length("the records key", octets, RECORDS_KEY_OCTETS))


def _retired(value: list[object]) -> tuple[bytes, ...]:
    rows = cbor.rows([[key] for key in value], (bytes,), at_most=MAX_RETIRED)
    if not rows:  # written by leaving it out
        raise cbor.damaged("an empty list")
    return tuple(check_length("a domain key", key, 32) for [key] in rows)


def _only_true(value: bool | None) -> bool:
    if value is False:  # written by leaving it out: one vault, one encoding
        raise cbor.damaged("a mark that is not set")
    return value is True
