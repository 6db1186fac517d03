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
    """Return the board 'virtual' or 'pi' with its state in `home`. Raises ValueError for another name."""
    if name == "pi":
        from board.pi import PiBoard

        return PiBoard(home)
    if name == "virtual":
        from board.virtual import VirtualBoard

        return VirtualBoard(home)
    raise ValueError(f"unknown board {name!r}; known: pi, virtual")
