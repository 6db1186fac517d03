"""Dialling a whole number at once, as from a list."""

from __future__ import annotations

from firmware import call_events as on
from firmware import call_state as at
from firmware.acts import Act


def dial(calls: at.State, tel: str) -> tuple[on.Event, ...]:
    """Return what the call machine has to hear so that it calls an E.164 number, from where it stands."""
    begun: tuple[on.Event, ...] = (Act.CLEAR,) if isinstance(calls.phase, at.Dialling) else ()
    keys = "*" + tel.removeprefix("+") + "#"
    return (*begun, *(on.Key(key) for key in keys))
