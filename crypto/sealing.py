"""Two ways to close an envelope: under a code that people tell each other, and to the public key of one
device.

Under a code: Argon2id (RFC 9106) gives key and nonce. To a device: X25519 (RFC 7748) with a fresh ephemeral
key, then HKDF-SHA-256 (RFC 5869). Both seal with ChaCha20-Poly1305 (RFC 8439), which needs no special
hardware to be constant in time.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from crypto import cbor
from crypto.errors import PackageError
from crypto.secret import Secret

TRANSFER_CODE_DIGITS = 10
TAG_OCTETS = 16
SALT_OCTETS = 16
PUBLIC_OCTETS = 32
SEAL_TO_OVERHEAD = PUBLIC_OCTETS + TAG_OCTETS
_KEY, _NONCE = 32, 12
_VERSION = 1
_MAX_OCTETS = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess of a code costs: Argon2id with one lane.

    `memory` is the binary logarithm of the memory in KiB (16: 64 MiB), `passes` the time cost t. Reading
    refuses more than 256 MiB or 16 passes, so that a hostile envelope cannot exhaust a phone.
    """

    memory: int = 16
    passes: int = 3

    def __post_init__(self) -> None:
        if not 3 <= self.memory <= 18 or not 1 <= self.passes <= 16:
            raise ValueError("Argon2id: 8 KiB to 256 MiB, 1 to 16 passes")


DEFAULT_COST = Cost()


def new_transfer_code() -> str:
    """Return ten random decimal digits (about 33 bits)."""
    return f"{secrets.randbelow(10**TRANSFER_CODE_DIGITS):0{TRANSFER_CODE_DIGITS}}"


def stretch(code: str, *, salt: bytes, cost: Cost, length: int) -> Secret:
    """Return `length` octets of Argon2id over a code (NFC, UTF-8) with one lane (RFC 9106 §3)."""
    octets = hash_secret_raw(
        secret=unicodedata.normalize("NFC", code).encode(),
        salt=salt,
        time_cost=cost.passes,
        memory_cost=1 << cost.memory,
        parallelism=1,
        hash_len=length,
        type=Type.ID,
    )
    return Secret(octets)


def close_with_code(plain: bytes, code: str, *, salt: bytes, context: bytes, cost: Cost) -> bytes:
    """Return ciphertext ‖ tag; salt and cost are kept by the caller, and a salt is used for one plaintext
    only.
    """
    with stretch(code, salt=salt, cost=cost, length=_KEY + _NONCE) as material:
        key, nonce = material.expose()[:_KEY], material.expose()[_KEY:]
    return ChaCha20Poly1305(key).encrypt(nonce, plain, context)


def uncover_with_code(sealed: bytes, code: str, *, salt: bytes, context: bytes, cost: Cost) -> bytes:
    """Inverse of `close_with_code`. Raises PackageError E10: a wrong code and a changed envelope look the
    same.
    """
    with stretch(code, salt=salt, cost=cost, length=_KEY + _NONCE) as material:
        key, nonce = material.expose()[:_KEY], material.expose()[_KEY:]
    try:
        return ChaCha20Poly1305(key).decrypt(nonce, sealed, context)
    except InvalidTag as error:
        raise PackageError("E10", "wrong code") from error


def seal_under_code(plain: bytes, code: str, *, context: bytes, cost: Cost = DEFAULT_COST) -> bytes:
    """Seal under a code or passphrase; the envelope carries its own salt and cost. `context` must match to
    open.
    """
    salt = secrets.token_bytes(SALT_OCTETS)
    sealed = close_with_code(plain, code, salt=salt, context=_bind(context, salt, cost), cost=cost)
    return cbor.encode([_VERSION, cost.memory, cost.passes, salt, sealed])


