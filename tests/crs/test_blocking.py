"""Who is blocked is out at once, also of a call; and comes back when the block is lifted."""

from __future__ import annotations

from pathlib import Path

import pytest

from crs import blocking
from crs.database import FILE, Database
from crs.errors import OperatorError
from sip.message import response_to
from tests.crs.exchange import reply
from tests.crs.office import ASHA, BEN, Office
from tests.crs.phone import ANSWER, Phone, request, until
from tests.crs.site import Site
from tests.crs.test_cli import crs
from tests.crs.test_enrolment import contact, enrol


def talking(site: Site, caller: Phone, callee: Phone) -> str:
    """Let two phones call and answer; returns the Call-ID."""
    asked = caller.invite(callee.tel)
    caller.send(asked)
    caller.expect(100)
    came = callee.expect("INVITE")
    callee.send(reply(came, 200, tel=callee.tel, body=ANSWER))
    caller.expect(200)
    ack = request(
        "ACK", f"sip:{callee.tel}@callee.invalid", caller=caller.tel, callee=callee.tel,
        call_id=asked.call_id, from_tag="from", to_tag="to",
        extra=(("Route", "<sip:sv.example;transport=tls;lr>"),),
    )  # fmt: skip
    caller.send(ack)
    callee.expect("ACK")
    assert site.crs.switchboard.engine.calls == 1
    assert len(site.crs.switchboard.relay) == 1
    return asked.call_id


def no_call_is_left(site: Site) -> None:
    until(lambda: site.crs.switchboard.engine.calls == 0, "no call")
    assert len(site.crs.switchboard.relay) == 0


def block(site: Site, name: str) -> None:
    crs("block", name, "--home", site.home)


@pytest.mark.parametrize("blocked", [0, 1], ids=["the caller", "the callee"])
@pytest.mark.parametrize("how", ["media", "crs block"])
def test_a_live_call_of_a_blocked_phone_ends(site: Site, office: Office, blocked: int, how: str) -> None:
    phones = [site.registered(card) for card in office.cards]
    call_id = talking(site, *phones)
    if how == "media":
        office.blocked.add(office.cards[blocked].serial)
        site.load(2)
    else:
        block(site, office.cards[blocked].tel)
    other = phones[1 - blocked]
    bye = other.expect("BYE")
    tags = ("from", "to") if blocked == 0 else ("to", "from")
    assert (bye.call_id, bye.from_.tag, bye.to.tag) == (call_id, *tags)
    other.send(response_to(bye, 200))
    no_call_is_left(site)
    assert phones[blocked].closed()
    again = site.phone(office.cards[blocked])
    assert again.ask(again.register()).status == 403
    assert other.ask(other.register(cseq=2)).status == 200


def test_a_blocked_phone_without_connection_is_out_of_its_call_too(site: Site, office: Office) -> None:
    asha, ben = (site.registered(card) for card in office.cards)
    talking(site, asha, ben)
    asha.hang_up_line()
    until(lambda: site.crs.switchboard.flows == 1, "a lost connection")
    assert len(site.crs.switchboard.relay) == 1, "a call outlives a connection"
    block(site, ASHA)
    assert ben.expect("BYE").to.tag == "to"
    no_call_is_left(site)


def test_a_ringing_call_of_a_blocked_phone_ends(site: Site, office: Office) -> None:
    asha, ben = (site.registered(card) for card in office.cards)
    asha.send(asha.invite(BEN))
    asha.expect(100)
    ben.send(reply(ben.expect("INVITE"), 180, tel=BEN))
    asha.expect(180)
    block(site, ASHA)
    ben.expect("CANCEL")
    no_call_is_left(site)


def test_nobody_can_call_a_blocked_phone(site: Site, office: Office) -> None:
    asha, ben = (site.registered(card) for card in office.cards)
    block(site, BEN)
    assert ben.closed()
    assert asha.ask(asha.invite(BEN)).status == 480


def test_a_suspended_card_registers_again_when_later_media_lift_it(site: Site, office: Office) -> None:
    asha = office.cards[0]
    phone = site.registered(asha)
    office.blocked.add(asha.serial)
    site.load(2)
    assert phone.closed()
    office.blocked.clear()
    site.load(3)
    until(lambda: site.crs._domain.sequence == 3, "the media")
    site.registered(asha)
    assert site.alarms("enrolled-before") == []


