"""The microphone's gate and its lamp, which are one thing."""

from __future__ import annotations

import threading
from collections.abc import Callable

from drivers.ports import MuteLamp
from media.codec import SILENCE


class Gate:
    """Lets the microphone through or not. The lamp is lit exactly while a call is on and the gate is shut.

    When `shut` returns, nothing that the microphone hears goes out any more. The lamp goes out before the
    gate opens and is lit after it is shut, so it never tells of a silence that is not there.
    """

    def __init__(self, lamp: MuteLamp) -> None:
        self._lamp = lamp
        self._lock = threading.Lock()
        self.open = False
        lamp.set(False)

    def pass_on(self, pcm: bytes, to: Callable[[bytes], None]) -> bool:
        """From the microphone thread: give `to` the period, or silence; return whether it was the period."""
        with self._lock:
            to(pcm if self.open else SILENCE)
            return self.open

    def set(self, *, call: bool, open: bool) -> None:
        """Open or shut the gate; `call`: one is on, heard or held."""
        with self._lock:
            if call and open:
                self._lamp.set(False)
                self.open = True
            else:
                self.open = False
                self._lamp.set(call)
