"""CRS media: the one signed directory that a CMS carries to its CRS. One way: nothing ever comes back.

    manifest      signed: sequence, issued, domain, organisation, domain key; name, size, SHA-256 of each file
    roster        numbers, card serials, states, hashes of their PVTs; no names
    domains       KMS public keys and domain key of this domain; the same, CRS and prefixes of its partners
    blocked       serials of cards that must not be served any more
    revoked       the signed revocation list, to be handed to every phone
    crs.crt/.key  TLS certificate and private key of the CRS (PEM)
    packs         every phone's pack, each after its length (4 octets); opaque to the CRS
    bulletin-2026-12, issuance-2026-12   what all phones are to know; the former opaque to the CRS

Only bytes here. Whoever walks the directory refuses links, devices, foreign names and files over their caps
first.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from crypto import bulletin, cbor, domain, issuance, pack, revocation, signed
from crypto.domain import DomainCertificate, Partner
from crypto.errors import PackageError
from crypto.fields import check_domain, check_length, check_serial, check_time, tel_from_int, tel_to_int
from crypto.pack import PackAddress
from crypto.revocation import RevocationList
from crypto.secret import Secret

VERSION = 3
MANIFEST = "manifest"
ROSTER, DOMAINS, BLOCKED, REVOKED = "roster", "domains", "blocked", "revoked"
TLS_CERTIFICATE, TLS_KEY = "crs.crt", "crs.key"
PACKS = "packs"
BULLETIN, ISSUANCE = "bulletin-", "issuance-"
MAX_USERS = 100_000
MAX_CARDS = 2 * MAX_USERS
"""Blocked ones stay in the roster: a card for everybody, and another for each that was lost."""
MAX_MANIFEST_OCTETS = 64 * 1024
MAX_FILES = 64
MAX_PACKS = 2 * MAX_USERS
"""A first pack and a monthly one for everybody."""
NAME = re.compile(
    r"manifest|roster|domains|blocked|revoked|crs\.crt|crs\.key|packs|(?:bulletin|issuance)-[0-9]{4}-[0-9]{2}"
)
"""Every name that may stand on the media; anything else is refused before it is read."""
_MAX_OCTETS = {
    MANIFEST: MAX_MANIFEST_OCTETS,
    ROSTER: 16 * 1024 * 1024,
    DOMAINS: 4 * 1024 * 1024,
    BLOCKED: 4 * 1024 * 1024,
    REVOKED: revocation.MAX_OCTETS,
    TLS_CERTIFICATE: 16 * 1024,
    TLS_KEY: 4 * 1024,
    PACKS: 512 * 1024 * 1024,
    BULLETIN: bulletin.MAX_OCTETS,
    ISSUANCE: issuance.MAX_OCTETS,
}
_LENGTH = 4
_LABEL = "CRS media"
_SEQUENCE, _ISSUED, _DOMAIN, _ORGANISATION, _DOMAIN_KEY, _FILES = range(1, 7)
_FIELDS = {
    _SEQUENCE: int, _ISSUED: int, _DOMAIN: str, _ORGANISATION: str, _DOMAIN_KEY: bytes, _FILES: list,
}  # fmt: skip


class CardState(IntEnum):
    """What the CRS may do with a card's holder."""

    ACTIVE = 0
    BLOCKED = 1


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """One card. `expires` (Unix seconds) bounds its first contact; `pvt_hash` is `revocation.pvt_hash`."""

    tel: str
    serial: int
    state: CardState
    expires: int
    pvt_hash: bytes


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class CRSMedia:
    """The content of CRS media. `bulletins` and `issuance` are by month; `blocked` holds serials.

    `tls_certificate` and `tls_key` are PEM. `sequence` rises by one with every export.
    """

    sequence: int
    issued: int
    own: DomainCertificate
    organisation: str
    roster: tuple[RosterEntry, ...]
    packs: tuple[bytes, ...]
    bulletins: Mapping[str, bytes]
    issuance: Mapping[str, bytes]
    partners: tuple[Partner, ...]
    blocked: frozenset[int]
    revoked: RevocationList
    revoked_octets: bytes
    tls_certificate: str
    tls_key: Secret

    @property
    def domain(self) -> str:
        """The domain's name, which is also its KMS URI."""
        return self.own.kms_uri


