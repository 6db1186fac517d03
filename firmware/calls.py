"""The life of a call, as a pure machine: `step(state, event, now=…) -> (state, effects)`.

                        ┌── digits ──► Dialling ── '#', Call, 4 s ──► Preparing ──► Calling ──► RingingOut
    Idle ◄──► OffHook ──┘                                                │            │            │
     │                                                                   └──── Over ◄─┴────────────┤
     └─ INVITE ─► (verifying, unseen) ─► Incoming ─ lift ─► Answering ─► Talking ◄─────────────────┘
                                                                 (on-hook: Waiting first)

Rules that hold in every state, and that the tests hold it to:
- Lifting answers, laying down ends. Nothing else answers.
- Nothing rings or shows before the caller's key has verified; then the verified number is shown, never From.
- The microphone opens with Connect, only in Talking and only with the handset lifted; Release closes it.
- A call shows as secure only after the first packet of the peer has authenticated.
- Tone, lamps and ring follow the phase, in `firmware.call_follow` and nowhere else.
"""

from __future__ import annotations

from dataclasses import replace

from firmware import call_effects as do
from firmware import call_events as on
from firmware import call_state as at
from firmware.acts import Act
from firmware.call_follow import Step, follow
from firmware.call_state import State
from firmware.numbers import NotDiallable, normalise
from firmware.reasons import Why

MOST_DIALLED = 20


def step(state: State, event: on.Event, *, now: float) -> Step:
    """Take one event at monotonic time `now`; return the new state and what is to be done, in order."""
    after, effects = _take(state, event, now)
    return follow(state, after, effects)


def _take(state: State, event: on.Event, now: float) -> Step:
    match event:
        case on.Lifted():
            return _lift(state, now)
        case on.HungUp():
            return _hang_up(state)
        case on.Key(digit):
            return _dial(state, digit)
        case Act():
            return _act(state, event, now)
        case on.Line(own, up):
            return _line(replace(state, own=own, up=up), now)
        case on.TimeUp(timer):
            return _time_up(state, now) if timer == state.timer else (state, ())
        case on.ServiceLost(service):
            return _service_lost(state, service, now)
        case on.Invited() | on.Verified() | on.NotVerified():
            return _incoming(state, event)
        case _:
            return _progress(state, event, now)


# --- the person ---------------------------------------------------------------------------------------------


def _lift(state: State, now: float) -> Step:
    lifted = replace(state, lifted=True)
    match state.phase:
        case at.Idle() | at.Over() if not state.lifted:
            return replace(lifted, phase=at.OffHook()), ()
        case at.Dialling(digits) if not state.lifted:
            return _send(lifted, digits)
        case at.Incoming(call, number, name):
            return replace(lifted, phase=at.Answering(call, number, name)), (do.Answer(call),)
        case at.Waiting(call, number, name):
            return replace(lifted, phase=at.Talking(call, number, name, now)), (do.Connect(call),)
        case _:
            return lifted, ()


def _hang_up(state: State) -> Step:
    if not state.lifted:
        return state, ()
    return replace(state, lifted=False, phase=at.Idle()), _leave(state.phase)


def _dial(state: State, digit: str) -> Step:
    match state.phase:
        case at.Dialling(digits) if digit == "#":
            return _send(state, digits)
        case at.Dialling(digits) if digit.isdigit() and len(digits) < MOST_DIALLED:
            return replace(state, phase=at.Dialling(digits + digit)), _feedback(state, digit)
        case at.Idle() | at.OffHook() if digit != "#":
            return replace(state, phase=at.Dialling("+" if digit == "*" else digit)), _feedback(state, digit)
        case at.Over() if digit != "#" and not state.lifted:
            return replace(state, phase=at.Dialling("+" if digit == "*" else digit)), ()
        case _:
            return state, ()


def _feedback(state: State, digit: str) -> tuple[do.Effect, ...]:
    return (do.Tone(f"dtmf:{digit}"),) if state.lifted else ()


def _act(state: State, act: Act, now: float) -> Step:
    phase = state.phase
    rest: at.Phase = at.OffHook() if state.lifted else at.Idle()
    if isinstance(phase, at.Dialling):
        if act is Act.CALL:
            return _send(state, phase.digits)
        if act is Act.DELETE and len(phase.digits) > 1:
            return replace(state, phase=at.Dialling(phase.digits[:-1])), ()
        if act in (Act.DELETE, Act.CLEAR):
            return replace(state, phase=rest), ()
    if act is Act.REDIAL and state.redial and isinstance(phase, at.Idle | at.OffHook):
        return _send(state, state.redial)
    if act is Act.OK and isinstance(phase, at.Over) and not state.lifted:
        return replace(state, phase=at.Idle()), ()
    if isinstance(phase, at.Incoming):
        if act is Act.SILENCE:
            return replace(state, phase=replace(phase, silenced=True)), ()
        if act is Act.DECLINE:
            return replace(state, phase=at.Idle()), (do.Respond(phase.call, 603), do.Release(phase.call))
    if isinstance(phase, at.Talking) and act in (Act.MUTE, Act.UNMUTE):
        return replace(state, muted=act is Act.MUTE), ()
    if act is Act.END and isinstance(phase, at.CALL_PHASES) and not isinstance(phase, at.Incoming):
        return _over(state, Why.ENDED, now)
    return state, ()


