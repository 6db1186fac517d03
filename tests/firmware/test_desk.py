"""The pages of a phone that is left alone: menu, administration, self-test, status, and what runs out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from drivers.ports import HookEvent
from firmware import call_effects as do
from firmware import call_events as on
from firmware import call_state as at
from firmware import desk_words as dk
from firmware import enrolment_words as en
from firmware import pages as p
from firmware.desk import LEFT_S
from firmware.desk_state import Desk
from firmware.house import NOTHING_HELD, House
from firmware.interfaces import MediaEvent
from firmware.living import live, press, tell
from firmware.screens import models as m
from firmware.self_test import BY_ITSELF, PARTS, PATIENCE_S, Looked
from firmware.status_rows import status_rows
from firmware.update_news import News
from firmware.update_told import RESTART_S
from firmware.view import view

from .desk_house import ASHA, NOW, PIN, asked, house, open_page, pressed, said, waited

# --- the menu ---


def test_the_menu_is_walked_by_soft_keys_arrows_and_digits() -> None:
    here = pressed(house(), "soft4")
    assert "> 1 Contacts" in said(here)
    assert "> 2 Call log" in said(pressed(here, "soft3"))
    assert "> 9 About" in said(pressed(here, "up"))
    assert "> 1 Contacts" in said(pressed(here, "up", "down"))
    assert "Sottovoce" in said(pressed(here, "up", "soft4"))
    assert "No emergency calls" in said(pressed(here, "9"))


@pytest.mark.parametrize("entry", ["contacts", "log", "settings", "status", "admin", "about"])
def test_a_page_that_was_left_goes_by_itself_and_who_comes_next_dials(entry: str) -> None:
    here, _ = waited(open_page(house(), entry), LEFT_S - 1)
    assert here.desk.page != p.Closed()
    here, _ = waited(here, 2)
    assert "Ready for secure calls" in said(here)
    assert pressed(here, "2").calls.phase == at.Dialling("2")


def test_a_pin_that_was_typed_and_left_is_forgotten() -> None:
    here, _ = waited(pressed(open_page(house(pin=True), "admin"), "2", "1", "3"), LEFT_S + 1)
    assert "13" not in repr(here.desk)
    assert here.desk.page == p.Closed()


def after_the_self_test() -> House:
    """The self-test was begun, and nobody did anything: it came to its end by itself."""
    here, _ = tell(open_page(house(), "self-test"), "desk", dk.BeginTest())
    here, _ = waited(here, 10 * PATIENCE_S + 10)
    for part in sorted(BY_ITSELF, key=PARTS.index):
        here, _ = tell(here, "desk", Looked(part, "passed"))
    assert isinstance(view(here), m.SummaryScreen)
    return here


def test_lifting_the_handset_leaves_the_end_of_the_self_test_for_the_dial_tone() -> None:
    here, effects = live(after_the_self_test(), HookEvent(True))
    assert do.Tone("dial") in effects
    assert pressed(here, "2").calls.phase == at.Dialling("2")


def test_laying_down_the_handset_leaves_the_end_of_the_self_test_to_be_read() -> None:
    here, _ = tell(open_page(house(), "self-test"), "desk", dk.BeginTest())
    here, _ = live(here, HookEvent(True))
    here, _ = waited(here, 10 * PATIENCE_S + 10)
    for part in sorted(BY_ITSELF, key=PARTS.index):
        here, _ = tell(here, "desk", Looked(part, "passed"))
    here, _ = live(here, HookEvent(False))
    assert isinstance(view(here), m.SummaryScreen)
    assert here.calls.phase == at.Idle()


def test_a_self_test_that_is_cut_short_with_the_handset_in_the_hand_gives_the_dial_tone() -> None:
    here, _ = tell(open_page(house(), "self-test"), "desk", dk.BeginTest())
    here, _ = live(here, HookEvent(True))
    here, _ = tell(here, "calls", on.Restarted())
    here, effects = waited(pressed(here, "soft4"), 1)
    assert do.Tone("dial") in effects
    here, _ = live(here, HookEvent(False))
    assert here.calls.phase == at.Idle()


def test_a_restart_at_night_that_is_refused_is_told_and_waits_for_a_person() -> None:
    here, _ = tell(house(), "desk", dk.UpdateMoved(News("ready", version="0.2.0")))
    here = pressed(here, "soft4")
    here = replace(here, now=NOW.replace(hour=3, minute=20), monotonic=here.monotonic + RESTART_S)
    here, effects = tell(here, "desk", dk.Ticked())
    assert dk.Restart() in effects
    here, _ = tell(here, "desk", dk.UpdateMoved(News("not-restarted", code="E67")))
    assert "Switch the phone off and on. E67" in said(here)
    here, effects = waited(pressed(here, "soft4"), RESTART_S + 60)
    assert dk.Restart() not in effects
    assert ("status ready", "0.2.0") in status_rows(here)[3]


def test_what_is_told_waits_until_what_was_told_before_is_read() -> None:
    here = replace(house(), now=datetime.fromtimestamp(house().held.expires - 86_400, UTC))
    here, _ = tell(here, "desk", dk.Ticked())
    here, _ = tell(here, "desk", dk.UpdateMoved(News("rolled-back", version="0.2.0")))
    assert "Keys end" in said(here)
    here, effects = press(here, "soft4")
    assert "did not work" in said(here)
    assert dk.UpdateSeen() not in effects
    here, effects = press(here, "soft4")
    assert dk.UpdateSeen() in effects
    here, _ = tell(here, "desk", dk.Ticked())
    assert "OK" not in said(here)


def test_what_is_told_again_before_it_is_read_stands_there_once_as_it_is_now() -> None:
    here, _ = tell(house(), "desk", dk.UpdateMoved(News("ready", version="0.2.0")))
    here, _ = tell(here, "desk", dk.NotStored("E11"))
    here, _ = tell(here, "desk", dk.UpdateMoved(News("ready", version="0.3.0")))
    assert "0.3.0" in said(here)
    assert "Could not be stored" in said(pressed(here, "soft4"))
    assert "OK" not in said(pressed(here, "soft4", "soft4"))


def test_what_is_told_during_a_call_is_there_after_it() -> None:
    here, _ = live(house(), HookEvent(True))
    here, _ = tell(here, "desk", dk.NotStored("E11"))
    assert "Could not be stored" not in said(here)
    here, _ = live(here, HookEvent(False))
    assert "Could not be stored" in said(here)
    here, _ = live(here, HookEvent(True))
    here, _ = live(here, HookEvent(False))
    assert "Could not be stored" not in said(here)


def test_wiping_needs_a_question_and_cancel_is_the_first_key() -> None:
    here = pressed(open_page(house(), "admin"), "2")
    assert "! WIPE ALL KEYS?" in said(here)
    assert dk.WipeKeys() not in asked(here, "soft1")
    assert dk.WipeKeys() not in asked(here, "2")
    here, effects = press(here, "soft4")
    assert dk.WipeKeys() in effects
    here, _ = tell(here, "desk", dk.Wiped())
    assert "Keys wiped" in said(here)


def test_a_wipe_that_fails_is_said() -> None:
    here = pressed(open_page(house(), "admin"), "2", "soft4")
    here, _ = tell(here, "desk", dk.NotWiped("E11"))
    assert "Destroy the memory card by hand. E11" in said(here)


def test_enrolling_again_starts_the_camera() -> None:
    assert en.OpenCamera() in asked(open_page(house(), "admin"), "1")


@pytest.mark.parametrize(("entry", "wanted"), [("1", "PIN, to enrol again"), ("2", "PIN, to wipe all keys")])
def test_with_a_pin_the_administrators_pages_ask_for_it(entry: str, wanted: str) -> None:
    here, effects = press(open_page(house(pin=True), "admin"), entry)
    assert wanted in said(here)
    assert en.OpenCamera() not in effects


def test_the_right_pin_opens_what_it_was_asked_for() -> None:
    here, effects = press(pressed(open_page(house(pin=True), "admin"), "2", PIN), "soft4")
    assert dk.Unlock(PIN) in effects
    here, _ = tell(here, "desk", dk.PINTaken())
    assert "! WIPE ALL KEYS?" in said(here)


def test_the_wrong_pin_opens_nothing_and_says_how_many_are_left() -> None:
    here = pressed(open_page(house(pin=True), "admin"), "2", PIN, "soft4")
    here, _ = tell(here, "desk", dk.PINRefused("E47", 0, 2))
    assert "2 tries left, then all is erased. E47" in said(here)
    here, _ = tell(here, "desk", dk.PINRefused("E47", 0, 1))
    assert "WIPE" not in said(here)


def test_help_appears_with_trouble_and_says_what_to_do() -> None:
    here = replace(house(), trouble="E21")
    assert view(here).keys[2] is not None
    assert "Is the network cable plugged in?" in said(pressed(here, "soft3"))


# --- what runs out ---


def test_keys_that_end_soon_are_said_once_a_day_and_stay_on_the_idle_screen() -> None:
    here = replace(house(), now=house().now.replace(day=27))
    here, _ = waited(here, 2)
    assert "Keys end in 4 days" in said(here)
    assert here.desk.notice is None
    here = replace(here, now=here.now.replace(day=28))
    here, _ = waited(here, 2)
    assert "Ask the administrator" in said(here)
    here = pressed(here, "soft4")
    assert "Keys end in 3 days" in said(here)
    assert waited(here, 100)[0].desk.notice is None


def test_an_empty_phone_warns_of_nothing() -> None:
    here = House(house().now, 1000.0, held=NOTHING_HELD, desk=Desk(touched=1000.0))
    assert "Not enrolled" in said(waited(here, 5)[0])


def test_a_page_with_nothing_on_it_can_be_left() -> None:
    here = open_page(house(), "log")
    assert "No calls yet" in said(here)
    assert "Ready" in said(pressed(here, "soft1", "soft1"))


def test_status_pages_tell_the_last_call() -> None:
    assert ASHA in said(open_page(house(), "status"))
    assert "No call since the start" in said(pressed(open_page(house(), "status"), "soft3", "soft3"))
    assert "Version" in said(pressed(open_page(house(), "status"), "soft3", "soft3", "soft3"))


@pytest.mark.parametrize(("round_trip_s", "shown"), [(None, "–"), (0.0237, "24 ms")])
def test_the_way_to_the_server_and_back_is_told_even_before_a_call(
    round_trip_s: float | None, shown: str
) -> None:
    here = replace(pressed(open_page(house(), "status"), "soft3", "soft3"), round_trip_s=round_trip_s)
    assert f"Server and back {shown}" in said(here)
    here, _ = tell(here, "desk", dk.Heard(MediaEvent("stats", 9, 99, 1, 0, 2, 60.0, 3, 0, 1, 4.0, 0)))
    assert said(here).splitlines()[:4] == [
        "Loss 1.0 %  (1)",
        "Jitter, delay 4 / 60 ms",
        f"Server and back {shown}",
        "Rejected, sound gaps 2 / 3",
    ]
