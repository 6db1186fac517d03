"""PINs, and somebody who guesses one."""

from __future__ import annotations

from firmware.pin_tries import LIMIT
from tests.firmware.phones import Phone, refused

PIN, OTHER = "2580", "013579"


def guess(phone: Phone, times: int, pin: str = "0000") -> None:
    """Type a wrong PIN, after whatever wait there is."""
    for _ in range(times):
        phone.monotonic += phone.custody.status().wait
        refused("E47", lambda: phone.custody.unlock(pin))


def is_blank(phone: Phone) -> bool:
    status = phone.custody.status()
    return not (status.pin or status.locked or status.enrolled) and status.tries == LIMIT
