"""I_MESSAGEs that were already accepted, for as long as their timestamp could pass again (RFC 3830 §5.4)."""

from __future__ import annotations

import hashlib
import struct
from datetime import datetime

CAPACITY = 1024
PER_CALLER = 64
_VERSION = b"\x01"
_RECORD = struct.Struct(">16s8sQ")


class ReplayCache:
    """A bounded set of (initiator, RAND), each kept until a moment after which its message is stale anyway.

    Only messages whose signature verified are recorded, so nobody without a key can fill it; and no caller
    may hold more than PER_CALLER entries, so no caller with a key can shut the others out. When there is no
    room a message is refused rather than an old one forgotten.
    """

    def __init__(self) -> None:
        self._entries: dict[bytes, tuple[bytes, int]] = {}
        self.revision = 0
        """Grows with every recorded message: what is worth writing down has changed."""

    def __len__(self) -> int:
        return len(self._entries)

    def knows(self, initiator: bytes, rand: bytes) -> bool:
        """Say whether this RAND of this initiator (number and KMS, in one form) was recorded."""
        return _digest(initiator, rand) in self._entries

    def record(self, initiator: bytes, rand: bytes, *, until: datetime, now: datetime) -> bool:
        """Record a message until `until`, drop what is stale at `now`. Returns False if there was no room."""
        moment = int(now.timestamp())
        self._entries = {key: entry for key, entry in self._entries.items() if entry[1] >= moment}
        caller = hashlib.sha256(initiator).digest()[:8]
        of_caller = sum(1 for owner, _ in self._entries.values() if owner == caller)
        if len(self._entries) >= CAPACITY or of_caller >= PER_CALLER:
            return False
        self._entries[_digest(initiator, rand)] = (caller, int(until.timestamp()) + 1)
        self.revision += 1
        return True

    def encode(self) -> bytes:
        """A version octet and 32 octets for each entry, so that a restart forgets nothing."""
        records = sorted(_RECORD.pack(key, *entry) for key, entry in self._entries.items())
        return _VERSION + b"".join(records)

    @classmethod
    def decode(cls, octets: bytes) -> ReplayCache:
        """Inverse of `encode`. Raises ValueError for anything else."""
        version, records = octets[:1], octets[1:]
        if version != _VERSION or len(records) % _RECORD.size or len(records) > CAPACITY * _RECORD.size:
            raise ValueError("these are not the octets of a replay cache")
        cache = cls()
        for key, caller, until in _RECORD.iter_unpack(records):
            cache._entries[key] = (caller, until)
        return cache


def _digest(initiator: bytes, rand: bytes) -> bytes:
    return hashlib.sha256(len(initiator).to_bytes(2, "big") + initiator + rand).digest()[:16]
