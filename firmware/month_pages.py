"""Removing the keys of one month by hand: which months are held, a question, and what came of it. Pure.

Admin ─ (PIN) ─► Months ─ Select ─► RemovingMonth ─ Wipe ─► (the key service) ─► Told
                   ▲                     │ Cancel
                   └─────────────────────┘
"""

from __future__ import annotations

from dataclasses import replace

from crypto.fields import month_of
from firmware import desk_words as dk
from firmware import pages as p
from firmware.acts import Act
from firmware.desk_state import Desk
from firmware.house import House
from firmware.lists import choice

_KEPT = frozenset({"E11", "E30", "E41"})

MonthPage = p.Months | p.RemovingMonth
Step = tuple[Desk, tuple[dk.Effect, ...]]


def opened(house: House, back: p.Page) -> p.Page:
    """Return the list of the months, or that there are none."""
    return p.Months(back=back) if house.held.months else p.Told("no months", back)


def current(house: House) -> str:
    """Return the month (UTC) whose keys calls are made with now."""
    return month_of(int(house.now.timestamp()))


def step(house: House, page: MonthPage, event: Act | dk.Chosen) -> Step:
    """Take a soft key or a key of the dial pad."""
    months = house.held.months
    match page, event:
        case p.Months(_, back), Act.BACK:
            return _turn(house, back)
        case p.Months(chosen), _:
            at, select = choice(event, chosen, len(months))
            here = replace(page, chosen=at)
            return _turn(house, p.RemovingMonth(months[at], here) if select else here)
        case p.RemovingMonth(_, back), Act.CANCEL:
            return _turn(house, back)
        case p.RemovingMonth(month, _), Act.WIPE:
            return house.desk, (dk.RemoveMonth(month),)
        case _:
            return house.desk, ()


def answer(house: House, event: dk.MonthRemoved) -> Step:
    """Take what came of it. The key service's status has come before this."""
    page = house.desk.page
    if not isinstance(page, p.RemovingMonth):
        return house.desk, ()
    if event.code:
        code = event.code if event.code in _KEPT else "E41"
        return _turn(house, p.Told(f"month kept {code}", page.back))
    effects = dk.ending(house.calls) if page.month == current(house) else ()
    return _turn(house, p.Told("month removed", page.back.back), *effects)


def _turn(house: House, page: p.Page, *effects: dk.Effect) -> Step:
    return replace(house.desk, page=page), effects
