"""How often the PIN may still be tried, and when. Written down before each try, so that no power cut helps.

    wrong  1  2  3     4     5      …  9        10
    then   -  -  30 s  60 s  120 s  …  1,920 s  everything is destroyed

A restart begins the wait anew: there is no clock here that an attacker could not set. Somebody who can copy
the whole storage and put it back later can put back an old count, too: then only the board stands in his way,
on which each guess must be made, and what a guess costs there (`vault_lock.PIN_COST`).
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable

from firmware.interfaces import Refused
from firmware.vault import SealedState, VaultDamaged

LIMIT = 10
FREE = 2
"""Wrong PINs that nobody waits for."""
FIRST_WAIT_S, LONGEST_WAIT_S = 30, 3600
_VERSION = 1

_log = logging.getLogger("sottovoce.keys")


def wait_after(wrong: int) -> int:
    """Return the seconds to wait after so many wrong PINs in a row."""
    return min(FIRST_WAIT_S << (wrong - FREE - 1), LONGEST_WAIT_S) if wrong > FREE else 0


class PINTries:
    """The count of wrong PINs, on the disk. `monotonic` is in seconds and stops for nobody."""

    def __init__(self, state: SealedState, monotonic: Callable[[], float]) -> None:
        self._state = state
        self._monotonic = monotonic
        self._wrong = 0
        self._until = 0.0

    def load(self, *, locked: bool) -> None:
        """Read the count and begin its wait anew. A `locked` vault without a readable count has one try left:
        whoever took the count away gains nothing. Raises OSError.
        """
        try:
            octets = self._state.load()
        except VaultDamaged as error:
            _log.error("the count of PINs does not open: %s", error)
            octets = None
        if octets is not None and len(octets) == 2 and octets[0] == _VERSION and octets[1] <= LIMIT:
            self._wrong = octets[1]
        elif locked:
            _log.error("the count of PINs is gone; one try is left")
            self._wrong = LIMIT - 1
        self._wait_anew()

    @property
    def left(self) -> int:
        """Wrong PINs until everything is destroyed."""
        return LIMIT - self._wrong

    @property
    def wait(self) -> int:
        """Seconds until the next PIN may be tried."""
        return max(0, math.ceil(self._until - self._monotonic()))

    def begin(self) -> None:
        """Count a try before it is made. Refused E48 (too soon), E11 (it cannot be written down: no try)."""
        if self.wait:
            raise Refused(code="E48", text=f"wait {self.wait} seconds before the next PIN")
        self._save(self._wrong + 1)

    def wrong(self) -> Refused:
        """The try was wrong: its wait begins now. Returns the refusal."""
        self._wait_anew()
        left = "1 try left" if self.left == 1 else f"{self.left} tries left"
        _log.warning("a wrong PIN: %s", left)
        wait = f", wait {self.wait} seconds" if self.wait else ""
        return Refused(code="E47", text=f"wrong PIN: {left}{wait}")

    def right(self) -> None:
        """The try was right: the count begins anew. A disk that fails now costs its owner a try, no more."""
        try:
            self._save(0)
        except Refused:
            _log.error("the count of PINs could not be put back")
            self._wrong = 0
        self._until = 0.0

    def begin_anew(self) -> None:
        """Write down that no PIN was wrong. Refused E11."""
        self._save(0)
        self._until = 0.0

    def _wait_anew(self) -> None:
        self._until = self._monotonic() + wait_after(self._wrong)

    def _save(self, wrong: int) -> None:
        try:
            self._state.save(bytes([_VERSION, wrong]))
        except OSError as error:
            _log.error("the count of PINs could not be saved: %s", error.strerror or error)
            raise Refused(code="E11", text="could not save: switch off and on, try again") from error
        self._wrong = wrong
