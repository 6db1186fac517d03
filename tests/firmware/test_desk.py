"""The pages of a phone that is left alone: menu, contacts, call log, settings, PIN."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drivers.ports import HookEvent, KeyEvent
from firmware import call_effects as do
from firmware import call_events as on
from firmware import call_state as at
from firmware import desk_words as dk
from firmware import enrolment_words as en
from firmware import pages as p
from firmware import remembered, setting_pages
from firmware.acts import Act
from firmware.call_log import CallLog, Entry
from firmware.contacts import Book, Contact
from firmware.desk import LEFT_S, RUNG_S, STEADY_S
from firmware.desk_state import Desk, Lock, Notice
from firmware.erase import Kept
from firmware.house import NOTHING_HELD, House
from firmware.interfaces import DirectoryEntry, MediaEvent
from firmware.living import later, live, press, tell
from firmware.menu import MAIN
from firmware.reasons import Why
from firmware.screens import models as m
from firmware.self_test import BY_ITSELF, PARTS, PATIENCE_S, Looked
from firmware.settings import COUNTRIES, Settings
from firmware.status_rows import status_rows
from firmware.update_news import News
from firmware.update_told import RESTART_S
from firmware.view import view
from media.plans import PLANS

from .desk_house import ASHA, BEN, HELD, LUKASZ, NOW, PIN, asked, house, pressed, said, waited

LOG = remembered.write_log(
    CallLog((Entry(LUKASZ, "Łukasz Żak", "missed", 1793619000), Entry(BEN, "", "out", 1793610000, 65)), 1)
)
PEOPLE = remembered.write_book(Book((Contact(BEN, "Ben Idowu"), Contact(LUKASZ, "Łukasz Żak"))))


def open_page(here: House, entry: str) -> House:
    return pressed(here, "soft4", str(MAIN.index(entry) + 1))


# --- the menu -----------------------------------------------------------------------------------------------


def test_the_menu_is_walked_by_soft_keys_arrows_and_digits() -> None:
    here = pressed(house(), "soft4")
    assert "> 1 Contacts" in said(here)
    assert "> 2 Call log" in said(pressed(here, "soft3"))
    assert "> 9 About" in said(pressed(here, "up"))
    assert "> 1 Contacts" in said(pressed(here, "up", "down"))
    assert "Sottovoce" in said(pressed(here, "up", "soft4"))
    assert "No emergency calls" in said(pressed(here, "9"))


def test_lifting_the_handset_leaves_the_menu_for_the_dial_tone() -> None:
    here, effects = live(open_page(house(), "settings"), HookEvent(True))
    assert isinstance(here.calls.phase, at.OffHook)
    assert do.Tone("dial") in effects
    assert isinstance(here.desk.page, p.Closed)


def test_the_speaker_key_leaves_the_menu_for_the_dial_tone_too() -> None:
    here = pressed(open_page(house(), "settings"), "speaker")
    assert here.calls.phase == at.OffHook()
    assert pressed(here, "2").calls.phase == at.Dialling("2")


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


def noticed(here: House) -> House:
    """One's own number was dialled on-hook: the notice goes after some seconds."""
    here = pressed(here, *ASHA[-4:], "#")
    assert isinstance(here.calls.phase, at.Over)
    return here


def test_an_ok_that_comes_as_its_notice_times_out_does_not_open_the_menu() -> None:
    here = noticed(house())
    here, _ = tell(here, "calls", on.TimeUp(here.calls.timer))
    assert "Ready for secure calls" in said(here)
    here = pressed(here, "soft4")
    assert here.desk.page == p.Closed()
    assert pressed(later(here, STEADY_S), "soft4").desk.page == p.Main()


def test_after_an_ok_of_ones_own_the_menu_opens_at_once() -> None:
    assert pressed(noticed(house()), "soft4", "soft4").desk.page == p.Main()


