"""Calls through the proxy: where every message goes, and what never gets through."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from crs.allowances import CALLS_PER_PHONE, RENEWALS, TRANSACTIONS_PER_PHONE
from crs.config import Config
from crs.effects import Identity
from crs.transactions import LONGEST_RINGING, TIMER_B, TIMER_C
from sip.sdp import answer, offer, parse_answer, parse_offer
from tests.crs.exchange import Exchange, Talk, reply
from tests.crs.office import ANSWER, ASHA, BEN, I_MESSAGE, NOBODY, OFFER, invite, register, request


@pytest.fixture
def exchange() -> Exchange:
    return Exchange()


@pytest.fixture
def talk(exchange: Exchange) -> Talk:
    """Asha calls Ben; nothing has been said yet."""
    return Talk(exchange, exchange.registered(ASHA), exchange.registered(BEN, host="198.51.100.2"))


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


# False identities


@pytest.mark.parametrize(
    "changes",
    [
        {"claim": BEN},
        {"claim": NOBODY},
        {"domain": "other.example"},
        {"extra": (("P-Asserted-Identity", f"<sip:{BEN}@sv.example>"),)},
        {"extra": (("P-Preferred-Identity", f"<sip:{BEN}@sv.example>"),)},
        {"extra": (("Remote-Party-ID", f"<sip:{BEN}@sv.example>"),)},
        {"extra": (("P-Asserted-Identity", f"<sip:{ASHA}@sv.example>, <tel:{BEN}>"),)},
    ],
    ids=["From", "nobody", "other domain", "asserted", "preferred", "remote party", "second asserted"],
)
def test_a_false_identity_is_refused_and_raises_an_alarm(talk: Talk, changes: dict[str, Any]) -> None:
    exchange = talk.exchange
    exchange.say(talk.caller, invite(ASHA, BEN, **changes))
    assert exchange.statuses(talk.caller) == [403]
    assert exchange.alarms() == ["identity-refused"]
    assert exchange.heard(talk.callee) == []


def test_a_true_assertion_is_not_passed_on(talk: Talk) -> None:
    talk.begin(extra=(("P-Asserted-Identity", f"<sip:{ASHA}@sv.example>"),))
    assert "P-Asserted-Identity" not in talk.seen.headers


def test_an_assertion_in_a_response_is_not_passed_on(talk: Talk) -> None:
    talk.begin()
    claim = ("P-Asserted-Identity", f"<sip:{NOBODY}@sv.example>")
    talk.exchange.say(talk.callee, talk.answer(180, extra=(claim,)))
    (ringing,) = talk.exchange.heard(talk.caller)
    assert "P-Asserted-Identity" not in ringing.headers


@pytest.mark.parametrize("method", ["BYE", "UPDATE", "INVITE", "ACK"])
def test_a_third_phone_cannot_speak_in_a_call(talk: Talk, method: str) -> None:
    talk.begin().ring().lift()
    third = talk.exchange.registered(NOBODY)
    message = talk.inside(method, caller=NOBODY, body=OFFER if method == "INVITE" else b"")
    talk.exchange.say(third, message)
    assert talk.exchange.statuses(third) == ([] if method == "ACK" else [481])
    assert talk.exchange.heard(talk.callee) == talk.exchange.heard(talk.caller) == []
    assert talk.exchange.engine.calls == 1


def test_a_third_phone_cannot_answer_for_the_callee(talk: Talk) -> None:
    talk.begin()
    third = talk.exchange.registered(NOBODY)
    talk.exchange.say(third, talk.answer(200, body=ANSWER))
    assert talk.exchange.heard(talk.caller) == []


def test_a_third_phone_cannot_cancel_a_call(talk: Talk) -> None:
    talk.begin().ring()
    third = talk.exchange.registered(NOBODY)
    cancel = talk.cancel()
    headers = cancel.headers.set("From", f"<sip:{NOBODY}@sv.example>;tag=from")
    talk.exchange.say(third, cancel.with_headers(headers))
    assert talk.exchange.statuses(third) == [481]
    assert talk.exchange.heard(talk.callee) == []


# Downgrades

DOWNGRADES = {
    "a=crypto": OFFER + b"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAAA\r\n",
    "RTP/AVP": OFFER.replace(b"RTP/SAVP", b"RTP/AVP"),
    "no key-mgmt": b"".join(line for line in OFFER.splitlines(True) if b"key-mgmt" not in line),
    "two key-mgmt": OFFER + b"a=key-mgmt:mikey AAAA\r\n",
    "fingerprint": OFFER + b"a=fingerprint:sha-256 00\r\n",
    "second stream": OFFER + b"m=video 4 RTP/AVP 97\r\n",
    "another codec": OFFER.replace(b"opus/48000/2", b"PCMU/8000"),
    "not SDP": b"hello",
    "nothing": b"",
}


@pytest.mark.parametrize("body", DOWNGRADES.values(), ids=DOWNGRADES)
def test_a_downgraded_offer_is_refused(talk: Talk, body: bytes) -> None:
    talk.exchange.say(talk.caller, invite(ASHA, BEN, body=body))
    assert talk.exchange.statuses(talk.caller) == [488]
    assert talk.exchange.heard(talk.callee) == []
    assert talk.exchange.media.calls == {}
    assert talk.exchange.alarms() == ["downgrade-refused"]


@pytest.mark.parametrize("body", DOWNGRADES.values(), ids=DOWNGRADES)
@pytest.mark.parametrize("method", ["INVITE", "UPDATE"])
def test_a_downgraded_offer_within_the_call_is_refused(talk: Talk, method: str, body: bytes) -> None:
    if method == "UPDATE" and not body:
        return  # a session refresh
    talk.begin().ring().lift()
    talk.exchange.say(talk.callee, talk.inside(method, by=talk.callee, body=body))
    assert talk.exchange.statuses(talk.callee) == [488]
    assert talk.exchange.heard(talk.caller) == []
    assert talk.exchange.engine.calls == 1


BAD_ANSWERS = {
    "a=crypto": ANSWER + b"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAAA\r\n",
    "RTP/AVP": ANSWER.replace(b"RTP/SAVP", b"RTP/AVP"),
    "key-mgmt": ANSWER + b"a=key-mgmt:mikey AAAA\r\n",
    "fingerprint": ANSWER + b"a=fingerprint:sha-256 00\r\n",
    "nothing": b"",
}


@pytest.mark.parametrize("body", BAD_ANSWERS.values(), ids=BAD_ANSWERS)
def test_a_downgraded_answer_ends_the_call_on_both_sides(talk: Talk, body: bytes) -> None:
    talk.begin().ring()
    talk.exchange.say(talk.callee, talk.answer(200, body=body))
    assert talk.exchange.statuses(talk.caller) == [488]
    ack, bye = talk.exchange.heard(talk.callee)
    assert (ack.method, bye.method) == ("ACK", "BYE")
    assert bye.uri == f"sip:{BEN}@callee.invalid"
    assert bye.to.tag == "to"
    assert talk.exchange.engine.calls == 0
    assert talk.exchange.media.calls == {}
    assert talk.exchange.alarms() == ["downgrade-refused"]


def test_a_downgraded_early_answer_ends_the_call(talk: Talk) -> None:
    talk.begin()
    talk.exchange.say(talk.callee, talk.answer(183, body=BAD_ANSWERS["RTP/AVP"]))
    assert talk.exchange.statuses(talk.caller) == [488]
    assert talk.exchange.statuses(talk.callee) == ["CANCEL"]
    assert talk.exchange.engine.calls == 0


def test_an_offer_in_disguise_is_refused(talk: Talk) -> None:
    message = invite(ASHA, BEN)
    for headers in (
        message.headers.set("Content-Type", "multipart/mixed;boundary=x"),
        message.headers.add("Content-Encoding", "gzip"),
    ):
        talk.exchange.say(talk.caller, message.with_headers(headers))
        assert talk.exchange.statuses(talk.caller) == [415]
    assert talk.exchange.heard(talk.callee) == []


@pytest.mark.parametrize("method", ["BYE", "PRACK"])
def test_a_body_where_none_belongs_is_refused(talk: Talk, method: str) -> None:
    talk.begin().ring().lift()
    talk.exchange.say(talk.caller, talk.inside(method, body=OFFER))
    assert talk.exchange.statuses(talk.caller) == [415]
    assert talk.exchange.heard(talk.callee) == []


def test_an_acknowledgement_with_a_body_goes_nowhere(talk: Talk) -> None:
    talk.begin().ring().lift()
    talk.exchange.say(talk.caller, talk.inside("ACK", cseq=1, body=OFFER))
    assert talk.exchange.heard(talk.callee) == []


def test_the_body_of_a_refusal_is_not_passed_on(talk: Talk) -> None:
    talk.begin()
    talk.exchange.say(talk.callee, talk.answer(486, body=b"my diary"))
    (busy,) = talk.exchange.heard(talk.caller)
    assert (busy.status, busy.body) == (486, b"")
    assert "Content-Type" not in busy.headers


# Refusing, cancelling, giving up


def test_a_refusal_is_acknowledged_passed_on_and_closes_the_relay(talk: Talk) -> None:
    talk.begin().ring()
    talk.exchange.say(talk.callee, talk.answer(486))
    assert talk.exchange.statuses(talk.callee) == ["ACK"]
    assert talk.exchange.statuses(talk.caller) == [486]
    assert talk.exchange.media.calls == {}
    talk.exchange.say(talk.caller, replace(talk.cancel(), method="ACK").with_headers(_ack_headers(talk)))
    assert talk.exchange.heard(talk.callee) == []


def _ack_headers(talk: Talk) -> Any:
    return talk.cancel().headers.set("CSeq", "1 ACK")


def test_cancelling_a_ringing_call(talk: Talk) -> None:
    talk.begin().ring()
    talk.exchange.say(talk.caller, talk.cancel())
    assert talk.exchange.statuses(talk.caller) == [200]
    (cancel,) = talk.exchange.heard(talk.callee)
    assert cancel.method == "CANCEL"
    assert cancel.branch == talk.seen.branch
    assert cancel.uri == talk.seen.uri
    talk.exchange.say(talk.callee, talk.answer(487))
    assert talk.exchange.statuses(talk.caller) == [487]
    assert talk.exchange.statuses(talk.callee) == ["ACK"]
    assert talk.exchange.engine.calls == 0


def test_cancelling_waits_for_a_first_sign_of_the_callee(talk: Talk) -> None:
    talk.begin()
    talk.exchange.say(talk.caller, talk.cancel())
    assert talk.exchange.heard(talk.callee) == []
    talk.exchange.say(talk.callee, talk.answer(180))
    assert talk.exchange.statuses(talk.callee) == ["CANCEL"]


def test_cancelling_a_callee_that_says_nothing_any_more(talk: Talk) -> None:
    talk.begin().ring()
    talk.exchange.say(talk.caller, talk.cancel())
    talk.exchange.wait(TIMER_B)
    assert talk.exchange.statuses(talk.caller) == [200, 487]
    assert talk.exchange.engine.calls == 0


def test_the_answer_to_our_own_cancel_is_not_passed_on(talk: Talk) -> None:
    talk.begin().ring()
    talk.exchange.say(talk.caller, talk.cancel())
    (cancel,) = talk.exchange.heard(talk.callee)
    talk.exchange.say(talk.callee, reply(cancel, 200))
    assert talk.exchange.statuses(talk.caller) == [200]


def test_an_answer_that_crosses_the_end_is_ended(talk: Talk) -> None:
    talk.begin().ring()
    talk.exchange.lose(talk.caller)
    assert talk.exchange.statuses(talk.callee) == ["CANCEL"]
    talk.exchange.say(talk.callee, talk.answer(200, body=ANSWER))
    assert talk.exchange.statuses(talk.callee) == ["ACK", "BYE"]


def test_nobody_answers_a_ringing_phone(talk: Talk) -> None:
    talk.begin().ring()
    talk.exchange.wait(TIMER_C - 1)
    assert talk.exchange.heard(talk.caller) == []
    talk.exchange.wait(1)
    assert talk.exchange.statuses(talk.caller) == [408]
    assert talk.exchange.statuses(talk.callee) == ["CANCEL"]
    assert talk.exchange.media.calls == {}


def test_a_phone_that_rings_without_end_is_cut_off(talk: Talk) -> None:
    talk.begin()
    for _ in range(int(LONGEST_RINGING / 100)):
        talk.exchange.say(talk.callee, talk.answer(180))
        talk.exchange.say(talk.caller, register(ASHA))
        talk.exchange.say(talk.callee, register(BEN))
        talk.exchange.wait(100)
    assert talk.exchange.statuses(talk.caller)[-1] == 408


def test_a_callee_that_never_says_anything(talk: Talk) -> None:
    talk.begin()
    talk.exchange.wait(TIMER_B)
    assert talk.exchange.statuses(talk.caller) == [408]
    assert talk.exchange.heard(talk.callee) == []


def test_a_callee_that_speaks_up_too_late_is_cancelled(talk: Talk) -> None:
    talk.begin()
    talk.exchange.wait(TIMER_B)
    talk.exchange.say(talk.callee, talk.answer(180))
    assert talk.exchange.statuses(talk.callee) == ["CANCEL"]
    talk.exchange.say(talk.callee, talk.answer(487))
    assert talk.exchange.statuses(talk.callee) == ["ACK"]
    assert talk.exchange.statuses(talk.caller) == [408]


def test_the_callees_connection_is_lost_while_it_rings(talk: Talk) -> None:
    talk.begin().ring()
    talk.exchange.lose(talk.callee)
    assert talk.exchange.statuses(talk.caller) == [480]
    assert talk.exchange.media.calls == {}


def test_the_callers_connection_is_lost_while_it_rings(talk: Talk) -> None:
    talk.begin().ring()
    talk.exchange.lose(talk.caller)
    assert talk.exchange.statuses(talk.callee) == ["CANCEL"]
    assert talk.exchange.media.calls == {}


def test_hanging_up_on_a_phone_that_is_gone(talk: Talk) -> None:
    talk.begin().ring().lift()
    talk.exchange.lose(talk.callee)
    talk.exchange.say(talk.caller, talk.inside("BYE"))
    assert talk.exchange.statuses(talk.caller) == [480]
    assert talk.exchange.media.calls == {}


def test_a_phone_is_lost_before_it_answers_a_bye(talk: Talk) -> None:
    talk.begin().ring().lift()
    talk.exchange.say(talk.caller, talk.inside("BYE"))
    talk.exchange.lose(talk.callee)
    assert talk.exchange.statuses(talk.caller) == [480]
    assert talk.exchange.engine.calls == 0


def test_a_bye_that_nobody_answers_ends_the_call_all_the_same(talk: Talk) -> None:
    talk.begin().ring().lift()
    talk.exchange.say(talk.caller, talk.inside("BYE"))
    talk.exchange.wait(TIMER_B)
    assert talk.exchange.engine.calls == 0
    assert talk.exchange.heard(talk.caller) == []


def test_a_silent_relay_ends_the_call(talk: Talk) -> None:
    talk.begin().ring().lift()
    (relay_id,) = talk.exchange.media.calls
    talk.exchange.take(talk.exchange.engine.media_silent(relay_id))
    assert talk.exchange.engine.calls == 0
    talk.exchange.say(talk.caller, talk.inside("BYE"))
    assert talk.exchange.statuses(talk.caller) == [481]


def test_a_blocked_phone_is_taken_out_of_its_call(talk: Talk) -> None:
    talk.begin().ring().lift()
    talk.exchange.take(talk.exchange.engine.expel(talk.callee, talk.exchange.now))
    assert talk.exchange.media.calls == {}
    assert talk.exchange.engine.registered == 1
    (bye,) = talk.exchange.heard(talk.caller)
    assert (bye.method, bye.call_id) == ("BYE", talk.invite.call_id)
    assert (bye.from_.tag, bye.to.tag) == ("to", "from")
    assert bye.request_uri.host == "phone.invalid"
    talk.exchange.say(talk.caller, reply(bye, 200))
    talk.exchange.say(talk.caller, talk.inside("BYE"))
    assert talk.exchange.statuses(talk.caller) == [481]


def test_the_callee_of_a_blocked_caller_is_told_that_the_call_is_over(talk: Talk) -> None:
    talk.begin().ring().lift()
    talk.exchange.take(talk.exchange.engine.expel(talk.caller, talk.exchange.now))
    (bye,) = talk.exchange.heard(talk.callee)
    assert (bye.method, bye.from_.tag, bye.to.tag) == ("BYE", "from", "to")
    assert talk.exchange.media.calls == {}


def test_a_blocked_phone_that_has_no_connection_is_taken_out_of_its_call_too(talk: Talk) -> None:
    talk.begin().ring().lift()
    talk.exchange.lose(talk.callee)
    assert talk.callee.identity in talk.exchange.engine.parties()
    talk.exchange.take(talk.exchange.engine.end_calls(talk.callee.identity, talk.exchange.now))
    assert talk.exchange.statuses(talk.caller) == ["BYE"]
    assert talk.exchange.media.calls == {}


def test_another_card_of_the_same_number_is_not_blocked_with_it(talk: Talk) -> None:
    talk.begin().ring().lift()
    other = Identity(talk.callee.identity.tel, "another")
    assert talk.exchange.engine.end_calls(other, talk.exchange.now) == []
    assert len(talk.exchange.media.calls) == 1


def test_a_blocked_phone_stops_ringing(talk: Talk) -> None:
    talk.begin().ring()
    talk.exchange.take(talk.exchange.engine.expel(talk.callee, talk.exchange.now))
    assert talk.exchange.statuses(talk.caller) == [480]
    assert talk.exchange.media.calls == {}


def test_nothing_is_remembered_for_ever(talk: Talk) -> None:
    talk.begin().ring().lift()
    talk.exchange.say(talk.caller, talk.inside("BYE"))
    (bye,) = talk.exchange.heard(talk.callee)
    talk.exchange.say(talk.callee, reply(bye, 200))
    assert talk.exchange.engine._proxy.transactions == 2
    talk.exchange.wait(TIMER_B)
    assert talk.exchange.engine._proxy.transactions == 0


# Replays, loops and floods


def test_a_replayed_invite_is_not_forwarded_twice(talk: Talk) -> None:
    talk.begin().ring()
    talk.exchange.say(talk.caller, talk.invite)
    assert talk.exchange.statuses(talk.caller) == [180]
    assert talk.exchange.heard(talk.callee) == []


def test_a_replayed_invite_is_not_forwarded_from_another_connection_either(talk: Talk) -> None:
    talk.begin().ring().lift()
    again = talk.exchange.registered(ASHA)
    talk.exchange.say(again, talk.invite)
    assert talk.exchange.statuses(again) == [200]
    assert talk.exchange.heard(talk.callee) == []


def test_an_invite_replayed_under_another_branch_is_not_forwarded_twice(talk: Talk) -> None:
    talk.begin().ring()
    headers = talk.invite.headers.set("Via", "SIP/2.0/TLS phone.invalid;branch=z9hG4bKother")
    talk.exchange.say(talk.caller, talk.invite.with_headers(headers))
    assert talk.exchange.statuses(talk.caller) == [482]
    assert talk.exchange.heard(talk.callee) == []


def test_a_replayed_bye_gets_the_same_answer(talk: Talk) -> None:
    talk.begin().ring().lift()
    bye = talk.inside("BYE")
    talk.exchange.say(talk.caller, bye)
    (seen,) = talk.exchange.heard(talk.callee)
    talk.exchange.say(talk.callee, reply(seen, 200))
    talk.exchange.say(talk.caller, bye)
    assert talk.exchange.statuses(talk.caller) == [200, 200]
    assert talk.exchange.heard(talk.callee) == []


def test_a_message_without_hops_left_is_refused(talk: Talk) -> None:
    talk.exchange.say(talk.caller, invite(ASHA, BEN, max_forwards=0))
    assert talk.exchange.statuses(talk.caller) == [483]
    assert talk.exchange.heard(talk.callee) == []


def test_a_message_that_passed_here_before_is_a_loop(talk: Talk) -> None:
    via = "SIP/2.0/TLS phone.invalid;branch=z9hG4bKa, SIP/2.0/TLS SV.example;branch=z9hG4bKb"
    talk.exchange.say(talk.caller, invite(ASHA, BEN, via=via))
    assert talk.exchange.statuses(talk.caller) == [482]


def test_an_extension_asked_of_the_proxy_is_refused_by_name(talk: Talk) -> None:
    talk.exchange.say(talk.caller, invite(ASHA, BEN, extra=(("Proxy-Require", "teleport"),)))
    (refusal,) = talk.exchange.heard(talk.caller)
    assert (refusal.status, refusal.headers.get("Unsupported")) == (420, "teleport")


def test_a_caller_has_a_bucket_of_invites() -> None:
    exchange = Exchange(Config(invites_burst=3, invites_per_minute=6))
    caller, other = exchange.registered(ASHA), exchange.registered(BEN)
    for attempt in range(1000):
        exchange.say(caller, invite(ASHA, NOBODY, call_id=f"call {attempt}".replace(" ", "")))
    statuses = exchange.statuses(caller)
    assert statuses.count(480) == 3
    assert statuses.count(503) == 997
    exchange.say(other, invite(BEN, NOBODY))
    assert exchange.statuses(other) == [480]
    exchange.wait(10)
    exchange.say(caller, invite(ASHA, NOBODY))
    assert exchange.statuses(caller) == [480]


def test_offers_within_a_call_have_a_bucket_of_their_own() -> None:
    exchange = Exchange(Config(invites_burst=3, invites_per_minute=6))
    talk = Talk(exchange, exchange.registered(ASHA), exchange.registered(BEN)).begin().ring().lift()
    many = int(RENEWALS.burst)
    for number in range(many + 10):
        exchange.say(talk.caller, talk.inside("UPDATE", cseq=2 + number, body=OFFER))
    assert exchange.statuses(talk.callee) == ["UPDATE"] * many
    assert exchange.statuses(talk.caller).count(503) == 10
    exchange.say(talk.caller, invite(ASHA, NOBODY, call_id="another"))
    assert exchange.statuses(talk.caller) == [480]


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


@pytest.mark.parametrize("method", ["INVITE", "UPDATE"])
def test_other_keys_within_a_call_are_refused_and_raise_an_alarm(talk: Talk, method: str) -> None:
    talk.begin().ring().lift()
    body = offer("192.0.2.1", 40000, I_MESSAGE[::-1], session_id=1, version=2)
    talk.exchange.say(talk.caller, talk.inside(method, body=body))
    assert talk.exchange.statuses(talk.caller) == [488]
    assert talk.exchange.heard(talk.callee) == []
    assert talk.exchange.alarms() == ["downgrade-refused"]
    assert talk.exchange.engine.calls == 1


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


def test_a_phone_has_few_calls_at_once() -> None:
    exchange = Exchange(Config(invites_burst=100))
    caller = exchange.registered(ASHA)
    exchange.registered(BEN)
    for number in range(CALLS_PER_PHONE + 1):
        exchange.say(caller, invite(ASHA, BEN, call_id=f"call{number}"))
    assert exchange.statuses(caller) == [100] * CALLS_PER_PHONE + [503]
    assert len(exchange.media.calls) == CALLS_PER_PHONE


def test_a_phone_has_few_transactions_at_once(talk: Talk) -> None:
    talk.begin().ring().lift()
    for number in range(TRANSACTIONS_PER_PHONE + 5):
        talk.exchange.say(talk.caller, talk.inside("UPDATE", cseq=2 + number))
    assert talk.exchange.statuses(talk.caller) == [503] * 6
    assert len(talk.exchange.heard(talk.callee)) == TRANSACTIONS_PER_PHONE - 1


def test_a_full_relay_is_told_to_the_caller(talk: Talk) -> None:
    talk.exchange.media.full = True
    talk.exchange.say(talk.caller, invite(ASHA, BEN))
    (refusal,) = talk.exchange.heard(talk.caller)
    assert (refusal.status, refusal.headers.get("Retry-After")) == (503, "10")
    assert talk.exchange.engine.calls == 0


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
