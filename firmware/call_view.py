"""From where a call stands to the one screen that shows it, and to what the soft keys then do."""

from __future__ import annotations

from firmware import call_state as at
from firmware.acts import NO_KEYS, Act, soft_keys
from firmware.call_state import State
from firmware.house import House
from firmware.numbers import shown
from firmware.screens import call_models as m


def in_a_call(calls: State) -> bool:
    """True while a call, or dialling one, has the screen and the keys."""
    return not isinstance(calls.phase, at.Idle)


def call_view(house: House) -> m.CallModel | None:
    """Return the screen of the call in hand, None if there is none."""
    calls, own = house.calls, house.calls.own
    redial = Act.REDIAL if calls.redial else None
    end = soft_keys(fourth=Act.END)
    match calls.phase:
        case at.OffHook():
            return m.DiallingScreen("", True, soft_keys(third=redial))
        case at.Dialling(digits):
            return m.DiallingScreen(digits, calls.lifted, (Act.DELETE, None, Act.CLEAR, Act.CALL))
        case at.Preparing(_, number):
            return m.CallingScreen("preparing", shown(number, own), calls.lifted, end)
        case at.Calling(_, number, _):
            return m.CallingScreen("calling", shown(number, own), calls.lifted, end)
        case at.RingingOut(_, number, _):
            return m.CallingScreen("ringing out", shown(number, own), calls.lifted, end)
        case at.Waiting(_, number, _):
            return m.CallingScreen("answered", shown(number, own), False, end)
        case at.Incoming(_, number, name, silenced):
            keys = soft_keys(first=Act.DECLINE, second=None if silenced else Act.SILENCE)
            return m.IncomingScreen(shown(number, own), name, keys)
        case at.Answering(_, number, name):
            return m.CallScreen("answering", shown(number, own), name, 0, 0, False, calls.note, end)
        case at.Talking() as talking:
            return _talking(house, talking)
        case at.Over(why, number, name, seconds):
            duration = None if seconds is None else int(seconds)
            keys = NO_KEYS if calls.lifted else soft_keys(fourth=Act.OK)
            return m.OverScreen(why, shown(number, own), name, duration, keys)
        case _:
            return None


def _talking(house: House, talking: at.Talking) -> m.CallScreen:
    calls = house.calls
    stage = "lost" if talking.lost else "secure" if talking.secured else "securing"
    return m.CallScreen(
        stage,
        shown(talking.number, calls.own),
        talking.name,
        max(0, int(house.monotonic - talking.began)),
        house.level if talking.secured and not talking.lost else 0,
        calls.muted,
        calls.note,
        soft_keys(third=Act.UNMUTE if calls.muted else Act.MUTE, fourth=Act.END),
    )
