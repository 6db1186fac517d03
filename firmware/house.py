"""Everything that shows, wherever it comes from."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime

from crypto.fields import month_of
from firmware import enrolment_words as en
from firmware.call_state import CALL_PHASES, Dialling, State
from firmware.desk_state import Desk
from firmware.erase import Rest
from firmware.idle_care import contrast
from firmware.interfaces import KeysStatus
from firmware.pages import Testing
from firmware.record import record

KEYS_SHUT = "E46"
"""The vault is there but does not open on this board: nothing works until it is wiped."""

CLOCK_ASKED = "E39"
"""The CRS says a time more than 48 hours ahead: it is not believed until somebody confirms it here."""

NO_KEYS_NOW = "E30"
"""This month's keys are not held: they have ended, or were removed."""

SECOND_KEY = "E38"
"""Somebody else holds a key for our number: calls go on, and the person is told until it is revoked."""

NOON = 12
"""The hour of a phone that does not know it: the display stays bright."""

NOTHING_HELD = KeysStatus(
    enrolled=False,
    pending=False,
    tel="",
    name="",
    organisation="",
    domain="",
    crs="",
    serial="",
    months=[],
    expires=0,
    pin=False,
    locked=False,
    tries=10,
    wait=0,
    packed="",
    bulletin=0,
    revoked_at=0,
    mode="",
    call_log=True,
    openings=0,
    others=0,
    proposed=0,
    keyless=False,
    told=False,
    ahead=0,
)


@record
class House:
    """Everything that shows. `trouble` as in IdleScreen; `level` is what the ear hears, 0 to 12."""

    now: datetime
    monotonic: float
    calls: State = field(default_factory=State)
    enrolment: en.Flow = field(default_factory=en.Flow)
    desk: Desk = field(default_factory=Desk)
    held: KeysStatus = NOTHING_HELD
    trouble: str = ""
    level: int = 0
    board: str = ""
    """The name of the board."""
    round_trip_s: float | None = None
    """What the last keep-alive took to the server and back; None if none was answered on this connection."""
    clock_known: bool = True
    """Whether `now` is the time. If not it is a lower bound, and nothing shows it."""

    @property
    def told(self) -> str:
        """The trouble that shows while the phone is left alone: its own, a second key for its number, no keys
        for this month, or a time that somebody must confirm.
        """
        if self.trouble or self.held.others:
            return self.trouble or SECOND_KEY
        if self.held.enrolled and self._keyless:
            return NO_KEYS_NOW
        return CLOCK_ASKED if self.held.proposed else ""

    @property
    def _keyless(self) -> bool:
        """No keys of this month: all have ended, or the vault has said so. A clock that is behind tells
        nothing, and what the vault said in another month is old.
        """
        now = int(self.now.timestamp())
        ended = self.held.expires <= now
        return month_of(now) not in self.held.months and (ended or self.held.keyless)

    @property
    def alone_s(self) -> float:
        """Seconds since anything was touched, or happened."""
        return max(0.0, self.monotonic - self.desk.touched)

    @property
    def busy(self) -> bool:
        """True while something goes on that must be seen: a call, enrolment, a question."""
        return (
            isinstance(self.calls.phase, (Dialling, *CALL_PHASES))
            or not isinstance(self.enrolment.phase, en.Off)
            or not isinstance(self.desk.erase, Rest)
            or isinstance(self.desk.page, Testing)
        )

    @property
    def contrast(self) -> int:
        """How bright the display shines now, 0 (dark) to 255."""
        hour = self.now.hour if self.clock_known else NOON
        return contrast(self.desk.settings, hour=hour, alone_s=self.alone_s, busy=self.busy)
