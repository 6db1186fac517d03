"""The lock, the emergency erase, and the light of a phone that is left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PIL import Image

from drivers.ports import HookEvent, KeyEvent
from firmware import call_effects as do
from firmware import call_events as on
from firmware import call_state as at
from firmware import desk_words as dk
from firmware import enrolment_words as en
from firmware import erase, remembered
from firmware import pages as p
from firmware.call_log import CallLog, Entry
from firmware.desk_state import Lock
from firmware.house import NOTHING_HELD, House
from firmware.idle_care import DARK, DIM, EASY, FULL, contrast, moved, place
from firmware.living import Asked, live, press, tell
from firmware.settings import Settings
from firmware.view import view

from .desk_house import BEN, LUKASZ, PIN, house, pressed, said, waited


def locked(**records: bytes) -> House:
    return pressed(house(pin=True, **records), "soft4", "7")


def held_down(here: House, *keys: str) -> House:
    for key in keys:
        here, _ = live(here, KeyEvent(key, True))
    return here


# --- the lock -----------------------------------------------------------------------------------------------


def test_a_locked_phone_shows_its_clock_and_nothing_of_the_persons() -> None:
    assert "Locked" in said(locked())
    assert "Asha" not in said(locked())


def test_the_right_pin_opens_it() -> None:
    here, effects = press(pressed(locked(), PIN), "soft4")
    assert effects[-1] == dk.Unlock(PIN)
    assert "Checking" in said(here)
    here, _ = tell(here, "desk", dk.PINTaken())
    assert "Ready for secure calls" in said(here)


def test_nothing_is_dialled_and_no_menu_opens_while_it_is_locked() -> None:
    for keys in (["2", "0", "0", "2", "#"], ["soft1"], ["soft2"], ["soft4"], ["speaker"], ["mute"]):
        here = locked()
        for key in keys:
            here, effects = press(here, key)
            assert not [effect for effect in effects if isinstance(effect, do.Prepare | do.Route)]
        assert isinstance(here.calls.phase, at.Idle)
        assert "Locked" in said(here)


def test_lifted_and_locked_the_digits_are_the_pins() -> None:
    here, _ = live(locked(), HookEvent(True))
    here, effects = press(here, "1")
    assert isinstance(here.calls.phase, at.OffHook)
    assert "1 digits typed" in said(here)
    assert not [effect for effect in effects if isinstance(effect, do.Tone)]


def test_a_verified_caller_is_answered_while_it_is_locked() -> None:
    here, _ = tell(locked(), "calls", on.Invited(1, BEN, protected=True))
    here, _ = tell(here, "calls", on.Verified(1, BEN, "Ben Idowu"))
    assert "Ben Idowu" in said(here)
    here, effects = live(here, HookEvent(True))
    assert do.Answer(1) in effects
    here, _ = live(here, HookEvent(False))
    assert "Locked" in said(here)


def test_who_called_is_nobodys_business_while_it_is_locked() -> None:
    here, _ = tell(locked(), "calls", on.Invited(1, BEN, protected=True))
    here, _ = tell(here, "calls", on.Verified(1, BEN, "Ben Idowu"))
    here, _ = tell(here, "calls", on.PeerEnded(1))
    assert "Ben" not in said(here)
    assert "1 missed call" in said(here)


def test_wrong_pins_count_down_and_the_screen_says_when_the_next_may_be_tried() -> None:
    here = pressed(locked(), PIN, "soft4")
    here, _ = tell(here, "desk", dk.PINRefused("E47", 0, 9))
    assert "! Wrong PIN. Try again. E47" in said(here)
    here = pressed(here, PIN, "soft4")
    here, _ = tell(here, "desk", dk.PINRefused("E48", 65, 5))
    assert "! Wait 1:05, then try again. E48" in said(here)
    assert "0 digits typed" in said(pressed(here, "1"))
    here, _ = waited(here, 5)
    assert "Wait 1:00" in said(here)
    here, _ = waited(here, 61)
    assert "1 digits typed" in said(pressed(here, "1"))


@pytest.mark.parametrize(("left", "warned"), [(3, False), (2, True), (1, True)])
def test_from_the_eighth_wrong_pin_on_it_says_what_the_tenth_will_do(left: int, warned: bool) -> None:
    here = pressed(locked(), PIN, "soft4")
    here, _ = tell(here, "desk", dk.PINRefused("E47", 0, left))
    assert ("erased" in said(here)) is warned


def test_the_tenth_wrong_pin_leaves_nothing() -> None:
    log = remembered.write_log(CallLog((Entry(LUKASZ, "Łukasz Żak", "in", 1793619000),)))
    here = pressed(locked(log=log), PIN, "soft4")
    here, _ = tell(here, "desk", dk.PINRefused("E49", 0, 10))
    assert "Ten wrong PINs. Enrol to use the phone again. E49" in said(here)
    assert here.desk.log == CallLog()
    assert here.desk.recalled == frozenset()
    assert "Not enrolled" in said(replace(pressed(here, "soft4"), held=NOTHING_HELD))


def test_a_phone_left_alone_locks_itself_if_it_has_a_pin() -> None:
    settings = remembered.write_settings(Settings(lock_after=5))
    assert "Locked" in said(waited(house(pin=True, settings=settings), 302)[0])
    assert "Locked" not in said(waited(house(pin=True, settings=settings), 298)[0])
    assert "Locked" not in said(waited(house(settings=settings), 400)[0])


def test_it_does_not_lock_itself_in_a_call_or_while_it_is_enrolled() -> None:
    settings = remembered.write_settings(Settings(lock_after=1))
    here, _ = live(house(pin=True, settings=settings), HookEvent(True))
    assert waited(here, 100)[0].desk.lock is None
    here, _ = tell(house(pin=True, settings=settings), "enrolment", en.Begin())
    assert waited(here, 100)[0].desk.lock is None


def test_a_vault_that_is_shut_at_the_start_locks_the_phone() -> None:
    shut = replace(NOTHING_HELD, pin=True, locked=True, tries=4, wait=30)
    here = House(house().now, 1000.0, held=shut)
    here, effects = tell(here, "desk", dk.StatusCame(shut))
    assert here.desk.lock == Lock(until=1030.0, tries=4)
    assert effects == (dk.Recall("settings"),)


def test_the_pin_is_in_no_repr_and_on_no_screen() -> None:
    here = pressed(locked(), "97531")
    everything = repr(here) + said(here) + repr(view(here)) + repr(press(here, "soft4")[1])
    assert "97531" not in everything
    assert "5 digits typed" in everything


# --- the emergency erase ------------------------------------------------------------------------------------


def to_the_question(here: House) -> House:
    here, _ = waited(held_down(here, "*", "#"), 3.2, tick_s=0.1)
    for key in "*#":
        here, _ = live(here, KeyEvent(key, False))
    return here


def wipes(effects: tuple[Asked, ...]) -> int:
    return sum(isinstance(effect, dk.WipeKeys) for effect in effects)


@pytest.mark.parametrize("start", [house, locked, lambda: pressed(house(), "soft4")])
def test_two_keys_held_and_a_soft_key_held_erase_everything(start: object) -> None:
    here = to_the_question(start())  # type: ignore[operator]
    assert "! ERASE ALL KEYS?" in said(here)
    here, _ = live(here, KeyEvent("soft4", True))
    here, effects = waited(here, 1.5, tick_s=0.1)
    assert "50 %" in said(here)
    assert not wipes(effects)
    here, effects = waited(here, 2, tick_s=0.1)
    assert wipes(effects) == 1
    here, _ = tell(here, "desk", dk.Wiped())
    assert "All is erased" in said(here)


def test_letting_go_stops_it_and_so_does_cancel_and_so_does_time() -> None:
    here = to_the_question(house())
    here, _ = live(here, KeyEvent("soft4", True))
    here, _ = waited(here, 2.5, tick_s=0.1)
    here, _ = live(here, KeyEvent("soft4", False))
    here, effects = waited(here, 5, tick_s=0.1)
    assert not wipes(effects)
    assert "0 %" in said(here)
    assert "ERASE" not in said(pressed(here, "soft1"))
    assert "ERASE" not in said(waited(here, 25)[0])


@pytest.mark.parametrize("keys", [("*",), ("#",), ("*", "0"), ("*", "#", "0")])
def test_no_other_keys_held_ask_anything(keys: tuple[str, ...]) -> None:
    here, _ = waited(held_down(house(), *keys), 10, tick_s=0.1)
    assert "ERASE" not in said(here)


def test_two_keys_let_go_too_early_ask_nothing() -> None:
    here, _ = waited(held_down(house(), "*", "#"), 2.5, tick_s=0.1)
    here, _ = live(here, KeyEvent("#", False))
    assert "ERASE" not in said(waited(here, 5)[0])


def test_an_erase_that_fails_is_said() -> None:
    here = to_the_question(house())
    here, _ = live(here, KeyEvent("soft4", True))
    here, _ = waited(here, 4, tick_s=0.1)
    here, _ = tell(here, "desk", dk.NotWiped("E41"))
    assert "Not erased" in said(here)
    here, _ = live(here, KeyEvent("soft4", False))
    assert "Ready" in said(pressed(here, "soft4"))


def test_lifting_the_handset_puts_away_that_nothing_was_erased_and_dials() -> None:
    here = to_the_question(house())
    here, _ = live(here, KeyEvent("soft4", True))
    here, _ = waited(here, 4, tick_s=0.1)
    here, _ = live(tell(here, "desk", dk.NotWiped("E41"))[0], KeyEvent("soft4", False))
    here, effects = live(here, HookEvent(True))
    assert do.Tone("dial") in effects
    assert pressed(here, "2").calls.phase == at.Dialling("2")


def test_no_call_outlives_the_keys() -> None:
    here, _ = tell(house(), "calls", on.Invited(1, BEN, protected=True))
    here, _ = tell(here, "calls", on.Verified(1, BEN, "Ben Idowu"))
    here, _ = live(here, HookEvent(True))
    here, _ = tell(here, "calls", on.Answered(1))
    assert isinstance(here.calls.phase, at.Talking)
    here = to_the_question(here)
    here, _ = live(here, KeyEvent("soft4", True))
    here, _ = waited(here, 3.2, tick_s=0.1)
    here, effects = tell(here, "desk", dk.Wiped())
    assert do.Release(1) in effects
    assert here.calls.call is None


def test_a_key_that_nobody_lets_go_does_not_block_the_others_for_ever() -> None:
    here, _ = waited(held_down(house(), "5"), 61)
    assert here.desk.held == frozenset()


def test_the_bar_is_a_share_of_three_seconds() -> None:
    assert erase.filled(erase.Asking(0.0, 10.0), 11.5) == 0.5
    assert erase.filled(erase.Asking(0.0, 10.0), 99.0) == 1.0
    assert erase.filled(erase.Asking(0.0), 99.0) == 0.0


# --- light --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hour", "alone_s", "busy", "wanted"),
    [
        (12, 0, False, FULL),
        (12, 61, False, EASY),
        (12, 3601, False, DARK),
        (12, 99999, True, FULL),
        (23, 0, False, EASY),
        (3, 61, False, DIM),
        (3, 3601, False, DARK),
        (3, 99999, True, EASY),
        (7, 0, False, FULL),
    ],
)
def test_how_bright_it_is(hour: int, alone_s: float, busy: bool, wanted: int) -> None:
    assert contrast(Settings(), hour=hour, alone_s=alone_s, busy=busy) == wanted


def test_a_display_that_shall_stay_on_never_goes_dark() -> None:
    assert contrast(Settings(blank_after=0), hour=3, alone_s=1e9, busy=False) == DIM


def test_a_night_of_no_hours_is_none() -> None:
    assert not any(Settings(night=(0, 0)).at_night(hour) for hour in range(24))


def test_on_a_dark_display_a_soft_key_only_wakes_and_a_digit_dials() -> None:
    here, _ = waited(house(), 3700, tick_s=60)
    assert here.contrast == DARK
    woken = pressed(here, "soft4")
    assert woken.contrast == FULL
    assert isinstance(woken.desk.page, p.Closed)
    assert isinstance(pressed(woken, "soft4").desk.page, p.Main)
    dialled = pressed(here, "2")
    assert (dialled.contrast, dialled.calls.phase) == (FULL, at.Dialling("2"))


def test_a_caller_and_the_handset_wake_it() -> None:
    here, _ = waited(house(), 3700, tick_s=60)
    assert live(here, HookEvent(True))[0].contrast == FULL
    here, _ = tell(here, "calls", on.Invited(1, BEN, protected=True))
    here, _ = tell(here, "calls", on.Verified(1, BEN, ""))
    assert here.contrast == FULL


def test_the_picture_wanders_by_two_pixels_at_most_and_not_off_its_place() -> None:
    places = [place(minute) for minute in range(100)]
    assert len(set(places)) > 4
    assert all(abs(x) <= 2 and -2 <= y <= 0 for x, y in places)
    picture = Image.new("L", (256, 64))
    picture.putpixel((10, 10), 255)
    assert {moved(picture, minute).getbbox() for minute in range(8)} == {
        (10 + x, 10 + y, 11 + x, 11 + y) for x, y in places
    }
