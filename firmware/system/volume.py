"""What is to be done with the data partition, from what was found on it; data_partition.py does it.

    as shipped ─► formatted ─► file system made ─► noted on the first partition ─► only ever opened

The power may fail anywhere in between: whoever starts next finds one of these states and goes on from there.
Nothing is formatted that could be somebody's: neither a volume that does not open with this board's key, nor
one that was noted to be in use.
"""

from __future__ import annotations

import enum
import hmac

DISK_LABEL, VAULT_LABEL = b"Sottovoce data partition 1", b"Sottovoce vault 1"


class Step(enum.Enum):
    """What to do next."""

    FORMAT = "format"
    MAKE_FILE_SYSTEM = "make a file system"
    NOTE = "note that it is in use"
    MOUNT = "mount"


class Found:
    """What is there. `noted`: the first partition says that this one is in use; `opens`: with our key."""

    def __init__(self, noted: bool, encrypted: bool, opens: bool = False, file_system: bool = False) -> None:
        self.noted, self.encrypted, self.opens, self.file_system = noted, encrypted, opens, file_system


class VolumeRefused(Exception):
    """The partition is left as it is; the text says what to do."""


FOREIGN = (
    "the data on this card belong to another phone: put the card back into that phone, or write the image "
    "anew and enrol again"
)
DAMAGED = "the data partition is damaged: write the image to a new card and enrol again"


def next_step(found: Found) -> Step:
    """Say what to do. Raises VolumeRefused if that would be nothing."""
    if not found.encrypted:
        if found.noted:
            raise VolumeRefused(DAMAGED)
        return Step.FORMAT
    if not found.opens:
        raise VolumeRefused(FOREIGN)
    if not found.file_system:
        if found.noted:
            raise VolumeRefused(DAMAGED)
        return Step.MAKE_FILE_SYSTEM
    return Step.MOUNT if found.noted else Step.NOTE


def disk_key(device_secret: bytes) -> bytes:
    """Return the 32 octets that open the data partition."""
    return hmac.digest(device_secret, DISK_LABEL, "sha256")


def vault_secret(device_secret: bytes) -> bytes:
    """Return the 32 octets that are the device secret of the vault: knowing them does not open the disk."""
    return hmac.digest(device_secret, VAULT_LABEL, "sha256")
