"""Guessing a PIN costs tries and time, and the tenth wrong one everything."""

from __future__ import annotations

from firmware.pin_tries import LIMIT, wait_after
from tests.crypto.callers import ALICE, BOB
from tests.firmware.phones import SSRC, Phone, refused
from tests.firmware.pins import OTHER, PIN, guess, is_blank


def test_a_wrong_pin_says_how_many_tries_are_left(locked: Phone) -> None:
    assert "9 tries left" in refused("E47", lambda: locked.custody.unlock("0000"))
    assert "8 tries left" in refused("E47", lambda: locked.custody.unlock("0001"))
    text = refused("E47", lambda: locked.custody.unlock("0002"))
    assert "7 tries left" in text
    assert "wait 30 seconds" in text


def test_the_right_pin_puts_the_count_back(locked: Phone) -> None:
    guess(locked, 3)
    locked.monotonic += 30
    assert locked.custody.unlock(PIN).tries == LIMIT
    assert locked.restart().custody.status().tries == LIMIT


def test_waits_double_and_end_at_an_hour() -> None:
    waits = [wait_after(wrong) for wrong in range(LIMIT + 4)]
    assert waits == [0, 0, 0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600, 3600]


def test_who_waits_too_little_is_told_and_loses_no_try(locked: Phone) -> None:
    guess(locked, 3)
    for passed, left in ((0, 30), (0.1, 30), (20, 10), (9.5, 1)):
        locked.monotonic += passed
        for pin in (PIN, "0000"):  # neither is tried
            assert f"{left} second" in refused("E48", lambda pin=pin: locked.custody.unlock(pin))
        assert (locked.custody.status().wait, locked.custody.status().tries) == (left, LIMIT - 3)
    locked.monotonic += 0.5
    locked.custody.unlock(PIN)


def test_a_restart_keeps_the_count_and_begins_the_wait_anew(locked: Phone) -> None:
    guess(locked, 4)
    locked.monotonic += 59
    locked.monotonic = 5.0  # a new boot
    locked.restart()
    assert (locked.custody.status().wait, locked.custody.status().tries) == (60, LIMIT - 4)
    refused("E48", lambda: locked.custody.unlock(PIN))
    locked.now += 365 * 86400  # the clock of the day is none of its business
    refused("E48", lambda: locked.custody.unlock(PIN))
    locked.monotonic += 60
    locked.custody.unlock(PIN)


def test_wrong_old_pins_count_like_all_others(locked: Phone) -> None:
    locked.custody.unlock(PIN)
    for _ in range(3):
        refused("E47", lambda: locked.custody.set_pin("0000", OTHER))
    refused("E48", lambda: locked.custody.set_pin(PIN, OTHER))
    assert locked.restart().custody.status().tries == LIMIT - 3


def test_the_tenth_wrong_pin_destroys_everything(locked: Phone) -> None:
    guess(locked, LIMIT - 1)
    locked.monotonic += locked.custody.status().wait
    assert "destroyed" in refused("E49", lambda: locked.custody.unlock("0000"))
    for _ in range(2):
        assert is_blank(locked)
        assert locked.custody.recall("settings") == locked.custody.recall("contacts") == ""
        assert max(len(locked.disk.read(name)) for name in locked.disk.names()) < 100
        locked.restart()
    assert locked.enrol(BOB, 8).restart().custody.status().tel == BOB


def test_the_tenth_wrong_pin_destroys_an_open_vault_too(locked: Phone) -> None:
    locked.custody.unlock(PIN)
    guess(locked, LIMIT - 1)
    locked.monotonic += 3600
    refused("E49", lambda: locked.custody.set_pin("0000", ""))
    assert is_blank(locked)
    refused("E30", lambda: locked.custody.initiate(BOB, SSRC))


def test_the_tenth_pin_may_be_the_right_one(locked: Phone) -> None:
    guess(locked, LIMIT - 1)
    locked.monotonic += 3600
    assert locked.custody.unlock(PIN).tel == ALICE