def _send(state: State, digits: str) -> Step:
    """Start a call to what was dialled, or say why there can be none."""

    def no(why: Why, number: str = digits) -> Step:
        return replace(state, phase=at.Over(why, number)), ()

    if not state.own:
        return no(Why.NOT_ENROLLED)
    try:
        number = normalise(digits, state.own)
    except NotDiallable:
        return no(Why.NOT_DIALLABLE)
    if number == state.own:
        return no(Why.OWN_NUMBER)
    if not state.up:
        return no(Why.NOT_CONNECTED, number)
    call = state.calls + 1
    state = replace(state, phase=at.Preparing(call, number), calls=call, redial=number)
    return state, (do.Prepare(call, number),)


# --- the other side -----------------------------------------------------------------------------------------


def _incoming(state: State, event: on.Invited | on.Verified | on.NotVerified) -> Step:
    if isinstance(event, on.Invited):
        state = replace(state, calls=max(state.calls, event.call))
        if not state.free or state.verifying is not None or not state.own:
            return state, (do.Respond(event.call, 486), do.Release(event.call))
        if not event.protected:
            return _refuse(state, event, Why.NOT_PROTECTED)
        return replace(state, verifying=event), (do.Verify(event.call),)
    invited = state.verifying
    if invited is None or invited.call != event.call:
        return state, () if event.call == state.call else (do.Release(event.call),)
    state = replace(state, verifying=None)
    if isinstance(event, on.NotVerified) or event.caller != invited.claimed:
        return _refuse(state, invited, Why.NOT_VERIFIED)
    if not state.free:
        return state, (do.Respond(event.call, 486), do.Release(event.call))
    incoming = at.Incoming(event.call, event.caller, event.name)
    return replace(state, phase=incoming), (do.Respond(event.call, 180),)


def _refuse(state: State, invited: on.Invited, why: Why) -> Step:
    """Refuse an INVITE: 488 (RFC 4567 §5.1), whatever was wrong with it."""
    if state.free:
        state = replace(state, phase=at.Over(why, invited.claimed))
    return state, (do.Respond(invited.call, 488), do.Release(invited.call))


def _progress(state: State, event: on.Progress, now: float) -> Step:
    if state.verifying is not None and event.call == state.verifying.call:
        if isinstance(event, on.PeerEnded):
            return replace(state, verifying=None), (do.Release(event.call),)
        if isinstance(event, on.Failed):
            return replace(state, verifying=None), (do.Respond(event.call, 480), do.Release(event.call))
        return state, ()
    if event.call != state.call:
        return state, _stale(event)
    match state.phase, event:
        case at.Preparing(call, number), on.Prepared(_, name):
            return replace(state, phase=at.Calling(call, number, name)), (do.SendInvite(call, number),)
        case at.Calling(call, number, name), on.PeerRings():
            return replace(state, phase=at.RingingOut(call, number, name)), ()
        case at.Calling() | at.RingingOut(), on.PeerAnswered(protected=False):
            return _over(state, Why.NOT_PROTECTED, now)
        case ((at.Calling(call, number, name) | at.RingingOut(call, number, name)), on.PeerAnswered()):
            if not state.lifted:
                return replace(state, phase=at.Waiting(call, number, name)), ()
            return replace(state, phase=at.Talking(call, number, name, now)), (do.Connect(call),)
        case at.Calling() | at.RingingOut(), on.PeerRefused(_, status):
            return _over(state, _why(status, rang=isinstance(state.phase, at.RingingOut)), now, told=True)
        case at.Answering(call, number, name), on.Answered():
            return replace(state, phase=at.Talking(call, number, name, now)), (do.Connect(call),)
        case at.Talking(), on.Media(_, kind):
            return _media(state, state.phase, kind)
        case at.Incoming(), on.PeerEnded():
            return _over(state, Why.MISSED, now, told=True)
        case _, on.PeerEnded():
            return _over(state, Why.ENDED, now, told=True)
        case _, on.Failed(_, why):
            return _over(state, why, now)
        case _:
            return state, ()


