"""What one domain may know of another, or of itself: names, keys, and which numbers it vouches for.

    DomainCertificate   name (KMS URI), domain key, generations of KMS public keys by their first month
    Partner             a DomainCertificate with its organisation, its CRS, and what its numbers begin with

A number belongs to the partner whose prefix fits it longest, and else to us. Whoever vouches for a number of
somebody else is not believed: `vouches`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from crypto import cbor
from crypto.fields import (
    MAX_NAME_OCTETS,
    check_domain,
    check_length,
    check_prefix,
    check_text,
    join_crs,
    month_from_int,
    month_to_int,
    split_crs,
)
from crypto.kms import KMSCertificate

MAX_PARTNERS = 256
MAX_GENERATIONS = 16
MAX_PREFIXES = 64
_GENERATION = (int, bytes, bytes)
_DOMAIN = (str, bytes, list, int)
_PARTNER = (*_DOMAIN, str, str, list)
_OPEN_END = 0


class NoGeneration(LookupError):
    """A domain has no KMS keys for a month, as far as we have been told."""


@dataclass(frozen=True, slots=True)
class Generation:
    """KMS public keys (Z of 257 octets, KPAK of 65) that serve from a month on, until others do."""

    first: str
    sakke_public_key: bytes
    eccsi_public_key: bytes


@dataclass(frozen=True, slots=True)
class DomainCertificate:
    """A KMS and its domain key (Ed25519, 32 octets), the anchor of its TLS certificates and signatures.

    `generations` come in the order of their months, one at least. `until` is the last month that all this
    speaks for, '' if no end is set: a domain that changes its master secrets each month says so.
    """

    kms_uri: str
    domain_key: bytes
    generations: tuple[Generation, ...]
    until: str = ""

    def kms(self, month: str) -> KMSCertificate:
        """Return the public side of the KMS in a month ('YYYY-MM'). Raises NoGeneration."""
        serving = [one for one in self.generations if one.first <= month]
        if not serving or (self.until and month > self.until):
            raise NoGeneration(f"{self.kms_uri} has no keys for {month}")
        return KMSCertificate(self.kms_uri, serving[-1].sakke_public_key, serving[-1].eccsi_public_key)


@dataclass(frozen=True, slots=True)
class Partner:
    """Another domain, whose numbers we may call and be called from.

    `crs` is host:port of its CRS (SIP over TLS); `prefixes` are beginnings of its numbers, such as +44163296.
    """

    domain: DomainCertificate
    organisation: str
    crs: str
    prefixes: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of its domain, which is also its KMS URI."""
        return self.domain.kms_uri


def partner_of(partners: Iterable[Partner], tel: str) -> Partner | None:
    """Return the partner that a number belongs to: the longest prefix that fits. None: it is not a
    partner's.
    """
    fitting = [
        (len(prefix), known) for known in partners for prefix in known.prefixes if tel.startswith(prefix)
    ]
    return max(fitting, key=lambda one: one[0])[1] if fitting else None


def vouches(kms_uri: str, tel: str, *, home: str, partners: Iterable[Partner]) -> bool:
    """Whether a KMS may sign for a number: a partner's for its own numbers, ours for all that is no
    partner's.
    """
    owner = partner_of(partners, tel)
    return kms_uri == (home if owner is None else owner.name)


def to_row(known: DomainCertificate) -> list[object]:
    """Return the encodable form of a domain, points uncompressed."""
    generations = [
        [month_to_int(one.first), one.sakke_public_key, one.eccsi_public_key] for one in known.generations
    ]
    until = month_to_int(known.until) if known.until else _OPEN_END
    return [known.kms_uri, known.domain_key, generations, until]


def from_row(row: object) -> DomainCertificate:
    """Inverse of `to_row`. Raises PackageError E03. Points are checked when a key is loaded, not here."""
    [[uri, domain_key, generations, until]] = cbor.rows([row], _DOMAIN, at_most=1)
    return _domain(uri, domain_key, generations, until)


def to_rows(partners: Iterable[Partner]) -> list[object]:
    """Return the encodable form of partners, in the order of their names."""
    return [
        [*to_row(known.domain), known.organisation, known.crs, sorted(known.prefixes)]
        for known in sorted(partners, key=lambda one: one.name)
    ]


def from_rows(value: object, *, home: str) -> tuple[Partner, ...]:
    """Inverse of `to_rows`, for partners of the domain `home`. Raises PackageError E03."""
    partners = []
    for uri, domain_key, generations, until, organisation, crs, prefixes in cbor.rows(
        value, _PARTNER, at_most=MAX_PARTNERS
    ):
        known = _domain(uri, domain_key, generations, until)
        try:
            check_text("organisation", organisation, MAX_NAME_OCTETS)
            if crs != join_crs(*split_crs(crs)):
                raise ValueError("not the one form of an address")
            partners.append(Partner(known, organisation, crs, _prefixes(prefixes)))
        except ValueError as error:
            raise cbor.damaged("not a partner") from error
    if len({home, *(one.name for one in partners)}) != len(partners) + 1:
        raise cbor.damaged("a domain appears twice")
    if len({one.domain.domain_key for one in partners}) != len(partners):
        raise cbor.damaged("two domains have one key")
    if len({prefix for one in partners for prefix in one.prefixes}) != sum(
        len(one.prefixes) for one in partners
    ):
        raise cbor.damaged("a number would belong to two partners")
    return tuple(partners)


def _domain(uri: str, domain_key: bytes, generations: Sequence[object], until: int) -> DomainCertificate:
    try:
        check_domain(uri)
    except ValueError as error:
        raise cbor.damaged("not a domain") from error
    known = DomainCertificate(
        uri,
        check_length("a domain key", domain_key, 32),
        tuple(
            Generation(month_from_int(first), check_length("Z", z, 257), check_length("KPAK", kpak, 65))
            for first, z, kpak in cbor.rows(generations, _GENERATION, at_most=MAX_GENERATIONS)
        ),
        "" if until == _OPEN_END else month_from_int(until),
    )
    if not known.generations:
        raise cbor.damaged("a KMS without keys")
    if any(one.first >= after.first for one, after in pairwise(known.generations)):
        raise cbor.damaged("the keys of a KMS are not in the order of their months")
    return known


def _prefixes(value: Sequence[object]) -> tuple[str, ...]:
    """Raises ValueError."""
    prefixes = [check_prefix(one) for one in value if isinstance(one, str)]
    if not 0 < len(prefixes) <= MAX_PREFIXES or prefixes != value or prefixes != sorted(set(prefixes)):
        raise ValueError("not the prefixes of a partner")
    return tuple(prefixes)
