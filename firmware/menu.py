"""The pages of the menu: `step(house, event) -> (desk, effects)` for a soft key or a key of the dial pad.

    clock ─ Menu ─► Main ─► People, Calls, Preferences, Code, Standing, Testing, Admin ─► Wiping, …, About
          ─ Log, Contacts, Help ─► the page itself

Back leads where one came from; digits choose from a list; 'up' and 'down' walk it. Who a page belongs to:
`people_pages`, `setting_pages`, `month_pages`, `code_pages`; the rest is here.
"""

from __future__ import annotations

from dataclasses import replace

from firmware import desk_words as dk
from firmware import month_pages, people_pages, records_kept, setting_pages
from firmware import pages as p
from firmware.acts import Act
from firmware.desk_state import Desk, Lock
from firmware.dialled import dial
from firmware.house import House
from firmware.lists import choice

MAIN = ("contacts", "log", "settings", "test call", "self-test", "status", "lock", "admin", "about")
ADMIN = ("enrol", "wipe", "restart", "clock", "update", "month")
STATUS_PAGES = 4

Step = tuple[Desk, tuple[dk.Effect, ...]]


def step(house: House, event: Act | dk.Chosen) -> Step:
    """Take a soft key, or a key by its name ('1' to '9', 'up', 'down')."""
    desk = house.desk
    match desk.page:
        case p.Closed():
            return _open(house, event)
        case p.Main() as page:
            return _list(house, page, event, MAIN, p.Closed())
        case p.Admin() as page:
            return _list(house, page, event, ADMIN, p.Main(MAIN.index("admin")))
        case p.People() | p.Person() | p.Removing() | p.Naming() | p.Keying():
            return people_pages.step(house, desk.page, event)
        case p.Months() | p.RemovingMonth():
            return month_pages.step(house, desk.page, event)
        case p.Preferences() | p.Options() | p.Loudness():
            return setting_pages.step(house, desk.page, event)
        case p.Calls() | p.Call() | p.Clearing():
            return _log(house, desk.page, event)
        case p.Standing(number):
            if event in (Act.NEXT, dk.Chosen("down")):
                return _turn(house, p.Standing((number + 1) % STATUS_PAGES))
            return _back(house, event, p.Main(MAIN.index("status")))
        case p.Wiping():
            if event is Act.WIPE:
                return desk, (dk.WipeKeys(),)
            return _back(house, event, p.Admin(1))
        case p.Restarting():
            if event is Act.YES:
                return _turn(house, p.Closed(), dk.Restart())
            return _turn(house, p.Admin(2)) if event is Act.NO else (desk, ())
        case p.Clocking(unix):
            if event is Act.YES:
                return _turn(house, p.Closed(), dk.AcceptTime(unix))
            return _turn(house, p.Admin(ADMIN.index("clock"))) if event is Act.NO else (desk, ())
        case p.Wiped() | p.Advice():
            return _back(house, event, p.Closed())
        case p.About():
            return _back(house, event, p.Main(MAIN.index("about")))
        case p.Told(_, back):
            return _back(house, event, back)
        case _:
            return desk, ()


def _open(house: House, event: Act | dk.Chosen) -> Step:
    match event:
        case Act.MENU:
            return _turn(house, p.Main())
        case Act.LOG:
            return _calls(house, p.Closed())
        case Act.CONTACTS:
            return people_pages.opened(house, p.Closed())
        case Act.HELP:
            return _turn(house, p.Advice(house.told))
        case _:
            return house.desk, ()


def _main(house: House, entry: str) -> Step:
    back = p.Main(MAIN.index(entry))
    match entry:
        case "contacts":
            return people_pages.opened(house, back)
        case "log":
            return _calls(house, back)
        case "settings":
            return _turn(house, p.Preferences())
        case "test call":
            return _turn(house, p.Closed(), dk.ToCalls(Act.TEST))
        case "self-test":
            return _turn(house, p.Closed(), dk.WantTest())
        case "status":
            return _turn(house, p.Standing())
        case "lock" if house.held.pin:
            return replace(house.desk, page=p.Closed(), lock=Lock()), ()
        case "lock":
            return _turn(house, p.Told("no pin", back))
        case "admin":
            return _turn(house, p.Admin())
        case _:
            return _turn(house, p.About())


def _admin(house: House, entry: str) -> Step:
    if entry == "restart":
        return _turn(house, p.Restarting())
    if entry == "update":
        return _turn(house, p.Closed(), dk.SeekUpdate())
    if entry == "clock" and not house.held.proposed:
        return _turn(house, p.Told("clock agrees", p.Admin(ADMIN.index("clock"))))
    if house.held.pin:
        return _turn(house, p.Code(entry))
    if entry == "enrol":
        return _turn(house, p.Closed(), dk.BeginEnrolment())
    if entry == "month":
        return _turn(house, month_pages.opened(house, p.Admin(ADMIN.index("month"))))
    return _turn(house, p.Clocking(house.held.proposed) if entry == "clock" else p.Wiping())


# --- the call log -------------------------------------------------------------------------------------------


def _calls(house: House, back: p.Page) -> Step:
    """Open the log: what was missed has been looked at."""
    desk = replace(house.desk, log=house.desk.log.looked_at(), page=p.Calls(back=back))
    return desk, records_kept.keep(desk, "log") if house.desk.log.missed else ()


def _log(house: House, page: p.Calls | p.Call | p.Clearing, event: Act | dk.Chosen) -> Step:
    desk, entries = house.desk, house.desk.log.entries
    place = page.chosen if isinstance(page, p.Calls) else page.back.chosen
    entry = entries[place] if place < len(entries) else None
    match page, event:
        case p.Calls(_, back), Act.BACK:
            return _turn(house, back)
        case p.Calls(), (Act.NEXT | dk.Chosen()) if entries:
            at, _ = choice(event, place, len(entries))
            return _turn(house, replace(page, chosen=at))
        case p.Calls(), Act.DETAILS if entry is not None:
            return _turn(house, p.Call(page))
        case ((p.Calls() | p.Call()), Act.CALL) if entry is not None:
            return desk, tuple(dk.ToCalls(told) for told in dial(house.calls, entry.tel))
        case p.Call(back), Act.BACK:
            return _turn(house, back)
        case p.Call(back), Act.ADD if entry is not None and not desk.book.is_contact(entry.tel):
            return people_pages.naming(house, entry.tel, entry.name, page)
        case p.Call(back), Act.CLEAR:
            return _turn(house, p.Clearing(back))
        case p.Clearing(back), Act.CANCEL:
            return _turn(house, p.Call(back))
        case p.Clearing(back), Act.CLEAR:
            desk = replace(desk, log=type(desk.log)(), page=p.Calls(back=back.back))
            return desk, records_kept.keep(desk, "log")
        case _:
            return desk, ()


# --- lists --------------------------------------------------------------------------------------------------


def _list(
    house: House,
    page: p.Main | p.Admin,
    event: Act | dk.Chosen,
    entries: tuple[str, ...],
    back: p.Page,
) -> Step:
    if event is Act.BACK:
        return _turn(house, back)
    at, select = choice(event, page.chosen, len(entries))
    if not select:
        return _turn(house, replace(page, chosen=at))
    return _main(house, entries[at]) if isinstance(page, p.Main) else _admin(house, entries[at])


def _back(house: House, event: Act | dk.Chosen, back: p.Page) -> Step:
    return _turn(house, back) if event in (Act.BACK, Act.CANCEL, Act.OK) else (house.desk, ())


def _turn(house: House, page: p.Page, *effects: dk.Effect) -> Step:
    return replace(house.desk, page=page), effects
