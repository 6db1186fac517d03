"""Whatever was done to a phone: laid down and left alone it comes to rest, and a lifted handset dials."""

from __future__ import annotations

import os
import random

import pytest

from firmware import call_effects as do
from firmware import call_state as at
from firmware import enrolment_words as en
from firmware import pages as p
from firmware.call_follow import lamp_of, rings, tone_of
from firmware.erase import Erased, Kept, Rest
from firmware.foreground import foreground
from firmware.house import NOTHING_HELD, House
from firmware.reasons import REFUSALS, Why

from .desk_house import PIN, house, said
from .walking import Walk

STEPS = 60
WALKS = int(os.environ.get("WALKS", "200"))
"""`make test-long` goes on many more."""

ALONE_S = 900.0

TO_BE_READ = REFUSALS | {Why.MISSED}


def walked(seed: int) -> Walk:
    chance = random.Random(seed)
    walk = Walk(house(pin=chance.random() < 0.3), chance)
    if chance.random() < 0.1:
        walk.holds(NOTHING_HELD)
        walk.line(False)
    for _ in range(chance.randint(1, STEPS)):
        walk.at_random()
    return walk


def leave(walk: Walk) -> None:
    """Lay the handset down, end hands-free talking, and go away."""
    walk.hook(False)
    walk.wait(1.0)
    while walk.house.calls.speaker:  # with a caller waiting, the first press answers
        walk.press("speaker")
        walk.wait(1.0)  # while the erase is asked about no other key does anything; that goes by itself
    while walk.pending:
        walk.answer_one()
    walk.wait(ALONE_S)
    while walk.pending:
        walk.answer_one()


def rests(here: House) -> bool:
    """True if nothing is open but what somebody has to read, or to unlock."""
    calls = here.calls
    quiet = calls.other is None and not rings(calls) and tone_of(calls) == "off" and lamp_of(calls) == "off"
    phase = calls.phase
    idle = isinstance(phase, at.Idle) or (isinstance(phase, at.Over) and phase.why in TO_BE_READ)
    erase = isinstance(here.desk.erase, Rest | Erased | Kept)
    enrolment = isinstance(here.enrolment.phase, en.Off | en.Trouble | en.Done)
    return quiet and idle and erase and enrolment and here.desk.page == p.Closed()


@pytest.mark.parametrize("seed", range(WALKS))
def test_left_alone_it_rests_and_a_lifted_handset_dials(seed: int) -> None:
    walk = walked(seed)
    leave(walk)
    told = f"{said(walk.house)}\n{walk.house.calls}\n{walk.house.desk.page}\n" + "\n".join(walk.trail)
    assert rests(walk.house), told
    if walk.house.desk.lock is not None:
        for key in (*PIN, "#"):
            walk.press(key)
        while walk.pending:
            walk.answer_one()
    if walk.house.desk.lock is not None:
        return  # the wrong PIN, this time
    walk.line(True)
    walk.hook(True)
    told = f"{said(walk.house)}\n{walk.house.calls}\n{walk.house.desk.page}\n" + "\n".join(walk.trail)
    assert walk.house.calls.phase == at.OffHook(), told
    assert tone_of(walk.house.calls) == ("dial" if walk.house.held.enrolled else "congestion"), told
    for key in "2002":
        walk.press(key)
    assert walk.house.calls.phase == at.Dialling("2002"), told
    walk.asked.clear()
    walk.press("#")
    assert any(isinstance(effect, do.Prepare) for effect in walk.asked) == walk.house.held.enrolled, told
    assert foreground(walk.house) == "call"
