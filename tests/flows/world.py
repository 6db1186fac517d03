"""The pure machines of a phone put together as its services do it, and what those services would answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Self

from crypto.fields import month_end, month_of
from drivers.ports import HookEvent, KeyEvent
from firmware import call_effects as do
from firmware import call_events as on
from firmware import desk_words as dk
from firmware import enrolment_words as en
from firmware import self_test
from firmware.house import NOTHING_HELD, House
from firmware.interfaces import CardSummary, DirectoryEntry, KeysStatus
from firmware.living import Asked, Lived, later, live, tell
from firmware.pin_tries import LIMIT, wait_after

ASHA, BEN, MAYA = "+442079462001", "+442079462002", "+442079463310"
NAMES = {BEN: "Ben Yılmaz", MAYA: "Maya Ramanathan-Grey", "+442079462047": "Łukasz Żak"}
NOON = datetime(2026, 11, 12, 12, 48)
MONTH_END = int(datetime(2026, 12, 1, tzinfo=UTC).timestamp())
CARD = CardSummary(
    tel=ASHA,
    name="Asha Okafor",
    organisation="Ministry Mgmt",
    issued=int(datetime(2026, 11, 12, tzinfo=UTC).timestamp()),
    expires=MONTH_END,
    month="2026-11",
    check_code="7f3a19c2",
    sealed=True,
)
HELD = replace(
    NOTHING_HELD,
    enrolled=True,
    tel=ASHA,
    name="Asha Okafor",
    organisation="Ministry Mgmt",
    domain="sv.example",
    crs="crs.sv.example:5061",
    months=["2026-11"],
    expires=MONTH_END,
    bulletin=17,
    mode="compatible",
)
STEP_S = 1.0
QUICK_S = 0.1


class World:
    """One phone's machines, its vault and its records. Time passes only where it is let pass.

    `held` is what its vault holds at the start.
    """

    def __init__(
        self, held: KeysStatus = HELD, *, pin: str = "", records: dict[str, bytes] | None = None
    ) -> None:
        self.house = House(NOON, 1000.0)
        self.asked: list[Asked] = []
        self._deadlines: dict[tuple[str, int], float] = {}
        self._records = dict(records or {})
        self._pin = pin
        self._broken: set[str] = set()
        self._holds(replace(held, pin=bool(pin), locked=bool(pin)))

    def _live(self, event: KeyEvent | HookEvent) -> None:
        self._take(live(self.house, event))

    def _holds(self, held: KeysStatus) -> None:
        self.house = replace(self.house, held=held)
        self._take(tell(self.house, "desk", dk.StatusCame(held)))
        up = self.house.calls.up and held.enrolled
        self._take(tell(self.house, "calls", on.Line(held.tel if held.enrolled else "", up)))

    def _pass(self, seconds: float) -> Self:
        end = self.house.monotonic + seconds
        while self.house.monotonic < end - 1e-6:
            quick = bool(self.house.desk.held) or seconds < 5
            step = min(QUICK_S if quick else STEP_S, end - self.house.monotonic)
            self.house = later(self.house, step)
            due = [key for key, when in self._deadlines.items() if when <= self.house.monotonic + 1e-6]
            for machine, serial in due:
                self._deadlines.pop((machine, serial), None)
                event = on.TimeUp(serial) if machine == "calls" else en.TimeUp(serial)
                self._take(tell(self.house, machine, event))
            self._take(tell(self.house, "desk", dk.Ticked()))
        return self

    def _take(self, lived: Lived) -> Self:
        self.house, asked = lived
        self.asked += asked
        for effect in asked:
            self._serve(effect)
        return self

    def _serve(self, effect: Asked) -> None:
        """Do what the services would do at once: timers, records, the directory, PINs, wiping."""
        match effect:
            case do.Timer(serial, seconds):
                self._set("calls", serial, seconds)
            case en.Timer(serial, seconds):
                self._set("enrolment", serial, seconds)
            case dk.Recall(name):
                self._take(tell(self.house, "desk", dk.Recalled(name, self._records.get(name, b""))))
            case dk.Remember() if "disk" in self._broken:
                self._take(tell(self.house, "desk", dk.NotStored("E11")))
            case dk.Remember(name, octets):
                self._records[name] = octets
            case dk.Find(text, also):
                self._take(tell(self.house, "desk", dk.Found(text, _found(text, *also))))
            case dk.WantTest():
                self._take(tell(self.house, "desk", dk.BeginTest()))
            case dk.Unlock(pin):
                verdict = self._judge(pin)
                self._take(tell(self.house, "desk", verdict))
            case dk.SetPIN(old, new):
                verdict = self._judge(old) if self._pin else dk.PINTaken()
                if isinstance(verdict, dk.PINTaken):
                    self._pin = new
                    self._holds(replace(self.house.held, pin=bool(new)))
                self._take(tell(self.house, "desk", verdict))
            case dk.AcceptTime() if "clock" in self._broken:
                self._take(tell(self.house, "desk", dk.TimeTaken("E39")))
            case dk.AcceptTime():
                self._holds(replace(self.house.held, proposed=0))
                self._take(tell(self.house, "desk", dk.TimeTaken()))
            case dk.RemoveMonth() if "wipe" in self._broken:
                self._take(tell(self.house, "desk", dk.MonthRemoved("E11")))
            case dk.RemoveMonth(month):
                left = [held for held in self.house.held.months if held != month]
                expires = max((month_end(held) for held in left), default=0)
                keyless = month_of(int(self.house.now.timestamp())) not in left
                self._holds(replace(self.house.held, months=left, expires=expires, keyless=keyless))
                self._take(tell(self.house, "desk", dk.MonthRemoved()))
            case dk.WipeKeys() if "wipe" in self._broken:
                self._take(tell(self.house, "desk", dk.NotWiped("E11")))
            case dk.WipeKeys():
                self._wipe()
                self._take(tell(self.house, "desk", dk.Wiped()))
            case dk.TestOrder(self_test.Look(part)):
                outcome = "failed" if part in self._broken else "passed"
                self._take(tell(self.house, "desk", self_test.Looked(part, outcome)))

    def _set(self, machine: str, serial: int, seconds: float | None) -> None:
        self._deadlines.pop((machine, serial), None)
        if seconds is not None:
            self._deadlines[machine, serial] = self.house.monotonic + seconds

    def _judge(self, pin: str) -> dk.PINTaken | dk.PINRefused:
        held = self.house.held
        if pin == self._pin:
            self._holds(replace(held, locked=False, tries=LIMIT))
            return dk.PINTaken()
        left = held.tries - 1
        if left == 0:
            self._wipe()
            return dk.PINRefused("E49")
        self.house = replace(self.house, held=replace(held, tries=left))
        return dk.PINRefused("E47", wait_after(LIMIT - left), left)

    def _wipe(self) -> None:
        self._records.clear()
        self._pin = ""
        self._holds(NOTHING_HELD)


def _found(*texts: str) -> tuple[DirectoryEntry, ...]:
    """What a signed directory answers: digits match either end of a number, letters a word of a name."""
    return tuple(
        DirectoryEntry(tel, name)
        for tel, name in NAMES.items()
        if any(
            tel.endswith(text) or tel[-4:].startswith(text) or _spoken(name, text) for text in texts if text
        )
    )


def _spoken(name: str, text: str) -> bool:
    """Say whether a word of a name begins with a text."""
    return any(word.casefold().startswith(text.casefold()) for word in name.split())
