"""What the other side does: somebody calls, rings, answers, refuses, holds, hangs up."""

from __future__ import annotations

from dataclasses import replace

from firmware import call_effects as do
from firmware import call_events as on
from firmware import call_state as at
from firmware.call_ending import leave, other_over, over
from firmware.call_follow import Step
from firmware.call_state import State
from firmware.reasons import Why

_ATTEMPTS = (at.Preparing, at.Calling, at.RingingOut)

_WHY = {
    404: Why.UNKNOWN_NUMBER,
    484: Why.UNKNOWN_NUMBER,
    604: Why.UNKNOWN_NUMBER,
    486: Why.BUSY,
    600: Why.BUSY,
    603: Why.DECLINED,
    488: Why.REFUSED_BY_PEER,
    606: Why.REFUSED_BY_PEER,
}


# --- being called -------------------------------------------------------------------------------------------


def incoming(state: State, event: on.Invited | on.Verified | on.NotVerified, now: float) -> Step:
    """Somebody calls. Nothing rings or shows before his key has verified."""
    if isinstance(event, on.Invited):
        state = replace(state, calls=max(state.calls, event.call))
        if not _room(state, event.claimed) or state.verifying is not None or not state.own:
            return state, (do.Respond(event.call, 486), do.Release(event.call))
        if not event.protected:
            return _refuse(state, event, Why.NOT_PROTECTED)
        return replace(state, verifying=event), (do.Verify(event.call),)
    invited = state.verifying
    if invited is None or invited.call != event.call:
        known = {call.call for call in (state.phase, state.other) if isinstance(call, at.CALL_PHASES)}
        return state, () if event.call in known else (do.Release(event.call),)
    state = replace(state, verifying=None)
    if isinstance(event, on.NotVerified):
        return _refuse(state, invited, event.why)
    if event.caller != invited.claimed:
        return _refuse(state, invited, Why.NOT_VERIFIED)
    caller = at.Incoming(event.call, event.caller, event.name, assurance=event.assurance)
    return _verified(state, caller, now)


def _room(state: State, claimed: str) -> bool:
    """True if a call may ring, or wait beside the one in hand, or is the one that we are trying to make."""
    if state.free:
        return True
    if state.other is not None:
        return False
    if isinstance(state.phase, at.Talking):
        return state.phase.number != at.TEST
    return isinstance(state.phase, _ATTEMPTS) and state.phase.number == claimed and _yields(state, claimed)


def _yields(state: State, caller: str) -> bool:
    """Two who call each other: the one whose number is lower has his way, unless his call is not yet out."""
    return isinstance(state.phase, at.Preparing) or state.own > caller


def _verified(state: State, caller: at.Incoming, now: float) -> Step:
    ring = (do.Respond(caller.call, 180),)
    phase = state.phase
    if state.do_not_disturb:
        missed = do.Log(caller.call, "missed", caller.number, caller.name, None, Why.MISSED)
        return state, (do.Respond(caller.call, 486), do.Release(caller.call), missed)
    if not _room(state, caller.number):
        return state, (do.Respond(caller.call, 486), do.Release(caller.call))
    if isinstance(phase, at.Talking):
        return replace(state, other=caller), ring
    # If both called at once, ours gives way to theirs, which rings although the handset is lifted.
    return replace(state, phase=caller), (*leave(phase, Why.BUSY, now), *ring)


def _refuse(state: State, invited: on.Invited, why: Why) -> Step:
    """Refuse an INVITE: 488 (RFC 4567 §5.1), whatever was wrong with it."""
    if state.free:
        state = replace(state, phase=at.Over(why, invited.claimed))
    noted = do.Log(invited.call, "refused", invited.claimed, "", None, why)
    return state, (do.Respond(invited.call, 488), do.Release(invited.call), noted)


# --- the calls in hand --------------------------------------------------------------------------------------


def progress(state: State, event: on.Progress, now: float) -> Step:
    """A call in hand goes on, or ends."""
    if state.verifying is not None and event.call == state.verifying.call:
        return _before_it_rings(state, event)
    if event.call == state.call:
        return _foreground(state, event, now)
    if state.other is not None and event.call == state.other.call:
        return _background(state, state.other, event, now)
    return state, _stale(event)


