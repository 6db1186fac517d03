"""Header fields in their order: read, unfolded, and edited as a proxy edits them (RFC 3261 §7.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sipmessage.message import COMPACT_FORMS

from sip.address import is_token, split_list
from sip.errors import OurMistake, TheirMistake

MAX_FIELDS = 128
MAX_FIELD_SIZE = 8192
"""Characters of one header field, after unfolding."""

_FOLD = re.compile(r"\r\n[ \t]+")
_BREAK = re.compile(r"[\r\n]")

Field = tuple[str, str, str]
"""Name in lower case, name as written, value."""


def long_form(name: str) -> str:
    """Return the long form of a compact header name, any other name as it is (RFC 3261 §7.3.3)."""
    return COMPACT_FORMS.get(name.lower(), name) if len(name) == 1 else name


def unfold(block: bytes) -> list[str]:
    """Turn start line and headers (without the empty line) into text lines, folded ones joined by a space.

    Raises TheirMistake(400) for octets that are not UTF-8, a stray CR or LF, more than 128 fields, or a field
    of more than 8192 characters.
    """
    try:
        text = block.decode("utf-8")
    except UnicodeDecodeError:
        raise TheirMistake(400, "Header is not UTF-8") from None
    lines = _FOLD.sub(" ", text).split("\r\n")
    if len(lines) > MAX_FIELDS + 1:
        raise TheirMistake(400, "Too many header fields")
    for line in lines:
        if len(line) > MAX_FIELD_SIZE:
            raise TheirMistake(400, "Header field too long")
        if "\r" in line or "\n" in line:
            raise TheirMistake(400, "Stray line break")
    return lines


class Headers:
    """An immutable, ordered list of header fields; names compare without case, edits return a new list.

    Unknown fields keep their name, value and place.
    """

    __slots__ = ("_fields",)

    def __init__(self, items: Iterable[tuple[str, str]] = ()) -> None:
        """Raises OurMistake for a name that is no token or a value with a line break in it."""
        self._fields: tuple[Field, ...] = tuple(_field(name, value) for name, value in items)

    @classmethod
    def _of(cls, fields: Iterable[Field]) -> Headers:
        headers = cls.__new__(cls)
        headers._fields = tuple(fields)
        return headers

    @classmethod
    def parse(cls, lines: Iterable[str]) -> Headers:
        """Read unfolded lines `Name : value`. Raises TheirMistake(400)."""
        fields: list[Field] = []
        for line in lines:
            name, colon, value = line.partition(":")
            name = long_form(name.rstrip(" \t"))
            if not colon or not is_token(name):
                raise TheirMistake(400, "Malformed header field")
            fields.append((name.lower(), name, value.strip(" \t")))
        return cls._of(fields)

    def get(self, name: str) -> str | None:
        """Return the value of the first field of that name."""
        key = name.lower()
        for field in self._fields:
            if field[0] == key:
                return field[2]
        return None

    def all(self, name: str) -> list[str]:
        """Return the value of every field of that name, commas untouched."""
        key = name.lower()
        return [field[2] for field in self._fields if field[0] == key]

    def elements(self, name: str) -> list[str]:
        """Return every comma-separated element of every field of that name. Raises TheirMistake(400)."""
        return [element for value in self.all(name) if value for element in split_list(value)]

    def add(self, name: str, value: str) -> Headers:
        """Put a field at the end."""
        return self._of((*self._fields, _field(name, value)))

    def set(self, name: str, value: str) -> Headers:
        """Give a field one value, in its old place, or at the end; other fields of that name go."""
        new = _field(name, value)
        place = self._first(new[0])
        if place is None:
            return self._of((*self._fields, new))
        rest = [field for field in self._fields[place + 1 :] if field[0] != new[0]]
        return self._of((*self._fields[:place], new, *rest))

    def remove(self, name: str) -> Headers:
        """Drop every field of that name."""
        key = name.lower()
        return self._of(field for field in self._fields if field[0] != key)

    def push(self, name: str, value: str) -> Headers:
        """Put a field above all others of its name, or at the top if there is none: Via, Route and so on."""
        new = _field(name, value)
        place = self._first(new[0]) or 0
        return self._of((*self._fields[:place], new, *self._fields[place:]))

    def pop(self, name: str) -> Headers:
        """Drop the topmost element of that name; the rest of a comma-separated field stays.

        Raises OurMistake if there is none.
        """
        place = self._first(name.lower())
        if place is None:
            raise OurMistake(f"no {name} to pop")
        key, written, value = self._fields[place]
        rest = split_list(value)[1:]
        kept = ((key, written, ", ".join(rest)),) if rest else ()
        return self._of((*self._fields[:place], *kept, *self._fields[place + 1 :]))

    def encode(self) -> str:
        """Return the fields as `Name: value` lines, each with its CRLF."""
        return "".join(f"{name}: {value}\r\n" for _, name, value in self._fields)

    def _first(self, key: str) -> int | None:
        for place, field in enumerate(self._fields):
            if field[0] == key:
                return place
        return None

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._first(name.lower()) is not None

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((name, value) for _, name, value in self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Headers):
            return NotImplemented
        return [(key, value) for key, _, value in self._fields] == [
            (key, value) for key, _, value in other._fields
        ]

    def __hash__(self) -> int:
        return hash(tuple((key, value) for key, _, value in self._fields))

    def __repr__(self) -> str:
        return f"Headers({[name for _, name, _ in self._fields]})"


def _field(name: str, value: str) -> Field:
    if not is_token(name):
        raise OurMistake(f"{name!r} is not a header name")
    if _BREAK.search(value):
        raise OurMistake(f"a line break in {name}")
    return name.lower(), name, value
