"""From digits to a call: dialling, speed dials, redial, and the test call.

Digits in a call are heard here and go nowhere. Nobody at the other end of a secure call counts tones, and
telephone events (RFC 4733) would show an observer, by size and pace, when a person types and how long.
"""

from __future__ import annotations

from dataclasses import replace

from firmware import call_effects as do
from firmware import call_state as at
from firmware.acts import Act
from firmware.call_follow import Step
from firmware.call_state import State
from firmware.numbers import NotDiallable, normalise
from firmware.reasons import Why

MOST_DIALLED = 20


def dial(state: State, digit: str) -> Step:
    """Take a key of the dial pad. '*' first of all is the '+' of an international number."""
    match state.phase:
        case at.Dialling(digits) if digit == "#":
            return send(state, digits)
        case at.Dialling(digits) if digit.isdigit() and len(digits) < MOST_DIALLED:
            return replace(state, phase=at.Dialling(digits + digit)), _feedback(state, digit)
        case at.OffHook() if digit == "#" and state.redial:
            return send(state, state.redial)
        case at.Over(Why.PHONE_RESTARTED) if not state.off_hook and digit in "*#":
            return replace(state, phase=at.Idle()), ()
        case at.Idle() | at.OffHook() if digit != "#":
            return replace(state, phase=_first(digit)), _feedback(state, digit)
        case at.Over() if digit != "#" and not state.off_hook:
            return replace(state, phase=_first(digit)), ()
        case at.Talking():
            return state, _feedback(state, digit)
        case _:
            return state, ()


def held_down(state: State, digit: str) -> Step:
    """A key was held down: if it is all that was dialled, and a speed dial, it is sent."""
    if state.phase == at.Dialling(digit) and digit in dict(state.speed):
        return send(state, digit)
    return state, ()


def edit(state: State, act: Act, digits: str) -> Step | None:
    """Take a soft key while a number is dialled; None if it is about something else."""
    rest: at.Phase = at.OffHook() if state.off_hook else at.Idle()
    if act is Act.CALL:
        return send(state, digits)
    if act is Act.DELETE and len(digits) > 1:
        return replace(state, phase=at.Dialling(digits[:-1])), ()
    if act in (Act.DELETE, Act.CLEAR):
        return replace(state, phase=rest), ()
    return None


def send(state: State, dialled: str) -> Step:
    """Start a call to what was dialled, or say why there can be none. One digit may be a speed dial."""
    dialled = dict(state.speed).get(dialled, dialled)
    if not state.own:
        return _no(state, Why.NOT_ENROLLED, dialled)
    try:
        number = normalise(dialled, state.own)
    except NotDiallable:
        return _no(state, Why.NOT_DIALLABLE, dialled)
    if number == state.own:
        return _no(state, Why.OWN_NUMBER, dialled)
    if not state.up:
        return _no(state, Why.NOT_CONNECTED, number)
    call = state.calls + 1
    state = replace(state, phase=at.Preparing(call, number), calls=call, redial=number)
    return state, (do.Prepare(call, number),)


def test(state: State) -> Step:
    """Call the CRS's echo: signalling, keys and sound as in any call, with ourselves at the other end."""
    if not isinstance(state.phase, at.Idle | at.OffHook) or state.other is not None:
        return state, ()
    if not state.own:
        return _no(state, Why.NOT_ENROLLED, "")
    if not state.up:
        return _no(state, Why.NOT_CONNECTED, "")
    call = state.calls + 1
    return replace(state, phase=at.Preparing(call, at.TEST), calls=call), (do.PrepareEcho(call, at.TEST),)


def _no(state: State, why: Why, number: str) -> Step:
    return replace(state, phase=at.Over(why, number)), ()


def _first(digit: str) -> at.Dialling:
    return at.Dialling("+" if digit == "*" else digit)


def _feedback(state: State, digit: str) -> tuple[do.Effect, ...]:
    return (do.Tone(f"dtmf:{digit}"),) if state.off_hook else ()
