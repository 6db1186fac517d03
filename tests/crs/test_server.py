"""The whole server over real TLS: who may connect, what a phone may send, and what becomes of it."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import socket
import ssl
import time
from pathlib import Path

import pytest

from crs.config import Config
from crs.errors import OperatorError
from crs.flows import EVENTS
from crs.relay import CLOSE_AFTER
from crs.server import CRS
from crs.switchboard import FLOWS_EACH
from crs.writer import ALARMS
from sip.agent import UserAgent
from sip.endpoint import Identity
from sip.events import Accepted, CallHandle, Ended, Established, Event, Incoming, Registered, Ringing
from sip.message import response_to
from sip.sdp import answer, offer, parse_answer, parse_offer
from tests.crs.office import ASHA, BEN, LOOPBACK, NOBODY, TIMEOUT, Office
from tests.crs.phone import ANSWER, I_MESSAGE, OFFER, Phone, invite, request, udp, until
from tests.crs.site import Site

REFUSED = (ssl.SSLError, EOFError, ConnectionError)
"""What a client may see of a server that does not want it: TLS 1.3 tells it only after the handshake."""


class Desk:
    """A user agent on a real connection, in the test's own time."""

    def __init__(self, phone: Phone, *, domain: str = "sv.example") -> None:
        self._phone = phone
        self._ticks = itertools.count(1)
        self.events: list[Event] = []
        identity = Identity(phone.tel, domain, "urn:uuid:00000000-0000-4000-8000-000000000001")
        self.agent = UserAgent(identity)
        self.agent.flow_opened(0.0)
        phone.line.settimeout(0.01)

    def until(self, kind: type[Event]) -> Event:  # type: ignore[valid-type]
        """Carry octets both ways until the agent tells of such an event."""
        deadline = time.monotonic() + TIMEOUT
        while time.monotonic() < deadline:
            self.flush()
            for event in self.events:
                if isinstance(event, kind):
                    self.events.remove(event)
                    return event
            try:
                octets = self._phone.line.recv(65536)
            except TimeoutError:
                continue
            self.events += self.agent.receive(octets, next(self._ticks) / 1000)
        raise AssertionError(f"never: {kind.__name__}; but {self.events}")

    def flush(self) -> None:
        self._phone.write(self.agent.outgoing())


# Who may connect


def test_a_phone_registers_and_is_told_the_time(site: Site, office: Office) -> None:
    phone = site.phone(office.cards[0])
    response = phone.ask(phone.register())
    assert response.status == 200
    assert response.date is not None
    assert response.date.timestamp() == int(site.clock.unix())


def test_a_client_without_certificate_is_refused(site: Site) -> None:
    with pytest.raises(REFUSED):
        site.phone(None).next()


def test_a_certificate_of_another_domain_is_refused(site: Site) -> None:
    other = Office("other.example", key=2)
    card = other.issue(ASHA, 101)
    with pytest.raises(REFUSED):
        site.phone(card, office=other).next()


def test_a_certificate_by_another_key_in_our_domains_name_is_refused(site: Site) -> None:
    forger = Office("sv.example", key=2)
    card = forger.issue(ASHA, 101)
    with pytest.raises(REFUSED):
        site.phone(card, office=forger).next()


def test_the_servers_own_certificate_does_not_pass_for_a_phone(site: Site, office: Office) -> None:
    context = office.client_context(None)
    context.load_cert_chain(site.home / "tls.pem")
    plain = socket.create_connection((LOOPBACK, site.crs.sip_port), TIMEOUT)
    with contextlib.suppress(*REFUSED), context.wrap_socket(plain, server_hostname=LOOPBACK) as line:
        assert line.recv(1) == b""


def test_an_older_tls_is_refused(site: Site, office: Office) -> None:
    context = office.client_context(office.cards[0])
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    plain = socket.create_connection((LOOPBACK, site.crs.sip_port), TIMEOUT)
    with pytest.raises((ssl.SSLError, ConnectionError)):
        context.wrap_socket(plain, server_hostname=LOOPBACK)


def test_a_blocked_phone_is_cut_off_at_once_and_turned_away(site: Site, office: Office) -> None:
    phone = site.registered(office.cards[0])
    office.issue(ASHA, 201)
    site.load(2)
    assert phone.closed()
    again = site.phone(office.cards[0])
    assert again.ask(again.register()).status == 403
    until(lambda: site.alarms("flow-of-blocked-phone-closed"), "an entry in the log")


