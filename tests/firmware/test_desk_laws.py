"""Laws of a phone that is left alone, whatever keys are pressed: no dead end, no digit of a PIN, no crash."""

from __future__ import annotations

from dataclasses import fields, replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from drivers.ports import HookEvent, KeyEvent
from drivers.virtual_wire import KEYS
from firmware import call_events as on
from firmware import call_state as at
from firmware import desk_words as dk
from firmware import enrolment_words as en
from firmware import pages as p
from firmware import remembered
from firmware.acts import Act
from firmware.call_log import CallLog, Entry
from firmware.contacts import Book, Contact
from firmware.erase import Erased, Rest
from firmware.foreground import foreground
from firmware.house import House
from firmware.living import later, live, press, tell
from firmware.screens.render import render
from firmware.text import Words
from firmware.view import view

from .desk_house import BEN, LUKASZ, house, said

BOOK = remembered.write_book(Book((Contact(BEN, "Ben Idowu"), Contact(LUKASZ, "Łukasz Żak")), (("2", BEN),)))
LOG = remembered.write_log(CallLog((Entry(LUKASZ, "Łukasz Żak", "missed", 1793619000),), 1))
PRESSES_TO_IDLE = 12
WORDS = Words()

FINGER = st.one_of(
    st.sampled_from(sorted(KEYS)),
    st.sampled_from(["soft1", "soft2", "soft3", "soft4"]),
    st.sampled_from(["lift", "lay down", "wait", "long wait", "answer", "refuse", "caller", "gone"]),
)


def after(here: House, finger: str) -> House:
    """Let something happen that a person, time or another service does."""
    match finger:
        case "lift" | "lay down":
            return live(here, HookEvent(finger == "lift"))[0]
        case "wait" | "long wait":
            return tell(later(here, 1.0 if finger == "wait" else 400.0), "desk", dk.Ticked())[0]
        case "answer":
            return tell(here, "desk", dk.PINTaken())[0]
        case "refuse":
            return tell(here, "desk", dk.PINRefused("E47", 3, 5))[0]
        case "caller":
            call = here.calls.calls + 1
            here = tell(here, "calls", on.Invited(call, BEN, protected=True))[0]
            return tell(here, "calls", on.Verified(call, BEN, "Ben Idowu"))[0]
        case "gone":
            return tell(here, "calls", on.PeerEnded(here.calls.calls))[0]
        case _:
            return press(here, finger)[0]


def settle(here: House) -> House:
    """Answer what is under way, and let go of everything."""
    for key in sorted(here.desk.held):
        here = live(here, KeyEvent(key, False))[0]
    if isinstance(here.desk.page, p.Code) and here.desk.page.asking:
        here = tell(here, "desk", dk.PINRefused("E47"))[0]
    if here.desk.lock is not None:
        here = replace(here, desk=replace(here.desk, lock=replace(here.desk.lock, asking=True)))
        here = tell(here, "desk", dk.PINTaken())[0]
    return here


def way_back(here: House) -> House:
    """Lay the handset down, read, and press what leads back: Back, Cancel or the like, or OK."""
    here = later(here, 0.5)
    here = live(here, HookEvent(False))[0]
    if isinstance(here.desk.page, p.Testing) and here.desk.page.test.part == "keys":
        return press(press(here, "soft1")[0], "soft1")[0]
    if isinstance(here.desk.page, p.Testing) and not view(here).keys[0] and here.desk.page.test.part:
        return tell(later(here, 1.0), "desk", dk.Ticked())[0]
    if here.calls.speaker and foreground(here) == "call" and not view(here).keys[3]:
        return press(here, "speaker")[0]
    back = (Act.BACK, Act.CANCEL, Act.DECLINE, Act.OK, Act.END, Act.CLEAR)
    for number, act in enumerate(view(here).keys, 1):
        if act in back:
            return press(here, f"soft{number}")[0]
    return tell(later(here, 30.0), "desk", dk.Ticked())[0]


@settings(max_examples=80, deadline=None)
@example(False, ["soft1", "long wait", "*"])
@given(st.booleans(), st.lists(FINGER, max_size=40))
def test_from_everywhere_a_few_presses_lead_to_the_clock(pin: bool, fingers: list[str]) -> None:
    here = house(pin=pin, contacts=BOOK, log=LOG)
    for finger in fingers:
        here = after(here, finger)
        render(view(here), WORDS)
    here = settle(here)
    for _ in range(PRESSES_TO_IDLE):
        if foreground(here) == "idle":
            break
        here = way_back(here)
    assert foreground(here) == "idle", said(here)
    assert isinstance(here.calls.phase, at.Idle)


@settings(max_examples=100, deadline=None)
@given(st.text("0123456789", min_size=4, max_size=12), st.sampled_from(["lock", "new", "admin"]))
def test_a_pin_is_in_no_repr_and_on_no_screen(pin: str, where: str) -> None:
    here = house(pin=where != "new")
    way = {"lock": ["soft4", "7"], "new": ["soft4", "3", "8"], "admin": ["soft4", "8", "2"]}[where]
    for key in way:
        here, _ = press(here, key)
    without = _digits(here)
    for digit in pin:
        here, effects = press(here, digit)
        assert pin not in repr(effects)
    assert _typed(here) == pin
    assert _digits(here).replace(f"{len(pin)} digits typed", "0 digits typed") == without
    here, effects = press(here, "soft4")
    assert [type(effect) for effect in effects if isinstance(effect, dk.Unlock)] or where == "new"
    assert f"'{pin}'" not in repr(here) + repr(effects)


def _typed(here: House) -> str:
    if here.desk.lock is not None:
        return here.desk.lock.digits
    assert isinstance(here.desk.page, p.Code)
    return here.desk.page.digits


def _digits(here: House) -> str:
    """What shows, and what a log would show, but for the soft keys and when a key was touched."""
    shown = [line for line in render(view(here), WORDS)[1] if " | " not in line]
    return "\n".join(shown) + repr(here.desk.lock) + repr(here.desk.page)


@settings(max_examples=60, deadline=None)
@given(st.lists(FINGER, max_size=30))
def test_locked_nothing_is_dialled_or_shown_of_the_persons(fingers: list[str]) -> None:
    here, _ = press(press(house(pin=True, contacts=BOOK, log=LOG), "soft4")[0], "7")
    for finger in fingers:
        if finger in ("answer", "caller", "gone"):
            continue
        here = after(here, finger)
        if foreground(here) == "erase":
            return
        assert foreground(here) == "lock"
        assert isinstance(here.calls.phase, at.Idle | at.OffHook)
        assert not any(name in said(here) for name in ("Asha", "Łukasz", "Ben", "2001", "2047"))


@settings(max_examples=60, deadline=None)
@given(st.lists(FINGER, max_size=30))
def test_erasing_is_never_asked_for_without_both_holds(fingers: list[str]) -> None:
    here = house(contacts=BOOK)
    for finger in fingers:
        here = after(here, finger)
        assert isinstance(here.desk.erase, Rest | Erased), "keys that are pressed and let go are not held"


def test_every_field_that_can_hold_a_pin_is_out_of_the_repr() -> None:
    secret = {"digits", "old", "new", "pin"}
    for kind in (p.Code, dk.Unlock, dk.SetPIN):
        for field in fields(kind):
            assert field.repr is (field.name not in secret), (kind, field.name)
    assert not en.Typing.__dataclass_fields__["digits"].repr
