"""What can go wrong at the desk, as far as the desk knows: names for buttons. Who brings the phones does it.

The desk shows each fault as a button and passes presses on; it knows no network, no server and no process.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

EVERYWHERE = 0
"""In place of the number of a phone: the fault is of the whole house."""


class FaultRefused(ValueError):
    """This fault cannot be had now, or there is none such; the text says what can be done instead."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `label` is what its button says, `shows` what to look for on the displays.

    `on` holds the numbers of the phones that have it now, EVERYWHERE for the whole house. A fault that does
    not last (a service killed, and started again) is never on. `parts` are what it can be done to.
    """

    name: str
    label: str
    shows: str
    each_phone: bool = False
    lasts: bool = True
    parts: tuple[str, ...] = ()
    on: tuple[int, ...] = ()


class Faults(Protocol):
    """What whoever started the phones hands to the desk."""

    def faults(self) -> Sequence[Fault]:
        """Every fault, in the order of the buttons, as it is now."""
        ...

    async def change(self, name: str, *, on: bool, phone: int = EVERYWHERE, part: str = "") -> None:
        """Make a fault, or mend it; returns when it is so. Raises FaultRefused."""
        ...
