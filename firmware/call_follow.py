"""What follows from where a call stands: tone, ring, lamp, mute, and how long it may last.

All of it is a function of the state, so no path through the machine can leave a tone or a lamp behind.
"""

from __future__ import annotations

from dataclasses import replace

from firmware import call_effects as do
from firmware import call_state as at
from firmware.call_state import State
from firmware.reasons import REFUSALS, Why

INTER_DIGIT_S = 4.0
PREPARING_S = 10.0
NO_RESPONSE_S = 32.0
"""RFC 3261 §17.1.1.2, timer B: 64 * T1."""

NO_ANSWER_S = 60.0
RINGING_S = 90.0
WAITING_S = 20.0
UNSECURED_S = 10.0
LOST_S = 10.0
NOTICE_S = 6.0

Step = tuple[State, tuple[do.Effect, ...]]


def tone_of(state: State) -> str:
    """The tone in the earpiece that belongs to a state."""
    if not state.lifted:
        return "off"
    match state.phase:
        case at.OffHook():
            return "dial" if state.up else "congestion"
        case at.RingingOut():
            return "ringback"
        case at.Over(Why.ENDED | Why.BUSY | Why.DECLINED | Why.NO_ANSWER):
            return "busy"
        case at.Over():
            return "congestion"
        case _:
            return "off"


def rings(state: State) -> bool:
    """True while the phone rings."""
    return isinstance(state.phase, at.Incoming) and not state.phase.silenced


def follow(before: State, after: State, effects: tuple[do.Effect, ...]) -> Step:
    """Let tone, ring, lamps, mute and timer follow from what changed."""
    if not isinstance(after.phase, at.Talking):
        after = replace(after, muted=False)
    if not isinstance(after.phase, at.CALL_PHASES):
        after = replace(after, note=None)
    first: list[do.Effect] = []
    last: list[do.Effect] = []
    if rings(before) != rings(after):
        first.append(do.Ring(rings(after)))
    if isinstance(before.phase, at.Incoming) != isinstance(after.phase, at.Incoming):
        first.append(do.Lamp("ring", "fast" if isinstance(after.phase, at.Incoming) else "off"))
    if tone_of(before) != tone_of(after):
        first.append(do.Tone(tone_of(after)))
    if before.muted != after.muted:
        last.append(do.Mute(after.muted))
    if before.phase != after.phase or before.lifted != after.lifted:
        after = replace(after, timer=after.timer + 1)
        last.append(do.Timer(after.timer, _patience(after)))
    return after, (*first, *effects, *last)


def _patience(state: State) -> float | None:
    """How long the phase may last."""
    match state.phase:
        case at.Dialling():
            return INTER_DIGIT_S if state.lifted else None
        case at.Preparing() | at.Answering():
            return PREPARING_S
        case at.Calling():
            return NO_RESPONSE_S
        case at.RingingOut():
            return NO_ANSWER_S
        case at.Incoming():
            return RINGING_S
        case at.Waiting():
            return WAITING_S
        case at.Talking(secured=False):
            return UNSECURED_S
        case at.Talking(lost=True):
            return LOST_S
        case at.Over(why) if not state.lifted and why not in REFUSALS | {Why.MISSED, Why.PHONE_RESTARTED}:
            return NOTICE_S
        case _:
            return None
