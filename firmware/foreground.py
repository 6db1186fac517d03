"""What has the screen and the soft keys now. The screen and the fingers ask here, so that they never differ.

erase > a call in hand > lock > pages over the dial tone > dialling, notices of calls > enrolment > pages
      > notices > the clock
"""

from __future__ import annotations

from typing import Literal

from firmware import call_state as at
from firmware import enrolment_words as en
from firmware.erase import Rest
from firmware.house import House
from firmware.pages import Closed

Foreground = Literal["erase", "call", "lock", "enrolment", "page", "notice", "idle"]


def ringing(calls: at.State) -> bool:
    """Say whether somebody calls and is not answered yet, alone or beside a call in hand."""
    return isinstance(calls.phase, at.Incoming) or isinstance(calls.other, at.Incoming)


def foreground(house: House) -> Foreground:
    """Say what the person is dealing with."""
    desk, phase = house.desk, house.calls.phase
    enrolling = not isinstance(house.enrolment.phase, en.Off)
    resting = isinstance(phase, at.Idle | at.OffHook | at.Dialling)
    if not isinstance(desk.erase, Rest):
        return "erase"
    if desk.lock is not None:
        # What a call was about is nobody's business while the phone is locked, unless somebody holds it.
        return "lock" if resting or (isinstance(phase, at.Over) and not house.calls.lifted) else "call"
    if resting and not enrolling and not isinstance(desk.page, Closed):
        return "page"
    if not isinstance(phase, at.Idle):
        return "call"
    if enrolling:
        return "enrolment"
    return "notice" if desk.notice is not None else "idle"
