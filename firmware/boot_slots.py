"""The slots on a real card: which one runs, which one is committed, and committing another."""

from __future__ import annotations

import os
from pathlib import Path

from firmware.slots import LENGTH, AutobootDamaged, Slot, autoboot, committed

_PARTITION = Path("device-tree/chosen/bootloader/partition")
_ROOTS = {"root_a": Slot.A, "root_b": Slot.B}


def running_slot(proc: Path = Path("/proc")) -> Slot:
    """The slot that this start came from, as the board's firmware tells it, or else the command line.

    The command line counts only where the firmware says nothing: on an emulator. Raises ValueError.
    """
    told = proc / _PARTITION
    if told.exists():
        return Slot.of_partition(int.from_bytes(told.read_bytes()[:4], "big"))
    for word in (proc / "cmdline").read_text("ascii", "replace").split():
        name, _, value = word.partition("=")
        if name == "phone.root" and value in _ROOTS:
            return _ROOTS[value]
    raise ValueError("neither the firmware nor the command line says which slot runs")


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
