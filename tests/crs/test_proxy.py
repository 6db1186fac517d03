"""Calls through the proxy: where every message goes, and who is there."""

from __future__ import annotations

import pytest

from crs.config import Config
from sip.sdp import answer, offer, parse_answer, parse_offer
from tests.crs.exchange import Exchange, Talk, reply
from tests.crs.office import ASHA, BEN, NOBODY
from tests.crs.phone import ANSWER, I_MESSAGE, OFFER, invite, request

# The call that works


def test_an_invite_reaches_the_callee_with_his_contact_and_our_route(talk: Talk) -> None:
    seen = talk.begin().seen
    assert seen.uri == f"sip:{BEN}@phone.invalid;transport=tls;ob"
    assert seen.headers.get("Max-Forwards") == "69"
    assert [route.text for route in seen.record_routes] == ["sip:sv.example;transport=tls;lr"]
    assert [via.sent_by for via in seen.via] == ["sv.example", "phone.invalid"]


def test_the_offer_points_at_the_relay_and_keeps_its_key(talk: Talk) -> None:
    session = parse_offer(talk.begin().seen.body)
    assert (session.address, session.port) == ("203.0.113.1", 20001)
    assert session.mikey == I_MESSAGE


def test_the_answer_points_at_the_other_port_of_the_relay(talk: Talk) -> None:
    talk.begin().ring()
    talk.exchange.say(talk.callee, talk.answer(200, body=ANSWER))
    (accepted,) = talk.exchange.heard(talk.caller)
    session = parse_answer(accepted.body)
    assert (session.address, session.port) == ("203.0.113.1", 20000)
    assert [via.sent_by for via in accepted.via] == ["phone.invalid"]


def test_an_advertised_address_takes_the_place_of_the_local_one() -> None:
    exchange = Exchange(Config(advertise="203.0.113.99"))
    talk = Talk(exchange, exchange.registered(ASHA), exchange.registered(BEN)).begin()
    assert parse_offer(talk.seen.body).address == "203.0.113.99"


def test_media_is_expected_from_where_each_phone_is(talk: Talk) -> None:
    talk.begin().ring().lift()
    (call,) = talk.exchange.media.calls.values()
    assert [leg.hosts for leg in call.legs.values()] == [
        {"198.51.100.1", "192.0.2.1"},
        {"198.51.100.2", "192.0.2.2"},
    ]


def test_an_acknowledgement_reaches_the_callee(talk: Talk) -> None:
    talk.begin().ring().lift()


@pytest.mark.parametrize("by_caller", [True, False])
def test_either_side_hangs_up_and_the_relay_closes(talk: Talk, by_caller: bool) -> None:
    talk.begin().ring().lift()
    by, other = (talk.caller, talk.callee) if by_caller else (talk.callee, talk.caller)
    talk.exchange.say(by, talk.inside("BYE", by=by))
    (bye,) = talk.exchange.heard(other)
    assert bye.routes == ()
    assert talk.exchange.engine.calls == 1
    talk.exchange.say(other, reply(bye, 200))
    assert talk.exchange.statuses(by) == [200]
    assert talk.exchange.engine.calls == 0
    assert talk.exchange.media.calls == {}


def test_an_update_without_offer_refreshes_the_session(talk: Talk) -> None:
    talk.begin().ring().lift()
    talk.exchange.say(talk.caller, talk.inside("UPDATE"))
    (update,) = talk.exchange.heard(talk.callee)
    talk.exchange.say(talk.callee, reply(update, 200))
    assert talk.exchange.statuses(talk.caller) == [200]
    assert talk.exchange.engine.calls == 1


@pytest.mark.parametrize("method", ["INVITE", "UPDATE"])
def test_a_new_offer_within_the_call_keeps_the_ports_of_each_side(talk: Talk, method: str) -> None:
    talk.begin().ring().lift()
    talk.exchange.say(talk.callee, talk.inside(method, by=talk.callee, body=OFFER))
    (renewed,) = [message for message in talk.exchange.heard(talk.caller) if message.body]
    assert parse_offer(renewed.body).port == 20000
    talk.exchange.say(talk.caller, reply(renewed, 200, body=ANSWER))
    accepted = talk.exchange.heard(talk.callee)[-1]
    assert parse_answer(accepted.body).port == 20001


def test_a_call_goes_on_over_the_connection_that_a_phone_has_by_now(talk: Talk) -> None:
    talk.begin().ring().lift()
    talk.exchange.lose(talk.callee)
    again = talk.exchange.registered(BEN, host="198.51.100.77")
    talk.exchange.say(talk.caller, talk.inside("BYE"))
    assert talk.exchange.statuses(again) == ["BYE"]
    (call,) = talk.exchange.media.calls.values()
    assert [leg.hosts for leg in call.legs.values()][1] == {"198.51.100.77", "192.0.2.2"}


def test_options_to_the_server_itself_are_answered(exchange: Exchange) -> None:
    flow = exchange.registered(ASHA)
    exchange.say(flow, request("OPTIONS", "sip:sv.example", caller=ASHA, callee=ASHA))
    assert exchange.statuses(flow) == [200]


