"""How the records of a domain become rows: a column for each field, by its type."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from enum import IntEnum, StrEnum
from typing import Any, get_type_hints

from crypto.secret import Secret

_WRAP = 1 << 64
"""A serial has 64 bits and no sign, an INTEGER of SQLite has 63 and one."""


@dataclass(frozen=True, slots=True)
class Column:
    """One field: its name, its SQLite type, and how its values get in and out."""

    name: str
    kind: str
    store: Callable[[Any], object]
    load: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Table:
    """A STRICT table of records of one class, `owner` columns before their own. `key` is unique."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    owner: tuple[Column, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in (*self.owner, *self.columns))

    def create(self) -> str:
        """Return the statement that makes the table."""
        columns = ", ".join(f'"{one.name}" {one.kind} NOT NULL' for one in (*self.owner, *self.columns))
        return (
            f"CREATE TABLE {self.name} "
            f"(place INTEGER PRIMARY KEY, {columns}, UNIQUE ({_quoted(self.key)})) STRICT"
        )

    def insert(self) -> str:
        marks = ", ".join("?" * len(self.names))
        return f"INSERT INTO {self.name} ({_quoted(self.names)}) VALUES ({marks})"

    def update(self) -> str:
        """Return the statement that takes a row and then its key again."""
        changes = ", ".join(f'"{name}" = ?' for name in self.names)
        return f"UPDATE {self.name} SET {changes} WHERE {_where(self.key)}"

    def delete(self) -> str:
        return f"DELETE FROM {self.name} WHERE {_where(self.key)}"

    def select(self) -> str:
        """Return the statement that reads every row, in the order in which they came."""
        return f"SELECT {_quoted(self.names)} FROM {self.name} ORDER BY place"

    def row(self, record: object, *owner: object) -> tuple[object, ...]:
        """Return a record as a row, after the values of its owner."""
        before = [column.store(value) for column, value in zip(self.owner, owner, strict=True)]
        return (*before, *[column.store(getattr(record, column.name)) for column in self.columns])

    def values(self, row: Sequence[Any]) -> dict[str, Any]:
        """Return the fields of a row by name, without those of its owner."""
        own = row[len(self.owner) :]
        return {one.name: one.load(value) for one, value in zip(self.columns, own, strict=True)}


def columns(record: type, *, leaving_out: Sequence[str] = ()) -> tuple[Column, ...]:
    """Return a column for each field of a dataclass. Raises TypeError for a type that has none."""
    hints = get_type_hints(record)
    names = [one.name for one in fields(record) if one.name not in leaving_out]
    return tuple(column(name, hints[name]) for name in names)


def column(name: str, kind: type) -> Column:
    """Return the column of a field of one type. Raises TypeError for a type that has none."""
    if kind is bool:
        return Column(name, "INTEGER", int, bool)
    if kind is int:
        return Column(name, "INTEGER", _signed, _unsigned)
    if kind is str:
        return Column(name, "TEXT", str, str)
    if kind is bytes:
        return Column(name, "BLOB", bytes, bytes)
    if kind is Secret:
        return Column(name, "BLOB", _exposed, Secret)
    if isinstance(kind, type) and issubclass(kind, IntEnum):
        return Column(name, "INTEGER", int, kind)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return Column(name, "TEXT", str, kind)
    raise TypeError(f"{name}: {kind} has no column")


def _exposed(secret: Secret) -> bytes:
    """The octets of a secret; none for one that was destroyed."""
    return secret.expose() if len(secret) else b""


def _signed(value: int) -> int:
    return value - _WRAP if value >= _WRAP >> 1 else value


def _unsigned(value: int) -> int:
    return value + _WRAP if value < 0 else value


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _where(key: Sequence[str]) -> str:
    return " AND ".join(f'"{name}" = ?' for name in key)
