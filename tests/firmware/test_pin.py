"""The PIN: what is shut behind it, what it opens, how it is set, changed and removed."""

from __future__ import annotations

import base64
import logging
from collections.abc import Callable
from typing import Any

import pytest

from firmware.pin_tries import LIMIT
from tests.crypto.callers import ALICE, BOB
from tests.firmware.issuing import CODE, NOW_S, answer, card_text
from tests.firmware.phones import SSRC, Phone, refused
from tests.firmware.pins import OTHER, PIN, is_blank

NO_PINS = ["", "1", "123", "1234567890123", "12a4", "12 34", "１２３４", "+123", "-123", "1" * 10_000]


def test_a_phone_without_pin_is_never_locked(alice: Phone) -> None:
    status = alice.restart().custody.status()
    assert (status.pin, status.locked, status.tries, status.wait) == (False, False, LIMIT, 0)
    assert alice.custody.unlock("").tel == ALICE
    refused("E47", lambda: alice.custody.unlock(PIN))
    assert alice.custody.status().tries == LIMIT


def test_a_locked_phone_says_so_and_nothing_else(locked: Phone) -> None:
    status = locked.custody.status()
    assert (status.pin, status.locked, status.tries, status.wait) == (True, True, LIMIT, 0)
    assert not status.enrolled
    assert not status.pending
    assert (status.months, status.expires) == ([], 0)
    assert status.tel == status.name == status.organisation == status.domain == status.crs == ""


def everything(phone: Phone) -> dict[str, Callable[[], Any]]:
    custody = phone.custody
    return {
        "initiate": lambda: custody.initiate(BOB, SSRC),
        "initiate_echo": lambda: custody.initiate_echo(SSRC),
        "accept": lambda: custody.accept(""),
        "tls_client": custody.tls_client,
        "import_card": lambda: custody.import_card(card_text(serial=9)),
        "unseal": lambda: custody.unseal(CODE),
        "complete": lambda: custody.complete(""),
        "abandon": custody.abandon,
        "pending_contact": custody.pending_contact,
        "find": lambda: custody.find("", 5),
        "recall contacts": lambda: custody.recall("contacts"),
        "recall log": lambda: custody.recall("log"),
        "remember contacts": lambda: custody.remember("contacts", ""),
        "remember log": lambda: custody.remember("log", ""),
        "set_pin": lambda: custody.set_pin(PIN, OTHER),
        "no pin": lambda: custody.set_pin(PIN, ""),
    }


def test_a_locked_phone_refuses_everything_else_and_says_what_to_do(locked: Phone) -> None:
    for what, work in everything(locked).items():
        assert "type the PIN" in refused("E47", work), what
    assert locked.custody.status().tries == LIMIT


def test_settings_and_time_are_there_before_the_pin_is_typed(locked: Phone) -> None:
    assert base64.b64decode(locked.custody.recall("settings")) == b"loud"
    locked.custody.remember("settings", base64.b64encode(b"soft").decode())
    locked.custody.observe_time(NOW_S)
    assert base64.b64decode(locked.restart().custody.recall("settings")) == b"soft"


def test_a_locked_phone_can_be_wiped(locked: Phone) -> None:
    locked.custody.wipe()
    assert is_blank(locked)
    assert is_blank(locked.restart())


def test_the_right_pin_opens_everything(locked: Phone) -> None:
    status = locked.custody.unlock(PIN)
    assert (status.pin, status.locked, status.tel, status.enrolled) == (True, False, ALICE, True)
    locked.custody.initiate(BOB, SSRC)
    assert base64.b64decode(locked.custody.recall("contacts")) == b"Bob"


def test_an_open_vault_checks_the_pin_and_stays_open(locked: Phone) -> None:
    locked.custody.unlock(PIN)
    assert not locked.custody.unlock(PIN).locked
    refused("E47", lambda: locked.custody.unlock(OTHER))
    assert (locked.custody.status().locked, locked.custody.status().tries) == (False, LIMIT - 1)
    locked.custody.initiate(BOB, SSRC)
    assert locked.custody.unlock(PIN).tries == LIMIT


def test_an_enrolment_behind_a_pin_stays_behind_it(locked: Phone) -> None:
    locked.custody.unlock(PIN)
    locked.custody.import_card(card_text(BOB, 8))
    locked.custody.complete(answer(locked.custody.unseal(CODE).body))
    assert locked.restart().custody.status().locked
    assert locked.custody.unlock(PIN).tel == BOB
    assert base64.b64decode(locked.custody.recall("contacts")) == b"Bob"


def test_a_pin_can_be_changed_and_removed(locked: Phone) -> None:
    locked.custody.unlock(PIN)
    locked.custody.set_pin(PIN, OTHER)
    refused("E47", lambda: locked.custody.unlock(PIN))
    refused("E47", lambda: locked.restart().custody.unlock(PIN))
    assert locked.custody.unlock(OTHER).tel == ALICE
    locked.custody.set_pin(OTHER, "")
    assert not locked.custody.status().pin
    status = locked.restart().custody.status()
    assert (status.locked, status.pin, status.tel) == (False, False, ALICE)
    assert base64.b64decode(locked.custody.recall("contacts")) == b"Bob"


@pytest.mark.parametrize("pin", NO_PINS)
def test_what_is_no_pin_costs_no_try_and_opens_nothing(locked: Phone, pin: str) -> None:
    assert "4 to 12 digits" in refused("E47", lambda: locked.custody.unlock(pin))
    assert locked.custody.status().tries == LIMIT
    assert locked.custody.status().locked


@pytest.mark.parametrize("pin", NO_PINS[1:])
def test_what_is_no_pin_cannot_be_set(alice: Phone, pin: str) -> None:
    refused("E47", lambda: alice.custody.set_pin("", pin))
    assert not alice.restart().custody.status().pin


@pytest.mark.parametrize("old", ["", "0000", OTHER, PIN + "0"])
def test_a_pin_is_not_changed_without_the_old_one(locked: Phone, old: str) -> None:
    locked.custody.unlock(PIN)
    refused("E47", lambda: locked.custody.set_pin(old, OTHER))
    refused("E47", lambda: locked.custody.set_pin(old, ""))
    assert locked.restart().custody.unlock(PIN).tel == ALICE


def test_a_first_pin_needs_no_old_one_and_takes_none(alice: Phone) -> None:
    refused("E47", lambda: alice.custody.set_pin("1111", PIN))
    assert not alice.custody.status().pin


@pytest.mark.parametrize("pin", ["0000", "1" * 12, "0123456789"])
def test_every_pin_of_4_to_12_digits_opens(alice: Phone, pin: str) -> None:
    alice.custody.set_pin("", pin)
    assert alice.restart().custody.unlock(pin).tel == ALICE


def test_no_pin_is_ever_written_down(locked: Phone, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    texts = [refused("E47", lambda: locked.custody.unlock("918273"))]
    locked.custody.unlock(PIN)
    locked.custody.set_pin(PIN, OTHER)
    texts.append(refused("E47", lambda: locked.custody.set_pin("918273", "55443322")))
    texts.append(refused("E47", lambda: locked.custody.set_pin(OTHER, "918273x")))
    assert caplog.records
    for pin in (PIN, OTHER, "918273", "55443322"):
        assert pin not in caplog.text
        assert all(pin not in text for text in texts)
        assert pin not in repr(vars(locked.custody)) + repr(vars(locked.custody._safe))
