"""A CRS that has forgotten who enrolled: phones prove it by certificate; copies of cards come too late."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from crs.database import FILE, Account, Database
from crs.effects import Identity
from crs.roster import Roster
from tests.crs.office import ASHA, BEN, Office
from tests.crs.phone import until
from tests.crs.site import Site
from tests.crs.test_enrolment import ask, contact, enrol


@pytest.fixture
def anew(office: Office, tmp_path: Path) -> Iterator[Site]:
    """A CRS initialised anew for a domain whose phones have enrolled long ago, elsewhere."""
    with Site(office, tmp_path / "crs") as site:
        yield site


def used(site: Site) -> list[str]:
    database = Database(site.home / FILE)
    found = [card.serial for card in database.accounts() if card.enrolled]
    database.close()
    return found


def test_a_phone_that_enrolled_before_is_admitted_and_its_card_counts_as_used(
    anew: Site, office: Office
) -> None:
    anew.registered(office.cards[0])
    until(lambda: anew.alarms("enrolled-before"), "an entry in the log")
    assert used(anew) == ["101"]
    assert anew.alarms("not-admitted") == []


def test_a_copy_of_its_card_is_refused_with_the_alarm_afterwards(anew: Site, office: Office) -> None:
    asha = office.cards[0]
    anew.registered(asha)
    answer = enrol(anew, contact(anew, asha))
    assert (answer.status, answer.code) == (409, "E07")
    until(lambda: anew.alarms("card-used-twice"), "an alarm")


def test_fetching_a_pack_proves_it_too(anew: Site, office: Office) -> None:
    ben = office.cards[1]
    assert ask(anew, "GET", "/v1/pack?after=2001-01", card=ben).body == ben.monthly
    assert enrol(anew, contact(anew, ben)).code == "E07"


def test_a_certificate_is_remembered_after_a_restart(office: Office, tmp_path: Path) -> None:
    asha = office.cards[0]
    with Site(office, tmp_path / "crs") as site:
        site.registered(asha)
    with Site(office, tmp_path / "crs") as again:
        again.registered(asha)
        assert enrol(again, contact(again, asha)).code == "E07"
        assert len(again.alarms("enrolled-before")) == 1


def test_who_had_a_first_contact_here_is_not_said_to_have_enrolled_before(anew: Site, office: Office) -> None:
    asha = office.cards[0]
    assert enrol(anew, contact(anew, asha)).status == 200
    anew.registered(asha)
    assert enrol(anew, contact(anew, asha)).status == 200, "the same nonce is the same phone still"
    assert anew.alarms("enrolled-before") == []


def test_a_card_that_is_blocked_is_not_admitted_by_any_certificate(office: Office, tmp_path: Path) -> None:
    old = office.cards[0]
    office.issue(ASHA, 201)
    with Site(office, tmp_path / "crs") as site:
        phone = site.phone(old)
        assert phone.ask(phone.register()).status == 403
        assert ask(site, "GET", "/v1/revoked", card=old).status == 403
        until(lambda: site.alarms("not-admitted"), "an alarm")
        assert site.alarms("enrolled-before") == []
        assert used(site) == []


@pytest.mark.parametrize(
    ("tel", "serial"), [(ASHA, 999), (BEN, 101)], ids=["an unknown card", "another's serial"]
)
def test_a_certificate_that_is_not_of_a_card_in_the_roster_proves_nothing(
    anew: Site, tel: str, serial: int
) -> None:
    stranger = Office().issue(tel, serial)
    phone = anew.phone(stranger)
    assert phone.ask(phone.register()).status == 403
    assert ask(anew, "GET", "/v1/revoked", card=stranger).status == 403
    assert used(anew) == []


def test_without_a_certificate_nothing_is_proven(anew: Site, office: Office) -> None:
    assert ask(anew, "GET", "/v1/revoked").status == 403
    assert enrol(anew, contact(anew, office.cards[0])).status == 200


def test_refused_enrolments_are_in_the_log_but_do_not_fill_it(anew: Site) -> None:
    stranger = Office("sv.example", key=2).issue(ASHA, 101)
    for _ in range(15):
        assert enrol(anew, contact(anew, stranger)).code == "E04"
    until(lambda: len(anew.alarms("enrolment-refused")) == 10, "ten entries")
    anew.clock.turn(60)
    assert enrol(anew, contact(anew, stranger)).code == "E04"
    until(lambda: len(anew.alarms("enrolment-refused")) == 11, "one more")
    detail = anew.alarms("enrolment-refused")[-1].detail
    assert detail is not None
    assert (detail["code"], detail["left_out"]) == ("E04", "5")


def test_a_roster_of_a_hundred_thousand_learns_a_card_quickly() -> None:
    roster = Roster(Account(f"+4416{n:06}", str(n), True, 0, b"") for n in range(100_000))
    began = time.perf_counter()
    for number in range(20):
        roster = roster.with_enrolled(Identity(f"+4416{number:06}", str(number)))
    assert (time.perf_counter() - began) / 20 < 0.05
    assert roster.remembers(Identity("+4416000007", "7"))
    assert not roster.remembers(Identity("+4416000020", "20"))