def _stale(event: on.Progress) -> tuple[do.Effect, ...]:
    """A late word about a call that is over: what it brought must not stay open."""
    match event:
        case on.PeerAnswered(call) | on.Answered(call):
            return (do.Drop(call), do.Release(call))
        case on.Prepared(call):
            return (do.Release(call),)
        case _:
            return ()


def _media(state: State, talking: at.Talking, kind: str) -> Step:
    if kind == "secured" and not talking.secured:
        return replace(state, phase=replace(talking, secured=True)), (do.Tone("secure"),)
    if kind in ("lost", "back") and talking.secured:
        return replace(state, phase=replace(talking, lost=kind == "lost")), ()
    return state, ()


def _why(status: int, *, rang: bool) -> Why:
    if status in (408, 480, 487) and rang:
        return Why.NO_ANSWER
    known = {
        404: Why.UNKNOWN_NUMBER,
        484: Why.UNKNOWN_NUMBER,
        604: Why.UNKNOWN_NUMBER,
        486: Why.BUSY,
        600: Why.BUSY,
        603: Why.DECLINED,
        488: Why.REFUSED_BY_PEER,
        606: Why.REFUSED_BY_PEER,
    }
    if status in known:
        return known[status]
    return Why.SERVER if status == 403 or 500 <= status < 600 else Why.UNAVAILABLE


# --- the house ----------------------------------------------------------------------------------------------


def _line(state: State, now: float) -> Step:
    """Registered or not. An established call lives on: its media may still flow, and they tell if not."""
    if state.up and state.own:
        return state, ()
    effects: tuple[do.Effect, ...] = ()
    if state.verifying is not None:
        effects = (do.Release(state.verifying.call),)
        state = replace(state, verifying=None)
    if state.call is not None and not isinstance(state.phase, at.Talking):
        state, more = _over(state, Why.NETWORK_GONE, now)
        effects += more
    return state, effects


def _service_lost(state: State, service: str, now: float) -> Step:
    effects: tuple[do.Effect, ...] = ()
    if service == "keys" and state.verifying is not None:
        effects = (do.Respond(state.verifying.call, 480), do.Release(state.verifying.call))
        state = replace(state, verifying=None)
    if service == "media" and isinstance(state.phase, at.CALL_PHASES):
        state, more = _over(state, Why.SOUND_RESTARTED, now)
        return state, effects + more
    if service == "keys" and isinstance(state.phase, at.Preparing):
        state, more = _over(state, Why.KEYS_RESTARTED, now)
        return state, effects + more
    if isinstance(state.phase, at.CALL_PHASES):
        # The session keys are with the media service: the call is as good as before, and the person is told.
        state = replace(state, note=Why.KEYS_RESTARTED if service == "keys" else Why.CAMERA_RESTARTED)
    return state, effects


def _time_up(state: State, now: float) -> Step:
    match state.phase:
        case at.Dialling(digits):
            return _send(state, digits)
        case at.Preparing() | at.Answering():
            return _over(state, Why.NOT_READY, now)
        case at.Calling():
            return _over(state, Why.UNAVAILABLE, now)
        case at.RingingOut():
            return _over(state, Why.NO_ANSWER, now)
        case at.Incoming():
            return _over(state, Why.MISSED, now)
        case at.Waiting():
            return _over(state, Why.ENDED, now)
        case at.Talking(secured=False):
            return _over(state, Why.NEVER_SECURED, now)
        case at.Talking(lost=True):
            return _over(state, Why.PEER_GONE, now)
        case at.Over():
            return replace(state, phase=at.Idle()), ()
        case _:
            return state, ()


# --- what follows -------------------------------------------------------------------------------------------


def _leave(phase: at.Phase, *, told: bool = False) -> tuple[do.Effect, ...]:
    """End the call in hand on the wire (unless its end was `told` to us) and close what it opened."""
    match phase:
        case at.Preparing(call):
            return (do.Release(call),)
        case at.Incoming(call):
            return (do.Release(call),) if told else (do.Respond(call, 480), do.Release(call))
        case (
            at.Calling(call) | at.RingingOut(call) | at.Answering(call) | at.Waiting(call) | at.Talking(call)
        ):
            return (do.Release(call),) if told else (do.Drop(call), do.Release(call))
        case _:
            return ()


def _over(state: State, why: Why, now: float, *, told: bool = False) -> Step:
    """The call in hand is over. On-hook and by our own wish there is nothing to say."""
    phase = state.phase
    number: str = getattr(phase, "number", "")
    seconds = now - phase.began if isinstance(phase, at.Talking) and phase.secured else None
    if why is Why.ENDED and not state.lifted and not told:
        return replace(state, phase=at.Idle()), _leave(phase)
    over = at.Over(why, number, getattr(phase, "name", ""), seconds)
    return replace(state, phase=over), _leave(phase, told=told)
