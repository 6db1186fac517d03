"""The hook switch on the header."""

from __future__ import annotations

from collections.abc import Callable

from drivers.gpio_rpi import Header
from drivers.ports import HookEvent
from drivers.switches import WatchedLines

STILL_S = 0.030
"""Debounce both ways. A flash, of 80 ms or more, is told as on-hook and off-hook; its meaning is not ours."""

POLARITIES = ("NO", "NC")


class HookSwitch:
    """A switch that the resting handset presses, between `pin` and ground.

    `polarity` is that of the contact used: 'NO' is closed while the handset rests, 'NC' while it is lifted.
    With 'NC' a broken wire reads as hung up. Raises HeaderUnavailable, ValueError for another polarity.
    """

    def __init__(self, header: Header, pin: int, polarity: str) -> None:
        if polarity not in POLARITIES:
            raise ValueError(f"the hook's polarity is 'NO' or 'NC', not {polarity!r}")
        self._pin = pin
        self._lifted_is_high = polarity == "NO"
        self._lines = WatchedLines(header, (pin,), STILL_S, name="hook")

    @property
    def lifted(self) -> bool:
        """True while the handset is off its cradle."""
        return self._lines.high(self._pin) == self._lifted_is_high

    def start(self, listener: Callable[[HookEvent], None]) -> None:
        """Tell `listener` of every change, on a thread of this switch."""
        self._lines.start(lambda _pin, high: listener(HookEvent(high == self._lifted_is_high)))

    def close(self) -> None:
        """Tell nobody any more."""
        self._lines.close()
