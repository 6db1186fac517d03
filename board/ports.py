"""A board: every device of one phone, by the service that owns it."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from drivers.ports import Camera, Display, Hook, Keypad, Lamps, MuteLamp, SoundCard


class Board(Protocol):
    """Each method opens its device when called, in the process that owns it, and nowhere else."""

    def keypad(self) -> Keypad: ...
    def hook(self) -> Hook: ...
    def lamps(self) -> Lamps: ...
    def mute_lamp(self) -> MuteLamp: ...
    def display(self) -> Display: ...
    def camera(self) -> Camera: ...
    def sound(self) -> SoundCard: ...
    def now(self) -> float:
        """The board's clock, Unix seconds; it may be wrong, as clocks without a battery are."""
        ...

    def device_secret(self) -> bytes:
        """32 octets that never leave this board (one-time-programmable memory, or a file)."""
        ...


def open_board(name: str, home: Path) -> Board:
    """Return a board with its state in `home`: 'pi', 'virtual' or 'qemu'. Raises ValueError for another name.

    An image for phones has the first one only; that of a test has the last one as well.
    """
    if name == "pi":
        from board.pi import PiBoard

        return PiBoard(home)
    if name == "virtual":
        from board.virtual import VirtualBoard

        return VirtualBoard(home)
    if name == "qemu":
        from board.qemu import QEMUBoard

        return QEMUBoard(home)
    raise ValueError(f"unknown board {name!r}; known: pi, virtual, qemu")
