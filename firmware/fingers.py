"""What a key does now: `route(house, event)` says which machine hears of it, and as what.

    raw keys      always to the desk: it times what is held, counts typed PINs, wakes the display
    soft keys     what their labels say (`view`), to whoever has the screen
    dial pad      to the call machine, to enrolment, or to the page that shows
    volume keys   to the desk; mute and the speaker key to the call machine
    hook          to both, but only to the self-test while that runs

A soft key does nothing in the half second after the clock, or the page under a call, came back of itself, nor
in the first third of one after a caller came: who was about to press OK on a notice that timed out does not
want the menu, and who was about to open the menu does not want to answer hands-free. Who dials has read.

Pure: no service, no clock. `firmware.living` puts a whole phone together from it.
"""

from __future__ import annotations

from dataclasses import replace

from drivers.ports import HookEvent, KeyEvent
from firmware import call_events as on
from firmware import desk_words as dk
from firmware import enrolment_words as en
from firmware.acts import Act
from firmware.call_state import Idle
from firmware.erase import CHORD, SPEAKER, Erased, Kept, Rest
from firmware.foreground import foreground, ringing
from firmware.house import House
from firmware.pages import Testing
from firmware.view import view

DIALS = frozenset("0123456789*#")
_OF_THE_DESK = frozenset({Act.MENU, Act.LOG, Act.CONTACTS, Act.HELP})

ToMachine = tuple[str, "on.Event | en.Event | dk.Event"]
"""The machine ('calls', 'enrolment' or 'desk') and what it hears."""


def route(house: House, event: KeyEvent | HookEvent) -> tuple[ToMachine, ...]:
    """Return who hears of a key or of the hook, and as what, in order."""
    raw: ToMachine = ("desk", event)
    if isinstance(event, HookEvent):
        page = house.desk.page
        if isinstance(page, Testing) and page.test.part and foreground(house) == "page":
            return (raw,)
        return raw, ("calls", on.Lifted() if event.lifted else on.HungUp())
    if event.down and event.key == SPEAKER and isinstance(house.desk.erase, Erased | Kept):
        # What came of erasing goes as when the handset is lifted; the key means what it means under it.
        read = replace(house, desk=replace(house.desk, erase=Rest()))
        return (raw, *_meant(read, event.key))
    if not event.down or foreground(house) == "erase" or (house.desk.held and event.key in CHORD):
        return (raw,)
    if isinstance(house.desk.page, Testing) and house.desk.page.test.part == "keys":
        return (raw,)
    return (raw, *_meant(house, event.key))


def _meant(house: House, key: str) -> tuple[ToMachine, ...]:
    if key.startswith("soft"):
        act = view(house).keys[int(key[4:]) - 1]
        # On a dark display no label shows: the key only wakes it. Nor is a label meant that came this moment.
        came = isinstance(house.calls.phase, Idle) or ringing(house.calls)
        unread = came and house.monotonic < house.desk.steady
        meant = house.contrast > 0 and not unread
        return _act(house, act) if meant and act is not None else ()
    match key:
        case "vol+" | "vol-":
            return (("desk", dk.Turned(1 if key == "vol+" else -1)),)
        case "mute":
            return (("calls", Act.UNMUTE if house.calls.muted else Act.MUTE),)
        case "speaker" if house.desk.lock is None or foreground(house) == "call":
            return (("calls", on.HandsFree()),)
        case "up" | "down":
            return (("desk", dk.Chosen(key)),) if foreground(house) == "page" else ()
        case _ if key in DIALS:
            return _digit(house, key)
        case _:
            return ()


def _act(house: House, act: Act) -> tuple[ToMachine, ...]:
    where = foreground(house)
    if where in ("lock", "page", "notice") or act in _OF_THE_DESK:
        return (("desk", act),)
    if where == "enrolment":
        return (("enrolment", act),)
    if act is Act.ENROL:
        return (("enrolment", en.Begin()),)
    return (("calls", act),)


def _digit(house: House, key: str) -> tuple[ToMachine, ...]:
    match foreground(house):
        case "page":
            return (("desk", dk.Chosen(key)),)
        case "enrolment":
            return (("enrolment", en.Digit(key)),)
        case "call" | "idle" | "notice" if house.desk.lock is None:
            return (("calls", on.Key(key)),)
        case _:
            return ()
