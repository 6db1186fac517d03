"""Two servers over real TLS: how they find each other, whom they take for a partner, and what it may say."""

from __future__ import annotations

import contextlib
import logging
import socket
import ssl
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crs.database import FILE, Database
from crs.flows import LINK_EVENTS
from crs.relay import Side
from crs.report import make
from crypto import certificates, signed
from crypto.fields import month_of
from crypto.secret import Secret
from sip.events import Accepted, Ended, Established, Incoming, Registered, Ringing
from sip.keep_alive import INTERVAL, PONG_WITHIN
from sip.sdp import answer, offer, parse_answer, parse_offer
from tests.crs.border import ASHA, AWAY, BEN, CHLOE, HOME, KARL, THIRD
from tests.crs.office import LOOPBACK, TIMEOUT, Office
from tests.crs.phone import I_MESSAGE, Phone, invite, register, request, udp, until
from tests.crs.site import Site
from tests.crs.test_cli import crs
from tests.crs.test_server import REFUSED, Desk
from tests.crs.towns import Towns, config, linked, log_of, of, offices

RTP = b"\x80\x60" + bytes(range(60))


@pytest.fixture
def towns(tmp_path: Path) -> Iterator[Towns]:
    """Two running servers that know nothing of each other yet."""
    home, away = offices()
    with Site(home, tmp_path / "home", config=config(HOME)) as here:
        towns = Towns(here, Site(away, tmp_path / "away", config=config(AWAY)).__enter__())
        here.enrol_all()
        towns.away.enrol_all()
        yield towns
        towns.away.__exit__(None, None, None)


@pytest.fixture
def friends(towns: Towns) -> Towns:
    """The same, connected."""
    towns.befriend()
    return towns


def at_away(card_phone: Phone) -> Phone:
    """Register a phone of the partner's."""
    assert card_phone.ask(register(KARL, domain=AWAY, uri=f"sip:{AWAY}")).status == 200
    return card_phone


# Finding each other


def test_two_servers_find_each_other_and_the_log_says_so(friends: Towns) -> None:
    assert log_of(friends.home, "partner-up") == [{"partner": AWAY}]
    assert log_of(friends.away, "partner-up") == [{"partner": HOME}]


def test_a_call_passes_both_servers_and_both_relays_with_its_key_untouched(friends: Towns) -> None:
    asha = Desk(friends.home.phone(friends.home.office.cards[0]))
    karl = Desk(friends.away.phone(friends.away.office.cards[0]), domain=AWAY)
    for desk in (asha, karl):
        desk.agent.register(0.0)
        desk.until(Registered)
    with udp() as ear_asha, udp() as ear_karl:
        handle = asha.agent.invite(
            f"sip:{KARL}@{HOME};user=phone", offer(LOOPBACK, ear_asha.getsockname()[1], I_MESSAGE), 0.0
        )
        asha.flush()
        rung = karl.until(Incoming)
        assert isinstance(rung, Incoming)
        assert rung.number == ASHA
        assert parse_offer(rung.sdp).mikey == I_MESSAGE
        karl.agent.ring(rung.handle, 0.0)
        karl.flush()
        asha.until(Ringing)
        karl.agent.accept(rung.handle, answer(LOOPBACK, ear_karl.getsockname()[1]), 0.0)
        karl.flush()
        accepted = asha.until(Accepted)
        assert isinstance(accepted, Accepted)
        asha.flush()
        karl.until(Established)
        to_karl, to_asha = parse_answer(accepted.sdp), parse_offer(rung.sdp)
        ear_asha.sendto(RTP, (to_karl.address, to_karl.port))
        until(lambda: friends.away.crs.switchboard.relay.calls and _passed(friends.away) == 1, "a packet")
        ear_karl.sendto(RTP + b"karl", (to_asha.address, to_asha.port))
        assert ear_asha.recv(2000) == RTP + b"karl"
        ear_asha.sendto(RTP + b"asha", (to_karl.address, to_karl.port))
        assert ear_karl.recv(2000) == RTP + b"asha"
        asha.agent.hang_up(handle, 0.0)
        asha.flush()
        assert isinstance(karl.until(Ended), Ended)
        karl.flush()
        asha.until(Ended)
    for site in (friends.home, friends.away):
        until(lambda site=site: site.crs.switchboard.engine.calls == 0, "the end of the call")


def _passed(site: Site) -> int:
    """How many packets of the caller's side a relay has taken."""
    (call,) = site.crs.switchboard.relay.calls.values()
    return call.counters(Side.CALLER).packets


