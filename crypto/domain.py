"""What one domain may know of another, or of itself: its KMS and the key with which it signs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from crypto import cbor
from crypto.fields import check_domain, check_length
from crypto.kms import KMSCertificate

MAX_DOMAINS = 256
_COLUMNS = (str, bytes, bytes, bytes)


@dataclass(frozen=True, slots=True)
class DomainCertificate:
    """A KMS and its domain key (Ed25519, 32 octets), the anchor of its TLS certificates and signatures."""

    kms: KMSCertificate
    domain_key: bytes


def to_rows(domains: Iterable[DomainCertificate]) -> list[object]:
    """Return the encodable form of domains, points uncompressed."""
    return [
        [known.kms.kms_uri, known.kms.sakke_public_key, known.kms.eccsi_public_key, known.domain_key]
        for known in domains
    ]


def from_rows(value: object) -> tuple[DomainCertificate, ...]:
    """Inverse of `to_rows`. Raises PackageError E03. Points are checked when a key is loaded, not here."""
    domains = []
    for uri, z, kpak, domain_key in cbor.rows(value, _COLUMNS, at_most=MAX_DOMAINS):
        try:
            check_domain(uri)
        except ValueError as error:
            raise cbor.damaged("not a domain") from error
        kms = KMSCertificate(uri, check_length("Z", z, 257), check_length("KPAK", kpak, 65))
        domains.append(DomainCertificate(kms, check_length("a domain key", domain_key, 32)))
    if len({known.kms.kms_uri for known in domains}) != len(domains):
        raise cbor.damaged("a domain appears twice")
    return tuple(domains)
