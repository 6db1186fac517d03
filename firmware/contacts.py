"""Who a number belongs to: the person's own contacts, speed dials, and what the signed directory answered.

A name from here is for dialling and for reading back. Who is calling is told by the verified key alone.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import NamedTuple

from firmware.interfaces import DirectoryEntry
from firmware.numbers import shown
from firmware.record import record

MOST_CONTACTS = 500
LONGEST_NAME = 40
SPEED_KEYS = "123456789"
FEWEST_TO_MATCH = 2
"""Digits dialled before a name is offered."""

KEYPAD_LETTERS = {
    "2": "abc",
    "3": "def",
    "4": "ghi",
    "5": "jkl",
    "6": "mno",
    "7": "pqrs",
    "8": "tuv",
    "9": "wxyz",
}
"""The letters on the keys (ITU-T E.161)."""

_KEY_OF = {letter: key for key, letters in KEYPAD_LETTERS.items() for letter in letters}
_FOLDED = str.maketrans({"ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ß": "s", "æ": "a"})


@record
class Contact:
    """One person: an E.164 number and a name of at most 40 characters."""

    tel: str
    name: str


class Match(NamedTuple):
    """Who may be meant. `detail` is the key of words that say where the name is from: 'in contacts' or
    'in directory'.
    """

    name: str
    detail: str
    tel: str


@record
class Book:
    """All that is known of people. `directory` is what the signed directory answered to what was last typed;
    `speed` are pairs of a key ('1' to '9') and a number.
    """

    contacts: tuple[Contact, ...] = ()
    speed: tuple[tuple[str, str], ...] = ()
    directory: tuple[DirectoryEntry, ...] = ()

    def match(self, digits: str, own: str) -> Match | None:
        """Return who the digits dialled so far mean, if one number begins or ends with them.

        The number may be dialled as it is shown here ('2047'), or in full ('+442079462047').
        """
        if len(digits) < FEWEST_TO_MATCH:
            return None
        whole = [match for match in self._all() if digits in (match.tel, shown(match.tel, own))]
        if whole:
            return whole[0]
        begun = {match.tel: match for match in reversed(self._all()) if _fits(digits, match.tel, own)}
        return next(iter(begun.values())) if len(begun) == 1 else None

    def name_of(self, tel: str) -> str:
        """Return the name that belongs to a number, '' if there is none."""
        return next((match.name for match in self._all() if match.tel == tel), "")

    def find(self, typed: str, own: str) -> tuple[Match, ...]:
        """Return everybody whose number begins or ends with the digits, or a word of whose name is typed by
        them on the letters of the keys; by name. Everybody, if nothing is typed.
        """
        found: dict[str, Match] = {}
        for match in self._all():
            if not typed or _fits(typed, match.tel, own) or spells(typed, match.name):
                found.setdefault(match.tel, match)
        return tuple(sorted(found.values(), key=lambda match: (_plain(match.name), match.tel)))

    def key_of(self, tel: str) -> str:
        """Return the speed-dial key of a number, '' if it has none."""
        return next((key for key, number in self.speed if number == tel), "")

    def is_contact(self, tel: str) -> bool:
        """Say whether the person added this number."""
        return any(contact.tel == tel for contact in self.contacts)

    def with_contact(self, contact: Contact) -> Book:
        """Return the book with a contact added, or renamed if the number is there. Raises ValueError if it
        is full.
        """
        others = tuple(other for other in self.contacts if other.tel != contact.tel)
        if len(others) >= MOST_CONTACTS:
            raise ValueError(f"{MOST_CONTACTS} contacts are the most; delete one first")
        return replace(self, contacts=(*others, Contact(contact.tel, contact.name[:LONGEST_NAME])))

    def without_contact(self, tel: str) -> Book:
        """Return the book without a contact and its speed-dial key."""
        return replace(
            self,
            contacts=tuple(contact for contact in self.contacts if contact.tel != tel),
            speed=tuple(pair for pair in self.speed if pair[1] != tel),
        )

    def with_speed(self, key: str, tel: str) -> Book:
        """Return the book with a number on a key; '' clears the key. A number has one key at most."""
        others = tuple(pair for pair in self.speed if pair[0] != key and pair[1] != tel)
        return replace(self, speed=tuple(sorted((*others, (key, tel)))) if tel else others)

    def _all(self) -> list[Match]:
        own = [Match(contact.name, "in contacts", contact.tel) for contact in self.contacts]
        return own + [Match(entry.name, "in directory", entry.tel) for entry in self.directory]


def spells(typed: str, name: str) -> bool:
    """Say whether a word of the name begins with the letters of the keys typed ('52' types 'La…')."""
    return bool(typed) and any(
        "".join(_KEY_OF.get(letter, "") for letter in word).startswith(typed)
        for word in _plain(name).replace("-", " ").split()
    )


def spellings(typed: str, *, at_most: int = 16) -> tuple[str, ...]:
    """Return the beginnings of words that the first keys typed can spell, `at_most` of them."""
    words = [""]
    for key in typed:
        longer = [word + letter for word in words for letter in KEYPAD_LETTERS.get(key, "")]
        if not longer or len(longer) > at_most:
            break
        words = longer
    return tuple(word for word in words if word)


def _fits(digits: str, tel: str, own: str) -> bool:
    whole = tel.startswith(digits) or shown(tel, own).startswith(digits)
    return whole or (len(digits) > FEWEST_TO_MATCH and tel.endswith(digits.removeprefix("+")))


def _plain(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name.translate(_FOLDED))
    return "".join(character for character in apart if not unicodedata.combining(character)).casefold()
