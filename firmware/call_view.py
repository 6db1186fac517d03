"""From where a call stands to the one screen that shows it, and to what the soft keys then do."""

from __future__ import annotations

from firmware import call_state as at
from firmware.acts import NO_KEYS, Act, SoftKeys, soft_keys
from firmware.call_state import State
from firmware.house import House
from firmware.numbers import shown
from firmware.screens import call_models as m

_END = soft_keys(fourth=Act.END)


def in_a_call(calls: State) -> bool:
    """True while a call, or dialling one, has the screen and the keys."""
    return not isinstance(calls.phase, at.Idle)


def call_view(house: House) -> m.CallModel | None:
    """Return the screen of the call in hand, None if there is none."""
    calls = house.calls
    phase = calls.phase
    match phase:
        case at.OffHook() | at.Dialling():
            return _dialling(house, phase)
        case at.Preparing() | at.Calling() | at.RingingOut() | at.Waiting():
            return _calling(calls, phase)
        case at.Incoming():
            return _incoming(calls, phase)
        case at.Answering() | at.Talking():
            return _test(house, phase) if phase.number == at.TEST else _call(house, phase)
        case at.Over():
            return _over(calls, phase)
        case _:
            return None


def _dialling(house: House, phase: at.OffHook | at.Dialling) -> m.DiallingScreen:
    calls = house.calls
    digits = phase.digits if isinstance(phase, at.Dialling) else ""
    return m.DiallingScreen(
        digits,
        calls.off_hook,
        _dialling_keys(calls, digits),
        match=_match(house, digits),
        hands_free=calls.speaker,
        other=_other(calls),
        forgotten=calls.neglect > 0,
    )


def _dialling_keys(calls: State, digits: str) -> SoftKeys:
    if digits:
        return Act.DELETE, Act.CONTACTS, Act.CLEAR, Act.CALL
    resume = Act.RESUME if calls.held is not None else None
    redial = Act.REDIAL if calls.redial else None
    return soft_keys(first=resume, second=Act.CONTACTS, third=redial)


def _match(house: House, digits: str) -> tuple[str, str] | None:
    speed = dict(house.calls.speed).get(digits, "")
    match = house.desk.book.match(speed or digits, house.calls.own) if digits else None
    if match is not None:
        return match.name, match.detail
    return (shown(speed, house.calls.own), "speed dial") if speed else None


def _calling(calls: State, phase: at.Preparing | at.Calling | at.RingingOut | at.Waiting) -> m.CallingScreen:
    stage = {at.Preparing: "preparing", at.Calling: "calling", at.RingingOut: "ringing out"}.get(type(phase))
    return m.CallingScreen(
        stage or "answered",
        "" if phase.number == at.TEST else shown(phase.number, calls.own),
        calls.off_hook,
        _END,
        hands_free=calls.speaker,
        test=phase.number == at.TEST,
        other=_other(calls),
    )


def _incoming(calls: State, phase: at.Incoming) -> m.IncomingScreen:
    silence = None if phase.silenced else Act.SILENCE
    return m.IncomingScreen(
        shown(phase.number, calls.own),
        phase.name,
        (Act.DECLINE, silence, None, Act.ANSWER),
        assurance=phase.assurance,
        lifted=calls.off_hook,
        other=_other(calls),
    )


def _stage(phase: at.Answering | at.Talking) -> str:
    if isinstance(phase, at.Answering):
        return "answering"
    return "lost" if phase.lost else "secure" if phase.secured else "securing"


def _seconds(house: House, phase: at.Answering | at.Talking) -> int:
    return max(0, int(house.monotonic - phase.began)) if isinstance(phase, at.Talking) else 0


def _level(house: House, phase: at.Answering | at.Talking) -> int:
    heard = isinstance(phase, at.Talking) and phase.secured and not phase.lost and not phase.held
    return house.level if heard else 0


def _call(house: House, phase: at.Answering | at.Talking) -> m.CallScreen:
    calls = house.calls
    ours = isinstance(phase, at.Talking) and phase.held
    theirs = isinstance(phase, at.Talking) and phase.held_by_them
    return m.CallScreen(
        _stage(phase),
        shown(phase.number, calls.own),
        phase.name,
        _seconds(house, phase),
        _level(house, phase),
        calls.muted,
        calls.note,
        _END if isinstance(phase, at.Answering) else _call_keys(calls, phase),
        assurance=phase.assurance,
        held="both" if ours and theirs else "us" if ours else "them" if theirs else "",
        hands_free=calls.speaker,
        recall=ours and not calls.off_hook,
        other=_other(calls),
    )


def _call_keys(calls: State, talking: at.Talking) -> SoftKeys:
    mute = Act.UNMUTE if calls.muted else Act.MUTE
    if calls.knocking is not None:
        return Act.DECLINE, mute, Act.END, Act.ANSWER
    if calls.held is not None:
        first = (Act.RESUME, Act.SWAP) if talking.held else (Act.SWAP, None)
        return (*first, None if talking.held else mute, Act.END)
    if talking.held:
        return Act.RESUME, Act.NEW_CALL if calls.off_hook else None, None, Act.END
    return Act.HOLD, None, mute, Act.END


def _test(house: House, phase: at.Answering | at.Talking) -> m.TestCallScreen:
    calls = house.calls
    keys = soft_keys(third=Act.UNMUTE if calls.muted else Act.MUTE, fourth=Act.END)
    return m.TestCallScreen(
        _stage(phase), _seconds(house, phase), _level(house, phase), calls.muted, calls.speaker, keys
    )


def _over(calls: State, phase: at.Over) -> m.OverScreen:
    seconds = None if phase.seconds is None else int(phase.seconds)
    keys = NO_KEYS if calls.lifted else soft_keys(fourth=Act.OK)
    number = "" if phase.number == at.TEST else shown(phase.number, calls.own)
    return m.OverScreen(
        phase.why,
        number,
        phase.name,
        seconds,
        soft_keys(first=Act.RESUME) if calls.held is not None else keys,
        other=_other(calls),
        forgotten=calls.neglect > 0,
    )


def _other(calls: State) -> m.OtherCall | None:
    other = calls.other
    if other is None:
        return None
    kind = "held" if isinstance(other, at.Talking) else "waiting"
    return m.OtherCall(kind, shown(other.number, calls.own), other.name)
