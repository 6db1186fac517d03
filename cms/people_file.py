"""A list of people as a spreadsheet writes it: tel,name[,marking], one a line, UTF-8.

Commas, semicolons or tabs; with or without a byte order mark; with or without a first line of headings.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cms.domain import MAX_USERS
from cms.errors import OperatorMistake

MAX_OCTETS = 32 * 1024 * 1024
MAX_LINES = MAX_USERS + 1
MAX_FIELD = 1024
"""Letters in one field; whatever is longer fits on no card."""
_COLUMNS = ("tel", "name", "marking")
_DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the list. `number` counts lines of the file from 1."""

    number: int
    tel: str
    name: str
    marking: str


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be taken, and why."""

    number: int
    reason: str


class BadLines(OperatorMistake):
    """Lines that cannot be taken: nobody was added."""

    def __init__(self, bad: Sequence[BadLine]) -> None:
        self.bad = tuple(sorted(bad, key=lambda one: one.number))
        count = "1 line" if len(self.bad) == 1 else f"{len(self.bad)} lines"
        listed = "\n".join(f"  line {one.number}: {one.reason}" for one in self.bad)
        super().__init__(f"nobody was added: mend {count} and import again\n{listed}")


def load(path: Path) -> bytes:
    """Return the octets of a list. Raises OperatorMistake if it cannot be read or is too large."""
    try:
        with path.open("rb") as file:
            octets = file.read(MAX_OCTETS + 1)
    except OSError as error:
        raise OperatorMistake(f"{path} cannot be read: {error.strerror}") from error
    if len(octets) > MAX_OCTETS:
        raise OperatorMistake(f"{path} is larger than {MAX_OCTETS} octets: split it")
    return octets


def read(octets: bytes) -> tuple[list[Line], list[BadLine]]:
    """Return the lines of a list, and those that are not tel,name[,marking].

    Raises OperatorMistake if there are no lines at all, too many, or it is not text.
    """
    try:
        text = octets.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = octets.count(b"\n", 0, error.start) + 1
        raise OperatorMistake(
            f"line {number} is not UTF-8: save the list as “CSV UTF-8” and import again; nobody was added"
        ) from error
    lines: list[Line] = []
    bad: list[BadLine] = []
    order: Sequence[str] | None = None
    for number, row in _rows(text, bad):
        columns = [field.strip() for field in row]
        if not any(columns):
            continue
        if order is None:
            order = _headings(columns)
            if order is not None:
                continue
            order = _COLUMNS
        if len(lines) + len(bad) >= MAX_LINES:
            raise OperatorMistake(f"more than {MAX_USERS} lines: split the list; nobody was added")
        reason = _fault(columns, order)
        if reason:
            bad.append(BadLine(number, reason))
        else:
            found = dict(zip(order, columns, strict=False))
            lines.append(Line(number, found["tel"], found["name"], found.get("marking", "")))
    if not lines and not bad:
        raise OperatorMistake("the list is empty: write one person a line, such as  +447700900123,Alice")
    return lines, bad


def _rows(text: str, bad: list[BadLine]) -> list[tuple[int, list[str]]]:
    """Each row with the line on which it begins; quoted fields may hold line breaks."""
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True
    )
    rows = []
    while True:
        began = reader.line_num + 1
        try:
            rows.append((began, next(reader)))
        except StopIteration:
            return rows
        except csv.Error as error:
            bad.append(BadLine(began, f"not a line of a CSV file ({error}): are its quotes closed?"))


def _headings(columns: Sequence[str]) -> Sequence[str] | None:
    """Return the order of the columns if this line names them."""
    named = [column.casefold() for column in columns]
    if len(set(named)) == len(named) and {"tel", "name"} <= set(named) <= set(_COLUMNS):
        return named
    return None


def _fault(columns: Sequence[str], order: Sequence[str]) -> str:
    """Say what is wrong with the shape of a line, '' if nothing is."""
    needed = 1 + max(order.index("tel"), order.index("name"))
    if not needed <= len(columns) <= len(order):
        return f"{len(columns)} fields: write  tel,name  or  tel,name,marking"
    if any(len(column) > MAX_FIELD for column in columns):
        return f"a field of more than {MAX_FIELD} letters"
    return ""
