"""The second call: hold, resume, swap, answer who waits, a new call beside a held one.

    heard ──hold──► held ──new call──► OffHook … ──► heard, one held behind it ──swap──► the other way round
    heard, somebody waits ──answer──► held behind the new one

One call is heard at a time. What is held never opens its microphone again but by a person's own act.
"""

from __future__ import annotations

from dataclasses import replace

from firmware import call_effects as do
from firmware import call_state as at
from firmware.acts import Act
from firmware.call_ending import back, other_over
from firmware.call_follow import Step
from firmware.call_state import State
from firmware.reasons import Why


def second(state: State, act: Act, now: float) -> Step | None:
    """Take a soft key that is about holding or about another call; None if it is about something else."""
    phase = state.phase
    match act:
        case Act.HOLD if isinstance(phase, at.Talking):
            return hold(state, phase)
        case Act.RESUME if isinstance(phase, at.Talking):
            return resume(state, phase)
        case Act.RESUME | Act.OK | Act.SWAP if state.held is not None and not isinstance(phase, at.Talking):
            return retrieve(state)
        case Act.SWAP if isinstance(phase, at.Talking):
            return swap(state, phase)
        case Act.ANSWER if state.knocking is not None and isinstance(phase, at.Talking):
            return answer_waiting(state, phase, state.knocking)
        case Act.DECLINE if state.knocking is not None:
            return other_over(state, Why.DECLINED, now)
        case Act.NEW_CALL if isinstance(phase, at.Talking) and phase.held and _room(state):
            return replace(state, phase=at.OffHook(), other=phase), ()
    return None


def _room(state: State) -> bool:
    """True if a second call may be begun: nobody else is there, and somebody is at the phone."""
    return state.other is None and state.off_hook


def flash(state: State) -> Step:
    """The cradle was tapped: answer who waits, else swap, else hold or resume."""
    state = replace(state, pressed=False)
    phase = state.phase
    if not isinstance(phase, at.Talking):
        return (state, ()) if isinstance(phase, at.CALL_PHASES) else retrieve(state)
    if state.knocking is not None:
        return answer_waiting(state, phase, state.knocking)
    if state.held is not None:
        return swap(state, phase)
    return resume(state, phase) if phase.held else hold(state, phase)


def hold(state: State, phase: at.Talking) -> Step:
    """Hold the call in the foreground."""
    if phase.held:
        return state, ()
    return replace(state, phase=replace(phase, held=True)), (do.Hold(phase.call, True),)


def resume(state: State, phase: at.Talking) -> Step:
    """Take up the call in the foreground again, hands-free if the handset lies on its cradle."""
    if not phase.held:
        return state, ()
    state = replace(state, speaker=state.speaker or not state.lifted)
    return replace(state, phase=replace(phase, held=False)), (do.Hold(phase.call, False),)


def retrieve(state: State) -> Step:
    """Give up what is done beside a held call (dialling, reading why another one ended), and take it up."""
    if state.held is None or isinstance(state.phase, at.CALL_PHASES):
        return state, ()
    state = back(state)
    return resume(state, state.phase) if isinstance(state.phase, at.Talking) else (state, ())


def swap(state: State, phase: at.Talking) -> Step:
    """Hold the one and take up the other."""
    other = state.held
    if other is None:
        return state, ()
    state, first = hold(state, phase)
    held = state.phase if isinstance(state.phase, at.Talking) else phase
    state, then = resume(replace(state, phase=other, other=held), other)
    return state, first + then


def answer_waiting(state: State, phase: at.Talking, waiting: at.Incoming) -> Step:
    """Hold the call in the foreground and answer the one that waits."""
    state, effects = hold(state, phase)
    held = replace(phase, held=True)
    answering = at.Answering(waiting.call, waiting.number, waiting.name, waiting.assurance)
    state = replace(state, phase=answering, other=held, speaker=state.speaker or not state.lifted)
    return state, (*effects, do.Answer(waiting.call))