def test_after_laying_down_the_menu_opens_at_once() -> None:
    here, _ = live(house(), HookEvent(True))
    here, _ = live(here, HookEvent(False))
    assert pressed(here, "soft4").desk.page == p.Main()


def test_a_back_that_comes_as_its_page_times_out_opens_nothing() -> None:
    here, _ = waited(open_page(house(), "about"), LEFT_S)
    assert here.desk.page == p.Closed()
    assert pressed(here, "soft1").desk.page == p.Closed()


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


def test_a_caller_takes_the_screen_and_the_menu_is_there_again_afterwards() -> None:
    here = open_page(house(), "settings")
    here, _ = tell(here, "calls", on.Invited(1, BEN, protected=True))
    here, _ = tell(here, "calls", on.Verified(1, BEN, "Ben Idowu"))
    assert "Incoming secure call" in said(here)
    assert "> 1 Language" in said(pressed(later(here, RUNG_S), "soft1"))


def called(here: House, tel: str = BEN) -> House:
    """Somebody calls, and is verified."""
    call = here.calls.calls + 1
    here, _ = tell(here, "calls", on.Invited(call, tel, protected=True))
    return tell(here, "calls", on.Verified(call, tel, "Ben Idowu"))[0]


def test_who_presses_menu_as_a_caller_comes_does_not_answer() -> None:
    """Soft key 4 was Menu and is Answer, hands-free: the microphone opens for nobody who did not read it."""
    here = called(house())
    assert view(here).keys[3] is Act.ANSWER
    for early in (0.0, RUNG_S - 0.05):
        after = pressed(later(here, early), "soft4")
        assert (after.calls.phase, after.calls.speaker) == (here.calls.phase, False)
    assert isinstance(pressed(later(here, RUNG_S), "soft4").calls.phase, at.Answering)


def test_nor_does_it_decline_who_waits_beside_a_call() -> None:
    here = called(house())
    here, _ = live(here, HookEvent(True))
    here, _ = tell(here, "calls", on.Answered(1))
    here, _ = tell(here, "calls", on.Media(1, "secured"))
    here = called(later(here, 10.0), LUKASZ)
    for key in ("soft1", "soft2", "soft3", "soft4"):
        after = pressed(here, key)
        assert (after.calls.phase, after.calls.other) == (here.calls.phase, here.calls.other)
    read = later(here, RUNG_S)
    assert any(pressed(read, f"soft{place}").calls != read.calls for place in (1, 2, 3, 4))


def test_a_lifted_handset_answers_at_once() -> None:
    assert isinstance(live(called(house()), HookEvent(True))[0].calls.phase, at.Answering)


def test_not_erased_in_a_hands_free_call_the_speaker_key_ends_both() -> None:
    here = pressed(later(called(house()), RUNG_S), "soft4")
    here, _ = tell(here, "calls", on.Answered(1))
    here, _ = tell(here, "calls", on.Media(1, "secured"))
    for key in "*#":
        here, _ = live(here, KeyEvent(key, True))
    here, _ = waited(here, 3.5, tick_s=0.1)
    for key in "*#":
        here, _ = live(here, KeyEvent(key, False))
    here, _ = live(here, KeyEvent("soft4", True))
    here, _ = waited(here, 3.5, tick_s=0.1)
    here, _ = live(here, KeyEvent("soft4", False))
    here, _ = tell(here, "desk", dk.NotWiped("E11"))
    assert "Not erased" in said(here)
    here = pressed(here, "speaker")
    assert "Not erased" not in said(here)
    assert not here.calls.off_hook
    assert not isinstance(here.calls.phase, at.CALL_PHASES)


def test_without_a_call_the_speaker_key_reads_it_away_and_dials() -> None:
    here = replace(house(), desk=replace(house().desk, erase=Kept("E11")))
    here = pressed(here, "speaker")
    assert here.calls.phase == at.OffHook()
    assert here.calls.speaker


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