def test_new_media_cut_off_nobody_else_and_everybody_is_told(site: Site, office: Office) -> None:
    phone = site.registered(office.cards[1])
    cut_off = site.registered(office.cards[0])
    office.issue(ASHA, 201)
    site.load(2)
    assert cut_off.closed()
    told = phone.expect("NOTIFY")
    assert (told.headers.get("Event"), told.body) == ("ua-profile", b"")
    phone.send(response_to(told, 200))
    assert phone.silent()
    assert not site.alarms("flow-closed")


def test_a_second_device_of_a_number_is_refused(office: Office, tmp_path: Path) -> None:
    first = office.cards[0]
    second = office.issue(ASHA, 201)
    office.blocked.clear()
    office.cards = [card for card in office.cards if card is not first]
    site = Site(office, tmp_path / "crs")
    site.enrol_all()
    with site:
        site.registered(second)
        phone = site.phone(first)
        assert phone.ask(phone.register()).status == 403


def test_too_many_connections_of_one_host(office: Office, tmp_path: Path) -> None:
    config = Config(listen="0.0.0.0", port=0, max_connections_per_host=2)
    site = Site(office, tmp_path / "crs", config=config)
    site.enrol_all()
    with site:
        site.registered(office.cards[0])
        site.registered(office.cards[1])
        with pytest.raises((OSError, EOFError)):
            site.phone(office.cards[0])
        site.registered(office.cards[0], host="127.0.0.9")


# A call


def test_two_user_agents_call_each_other_through_the_server(site: Site, office: Office) -> None:
    asha, ben = (Desk(site.phone(card)) for card in office.cards)
    for desk in (asha, ben):
        desk.agent.register(0.0)
        desk.until(Registered)
    with udp() as ear, udp() as mouth:
        sdp = offer(LOOPBACK, ear.getsockname()[1], I_MESSAGE)
        asha.agent.invite(f"sip:{BEN}@sv.example;user=phone", sdp, 0.0)
        asha.flush()
        incoming = ben.until(Incoming)
        assert isinstance(incoming, Incoming)
        assert incoming.number == ASHA
        to_ben = parse_offer(incoming.sdp)
        assert to_ben.mikey == I_MESSAGE
        ben.agent.ring(incoming.handle, 0.0)
        ben.flush()
        asha.until(Ringing)
        ben.agent.accept(incoming.handle, answer(LOOPBACK, mouth.getsockname()[1]), 0.0)
        ben.flush()
        accepted = asha.until(Accepted)
        assert isinstance(accepted, Accepted)
        asha.flush()
        ben.until(Established)
        to_asha = parse_answer(accepted.sdp)
        packet = bytes([0x80, 96]) + b"ciphertext" * 6
        ear.sendto(packet, (to_asha.address, to_asha.port))
        until(lambda: _heard(site, 1), "the first packet")
        mouth.sendto(packet, (to_ben.address, to_ben.port))
        assert ear.recv(2000) == packet
        ear.sendto(packet, (to_asha.address, to_asha.port))
        assert mouth.recv(2000) == packet
    (handle,) = asha.agent.calls
    assert isinstance(CallHandle(handle), str)
    asha.agent.hang_up(handle, 0.0)
    asha.flush()
    ben.until(Ended)
    ben.flush()
    asha.until(Ended)
    until(lambda: site.crs.switchboard.engine.calls == 0, "the end of the call")
    assert len(site.crs.switchboard.relay) == 0
    assert site.packets == [packet, packet]


def _heard(site: Site, packets: int) -> bool:
    calls = site.crs.switchboard.relay.calls.values()
    return sum(leg.packets for call in calls for leg in call.legs.values()) == packets


# What a phone may send


def test_a_spoofed_from_is_refused_and_logged(site: Site, office: Office) -> None:
    asha, ben = (site.registered(card) for card in office.cards)
    assert asha.ask(invite(ASHA, BEN, claim=NOBODY)).status == 403
    assert ben.silent()
    until(lambda: site.alarms("identity-refused"), "an alarm")


def test_a_replayed_invite_reaches_the_callee_once(site: Site, office: Office) -> None:
    asha, ben = (site.registered(card) for card in office.cards)
    message = asha.invite(BEN)
    asha.send(message)
    asha.expect(100)
    asha.send(message)
    asha.expect(100)
    ben.expect("INVITE")
    assert ben.silent()


def test_a_downgraded_offer_does_not_reach_the_callee(site: Site, office: Office) -> None:
    asha, ben = (site.registered(card) for card in office.cards)
    assert asha.ask(asha.invite(BEN, body=ANSWER)).status == 488
    assert ben.silent()


def test_a_keep_alive_is_answered(site: Site, office: Office) -> None:
    assert site.registered(office.cards[0]).silent()


