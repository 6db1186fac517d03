"""Lamps on the header: the ringing and the message lamp, and apart from them the microphone's."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Mapping

from drivers.gpio_rpi import Header

LAMPS = ("ring", "message")
PATTERNS = ("off", "on", "fast", "slow", "breathe")
FLASH_S = {"fast": 0.2, "slow": 1.0}
"""Seconds on, and as many off."""
BREATH_S = 4.0
BREATH_STEP_S = 0.04

_log = logging.getLogger(__name__)


def brightness(pattern: str, since: float) -> tuple[float, float | None]:
    """Return how bright a lamp is `since` seconds after its pattern began, and in how many it changes again.

    Brightness is 0 to 1; the time is None for a pattern that stays as it is.
    """
    if pattern in FLASH_S:
        half, into = divmod(since, FLASH_S[pattern])
        return float(half % 2 == 0), FLASH_S[pattern] - into
    if pattern == "breathe":
        # The eye sees brightness by its cube root or so; a squared cosine breathes evenly.
        return (0.5 - 0.5 * math.cos(2 * math.pi * since / BREATH_S)) ** 2, BREATH_STEP_S
    return float(pattern == "on"), None


class GPIOLamps:
    """Lamps by name; one that the board does not have may be set, and nothing lights.

    `pins` are BCM numbers, `lit_high` says whether a high line lights the lamp. Raises HeaderUnavailable.
    """

    def __init__(self, header: Header, pins: Mapping[str, int], *, lit_high: bool) -> None:
        self._header = header
        self._pins = dict(pins)
        self._lit_high = lit_high
        self._began: dict[str, tuple[str, float]] = {}
        self._dimmed: set[str] = set()
        self._changed = threading.Condition()
        self._closed = False
        try:
            for pin in self._pins.values():
                header.output(pin, high=not lit_high)
        except OSError:
            header.release(self._pins.values())
            raise
        self._thread = threading.Thread(target=self._run, name="lamps", daemon=True)
        self._thread.start()

    def set(self, lamp: str, pattern: str) -> None:
        """Set one lamp. Raises ValueError for a lamp or pattern that no phone has."""
        if lamp not in LAMPS or pattern not in PATTERNS:
            raise ValueError(f"no lamp {lamp!r} with pattern {pattern!r}; lamps {LAMPS}, patterns {PATTERNS}")
        with self._changed:
            if self._began.get(lamp, ("off", 0.0))[0] != pattern:
                self._began[lamp] = (pattern, time.monotonic())
                self._changed.notify()

    def close(self) -> None:
        """Put every lamp out and give the lines back."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()
        for lamp, pin in self._pins.items():
            self._light(lamp, pin, "off", 0.0)
        self._header.release(self._pins.values())

    def _run(self) -> None:
        try:
            self._follow()
        except OSError as error:
            _log.error("the lamps cannot be driven any more: %s", error)

    def _follow(self) -> None:
        with self._changed:
            while not self._closed:
                now = time.monotonic()
                waits = []
                for lamp, pin in self._pins.items():
                    pattern, began = self._began.get(lamp, ("off", now))
                    level, wait = brightness(pattern, now - began)
                    self._light(lamp, pin, pattern, level)
                    waits += [] if wait is None else [wait]
                self._changed.wait(min(waits, default=None))

    def _light(self, lamp: str, pin: int, pattern: str, level: float) -> None:
        if pattern == "breathe":
            self._header.dim(pin, level if self._lit_high else 1.0 - level)
            self._dimmed.add(lamp)
            return
        if lamp in self._dimmed:
            self._dimmed.discard(lamp)
            self._header.undim(pin)
        self._header.write(pin, high=(level > 0) == self._lit_high)


class GPIOMuteLamp:
    """The lamp of the microphone gate, on a line that only the process with the gate opens.

    The line goes with the process: if that dies, the lamp and the microphone go out together.
    """

    def __init__(self, header: Header, pin: int, *, lit_high: bool) -> None:
        """Open the line, unlit. Raises HeaderUnavailable if it cannot be had."""
        self._header = header
        self._pin = pin
        self._lit_high = lit_high
        header.output(pin, high=not lit_high)

    def set(self, lit: bool) -> None:
        """Light the lamp, or put it out."""
        self._header.write(self._pin, high=lit == self._lit_high)

    def close(self) -> None:
        """Put the lamp out and give the line back."""
        self.set(False)
        self._header.release((self._pin,))


class NoMuteLamp:
    """The mute lamp of a board that has none."""

    def set(self, lit: bool) -> None:
        """Light nothing."""

    def close(self) -> None:
        """There is nothing to put out."""
