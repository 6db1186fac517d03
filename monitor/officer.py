"""The key of a monitoring officer: an X25519 key pair, the private half sealed under a passphrase."""

from __future__ import annotations

import secrets

from crypto import cbor, sealing
from crypto.fields import check_length
from crypto.sealing import Cost
from crypto.secret import Secret

MIN_PASSPHRASE = 12
MAX_OCTETS = 4096
_MAGIC = b"SVOFF\1"
_CONTEXT = b"sottovoce monitoring officer"


def new(passphrase: str, *, cost: Cost = sealing.DEFAULT_COST) -> tuple[bytes, bytes]:
    """Return a new key: the file, and the public half (32 octets) for the CMS."""
    with sealing.transport_key(Secret(secrets.token_bytes(32))) as private:
        sealed = sealing.seal_under_code(private.expose(), passphrase, context=_CONTEXT, cost=cost)
        return _MAGIC + sealed, sealing.transport_public(private)


def read(octets: bytes, passphrase: str) -> Secret:
    """Return the private half. Raises PackageError E03, E10."""
    if not octets.startswith(_MAGIC):
        raise cbor.damaged("not an officer's key")
    opened = sealing.open_with_code(octets[len(_MAGIC) :], passphrase, context=_CONTEXT)
    return Secret(check_length("the officer's key", opened, 32))
