"""CRS media: the one signed directory that a CMS carries to its CRS. One way: nothing ever comes back.

    manifest      signed: sequence, issued, domain, organisation, domain key; name, size, SHA-256 of each file
    roster        numbers, card serials, states, hashes of their PVTs; no names
    domains       KMS certificate and domain key of this domain (first) and of its partners
    blocked       serials of cards that must not be served any more
    revoked       the signed revocation list, to be handed to every phone
    crs.crt/.key  TLS certificate and private key of the CRS (PEM)
    packs/<serial, 16 hexadecimal digits>     opaque to the CRS

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

from crypto import cbor, domain, pack, revocation, signed
from crypto.domain import DomainCertificate
from crypto.errors import PackageError
from crypto.fields import check_domain, check_length, check_serial, check_time, tel_from_int, tel_to_int
from crypto.revocation import RevocationList
from crypto.secret import Secret

VERSION = 1
MANIFEST = "manifest"
ROSTER, DOMAINS, BLOCKED, REVOKED = "roster", "domains", "blocked", "revoked"
TLS_CERTIFICATE, TLS_KEY = "crs.crt", "crs.key"
PACKS = "packs/"
MAX_USERS = 100_000
MAX_MANIFEST_OCTETS = 16 * 1024 * 1024
MAX_FILES = MAX_USERS + 6
NAME = re.compile(r"manifest|roster|domains|blocked|revoked|crs\.crt|crs\.key|packs/[0-9a-f]{16}")
"""Every name that may stand on the media; anything else is refused before it is read."""
_MAX_OCTETS = {
    MANIFEST: MAX_MANIFEST_OCTETS,
    ROSTER: 16 * 1024 * 1024,
    DOMAINS: 256 * 1024,
    BLOCKED: 4 * 1024 * 1024,
    REVOKED: revocation.MAX_OCTETS,
    TLS_CERTIFICATE: 16 * 1024,
    TLS_KEY: 4 * 1024,
}
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
    """The content of CRS media. `packs` maps a card's serial to its pack; `blocked` holds serials.

    `tls_certificate` and `tls_key` are PEM. `sequence` rises by one with every export.
    """

    sequence: int
    issued: int
    own: DomainCertificate
    organisation: str
    roster: tuple[RosterEntry, ...]
    packs: Mapping[int, bytes]
    partners: tuple[DomainCertificate, ...]
    blocked: frozenset[int]
    revoked: RevocationList
    revoked_octets: bytes
    tls_certificate: str
    tls_key: Secret

    @property
    def domain(self) -> str:
        """The domain's name, which is also its KMS URI."""
        return self.own.kms.kms_uri


def max_octets(name: str) -> int:
    """Return how large a file of this name may be. Raises PackageError E03 for a foreign name."""
    if not NAME.fullmatch(name):
        raise cbor.damaged("a file that does not belong on CRS media")
    return _MAX_OCTETS.get(name, pack.MAX_OCTETS)


def pack_name(serial: int) -> str:
    """Return the file name of a card's pack."""
    return f"{PACKS}{serial:016x}"


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
        DOMAINS: cbor.encode(domain.to_rows([media.own, *media.partners])),
        BLOCKED: cbor.encode(sorted(media.blocked)),
        REVOKED: media.revoked_octets,
        TLS_CERTIFICATE: media.tls_certificate.encode(),
        TLS_KEY: media.tls_key.expose(),
        **{pack_name(serial): octets for serial, octets in sorted(media.packs.items())},
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
    own, *partners = _domains(files[DOMAINS])
    if (own.kms.kms_uri, own.domain_key) != (body[_DOMAIN], body[_DOMAIN_KEY]):
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
        packs=_packs(files, own.domain_key, {entry.serial for entry in roster}),
        partners=tuple(partners),
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
    if not {ROSTER, DOMAINS, BLOCKED, REVOKED, TLS_CERTIFICATE, TLS_KEY} <= set(expected):
        raise cbor.damaged("the manifest does not list every part")
    for name, (size, digest) in expected.items():
        octets = files[name]
        if len(octets) > max_octets(name) or len(octets) != size or hashlib.sha256(octets).digest() != digest:
            raise cbor.damaged(f"{name} is not what the manifest says: make new media")


def _roster(octets: bytes) -> tuple[RosterEntry, ...]:
    value = cbor.decode(octets, max_octets=_MAX_OCTETS[ROSTER])
    entries = []
    for number, serial, state, expires, digest in cbor.rows(
        value, (int, int, int, int, bytes), at_most=MAX_USERS
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


def _domains(octets: bytes) -> tuple[DomainCertificate, ...]:
    domains = domain.from_rows(cbor.decode(octets, max_octets=_MAX_OCTETS[DOMAINS]))
    if not domains:
        raise cbor.damaged("no domain")
    return domains


def _blocked(octets: bytes) -> frozenset[int]:
    value = cbor.decode(octets, max_octets=_MAX_OCTETS[BLOCKED])
    if type(value) is not list or any(type(serial) is not int for serial in value):
        raise cbor.damaged("not a block list")
    return frozenset(check_serial(serial) for serial in value)


def _packs(files: Mapping[str, bytes], domain_key: bytes, serials: set[int]) -> dict[int, bytes]:
    packs = {}
    for name, octets in files.items():
        if name.startswith(PACKS):
            serial = pack.address(octets, domain_key).serial
            if name != pack_name(serial) or serial not in serials:
                raise cbor.damaged("a pack that is nobody's")
            packs[serial] = octets
    return packs


def _ascii(octets: bytes) -> str:
    try:
        return octets.decode("ascii")
    except UnicodeDecodeError as error:
        raise cbor.damaged("a certificate that is not PEM") from error
