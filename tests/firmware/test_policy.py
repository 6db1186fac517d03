"""What the domain has agreed on, on the phone: shown as signed, obeyed at once, and never guessed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crypto.escrow import Opening
from crypto.issuance import Leaf
from crypto.policy import DomainPolicy, Mode
from firmware import desk_words as dk
from firmware import remembered
from firmware.call_log import CallLog, Entry
from firmware.interfaces import KeysStatus
from firmware.living import tell
from tests.firmware.desk_house import BEN, HELD, house, pressed, said
from tests.firmware.issuing import bulletin_octets
from tests.firmware.phones import Phone, refused
from tests.firmware.test_months import leaf, listed

FORBIDDEN = replace(HELD, mode="escrow", call_log=False)
LOG = CallLog((Entry(BEN, "Ben", "missed", 1793620000),), missed=1)
EMPTIED = dk.Remember("log", remembered.write_log(CallLog()))


def told(phone: Phone, number: int, **policy: bool | int | str) -> KeysStatus:
    return phone.custody.take("bulletin", bulletin_octets(number=number, policy=policy))


@pytest.mark.parametrize("mode", Mode)
def test_the_mode_of_the_newest_bulletin_is_said_and_survives_a_restart(alice: Phone, mode: Mode) -> None:
    status = told(alice, 2, **DomainPolicy(mode, call_log=False).values)
    assert (status.mode, status.call_log) == (mode, False)
    assert alice.restart().custody.status() == status


def test_a_bulletin_that_says_nothing_is_compatible_and_allows_a_log(alice: Phone) -> None:
    status = told(alice, 2)
    assert (status.mode, status.call_log) == ("compatible", True)


def test_a_policy_that_this_phone_cannot_obey_is_refused_and_the_old_one_stays(alice: Phone) -> None:
    before = told(alice, 2, mode="escrow")
    octets = bulletin_octets(number=3, policy={"mode": "trust-me"}, directory=())
    refused("E02", lambda: alice.custody.take("bulletin", octets))
    assert alice.custody.status() == before
    assert len(alice.custody.find("", 50)) == 2


def test_a_policy_of_a_newer_firmware_in_the_vault_shows_no_mode_and_allows_no_log(alice: Phone) -> None:
    content = alice.custody._safe.content
    assert content.current is not None
    newer = replace(content.current, policy={"mode": "threshold"})
    alice.custody._safe.save(replace(content, current=newer))
    status = alice.restart().custody.status()
    assert (status.enrolled, status.mode, status.call_log) == (True, "", False)


def test_the_call_log_is_emptied_on_the_disk_too_when_the_policy_comes() -> None:
    here = replace(house(log=remembered.write_log(LOG)), held=FORBIDDEN)
    here, effects = tell(here, "desk", dk.StatusCame(FORBIDDEN))
    assert here.desk.log == CallLog()
    assert EMPTIED in effects


def test_a_log_that_is_read_after_the_policy_came_is_emptied_too() -> None:
    here = replace(house(), held=FORBIDDEN)
    here, effects = tell(here, "desk", dk.Recalled("log", remembered.write_log(LOG)))
    assert here.desk.log == CallLog()
    assert EMPTIED in effects


def test_no_call_enters_the_log_whatever_the_person_has_set() -> None:
    here = replace(house(), held=FORBIDDEN)
    here, effects = tell(here, "desk", dk.CallEnded(7, "missed", BEN, "Ben", 0))
    assert here.desk.log == CallLog()
    assert not effects


def test_the_person_is_told_why_and_cannot_switch_it_on() -> None:
    here = pressed(replace(house(), held=FORBIDDEN), "soft4", "3", "7")
    assert "Off, by policy" in said(here)
    assert here.desk.settings.logging


def test_the_mode_stands_on_the_status_page_and_on_the_page_about_this_phone() -> None:
    here = replace(house(), held=FORBIDDEN)
    assert "ESCROW" in said(pressed(here, "soft4", "6", "soft3"))
    assert "ESCROW" in said(pressed(here, "soft4", "9"))


def test_a_phone_that_was_told_nothing_yet_claims_no_mode() -> None:
    here = pressed(house(), "soft4", "9")
    assert "Mode unknown: the CMS can recover keys" in said(here)


def opened(nonce: int) -> Leaf:
    return Opening("sv.example", BEN, "2026-11", "42", 1795000000, bytes([nonce]) * 32).leaf


def test_openings_in_the_issuance_list_are_counted_shown_and_survive_a_restart(alice: Phone) -> None:
    alice.custody.take("issuance", listed(leaf()))
    assert alice.custody.status().openings == 0
    assert alice.custody.take("issuance", listed(leaf(), opened(1), opened(2))).openings == 2
    status = alice.restart().custody.status()
    assert (status.openings, status.others) == (2, 0)
    here = replace(house(), held=replace(HELD, openings=2))
    assert "Months opened 2" in said(pressed(here, "soft4", "6", "soft3"))


def test_an_opening_that_is_taken_out_of_the_list_again_is_noticed(alice: Phone) -> None:
    alice.custody.take("issuance", listed(leaf(), opened(1)))
    refused("E04", lambda: alice.custody.take("issuance", listed(leaf())))
    assert alice.custody.status().openings == 1
