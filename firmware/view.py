"""From where everything stands to the one screen that shows it, and to what the soft keys then do.

What the person is doing comes first: a call, then enrolment, then the menu, then the phone left alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from firmware import call_state as at
from firmware import enrolment_words as en
from firmware.acts import NO_KEYS, Act, SoftKeys
from firmware.call_state import State
from firmware.interfaces import KeysStatus
from firmware.menu import ENTRIES, About, Closed, List, Menu, Wiped, Wiping
from firmware.numbers import shown
from firmware.screens import models as m

VERSION = "0.1.0"
KEYS_SHUT = "E46"
"""The vault is there but does not open on this board: nothing works until it is wiped."""

NOTHING_HELD = KeysStatus(
    enrolled=False, pending=False, tel="", name="", organisation="", domain="", crs="", months=[], expires=0
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


def view(house: House) -> m.Model:
    """Return what to show; its `keys` are what soft keys 1 to 4 do now."""
    call = _call(house)
    if call is not None:
        return call
    if not isinstance(house.enrolment.phase, en.Off):
        return _enrolment(house, house.enrolment.phase)
    if not isinstance(house.menu, Closed):
        return _menu(house, house.menu)
    return _alone(house)


def in_a_call(calls: State) -> bool:
    """True while a call, or dialling one, has the screen and the keys."""
    return not isinstance(calls.phase, at.Idle)


def _call(house: House) -> m.Model | None:
    calls, own = house.calls, house.calls.own
    redial = Act.REDIAL if calls.redial else None
    end = _keys(fourth=Act.END)
    match calls.phase:
        case at.OffHook():
            return m.DiallingScreen("", True, _keys(third=redial))
        case at.Dialling(digits):
            return m.DiallingScreen(digits, calls.lifted, (Act.DELETE, None, Act.CLEAR, Act.CALL))
        case at.Preparing(_, number):
            return m.CallingScreen("preparing", shown(number, own), calls.lifted, end)
        case at.Calling(_, number, _):
            return m.CallingScreen("calling", shown(number, own), calls.lifted, end)
        case at.RingingOut(_, number, _):
            return m.CallingScreen("ringing out", shown(number, own), calls.lifted, end)
        case at.Waiting(_, number, _):
            return m.CallingScreen("answered", shown(number, own), False, end)
        case at.Incoming(_, number, name, silenced):
            keys = _keys(first=Act.DECLINE, second=None if silenced else Act.SILENCE)
            return m.IncomingScreen(shown(number, own), name, keys)
        case at.Answering(_, number, name):
            return m.CallScreen("answering", shown(number, own), name, 0, 0, False, calls.note, end)
        case at.Talking() as talking:
            return _talking(house, talking)
        case at.Over(why, number, name, seconds):
            duration = None if seconds is None else int(seconds)
            keys = NO_KEYS if calls.lifted else _keys(fourth=Act.OK)
            return m.OverScreen(why, shown(number, own), name, duration, keys)
        case _:
            return None


def _talking(house: House, talking: at.Talking) -> m.CallScreen:
    calls = house.calls
    stage = "lost" if talking.lost else "secure" if talking.secured else "securing"
    return m.CallScreen(
        stage,
        shown(talking.number, calls.own),
        talking.name,
        max(0, int(house.monotonic - talking.began)),
        house.level if talking.secured and not talking.lost else 0,
        calls.muted,
        calls.note,
        _keys(third=Act.UNMUTE if calls.muted else Act.MUTE, fourth=Act.END),
    )


def _enrolment(house: House, phase: en.Phase) -> m.Model:
    match phase:
        case en.Looking(seen, hint):
            return m.ViewfinderScreen(seen, hint, False, _keys(first=Act.CANCEL))
        case en.Reading(seen):
            return m.ViewfinderScreen(seen, "", True, _keys(first=Act.CANCEL))
        case en.Confirming(card):
            return m.ConfirmScreen(
                card.tel,
                card.name,
                card.organisation,
                _day(card.issued),
                date(int(card.month[:4]), int(card.month[5:7]), 1),
                card.check_code,
                _keys(first=Act.CANCEL, fourth=Act.ENROL),
            )
        case en.Typing(_, digits, left):
            whole = Act.OK if len(digits) == en.CODE_DIGITS else None
            keys = (Act.CANCEL, Act.DELETE, None, whole)
            return m.TransferCodeScreen(len(digits), en.CODE_DIGITS, left, keys)
        case en.Opening():
            return m.ProgressScreen("opening")
        case en.Contacting():
            return m.ProgressScreen("contacting")
        case en.Storing():
            return m.ProgressScreen("storing")
        case en.Registering():
            return m.ProgressScreen("registering")
        case en.Done(number, name):
            return m.EnrolledScreen(shown(number, number), name, _keys(fourth=Act.OK))
        case en.Trouble("E12", "contact"):
            return m.TroubleScreen("E12 pending", house.now, (Act.CANCEL, None, None, Act.AGAIN))
        case en.Trouble(("E03" | "E04") as code, "contact"):
            # The card was good: what is wrong is the pack that the server sent.
            return m.TroubleScreen(f"{code} pack", house.now, (Act.CANCEL, None, None, Act.AGAIN))
        case en.Trouble(code, "off"):
            return m.TroubleScreen(code, house.now, _keys(fourth=Act.OK))
        case en.Trouble(code):
            return m.TroubleScreen(code, house.now, (Act.CANCEL, None, None, Act.AGAIN))
        case en.Off():
            return _alone(house)


def _menu(house: House, menu: Menu) -> m.Model:
    match menu:
        case List(chosen):
            return m.MenuScreen(ENTRIES, chosen, (Act.BACK, None, Act.NEXT, Act.SELECT))
        case Wiping():
            return m.WipeScreen(False, (Act.CANCEL, None, None, Act.WIPE))
        case Wiped():
            return m.WipeScreen(True, _keys(fourth=Act.OK))
        case About():
            return m.AboutScreen(VERSION, house.held.tel, house.held.organisation, _keys(first=Act.BACK))
        case Closed():
            return _alone(house)


def _alone(house: House) -> m.Model:
    held = house.held
    if house.trouble == KEYS_SHUT:
        return m.IdleScreen(house.now, "", "", KEYS_SHUT, None, _keys(fourth=Act.MENU))
    if not held.enrolled:
        return m.NotEnrolledScreen(house.now, (Act.ENROL, None, None, Act.MENU))
    redial = Act.REDIAL if house.calls.redial else None
    valid_to = _day(held.expires - 1) if held.expires else None
    keys = _keys(third=redial, fourth=Act.MENU)
    return m.IdleScreen(house.now, shown(held.tel, held.tel), held.name, house.trouble, valid_to, keys)


def _keys(
    first: Act | None = None, second: Act | None = None, third: Act | None = None, fourth: Act | None = None
) -> SoftKeys:
    return first, second, third, fourth


def _day(unix: int) -> date:
    """The day in UTC, as months of keys are counted."""
    return datetime.fromtimestamp(unix, UTC).date()
