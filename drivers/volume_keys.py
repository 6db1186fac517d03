"""Keys on lines of their own (volume, mute, loudspeaker), and a knob that turns into volume keys."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping

from drivers.gpio_rpi import Header
from drivers.ports import KeyEvent
from drivers.switches import REST_S, WatchedLines

STILL_S = 0.015
STEPS_A_DETENT = 4

# Index: the old pair of levels, then the new one. What cannot happen in one step turns nothing.
#             00  01  10  11  <- new
_QUADRATURE = (+0, +1, -1, +0,  # old 00
               -1, +0, +0, +1,  # old 01
               +1, +0, +0, -1,  # old 10
               +0, -1, +1, +0)  # old 11  # fmt: skip

_log = logging.getLogger(__name__)


class SingleKeys:
    """Keys between a line and ground, by name. Raises HeaderUnavailable if a line cannot be had."""

    def __init__(self, header: Header, pins: Mapping[str, int]) -> None:
        self._names = {pin: name for name, pin in pins.items()}
        self.keys = frozenset(pins)
        self._lines = WatchedLines(header, pins.values(), STILL_S, name="single-keys")
        self._held: set[str] = set()
        self._listener: Callable[[KeyEvent], None] | None = None

    def start(self, listener: Callable[[KeyEvent], None]) -> None:
        """Tell `listener` of every key, on a thread of these keys. One held from the start is not told."""
        self._listener = listener
        self._lines.start(self._settled)

    def close(self) -> None:
        """Let every key go and give the lines back."""
        self._lines.close()
        for name in sorted(self._held):
            self._tell(name, False)

    def _settled(self, pin: int, high: bool) -> None:
        name = self._names[pin]
        if not high or name in self._held:
            self._tell(name, not high)

    def _tell(self, name: str, down: bool) -> None:
        (self._held.add if down else self._held.discard)(name)
        if self._listener is not None:
            self._listener(KeyEvent(name, down))


class Knob:
    """Levels of a rotary encoder in, whole detents out. Chatter of one line goes forth and back: no turn."""

    def __init__(self, a: bool, b: bool) -> None:
        self._levels = a << 1 | b
        self._steps = 0

    def look(self, a: bool, b: bool) -> int:
        """Take the two levels; return +1 for a detent clockwise, -1 for one back, else 0."""
        levels = a << 1 | b
        self._steps += _QUADRATURE[self._levels << 2 | levels]
        self._levels = levels
        if abs(self._steps) < STEPS_A_DETENT:
            return 0
        turned = 1 if self._steps > 0 else -1
        self._steps = 0
        return turned


class RotaryVolume:
    """A rotary encoder between two lines and ground: each detent is one 'vol+' or 'vol-', down and up."""

    def __init__(self, header: Header, a: int, b: int) -> None:
        """Open both lines. Raises HeaderUnavailable if one cannot be had."""
        self._header = header
        self.keys = frozenset({"vol+", "vol-"})
        self._pins = (a, b)
        self._woken = threading.Event()
        self._closed = False
        self._thread: threading.Thread | None = None
        try:
            for pin in self._pins:
                header.input(pin)
            self._knob = Knob(*self._levels())
        except OSError:
            header.release(self._pins)
            raise

    def start(self, listener: Callable[[KeyEvent], None]) -> None:
        """Tell `listener` of every detent, on a thread of this knob."""
        for pin in self._pins:
            self._header.watch(pin, self._woken.set)
        self._thread = threading.Thread(target=self._run, args=(listener,), name="rotary-volume", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Give the lines back."""
        self._closed = True
        self._woken.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()
        self._header.release(self._pins)

    def _levels(self) -> tuple[bool, bool]:
        return self._header.read(self._pins[0]), self._header.read(self._pins[1])

    def _run(self, listener: Callable[[KeyEvent], None]) -> None:
        while not self._closed:
            self._woken.wait(REST_S)
            self._woken.clear()
            try:
                turned = self._knob.look(*self._levels())
            except OSError as error:
                _log.error("the volume knob cannot be read any more: %s", error)
                return
            if turned:
                key = "vol+" if turned > 0 else "vol-"
                listener(KeyEvent(key, True))
                listener(KeyEvent(key, False))
