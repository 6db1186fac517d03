"""Switches on lines of their own: watched by their edges, believed once they have kept still."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable

from drivers.gpio_rpi import Header

LOOK_S = 0.005
"""How often an unsettled line is looked at."""
REST_S = 0.25
"""How often a settled one is, should an edge have been lost."""

_log = logging.getLogger(__name__)


class Settled:
    """The state of one contact, believed after it has kept still for `still_s`, either way."""

    def __init__(self, state: bool, still_s: float) -> None:
        self._state = state
        self._still_s = still_s
        self._other_since: float | None = None

    @property
    def state(self) -> bool:
        """What is believed."""
        return self._state

    @property
    def unsettled(self) -> bool:
        """The contact was last seen in the other state, and not yet for long enough."""
        return self._other_since is not None

    def look(self, state: bool, now: float, *, moved: bool = False) -> bool:
        """Take one look; `moved`: there was an edge since the last. Return whether the belief changed."""
        if state == self._state:
            self._other_since = None
        elif self._other_since is None or moved:
            self._other_since = now
        elif now - self._other_since >= self._still_s:
            self._state, self._other_since = state, None
            return True
        return False


class WatchedLines:
    """Inputs with pull-ups, and one listener that is told of every level that has settled."""

    def __init__(self, header: Header, pins: Iterable[int], still_s: float, *, name: str) -> None:
        """Open the lines and read them. Raises HeaderUnavailable if one cannot be had."""
        self._header = header
        self._pins = tuple(pins)
        self._name = name
        self._woken = threading.Event()
        self._moved: set[int] = set()
        self._closed = False
        self._thread: threading.Thread | None = None
        try:
            for pin in self._pins:
                header.input(pin)
            self._lines = {pin: Settled(header.read(pin), still_s) for pin in self._pins}
        except OSError:
            header.release(self._pins)
            raise

    def high(self, pin: int) -> bool:
        """Return the settled level of a line."""
        return self._lines[pin].state

    def start(self, listener: Callable[[int, bool], None]) -> None:
        """Tell `listener` of each line that settles on another level: which pin, and whether it is high."""
        for pin in self._pins:
            self._header.watch(pin, lambda pin=pin: self._edge(pin))  # type: ignore[misc]
        self._thread = threading.Thread(target=self._run, args=(listener,), name=self._name, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Tell nobody any more and give the lines back."""
        self._closed = True
        self._woken.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()
        self._header.release(self._pins)

    def _edge(self, pin: int) -> None:
        self._moved.add(pin)
        self._woken.set()

    def _run(self, listener: Callable[[int, bool], None]) -> None:
        while not self._closed:
            try:
                self._look(listener)
            except OSError as error:
                _log.error("%s cannot be read any more: %s", self._name, error)
                return
            unsettled = any(line.unsettled for line in self._lines.values())
            if unsettled:
                time.sleep(LOOK_S)
            else:
                self._woken.wait(REST_S)
                self._woken.clear()

    def _look(self, listener: Callable[[int, bool], None]) -> None:
        for pin, line in self._lines.items():
            moved = pin in self._moved
            self._moved.discard(pin)
            if line.look(self._header.read(pin), time.monotonic(), moved=moved):
                listener(pin, line.state)
