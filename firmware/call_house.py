"""What the phone itself goes through: line, services, settings, and time."""

from __future__ import annotations

from dataclasses import replace

from firmware import call_effects as do
from firmware import call_events as on
from firmware import call_state as at
from firmware.call_dialling import send
from firmware.call_ending import back, leave, other_over, over
from firmware.call_follow import Step
from firmware.call_state import State
from firmware.reasons import REFUSALS, Why


def house(state: State, event: on.House, now: float) -> Step:
    """Take what happens to the phone itself."""
    match event:
        case on.Line(own, up):
            return _line(replace(state, own=own, up=up), now)
        case on.Book(speed, redial):
            return replace(state, speed=speed, redial=state.redial if redial is None else redial), ()
        case on.DoNotDisturb(active):
            return _do_not_disturb(replace(state, do_not_disturb=active), now)
        case on.Restarted():
            resting = isinstance(state.phase, at.Idle | at.OffHook)
            return (replace(state, phase=at.Over(Why.PHONE_RESTARTED)), ()) if resting else (state, ())
        case on.ServiceLost(service):
            return _service_lost(state, service, now)
        case on.TimeUp(timer):
            if timer == state.timer:
                return _time_up(state, now)
            return _other_time_up(state, now) if timer == state.other_timer else (state, ())


def _do_not_disturb(state: State, now: float) -> Step:
    """Whoever rings at this moment is turned away too."""
    if not state.do_not_disturb:
        return state, ()
    if state.knocking is not None:
        return other_over(state, Why.MISSED, now)
    if isinstance(state.phase, at.Incoming):
        return back(state), leave(state.phase, Why.MISSED, now)
    return state, ()


def _line(state: State, now: float) -> Step:
    """Registered or not. An established call lives on: its media may still flow, and they tell if not."""
    if state.up and state.own:
        return state, ()
    effects: tuple[do.Effect, ...] = ()
    if state.verifying is not None:
        effects = (do.Release(state.verifying.call),)
        state = replace(state, verifying=None)
    if state.knocking is not None:
        state, more = other_over(state, Why.MISSED, now)
        effects += more
    if state.call is not None and not isinstance(state.phase, at.Talking):
        state, more = over(state, Why.NETWORK_GONE, now)
        effects += more
    return state, effects


def _service_lost(state: State, service: str, now: float) -> Step:
    effects: tuple[do.Effect, ...] = ()
    if service == "keys" and state.verifying is not None:
        effects = (do.Respond(state.verifying.call, 480), do.Release(state.verifying.call))
        state = replace(state, verifying=None)
    if service == "media":
        return _sound_lost(state, now)
    if service == "keys" and isinstance(state.phase, at.Preparing):
        state, more = over(state, Why.KEYS_RESTARTED, now)
        return state, effects + more
    if isinstance(state.phase, at.CALL_PHASES) or state.other is not None:
        # The session keys are with the media service: the call is as good as before, and the person is told.
        state = replace(state, note=Why.KEYS_RESTARTED if service == "keys" else Why.CAMERA_RESTARTED)
    return state, effects


def _sound_lost(state: State, now: float) -> Step:
    """Every call that had sound is over."""
    effects: tuple[do.Effect, ...] = ()
    other = state.held
    if other is not None:
        state, effects = replace(state, other=None), leave(other, Why.SOUND_RESTARTED, now)
    if isinstance(state.phase, at.CALL_PHASES):
        state, more = over(state, Why.SOUND_RESTARTED, now)
        return state, effects + more
    if other is not None:
        return replace(state, phase=at.Over(Why.SOUND_RESTARTED, other.number, other.name)), effects
    return state, effects


def _time_up(state: State, now: float) -> Step:
    match state.phase:
        case at.Dialling(digits):
            return send(state, digits) if state.off_hook else (back(state), ())
        case at.OffHook() | at.Over():
            return _forgotten(state)
        case at.Preparing() | at.Answering():
            return over(state, Why.NOT_READY, now)
        case at.Calling():
            return over(state, Why.UNAVAILABLE, now)
        case at.RingingOut():
            return over(state, Why.NO_ANSWER, now)
        case at.Incoming():
            return over(state, Why.MISSED, now)
        case at.Waiting():
            return over(state, Why.ENDED, now)
        case at.Talking() as talking:
            return over(state, _why_over(talking), now)
        case _:
            return state, ()


def _forgotten(state: State) -> Step:
    """Nobody did anything: back to a held call, or to rest; a lifted handset says so, and then howls."""
    if state.held is not None:
        return back(state), ()
    if state.lifted:
        return replace(state, neglect=min(state.neglect + 1, 2)), ()
    if isinstance(state.phase, at.Over) and state.speaker and state.phase.why in REFUSALS:
        return replace(state, speaker=False), ()
    return replace(state, phase=at.Idle()), ()


def _other_time_up(state: State, now: float) -> Step:
    if isinstance(state.other, at.Talking):
        return other_over(state, _why_over(state.other), now)
    return other_over(state, Why.MISSED, now)


def _why_over(talking: at.Talking) -> Why:
    if not talking.secured:
        return Why.NEVER_SECURED
    return Why.PEER_GONE if talking.lost else Why.ENDED
