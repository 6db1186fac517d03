"""The test call: the CRS answers, sends every packet back to where it came from, and to nobody else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crs.config import Config
from crs.echo import LONGEST_ECHO
from crs.effects import Flow, Observed
from crs.relay import CLOSE_AFTER, MAX_PACKET, PACKETS, RELATCH_AFTER, RelayedCall, Side
from crs.screening import ALLOW
from crs.transactions import TIMER_B
from sip.events import Accepted, Ended
from sip.headers import Headers
from sip.message import Request, response_to
from sip.sdp import offer, parse_answer
from tests.crs.exchange import Exchange
from tests.crs.office import ASHA, BEN, LOOPBACK, Office
from tests.crs.phone import ANSWER, I_MESSAGE, OFFER, invite, register, request, udp, until
from tests.crs.site import Site
from tests.crs.test_server import Desk

HOST, OTHER = "198.51.100.1", "198.51.100.9"
ECHO = "sip:echo@sv.example"
PACKET = bytes([0x80, 96]) + b"ciphertext" * 6


@pytest.fixture
def asha(exchange: Exchange) -> Flow:
    return exchange.registered(ASHA, host=HOST)


def call(tel: str = ASHA, **changes: Any) -> Request:
    return invite(tel, "echo", **changes)


class Test:
    """A test call of one phone, step by step."""

    __test__ = False

    def __init__(self, exchange: Exchange, flow: Flow, **changes: Any) -> None:
        self.exchange = exchange
        self.flow = flow
        self.invite = call(flow.identity.tel, **changes)
        exchange.say(flow, self.invite)
        [self.accepted] = exchange.heard(flow)
        assert self.accepted.status == 200

    def inside(self, method: str, *, cseq: int = 2, **changes: Any) -> Request:
        parts: dict[str, Any] = {
            "caller": self.flow.identity.tel,
            "callee": "echo",
            "call_id": self.invite.call_id,
            "cseq": cseq,
            "to_tag": self.accepted.to.tag,
        }
        return request(method, ECHO, **{**parts, **changes})

    def say(self, method: str, **changes: Any) -> list[int | str]:
        self.exchange.say(self.flow, self.inside(method, **changes))
        return self.exchange.statuses(self.flow)

    def acknowledge(self) -> Test:
        assert self.say("ACK", cseq=1) == []
        return self

    @property
    def relayed(self) -> RelayedCall:
        [relayed] = self.exchange.media.calls.values()
        return relayed


# The test call that works


def test_the_echo_answers_with_our_profile_and_the_offers_payload_type(
    exchange: Exchange, asha: Flow
) -> None:
    body = offer(HOST, 40000, I_MESSAGE).replace(b" 96", b" 111").replace(b":96", b":111")
    test = Test(exchange, asha, body=body)
    answered = parse_answer(test.accepted.body)
    assert (answered.address, answered.payload_type, answered.direction) == ("203.0.113.1", 111, "sendrecv")
    assert b"key-mgmt" not in test.accepted.body
    assert test.accepted.to.tag
    assert str(test.accepted.contact[0].uri.user) == "echo"
    assert exchange.engine.calls == 1
    assert exchange.observed()[-2:] == ["invite", "answered"]


def test_behind_a_nat_the_answer_has_the_advertised_address() -> None:
    exchange = Exchange(Config(advertise="192.0.2.99"))
    test = Test(exchange, exchange.registered(ASHA))
    assert parse_answer(test.accepted.body).address == "192.0.2.99"


def test_bye_ends_it_and_the_counters_are_told(exchange: Exchange, asha: Flow) -> None:
    test = Test(exchange, asha).acknowledge()
    relayed = test.relayed
    for _ in range(3):
        relayed.receive(Side.CALLER, PACKET, (HOST, 4000), exchange.now)
    assert test.say("BYE") == [200]
    assert exchange.engine.calls == 0
    assert not exchange.media.calls
    ended = exchange.effects[-1]
    assert isinstance(ended, Observed)
    assert (ended.event, ended.detail["why"], ended.detail["caller_packets"]) == ("ended", "bye", 3)


def test_the_same_phone_may_test_again(exchange: Exchange, asha: Flow) -> None:
    for _ in range(3):
        assert Test(exchange, asha).acknowledge().say("BYE") == [200]


def test_two_phones_may_test_at_once(exchange: Exchange, asha: Flow) -> None:
    Test(exchange, asha)
    Test(exchange, exchange.registered(BEN, host=OTHER))
    assert len(exchange.media.calls) == 2


def test_an_invite_that_comes_twice_is_answered_twice_and_heard_once(exchange: Exchange, asha: Flow) -> None:
    test = Test(exchange, asha)
    exchange.say(asha, test.invite)
    [again] = exchange.heard(asha)
    assert again.encode() == test.accepted.encode()
    assert len(exchange.media.calls) == 1


def test_update_and_a_new_offer_are_answered(exchange: Exchange, asha: Flow) -> None:
    test = Test(exchange, asha).acknowledge()
    assert test.say("UPDATE") == [200]
    for method in ("UPDATE", "INVITE"):
        exchange.say(asha, test.inside(method, cseq=3, body=OFFER))
        [answered] = exchange.heard(asha)
        assert parse_answer(answered.body).port == parse_answer(test.accepted.body).port
    assert len(exchange.media.calls) == 1


def test_a_cancel_comes_too_late_and_is_answered(exchange: Exchange, asha: Flow) -> None:
    test = Test(exchange, asha)
    fields = [(name, test.invite.headers.get(name) or "") for name in ("Via", "From", "To", "Call-ID")]
    fields += [("CSeq", "1 CANCEL"), ("Max-Forwards", "70")]
    exchange.say(asha, Request("CANCEL", test.invite.uri, Headers(fields)))
    assert exchange.statuses(asha) == [200]
    assert exchange.engine.calls == 1


def test_the_echo_says_what_it_can(exchange: Exchange, asha: Flow) -> None:
    exchange.say(asha, request("OPTIONS", ECHO, caller=ASHA, callee="echo"))
    [answered] = exchange.heard(asha)
    assert (answered.status, answered.headers.get("Allow")) == (200, ALLOW)


# The end


def test_after_two_minutes_the_echo_hangs_up(exchange: Exchange, asha: Flow) -> None:
    test = Test(exchange, asha).acknowledge()
    exchange.wait(LONGEST_ECHO - 1)
    assert exchange.heard(asha) == []
    exchange.wait(1)
    [bye] = exchange.heard(asha)
    assert (bye.method, bye.call_id) == ("BYE", test.invite.call_id)
    assert (bye.from_.tag, bye.to.tag) == (test.accepted.to.tag, test.invite.from_.tag)
    assert bye.uri == f"sip:{ASHA}@phone.invalid"
    assert not exchange.media.calls
    exchange.say(asha, response_to(bye, 200))
    assert exchange.heard(asha) == []
    assert test.say("BYE") == [481]


def test_an_answer_that_nobody_acknowledges_ends(exchange: Exchange, asha: Flow) -> None:
    Test(exchange, asha)
    exchange.wait(TIMER_B)
    assert exchange.statuses(asha) == ["BYE"]
    assert not exchange.media.calls


def test_silence_ends_it(exchange: Exchange, asha: Flow) -> None:
    exchange.media.now = exchange.now
    test = Test(exchange, asha).acknowledge()
    [relay_id] = exchange.media.calls
    assert not test.relayed.silent(exchange.now + CLOSE_AFTER - 1)
    assert test.relayed.silent(exchange.now + CLOSE_AFTER)
    exchange.take(exchange.engine.media_silent(relay_id))
    assert exchange.statuses(asha) == ["BYE"]
    assert exchange.engine.calls == 0


def test_a_blocked_phone_hears_itself_no_longer(exchange: Exchange, asha: Flow) -> None:
    Test(exchange, asha).acknowledge()
    exchange.take(exchange.engine.expel(asha, exchange.now))
    assert not exchange.media.calls
    assert exchange.engine.calls == 0


def test_a_phone_that_reconnects_goes_on_and_can_hang_up(exchange: Exchange, asha: Flow) -> None:
    test = Test(exchange, asha).acknowledge()
    exchange.lose(asha)
    test.flow = exchange.registered(ASHA, host=OTHER)
    assert test.relayed.legs[Side.CALLER].hosts == {OTHER}
    assert test.say("BYE") == [200]
    assert exchange.engine.calls == 0


# What is refused


def test_who_is_not_registered_has_no_echo(exchange: Exchange) -> None:
    flow = exchange.flow(ASHA)
    exchange.say(flow, call())
    assert exchange.statuses(flow) == [403]


def test_another_connection_than_the_registered_one_has_no_echo(exchange: Exchange, asha: Flow) -> None:
    second = exchange.flow(ASHA, host=OTHER)
    exchange.say(second, call())
    assert exchange.statuses(second) == [403]
    assert not exchange.media.calls


def test_one_echo_for_each_phone(exchange: Exchange, asha: Flow) -> None:
    Test(exchange, asha)
    exchange.say(asha, call())
    assert exchange.statuses(asha) == [486]
    assert len(exchange.media.calls) == 1


def test_echoes_are_begun_no_more_often_than_calls() -> None:
    exchange = Exchange(Config(invites_burst=3, invites_per_minute=6))
    asha = exchange.registered(ASHA)
    exchange.registered(BEN)
    for _ in range(2):
        assert Test(exchange, asha).acknowledge().say("BYE") == [200]
    exchange.say(asha, invite(ASHA, BEN))  # from the same bucket
    assert exchange.statuses(asha) == [100]
    exchange.say(asha, call())
    [refused] = exchange.heard(asha)
    assert (refused.status, refused.headers.get("Retry-After")) == (503, "10")


def test_a_new_offer_takes_from_the_same_bucket() -> None:
    exchange = Exchange(Config(invites_burst=2, invites_per_minute=6))
    test = Test(exchange, exchange.registered(ASHA)).acknowledge()
    assert test.say("UPDATE", body=OFFER) == [200]
    assert test.say("UPDATE", cseq=3, body=OFFER) == [503]


def test_without_a_free_port_there_is_no_echo(exchange: Exchange, asha: Flow) -> None:
    exchange.media.full = True
    exchange.say(asha, call())
    assert exchange.statuses(asha) == [503]
    exchange.media.full = False
    Test(exchange, asha)


def test_a_stolen_name_is_refused_with_an_alarm(exchange: Exchange, asha: Flow) -> None:
    exchange.say(asha, call(claim=BEN))
    assert exchange.statuses(asha) == [403]
    assert exchange.alarms() == ["identity-refused"]


BAD_OFFERS = {
    "no key": ANSWER,
    "no body": b"",
    "two keys": OFFER.replace(b"m=audio", b"a=key-mgmt:mikey AAAA\r\nm=audio"),
    "in clear": OFFER.replace(b"RTP/SAVP", b"RTP/AVP"),
    "other keys": OFFER + b"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAAA\r\n",
    "on hold": OFFER.replace(b"a=sendrecv", b"a=sendonly"),
    "nonsense": b"v=0",
}


@pytest.mark.parametrize("body", BAD_OFFERS.values(), ids=BAD_OFFERS.keys())
def test_an_offer_outside_the_profile_is_refused(exchange: Exchange, asha: Flow, body: bytes) -> None:
    exchange.say(asha, call(body=body))
    assert exchange.statuses(asha) == [488]
    assert not exchange.media.calls
    test = Test(exchange, asha).acknowledge()
    if body:
        assert test.say("UPDATE", body=body) == [488]
    assert test.say("INVITE", cseq=3, body=body) == [488]
    assert len(exchange.media.calls) == 1


@pytest.mark.parametrize(
    ("method", "status"),
    [("BYE", 481), ("UPDATE", 481), ("CANCEL", 481), ("PRACK", 481), ("MESSAGE", 405), ("REFER", 405)],
)
def test_requests_outside_an_echo_are_refused(
    exchange: Exchange, asha: Flow, method: str, status: int
) -> None:
    exchange.say(asha, request(method, ECHO, caller=ASHA, callee="echo", to_tag="x"))
    assert exchange.statuses(asha) == [status]


def test_an_ack_is_never_answered(exchange: Exchange, asha: Flow) -> None:
    exchange.say(asha, request("ACK", ECHO, caller=ASHA, callee="echo", to_tag="x"))
    exchange.say(asha, request("ACK", ECHO, caller=BEN, callee="echo", to_tag="x"))
    assert exchange.statuses(asha) == []


@pytest.mark.parametrize(
    "changes", [{"call_id": "other"}, {"from_tag": "other"}, {"to_tag": "other"}, {"to_tag": ""}]
)
def test_a_bye_of_another_dialog_ends_nothing(
    exchange: Exchange, asha: Flow, changes: dict[str, str]
) -> None:
    assert Test(exchange, asha).acknowledge().say("BYE", **changes) == [481]
    assert exchange.engine.calls == 1


def test_nobody_ends_anothers_echo(exchange: Exchange, asha: Flow) -> None:
    test = Test(exchange, asha).acknowledge()
    ben = exchange.registered(BEN, host=OTHER)
    exchange.say(ben, test.inside("BYE", caller=BEN))
    exchange.say(ben, test.inside("BYE"))
    assert exchange.statuses(ben) == [481, 403]
    assert exchange.engine.calls == 1


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"from_tag": ""}, 400),
        ({"extra": (("Contact", f"<sip:{ASHA}@two.invalid>"),)}, 400),
        ({"extra": (("Require", "100rel"),)}, 420),
        ({"extra": (("Proxy-Require", "x"),)}, 420),
        ({"via": "SIP/2.0/TLS sv.example;branch=z9hG4bKloop"}, 482),
    ],
)
def test_an_impossible_invite_is_refused(
    exchange: Exchange, asha: Flow, changes: dict[str, Any], status: int
) -> None:
    exchange.say(asha, call(**changes))
    assert exchange.statuses(asha) == [status]
    assert not exchange.media.calls


@pytest.mark.parametrize(
    "uri", ["sip:echo@other.example", "tel:+44163", "sip:echoes@sv.example", "sip:echo%20@sv.example"]
)
def test_only_our_own_echo_answers(exchange: Exchange, asha: Flow, uri: str) -> None:
    exchange.say(asha, call(uri=uri))
    assert exchange.statuses(asha) in ([404], [400], [416])
    assert not exchange.media.calls


# To nobody else


def test_only_the_far_end_of_the_phones_own_connection_is_echoed(exchange: Exchange, asha: Flow) -> None:
    """The address in the offer is somebody else's: neither he nor anybody else hears anything."""
    test = Test(exchange, asha, body=offer(OTHER, 40000, I_MESSAGE)).acknowledge()
    now = exchange.now
    assert test.relayed.receive(Side.CALLER, PACKET, (OTHER, 40000), now) is None
    assert test.relayed.receive(Side.CALLER, PACKET, (HOST, 5000), now) == (HOST, 5000)
    assert test.relayed.receive(Side.CALLER, PACKET, (OTHER, 5000), now) is None
    assert test.relayed.legs[Side.CALLER].refused == 2