def test_one_link_is_enough_whoever_has_opened_it(towns: Towns) -> None:
    towns.home.befriend(replace(towns.partner(towns.away), crs=f"{LOOPBACK}:1"))
    towns.away.befriend(towns.partner(towns.home))
    until(lambda: linked(towns.home, AWAY) == 1, "the partner's link")
    until(lambda: linked(towns.away, HOME) == 1, "our link")
    asha = towns.home.registered(towns.home.office.cards[0])
    karl = at_away(towns.away.phone(towns.away.office.cards[0]))
    asha.send(invite(ASHA, KARL))
    assert karl.expect("INVITE").from_.uri.user == ASHA


def test_a_partner_that_started_anew_is_found_again(friends: Towns) -> None:
    port, home = friends.away.crs.sip_port, friends.away.home
    friends.away.__exit__(None, None, None)
    until(lambda: linked(friends.home, AWAY) == 0, "the end of the links")
    friends.away = Site(friends.away.office, home, config=config(AWAY, port=port)).__enter__()
    until(lambda: linked(friends.home, AWAY) == 2, "two links again")
    asha = friends.home.registered(friends.home.office.cards[0])
    karl = at_away(friends.away.phone(friends.away.office.cards[0]))
    karl.send(invite(KARL, ASHA, domain=AWAY, uri=f"sip:{ASHA}@{AWAY};user=phone"))
    assert asha.expect("INVITE").from_.uri.host == AWAY
    assert [entry["partner"] for entry in log_of(friends.home, "partner-down")] == [AWAY]


def test_a_link_is_kept_alive_by_whoever_has_opened_it(friends: Towns) -> None:
    for _ in range(12):
        # Both at once; the pings of one are answered by the other before its next second.
        for site in (friends.home, friends.away):
            site.turn(INTERVAL)
        for site in (friends.home, friends.away):
            until(lambda site=site: _answered(site), "an answer to each ping")
    assert linked(friends.home, AWAY) == linked(friends.away, HOME) == 2
    assert log_of(friends.home, "partner-down") == []


def _answered(site: Site) -> bool:
    pings = [link._keep_alive for link in site.crs.switchboard._connections.values()]
    return all(ping is None or ping._sent_at is None for ping in pings)


# Who is taken for a partner


def test_a_phone_of_a_partner_is_not_its_server(friends: Towns) -> None:
    phone = friends.home.phone(friends.away.office.cards[0], office=friends.away.office)
    assert phone.ask(register(KARL, domain=AWAY, uri=f"sip:{HOME}")).status == 403
    until(lambda: log_of(friends.home, "certificate-refused"), "an alarm")
    assert log_of(friends.home, "certificate-refused") == [{"partner": AWAY, "host": LOOPBACK}]


def test_a_partner_cannot_make_one_of_our_phones(friends: Towns) -> None:
    """Its domain key is trusted by TLS, and signs a certificate for Asha's number and card."""
    key = Secret(bytes([9]) * 32)
    der = certificates.issue_phone(
        friends.away.office.private,
        AWAY,
        tel=ASHA,
        serial=101,
        device_public=signed.public_key(key),
        not_before=int(time.time()) - 3600,
    )
    thief = friends.link(certificate=certificates.certificate_pem(der), key=key)
    assert thief.ask(register(ASHA)).status == 403
    assert friends.home.crs.switchboard.engine.registered == 0


def server_certificate(office: Office, *, domain: str, by: Secret | None = None) -> tuple[str, Secret]:
    key = Secret(bytes([10]) * 32)
    pem = certificates.issue_server(
        by or office.private,
        domain,
        names=[LOOPBACK],
        public=signed.public_key(key),
        not_before=int(time.time()) - 3600,
    )
    return pem, key


@pytest.mark.parametrize("domain", [HOME, THIRD])
def test_a_partner_cannot_make_the_server_of_another_domain(friends: Towns, domain: str) -> None:
    """TLS refuses it already: nobody with that name has that key."""
    pem, key = server_certificate(friends.away.office, domain=domain)
    with pytest.raises(REFUSED):
        friends.link(certificate=pem, key=key).next()
    assert linked(friends.home, AWAY) == 2


def test_a_certificate_in_a_partners_name_by_another_key_is_refused(friends: Towns) -> None:
    forger = Office(AWAY, key=3)
    pem, key = server_certificate(forger, domain=AWAY)
    with pytest.raises(REFUSED):
        friends.link(certificate=pem, key=key).next()


