"""The domain key as people compare it, on the CMS's screen, on the CRS's and on paper."""

from __future__ import annotations

import hashlib

OCTETS = 16


def fingerprint(domain_key: bytes) -> str:
    """Return 32 hexadecimal digits of a domain key (32 octets, Ed25519) in groups of four."""
    digits = hashlib.sha256(b"sottovoce domain key\0" + domain_key).digest()[:OCTETS].hex().upper()
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def same_fingerprint(typed: str, domain_key: bytes) -> bool:
    """Say whether what somebody typed is the fingerprint, however it was grouped and in either case."""
    return "".join(typed.split()).replace("-", "").replace(":", "").upper() == "".join(
        fingerprint(domain_key).split()
    )