def test_behind_a_lock_the_speaker_key_opens_no_line() -> None:
    here = house(pin=True)
    here = replace(here, desk=replace(here.desk, erase=Kept("E11"), lock=Lock()))
    here = pressed(here, "speaker")
    assert here.calls.phase == at.Idle()
    assert not here.calls.speaker


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


# --- contacts -----------------------------------------------------------------------------------------------


def test_typing_on_the_keys_finds_a_name_and_a_number() -> None:
    here = pressed(house(contacts=PEOPLE), "soft2", "585")
    assert "> Łukasz Żak  2047" in said(here)
    assert "Ben" not in said(here)
    here = pressed(house(contacts=PEOPLE), "soft2", "2002")
    assert "> Ben Idowu  2002" in said(here)


def test_the_directory_is_asked_and_a_late_answer_to_something_else_is_not_shown() -> None:
    here, effects = press(pressed(house(), "soft2"), "6")
    assert dk.Find("6", ("m", "n", "o")) in effects
    late, _ = tell(here, "desk", dk.Found("5", (DirectoryEntry(BEN, "Ben Idowu"),)))
    assert "Nobody found" in said(late)
    here, _ = tell(here, "desk", dk.Found("6", (DirectoryEntry(LUKASZ, "Maya Grey"),)))
    assert "> Maya Grey  2047" in said(here)


def test_a_person_is_called_from_the_list() -> None:
    here, effects = press(pressed(house(contacts=PEOPLE), "soft2", "585", "soft4"), "soft4")
    assert any(isinstance(effect, do.Prepare) and effect.number == LUKASZ for effect in effects)
    assert isinstance(here.desk.page, p.Closed)


def test_contacts_open_while_dialling_with_what_is_dialled() -> None:
    here = pressed(house(contacts=PEOPLE), "20")
    assert view(here).keys[1] is not None
    here = pressed(here, "soft2")
    assert "Search 20" in said(here)
    here, effects = press(pressed(here, "soft3", "soft4"), "soft4")
    assert any(isinstance(effect, do.Prepare) for effect in effects)


def test_an_unknown_number_becomes_a_contact_and_is_kept() -> None:
    here = pressed(house(), "soft2", "2099", "soft4", "2", "9")
    assert "Name of 2099" in said(here)
    assert "Aw" in said(here)
    here, effects = press(here, "soft4")
    assert here.desk.book.contacts == (Contact("+442079462099", "Aw"),)
    (kept,) = [effect for effect in effects if isinstance(effect, dk.Remember)]
    assert remembered.read_book(kept.octets).contacts == here.desk.book.contacts


def test_a_contact_is_deleted_after_a_question_and_its_speed_dial_with_it() -> None:
    here = pressed(house(contacts=PEOPLE), "soft2", "585", "soft4", "soft3", "4")
    assert here.desk.book.speed == (("4", LUKASZ),)
    assert here.calls.speed == (("4", LUKASZ),)
    here = pressed(here, "soft2")
    assert "! DELETE CONTACT?" in said(here)
    assert pressed(here, "soft1").desk.book.is_contact(LUKASZ)
    here = pressed(here, "soft4")
    assert not here.desk.book.is_contact(LUKASZ)
    assert here.calls.speed == ()


def test_a_speed_dial_takes_two_presses_with_the_handset_lifted() -> None:
    book = remembered.write_book(Book((Contact(LUKASZ, "Łukasz Żak"),), (("4", LUKASZ),)))
    here, _ = live(house(contacts=book), HookEvent(True))
    effects = press(here, "4#")[1]
    assert any(isinstance(effect, do.Prepare) and effect.number == LUKASZ for effect in effects)


def test_holding_a_speed_dial_key_calls_too() -> None:
    book = remembered.write_book(Book((), (("4", LUKASZ),)))
    here, _ = live(house(contacts=book), HookEvent(True))
    here, _ = live(here, KeyEvent("4", True))
    effects = waited(here, 1.0, tick_s=0.1)[1]
    assert len([effect for effect in effects if isinstance(effect, do.Prepare)]) == 1


