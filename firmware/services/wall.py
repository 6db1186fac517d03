"""The clock on the wall: the board's, put as the key service has put its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from firmware.clock import BUILT
from firmware.interfaces import KeysStatus

DAY_S = 86_400


class Wall:
    """What the phone shows as time. `board_now` and `powered` are seconds: Unix, and since the power came."""

    def __init__(
        self,
        board_now: Callable[[], float],
        held: Callable[[], KeysStatus],
        *,
        powered: Callable[[], float] = lambda: time.clock_gettime(time.CLOCK_BOOTTIME),
    ) -> None:
        self._board_now, self._held, self._powered = board_now, held, powered

    def now(self) -> float:
        """Return Unix seconds by the key service's clock; a lower bound of the time unless it is `known`."""
        return self._board_now() + self._held().ahead

    def local(self) -> datetime:
        """Return the same as the clock where the phone stands shows it."""
        return datetime.fromtimestamp(self.now())

    @property
    def known(self) -> bool:
        """Whether this is the time: the CRS has told it, or the board has kept it without power.

        A board without a battery begins at the day of its software, or behind what the key service has seen.
        """
        held = self._held()
        kept = held.ahead <= 0 and self._board_now() - self._powered() > BUILT + DAY_S
        return held.told or kept
