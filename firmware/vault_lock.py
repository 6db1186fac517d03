"""The PIN before the vault, inside the seal of the board.

    board's seal { 1 ‖ content }                                   without a PIN
    board's seal { 2 ‖ [memory, passes, salt, nonce ‖ sealed] }    with one

    key = HKDF-SHA-256(device key ‖ Argon2id(PIN, salt))

The outer seal says without the PIN whether a slot is whole and which one is the newest, so a change of PIN is
one replacement of the vault like any other: a power cut leaves the old PIN or the new one.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from crypto import cbor
from crypto.errors import PackageError
from crypto.sealing import SALT_OCTETS, Cost, stretch
from crypto.secret import Secret
from firmware.vault import MAX_OCTETS, NONCE_OCTETS, VaultDamaged

VERSION = 2
PIN_COST = Cost(memory=16, passes=3)
"""64 MiB in three passes, one lane: the second choice of RFC 9106 §4 with the memory of a small board."""
KEY_OCTETS = 32
_INFO = b"sottovoce vault behind a PIN"


@dataclass(frozen=True, slots=True)
class Lock:
    """How a PIN becomes a key: salt (16 octets) and cost. Says nothing about the PIN."""

    salt: bytes
    cost: Cost

    @classmethod
    def fresh(cls, cost: Cost) -> Lock:
        return cls(secrets.token_bytes(SALT_OCTETS), cost)

    def key(self, pin: str, device_key: Secret) -> Secret:
        """Return the key (32 octets) that this PIN gives on this board. Takes as long as `cost` says."""
        with stretch(pin, salt=self.salt, cost=self.cost, length=KEY_OCTETS) as stretched:
            material = device_key.expose() + stretched.expose()
        return Secret(
            HKDF(hashes.SHA256(), KEY_OCTETS, None, b"sottovoce vault behind a PIN").derive(material)
        )

    def close(self, content: bytes, key: Secret) -> bytes:
        """Return the octets of a locked vault."""
        nonce = secrets.token_bytes(NONCE_OCTETS)
        sealed = nonce + AESGCM(key.expose()).encrypt(nonce, content, self._context())
        return bytes([VERSION]) + cbor.encode([self.cost.memory, self.cost.passes, self.salt, sealed])

    def _context(self) -> bytes:
        return cbor.encode([VERSION, self.cost.memory, self.cost.passes, self.salt])


@dataclass(frozen=True, slots=True, repr=False)
class Locked:
    """A vault behind a PIN, as it lies on the disk."""

    lock: Lock
    sealed: bytes

    @classmethod
    def decode(cls, octets: bytes) -> Locked | None:
        """Read a locked vault; None if these octets are behind no PIN. Raises VaultDamaged."""
        if octets[:1] != bytes([VERSION]):
            return None
        try:
            value = cbor.decode(octets[1:], max_octets=MAX_OCTETS)
            [(memory, passes, salt, sealed)] = cbor.rows([value], (int, int, bytes, bytes), at_most=1)
            if len(salt) != SALT_OCTETS or len(sealed) < NONCE_OCTETS:
                raise VaultDamaged("the lock of the vault cannot be read")
            return cls(Lock(salt, Cost(memory=memory, passes=passes)), sealed)
        except (PackageError, ValueError) as error:
            raise VaultDamaged("the lock of the vault cannot be read") from error

    def open(self, key: Secret) -> bytes | None:
        """Return the content, None if this is not the key."""
        nonce, sealed = self.sealed[:NONCE_OCTETS], self.sealed[NONCE_OCTETS:]
        try:
            return AESGCM(key.expose()).decrypt(nonce, sealed, self.lock._context())
        except InvalidTag:
            return None