def test_our_own_server_is_nobodys_partner(friends: Towns) -> None:
    pem, key = server_certificate(friends.home.office, domain=HOME)
    link = friends.link(certificate=pem, key=key)
    assert link.ask(request("OPTIONS", f"sip:{HOME}", caller=ASHA, callee=ASHA)).status == 403


def test_a_domain_that_is_no_partner_is_refused(towns: Towns) -> None:
    with pytest.raises(REFUSED):
        towns.link().next()


def test_a_server_with_another_key_is_not_taken_for_the_partner(
    towns: Towns, caplog: pytest.LogCaptureFixture
) -> None:
    false = of(Office(AWAY, key=3), towns.partner(towns.away).crs)
    with caplog.at_level(logging.WARNING, logger="crs"):
        towns.home.befriend(false)
        until(lambda: "its certificate is not the partner's" in caplog.text, "what is wrong")
    assert linked(towns.home, AWAY) == 0
    asha = towns.home.registered(towns.home.office.cards[0])
    assert asha.ask(invite(ASHA, KARL)).status == 480


def test_a_server_of_another_partner_at_the_address_is_not_taken_for_this_one(
    towns: Towns, caplog: pytest.LogCaptureFixture
) -> None:
    third = of(Office(THIRD, key=3), towns.partner(towns.away).crs)
    with caplog.at_level(logging.WARNING, logger="crs"):
        towns.home.befriend(third, replace(towns.partner(towns.away), crs=f"{LOOPBACK}:1"))
        until(lambda: f"{THIRD}: its certificate" in caplog.text, "what is wrong")
    assert linked(towns.home, THIRD) == linked(towns.home, AWAY) == 0


def test_a_server_that_does_not_take_us_in_is_never_up(
    towns: Towns, caplog: pytest.LogCaptureFixture
) -> None:
    """TLS 1.3 tells the dialling end last: only an answered ping proves that we are let in."""
    with caplog.at_level(logging.WARNING, logger="crs"):
        towns.home.befriend(towns.partner(towns.away))
        until(lambda: f"partner {AWAY}:" in caplog.text, "an attempt")
    assert linked(towns.home, AWAY) == 0
    assert log_of(towns.home, "partner-up") == []


@contextlib.contextmanager
def silent_server(office: Office) -> Iterator[tuple[int, list[ssl.SSLSocket]]]:
    """A server with the partner's certificate that takes everybody in and says nothing."""
    pem, key = server_certificate(office, domain=AWAY)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.NamedTemporaryFile("w", suffix=".pem") as file:
        file.write(pem + certificates.private_key_pem(key))
        file.flush()
        context.load_cert_chain(file.name)
    taken: list[ssl.SSLSocket] = []
    with socket.create_server((LOOPBACK, 0)) as listening:

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    taken.append(context.wrap_socket(listening.accept()[0], server_side=True))

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1], taken
        listening.shutdown(socket.SHUT_RDWR)
        thread.join(TIMEOUT)
        for line in taken:
            line.close()


def test_a_partner_that_does_not_answer_pings_is_given_up_and_tried_again(towns: Towns) -> None:
    with silent_server(towns.away.office) as (port, taken):
        towns.home.befriend(replace(towns.partner(towns.away), crs=f"{LOOPBACK}:{port}"))
        until(lambda: len(taken) == 1 and towns.home.crs.switchboard.flows == 1, "a first attempt")
        assert linked(towns.home, AWAY) == 0
        towns.home.turn(PONG_WITHIN)
        until(lambda: len(taken) == 2, "a second attempt")
        towns.home.befriend()
        until(lambda: towns.home.crs.switchboard.flows == 0, "the end of it")


# What a partner's server may say


def test_a_false_number_of_a_partner_is_an_alarm_in_its_name(friends: Towns) -> None:
    callee = friends.home.registered(friends.home.office.cards[0])
    link = friends.link()
    uri = f"sip:{ASHA}@{HOME};user=phone"
    for number, claim in enumerate((BEN, CHLOE)):
        refused = link.ask(invite(claim, ASHA, domain=AWAY, uri=uri, call_id=f"call{number}"))
        assert refused.status == 403
    assert callee.silent()
    until(lambda: len(log_of(friends.home, "identity-refused")) == 2, "two alarms")
    assert {entry["partner"] for entry in log_of(friends.home, "identity-refused")} == {AWAY}


