"""From where everything stands to the one screen that shows it, and to what the soft keys then do.

What the person is doing comes first: a call, then enrolment, then the menu, then the phone left alone.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from firmware import enrolment_words as en
from firmware.acts import Act, soft_keys
from firmware.call_view import call_view, in_a_call
from firmware.house import KEYS_SHUT, NOTHING_HELD, House
from firmware.menu import ENTRIES, About, Closed, List, Menu, Wiped, Wiping
from firmware.numbers import shown
from firmware.screens import models as m

__all__ = ["KEYS_SHUT", "NOTHING_HELD", "VERSION", "House", "in_a_call", "view"]

VERSION = "0.1.0"


def view(house: House) -> m.Model:
    """Return what to show; its `keys` are what soft keys 1 to 4 do now."""
    call = call_view(house)
    if call is not None:
        return call
    if not isinstance(house.enrolment.phase, en.Off):
        return _enrolment(house, house.enrolment.phase)
    if not isinstance(house.menu, Closed):
        return _menu(house, house.menu)
    return _alone(house)


def _enrolment(house: House, phase: en.Phase) -> m.Model:
    match phase:
        case en.Looking(seen, hint):
            return m.ViewfinderScreen(seen, hint, False, soft_keys(first=Act.CANCEL))
        case en.Reading(seen, corners):
            return m.ViewfinderScreen(seen, "", True, soft_keys(first=Act.CANCEL), corners)
        case en.Confirming(card):
            return m.ConfirmScreen(
                card.tel,
                card.name,
                card.organisation,
                _day(card.issued),
                date(int(card.month[:4]), int(card.month[5:7]), 1),
                card.check_code,
                soft_keys(first=Act.CANCEL, fourth=Act.ENROL),
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
            return m.EnrolledScreen(shown(number, number), name, soft_keys(fourth=Act.OK))
        case en.Trouble("E12", "contact"):
            return m.TroubleScreen("E12 pending", house.now, (Act.CANCEL, None, None, Act.AGAIN))
        case en.Trouble(("E03" | "E04") as code, "contact"):
            # The card was good: what is wrong is the pack that the server sent.
            return m.TroubleScreen(f"{code} pack", house.now, (Act.CANCEL, None, None, Act.AGAIN))
        case en.Trouble(code, "off"):
            return m.TroubleScreen(code, house.now, soft_keys(fourth=Act.OK))
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
            return m.WipeScreen(True, soft_keys(fourth=Act.OK))
        case About():
            return m.AboutScreen(VERSION, house.held.tel, house.held.organisation, soft_keys(first=Act.BACK))
        case Closed():
            return _alone(house)


def _alone(house: House) -> m.Model:
    held = house.held
    if house.trouble == KEYS_SHUT:
        return m.IdleScreen(house.now, "", "", KEYS_SHUT, None, soft_keys(fourth=Act.MENU))
    if not held.enrolled:
        return m.NotEnrolledScreen(house.now, (Act.ENROL, None, None, Act.MENU))
    redial = Act.REDIAL if house.calls.redial else None
    valid_to = _day(held.expires - 1) if held.expires else None
    keys = soft_keys(third=redial, fourth=Act.MENU)
    return m.IdleScreen(house.now, shown(held.tel, held.tel), held.name, house.trouble, valid_to, keys)


def _day(unix: int) -> date:
    """The day in UTC, as months of keys are counted."""
    return datetime.fromtimestamp(unix, UTC).date()
