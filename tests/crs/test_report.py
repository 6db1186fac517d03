"""The report of a month is what the log says of it, and nothing else."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crs import backup, blocking, loading, report, review, tls
from crs.database import FILE, Database
from crs.journal import Journal
from tests.crs.office import ASHA, Office
from tests.crs.phone import until
from tests.crs.site import Site
from tests.crs.test_cli import crs
from tests.crs.test_enrolment import contact, enrol

OCTOBER = datetime(2026, 10, 31, 23, 59, 59, tzinfo=UTC).timestamp()
NOVEMBER = datetime(2026, 11, 1, tzinfo=UTC).timestamp()
DECEMBER = datetime(2026, 12, 1, tzinfo=UTC).timestamp()


@pytest.fixture
def home(office: Office, tmp_path: Path) -> Path:
    """A CRS with a past."""
    home = tmp_path / "crs"
    loading.begin(home, office.media(), now=OCTOBER)
    database = Database(home / FILE)
    journal = Journal(database)
    for event, detail, at in (
        ("enrolled", {"tel": ASHA}, OCTOBER),
        ("enrolled", {"tel": ASHA}, NOVEMBER),
        ("enrolled-before", {"tel": ASHA}, NOVEMBER + 1),
        ("enrolment-refused", {"code": "E04"}, NOVEMBER + 2),
        ("enrolment-refused", {"code": "E04", "left_out": "7"}, NOVEMBER + 3),
        ("card-used-twice", {"tel": ASHA}, NOVEMBER + 4),
        (report.REGISTERED, {"phones": "12"}, NOVEMBER + 5),
        (report.REGISTERED, {"phones": "9"}, NOVEMBER + 6),
    ):
        journal.append(event, detail, at)
    loading.renew(home, database, office.media(2), now=NOVEMBER + 7)
    blocking.block(database, ASHA, now=NOVEMBER + 8)
    blocking.unblock(database, ASHA, now=NOVEMBER + 9)
    review.acknowledge(database, now=NOVEMBER + 10)
    database.close()
    backup.make(home, tmp_path / "b", now=NOVEMBER + 11)
    database = Database(home / FILE)
    Journal(database).append("enrolled", {"tel": ASHA}, DECEMBER)
    database.close()
    return home


def made(home: Path, month: str) -> report.Report:
    database = Database(home / FILE)
    try:
        return report.make(database, month)
    finally:
        database.close()


def test_a_month_counts_what_was_in_it(home: Path) -> None:
    found = made(home, "2026-11")
    assert (found.enrolled, found.enrolled_before, found.enrolments_refused) == (1, 1, 10)
    assert found.alarms == {"card-used-twice": 1, "enrolled-before": 1, "enrolment-refused": 9}
    assert (found.blocked, found.unblocked, found.registered) == (1, 1, 12)
    assert (found.media_loaded, found.reviews, found.backups, found.restored) == (["2"], 1, 1, 0)
    assert (found.month_entries, found.entries) == (12, 14)


def test_the_months_before_and_after_are_not_in_it(home: Path) -> None:
    october, december = made(home, "2026-10"), made(home, "2026-12")
    assert (october.enrolled, october.media_loaded, october.entries) == (1, ["1"], 2)
    assert (december.enrolled, december.alarms, december.registered) == (1, {}, None)


def test_a_month_before_everything_is_empty(home: Path) -> None:
    found = made(home, "2026-09")
    assert (found.entries, found.enrolled, found.head) == (0, 0, "00" * 32)


def test_the_head_is_the_logs_own_at_the_months_end(home: Path) -> None:
    database = Database(home / FILE)
    assert made(home, "2026-12").head == Journal(database).verify().chain.hex()
    database.close()
    assert made(home, "2026-11").head != made(home, "2026-12").head


def test_a_report_after_retention_still_counts(home: Path) -> None:
    before = made(home, "2026-11")
    database = Database(home / FILE)
    Journal(database).blank_before(DECEMBER)
    database.close()
    after = made(home, "2026-11")
    assert (after.enrolled, after.blocked, after.head) == (before.enrolled, before.blocked, before.head)
    assert after.media_loaded == ["?"]


def test_a_log_that_was_tampered_with_makes_no_report(home: Path) -> None:
    raw = sqlite3.connect(home / FILE)
    raw.executescript("DROP TRIGGER log_is_never_deleted; DELETE FROM log WHERE number = 4")
    raw.close()
    assert "log entry 4" in crs("report", "--month", "2026-11", "--home", home, status=1)


def test_the_command_says_it_for_people_and_for_programs(home: Path) -> None:
    said = crs("report", "--month", "2026-11", "--home", home)
    for text in ("12 phones at most", "alarm        enrolment-refused: 9", "number 2", "chain whole. Head: "):
        assert text in said
    assert json.loads(crs("report", "--month", "2026-11", "--json", "--home", home)) == {
        "domain": "sv.example",
        "certificate_until": tls.certificate_until(home),
        **asdict(made(home, "2026-11")),
    }
    assert "alarm        none" in crs("report", "--month", "2026-12", "--home", home)


@pytest.mark.parametrize("month", ["2026", "2026-13", "2026-00", "2026-1", "11/2026", "２０２６-11", "x"])
def test_what_is_no_month_is_refused(home: Path, month: str) -> None:
    assert "like 2026-11" in crs("report", "--month", month, "--home", home, status=1)


def test_a_server_writes_what_its_report_needs(office: Office, tmp_path: Path) -> None:
    with Site(office, tmp_path / "crs") as site:
        assert enrol(site, contact(site, office.cards[0])).status == 200
        site.registered(office.cards[0])
        stranger = Office("sv.example", key=2).issue(ASHA, 101)
        assert enrol(site, contact(site, stranger)).status == 403
    said = json.loads(crs("report", "--json", "--home", tmp_path / "crs"))
    assert (said["enrolled"], said["enrolments_refused"], said["registered"]) == (1, 1, 1)


def test_how_many_are_registered_is_written_down_once_a_day(site: Site, office: Office) -> None:
    site.registered(office.cards[0])
    site.turn(3600)
    assert site.alarms(report.REGISTERED) == []
    site.turn(86400)
    until(lambda: site.alarms(report.REGISTERED), "an entry")
    assert [entry.detail for entry in site.alarms(report.REGISTERED)] == [{"phones": "1"}]
