"""The log is reviewed before the next month's keys are loaded, and the log says so."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crs import loading, review
from crs.database import FILE, Database
from crs.errors import OperatorError
from crs.journal import Journal
from crypto.crs_media import CRSMedia
from tests.crs.office import Office

NOW = datetime(2026, 11, 28, 9, tzinfo=UTC).timestamp()
LAST_MONTH = datetime(2026, 10, 31, 23, 59, 59, tzinfo=UTC).timestamp()
NEXT_MONTH = datetime(2026, 12, 1, tzinfo=UTC).timestamp()


def without_months(media: CRSMedia) -> CRSMedia:
    """The same media with first packs only."""
    return replace(media, packs=media.packs[::2])


@pytest.fixture
def home(office: Office, tmp_path: Path) -> Path:
    """A CRS that has no month's keys yet."""
    loading.begin(tmp_path / "crs", without_months(office.media()), now=NOW - 86_400)
    return tmp_path / "crs"


@pytest.fixture
def database(home: Path) -> Database:
    return Database(home / FILE)


def test_a_months_keys_wait_for_the_review(office: Office, home: Path, database: Database) -> None:
    before = list(Journal(database).entries())
    with pytest.raises(OperatorError, match=r"crs log review --ack"):
        loading.renew(home, database, office.media(2), now=NOW)
    assert database.domain().sequence == 1
    assert database.next_pack("101", "2001-01") is None
    assert list(Journal(database).entries()) == before
    review.acknowledge(database, now=NOW)
    loading.renew(home, database, office.media(2), now=NOW)
    assert database.next_pack("101", "2001-01") == office.cards[0].monthly


def test_a_block_waits_for_nobody(office: Office, home: Path, database: Database) -> None:
    loading.renew(home, database, without_months(office.media(2)), now=NOW)
    assert database.domain().sequence == 2


def test_keys_that_are_here_already_may_be_loaded_again(
    office: Office, home: Path, database: Database
) -> None:
    review.acknowledge(database, now=NOW)
    loading.renew(home, database, office.media(2), now=NOW)
    loading.renew(home, database, office.media(3), now=NEXT_MONTH + 1)
    assert database.domain().sequence == 3


@pytest.mark.parametrize(("reviewed", "loaded"), [(LAST_MONTH, NOW), (NOW, NEXT_MONTH)])
def test_a_review_of_another_month_does_not_count(
    office: Office, home: Path, database: Database, reviewed: float, loaded: float
) -> None:
    review.acknowledge(database, now=reviewed)
    with pytest.raises(OperatorError, match="was not reviewed"):
        loading.renew(home, database, office.media(2), now=loaded)


def test_a_review_shows_what_happened_since_the_last_one(database: Database) -> None:
    journal = Journal(database)
    journal.append("card-used-twice", {"tel": "+44"}, NOW)
    first = review.look(database)
    assert (first.since, first.counts) == (None, (("card-used-twice", 1), ("media-loaded", 1)))
    assert [entry.detail for entry in first.alarms] == [{"tel": "+44"}]
    review.acknowledge(database, now=NOW)
    journal.append("started", {}, NOW + 1)
    second = review.look(database)
    assert (second.since, second.counts, second.alarms) == (int(NOW), (("started", 1),), ())


def test_the_log_says_what_was_reviewed(database: Database) -> None:
    head = review.look(database).head
    review.acknowledge(database, now=NOW)
    *_, last = Journal(database).entries()
    assert (last.event, last.detail) == (review.REVIEWED, {"entries": "1", "alarms": "0", "head": head})


def test_a_log_that_was_tampered_with_cannot_be_acknowledged(home: Path, database: Database) -> None:
    Journal(database).append("card-used-twice", {"tel": "+44"}, NOW)
    raw = sqlite3.connect(home / FILE)
    raw.execute("DROP TRIGGER log_is_never_changed")
    raw.execute("UPDATE log SET event = 'started' WHERE event = 'card-used-twice'")
    raw.commit()
    raw.close()
    with pytest.raises(OperatorError, match=r"log entry 2.*tampered"):
        review.acknowledge(database, now=NOW)