def open_with_code(sealed: bytes, code: str, *, context: bytes) -> bytes:
    """Open an envelope of `seal_under_code`.

    Raises PackageError E10 for a wrong code, E02 for a newer version, E03 for an envelope that cannot be read
    or that asks for more memory or time than we grant.
    """
    value = cbor.decode(sealed, max_octets=_MAX_OCTETS)
    if type(value) is list and value and type(value[0]) is int and value[0] > _VERSION:
        raise PackageError("E02", f"sealed by version {value[0]}: update this system first")
    [(version, memory, passes, salt, ciphertext)] = cbor.rows(
        [value], (int, int, int, bytes, bytes), at_most=1
    )
    if version != _VERSION or len(salt) != SALT_OCTETS:
        raise cbor.damaged("not an envelope")
    try:
        cost = Cost(memory=memory, passes=passes)
    except ValueError as error:
        raise cbor.damaged("the envelope asks for too much work") from error
    return uncover_with_code(ciphertext, code, salt=salt, context=_bind(context, salt, cost), cost=cost)


def transport_public(private: Secret) -> bytes:
    """Return the X25519 public key (32 octets) of a transport key."""
    return X25519PrivateKey.from_private_bytes(private.expose()).public_key().public_bytes_raw()


def seal_to(public: bytes, plain: bytes, *, context: bytes, draw_from: Secret | None = None) -> bytes:
    """Seal to an X25519 public key: ephemeral public key (32) ‖ ciphertext ‖ tag (16).

    The ephemeral key is a fresh one; or it is derived from a secret and from all that is sealed, so that the
    same content gives the same octets and no other content ever meets the same key.
    """
    own = X25519PrivateKey.generate() if draw_from is None else _drawn(draw_from, public, plain, context)
    ephemeral_public = own.public_key().public_bytes_raw()
    shared = own.exchange(X25519PublicKey.from_public_bytes(public))
    key, nonce = _agree(shared, ephemeral_public, public, context)
    return ephemeral_public + ChaCha20Poly1305(key).encrypt(nonce, plain, context)


def open_sealed(private: Secret, sealed: bytes, *, context: bytes) -> bytes:
    """Open an envelope of `seal_to`. Raises PackageError E03 if it is not for this key or was changed."""
    if len(sealed) < SEAL_TO_OVERHEAD:
        raise cbor.damaged("an envelope cut short")
    ours = X25519PrivateKey.from_private_bytes(private.expose())
    ephemeral_public, ciphertext = sealed[:PUBLIC_OCTETS], sealed[PUBLIC_OCTETS:]
    try:
        shared = ours.exchange(X25519PublicKey.from_public_bytes(ephemeral_public))
        key, nonce = _agree(shared, ephemeral_public, ours.public_key().public_bytes_raw(), context)
        return ChaCha20Poly1305(key).decrypt(nonce, ciphertext, context)
    except (InvalidTag, ValueError) as error:  # ValueError: a point of small order
        raise cbor.damaged("the envelope does not open with this key") from error


def derive(secret: Secret, label: str, length: int = 32) -> Secret:
    """Return octets derived from a secret by HKDF-SHA-256 under a label of their own."""
    info = b"sottovoce " + label.encode()
    return Secret(HKDF(hashes.SHA256(), length, None, info).derive(secret.expose()))


def transport_key(seed: Secret) -> Secret:
    """Return the X25519 transport key of a device seed or of a pack's next transport seed."""
    return derive(seed, "transport key")


def device_tls_key(seed: Secret) -> Secret:
    """Return the Ed25519 TLS key (32 octets) of a device seed."""
    return derive(seed, "device TLS key")


def _bind(context: bytes, salt: bytes, cost: Cost) -> bytes:
    return cbor.encode([_VERSION, cost.memory, cost.passes, salt, context])


def _drawn(secret: Secret, public: bytes, plain: bytes, context: bytes) -> X25519PrivateKey:
    digest = hashlib.sha256(cbor.encode([public, plain, context])).digest()
    info = b"sottovoce ephemeral key\0" + digest
    return X25519PrivateKey.from_private_bytes(
        HKDF(hashes.SHA256(), _KEY, None, info).derive(secret.expose())
    )


def _agree(shared: bytes, ephemeral: bytes, recipient: bytes, context: bytes) -> tuple[bytes, bytes]:
    info = b"sottovoce seal_to\0" + ephemeral + recipient + context
    material = HKDF(hashes.SHA256(), _KEY + _NONCE, None, info).derive(shared)
    return material[:_KEY], material[_KEY:]