def max_octets(name: str) -> int:
    """Return how large a file of this name may be. Raises PackageError E03 for a foreign name."""
    if not NAME.fullmatch(name):
        raise cbor.damaged("a file that does not belong on CRS media")
    return _MAX_OCTETS[name if name in _MAX_OCTETS else name[: name.index("-") + 1]]


def build(media: CRSMedia, *, domain_private: Secret) -> dict[str, bytes]:
    """Return the files of the media by name, the manifest last, so that a directory without one is not
    complete.
    """
    rows = [
        [tel_to_int(entry.tel), entry.serial, int(entry.state), entry.expires, entry.pvt_hash]
        for entry in sorted(media.roster, key=lambda entry: (entry.tel, entry.serial))
    ]
    files = {
        ROSTER: cbor.encode(rows),
        DOMAINS: cbor.encode([domain.to_row(media.own), domain.to_rows(media.partners)]),
        BLOCKED: cbor.encode(sorted(media.blocked)),
        REVOKED: media.revoked_octets,
        TLS_CERTIFICATE: media.tls_certificate.encode(),
        TLS_KEY: media.tls_key.expose(),
        PACKS: b"".join(len(octets).to_bytes(_LENGTH, "big") + octets for octets in media.packs),
        **{BULLETIN + month: octets for month, octets in media.bulletins.items()},
        **{ISSUANCE + month: octets for month, octets in media.issuance.items()},
    }
    body = {
        _SEQUENCE: media.sequence,
        _ISSUED: media.issued,
        _DOMAIN: media.domain,
        _ORGANISATION: media.organisation,
        _DOMAIN_KEY: media.own.domain_key,
        _FILES: [[name, len(files[name]), hashlib.sha256(files[name]).digest()] for name in sorted(files)],
    }
    return files | {MANIFEST: signed.sign(_LABEL, VERSION, body, domain_private)}


def read(files: Mapping[str, bytes], domain_key: bytes | None = None) -> CRSMedia:
    """Verify and read all files of the media by name.

    `domain_key` is the key that this CRS already knows; None (a new CRS) takes the manifest's own, whose
    fingerprint the operator then compares. Raises PackageError E02, E03, or E04 if it is not this domain's.
    """
    if MANIFEST not in files:
        raise cbor.damaged("no manifest: the export was not finished, or this is not CRS media")
    body = _manifest(files[MANIFEST], domain_key)
    _check_files(files, body[_FILES])
    own, partners = _domains(files[DOMAINS])
    if (own.kms_uri, own.domain_key) != (body[_DOMAIN], body[_DOMAIN_KEY]):
        raise cbor.damaged("the domain's own certificate is not the manifest's")
    revoked = revocation.parse(files[REVOKED], own.domain_key)
    if revoked.domain != body[_DOMAIN]:
        raise cbor.damaged("the revocation list is of another domain")
    roster = _roster(files[ROSTER])
    return CRSMedia(
        sequence=body[_SEQUENCE],
        issued=check_time(body[_ISSUED]),
        own=own,
        organisation=body[_ORGANISATION],
        roster=roster,
        packs=_packs(files[PACKS], own.domain_key, {entry.serial for entry in roster}),
        bulletins=_bulletins(files, own),
        issuance=_issuance(files, own),
        partners=partners,
        blocked=_blocked(files[BLOCKED]),
        revoked=revoked,
        revoked_octets=files[REVOKED],
        tls_certificate=_ascii(files[TLS_CERTIFICATE]),
        tls_key=Secret(files[TLS_KEY]),
    )


def _manifest(octets: bytes, domain_key: bytes | None) -> dict[int, Any]:
    what = "manifest"
    body, _ = signed.split(octets, version=VERSION, what=what, max_octets=MAX_MANIFEST_OCTETS)
    values = cbor.fields(body, _FIELDS)
    own_key = check_length("the domain key", values[_DOMAIN_KEY], signed.DOMAIN_KEY_OCTETS)
    signed.verify(_LABEL, octets, own_key if domain_key is None else domain_key, what=what)
    if domain_key not in (None, own_key):
        raise PackageError("E04", "these media are of another domain")
    try:
        check_domain(values[_DOMAIN])
    except ValueError as error:
        raise cbor.damaged("not a domain") from error
    if values[_SEQUENCE] < 1:
        raise cbor.damaged("not a sequence number")
    return values


