"""The pages of people: finding one by number or name, calling, adding, deleting, speed dials."""

from __future__ import annotations

from dataclasses import replace

from firmware import call_state as at
from firmware import desk_words as dk
from firmware import multi_tap, records_kept
from firmware import pages as p
from firmware.acts import Act
from firmware.contacts import LONGEST_NAME, SPEED_KEYS, Book, Contact, Match, spellings
from firmware.desk_state import Desk
from firmware.dialled import dial
from firmware.house import House
from firmware.lists import choice
from firmware.numbers import NotDiallable, normalise

MOST_TYPED = 15

PeoplePage = p.People | p.Person | p.Removing | p.Naming | p.Keying
Step = tuple[Desk, tuple[dk.Effect, ...]]


def opened(house: House, back: p.Page) -> Step:
    """Open the list, narrowed by what is dialled already."""
    phase = house.calls.phase
    typed = phase.digits if isinstance(phase, at.Dialling) else ""
    return _narrow(house, p.People(back=back), typed)


def naming(house: House, tel: str, name: str, back: p.Page) -> Step:
    """Open the page on which a number gets its name."""
    return _turn(house, p.Naming(tel, multi_tap.Taps(name, LONGEST_NAME), back))


def listed(house: House, page: p.People) -> tuple[Match, ...]:
    """Return the people on the list."""
    return house.desk.book.find(page.typed, house.held.tel)


def unknown(house: House, page: p.People) -> str:
    """Return the number that was typed and belongs to nobody, '' if there is none."""
    try:
        tel = normalise(page.typed, house.held.tel) if house.held.tel else ""
    except NotDiallable:
        return ""
    return "" if any(match.tel == tel for match in listed(house, page)) else tel


def step(house: House, page: PeoplePage, event: Act | dk.Chosen) -> Step:
    """Take a soft key or a key of the dial pad."""
    match page:
        case p.People():
            return _people(house, page, event)
        case p.Person():
            return _person(house, page, event)
        case p.Removing(back):
            if event is Act.DELETE:
                return _kept(house, house.desk.book.without_contact(back.tel), back.back)
            return _turn(house, back) if event is Act.CANCEL else (house.desk, ())
        case p.Naming():
            return _naming(house, page, event)
        case p.Keying(back):
            return _keying(house, back, event)


def _people(house: House, page: p.People, event: Act | dk.Chosen) -> Step:
    people = listed(house, page)
    match event:
        case Act.BACK:
            return _turn(house, page.back)
        case Act.DELETE:
            return _narrow(house, page, page.typed[:-1])
        case Act.ADD if unknown(house, page):
            return naming(house, unknown(house, page), "", page)
        case Act.SELECT if page.chosen < len(people):
            person = people[page.chosen]
            return _turn(house, p.Person(person.tel, person.name, page))
        case dk.Chosen(key) if key.isdigit() and len(page.typed) < MOST_TYPED:
            return _narrow(house, page, page.typed + key)
        case Act.NEXT | dk.Chosen("up" | "down"):
            chosen, _ = choice(event, page.chosen, len(people))
            return _turn(house, replace(page, chosen=chosen))
        case _:
            return house.desk, ()


def _narrow(house: House, page: p.People, typed: str) -> Step:
    desk = replace(house.desk, page=replace(page, typed=typed, chosen=0), asked=typed)
    return desk, (dk.Find(typed, spellings(typed)),)


def _person(house: House, page: p.Person, event: Act | dk.Chosen) -> Step:
    match event:
        case Act.BACK:
            return _turn(house, page.back)
        case Act.CALL:
            return house.desk, tuple(dk.ToCalls(told) for told in dial(house.calls, page.tel))
        case Act.SPEED:
            return _turn(house, p.Keying(page))
        case Act.DELETE if house.desk.book.is_contact(page.tel):
            return _turn(house, p.Removing(page))
        case Act.ADD if not house.desk.book.is_contact(page.tel):
            return naming(house, page.tel, page.name, page)
        case _:
            return house.desk, ()


def _naming(house: House, page: p.Naming, event: Act | dk.Chosen) -> Step:
    taps = page.taps
    match event:
        case Act.CANCEL:
            return _turn(house, page.back)
        case Act.DELETE:
            return _turn(house, replace(page, taps=multi_tap.delete(taps)))
        case dk.Chosen(key):
            return _turn(house, replace(page, taps=multi_tap.press(taps, key, house.monotonic)))
        case Act.SAVE if taps.text.strip():
            try:
                book = house.desk.book.with_contact(Contact(page.tel, taps.text.strip()))
            except ValueError:
                return _turn(house, p.Told("book full", page.back))
            back = (
                replace(page.back, name=taps.text.strip()) if isinstance(page.back, p.Person) else page.back
            )
            return _kept(house, book, back)
        case _:
            return house.desk, ()


def _keying(house: House, person: p.Person, event: Act | dk.Chosen) -> Step:
    book = house.desk.book
    match event:
        case Act.CANCEL:
            return _turn(house, person)
        case Act.DELETE if book.key_of(person.tel):
            return _kept(house, book.with_speed(book.key_of(person.tel), ""), person)
        case dk.Chosen(key) if key in SPEED_KEYS:
            return _kept(house, book.with_speed(key, person.tel), person)
        case _:
            return house.desk, ()


def _kept(house: House, book: Book, page: p.Page) -> Step:
    desk = replace(house.desk, book=book, page=page)
    return desk, records_kept.keep(desk, "contacts")


def _turn(house: House, page: p.Page, *effects: dk.Effect) -> Step:
    return replace(house.desk, page=page), effects