def test_a_new_offer_points_the_echo_at_nobody_either(exchange: Exchange, asha: Flow) -> None:
    test = Test(exchange, asha).acknowledge()
    assert test.say("UPDATE", body=offer(OTHER, 40000, I_MESSAGE)) == [200]
    assert test.relayed.receive(Side.CALLER, PACKET, (OTHER, 40000), exchange.now) is None


@settings(max_examples=100)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([HOST, OTHER, "203.0.113.1", "224.0.0.1", "255.255.255.255"]),
            st.integers(1, 65535),
            st.binary(max_size=MAX_PACKET + 10),
            st.floats(0, 5),
        ),
        max_size=30,
    )
)
def test_whatever_comes_goes_to_the_phone_that_sent_it_or_nowhere(
    packets: list[tuple[str, int, bytes, float]],
) -> None:
    relayed = RelayedCall.begin(0.0, echo=True)
    relayed.expect(Side.CALLER, frozenset({HOST}))
    now = sent = got = 0.0
    for host, port, packet, passed in packets:
        now += passed
        got += len(packet)
        target = relayed.receive(Side.CALLER, packet, (host, port), now)
        if target is not None:
            sent += len(packet)
            assert target == (host, port)
            assert host == HOST
    assert sent <= got


def test_another_port_of_the_host_waits_until_the_first_is_silent() -> None:
    relayed = RelayedCall.begin(0.0, echo=True)
    relayed.expect(Side.CALLER, frozenset({HOST}))
    assert relayed.receive(Side.CALLER, PACKET, (HOST, 1), 0.0) == (HOST, 1)
    assert relayed.receive(Side.CALLER, PACKET, (HOST, 2), RELATCH_AFTER - 0.1) is None
    assert relayed.receive(Side.CALLER, PACKET, (HOST, 2), RELATCH_AFTER) == (HOST, 2)


