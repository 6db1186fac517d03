"""The SRTP session keys of one call, one master key and salt for each direction (RFC 3711, RFC 7714)."""

from __future__ import annotations

from dataclasses import dataclass

from crypto.secret import Secret

MASTER_OCTETS = 28
"""AEAD_AES_128_GCM: 16 octets of key and 12 of salt, in this order (RFC 7714 §12)."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class SRTPKeys:
    """Masters (key ‖ salt, 28 octets each) as one phone sees them: what it sends with, what it hears with."""

    send: Secret
    receive: Secret

    def encode(self) -> bytes:
        """Return send ‖ receive, 56 octets: so the key service hands them to the media service."""
        return self.send.expose() + self.receive.expose()

    @classmethod
    def decode(cls, octets: bytes) -> SRTPKeys:
        """Inverse of `encode`. Raises ValueError unless there are exactly 56 octets."""
        if len(octets) != 2 * MASTER_OCTETS:
            raise ValueError(f"SRTP keys are {2 * MASTER_OCTETS} octets, not {len(octets)}")
        return cls(send=Secret(octets[:MASTER_OCTETS]), receive=Secret(octets[MASTER_OCTETS:]))

    def wipe(self) -> None:
        """Wipe both masters."""
        self.send.wipe()
        self.receive.wipe()
