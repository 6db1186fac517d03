"""The log: nothing in it can be changed, taken out or cut off in silence."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from crs.database import Database
from crs.journal import GENESIS, Journal, LogTampered
from crs.limits import Rate, TokenBuckets

DAY = 86400


@pytest.fixture
def database(tmp_path: Path) -> Database:
    database = Database(tmp_path / "crs.sqlite3", create=True)
    journal = Journal(database)
    for number in range(5):
        journal.append("enrolled", {"tel": f"+44163296000{number}"}, now=number * DAY)
    return database


def tamper(database: Database, *statements: str) -> None:
    """Write to the file behind the program's back, triggers out of the way."""
    raw = sqlite3.connect(database.path)
    raw.executescript(
        "DROP TRIGGER log_is_never_deleted; DROP TRIGGER log_is_never_changed;" + ";".join(statements)
    )
    raw.close()


def test_a_whole_chain_verifies_and_has_a_head(database: Database) -> None:
    head = Journal(database).verify()
    assert head.entries == 5
    assert head.chain != GENESIS
    Journal(database).append("stopped", {}, now=5 * DAY)
    assert Journal(database).verify().chain != head.chain


def test_an_empty_chain_verifies(tmp_path: Path) -> None:
    head = Journal(Database(tmp_path / "new", create=True)).verify()
    assert (head.entries, head.chain) == (0, GENESIS)


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("UPDATE log SET detail = replace(detail, '+44', '+45') WHERE number = 3", 3),
        ("UPDATE log SET event = 'started' WHERE number = 3", 3),
        ("UPDATE log SET at = at + 1 WHERE number = 3", 3),
        ("UPDATE log SET digest = zeroblob(32) WHERE number = 3", 3),
        ("UPDATE log SET digest = zeroblob(32), detail = NULL WHERE number = 3", 3),
        ("UPDATE log SET chain = zeroblob(32) WHERE number = 3", 3),
        ("DELETE FROM log WHERE number = 3", 3),
        ("DELETE FROM log WHERE number = 1", 1),
        ("UPDATE log SET number = 30 WHERE number = 3", 3),
        ("DELETE FROM log WHERE number = 3; UPDATE log SET number = number - 1 WHERE number > 3", 3),
        ("INSERT INTO log VALUES (6, 0, 'x', '{}', zeroblob(32), zeroblob(32))", 6),
    ],
)
def test_tampering_is_found_at_its_place(database: Database, statement: str, number: int) -> None:
    tamper(database, statement)
    with pytest.raises(LogTampered) as found:
        Journal(database).verify()
    assert found.value.number == number


def test_cutting_off_the_end_shows_in_the_head(database: Database) -> None:
    before = Journal(database).verify()
    tamper(database, "DELETE FROM log WHERE number = 5")
    after = Journal(database).verify()
    assert (after.entries, after.chain) != (before.entries, before.chain)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM log",
        "UPDATE log SET event = 'x'",
        "UPDATE log SET detail = '{}'",
        "UPDATE log SET detail = NULL, at = 0 WHERE number = 2",
    ],
)
def test_the_database_itself_refuses_to_change_the_log(database: Database, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="append-only"), database.transaction() as connection:
        connection.execute(statement)


def test_after_its_retention_a_detail_is_blank_and_the_chain_still_holds(database: Database) -> None:
    head = Journal(database).verify()
    assert Journal(database).blank_before(3 * DAY) == 3
    assert Journal(database).verify() == head
    details = [entry.detail for entry in Journal(database).entries()]
    assert details == [None, None, None, {"tel": "+441632960003"}, {"tel": "+441632960004"}]
    assert b"+441632960001" not in _everything(database)


def _everything(database: Database) -> bytes:
    """What is in the file once SQLite has tidied up."""
    raw = sqlite3.connect(database.path)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.execute("VACUUM")
    raw.close()
    return database.path.read_bytes()


def test_equal_details_have_different_digests(database: Database) -> None:
    for _ in range(2):
        Journal(database).append("enrolled", {"tel": "+441632960001"}, now=0)
    first, second = database.rows("SELECT digest FROM log ORDER BY number DESC LIMIT 2")
    assert first != second


def test_the_newest_entries_come_in_order(database: Database) -> None:
    assert [entry.number for entry in Journal(database).entries(last=2)] == [4, 5]


def test_a_bucket_fills_again_and_the_stalest_key_is_forgotten() -> None:
    buckets = TokenBuckets(Rate(burst=1, per_second=0.5), capacity=2)
    assert buckets.take("a", 0.0)
    assert not buckets.take("a", 1.0)
    assert buckets.take("a", 3.0)
    for key in ("b", "c"):
        buckets.take(key, 3.0)
    assert buckets.take("a", 3.0)
    assert not buckets.take("c", 3.0)


def test_a_clock_that_goes_back_fills_nothing() -> None:
    buckets = TokenBuckets(Rate(burst=1, per_second=1.0))
    assert buckets.take("a", 100.0)
    assert not buckets.take("a", 0.0)