@pytest.mark.parametrize("by_caller", [True, False])
def test_a_call_is_held_and_taken_up_again_through_the_relay(talk: Talk, by_caller: bool) -> None:
    talk.begin().ring().lift()
    by, other = (talk.caller, talk.callee) if by_caller else (talk.callee, talk.caller)
    steps = [("sendonly", "recvonly"), ("inactive", "inactive"), ("recvonly", "sendonly")]
    for number, (asked, agreed) in enumerate([*steps, ("sendrecv", "sendrecv")]):
        body = offer("192.0.2.1", 40000, I_MESSAGE, session_id=1, version=2 + number, direction=asked)
        talk.exchange.say(by, talk.inside("UPDATE", by=by, cseq=2 + number, body=body))
        (update,) = talk.exchange.heard(other)
        seen = parse_offer(update.body)
        assert (seen.direction, seen.mikey) == (asked, I_MESSAGE)
        assert seen.port == (20001 if by_caller else 20000)
        talk.exchange.say(other, reply(update, 200, body=answer("192.0.2.2", 41000, direction=agreed)))
        (accepted,) = talk.exchange.heard(by)
        assert (accepted.status, parse_answer(accepted.body).direction) == (200, agreed)
    assert talk.exchange.engine.calls == 1
    assert talk.exchange.alarms() == []


def test_two_who_hold_at_once_are_told_so_by_each_other(talk: Talk) -> None:
    talk.begin().ring().lift()
    sides = (talk.caller, talk.callee)
    held = offer("192.0.2.1", 40000, I_MESSAGE, session_id=1, version=2, direction="sendonly")
    for side in sides:
        talk.exchange.say(side, talk.inside("UPDATE", by=side, body=held))
    updates = {side: talk.exchange.heard(side) for side in sides}
    for side in sides:
        talk.exchange.say(side, reply(updates[side][0], 491))
    assert [talk.exchange.statuses(side) for side in sides] == [[491], [491]]
    assert talk.exchange.engine.calls == 1


# Who is there


def test_a_number_that_nobody_has_and_one_that_is_switched_off_look_alike(exchange: Exchange) -> None:
    caller = exchange.registered(ASHA)
    off = exchange.registered(BEN)
    exchange.lose(off)
    answers = []
    for callee in (NOBODY, BEN):
        exchange.say(caller, invite(ASHA, callee, call_id=callee))
        (answer,) = exchange.heard(caller)
        answers.append((answer.status, answer.reason, [name for name, _ in answer.headers], answer.body))
    assert answers[0] == answers[1]
    assert answers[0][0] == 480


@pytest.mark.parametrize("method", ["OPTIONS", "MESSAGE", "SUBSCRIBE", "REFER", "INFO", "UPDATE", "BYE"])
def test_no_other_request_tells_whether_a_number_exists(exchange: Exchange, method: str) -> None:
    caller = exchange.registered(ASHA)
    exchange.registered(BEN)
    for callee in (BEN, NOBODY):
        exchange.say(caller, request(method, f"sip:{callee}@sv.example", caller=ASHA, callee=callee))
    first, second = exchange.statuses(caller)
    assert first == second
    assert first in (405, 481)


def test_a_foreign_domain_is_not_served(exchange: Exchange) -> None:
    caller = exchange.registered(ASHA)
    exchange.say(caller, invite(ASHA, BEN, uri=f"sip:{BEN}@other.example"))
    assert exchange.statuses(caller) == [404]


def test_a_phone_that_calls_itself_is_busy(exchange: Exchange) -> None:
    caller = exchange.registered(ASHA)
    exchange.say(caller, invite(ASHA, ASHA))
    assert exchange.statuses(caller) == [486]


# Strays


@pytest.mark.parametrize("what", ["branch", "call", "sequence", "tag", "via"])
def test_a_response_that_answers_nothing_of_ours_is_dropped(talk: Talk, what: str) -> None:
    talk.begin()
    response = talk.answer(180)
    vias = response.headers.elements("Via")
    headers = {
        "branch": response.headers.set("Via", "SIP/2.0/TLS sv.example;branch=z9hG4bKguess"),
        "call": response.headers.set("Call-ID", "other"),
        "sequence": response.headers.set("CSeq", "7 INVITE"),
        "tag": response.headers.set("From", f"<sip:{ASHA}@sv.example>;tag=other"),
        "via": response.headers.remove("Via").add("Via", vias[0]),
    }[what]
    talk.exchange.say(talk.callee, response.with_headers(headers))
    assert talk.exchange.heard(talk.caller) == []


def test_a_cancel_of_nothing(exchange: Exchange) -> None:
    talk = Talk(exchange, exchange.registered(ASHA), exchange.registered(BEN))
    talk.invite = invite(ASHA, BEN)
    exchange.say(talk.caller, talk.cancel())
    assert exchange.statuses(talk.caller) == [481]


def test_an_acknowledgement_of_nothing_goes_nowhere(exchange: Exchange) -> None:
    caller = exchange.registered(ASHA)
    exchange.registered(BEN)
    exchange.say(caller, request("ACK", f"sip:{BEN}@sv.example", caller=ASHA, callee=BEN, to_tag="x"))
    assert exchange.heard(caller) == []


def test_an_invite_without_tag_is_refused(exchange: Exchange) -> None:
    caller = exchange.registered(ASHA)
    exchange.registered(BEN)
    exchange.say(caller, invite(ASHA, BEN, from_tag=""))
    assert exchange.statuses(caller) == [400]


# What an observer sees


def test_what_the_observer_sees_of_a_call(talk: Talk) -> None:
    talk.begin().ring().lift()
    talk.exchange.say(talk.caller, talk.inside("BYE"))
    talk.exchange.lose(talk.callee)
    assert talk.exchange.observed() == [
        "registered", "registered", "invite", "answered", "unregistered", "ended",
    ]  # fmt: skip


def test_the_observer_sees_no_key(talk: Talk) -> None:
    talk.begin().ring().lift()
    seen = repr([effect for effect in talk.exchange.effects if type(effect).__name__ == "Observed"])
    assert "mikey" not in seen
    assert offer("192.0.2.1", 1, I_MESSAGE).decode().split("mikey ")[1][:40] not in seen
