"""How a call ends: told to the other side, closed, noted in the log; and what then comes to the front."""

from __future__ import annotations

from dataclasses import replace

from firmware import call_effects as do
from firmware import call_state as at
from firmware.call_follow import Step
from firmware.call_state import State
from firmware.reasons import Why

Ending = at.Preparing | at.Calling | at.RingingOut | at.Incoming | at.Answering | at.Waiting | at.Talking

_OWN_WORDS = {Why.ENDED, Why.NETWORK_GONE, Why.SOUND_RESTARTED, Why.KEYS_RESTARTED, Why.NO_SOUND, Why.NO_KEYS}
"""Reasons that say more about a test call than that it failed."""

_WORTH_SAYING = {Why.MISSED, Why.PEER_GONE, Why.NEVER_SECURED}
"""Ends of the other call that are said in their own words."""


def over(state: State, why: Why, now: float, *, told: bool = False) -> Step:
    """The call in the foreground is over; `told` if the other side said so.

    A caller who waits comes to the front, and so does a held call, still held, once the reason has been read.
    By our own wish there is nothing to read.
    """
    phase = state.phase
    number: str = getattr(phase, "number", "")
    if number == at.TEST and why not in _OWN_WORDS:
        why = Why.TEST_FAILED
    effects = leave(phase, why, now, told=told)
    quiet = why is Why.ENDED and not told
    if state.knocking is not None or (state.held is not None and (quiet or not state.off_hook)):
        return back(state), effects
    if quiet and not state.lifted:
        return replace(state, phase=at.Idle()), effects
    notice = at.Over(why, number, getattr(phase, "name", ""), _seconds(phase, now))
    return replace(state, phase=notice), effects


def other_over(state: State, why: Why, now: float, *, told: bool = False) -> Step:
    """The other call is over; the one in the foreground goes on and the person is told beside it."""
    if state.other is None:
        return state, ()
    effects = leave(state.other, why, now, told=told)
    if why is Why.DECLINED:
        return replace(state, other=None), effects
    return replace(state, other=None, note=why if why in _WORTH_SAYING else Why.ENDED), effects


def back(state: State) -> State:
    """Put the other call into the foreground, or nothing if there is none."""
    if state.other is not None:
        return replace(state, phase=state.other, other=None)
    return replace(state, phase=at.OffHook() if state.off_hook else at.Idle())


def leave(phase: at.Phase, why: Why, now: float, *, told: bool = False) -> tuple[do.Effect, ...]:
    """End a call on the wire (unless its end was `told` to us), close what it opened, and note it."""
    if not isinstance(phase, at.CALL_PHASES):
        return ()
    wire: tuple[do.Effect, ...] = ()
    if isinstance(phase, at.Incoming):
        wire = (do.Respond(phase.call, 603 if why is Why.DECLINED else 480),)
    elif not isinstance(phase, at.Preparing):
        wire = (do.Drop(phase.call),)
    noted = () if phase.number == at.TEST else (_entry(phase, why, now),)
    return (*(() if told else wire), do.Release(phase.call), *noted)


def _entry(phase: Ending, why: Why, now: float) -> do.Log:
    match phase:
        case at.Incoming():
            direction = "in" if why is Why.DECLINED else "missed"
        case at.Answering() | at.Talking(outgoing=False):
            direction = "in"
        case _:
            direction = "out"
    return do.Log(
        phase.call, direction, phase.number, getattr(phase, "name", ""), _whole(_seconds(phase, now)), why
    )


def _seconds(phase: at.Phase, now: float) -> float | None:
    return now - phase.began if isinstance(phase, at.Talking) and phase.secured else None


def _whole(seconds: float | None) -> int | None:
    return None if seconds is None else max(0, int(seconds))
