"""The issuance log: every signing key that a CMS makes is a leaf of a public list, one list for each month.

    leaf   64 octets: SHA-256 of whose key it is ‖ SHA-256 of its PVT
    head   signed: domain, month, number of leaves, Merkle root (RFC 9162), time

Whoever holds the keys of a CMS can make a second key for anybody. It needs another PVT, the PVT travels in
every ECCSI signature, and a phone accepts only a PVT that is in the list: so the second key has to be in the
list too, where the phone it imitates finds it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crypto import cbor, signed
from crypto.errors import PackageError
from crypto.fields import check_domain, check_length, check_time, month_from_int, month_moment, month_to_int
from crypto.identifier import monthly
from crypto.merkle import HASH_OCTETS, Tree, leaf_hash
from crypto.revocation import pvt_hash
from crypto.secret import Secret

VERSION = 1
LEAF_OCTETS = 2 * HASH_OCTETS
MAX_LEAVES = 200_000
MAX_HEAD_OCTETS = 512
MAX_OCTETS = LEAF_OCTETS * MAX_LEAVES + MAX_HEAD_OCTETS + 16
_LABEL = "issuance head"
_DOMAIN, _MONTH, _SIZE, _ROOT, _ISSUED = range(1, 6)
_FIELDS = {_DOMAIN: str, _MONTH: int, _SIZE: int, _ROOT: bytes, _ISSUED: int}


@dataclass(frozen=True, slots=True)
class TreeHead:
    """What the list of a month was when it was signed. `root` has 32 octets, `issued` is in Unix seconds."""

    domain: str
    month: str
    size: int
    root: bytes
    issued: int

    def sign(self, domain_private: Secret) -> bytes:
        """Return the signed head, as it travels."""
        body = {
            _DOMAIN: self.domain,
            _MONTH: month_to_int(self.month),
            _SIZE: self.size,
            _ROOT: self.root,
            _ISSUED: self.issued,
        }
        return signed.sign(_LABEL, VERSION, body, domain_private)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One signing key: `whose` and `pvt` are hashes of 32 octets."""

    whose: bytes
    pvt: bytes

    @property
    def octets(self) -> bytes:
        """The 64 octets of the leaf."""
        return self.whose + self.pvt


def whose(domain: str, tel: str, month: str) -> bytes:
    """Return the hash that stands for a number's keys of a month in a domain."""
    identity = monthly(tel, month_moment(month))
    return hashlib.sha256(b"sottovoce issuance\0" + domain.encode() + b"\0" + identity).digest()


def leaf(domain: str, tel: str, month: str, pvt: bytes) -> Leaf:
    """Return the leaf of a signing key; `pvt` has 65 octets."""
    return Leaf(whose(domain, tel, month), pvt_hash(check_length("PVT", pvt, 65)))


def tree(leaves: Iterable[Leaf]) -> Tree:
    """Return the Merkle tree over leaves in the order in which the keys were made."""
    return Tree(leaf_hash(one.octets) for one in leaves)


def build(leaves: Sequence[Leaf], *, head: TreeHead, domain_private: Secret) -> bytes:
    """Return a month's list with its signed head, as they travel together."""
    return cbor.encode([head.sign(domain_private), b"".join(one.octets for one in leaves)])


def open(octets: bytes, domain_key: bytes) -> tuple[TreeHead, tuple[Leaf, ...]]:
    """Verify and read a month's list. Raises PackageError E02, E03, E04."""
    [[signed_head, listed]] = cbor.rows(
        [cbor.decode(octets, max_octets=MAX_OCTETS)], (bytes, bytes), at_most=1
    )
    head = parse_head(signed_head, domain_key)
    return head, _leaves(listed, head)


def parse_head(octets: bytes, domain_key: bytes) -> TreeHead:
    """Verify and read a head. Raises PackageError E02, E03 or E04."""
    body = signed.read(
        _LABEL, octets, domain_key, version=VERSION, what="issuance head", max_octets=MAX_HEAD_OCTETS
    )
    values = cbor.fields(body, _FIELDS)
    if not 0 <= values[_SIZE] <= MAX_LEAVES:
        raise cbor.damaged("a list of impossible length")
    try:
        domain = check_domain(values[_DOMAIN])
    except ValueError as error:
        raise cbor.damaged("not a domain") from error
    return TreeHead(
        domain=domain,
        month=month_from_int(values[_MONTH]),
        size=values[_SIZE],
        root=check_length("the root", values[_ROOT], HASH_OCTETS),
        issued=check_time(values[_ISSUED]),
    )


def others(leaves: Iterable[Leaf], *, own: Leaf, revoked: frozenset[bytes]) -> int:
    """Return how many other keys for our own number and month there are that nobody has revoked.

    Anything but 0 means that somebody else may speak as us. Raises PackageError E04 if our own key is not in
    the list: then our peers will refuse it.
    """
    ours = [one.pvt for one in leaves if one.whose == own.whose]
    if own.pvt not in ours:
        raise PackageError("E04", "our own key is not in the issuance list: tell security")
    return len([pvt for pvt in ours if pvt != own.pvt and pvt not in revoked]) + ours.count(own.pvt) - 1


def _leaves(octets: bytes, head: TreeHead) -> tuple[Leaf, ...]:
    if len(octets) != LEAF_OCTETS * head.size:
        raise cbor.damaged(f"a list of {len(octets)} octets for {head.size} leaves")
    leaves = tuple(
        Leaf(octets[at : at + HASH_OCTETS], octets[at + HASH_OCTETS : at + LEAF_OCTETS])
        for at in range(0, len(octets), LEAF_OCTETS)
    )
    if tree(leaves).root() != head.root:
        raise PackageError("E04", "this issuance list is not the one that was signed: tell security")
    return leaves