def test_a_message_of_a_megabyte_closes_the_connection_and_nothing_else(site: Site, office: Office) -> None:
    asha, ben = (site.registered(card) for card in office.cards)
    message = asha.invite(BEN, body=b"v" * 1_000_000)
    with contextlib.suppress(*REFUSED):
        asha.send(message)
    assert asha.closed()
    assert ben.silent()
    assert site.registered(office.cards[0]).silent()


def test_a_header_without_end_closes_the_connection(site: Site, office: Office) -> None:
    phone = site.registered(office.cards[0])
    phone.write(b"INVITE sip:a@b SIP/2.0\r\n" + b"A: " + b"x" * 40_000)
    assert phone.closed()
    until(lambda: site.alarms("flow-closed"), "an alarm")


@pytest.mark.parametrize("cut", [3, 200, -1], ids=["in the first line", "in the headers", "in the body"])
def test_half_a_message_and_then_silence_closes_the_connection(site: Site, office: Office, cut: int) -> None:
    phone = site.registered(office.cards[0])
    phone.write(phone.invite(BEN).encode()[:cut])
    until(lambda: _unfinished(site), "half a message")
    site.turn(site.crs.config.message_timeout - 1)
    assert site.crs.switchboard.flows == 1
    site.turn(1)
    assert phone.closed()


def _unfinished(site: Site) -> bool:
    (connection,) = site.crs.switchboard._connections.values()
    return connection._stream.pending > 0


def test_a_connection_that_never_says_anything_is_closed(site: Site, office: Office) -> None:
    phone = site.phone(office.cards[0])
    until(lambda: site.crs.switchboard.flows == 1, "the connection")
    site.turn(site.crs.config.message_timeout)
    assert phone.closed()


def test_a_registered_phone_that_falls_silent_is_dropped(site: Site, office: Office) -> None:
    phone = site.registered(office.cards[0])
    site.turn(site.crs.config.idle_timeout - 1)
    assert phone.silent()
    site.turn(site.crs.config.idle_timeout - 1)
    assert site.crs.switchboard.engine.registered == 1
    site.turn(1)
    assert phone.closed()
    until(lambda: site.crs.switchboard.engine.registered == 0, "the end of the binding")


def test_a_flood_of_messages_closes_the_connection(site: Site, office: Office) -> None:
    phone = site.registered(office.cards[0])
    with contextlib.suppress(*REFUSED):
        phone.write(phone.register().encode() * int(EVENTS.burst + 1))
    assert phone.closed()
    until(lambda: site.alarms("flow-closed"), "an alarm")


def test_a_phone_that_does_not_read_is_given_up(site: Site, office: Office) -> None:
    phone = site.registered(office.cards[0])
    phone.line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    via = f"SIP/2.0/TLS phone.invalid;branch=z9hG4bKa;padding={'p' * 7000}"
    octets = request("OPTIONS", "sip:sv.example", caller=ASHA, callee=ASHA, via=via).encode()
    with contextlib.suppress(*REFUSED):
        for _ in range(2000):
            phone.write(octets)
            site.clock.turn(1)
    until(lambda: site.crs.switchboard.flows == 0, "the end of the connection")
    assert not site.alarms("flow-closed")
    assert site.registered(office.cards[1]).silent()


def test_the_callees_line_goes_dead_while_it_rings(site: Site, office: Office) -> None:
    asha, ben = (site.registered(card) for card in office.cards)
    asha.send(asha.invite(BEN))
    asha.expect(100)
    ben.expect("INVITE")
    ben.hang_up_line()
    asha.expect(480)


def test_registering_again_closes_the_old_connection(site: Site, office: Office) -> None:
    old = site.registered(office.cards[0])
    new = site.registered(office.cards[0])
    assert old.closed()
    assert new.silent()
    assert site.crs.switchboard.engine.registered == 1


def test_a_phone_that_connects_again_and_again_keeps_its_newest_connections(
    site: Site, office: Office
) -> None:
    phones = [site.phone(office.cards[0]) for _ in range(FLOWS_EACH + 2)]
    assert phones[0].closed()
    assert phones[1].closed()
    assert all(phone.silent() for phone in phones[2:])


