"""A matrix keypad on the header: rows are inputs with pull-ups, columns pull them low.

    resting   every column low, rows watched: a press wakes the scan, and until then it costs nothing
    scanning  every PERIOD_S one column after the other low, the rest floating, until the last key is up

A column that is not its turn floats instead of being driven high: two keys of one row would short it to the
column that is low. Nobody but this process can read the lines, so nobody else can note down a PIN.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence

from drivers.gpio_rpi import Header
from drivers.key_scanner import PERIOD_S, KeyMap, KeyScanner
from drivers.ports import KeyEvent

REST_S = 0.25
"""How often a resting keypad is looked at without a reason, should an edge have been lost."""

AGAIN_S = 0.2
"""Between two attempts to have the lines back."""

_log = logging.getLogger(__name__)


class MatrixKeypad:
    """The keys of a matrix. `rows` and `columns` are BCM numbers, in the order of `keys`.

    Raises HeaderUnavailable if a line cannot be had, ValueError if the lines do not fit the map.
    """

    def __init__(self, header: Header, rows: Sequence[int], columns: Sequence[int], keys: KeyMap) -> None:
        if len(rows) != len(keys) or len(columns) != len(keys[0]):
            raise ValueError(f"this keypad has {len(keys)} rows and {len(keys[0])} columns")
        self._header = header
        self._rows = tuple(rows)
        self._columns = tuple(columns)
        self._scanner = KeyScanner(keys)
        self.keys = frozenset(key for row in keys for key in row if key)
        self._woken = threading.Event()
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None
        try:
            self._take_lines()
        except OSError:
            header.release((*self._rows, *self._columns))
            raise

    def _take_lines(self) -> None:
        for pin in self._rows:
            self._header.input(pin)
        for pin in self._columns:
            self._header.output(pin, high=False)

    def start(self, listener: Callable[[KeyEvent], None]) -> None:
        """Tell `listener` of every key, on a thread of this keypad."""
        self._thread = threading.Thread(target=self._run, args=(listener,), name="keypad-matrix", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Let every key go and give the lines back."""
        self._closed.set()
        self._woken.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()
        self._header.release((*self._rows, *self._columns))

    def _run(self, listener: Callable[[KeyEvent], None]) -> None:
        while not self._closed.is_set():
            try:
                self._rest()
                self._scan(listener)
            except OSError as error:
                _log.error("the keypad cannot be read: %s", error)
                self._let_go(listener)
                self._come_back()
        self._let_go(listener)

    def _let_go(self, listener: Callable[[KeyEvent], None]) -> None:
        """No key is down that nobody can see any more."""
        for event in self._scanner.release():
            listener(event)

    def _come_back(self) -> None:
        """Take the lines anew until that works: a phone without keys is worth nothing."""
        told = ""
        while not self._closed.wait(AGAIN_S):
            self._header.forget((*self._rows, *self._columns))
            try:
                self._take_lines()
            except OSError as error:
                if str(error) != told:
                    told = str(error)
                    _log.error("the keypad is not to be had: %s", told)
                continue
            _log.warning("the keypad is read again")
            return

    def _rest(self) -> None:
        """Return when a key goes down."""
        for pin in self._rows:
            self._header.watch(pin, self._woken.set)
        try:
            # A row that fell before it was watched gives no edge; so look after every wait, and first of all.
            while not self._closed.is_set() and all(self._header.read(pin) for pin in self._rows):
                self._woken.wait(REST_S)
                self._woken.clear()
        finally:
            for pin in self._rows:
                self._header.unwatch(pin)

    def _scan(self, listener: Callable[[KeyEvent], None]) -> None:
        """Return when every key is up again, and stays up."""
        for pin in self._columns:
            self._header.input(pin, pull_up=False)
        due = time.monotonic()
        while True:
            for event in self._scanner.sample(self._look(), time.monotonic()):
                listener(event)
            if self._scanner.idle:
                break
            due = max(due + PERIOD_S, time.monotonic())
            if self._closed.wait(due - time.monotonic()):
                break
        for pin in self._columns:
            self._header.output(pin, high=False)

    def _look(self) -> list[int]:
        masks = [0] * len(self._rows)
        for column, pin in enumerate(self._columns):
            self._header.output(pin, high=False)
            for row, row_pin in enumerate(self._rows):
                if not self._header.read(row_pin):
                    masks[row] |= 1 << column
            self._header.input(pin, pull_up=False)
        return masks