def test_no_faster_than_a_voice() -> None:
    relayed = RelayedCall.begin(0.0, echo=True)
    relayed.expect(Side.CALLER, frozenset({HOST}))
    echoed = sum(relayed.receive(Side.CALLER, PACKET, (HOST, 1), 1.0) is not None for _ in range(5000))
    assert echoed == PACKETS.burst


# Over real sockets


@pytest.fixture
def registered(site: Site, office: Office) -> Desk:
    desk = Desk(site.phone(office.cards[0]))
    phone = desk._phone
    phone.line.settimeout(10)
    assert phone.ask(phone.register()).status == 200
    phone.line.settimeout(0.01)
    return desk


def test_a_user_agent_hears_itself_through_the_server(site: Site, registered: Desk) -> None:
    agent = registered.agent
    with udp() as voice, udp() as stranger, udp("127.0.0.9") as thief:
        agent.invite(
            "sip:echo@sv.example;user=phone", offer(LOOPBACK, voice.getsockname()[1], I_MESSAGE), 0.0
        )
        accepted = registered.until(Accepted)
        assert isinstance(accepted, Accepted)
        registered.flush()
        there = parse_answer(accepted.sdp)
        place = (there.address, there.port)
        thief.sendto(PACKET, place)
        for n in range(20):
            packet = PACKET + bytes([n])
            voice.sendto(packet, place)
            assert voice.recvfrom(2000) == (packet, place)
        stranger.sendto(PACKET, place)
        voice.sendto(PACKET, place)
        assert voice.recv(2000) == PACKET
        for deaf in (stranger, thief):
            deaf.setblocking(False)
            with pytest.raises(BlockingIOError):
                deaf.recv(2000)
        [relayed] = site.crs.switchboard.relay.calls.values()
        assert (relayed.legs[Side.CALLER].packets, relayed.legs[Side.CALLER].refused) == (21, 2)
        until(lambda: site.packets[-1] == PACKET, "the last packet at the observer")
        [handle] = agent.calls
        agent.hang_up(handle, 0.0)
        registered.until(Ended)
        until(lambda: not site.crs.switchboard.relay.calls, "the end of the echo")


