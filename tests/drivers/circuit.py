"""A header with something wired to it, behind a package that has RPi.GPIO's call set.

The lines are what they are on a board: inputs that float unless something pulls them, outputs that burn if
two fight, callbacks on edges, one owner for each line. The package is as strict as the real ones, and where
they differ, as the stricter one; its errors are those of rpi-lgpio.
"""

from __future__ import annotations

import sys
import threading
import time
import types
import weakref
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

GROUND = -1
Contact = Callable[[], bool]


class LgpioError(Exception):
    """What lgpio raises: neither RuntimeError nor OSError."""


class Circuit:
    """Lines, and contacts between them or to ground. A contact is asked each time whether it conducts."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.busy: set[int] = set()
        """Lines that another process has."""
        self.no_edges = False
        """Behave like the old RPi.GPIO on a kernel of today."""
        self.gone = False
        """Every call fails from now on."""
        self.stuck: set[int] = set()
        """Lines that the library believes to be taken until they are given back."""
        self.modes: dict[int, str] = {}
        """What each line is now: 'in', 'in up', 'out 0', 'out 1'."""
        self.waves: dict[int, tuple[float, float]] = {}
        """Frequency and duty of each line that is being dimmed."""
        self.history: list[tuple[str, int, object]] = []
        self._contacts: list[tuple[int, int, Contact]] = []
        self._watched: dict[int, tuple[bool, Callable[[int], None]]] = {}

    def join(self, one: int, other: int, contact: Contact) -> None:
        """Wire a contact between two lines, or a line and GROUND."""
        self._contacts.append((one, other, contact))

    def high(self, pin: int) -> bool:
        """Return the level of a line. Raises AssertionError if it floats or two outputs fight."""
        with self.lock:
            net = self._net(pin)
            levels = {level for line in net if (level := self._driven(line)) is not None}
            if len(levels) > 1:
                raise AssertionError(f"a short circuit: lines {sorted(net)} are driven high and low")
            if levels:
                return levels.pop()
            if not any(self.modes.get(line) == "in up" for line in net):
                raise AssertionError(f"line {pin} floats: nothing pulls it and nobody drives it")
            return True

    def changed(self) -> None:
        """Something outside has moved: tell whoever watches a line whose level changed."""
        with self.lock:
            calls = []
            for pin, (was, callback) in list(self._watched.items()):
                now = self.high(pin)
                if now != was:
                    self._watched[pin] = (now, callback)
                    calls.append((callback, pin))
        for callback, pin in calls:
            callback(pin)

    def watch(self, pin: int, callback: Callable[[int], None]) -> None:
        """Begin to tell `callback` of the edges of a line."""
        if pin in self._watched:
            raise RuntimeError("Conflicting edge detection already enabled for this GPIO channel")
        self._watched[pin] = (self.high(pin), callback)

    def unwatch(self, pin: int) -> None:
        """Tell nobody any more."""
        self._watched.pop(pin, None)

    @property
    def watched(self) -> set[int]:
        """Lines whose edges somebody is told of."""
        return set(self._watched)

    def _net(self, pin: int) -> set[int]:
        net, grown = {pin}, True
        closed = [(one, other) for one, other, contact in self._contacts if contact()]
        while grown:
            grown = False
            for one, other in closed:
                if (one in net) != (other in net):
                    net |= {one, other}
                    grown = True
        return net

    def _driven(self, line: int) -> bool | None:
        if line == GROUND:
            return False
        if line in self.waves:
            hertz, duty = self.waves[line]
            return (time.monotonic() * hertz) % 1.0 < duty / 100.0
        return {"out 0": False, "out 1": True}.get(self.modes.get(line, ""))


class PWM:
    """Software PWM as the package has it."""

    def __init__(self, library: Library, channel: int, frequency: float) -> None:
        library.check_mode(channel, "out")
        if channel in library.dimmed:
            raise RuntimeError("A PWM object already exists for this GPIO channel")
        library.dimmed[channel] = self
        self._library, self._channel, self._frequency = library, channel, float(frequency)
        self._running = False

    def start(self, duty: float) -> None:
        self._running = True
        self.ChangeDutyCycle(duty)

    def ChangeDutyCycle(self, duty: float) -> None:
        if not 0 <= duty <= 100:
            raise ValueError("dutycycle must have a value from 0.0 to 100.0")
        self._library.circuit.history.append(("duty", self._channel, float(duty)))
        if self._running:
            self._library.circuit.waves[self._channel] = (self._frequency, float(duty))

    def stop(self) -> None:
        circuit = self._library.circuit
        circuit.waves.pop(self._channel, None)
        if circuit.modes.get(self._channel, "")[:3] != "out":
            raise LgpioError("'GPIO not allocated'")
        circuit.modes[self._channel] = "out 0"
        self._running = False

    def __del__(self) -> None:
        self.stop()


class Library(types.ModuleType):
    """The module RPi.GPIO."""

    BOARD, BCM = 10, 11
    OUT, IN, LOW, HIGH = 0, 1, 0, 1
    PUD_OFF, PUD_DOWN, PUD_UP = 20, 21, 22
    RISING, FALLING, BOTH = 31, 32, 33

    def __init__(self, circuit: Circuit) -> None:
        super().__init__("RPi.GPIO")
        self.circuit = circuit
        self.lgpio = types.SimpleNamespace(error=LgpioError)
        self.mode: int | None = None
        self.dimmed: weakref.WeakValueDictionary[int, PWM] = weakref.WeakValueDictionary()

    def setmode(self, mode: int) -> None:
        if self.circuit.gone:
            raise LgpioError("'can not open gpiochip'")
        if self.mode not in (None, mode):
            raise ValueError("A different mode has already been set!")
        self.mode = mode

    def getmode(self) -> int | None:
        return self.mode

    def setup(
        self, channel: int, direction: int, pull_up_down: int = PUD_OFF, initial: int | None = None
    ) -> None:
        self._call("setup", channel, (direction, pull_up_down, initial))
        if self.mode != self.BCM:
            raise RuntimeError("Please set pin numbering mode")
        if channel in self.circuit.busy | self.circuit.stuck:
            raise LgpioError("'GPIO busy'")
        if direction == self.IN:
            if initial is not None:
                raise ValueError("initial parameter is not valid for inputs")
            mode = "in up" if pull_up_down == self.PUD_UP else "in"
        else:
            if pull_up_down != self.PUD_OFF:
                raise ValueError("pull_up_down parameter is not valid for outputs")
            level = int(self.circuit.modes.get(channel) == "out 1") if initial is None else initial
            mode = f"out {level}"
        self.circuit.modes[channel] = mode
        self.circuit.changed()

    def input(self, channel: int) -> int:
        self._call("input", channel, None)
        if channel not in self.circuit.modes:
            raise RuntimeError("You must setup() the GPIO channel first")
        return int(self.circuit.high(channel))

    def output(self, channel: int, value: int) -> None:
        self._call("output", channel, value)
        self.check_mode(channel, "out")
        if channel in self.circuit.waves:
            raise AssertionError(f"line {channel} is written to while it is being dimmed")
        self.circuit.modes[channel] = f"out {int(bool(value))}"
        self.circuit.changed()

    def add_event_detect(self, channel: int, edge: int, callback: Any = None, bouncetime: int = -666) -> None:
        self._call("add_event_detect", channel, edge)
        self.check_mode(channel, "in")
        if bouncetime != -666:
            raise AssertionError("bouncetime means something else in every implementation")
        if self.circuit.no_edges:
            raise RuntimeError("Failed to add edge detection")
        if edge == self.BOTH:
            self.circuit.watch(channel, callback)
            return
        raise NotImplementedError("this circuit knows both edges only")

    def remove_event_detect(self, channel: int) -> None:
        self._call("remove_event_detect", channel, None)
        self.circuit.unwatch(channel)

    def PWM(self, channel: int, frequency: float) -> PWM:
        self._call("PWM", channel, frequency)
        return PWM(self, channel, frequency)

    def cleanup(self, channels: int | Iterable[int] | None = None) -> None:
        if channels is None:
            raise AssertionError("cleanup() without lines takes those of everybody in this process")
        for channel in [channels] if isinstance(channels, int) else list(channels):
            if self.circuit.gone:
                raise LgpioError("'unknown handle'")
            self.circuit.history.append(("cleanup", channel, None))
            self.circuit.unwatch(channel)
            self.circuit.stuck.discard(channel)
            self.circuit.modes.pop(channel, None)

    def check_mode(self, channel: int, wanted: str) -> None:
        """Raise what the package raises if a line is not what it should be."""
        if not self.circuit.modes.get(channel, "").startswith(wanted):
            raise RuntimeError(f"The GPIO channel has not been set up as an {wanted.upper()}PUT")

    def _call(self, name: str, channel: int, value: object) -> None:
        if self.circuit.gone:
            raise LgpioError("'unknown handle'")
        if not 0 <= channel < 54:
            raise ValueError("The channel sent is invalid on a Raspberry Pi")
        self.circuit.history.append((name, channel, value))


@contextmanager
def wired(circuit: Circuit) -> Iterator[Library]:
    """Have `import RPi.GPIO` give this circuit's library."""
    library = Library(circuit)
    package = types.ModuleType("RPi")
    package.GPIO = library  # type: ignore[attr-defined]
    before = {name: sys.modules.get(name) for name in ("RPi", "RPi.GPIO")}
    sys.modules.update({"RPi": package, "RPi.GPIO": library})
    try:
        yield library
    finally:
        for name, module in before.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module
