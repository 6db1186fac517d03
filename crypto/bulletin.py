"""The bulletin: what every phone of a domain is to know, made once for all of them, opaque to the CRS.

    version 2 ‖ CBOR { 1 domain, 2 month, 3 number, 4 sealed content } ‖ Ed25519 signature by the domain key

The content is sealed under the bulletin key of its month, which each phone's pack of that month brings: so
names and partners may change inside a month without a new pack for anybody. A higher number replaces a lower.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from crypto import cbor, domain, sealing, signed
from crypto.domain import Partner
from crypto.fields import (
    check_domain,
    check_time,
    month_from_int,
    month_to_int,
    tel_from_int,
    tel_to_int,
)
from crypto.revocation import RevocationList
from crypto.secret import Secret

VERSION = 2
MAX_OCTETS = 16 * 1024 * 1024
"""What a phone takes: a directory of a hundred thousand people with long names."""
MAX_DIRECTORY = 100_000
MAX_POLICY = 64
MAX_NAME = 64
KEY_OCTETS = 32
PolicyValue = bool | int | str

_LABEL = "bulletin"
_DOMAIN, _MONTH, _NUMBER, _SEALED = range(1, 5)
_OUTER = {_DOMAIN: str, _MONTH: int, _NUMBER: int, _SEALED: bytes}
_ISSUED, _POLICY, _PARTNERS, _DIRECTORY, _REVOKED = range(1, 6)
_INNER = {_ISSUED: int, _POLICY: dict, _PARTNERS: list, _DIRECTORY: list, _REVOKED: list}
_NONCE = bytes(12)
"""Each number has a key of its own, and each key seals one content."""


@dataclass(frozen=True, slots=True)
class Bulletin:
    """What a bulletin says. `number` is that of the export that it came with; `issued` is in Unix seconds.

    `directory` holds (number, name), in the order of the numbers; `revoked` the newest list of each partner
    that has sent one.
    """

    domain: str
    month: str
    number: int
    issued: int
    policy: Mapping[str, PolicyValue]
    partners: tuple[Partner, ...]
    directory: tuple[tuple[str, str], ...]
    revoked: tuple[RevocationList, ...] = ()


@dataclass(frozen=True, slots=True)
class BulletinAddress:
    """The outside of a bulletin, readable by the CRS."""

    domain: str
    month: str
    number: int


def key_of(domain_private: Secret, month: str) -> Secret:
    """Return a month's bulletin key (32 octets). Only the CMS can; everybody else is told it by a pack."""
    return sealing.derive(domain_private, f"bulletin key {month}")


def build(bulletin: Bulletin, *, key: Secret, domain_private: Secret) -> bytes:
    """Seal and sign a bulletin: the same octets for the same content."""
    outside: dict[int, object] = {
        _DOMAIN: check_domain(bulletin.domain),
        _MONTH: month_to_int(bulletin.month),
        _NUMBER: bulletin.number,
    }
    content = cbor.encode(
        {
            _ISSUED: bulletin.issued,
            _POLICY: dict(bulletin.policy),
            _PARTNERS: domain.to_rows(bulletin.partners),
            _DIRECTORY: [[tel_to_int(tel), name] for tel, name in sorted(bulletin.directory)],
            _REVOKED: [one.body() for one in sorted(bulletin.revoked, key=lambda one: one.domain)],
        }
    )
    sealed = _cipher(key, bulletin.number).encrypt(_NONCE, content, _context(outside))
    octets = signed.sign(_LABEL, VERSION, {**outside, _SEALED: sealed}, domain_private)
    if len(octets) > MAX_OCTETS:
        raise ValueError(f"a bulletin of {len(octets)} octets; at most {MAX_OCTETS} are read")
    return octets


def address(octets: bytes, domain_key: bytes) -> BulletinAddress:
    """Verify a bulletin's signature and return what it is, without opening it.

    Raises PackageError E02, E03, E04.
    """
    return _address(_outside(octets, domain_key))


def open(octets: bytes, *, key: Secret, domain_key: bytes) -> Bulletin:
    """Verify, open and read a bulletin.

    Raises PackageError E02 (newer version), E03 (damaged, or under another key), E04 (not this domain's).
    """
    outside = _outside(octets, domain_key)
    where = _address(outside)
    sealed = outside.pop(_SEALED)
    try:
        plain = _cipher(key, where.number).decrypt(_NONCE, sealed, _context(outside))
    except InvalidTag as error:
        raise cbor.damaged("the bulletin does not open with this month's key") from error
    values = cbor.fields(cbor.decode(plain, max_octets=MAX_OCTETS), _INNER)
    partners = domain.from_rows(values[_PARTNERS], home=where.domain)
    return Bulletin(
        domain=where.domain,
        month=where.month,
        number=where.number,
        issued=check_time(values[_ISSUED]),
        policy=_policy(values[_POLICY]),
        partners=partners,
        directory=_directory(values[_DIRECTORY]),
        revoked=revoked_by(partners, values[_REVOKED]),
    )


def revoked_by(partners: Iterable[Partner], value: Sequence[object]) -> tuple[RevocationList, ...]:
    """Read the revocation lists of partners. Raises PackageError E03, also for one of anybody else."""
    lists = tuple(RevocationList.from_body(body) for body in value)
    names = [one.domain for one in lists]
    if len(set(names)) != len(names) or not set(names) <= {one.name for one in partners}:
        raise cbor.damaged("a revocation list that is no partner's")
    return lists


def _cipher(key: Secret, number: int) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(sealing.derive(key, f"bulletin {number}").expose())


def _outside(octets: bytes, domain_key: bytes) -> dict[int, Any]:
    body = signed.read(_LABEL, octets, domain_key, version=VERSION, what="bulletin", max_octets=MAX_OCTETS)
    return cbor.fields(body, _OUTER)


def _address(outside: Mapping[int, Any]) -> BulletinAddress:
    if outside[_NUMBER] < 0:
        raise cbor.damaged("a number below 0")
    try:
        name = check_domain(outside[_DOMAIN])
    except ValueError as error:
        raise cbor.damaged("not a domain") from error
    return BulletinAddress(name, month_from_int(outside[_MONTH]), outside[_NUMBER])


def _context(outside: Mapping[int, object]) -> bytes:
    return b"bulletin\0" + cbor.encode(dict(outside))


def _policy(value: dict[object, object]) -> dict[str, PolicyValue]:
    if len(value) > MAX_POLICY:
        raise cbor.damaged("too many policies")
    policy: dict[str, PolicyValue] = {}
    for key, setting in value.items():
        if not isinstance(key, str) or not isinstance(setting, bool | int | str):
            raise cbor.damaged("a policy is not a name and a value")
        policy[key] = setting
    return policy


def _directory(value: object) -> tuple[tuple[str, str], ...]:
    entries = []
    for number, name in cbor.rows(value, (int, str), at_most=MAX_DIRECTORY):
        if not name.isprintable() or len(name.encode()) > MAX_NAME:
            raise cbor.damaged("a name in the directory cannot be shown")
        entries.append((tel_from_int(number), name))
    if len({tel for tel, _ in entries}) != len(entries):
        raise cbor.damaged("a number appears twice in the directory")
    return tuple(entries)