def test_a_handshake_that_is_never_finished_is_given_up(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crs.listener.HANDSHAKE_TIMEOUT", 0.2)
    listener = site.crs._listeners[0]
    with socket.create_connection((LOOPBACK, site.crs.sip_port), TIMEOUT) as plain:
        until(lambda: listener.connections == 1, "the connection")
        assert plain.recv(1) == b""
    until(lambda: listener.connections == 0, "the end of the connection")


def test_connections_are_counted_down_again(site: Site, office: Office) -> None:
    for _ in range(3):
        site.registered(office.cards[0]).hang_up_line()
        stranger = site.phone(None)
        with contextlib.suppress(*REFUSED):
            stranger.next()
        stranger.hang_up_line()
    until(lambda: site.crs._listeners[0].connections == 0, "the end of all connections")
    until(lambda: site.crs.switchboard.flows == 0, "the end of all flows")


def test_a_call_without_media_is_over_after_a_minute(site: Site, office: Office) -> None:
    asha, ben = (site.registered(card) for card in office.cards)
    asha.send(asha.invite(BEN))
    asha.expect(100)
    seen = ben.expect("INVITE")
    ben.send(response_to(seen, 200, to_tag="to", body=ANSWER, content_type="application/sdp"))
    asha.expect(200)
    site.turn(CLOSE_AFTER - 1)
    assert len(site.crs.switchboard.relay) == 1
    site.turn(1)
    assert len(site.crs.switchboard.relay) == 0
    assert site.crs.switchboard.engine.calls == 0


def test_alarms_do_not_fill_the_disk_and_what_was_left_out_is_counted(site: Site, office: Office) -> None:
    asha = site.registered(office.cards[0])
    for _ in range(50):
        assert asha.ask(invite(ASHA, BEN, claim=NOBODY)).status == 403
    until(lambda: len(site.alarms("identity-refused")) == ALARMS.burst, "the alarms")
    site.turn(60)
    assert asha.ask(invite(ASHA, BEN, claim=NOBODY)).status == 403
    until(lambda: len(site.alarms("identity-refused")) == ALARMS.burst + 1, "one alarm more")
    detail = site.alarms("identity-refused")[-1].detail
    assert detail is not None
    assert detail["left_out"] == "40"


def test_the_log_forgets_whom_an_old_entry_was_about(site: Site, office: Office) -> None:
    asha = site.registered(office.cards[0])
    asha.ask(invite(ASHA, BEN, claim=NOBODY))
    until(lambda: site.alarms("identity-refused"), "an alarm")
    site.turn((site.crs.config.retention_days + 1) * 86400)
    until(lambda: site.alarms("identity-refused")[0].detail is None, "the end of its retention")


def test_nothing_on_the_servers_disk_opens_a_call(site: Site, office: Office) -> None:
    asha, ben = (site.registered(card) for card in office.cards)
    asha.send(asha.invite(BEN))
    ben.expect("INVITE")
    everything = b"".join(path.read_bytes() for path in site.home.rglob("*") if path.is_file())
    for card in office.cards:
        assert card.pack in everything
        assert card.ssk.expose() not in everything
        assert card.tls_key.encode()[30:70] not in everything
    assert OFFER.split(b"mikey ")[1][:40] not in everything
    assert office.private.expose() not in everything


# Life of the server


def test_after_a_restart_phones_register_again_without_a_new_first_contact(
    office: Office, tmp_path: Path
) -> None:
    site = Site(office, tmp_path / "crs")
    site.enrol_all()
    with site:
        phone = site.registered(office.cards[0])
    assert phone.closed()
    with Site(office, tmp_path / "crs") as again:
        again.registered(office.cards[0])
        assert [entry.event for entry in again.log()][:1] == ["media-loaded"]


def test_a_second_server_on_the_same_home_is_refused(site: Site) -> None:
    with pytest.raises(OperatorError, match="running"):
        CRS(site.home, config=Config(port=0))


def test_a_taken_port_is_named(site: Site, office: Office, tmp_path: Path) -> None:
    other = Site(office, tmp_path / "other", config=Config(listen=LOOPBACK, port=site.crs.sip_port))
    with pytest.raises(OperatorError, match="--port"), other:
        pass


def test_a_small_answer_does_not_wait_for_the_phone_to_confirm_the_last_one(
    site: Site, office: Office
) -> None:
    site.registered(office.cards[0])
    (connection,) = site.crs.switchboard._connections.values()
    assert connection._transport is not None
    accepted = connection._transport.get_extra_info("socket")
    assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_https_is_on_the_port_after_sip(site: Site) -> None:
    assert site.crs.https_port == site.crs.sip_port + 1


def test_a_broken_clockwork_ends_the_server_instead_of_leaving_it_without_timers(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise OSError("the clock stands still")

    monkeypatch.setattr(site.crs.switchboard, "tick", broken)
    with pytest.raises(OSError, match="the clock stands still"):
        site.run(site.crs.until(asyncio.Event()))


def test_a_server_that_is_told_to_stop_stops(site: Site) -> None:
    async def told() -> None:
        stopped = asyncio.Event()
        stopped.set()
        await site.crs.until(stopped)

    site.run(told())
