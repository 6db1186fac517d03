"""The slots on a real card: which one runs, which one is committed, and committing another."""

from __future__ import annotations

import os
from pathlib import Path

from firmware.slots import LENGTH, AutobootDamaged, Slot, autoboot, committed

SLOT = Path("/run/sottovoce/slot")
"""Written by the card's first program, which asks the firmware (image/layers/40-initramfs)."""


def running_slot(path: Path = SLOT) -> Slot:
    """The slot that this start came from. Raises ValueError, OSError."""
    told = path.read_text("ascii", "replace").strip()
    if told not in ("a", "b"):
        raise ValueError(f"{path} does not say which slot runs")
    return Slot(told.upper())


class Autoboot:
    """autoboot.txt on the mounted first partition."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def committed(self) -> Slot:
        """The slot that every start without a special request comes from. Raises AutobootDamaged, OSError."""
        with self._path.open("rb") as file:
            return committed(file.read(LENGTH + 1))

    def commit(self, slot: Slot) -> None:
        """Make `slot` the one, in one write to one sector. Raises AutobootDamaged, OSError.

        Never by a new file and a rename: on FAT that is several writes, and between them no file may be left.
        """
        if self.committed() is slot:
            return
        descriptor = os.open(self._path, os.O_WRONLY | os.O_CLOEXEC)
        try:
            octets = autoboot(slot)
            if os.pwrite(descriptor, octets, 0) != len(octets):
                raise AutobootDamaged("autoboot.txt was not written whole: flash the card anew")
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