def _before_it_rings(state: State, event: on.Progress) -> Step:
    if isinstance(event, on.PeerEnded):
        return replace(state, verifying=None), (do.Release(event.call),)
    if isinstance(event, on.Failed):
        return replace(state, verifying=None), (do.Respond(event.call, 480), do.Release(event.call))
    return state, ()


def _foreground(state: State, event: on.Progress, now: float) -> Step:
    match state.phase, event:
        case at.Preparing(call, number), on.Prepared(_, name, assurance):
            calling = at.Calling(call, number, name, assurance)
            return replace(state, phase=calling), (do.SendInvite(call, number),)
        case at.Calling(call, number, name, assurance), on.PeerRings():
            return replace(state, phase=at.RingingOut(call, number, name, assurance)), ()
        case at.Calling() | at.RingingOut(), on.PeerAnswered(protected=False):
            return over(state, Why.NOT_PROTECTED, now)
        case (at.Calling() | at.RingingOut()) as attempt, on.PeerAnswered():
            return _answered(state, attempt, now)
        case (at.Calling() | at.RingingOut()) as attempt, on.PeerRefused(_, status):
            if state.verifying is not None and state.verifying.claimed == attempt.number and status == 486:
                return state, ()  # he is busy calling us: what is being verified decides
            why = _why(status, rang=isinstance(attempt, at.RingingOut))
            return over(state, why, now, told=True)
        case at.Answering(call, number, name, assurance), on.Answered():
            talking = at.Talking(call, number, name, now, outgoing=False, assurance=assurance)
            return replace(state, phase=talking), (do.Connect(call),)
        case at.Talking() as talking, on.Media() | on.PeerHolds():
            return _talk(state, talking, event)
        case at.Incoming(), on.PeerEnded():
            return over(state, Why.MISSED, now, told=True)
        case _, on.PeerEnded():
            return over(state, Why.ENDED, now, told=True)
        case _, on.Failed(_, why):
            return over(state, why, now)
        case _:
            return state, ()


def _answered(state: State, attempt: at.Calling | at.RingingOut, now: float) -> Step:
    call, number, name, assurance = attempt.call, attempt.number, attempt.name, attempt.assurance
    if not state.off_hook:
        return replace(state, phase=at.Waiting(call, number, name, assurance)), ()
    talking = at.Talking(call, number, name, now, assurance=assurance)
    return replace(state, phase=talking), (do.Connect(call, echo=number == at.TEST),)


def _background(state: State, other: at.Talking | at.Incoming, event: on.Progress, now: float) -> Step:
    match other, event:
        case at.Talking(), on.Media() | on.PeerHolds():
            return replace(state, other=_heard_of(other, event)), ()
        case at.Incoming(), on.PeerEnded():
            return other_over(state, Why.MISSED, now, told=True)
        case _, on.PeerEnded():
            return other_over(state, Why.ENDED, now, told=True)
        case _, on.Failed(_, why):
            return other_over(state, why, now)
        case _:
            return state, ()


def _talk(state: State, talking: at.Talking, event: on.Media | on.PeerHolds) -> Step:
    after = _heard_of(talking, event)
    effects: tuple[do.Effect, ...] = ()
    if after.secured and not talking.secured and not after.held:
        effects = (do.Tone("secure" if after.assurance == "verified" else "insecure"),)
    return replace(state, phase=after), effects


def _heard_of(talking: at.Talking, event: on.Media | on.PeerHolds) -> at.Talking:
    match event:
        case on.PeerHolds(_, held):
            return replace(talking, held_by_them=held)
        case on.Media(_, "secured"):
            return replace(talking, secured=True)
        case on.Media(_, ("lost" | "back") as kind) if talking.secured:
            return replace(talking, lost=kind == "lost")
        case _:
            return talking


def _stale(event: on.Progress) -> tuple[do.Effect, ...]:
    """A late word about a call that is over: what it brought must not stay open."""
    match event:
        case on.PeerAnswered(call) | on.Answered(call):
            return (do.Drop(call), do.Release(call))
        case on.Prepared(call):
            return (do.Release(call),)
        case _:
            return ()


def _why(status: int, *, rang: bool) -> Why:
    if status in (408, 480, 487) and rang:
        return Why.NO_ANSWER
    if status in _WHY:
        return _WHY[status]
    return Why.SERVER if status == 403 or 500 <= status < 600 else Why.UNAVAILABLE
