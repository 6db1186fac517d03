"""The phone's three records as octets: settings, contacts, log. CBOR with a version, bounded, all or nothing.

    settings  [1, {text: value}]
    contacts  [1, [[tel, name]…], [[key, tel]…]]
    log       [1, [[tel, name, direction, began, seconds]…], missed]

A record that cannot be read is `Damaged`; the phone then starts it anew and says so.
"""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from crypto import cbor
from crypto.errors import PackageError
from firmware import settings as choices
from firmware.call_log import DIRECTIONS, MOST_ENTRIES, CallLog, Entry
from firmware.contacts import LONGEST_NAME, MOST_CONTACTS, SPEED_KEYS, Book, Contact
from firmware.numbers import is_e164
from firmware.settings import Settings

VERSION = 1
MOST_OCTETS = 256 * 1024
LONGEST_DIRECTORY_NAME = 200


class Damaged(ValueError):
    """A record is not one of ours, or not whole."""


def write_settings(settings: Settings) -> bytes:
    """Return the record of the settings."""
    return cbor.encode([VERSION, {name: _plain(value) for name, value in asdict(settings).items()}])


def read_settings(octets: bytes) -> Settings:
    """Return the settings of a record; what it does not name is as on a new phone. Raises Damaged."""
    (values,) = _opened(octets, (dict,))
    chosen: dict[str, Any] = {}
    for field in fields(Settings):
        if field.name in values:
            value = values[field.name]
            chosen[field.name] = tuple(value) if isinstance(value, list) else value
    settings = Settings(**chosen)
    _check(_sensible(settings))
    return settings


def write_book(book: Book) -> bytes:
    """Return the record of contacts and speed dials; what the directory said is not part of it."""
    people = [[contact.tel, contact.name] for contact in book.contacts]
    return cbor.encode([VERSION, people, [list(pair) for pair in book.speed]])


def read_book(octets: bytes) -> Book:
    """Return the contacts of a record. Raises Damaged."""
    people, speed = _opened(octets, (list, list))
    people = _rows(people, (str, str), MOST_CONTACTS)
    speed = _rows(speed, (str, str), len(SPEED_KEYS))
    _check(all(is_e164(tel) and 0 < len(name) <= LONGEST_NAME for tel, name in people))
    _check(all(len(key) == 1 and key in SPEED_KEYS and is_e164(tel) for key, tel in speed))
    _check(len({tel for tel, _ in people}) == len(people) and len({key for key, _ in speed}) == len(speed))
    return Book(tuple(Contact(tel, name) for tel, name in people), tuple((key, tel) for key, tel in speed))


def write_log(log: CallLog) -> bytes:
    """Return the record of the call log."""
    rows = [[entry.tel, entry.name, entry.direction, entry.began, entry.seconds] for entry in log.entries]
    return cbor.encode([VERSION, rows, log.missed])


def read_log(octets: bytes) -> CallLog:
    """Return the call log of a record. Raises Damaged."""
    rows, missed = _opened(octets, (list, int))
    rows = _rows(rows, (str, str, str, int, int), MOST_ENTRIES)
    for tel, name, direction, began, seconds in rows:
        _check(is_e164(tel) and len(name) <= LONGEST_DIRECTORY_NAME and direction in DIRECTIONS)
        _check(began >= 0 and seconds >= 0)
    _check(0 <= missed <= MOST_ENTRIES)
    return CallLog(tuple(Entry(*row) for row in rows), missed)


def _opened(octets: bytes, types: tuple[type, ...]) -> list[Any]:
    try:
        value = cbor.decode(octets, max_octets=MOST_OCTETS, max_depth=4)
    except PackageError as error:
        raise Damaged("the record is damaged") from error
    _check(type(value) is list and value[:1] == [VERSION])
    _check(tuple(type(part) for part in value[1:]) == types)
    return list(value[1:])


def _rows(value: list[Any], columns: tuple[type, ...], at_most: int) -> list[Any]:
    try:
        return cbor.rows(value, columns, at_most=at_most)
    except PackageError as error:
        raise Damaged("the record is damaged") from error


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _sensible(settings: Settings) -> bool:
    volumes = (settings.ear, settings.speaker, settings.ring)
    switches = (settings.big, settings.quiet, settings.logging)
    return (
        settings.language in choices.LANGUAGES
        and settings.country in choices.COUNTRIES
        and settings.melody in choices.MELODIES
        and all(type(level) is int and 0 <= level <= choices.LOUDEST for level in volumes)
        and all(type(switch) is bool for switch in switches)
        and type(settings.lock_after) is int
        and settings.lock_after in choices.LOCK_MINUTES
        and type(settings.blank_after) is int
        and settings.blank_after in choices.BLANK_MINUTES
        and settings.night in choices.NIGHTS
    )


def _check(sound: bool) -> None:
    if not sound:
        raise Damaged("the record is damaged")
