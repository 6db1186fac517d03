"""The two slots of a card, and which of them the board boots: autoboot.txt on the first partition. Pure.

    [all]
    tryboot_a_b=1
    boot_partition=2      the slot that is committed: 2 is A, 3 is B
    [tryboot]
    boot_partition=3      the other one, for the one boot that a "tryboot" restart asks for

The board's firmware reads it at every start. Every autoboot.txt of ours has the same length, less than a
sector, and is overwritten in place: so a power cut leaves the old one or the new one.
"""

from __future__ import annotations

from enum import Enum

LENGTH = 256
"""Octets; a FAT sector has 512."""
_FILL = b"#"


class Slot(Enum):
    """A boot and a root partition that belong together. The value is the bootname that RAUC knows."""

    A = "A"
    B = "B"

    @property
    def partition(self) -> int:
        """The number of its boot partition."""
        return 2 if self is Slot.A else 3

    @property
    def other(self) -> Slot:
        return Slot.B if self is Slot.A else Slot.A


class AutobootDamaged(ValueError):
    """autoboot.txt is not as we write it."""


def autoboot(committed: Slot) -> bytes:
    """Return the octets of autoboot.txt for a committed slot."""
    text = (
        "[all]\ntryboot_a_b=1\n"
        f"boot_partition={committed.partition}\n"
        f"[tryboot]\nboot_partition={committed.other.partition}\n"
    )
    return text.encode().ljust(LENGTH - 1, _FILL) + b"\n"


def committed(octets: bytes) -> Slot:
    """Return the slot that autoboot.txt commits to. Raises AutobootDamaged for what we never wrote."""
    if octets == autoboot(Slot.A):
        return Slot.A
    if octets == autoboot(Slot.B):
        return Slot.B
    raise AutobootDamaged("autoboot.txt is not as it was written: flash the card anew")
