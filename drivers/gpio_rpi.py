"""The header of a Raspberry Pi, through the `RPi.GPIO` API. No other file knows that name.

On boards and kernels of today the module of that name is rpi-lgpio. What it taught:

- A line belongs to one process. Each service opens only its own lines, and gives them back one by one:
  `cleanup()` without lines would take the display's away as well.
- `setup` of several outputs sets all of them to the level that the first one had; so one line at a time, and
  always with an initial level.
- What a callback raises is printed and lost; so a callback here only wakes somebody.
- `bouncetime` means something else in every implementation; it is never used.
- A stopped PWM stops itself again when it is forgotten, and fails if its line is gone: forget, then clean up.
- lgpio makes a pipe in the working directory when it is imported: hence `scratch`.
- Its errors are `lgpio.error`, which is neither a RuntimeError nor an OSError.
- Watching a line anew fails while lgpio's own thread still waits on it ('bad event request'), and leaves the
  line to nobody. It lets go within a moment; a busy machine's moment is long.
- Watching or unwatching a line while an edge of another is delivered can lose that edge: whoever waits for
  edges looks at the line now and then as well.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

HEADER_PINS = range(2, 28)
"""BCM numbers that a 40-pin header has; 0 and 1 belong to the EEPROM of a plugged board."""
PWM_HZ = 200.0
WATCH_PATIENCE_S, WATCH_AGAIN_S = 3.0, 0.005
LETTING_GO = ("bad event request", "busy")
"""What lgpio says while it has not yet let go of a line."""

_log = logging.getLogger(__name__)


class HeaderUnavailable(OSError):
    """The header cannot be used; the text says what to do about it."""


class Header:
    """The lines of the 40-pin header, by BCM number. `library` has the call set of RPi.GPIO."""

    def __init__(self, library: Any) -> None:
        self._library = library
        self._dimmed: dict[int, Any] = {}
        self._watched: set[int] = set()
        self._ours: set[int] = set()
        self._pulls: dict[int, int] = {}
        lgpio = getattr(library, "lgpio", None)
        self._errors: tuple[type[Exception], ...] = (RuntimeError, OSError)
        if lgpio is not None:
            self._errors += (lgpio.error,)
        try:
            library.setmode(library.BCM)
        except (*self._errors, ValueError) as error:
            raise HeaderUnavailable(
                f"the header does not open: {error}. This process needs to read and write /dev/gpiochip* "
                "(group gpio), and nobody in it may have chosen another numbering than BCM"
            ) from error

    def input(self, pin: int, *, pull_up: bool = True) -> None:
        """Make `pin` an input. Raises HeaderUnavailable if somebody else has it."""
        pull = self._library.PUD_UP if pull_up else self._library.PUD_OFF
        self._call(self._library.setup, pin, self._library.IN, pull_up_down=pull)
        self._ours.add(pin)
        self._pulls[pin] = pull

    def output(self, pin: int, *, high: bool) -> None:
        """Make `pin` an output that is `high` at once. Raises HeaderUnavailable if somebody else has it."""
        level = self._library.HIGH if high else self._library.LOW
        self._call(self._library.setup, pin, self._library.OUT, initial=level)
        self._ours.add(pin)

    def read(self, pin: int) -> bool:
        """Return whether `pin` is high. Raises HeaderUnavailable if it cannot be read any more."""
        return bool(self._call(self._library.input, pin))

    def write(self, pin: int, *, high: bool) -> None:
        """Drive an output."""
        self._call(self._library.output, pin, self._library.HIGH if high else self._library.LOW)

    def watch(self, pin: int, wake: Callable[[], None]) -> None:
        """Call `wake` on a thread of the library at each edge of an input. Raises HeaderUnavailable."""

        def edge(_pin: int) -> None:
            wake()

        patience = time.monotonic() + WATCH_PATIENCE_S
        again = False
        while True:
            try:
                self._call(self._library.add_event_detect, pin, self._library.BOTH, callback=edge)
            except HeaderUnavailable as error:
                # From the second time on it may also complain that the line is no input: nobody has it yet.
                again = again or any(word in str(error) for word in LETTING_GO)
                if time.monotonic() > patience or not again:
                    raise
                time.sleep(WATCH_AGAIN_S)
                with contextlib.suppress(HeaderUnavailable):
                    pull = self._pulls.get(pin, self._library.PUD_OFF)
                    self._call(self._library.setup, pin, self._library.IN, pull_up_down=pull)
            else:
                break
        self._watched.add(pin)

    def unwatch(self, pin: int) -> None:
        """Look for edges no more."""
        if pin in self._watched:
            self._watched.discard(pin)
            self._call(self._library.remove_event_detect, pin)

    def dim(self, pin: int, brightness: float) -> None:
        """Drive an output high for a part of the time, 0 to 1. `write` needs `undim` first."""
        duty = 100.0 * min(1.0, max(0.0, brightness))
        wave = self._dimmed.get(pin)
        if wave is None:
            wave = self._dimmed[pin] = self._call(self._library.PWM, pin, PWM_HZ)
            wave.start(duty)
        else:
            wave.ChangeDutyCycle(duty)

    def undim(self, pin: int) -> None:
        """End `dim`; the line is low then."""
        wave = self._dimmed.pop(pin, None)
        if wave is not None:
            self._call(lambda _pin: wave.stop(), pin)

    def release(self, pins: Iterable[int]) -> None:
        """Give lines back: inputs again, unwatched, free for another process."""
        for pin in pins:
            try:
                self.unwatch(pin)
                self.undim(pin)
                if pin in self._ours:
                    self._ours.discard(pin)
                    self._call(self._library.cleanup, pin)
            except HeaderUnavailable as error:
                # Whoever closes has more to close; the kernel takes the lines back with this process.
                _log.warning("not given back: %s", error)

    def forget(self, pins: Iterable[int]) -> None:
        """Give lines back before they are taken anew, in whatever state a failure has left the library."""
        for pin in pins:
            self._watched.discard(pin)
            self._ours.discard(pin)
            with contextlib.suppress(HeaderUnavailable):
                self._call(self._library.cleanup, pin)

    def _call(self, operation: Callable[..., Any], pin: int, *arguments: Any, **named: Any) -> Any:
        try:
            return operation(pin, *arguments, **named)
        except self._errors as error:
            raise HeaderUnavailable(f"GPIO {pin}: {error}{_advice(str(error))}") from error


def open_header(scratch: Path) -> Header:
    """Open the header; `scratch` is a directory that this process may write to.

    Raises HeaderUnavailable if this computer has none, or the library for it is missing.
    """
    return Header(open_library(scratch))


def open_library(scratch: Path) -> Any:
    """Load the library that drives the header. Raises HeaderUnavailable."""
    scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
    with contextlib.chdir(scratch):
        try:
            return importlib.import_module("RPi.GPIO")
        except ImportError as error:
            raise HeaderUnavailable(
                "the Python module RPi.GPIO is missing; install the package python3-rpi-lgpio, or rpi-lgpio "
                "with pip (extra 'pi')"
            ) from error
        except (RuntimeError, NotImplementedError) as error:
            raise HeaderUnavailable(f"this computer has no Raspberry Pi header: {error}") from error


def _advice(text: str) -> str:
    if "edge detection" in text:
        return ". The old RPi.GPIO sees no edges on this kernel: replace it by python3-rpi-lgpio"
    if "busy" in text.lower():
        return ". Another process or a device tree overlay has this line; `gpioinfo` tells which"
    return ""
