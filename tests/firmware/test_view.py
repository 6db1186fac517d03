"""Which screen shows, what the soft keys do on it, and the menu."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from firmware import call_state as at
from firmware import enrolment_words as en
from firmware.acts import Act
from firmware.desk_state import Desk
from firmware.interfaces import KeysStatus
from firmware.pages import Main
from firmware.reasons import Why
from firmware.screens import models as m
from firmware.screens.render import render
from firmware.text import Words
from firmware.view import House, view

ASHA, BEN = "+442079462001", "+442079462002"
HELD = KeysStatus(
    enrolled=True,
    pending=False,
    tel=ASHA,
    name="Asha Okafor",
    organisation="Ministry Mgmt",
    domain="sv.example",
    crs="crs.sv.example:5061",
    serial="0000000000000077",
    months=["2026-11"],
    expires=1796083200,  # 2026-12-01 00:00 UTC
    pin=False,
    locked=False,
    tries=10,
    wait=0,
    packed="2026-11",
    bulletin=1,
    revoked_at=1795300000,
    mode="compatible",
    call_log=True,
    openings=0,
    others=0,
    proposed=0,
    keyless=False,
    told=True,
    ahead=0,
)
NOW = datetime(2026, 11, 22, 12, 48)
IDLE = House(NOW, 1000.0, calls=at.State(own=ASHA, up=True), held=HELD)


def calls(phase: at.Phase, *, lifted: bool = True) -> House:
    return replace(IDLE, calls=at.State(phase=phase, lifted=lifted, own=ASHA, up=True))


def test_an_enrolled_phone_left_alone_shows_its_identity_and_how_long_its_keys_last() -> None:
    said = render(view(IDLE), Words())[1]
    assert "2001 Asha Okafor" in said
    assert "Keys end in 9 days" in said
    said = render(view(replace(IDLE, now=datetime(2026, 11, 2, 9, 0))), Words())[1]
    assert "Keys valid to 30 Nov" in said


def test_a_blank_phone_offers_to_enrol() -> None:
    assert view(House(NOW, 0.0)).keys == (Act.ENROL, None, None, Act.MENU)


def test_keys_that_have_ended_are_never_called_ready() -> None:
    said = render(view(replace(IDLE, now=datetime(2026, 12, 1, 0, 1))), Words())[1]
    assert "No keys this month" in said
    assert "Ready for secure calls" not in said


def test_a_month_whose_keys_were_removed_says_so_and_a_clock_that_is_behind_does_not() -> None:
    only_later = replace(HELD, months=["2026-12"], expires=1798761600)
    said = render(view(replace(IDLE, held=replace(only_later, keyless=True))), Words())[1]
    assert "No keys this month" in said
    behind = replace(IDLE, now=datetime(2026, 10, 1, 9, 0))
    assert "Ready for secure calls" in render(view(behind), Words())[1]
    begun = replace(IDLE, now=datetime(2026, 12, 1, 9, 0), held=replace(only_later, keyless=True))
    assert "Ready for secure calls" in render(view(begun), Words())[1]


def test_a_call_comes_before_enrolment_and_enrolment_before_the_menu() -> None:
    everything = replace(
        calls(at.Incoming(1, BEN, "Ben"), lifted=False),
        enrolment=en.Flow(en.Looking()),
        desk=Desk(page=Main()),
    )
    assert isinstance(view(everything), m.IncomingScreen)
    assert isinstance(view(replace(everything, calls=at.State())), m.ViewfinderScreen)
    assert isinstance(view(replace(everything, calls=at.State(), enrolment=en.Flow())), m.ListScreen)


@pytest.mark.parametrize(
    ("talking", "stage"),
    [
        (at.Talking(1, BEN, "", 900.0), "securing"),
        (at.Talking(1, BEN, "", 900.0, secured=True), "secure"),
        (at.Talking(1, BEN, "", 900.0, secured=True, lost=True), "lost"),
    ],
)
def test_only_an_authenticated_call_that_is_heard_shows_as_secure(talking: at.Talking, stage: str) -> None:
    screen = view(calls(talking))
    assert isinstance(screen, m.CallScreen)
    assert (screen.stage, screen.seconds) == (stage, 100)


def test_a_call_that_is_over_waits_for_ok_on_hook_and_for_the_cradle_off_hook() -> None:
    over = at.Over(Why.NOT_VERIFIED, BEN)
    assert view(calls(over, lifted=False)).keys == (None, None, None, Act.OK)
    assert view(calls(over)).keys == (None, None, None, None)


def test_ok_appears_with_the_last_digit_of_the_transfer_code() -> None:
    card = en.Typing.__dataclass_fields__["card"].default
    for digits, ok in (("867530912", None), ("8675309123", Act.OK)):
        house = replace(IDLE, enrolment=en.Flow(en.Typing(card, digits)))  # type: ignore[arg-type]
        assert view(house).keys == (Act.CANCEL, Act.DELETE, None, ok)