def test_a_partner_that_never_stops_is_closed_and_nobody_else(friends: Towns) -> None:
    phone = friends.home.registered(friends.home.office.cards[0])
    link = friends.link()
    link.strict = False
    ping = b"\r\n\r\n"
    with contextlib.suppress(OSError):
        link.write(ping * (int(LINK_EVENTS.burst) + 10))
    assert link.closed()
    until(lambda: log_of(friends.home, "flow-closed"), "an alarm")
    assert log_of(friends.home, "flow-closed")[0]["partner"] == AWAY
    assert phone.silent()


def test_a_partner_that_talks_nonsense_loses_that_link(friends: Towns) -> None:
    link = friends.link()
    link.strict = False
    link.write(b"INVITE " + b"x" * 40000)
    assert link.closed()


def test_a_partner_that_opens_links_without_end_has_four(friends: Towns) -> None:
    links = [friends.link() for _ in range(8)]
    for link in links[-3:]:
        assert link.silent()
    assert sum(flow.identity.partner == AWAY for flow in friends.home.crs.switchboard._connections) <= 4


# A partner no more


def test_a_partner_that_new_media_do_not_name_is_cut_off_at_once(friends: Towns) -> None:
    asha = friends.home.registered(friends.home.office.cards[0])
    karl = at_away(friends.away.phone(friends.away.office.cards[0]))
    link = friends.link()
    asha.send(invite(ASHA, KARL))
    asha.expect(100)
    karl.expect("INVITE")
    friends.home.befriend()
    assert link.closed()
    assert asha.expect(480).call_id
    until(lambda: linked(friends.home, AWAY) == 0, "the end of all links")
    with pytest.raises(REFUSED):
        friends.link().next()
    assert asha.ask(invite(ASHA, KARL)).status == 480


def test_a_partner_with_another_address_is_dialled_there(
    towns: Towns, caplog: pytest.LogCaptureFixture
) -> None:
    towns.home.befriend(replace(towns.partner(towns.away), crs=f"{LOOPBACK}:1"))
    until(lambda: f"partner {AWAY}: " in caplog.text, "an attempt in vain")
    towns.befriend()


def test_media_leave_the_link_alone_that_name_the_partner_as_before(friends: Towns) -> None:
    link = friends.link()
    partner = friends.partner(friends.away)
    friends.home.befriend(replace(partner, prefixes=(*partner.prefixes, "+4940")))
    until(lambda: friends.home.crs.switchboard.engine.partners.of("+49401234") == AWAY, "the new prefix")
    assert link.silent()
    assert log_of(friends.home, "partner-down") == []


# What operators see


def test_the_status_shows_each_partner_and_whether_it_is_connected(friends: Towns) -> None:
    address = friends.partner(friends.away).crs
    line = f"partner      {AWAY} +4930 at {address}, connected since "
    until(lambda: line in crs("status", "--home", friends.home.home), "the link in the status")
    friends.home.befriend(replace(friends.partner(friends.away), crs=f"{LOOPBACK}:1"))
    friends.away.befriend()
    gone = f"partner      {AWAY} +4930 at {LOOPBACK}:1, not connected"
    until(lambda: gone in crs("status", "--home", friends.home.home), "the end of it in the status")


def test_media_are_shown_with_their_partners_before_they_are_loaded(friends: Towns, tmp_path: Path) -> None:
    said = crs("media", "verify", "--media", friends.home.office.export(tmp_path / "media", 9))
    assert f"partner      {AWAY} ({AWAY}) +4930 at {friends.partner(friends.away).crs}" in said


def test_media_name_their_partners_in_the_log(friends: Towns) -> None:
    assert log_of(friends.home, "media-loaded")[-1]["partners"] == AWAY


def test_calls_with_a_partner_are_in_the_report_without_numbers(friends: Towns) -> None:
    asha = friends.home.registered(friends.home.office.cards[0])
    link = friends.link()
    for number in range(2):
        asha.ask(invite(ASHA, KARL, call_id=f"out{number}"))
    assert asha.silent()
    theirs = {"domain": AWAY, "uri": f"sip:{ASHA}@{HOME};user=phone"}
    link.send(invite(KARL, ASHA, body=offer(LOOPBACK, 4000, I_MESSAGE), **theirs))
    asha.expect("INVITE")
    friends.home.crs._count()
    (entry,) = log_of(friends.home, "partner-calls")
    assert entry == {"partner": AWAY, "to": "2", "from": "1"}
    database = Database(friends.home.home / FILE)
    made = make(database, month_of(int(friends.home.clock.unix())))
    database.close()
    assert made.partner_calls == {AWAY: (2, 1)}
