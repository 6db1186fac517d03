"""The hash-chained log: alarms and what administrators did. It keeps no list of who called whom.

    digest(n) = SHA-256(detail(n))
    chain(n)  = SHA-256(chain(n-1) ‖ n ‖ at ‖ length of event ‖ event ‖ digest(n))

An entry's detail may be blanked when its retention is over; the chain still verifies, because it covers the
digest. Each detail carries a random salt: a blanked number cannot be found again by hashing all numbers.
Whoever can write the whole file can also recompute the whole chain: `crs log verify` prints the head, and a
head written down elsewhere is what shows that nothing before it was changed or cut off.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from crs.database import Database

GENESIS = bytes(32)
Change = Callable[[sqlite3.Connection], object]
"""Something done within a transaction that is open."""


class LogTampered(Exception):
    """The chain does not hold. `number` is the first entry that does not fit."""

    def __init__(self, number: int, what: str) -> None:
        super().__init__(f"log entry {number}: {what}")
        self.number = number


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log. `detail` is None once its retention is over."""

    number: int
    at: int
    event: str
    detail: Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: how many entries, and the hash over all of them."""

    entries: int
    chain: bytes


def _chain(previous: bytes, number: int, at: int, event: str, digest: bytes) -> bytes:
    name = event.encode()
    header = number.to_bytes(8, "big") + at.to_bytes(8, "big") + len(name).to_bytes(2, "big")
    return hashlib.sha256(previous + header + name + digest).digest()


class Journal:
    """The log in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(
        self,
        event: str,
        detail: Mapping[str, str],
        now: float,
        *,
        also: Change | None = None,
    ) -> None:
        """Write one entry, on disk when this returns. `also` changes what the entry tells of, in the same
        transaction: there is neither without the other.
        """
        text = json.dumps({**detail, "salt": secrets.token_hex(16)}, sort_keys=True)
        digest = hashlib.sha256(text.encode()).digest()
        with self._database.transaction() as connection:
            if also is not None:
                also(connection)
            row = connection.execute("SELECT number, chain FROM log ORDER BY number DESC LIMIT 1").fetchone()
            number, previous = (row[0] + 1, row[1]) if row else (1, GENESIS)
            at = int(now)
            connection.execute(
                "INSERT INTO log (number, at, event, detail, digest, chain) VALUES (?, ?, ?, ?, ?, ?)",
                (number, at, event, text, digest, _chain(previous, number, at, event, digest)),
            )

    def entries(self, *, last: int | None = None) -> Iterator[Entry]:
        """Return the entries in their order, or only the last so many."""
        limit = -1 if last is None else last
        sql = (
            "SELECT * FROM (SELECT number, at, event, detail FROM log ORDER BY number DESC LIMIT ?)"
            " ORDER BY number"
        )
        for number, at, event, detail in self._database.rows(sql, limit):
            shown = None
            if detail is not None:
                shown = {name: value for name, value in json.loads(str(detail)).items() if name != "salt"}
            yield Entry(int(str(number)), int(str(at)), str(event), shown)

    def verify(self) -> Head:
        """Recompute the whole chain. Raises LogTampered at the first entry that does not fit."""
        previous, expected = GENESIS, 1
        sql = "SELECT number, at, event, detail, digest, chain FROM log ORDER BY number"
        for number, at, event, detail, digest, chain in self._database.rows(sql):
            if not (isinstance(number, int) and isinstance(at, int) and isinstance(digest, bytes)):
                raise LogTampered(expected, "is not an entry")
            if number != expected:
                raise LogTampered(expected, "is missing")
            if detail is not None and hashlib.sha256(str(detail).encode()).digest() != digest:
                raise LogTampered(number, "was changed")
            previous_of_next = _chain(previous, number, at, str(event), digest)
            if previous_of_next != chain:
                raise LogTampered(number, "does not follow from the entries before it")
            previous, expected = previous_of_next, expected + 1
        return Head(expected - 1, previous)

    def head_after(self, number: int) -> bytes:
        """Return the head as it was after an entry."""
        rows = self._database.rows("SELECT chain FROM log WHERE number = ?", number)
        return bytes(rows[0][0]) if rows and isinstance(rows[0][0], bytes) else GENESIS

    def heads(self) -> frozenset[str]:
        """Return every head that the log has ever had, in hexadecimal."""
        rows = self._database.rows("SELECT chain FROM log")
        return frozenset(chain.hex() for (chain,) in rows if isinstance(chain, bytes))

    def blank_before(self, at: float) -> int:
        """Blank the detail of entries older than `at` (Unix seconds); returns how many."""
        with self._database.transaction() as connection:
            return connection.execute(
                "UPDATE log SET detail = NULL WHERE at < ? AND detail IS NOT NULL", (int(at),)
            ).rowcount
