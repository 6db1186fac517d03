"""The settings of a phone that is left alone, and its PIN."""

from __future__ import annotations

import pytest

from drivers.ports import HookEvent, KeyEvent
from firmware import desk_words as dk
from firmware import remembered, setting_pages
from firmware.acts import Act
from firmware.call_log import CallLog
from firmware.desk_state import Desk, Notice
from firmware.house import House
from firmware.living import live, press, tell
from firmware.screens import models as m
from firmware.settings import COUNTRIES, Settings
from firmware.view import view
from media.plans import PLANS

from .desk_house import HELD, PIN, ended, house, open_page, pressed, said, waited

# --- settings ---


def test_a_setting_is_applied_at_once_and_kept() -> None:
    here, effects = press(pressed(open_page(house(), "settings"), "1"), "2")
    assert here.desk.settings.language == "de"
    (kept,) = [effect for effect in effects if isinstance(effect, dk.Remember)]
    assert remembered.read_settings(kept.octets).language == "de"
    assert dk.Choose() in effects


def test_do_not_disturb_reaches_the_call_machine_and_the_screen() -> None:
    here = pressed(open_page(house(), "settings"), "6", "2")
    assert here.calls.do_not_disturb
    assert "Do not disturb" in said(pressed(here, "soft1", "soft1"))


def test_every_tone_plan_can_be_chosen() -> None:
    assert sorted(COUNTRIES) == sorted(PLANS)


@pytest.mark.parametrize("place", range(len(COUNTRIES)))
def test_a_tone_plan_is_chosen_from_its_list(place: int) -> None:
    here = open_page(house(), "settings")
    here = pressed(here, *["down"] * setting_pages.ENTRIES.index("country"), "soft4")
    here, effects = press(pressed(here, *["down"] * place), "soft4")
    assert here.desk.settings.country == COUNTRIES[place]
    assert dk.Choose() in effects


def test_settings_that_were_read_reach_the_call_machine() -> None:
    assert house(settings=remembered.write_settings(Settings(quiet=True))).calls.do_not_disturb


def test_volume_keys_change_the_ringer_at_rest_and_show_a_bar_for_two_seconds() -> None:
    here, effects = press(house(), "vol+")
    assert here.desk.settings.ring == 6
    assert dk.Choose() in effects
    assert "Ring volume 6 / 10" in said(here)
    here, later_effects = waited(here, 3)
    assert "Ring volume" not in said(here)
    assert [effect.name for effect in later_effects if isinstance(effect, dk.Remember)] == ["settings"]


def test_volume_keys_change_the_ear_with_the_handset_lifted_and_the_speaker_hands_free() -> None:
    lifted, _ = live(house(), HookEvent(True))
    assert pressed(lifted, "vol-").desk.settings.ear == 4
    free = pressed(house(), "speaker")
    assert pressed(free, "vol-").desk.settings.speaker == 4


def test_a_volume_stays_between_nothing_and_full() -> None:
    here = pressed(house(), *["vol-"] * 20)
    assert here.desk.settings.ring == 0
    assert pressed(here, *["vol+"] * 20).desk.settings.ring == 10


def test_a_record_that_was_not_read_is_never_written() -> None:
    here = House(house().now, 1000.0, held=HELD, desk=Desk(touched=1000.0))
    here, effects = press(here, "vol+")
    here, more = waited(here, 3)
    here = ended(here, "missed")
    assert not [effect for effect in (*effects, *more) if isinstance(effect, dk.Remember)]


@pytest.mark.parametrize("name", ["settings", "contacts", "log"])
@pytest.mark.parametrize("octets", [b"\0", b"\x82\x02\xa0", b"x" * 70000, b"\xff" * 9])
def test_a_damaged_record_is_said_and_starts_anew(name: str, octets: bytes) -> None:
    here = house(**{name: octets})
    assert here.desk.notice == Notice(f"damaged {name}")
    assert "damaged" in said(here)
    here = pressed(here, "soft4")
    assert "Ready for secure calls" in said(here)
    assert (here.desk.settings, here.desk.book.contacts, here.desk.log) == (Settings(), (), CallLog())


def test_each_damaged_record_is_said() -> None:
    here = house(contacts=b"\0", log=b"\0")
    read = {said(here), said(pressed(here, "soft4"))}
    assert len(read) == 2
    assert all("damaged" in text for text in read)


def test_a_record_that_cannot_be_written_is_said() -> None:
    here, _ = tell(house(), "desk", dk.NotStored("E11"))
    assert "Could not be stored" in said(here)


# --- PIN ---


def test_a_pin_is_typed_twice_and_then_set() -> None:
    here = pressed(open_page(house(), "settings"), "8", PIN, "soft4")
    assert "The new PIN once more" in said(here)
    here, effects = press(pressed(here, PIN), "#")
    assert dk.SetPIN("", PIN) in effects
    here, _ = tell(here, "desk", dk.PINTaken())
    assert "PIN is set" in said(here)


def test_two_different_pins_set_nothing() -> None:
    here, effects = press(pressed(open_page(house(), "settings"), "8", PIN, "soft4", "2468"), "soft4")
    assert "Not the same" in said(here)
    assert not [effect for effect in effects if isinstance(effect, dk.SetPIN)]


def test_three_digits_are_no_pin_and_a_thirteenth_is_not_taken() -> None:
    here = pressed(open_page(house(), "settings"), "8")
    assert view(pressed(here, "135")).keys[3] is None
    assert view(pressed(here, "1357")).keys[3] is Act.OK
    assert "12 digits typed" in said(pressed(here, "1234567890123"))


def test_changing_the_pin_asks_for_the_old_one_first() -> None:
    here, effects = press(pressed(open_page(house(pin=True), "settings"), "8", "1", PIN), "soft4")
    assert dk.Unlock(PIN) in effects
    here, _ = tell(here, "desk", dk.PINTaken())
    here, effects = press(pressed(here, "2468", "soft4", "2468"), "soft4")
    assert dk.SetPIN(PIN, "2468") in effects


def test_removing_the_pin_asks_for_it() -> None:
    here, effects = press(pressed(open_page(house(pin=True), "settings"), "8", "2", PIN), "soft4")
    assert dk.SetPIN(PIN, "") in effects
    here, _ = tell(here, "desk", dk.PINTaken())
    assert "PIN is removed" in said(here)


def test_two_keys_at_once_are_no_digit_of_a_pin() -> None:
    here = pressed(open_page(house(), "settings"), "8")
    for event in (KeyEvent("1", True), KeyEvent("2", True), KeyEvent("1", False), KeyEvent("2", False)):
        here, _ = live(here, event)
    assert "0 digits typed" in said(here)
    assert "1 digits typed" in said(pressed(here, "5"))


def test_the_screen_of_a_pin_shows_dots_and_no_digit() -> None:
    here = pressed(open_page(house(), "settings"), "8", "97531")
    assert "5 digits typed" in said(here)
    assert "97531" not in said(here) + repr(here)
    screen = view(here)
    assert isinstance(screen, m.PINScreen)
    assert screen.typed == 5
