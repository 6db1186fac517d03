"""What the person does: handset, cradle, speaker key, dial pad, soft keys."""

from __future__ import annotations

from dataclasses import replace

from firmware import call_effects as do
from firmware import call_events as on
from firmware import call_state as at
from firmware.acts import Act
from firmware.call_dialling import dial, edit, held_down, send, test
from firmware.call_ending import back, leave, over
from firmware.call_follow import Step
from firmware.call_second import flash, resume, retrieve, second
from firmware.call_state import State
from firmware.reasons import Why


def fingers(state: State, event: on.Fingers, now: float) -> Step:
    """Take what the person does."""
    match event:
        case on.Lifted():
            return _lift(state, now)
        case on.HungUp():
            return _lay_down(state, now)
        case on.Pressed():
            return replace(state, pressed=True), ()
        case on.Released():
            return replace(state, pressed=False), ()
        case on.Flash():
            return flash(state)
        case on.HandsFree():
            return _hands_free(state, now)
        case on.Key(digit):
            return dial(state, digit)
        case on.LongPress(digit):
            return held_down(state, digit)
        case Act():
            return _act(state, event, now)


def _lift(state: State, now: float) -> Step:
    """Lifting answers, sends what was dialled, and takes the sound from the speaker to the handset."""
    if state.lifted:
        return state, ()
    was_open = state.off_hook
    state = replace(state, lifted=True, speaker=False, pressed=False)
    return _opened(state, now) if not was_open or isinstance(state.phase, at.Incoming) else (state, ())


def _opened(state: State, now: float) -> Step:
    """Somebody can talk now who could not before."""
    match state.phase:
        case at.Idle() | at.Over():
            return replace(state, phase=at.OffHook()), ()
        case at.Dialling(digits):
            return send(state, digits)
        case at.Incoming() as incoming:
            return _answer(state, incoming)
        case at.Waiting(call, number, name, assurance):
            talking = at.Talking(call, number, name, now, assurance=assurance)
            return replace(state, phase=talking), (do.Connect(call, echo=number == at.TEST),)
        case at.Talking() as talking:
            return resume(state, talking)
        case _:
            return state, ()


def _answer(state: State, incoming: at.Incoming) -> Step:
    answering = at.Answering(incoming.call, incoming.number, incoming.name, incoming.assurance)
    return replace(state, phase=answering), (do.Answer(incoming.call),)


def _lay_down(state: State, now: float) -> Step:
    """Laying down ends what is heard, unless it is heard hands-free; a held call then rings."""
    if not state.lifted:
        return state, ()
    state = replace(state, lifted=False, pressed=False)
    if state.speaker and not isinstance(state.phase, at.Over):
        return state, ()
    return _closed(replace(state, speaker=False), now)


def _closed(state: State, now: float) -> Step:
    """Nobody can talk any more who could before."""
    phase = state.phase
    if isinstance(phase, at.Incoming):
        return state, ()
    if isinstance(phase, at.Talking) and phase.held:
        if state.knocking is not None:
            return replace(state, phase=state.knocking, other=phase), ()
        return state, ()
    return back(state), leave(phase, Why.ENDED, now)


def _hands_free(state: State, now: float) -> Step:
    """The speaker key: lifts, switches between speaker and handset, or lays down."""
    if not state.off_hook:
        return _opened(replace(state, speaker=True), now)
    if state.lifted:
        return replace(state, speaker=not state.speaker, pressed=False), ()
    if isinstance(state.phase, at.Incoming):
        return _answer(state, state.phase)
    return _closed(replace(state, speaker=False), now)


def _act(state: State, act: Act, now: float) -> Step:
    phase = state.phase
    taken = edit(state, act, phase.digits) if isinstance(phase, at.Dialling) else None
    taken = taken or second(state, act, now)
    if taken is not None:
        return taken
    match phase, act:
        case at.Idle() | at.OffHook(), Act.REDIAL if state.redial:
            return send(state, state.redial)
        case at.Idle() | at.OffHook(), Act.TEST:
            return test(state)
        case at.Over(Why.PHONE_RESTARTED), _ if not state.off_hook:
            return replace(state, phase=at.Idle()), ()
        case at.Over(), Act.OK if not state.lifted:
            return replace(state, phase=at.Idle()), ()
        case at.Incoming(), Act.SILENCE:
            return replace(state, phase=replace(phase, silenced=True)), ()
        case at.Incoming(), Act.DECLINE:
            return back(state), leave(phase, Why.DECLINED, now)
        case at.Incoming(), Act.ANSWER:
            return _answer(replace(state, speaker=state.speaker or not state.lifted), phase)
        case at.Talking(), Act.MUTE | Act.UNMUTE:
            return replace(state, muted=act is Act.MUTE), ()
        case at.Incoming(), Act.END:
            return state, ()
        case _, Act.END if isinstance(phase, at.CALL_PHASES):
            return over(state, Why.ENDED, now)
        case at.OffHook() | at.Over(), Act.END if state.held is not None:
            return retrieve(state)
        case _:
            return state, ()
