"""A phone without parts, left alone: enrolled, its records read, nothing in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from firmware import call_events as on
from firmware import desk_words as dk
from firmware.desk_state import Desk
from firmware.house import NOTHING_HELD, House
from firmware.living import Asked, later, press, tell
from firmware.menu import MAIN
from firmware.screens.render import render
from firmware.text import Words
from firmware.view import view

ASHA, BEN, LUKASZ = "+442079462001", "+442079462002", "+442079462047"
NOW = datetime(2026, 11, 2, 12, 48)
HELD = replace(
    NOTHING_HELD,
    enrolled=True,
    tel=ASHA,
    name="Asha Okafor",
    organisation="Ministry Mgmt",
    domain="sv.example",
    crs="crs.sv.example:5061",
    months=["2026-11"],
    expires=1796083200,
)
PIN = "1357"


def house(*, pin: bool = False, **records: bytes) -> House:
    """An enrolled phone, connected to its server, whose records hold what the test gives."""
    held = replace(HELD, pin=pin)
    here = House(NOW, 1000.0, held=held, desk=Desk(touched=1000.0, began=900.0))
    here, _ = tell(here, "calls", on.Line(ASHA, True))
    here, _ = tell(here, "desk", dk.StatusCame(held))
    for name in ("settings", "contacts", "log"):
        here, _ = tell(here, "desk", dk.Recalled(name, records.get(name, b"")))
    return here


def pressed(here: House, *keys: str) -> House:
    """Press keys, one after the other, whatever is asked for."""
    for key in keys:
        here, _ = press(here, key)
    return here


def open_page(here: House, entry: str) -> House:
    """Open a page of the menu."""
    return pressed(here, "soft4", str(MAIN.index(entry) + 1))


def ended(here: House, direction: str, tel: str = BEN, seconds: int = 5) -> House:
    """A call is over."""
    return tell(here, "desk", dk.CallEnded(7, direction, tel, "Ben Idowu", seconds))[0]


def asked(here: House, keys: str) -> tuple[Asked, ...]:
    """Return what pressing keys asks for."""
    return press(here, keys)[1]


def said(here: House) -> str:
    """Return what the screen says, in English."""
    return "\n".join(render(view(here), Words())[1])


def waited(here: House, seconds: float, *, tick_s: float = 1.0) -> tuple[House, tuple[Asked, ...]]:
    """Let time pass, tick by tick; return also what is asked for meanwhile."""
    everything: tuple[Asked, ...] = ()
    while seconds > 0:
        here = later(here, min(tick_s, seconds))
        here, more = tell(here, "desk", dk.Ticked())
        everything += more
        seconds -= tick_s
    return here, everything
