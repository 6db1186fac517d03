"""Typing a PIN: to set one, to change it, to take it away, or because the administrator's pages ask for it.

enrol, wipe, month, clock ─ PIN ─► (checked) ─► enrolment, the months, the question before wiping or setting
                                                the clock
remove      ─ PIN ─► removed
old ─ PIN ─► (checked) ─► new ─ PIN ─► repeat ─ the same ─► set
                           ▲              │ another
                           └──────────────┘
"""

from __future__ import annotations

from dataclasses import replace

from firmware import desk_words as dk
from firmware import month_pages
from firmware import pages as p
from firmware.acts import Act
from firmware.desk_state import Desk
from firmware.house import House

LEAST_PIN, MOST_PIN = 4, 12
OF_ADMIN = frozenset({"enrol", "wipe", "month", "clock"})

Step = tuple[Desk, tuple[dk.Effect, ...]]


def digit(house: House, page: p.Code, key: str) -> Step:
    """Take a key of the dial pad that was pressed alone and let go."""
    if page.asking or house.monotonic < page.until:
        return house.desk, ()
    if key == "#":
        return act(house, page, Act.OK)
    if not key.isdigit() or len(page.digits) >= MOST_PIN:
        return house.desk, ()
    return _turn(house, replace(page, digits=page.digits + key, trouble=""))


def act(house: House, page: p.Code, event: Act) -> Step:
    """Take a soft key."""
    if event is Act.CANCEL:
        return _turn(house, p.Main() if page.purpose in OF_ADMIN else p.Preferences())
    if page.asking:
        return house.desk, ()
    if event is Act.DELETE:
        return _turn(house, replace(page, digits=""))
    if event is not Act.OK or len(page.digits) < LEAST_PIN:
        return house.desk, ()
    pin = page.digits
    match page.purpose:
        case "enrol" | "wipe" | "month" | "clock" | "old":
            return _turn(house, replace(page, asking=True), dk.Unlock(pin))
        case "remove":
            return _turn(house, replace(page, asking=True), dk.SetPIN(pin, ""))
        case "new":
            return _turn(house, p.Code("repeat", old=page.old, new=pin))
        case _ if pin != page.new:
            return _turn(house, p.Code("new", old=page.old, trouble="different"))
        case _:
            return _turn(house, replace(page, asking=True), dk.SetPIN(page.old, pin))


def answer(house: House, page: p.Code, event: dk.PINTaken | dk.PINRefused) -> Step:
    """Take the key service's answer."""
    if isinstance(event, dk.PINRefused):
        purpose = page.purpose
        if purpose == "repeat":
            purpose = "old" if page.old else "new"
        until = house.monotonic + event.wait
        return _turn(house, p.Code(purpose, trouble=event.code, until=until, tries=event.tries))
    match page.purpose:
        case "enrol":
            return _turn(house, p.Closed(), dk.BeginEnrolment())
        case "wipe":
            return _turn(house, p.Wiping())
        case "month":
            return _turn(house, month_pages.opened(house, p.Main()))
        case "clock":
            return _turn(house, p.Clocking(house.held.proposed))
        case "old":
            return _turn(house, p.Code("new", old=page.digits))
        case "remove":
            return _turn(house, p.Told("pin removed", p.Preferences()))
        case _:
            return _turn(house, p.Told("pin set", p.Preferences()))


def _turn(house: House, page: p.Page, *effects: dk.Effect) -> Step:
    return replace(house.desk, page=page), effects