def _check_files(files: Mapping[str, bytes], listed: list[Any]) -> None:
    """Hold what is there against what the signed manifest lists: nothing missing, nothing more, nothing
    changed.
    """
    expected = {
        name: (size, digest) for name, size, digest in cbor.rows(listed, (str, int, bytes), at_most=MAX_FILES)
    }
    if len(expected) != len(listed) or MANIFEST in expected:
        raise cbor.damaged("the manifest lists a file twice")
    if set(files) - {MANIFEST} != set(expected):
        raise cbor.damaged("files are missing, or files are there that the manifest does not list")
    if not {ROSTER, DOMAINS, BLOCKED, REVOKED, TLS_CERTIFICATE, TLS_KEY, PACKS} <= set(expected):
        raise cbor.damaged("the manifest does not list every part")
    for name, (size, digest) in expected.items():
        octets = files[name]
        if len(octets) > max_octets(name) or len(octets) != size or hashlib.sha256(octets).digest() != digest:
            raise cbor.damaged(f"{name} is not what the manifest says: make new media")


def _roster(octets: bytes) -> tuple[RosterEntry, ...]:
    value = cbor.decode(octets, max_octets=_MAX_OCTETS[ROSTER])
    entries = []
    for number, serial, state, expires, digest in cbor.rows(
        value, (int, int, int, int, bytes), at_most=MAX_CARDS
    ):
        try:
            card_state = CardState(state)
        except ValueError as error:
            raise cbor.damaged("an unknown state in the roster") from error
        check_length("a hash", digest, revocation.HASH_OCTETS)
        entries.append(
            RosterEntry(tel_from_int(number), check_serial(serial), card_state, check_time(expires), digest)
        )
    if len({entry.serial for entry in entries}) != len(entries):
        raise cbor.damaged("a serial appears twice in the roster")
    active = [entry.tel for entry in entries if entry.state is CardState.ACTIVE]
    if len(set(active)) != len(active):
        raise cbor.damaged("a number has two active cards")
    return tuple(entries)


def _domains(octets: bytes) -> tuple[DomainCertificate, tuple[Partner, ...]]:
    value = cbor.decode(octets, max_octets=_MAX_OCTETS[DOMAINS])
    [[own, partners]] = cbor.rows([value], (list, list), at_most=1)
    read = domain.from_row(own)
    return read, domain.from_rows(partners, home=read.kms_uri)


def _blocked(octets: bytes) -> frozenset[int]:
    value = cbor.decode(octets, max_octets=_MAX_OCTETS[BLOCKED])
    if type(value) is not list or any(type(serial) is not int for serial in value):
        raise cbor.damaged("not a block list")
    return frozenset(check_serial(serial) for serial in value)


def _packs(octets: bytes, domain_key: bytes, serials: set[int]) -> tuple[bytes, ...]:
    packs: list[bytes] = []
    found: set[PackAddress] = set()
    at = 0
    while at < len(octets):
        begin = at + _LENGTH
        at = begin + int.from_bytes(octets[at:begin], "big")
        if at > len(octets) or at - begin > pack.MAX_OCTETS or len(packs) >= MAX_PACKS:
            raise cbor.damaged("the packs are cut short, or one is too large")
        packs.append(octets[begin:at])
        where = pack.address(packs[-1], domain_key)
        if where.serial not in serials or where in found:
            raise cbor.damaged("a pack that is nobody's, or twice somebody's")
        found.add(where)
    return tuple(packs)


def _bulletins(files: Mapping[str, bytes], own: DomainCertificate) -> dict[str, bytes]:
    found = {}
    for month, octets in _of_months(files, BULLETIN):
        where = bulletin.address(octets, own.domain_key)
        if (where.domain, where.month) != (own.kms_uri, month):
            raise cbor.damaged("a bulletin of another domain or month")
        found[month] = octets
    return found


def _issuance(files: Mapping[str, bytes], own: DomainCertificate) -> dict[str, bytes]:
    found = {}
    for month, octets in _of_months(files, ISSUANCE):
        head, _ = issuance.open(octets, own.domain_key)
        if (head.domain, head.month) != (own.kms_uri, month):
            raise cbor.damaged("an issuance list of another domain or month")
        found[month] = octets
    return found


def _of_months(files: Mapping[str, bytes], prefix: str) -> list[tuple[str, bytes]]:
    return [(name.removeprefix(prefix), files[name]) for name in sorted(files) if name.startswith(prefix)]


def _ascii(octets: bytes) -> str:
    try:
        return octets.decode("ascii")
    except UnicodeDecodeError as error:
        raise cbor.damaged("a certificate that is not PEM") from error
