"""Contacts and the call log of a phone that is left alone."""

from __future__ import annotations

import pytest

from drivers.ports import HookEvent, KeyEvent
from firmware import call_effects as do
from firmware import call_events as on
from firmware import call_state as at
from firmware import desk_words as dk
from firmware import pages as p
from firmware import remembered
from firmware.call_log import CallLog, Entry
from firmware.contacts import Book, Contact
from firmware.interfaces import DirectoryEntry
from firmware.living import live, press, tell
from firmware.reasons import Why
from firmware.settings import Settings
from firmware.view import view

from .desk_house import BEN, LUKASZ, asked, ended, house, pressed, said, waited

LOG = remembered.write_log(
    CallLog((Entry(LUKASZ, "Łukasz Żak", "missed", 1793619000), Entry(BEN, "", "out", 1793610000, 65)), 1)
)


PEOPLE = remembered.write_book(Book((Contact(BEN, "Ben Idowu"), Contact(LUKASZ, "Łukasz Żak"))))


# --- contacts ---


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


# --- the call log ---


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
