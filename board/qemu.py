"""The board of an emulated phone: a Raspberry Pi as board/pi.py has it, but for what QEMU cannot show.

    keypad, hook, lamps   the drivers of the real board and the library under them, on lines of gpio-sim
    sound                 the driver of the real board, on ALSA's loopback card
    display, camera       a panel behind a socket, and the newest picture in a folder

A simulated line has a level but no wire to another. So this file is the wires: a pressed key joins its row to
its column, and the lifted handset its line to ground. What is pressed stands in a file, a name on each line.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from board.pi import PiBoard
from drivers.gpio_rpi import Header, open_library
from drivers.key_scanner import MAPS

if TYPE_CHECKING:
    from drivers.camera_folder import FolderCamera
    from drivers.ports import Keypad
    from drivers.virtual import VirtualDisplay

STATE = Path("/run/sottovoce-test")
"""Where every service may write: `lines` (a link to the simulated lines), `pressed`, `looked`, `wires` (which
key pulls which line), `desk.sock`, `camera`. HOME belongs to several users."""
HOOK = "hook"


class Wires:
    """The call set of RPi.GPIO with keys between its lines. `lines` holds simN_gpio folders of gpio-sim."""

    def __init__(
        self,
        library: Any,
        state: Path,
        *,
        rows: Sequence[int],
        columns: Sequence[int],
        names: Sequence[Sequence[str]],
        grounded: Mapping[str, int],
    ) -> None:
        self._library = library
        self._state = state
        self._rows = tuple(rows)
        self._low: dict[int, bool] = dict.fromkeys(columns, False)
        self._places = {
            name: (row, column)
            for row, keys in zip(rows, names, strict=True)
            for column, name in zip(columns, keys, strict=True)
        }
        self._grounded = dict(grounded)
        self._pulled = (*self._rows, *self._grounded.values())
        self._lock = threading.Lock()
        self._looks = 0
        self._pressed: list[str] = []
        self._seen = (0, 0)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._library, name)

    def setup(self, pin: int, direction: int, **named: Any) -> None:
        """As the library's; a column that is an output drives what is joined to it."""
        self._library.setup(pin, direction, **named)
        with self._lock:
            if pin in self._low:
                self._low[pin] = direction == self._library.OUT and not named.get("initial")
                self._count()
            if pin in self._low or pin in self._pulled:
                self._settle()

    def add_event_detect(self, pin: int, *arguments: Any, **named: Any) -> None:
        """As the library's; taking a line anew takes the simulated pull from it."""
        self._library.add_event_detect(pin, *arguments, **named)
        with self._lock:
            self._settle()

    def remove_event_detect(self, pin: int) -> None:
        """As the library's."""
        self._library.remove_event_detect(pin)
        with self._lock:
            self._settle()

    def pulls(self) -> dict[str, int]:
        """Which line each key, and the lifted handset, pulls to ground."""
        return {name: row for name, (row, _) in self._places.items()} | self._grounded

    def _settle(self) -> None:
        """Give every row and every grounded line the level that its contacts make.

        All of them every time: a line may lose its level when the library lets go of it, whenever that is.
        """
        self._look()
        joined = [self._places[name] for name in self._pressed if name in self._places]
        low = {row for row, column in joined if self._low[column]}
        low |= {self._grounded[name] for name in self._pressed if name in self._grounded}
        for pin in self._pulled:
            pull = f"{self._state}/lines/sim_gpio{pin}/pull"
            _overwrite(pull, b"pull-down" if pin in low else b"pull-up", os.O_TRUNC)

    def _look(self) -> None:
        """See what is pressed, if that has been written anew: a scan looks a hundred times."""
        try:
            seen = os.stat(self._state / "pressed")
            if (seen.st_ino, seen.st_mtime_ns) != self._seen:
                self._pressed = (self._state / "pressed").read_text(encoding="ascii").split()
                self._seen = seen.st_ino, seen.st_mtime_ns
        except FileNotFoundError:
            self._pressed = []

    def _count(self) -> None:
        """Say how often a column was turned: whoever presses holds on until it was looked at."""
        self._looks += 1
        _overwrite(self._state / "looked", b"%012d %d\n" % (self._looks, all(self._low.values())))


def _overwrite(path: Path | str, octets: bytes, flags: int = 0) -> None:
    """Write the beginning of a file that exists."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CLOEXEC | flags)
    try:
        os.write(descriptor, octets)
    finally:
        os.close(descriptor)


class QEMUBoard(PiBoard):
    """An emulated phone with its state in `home`."""

    def keypad(self) -> Keypad:
        """The matrix of the real board; whoever presses is told which line a key pulls."""
        keypad = super().keypad()
        draft = STATE / ".wires"
        draft.write_text(json.dumps(self._wires.pulls()), encoding="ascii")
        draft.replace(STATE / "wires")
        return keypad

    def display(self) -> VirtualDisplay:
        """The panel."""
        from drivers.virtual import DeskLink, VirtualDisplay

        link = DeskLink(STATE / "desk.sock")
        link.listen()
        return VirtualDisplay(link)

    def camera(self) -> FolderCamera:
        """A camera that sees the newest picture in HOME/camera."""
        from drivers.camera_folder import FolderCamera

        return FolderCamera(STATE / "camera")

    @cached_property
    def _header(self) -> Header:
        return Header(self._wires)

    @cached_property
    def _wires(self) -> Wires:
        wiring = self.wiring
        grounded = dict(wiring.keys)
        if wiring.hook_pin is not None:
            grounded[HOOK] = wiring.hook_pin
        return Wires(
            open_library(Path(os.environ.get("RUNTIME_DIRECTORY", self._home / "run"))),
            STATE,
            rows=wiring.rows,
            columns=wiring.columns,
            names=MAPS[wiring.layout],
            grounded=grounded,
        )
