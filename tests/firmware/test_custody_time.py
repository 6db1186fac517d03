"""What a key service believes of the time: what the server says, up to two days; the rest is confirmed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.crypto.callers import ALICE, CAROL
from tests.firmware import issuing
from tests.firmware.issuing import CODE, NOW_S, card_text
from tests.firmware.phones import Phone, call, refused

# --- Time ---


def test_the_time_comes_from_the_crs_and_never_goes_back(alice: Phone, bob: Phone) -> None:
    alice.now -= 20 * 86400
    bob.now += 3600
    alice.custody.observe_time(NOW_S)
    bob.custody.observe_time(NOW_S)
    bob.custody.accept(call(alice)[0])
    alice.custody.observe_time(NOW_S - 1000)
    bob.custody.accept(call(alice)[0])
    alice.restart()
    bob.custody.accept(call(alice)[0])


@pytest.mark.parametrize(("hours", "told"), [(-47, False), (47, False), (49, True), (-49, True), (900, True)])
def test_a_large_step_of_the_clock_is_in_the_log(
    phone: Phone, hours: int, told: bool, caplog: pytest.LogCaptureFixture
) -> None:
    phone.now = NOW_S - hours * 3600
    phone.custody.observe_time(NOW_S)
    assert (f"{hours:+d} hours" in caplog.text) == told


@pytest.mark.parametrize("unix", [-1, 0, 10**9, 4102444800, 2**63, 10**30])
def test_an_impossible_time_is_ignored(alice: Phone, bob: Phone, unix: int) -> None:
    alice.custody.observe_time(unix)
    bob.custody.accept(call(alice)[0])
    alice.restart()


# --- A time that somebody must confirm ---


WEEK = 7 * 86400


def test_a_time_more_than_two_days_ahead_waits_until_it_is_confirmed_here(alice: Phone) -> None:
    alice.custody.observe_time(NOW_S)
    before = alice.custody.status()
    assert alice.custody.observe_time(NOW_S + WEEK) == NOW_S + WEEK
    assert alice.custody.status() == replace(before, proposed=NOW_S + WEEK)
    assert alice.custody._clock.now() < NOW_S + 1
    assert alice.custody.accept_time(NOW_S + WEEK).proposed == 0
    assert alice.custody._clock.now() >= NOW_S + WEEK
    assert alice.restart().custody._clock.now() >= NOW_S + WEEK


def test_only_what_was_shown_can_be_confirmed(alice: Phone) -> None:
    alice.custody.observe_time(NOW_S)
    refused("E39", lambda: alice.custody.accept_time(NOW_S + WEEK))
    alice.custody.observe_time(NOW_S + WEEK)
    refused("E39", lambda: alice.custody.accept_time(NOW_S + WEEK - 600))
    alice.custody.observe_time(NOW_S + 2 * WEEK)
    refused("E39", lambda: alice.custody.accept_time(NOW_S + WEEK))
    assert alice.custody._clock.now() < NOW_S + 1


def test_until_then_calls_need_the_keys_of_the_month_that_was_vouched_for(alice: Phone, bob: Phone) -> None:
    """A server that says it is December stops no call in November."""
    for phone in (alice, bob):
        phone.custody.observe_time(NOW_S)
        phone.custody.observe_time(NOW_S + 4 * WEEK)
    message, _ = call(alice)
    assert bob.custody.accept(message)[0].caller_tel == ALICE


def test_a_restart_forgets_what_was_proposed_and_the_server_says_it_again(alice: Phone) -> None:
    alice.custody.observe_time(NOW_S)
    alice.custody.observe_time(NOW_S + WEEK)
    assert alice.restart().custody.status().proposed == 0
    assert alice.custody.observe_time(NOW_S + WEEK) == NOW_S + WEEK


def test_the_date_of_a_new_list_of_revoked_keys_vouches_for_a_time_near_it(alice: Phone) -> None:
    alice.now = NOW_S - WEEK
    alice.restart().custody.observe_time(NOW_S - WEEK)
    assert alice.custody.observe_time(NOW_S + 60) == NOW_S + 60
    alice.custody.take("revoked", issuing.revoked_octets())
    assert alice.custody.observe_time(NOW_S + 60) == 0
    assert alice.custody._clock.now() >= NOW_S + 60


def test_a_card_that_is_being_used_vouches_for_its_month(alice: Phone) -> None:
    alice.custody.observe_time(NOW_S)
    alice.custody.import_card(card_text(CAROL, 9))
    alice.custody.unseal(CODE)
    assert alice.custody.observe_time(NOW_S + WEEK) == 0
    assert alice.custody.observe_time(NOW_S + 6 * WEEK) == NOW_S + 6 * WEEK


def test_the_first_time_that_a_new_phone_hears_is_taken(phone: Phone) -> None:
    assert phone.custody.observe_time(NOW_S + 50 * WEEK) == 0
