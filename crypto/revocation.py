"""The list of revoked signing keys: numbered, dated, signed by the domain, enforced by every phone.

RFC 6509 cannot revoke an identity inside its month. But every ECCSI signature carries its signer's PVT, and a
new card for the same number gets a new one; so a PVT can be refused by its hash.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from crypto import cbor, signed
from crypto.domain import MAX_PARTNERS
from crypto.fields import check_domain, check_length, check_time
from crypto.secret import Secret

VERSION = 1
MAX_REVOKED = 100_000
MAX_OCTETS = 4 * 1024 * 1024
_LABEL = "revocation list"
_DOMAIN, _NUMBER, _ISSUED, _HASHES = range(1, 5)
HASH_OCTETS = 32
MAX_FOREIGN_OCTETS = 256 * 1024
"""Of a partner's list that comes over the link of two servers: some 8,000 keys."""
MAX_BUNDLE_OCTETS = 4 * 1024 * 1024
"""Of all partners' lists together, so that none of them fills our phones' vaults."""
MAX_FOREIGN_KEYS = MAX_BUNDLE_OCTETS // HASH_OCTETS


def pvt_hash(pvt: bytes) -> bytes:
    """Return SHA-256 of a PVT of 65 octets (`04‖x‖y`)."""
    return hashlib.sha256(pvt).digest()


@dataclass(frozen=True, slots=True)
class RevocationList:
    """Hashes of revoked PVTs; a higher `number` replaces a lower one. `issued` is in Unix seconds."""

    domain: str
    number: int
    issued: int
    hashes: frozenset[bytes]

    def body(self) -> dict[int, object]:
        """Return what is encoded, on its own or inside a pack."""
        return {
            _DOMAIN: self.domain,
            _NUMBER: self.number,
            _ISSUED: self.issued,
            _HASHES: b"".join(sorted(self.hashes)),
        }

    @classmethod
    def from_body(cls, body: object) -> RevocationList:
        """Inverse of `body`. Raises PackageError E03."""
        values = cbor.fields(body, {_DOMAIN: str, _NUMBER: int, _ISSUED: int, _HASHES: bytes})
        joined = values[_HASHES]
        hashes = [joined[at : at + HASH_OCTETS] for at in range(0, len(joined), HASH_OCTETS)]
        if len(hashes) > MAX_REVOKED or hashes != sorted(set(hashes)) or values[_NUMBER] < 0:
            raise cbor.damaged("not a revocation list")
        if hashes:
            check_length("the last hash", hashes[-1], HASH_OCTETS)
        try:
            domain = check_domain(values[_DOMAIN])
        except ValueError as error:
            raise cbor.damaged("not a domain") from error
        return cls(domain, values[_NUMBER], check_time(values[_ISSUED]), frozenset(hashes))


def build(revoked: RevocationList, *, domain_private: Secret) -> bytes:
    """Return the signed list, as it travels through the CRS."""
    return signed.sign(_LABEL, VERSION, revoked.body(), domain_private)


def parse(octets: bytes, domain_key: bytes, *, max_octets: int = MAX_OCTETS) -> RevocationList:
    """Verify and read a signed list. Raises PackageError E02, E03 or E04."""
    body = signed.read(
        _LABEL, octets, domain_key, version=VERSION, what="revocation list", max_octets=max_octets
    )
    return RevocationList.from_body(body)


def says(octets: bytes) -> str:
    """Return whose list this says that it is, before anything of it is verified. Raises PackageError."""
    body, _ = signed.split(octets, version=VERSION, what="revocation list", max_octets=MAX_FOREIGN_OCTETS)
    return RevocationList.from_body(body).domain


def bundle(lists: Iterable[bytes]) -> bytes:
    """Put lists of several domains together, each with its own signature: the small ones first, as many as
    4 MiB take, so that a large one keeps out none but itself.
    """
    taken: list[bytes] = []
    left = MAX_BUNDLE_OCTETS - 16
    for octets in sorted(lists, key=lambda one: (len(one), one)):
        left -= len(octets) + 5
        if left < 0:
            break
        taken.append(octets)
    return cbor.encode(taken)


def unbundle(octets: bytes) -> list[bytes]:
    """Inverse of `bundle`; nothing of what it returns is verified. Raises PackageError E03."""
    lists = cbor.decode(octets, max_octets=MAX_BUNDLE_OCTETS)
    if type(lists) is not list or len(lists) > MAX_PARTNERS or any(type(one) is not bytes for one in lists):
        raise cbor.damaged("not a bundle of revocation lists")
    return lists
