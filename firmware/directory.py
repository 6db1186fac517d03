"""Searching the signed directory as people search: the beginning of a word, or either end of a number."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from firmware.interfaces import DirectoryEntry

MOST = 50
LONGEST_TEXT = 64
_PLAIN: Mapping[int, str] = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
"""Letters that Unicode does not take apart."""
_NUMBER = frozenset("+0123456789 ()-./")


@dataclass(frozen=True, slots=True)
class _Person:
    entry: DirectoryEntry
    number: str
    words: str
    """Every word of the name, with a space before it, as `plain` has it."""


class Directory:
    """The people of a directory, in the order of their names."""

    def __init__(self, people: Iterable[tuple[str, str]]) -> None:
        self._people = [
            _Person(DirectoryEntry(tel, name), tel.removeprefix("+"), f" {plain(name)}")
            for tel, name in people
        ]
        self._people.sort(key=lambda person: (person.words, person.number))

    def find(self, text: str, limit: int) -> list[DirectoryEntry]:
        """Return the first `limit` (1 to 50) people whom `text` fits; everybody fits an empty one.

        Digits fit a number that begins (also after '00') or ends with them, after '+' only one that begins
        so; of words each must begin a word of the name, whatever its case and accents.
        """
        limit = max(1, min(limit, MOST))
        text = text[:LONGEST_TEXT].strip()
        if text and _NUMBER.issuperset(text):
            return self._numbers(text, limit)
        needles = [f" {word}" for word in plain(text).split()]
        if text and not needles:
            return []
        found = []
        for person in self._people:
            if all(needle in person.words for needle in needles):
                found.append(person.entry)
                if len(found) == limit:
                    break
        return found

    def _numbers(self, text: str, limit: int) -> list[DirectoryEntry]:
        digits = "".join(character for character in text if character.isdigit())
        start, end = (digits, "") if text.startswith("+") else (digits.removeprefix("00"), digits)
        found = []
        for person in self._people:
            if person.number.startswith(start) or (end and person.number.endswith(end)):
                found.append(person.entry)
                if len(found) == limit:
                    break
        return found


def plain(name: str) -> str:
    """Return a name in small letters without accents, its words parted by single spaces."""
    folded = name.casefold()
    if not folded.isascii():
        apart = unicodedata.normalize("NFKD", folded.translate(_PLAIN))
        folded = "".join(character for character in apart if not unicodedata.combining(character)).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in folded).split())