def test_a_local_block_outlives_newer_media_until_it_is_lifted_here(site: Site, office: Office) -> None:
    asha = office.cards[0]
    phone = site.registered(asha)
    block(site, str(asha.serial))
    assert phone.closed()
    site.load(2)
    until(lambda: site.crs._domain.sequence == 2, "the media")
    refused = site.phone(asha)
    assert refused.ask(refused.register()).status == 403
    assert f"blocked here {ASHA}, card 0000 0000 0000 0065" in crs("status", "--home", site.home)
    assert "unblocked: card 0000 0000 0000 0065" in crs("unblock", ASHA, "--home", site.home)
    until(lambda: site.crs.switchboard.roster._by_serial["101"].active, "the roster")
    site.registered(asha)
    assert [entry.event for entry in site.log() if "blocked" in entry.event] == [
        "blocked",
        "flow-of-blocked-phone-closed",
        "unblocked",
    ]


def test_a_new_card_for_a_number_is_not_blocked_with_the_lost_one(site: Site, office: Office) -> None:
    block(site, ASHA)
    new = office.issue(ASHA, 201)
    site.load(2)
    until(lambda: len(site.crs.switchboard.roster) == 3, "the roster")
    assert enrol(site, contact(site, new)).status == 200
    site.registered(new)


def test_a_blocked_card_has_no_first_contact(office: Office, tmp_path: Path) -> None:
    with Site(office, tmp_path / "crs") as site:
        block(site, ASHA)
        until(lambda: not site.crs.switchboard.roster._by_serial["101"].active, "the roster")
        assert enrol(site, contact(site, office.cards[0])).code == "E04"


def test_a_block_here_does_not_hide_what_media_say(site: Site, office: Office) -> None:
    old = office.cards[0]
    block(site, "101")
    office.issue(ASHA, 201)
    site.load(2)
    crs("unblock", "101", "--home", site.home)
    until(lambda: len(site.crs.switchboard.roster) == 3, "the roster")
    phone = site.phone(old)
    assert phone.ask(phone.register()).status == 403


@pytest.mark.parametrize("name", ["", "999", "+441632960999", "01632960001", "*", "101;", "asha"])
def test_a_name_that_is_nobodys_blocks_nobody(site: Site, name: str) -> None:
    assert "no card" in crs("block", name, "--home", site.home, status=1)
    assert "nothing was changed" in crs("unblock", name, "--home", site.home, status=1)
    assert {entry.event for entry in site.log()} <= {"media-loaded", "started"}


def test_a_second_block_is_refused(site: Site) -> None:
    block(site, ASHA)
    assert "already" in crs("block", "101", "--home", site.home, status=1)
    assert "already" in crs("block", ASHA, "--home", site.home, status=1)


def test_a_block_and_its_entry_are_there_together_or_not_at_all(site: Site) -> None:
    database = Database(site.home / FILE)
    with database.transaction() as connection:
        connection.execute("CREATE TRIGGER full BEFORE INSERT ON log BEGIN SELECT RAISE(ABORT, 'full'); END")
    with pytest.raises(Exception, match="full"):
        blocking.block(database, ASHA, now=0.0)
    assert database.blocks() == []
    database.close()


def test_without_a_number_there_is_an_error(site: Site) -> None:
    database = Database(site.home / FILE)
    with pytest.raises(OperatorError, match="no card"):
        blocking.block(database, "+", now=0.0)
    database.close()


@pytest.mark.parametrize("typed", ["0000 0000 0000 0065", "0000-0000-0000-0065", "0000000000000065", "101"])
def test_a_serial_may_be_typed_as_it_is_printed_or_in_decimal(site: Site, typed: str) -> None:
    assert f"blocked: card 0000 0000 0000 0065 of {ASHA}" in crs("block", typed, "--home", site.home)


def test_the_log_shows_a_serial_as_the_letter_has_it(site: Site) -> None:
    block(site, ASHA)
    assert "serial=0000 0000 0000 0065" in crs("log", "show", "--home", site.home)
