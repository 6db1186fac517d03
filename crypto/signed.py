"""What a domain signs: version ‖ deterministic CBOR ‖ Ed25519 signature (RFC 8032) of 64 octets.

Every kind of content has its own label, which is signed too but not sent: a card never passes for a pack.
"""

from __future__ import annotations

from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from crypto import cbor
from crypto.errors import PackageError
from crypto.secret import Secret

SIGNATURE_OCTETS = 64
DOMAIN_KEY_OCTETS = 32


def public_key(domain_private: Secret) -> bytes:
    """Return the domain key (32 octets) of a domain's private key."""
    return _private(domain_private).public_key().public_bytes_raw()


def sign(label: str, version: int, body: object, domain_private: Secret) -> bytes:
    """Encode and sign a body."""
    unsigned = bytes([version]) + cbor.encode(body)
    return unsigned + _private(domain_private).sign(_to_be_signed(label, unsigned))


def split(octets: bytes, *, version: int, what: str, max_octets: int) -> tuple[Any, bytes]:
    """Return (body, what was signed) without looking at the signature.

    Raises PackageError E02 for a newer version, E03 for content that cannot be read.
    """
    if len(octets) > max_octets or len(octets) <= 1 + SIGNATURE_OCTETS:
        raise cbor.damaged(f"a {what} of {len(octets)} octets")
    if octets[0] > version:
        raise PackageError("E02", f"this {what} is of version {octets[0]}: update this system first")
    if octets[0] != version:
        raise cbor.damaged("version 0")
    unsigned = octets[:-SIGNATURE_OCTETS]
    return cbor.decode(unsigned[1:], max_octets=max_octets), unsigned


def verify(label: str, octets: bytes, domain_key: bytes, *, what: str) -> None:
    """Raise PackageError E04 unless the domain key signed these octets."""
    unsigned, signature = octets[:-SIGNATURE_OCTETS], octets[-SIGNATURE_OCTETS:]
    try:
        Ed25519PublicKey.from_public_bytes(domain_key).verify(signature, _to_be_signed(label, unsigned))
    except (InvalidSignature, ValueError) as error:
        raise PackageError("E04", f"this {what} is not genuine: do not use it, tell security") from error


def read(label: str, octets: bytes, domain_key: bytes, *, version: int, what: str, max_octets: int) -> Any:
    """Verify, then return the body. Raises PackageError E02, E03 or E04."""
    body, _ = split(octets, version=version, what=what, max_octets=max_octets)
    verify(label, octets, domain_key, what=what)
    return body


def _private(domain_private: Secret) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(domain_private.expose())


def _to_be_signed(label: str, unsigned: bytes) -> bytes:
    return b"sottovoce " + label.encode() + b"\0" + unsigned
