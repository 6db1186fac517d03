"""What custodians hand over: a number's Receiver Secret Key of one month, and the leaf that tells of it.

    file    1 ‖ CBOR { 1 domain, 2 leaf, 3 to whom, 4 sealed content, 5 partners } ‖ Ed25519 signature by the
            domain key; a domain without partners has no field 5
    leaf    64 octets of the month's issuance list: SHA-256 of a fixed mark ‖ commitment

The leaf is public: every phone sees that an opening was made, and how many were. Of whom, for which case and
month is only in the commitment, which nobody can guess (32 random octets); the file opens it. The partners
are public too: without their keys of that month nobody could say who it was that called from there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from crypto import cbor, domain, sealing, signed
from crypto.domain import DomainCertificate, Partner
from crypto.errors import PackageError
from crypto.fields import (
    check_length,
    check_text,
    check_time,
    month_from_int,
    month_to_int,
    tel_from_int,
    tel_to_int,
)
from crypto.issuance import LEAF_OCTETS, Leaf
from crypto.sealing import Cost
from crypto.secret import Secret

VERSION = 1
NONCE_OCTETS = 32
MAX_OCTETS = 512 * 1024
MAX_CASE_OCTETS = 64
_LABEL = "escrow file"
_MARK = hashlib.sha256(b"sottovoce escrow opening").digest()
_DOMAIN, _LEAF, _TO, _SEALED, _PARTNERS = range(1, 6)
_OUTER = {_DOMAIN: list, _LEAF: bytes, _TO: bytes, _SEALED: bytes}
_FOREIGN = {_PARTNERS: list}
_TEL, _MONTH, _CASE, _OPENED, _NONCE, _RSK = range(1, 7)
_INNER = {_TEL: int, _MONTH: int, _CASE: str, _OPENED: int, _NONCE: bytes, _RSK: bytes}


@dataclass(frozen=True, slots=True, repr=False)
class Opening:
    """Whose calls were opened: `tel`, the calls to it in `month`; by which case; `opened` in Unix seconds.

    `nonce` (32 octets) keeps the leaf from being guessed.
    """

    domain: str
    tel: str
    month: str
    case: str
    opened: int
    nonce: bytes

    @property
    def leaf(self) -> Leaf:
        """What the issuance list shows of it."""
        said = [
            self.domain,
            tel_to_int(self.tel),
            month_to_int(self.month),
            self.case,
            self.opened,
            check_length("the nonce", self.nonce, NONCE_OCTETS),
        ]
        return Leaf(_MARK, hashlib.sha256(b"sottovoce escrow commitment\0" + cbor.encode(said)).digest())


@dataclass(frozen=True, slots=True, repr=False)
class EscrowFile:
    """An escrow file, verified and not opened. `to` is the monitoring officer's key, b'' for a passphrase.

    `partners` are those that the domain knew, as far as they have told their keys of the month.
    """

    domain: DomainCertificate
    leaf: Leaf
    to: bytes
    sealed: bytes
    context: bytes
    partners: tuple[Partner, ...] = ()

    def open(self, *, passphrase: str = "", key: Secret | None = None) -> tuple[Opening, Secret]:
        """Return what was opened, and its Receiver Secret Key (257 octets).

        Raises PackageError E10 for a wrong passphrase, E03 for a wrong key or a damaged file, E04 if the leaf
        is not the one of this opening.
        """
        if self.to:
            if key is None:
                raise PackageError("E10", "this file is for an officer's key, not for a passphrase")
            plain = sealing.open_sealed(key, self.sealed, context=self.context)
        else:
            plain = sealing.open_with_code(self.sealed, passphrase, context=self.context)
        values = cbor.fields(cbor.decode(plain, max_octets=MAX_OCTETS), _INNER)
        opening = Opening(
            self.domain.kms_uri,
            tel_from_int(values[_TEL]),
            month_from_int(values[_MONTH]),
            check_case(values[_CASE]),
            check_time(values[_OPENED]),
            check_length("the nonce", values[_NONCE], NONCE_OCTETS),
        )
        if opening.leaf != self.leaf:
            raise PackageError("E04", "the leaf is not that of this opening: do not use it, tell security")
        return opening, Secret(check_length("RSK", values[_RSK], 257))


def check_case(case: str) -> str:
    """Return the number of a case: 1 to 64 octets that can be shown. Raises PackageError E03."""
    try:
        return check_text("case", case, MAX_CASE_OCTETS)
    except ValueError as error:
        raise cbor.damaged("the number of the case cannot be shown") from error


def build(
    opening: Opening,
    rsk: Secret,
    *,
    own: DomainCertificate,
    domain_private: Secret,
    passphrase: str = "",
    to: bytes = b"",
    partners: Sequence[Partner] = (),
    cost: Cost = sealing.DEFAULT_COST,
) -> bytes:
    """Seal under a passphrase, or to an officer's X25519 key (32 octets), and sign. Raises ValueError."""
    if bool(passphrase) == bool(to):
        raise ValueError("an escrow file is for a passphrase or for a key")
    outside: dict[int, object] = {_DOMAIN: domain.to_row(own), _LEAF: opening.leaf.octets, _TO: to}
    if partners:
        outside[_PARTNERS] = domain.to_rows(partners)
    plain = cbor.encode(
        {
            _TEL: tel_to_int(opening.tel),
            _MONTH: month_to_int(opening.month),
            _CASE: opening.case,
            _OPENED: opening.opened,
            _NONCE: opening.nonce,
            _RSK: rsk.expose(),
        }
    )
    context = _context(outside)
    if to:
        sealed = sealing.seal_to(to, plain, context=context)
    else:
        sealed = sealing.seal_under_code(plain, passphrase, context=context, cost=cost)
    return signed.sign(_LABEL, VERSION, {**outside, _SEALED: sealed}, domain_private)


def read(octets: bytes) -> EscrowFile:
    """Read an escrow file and verify it with the domain key that it names. Raises PackageError E02 to E04.

    Whether that is the right domain, its fingerprint says, or the issuance list that has the leaf.
    """
    body, _ = signed.split(octets, version=VERSION, what=_LABEL, max_octets=MAX_OCTETS)
    values: dict[int, Any] = cbor.fields(body, _OUTER, _FOREIGN)
    own = domain.from_row(values[_DOMAIN])
    signed.verify(_LABEL, octets, own.domain_key, what=_LABEL)
    leaf = check_length("the leaf", values[_LEAF], LEAF_OCTETS)
    if values[_TO]:
        check_length("the officer's key", values[_TO], sealing.PUBLIC_OCTETS)
    partners = domain.from_rows(values.get(_PARTNERS, []), home=own.kms_uri)
    sealed = values.pop(_SEALED)
    half = LEAF_OCTETS // 2
    return EscrowFile(own, Leaf(leaf[:half], leaf[half:]), values[_TO], sealed, _context(values), partners)


def openings(leaves: Iterable[Leaf]) -> int:
    """Return how many openings an issuance list tells of."""
    return sum(one.whose == _MARK for one in leaves)


def _context(outside: dict[int, object]) -> bytes:
    return b"escrow file\0" + cbor.encode(outside)
