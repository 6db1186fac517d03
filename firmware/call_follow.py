"""What follows from where a call stands: tone, ring, lamps, route, gate, and how long it may last.

All of it is a function of the state, so no path through the machine can leave a tone or a lamp behind.
"""

from __future__ import annotations

from dataclasses import replace

from firmware import call_effects as do
from firmware import call_state as at
from firmware.call_state import State
from firmware.reasons import REFUSALS, Why

INTER_DIGIT_S = 4.0
LEFT_DIALLED_S = 60.0
"""Digits dialled on-hook that nobody sends are no longer meant: who lifts later wants a dial tone."""

PREPARING_S = 10.0
NO_RESPONSE_S = 32.0
"""RFC 3261 §17.1.1.2, timer B: 64 * T1."""

NO_ANSWER_S = 60.0
RINGING_S = 90.0
WAITING_S = 20.0
UNSECURED_S = 10.0
LOST_S = 10.0
NOTICE_S = 6.0
LONG_NOTICE_S = 20.0
FORGOTTEN_S = 20.0
"""A lifted handset on which nothing is done: from dial or busy tone to congestion…"""

HOWLER_S = 30.0
"""…and from there to the howler."""

_BEFORE_TALKING = (at.Calling, at.RingingOut, at.Waiting, at.Answering)

Step = tuple[State, tuple[do.Effect, ...]]


def tone_of(state: State) -> str:
    """The tone in the ear that belongs to a state."""
    if not state.off_hook:
        return "off"
    if state.neglect:
        return "howler" if state.neglect > 1 else "congestion"
    match state.phase:
        case at.OffHook():
            return "dial" if state.up else "congestion"
        case at.RingingOut():
            return "ringback"
        case at.Incoming(silenced=False):
            return "waiting"
        case at.Talking() if state.knocking is not None and not state.knocking.silenced:
            return "waiting"
        case at.Talking(held=True) | at.Talking(held_by_them=True):
            return "held"
        case at.Over(Why.ENDED | Why.BUSY | Why.DECLINED | Why.NO_ANSWER):
            return "busy"
        case at.Over():
            return "congestion"
        case _:
            return "off"


def rings(state: State) -> bool:
    """True while the phone rings: for a caller, or for a held call that was left on its cradle."""
    if state.off_hook:
        return False
    phase = state.phase
    return isinstance(phase, at.Talking) or (isinstance(phase, at.Incoming) and not phase.silenced)


def lamp_of(state: State) -> str:
    """The pattern of the ring lamp: 'fast' for a caller, 'slow' for a call on hold."""
    calls = (state.phase, state.other)
    if any(isinstance(call, at.Incoming) for call in calls):
        return "fast"
    return "slow" if any(isinstance(call, at.Talking) and call.held for call in calls) else "off"


def route_of(state: State) -> str:
    """What is talked through."""
    return "speaker" if state.speaker else "handset"


def gate_closed(state: State) -> bool:
    """True while the microphone's gate is closed: by the mute key, or by a cradle that just went down."""
    return state.muted or state.pressed


def follow(before: State, after: State, effects: tuple[do.Effect, ...]) -> Step:
    """Let everything follow from what changed."""
    after = _tidy(before, after)
    first: list[do.Effect] = []
    last: list[do.Effect] = []
    if route_of(before) != route_of(after):
        first.append(do.Route(route_of(after)))
    if rings(before) != rings(after):
        first.append(do.Ring(rings(after)))
    if lamp_of(before) != lamp_of(after):
        first.append(do.Lamp("ring", lamp_of(after)))
    if tone_of(before) != tone_of(after):
        first.append(do.Tone(tone_of(after)))
    if gate_closed(after) and not gate_closed(before):
        first.append(do.Mute(True))  # before anything else is done
    elif gate_closed(before) and not gate_closed(after) and _talks(after):
        last.append(do.Mute(False))  # after everything else; a new call opens it by itself
    if _moment(before) != _moment(after):
        after = replace(after, timer=_serial(after))
        last.append(do.Timer(after.timer, _patience(after)))
    if _other_moment(before) != _other_moment(after):
        after = replace(after, other_timer=_serial(after))
        last.append(do.Timer(after.other_timer, _other_patience(after), of="other"))
    return after, (*first, *effects, *last)


def _tidy(before: State, after: State) -> State:
    """Let go of what belongs to a call when there is none, and to a phone in use when it is not."""
    talking = _talks(after)
    begun = isinstance(before.phase, _BEFORE_TALKING) and after.heard is not None
    if not talking or (begun and before.call == after.call):
        after = replace(after, muted=False)  # every call begins with an open gate
    if not isinstance(after.phase, at.CALL_PHASES) and after.other is None:
        after = replace(after, note=None)
    if isinstance(after.phase, at.Idle) and not after.lifted:
        after = replace(after, speaker=False)
    if after.pressed and (after.heard is None or not after.lifted or after.speaker):
        after = replace(after, pressed=False)
    moved = before.phase != after.phase or (before.lifted, before.speaker) != (after.lifted, after.speaker)
    return replace(after, neglect=0) if moved else after


def _talks(state: State) -> bool:
    """True while there is a connected call, heard or held."""
    return isinstance(state.phase, at.Talking) or state.held is not None


def _serial(state: State) -> int:
    return max(state.timer, state.other_timer) + 1


def _moment(state: State) -> tuple[object, ...]:
    """What must change for the phase to get its time anew."""
    phase = state.phase
    where = (state.lifted, state.speaker, state.neglect)
    if isinstance(phase, at.Talking):
        return phase.call, phase.secured, phase.lost, phase.held and not state.off_hook, *where
    return phase, *where


def _other_moment(state: State) -> tuple[object, ...]:
    other = state.other
    if isinstance(other, at.Talking):
        return other.call, other.secured, other.lost
    return (None if other is None else other.call,)


def _patience(state: State) -> float | None:
    """How long the phase may last."""
    match state.phase:
        case at.OffHook():
            return (FORGOTTEN_S, HOWLER_S, None)[state.neglect]
        case at.Dialling():
            return INTER_DIGIT_S if state.off_hook else LEFT_DIALLED_S
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
        case at.Talking(held=True) if not state.off_hook:
            return LOST_S if state.phase.lost else RINGING_S
        case at.Talking() as talking:
            return _patience_with(talking)
        case at.Over(why):
            return _notice(state, why)
        case _:
            return None


def _patience_with(talking: at.Talking) -> float | None:
    if not talking.secured:
        return UNSECURED_S
    return LOST_S if talking.lost else None


def _other_patience(state: State) -> float | None:
    if isinstance(state.other, at.Talking):
        return _patience_with(state.other)
    return None if state.other is None else RINGING_S


def _notice(state: State, why: Why) -> float | None:
    """How long a notice stays. A refusal waits to be read, and so does a missed call."""
    if state.held is not None:
        return LONG_NOTICE_S if why in REFUSALS else NOTICE_S
    if state.lifted:
        return (FORGOTTEN_S, HOWLER_S, None)[state.neglect]
    if state.speaker:
        return NOTICE_S
    if why is Why.PHONE_RESTARTED:
        return LONG_NOTICE_S
    return None if why in REFUSALS | {Why.MISSED} else NOTICE_S