def test_the_server_hangs_up_and_the_user_agent_understands(site: Site, registered: Desk) -> None:
    with udp() as voice:
        sdp = offer(LOOPBACK, voice.getsockname()[1], I_MESSAGE)
        registered.agent.invite("sip:echo@sv.example;user=phone", sdp, 0.0)
        registered.until(Accepted)
        registered.flush()
        until(lambda: _acknowledged(site), "the ACK")
        site.turn(CLOSE_AFTER)
        registered.until(Ended)
        assert site.crs.switchboard.engine.calls == 0


def _acknowledged(site: Site) -> bool:
    return all(echo.acknowledged for echo in site.crs.switchboard.engine._echoes._echoes.values())


def test_a_test_call_leaves_no_number_in_the_log(site: Site, office: Office) -> None:
    phone = site.registered(office.cards[0])
    response = phone.ask(phone.invite("echo"))
    assert response.status == 200
    assert [entry.event for entry in site.log()] == ["media-loaded", "started"]


def test_stopping_the_server_closes_the_echo(office: Office, tmp_path: Path) -> None:
    site = Site(office, tmp_path / "crs")
    site.enrol_all()
    with site:
        phone = site.registered(office.cards[0])
        assert phone.ask(phone.invite("echo")).status == 200
        assert len(site.crs.switchboard.relay) == 1
    assert len(site.crs.switchboard.relay) == 0


def test_a_register_for_the_echo_is_refused(exchange: Exchange, asha: Flow) -> None:
    exchange.say(asha, register(ASHA, callee="echo"))
    [refused] = exchange.heard(asha)
    assert refused.status == 403
    assert re.fullmatch(r"Identity.*", refused.reason)