# --- the call log -------------------------------------------------------------------------------------------


def ended(here: House, direction: str, tel: str = BEN, seconds: int = 5) -> House:
    return tell(here, "desk", dk.CallEnded(7, direction, tel, "Ben Idowu", seconds))[0]


def test_a_missed_call_stays_until_the_log_is_looked_at() -> None:
    here = ended(ended(house(), "missed"), "missed")
    assert "2 missed calls" in said(here)
    here, effects = press(here, "soft1")
    assert here.desk.log.missed == 0
    assert any(isinstance(effect, dk.Remember) and effect.name == "log" for effect in effects)
    assert "missed" not in said(pressed(here, "soft1"))


def test_a_missed_call_of_the_machine_itself_is_logged_with_the_verified_number() -> None:
    here, _ = tell(house(), "calls", on.Invited(1, BEN, protected=True))
    here, _ = tell(here, "calls", on.Verified(1, BEN, "Ben Idowu"))
    here, effects = tell(here, "calls", on.PeerEnded(1))
    (entry,) = here.desk.log.entries
    assert (entry.tel, entry.direction, entry.began) == (BEN, "missed", int(here.now.timestamp()))
    assert any(isinstance(effect, dk.Remember) and effect.name == "log" for effect in effects)


@pytest.mark.parametrize(
    ("direction", "tel"), [("refused", BEN), ("in", ""), ("in", "echo"), ("out", "2047"), ("nonsense", BEN)]
)
def test_what_nobody_verified_never_enters_the_log(direction: str, tel: str) -> None:
    assert not ended(house(), direction, tel).desk.log.entries


def test_a_caller_whose_key_does_not_verify_leaves_nothing_in_the_log() -> None:
    here, _ = tell(house(), "calls", on.Invited(1, BEN, protected=True))
    here, _ = tell(here, "calls", on.NotVerified(1))
    assert isinstance(here.calls.phase, at.Over)
    assert here.calls.phase.why is Why.NOT_VERIFIED
    assert not here.desk.log.entries


def test_a_phone_told_not_to_keeps_no_log() -> None:
    here = house(settings=remembered.write_settings(Settings(logging=False)))
    assert not ended(here, "missed").desk.log.entries


def test_calling_back_from_the_log() -> None:
    effects = asked(pressed(house(log=LOG), "soft1"), "soft4")
    assert any(isinstance(effect, do.Prepare) and effect.number == LUKASZ for effect in effects)


def test_the_log_says_who_when_and_how_long_and_is_cleared_after_a_question() -> None:
    here = pressed(house(log=LOG), "soft1", "soft3", "soft2")
    assert {"Called", "2002", "01:05"} <= set(said(here).splitlines())
    here = pressed(here, "soft3")
    assert "! CLEAR THE CALL LOG?" in said(here)
    assert len(pressed(here, "soft1").desk.log.entries) == 2
    here, effects = press(here, "soft4")
    assert here.desk.log == CallLog()
    assert dk.Remember("log", remembered.write_log(CallLog())) in effects
    assert "No calls yet" in said(here)


def test_redial_survives_a_restart() -> None:
    here = house(log=LOG)
    assert here.calls.redial == BEN
    effects = asked(here, "soft3")
    assert any(isinstance(effect, do.Prepare) and effect.number == BEN for effect in effects)


# --- settings -----------------------------------------------------------------------------------------------


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


def test_a_record_that_cannot_be_written_is_said() -> None:
    here, _ = tell(house(), "desk", dk.NotStored("E11"))
    assert "Could not be stored" in said(here)


# --- PIN ----------------------------------------------------------------------------------------------------


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


# --- what runs out ------------------------------------------------------------------------------------------


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
