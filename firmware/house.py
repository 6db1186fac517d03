"""Everything that shows, wherever it comes from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from firmware import enrolment_words as en
from firmware.call_state import State
from firmware.interfaces import KeysStatus
from firmware.menu import Closed, Menu

KEYS_SHUT = "E46"
"""The vault is there but does not open on this board: nothing works until it is wiped."""

NOTHING_HELD = KeysStatus(
    enrolled=False,
    pending=False,
    tel="",
    name="",
    organisation="",
    domain="",
    crs="",
    months=[],
    expires=0,
    pin=False,
    locked=False,
    tries=10,
    wait=0,
    packed="",
    bulletin=0,
    revoked_at=0,
)


@dataclass(frozen=True)
class House:
    """Everything that shows. `trouble` as in IdleScreen; `level` is what the ear hears, 0 to 12."""

    now: datetime
    monotonic: float
    calls: State = field(default_factory=State)
    enrolment: en.Flow = field(default_factory=en.Flow)
    menu: Menu = field(default_factory=Closed)
    held: KeysStatus = NOTHING_HELD
    trouble: str = ""
    level: int = 0
