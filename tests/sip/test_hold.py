"""Holding a call and taking it up again: UPDATE with a direction, and nothing else that may change."""

from __future__ import annotations

import base64

import pytest

from sip import sdp
from sip.errors import OurMistake
from sip.events import Ended, HeldByThem, Unacceptable
from sip.message import Request, response_to
from sip.sdp import parse_answer, parse_offer
from tests.sip.conftest import ANSWER, I_MESSAGE, OFFER, Desk, Phone

KEY_LINE = b"a=key-mgmt:mikey " + base64.b64encode(I_MESSAGE)


def phones(desk: Desk, by: str) -> tuple[Phone, Phone]:
    return (desk.alice, desk.bob) if by == "caller" else (desk.bob, desk.alice)


def hold(desk: Desk, phone: Phone, on: bool = True) -> None:
    phone.agent.hold(phone.agent.calls[0], on, desk.now)
    desk.settle()


def offered(phone: Phone) -> list[str]:
    return [parse_offer(update.body).direction for update in phone.requests("UPDATE")]


def answered(phone: Phone) -> list[str]:
    bodies = [one.body for one in phone.sent if not isinstance(one, Request) and one.cseq.method == "UPDATE"]
    return [parse_answer(body).direction for body in bodies if body]


def conversation(phone: Phone):
    call = phone.agent._calls[phone.agent.calls[0]]
    assert call.conversation is not None
    return call.conversation


def say(desk: Desk, phone: Phone, method: str, body: bytes, content_type: str = "application/sdp") -> int:
    """Have a phone send whatever body inside its call; return the status of the answer."""
    other = desk.bob if phone is desk.alice else desk.alice
    endpoint = phone.agent._endpoint
    headers = [("Contact", endpoint.identity.contact), ("Content-Type", content_type)]
    request = conversation(phone).dialog.request(method, via=endpoint.via(), headers=headers, body=body)
    endpoint.transactions.request(request, desk.now)
    desk.settle()
    return other.answers(method)[-1]


@pytest.mark.parametrize("by", ["caller", "callee"])
def test_holding_is_an_update_that_repeats_the_key_and_says_sendonly(desk: Desk, by: str) -> None:
    desk.talk()
    one, other = phones(desk, by)
    hold(desk, one)
    (update,) = one.requests("UPDATE")
    assert update.body.count(KEY_LINE + b"\r\n") == 1
    assert parse_offer(update.body).direction == "sendonly"
    assert answered(other) == ["recvonly"]
    assert other.only(HeldByThem).on
    assert one.heard(HeldByThem) == []


@pytest.mark.parametrize("by", ["caller", "callee"])
def test_resuming_is_sendrecv_and_the_other_side_is_told(desk: Desk, by: str) -> None:
    desk.talk()
    one, other = phones(desk, by)
    hold(desk, one)
    hold(desk, one, False)
    assert offered(one) == ["sendonly", "sendrecv"]
    assert answered(other) == ["recvonly", "sendrecv"]
    assert [event.on for event in other.heard(HeldByThem)] == [True, False]


def test_two_who_hold_each_other_send_nothing_until_both_have_resumed(desk: Desk) -> None:
    desk.talk()
    hold(desk, desk.alice)
    hold(desk, desk.bob)
    assert (offered(desk.bob), answered(desk.alice)) == (["inactive"], ["inactive"])
    hold(desk, desk.alice, False)
    assert (offered(desk.alice)[-1], answered(desk.bob)[-1]) == ("recvonly", "sendonly")
    hold(desk, desk.bob, False)
    assert (offered(desk.bob)[-1], answered(desk.alice)[-1]) == ("sendrecv", "sendrecv")
    assert [event.on for event in desk.alice.heard(HeldByThem)] == [True, False]
    assert [event.on for event in desk.bob.heard(HeldByThem)] == [True, False]


def test_addresses_ports_and_session_stay_and_only_the_version_counts_up(desk: Desk) -> None:
    desk.talk()
    for on in (True, False, True):
        hold(desk, desk.alice, on)
    bodies = [update.body for update in desk.alice.requests("UPDATE")]
    assert [sdp.origin(body) for body in bodies] == [(1, 2), (1, 3), (1, 4)]
    assert {(parse_offer(body).address, parse_offer(body).port) for body in bodies} == {("192.0.2.1", 40000)}
    assert {parse_offer(body).mikey for body in bodies} == {I_MESSAGE}


def test_saying_the_same_twice_sends_nothing(desk: Desk) -> None:
    desk.talk()
    hold(desk, desk.alice, False)
    hold(desk, desk.alice)
    hold(desk, desk.alice)
    assert offered(desk.alice) == ["sendonly"]


def test_a_hurried_person_is_followed_by_one_update_at_a_time(desk: Desk) -> None:
    desk.talk()
    (call,) = desk.alice.agent.calls
    for on in (True, False, True, False):
        desk.alice.agent.hold(call, on, desk.now)
    desk.settle()
    assert offered(desk.alice) == ["sendonly", "sendrecv"]
    assert [event.on for event in desk.bob.heard(HeldByThem)] == [True, False]


def test_glare_both_hold_at_once_and_both_are_held_in_the_end(desk: Desk) -> None:
    desk.talk()
    for phone in desk.phones:
        phone.agent.hold(phone.agent.calls[0], True, desk.now)
    updates = {phone.number: phone.agent.outgoing() for phone in desk.phones}
    for phone in desk.phones:
        desk._from(phone, updates[phone.number])
    desk.settle()
    assert desk.alice.answers("UPDATE") + desk.bob.answers("UPDATE") == [491, 491]
    desk.wait(5)
    assert desk.alice.only(HeldByThem).on
    assert desk.bob.only(HeldByThem).on
    assert [conversation(phone)._agreement.holding for phone in desk.phones] == [True, True]


@pytest.mark.parametrize("method", ["UPDATE", "INVITE"])
def test_an_offer_that_meets_our_own_is_answered_491(desk: Desk, method: str) -> None:
    desk.talk()
    desk.lost = {"UPDATE"}
    hold(desk, desk.bob)
    desk.lost = set()
    body = sdp.offer("192.0.2.1", 40000, I_MESSAGE, session_id=1, version=2, direction="sendonly")
    assert say(desk, desk.alice, method, body) == 491
    assert desk.bob.heard(HeldByThem) == []


def test_a_reinvite_holds_as_well_as_an_update(desk: Desk) -> None:
    desk.talk()
    body = sdp.offer("192.0.2.1", 40000, I_MESSAGE, session_id=1, version=2, direction="inactive")
    assert say(desk, desk.alice, "INVITE", body) == 200
    assert desk.bob.only(HeldByThem).on


HOSTILE = {
    "another key": OFFER.replace(KEY_LINE, b"a=key-mgmt:mikey " + base64.b64encode(I_MESSAGE[::-1])),
    "one octet of the key": OFFER.replace(KEY_LINE, b"a=key-mgmt:mikey " + base64.b64encode(I_MESSAGE[:-1])),
    "no key": OFFER.replace(KEY_LINE + b"\r\n", b""),
    "the key twice": OFFER.replace(KEY_LINE, KEY_LINE + b"\r\n" + KEY_LINE),
    "a second key": OFFER.replace(KEY_LINE, KEY_LINE + b"\r\na=key-mgmt:mikey AAAA"),
    "another spelling of the key": OFFER.replace(KEY_LINE, KEY_LINE + b" "),
    "a=crypto": OFFER + b"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAAA\r\n",
    "RTP/AVP": OFFER.replace(b"RTP/SAVP", b"RTP/AVP"),
    "another port": OFFER.replace(b"m=audio 40000", b"m=audio 40002"),
    "port zero": OFFER.replace(b"m=audio 40000", b"m=audio 0"),
    "another address": OFFER.replace(b"c=IN IP4 192.0.2.1", b"c=IN IP4 192.0.2.9"),
    "the address of old": OFFER.replace(b"c=IN IP4 192.0.2.1", b"c=IN IP4 0.0.0.0"),
    "another payload type": OFFER.replace(b" 96", b" 97").replace(b":96", b":97"),
    "two streams": OFFER + b"m=audio 40002 RTP/SAVP 96\r\n",
    "two directions": OFFER + b"a=sendonly\r\n",
    "an answer": ANSWER,
    "half of it": OFFER[: len(OFFER) // 2],
    "noise": b"\x00\xff" * 40,
    "far too much": OFFER + b"a=x\r\n" * 5000,
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("method", ["UPDATE", "INVITE"])
def test_an_offer_that_changes_anything_else_is_refused_and_the_call_goes_on(
    desk: Desk, method: str, body: bytes
) -> None:
    desk.talk()
    assert say(desk, desk.alice, method, body) == 488
    assert desk.bob.heard(HeldByThem) == []
    assert len(desk.bob.agent.calls) == 1
    hold(desk, desk.bob)
    assert desk.alice.only(HeldByThem).on


def test_an_offer_of_another_type_is_refused(desk: Desk) -> None:
    desk.talk()
    assert say(desk, desk.alice, "UPDATE", OFFER, "multipart/mixed") == 415


def test_the_caller_refuses_the_callees_other_key_just_the_same(desk: Desk) -> None:
    desk.talk()
    body = sdp.offer("192.0.2.2", 41000, b"other keys", session_id=2, version=2, direction="sendonly")
    assert say(desk, desk.bob, "UPDATE", body) == 488
    assert desk.alice.heard(HeldByThem) == []


@pytest.mark.parametrize("change", ["another port", "another direction", "a key", "nothing"])
def test_an_answer_that_changes_anything_is_not_followed(desk: Desk, change: str) -> None:
    desk.talk()
    desk.lost = {"200 UPDATE"}
    hold(desk, desk.alice)
    desk.lost = set()
    good = [one for one in desk.bob.sent if not isinstance(one, Request)][-1]
    body = {
        "another port": good.body.replace(b"m=audio 41000", b"m=audio 41002"),
        "another direction": good.body.replace(b"a=recvonly", b"a=sendrecv"),
        "a key": good.body + KEY_LINE + b"\r\n",
        "nothing": b"",
    }[change]
    desk._response(good.with_body(body))
    desk.settle()
    assert not conversation(desk.alice)._agreement.holding
    assert desk.alice.heard(HeldByThem) == []
    assert len(desk.alice.agent.calls) == 1


def test_a_server_that_is_too_busy_is_asked_again_and_not_for_ever(desk: Desk) -> None:
    desk.talk()
    desk.lost = {"UPDATE"}
    hold(desk, desk.alice)
    for _ in range(10):
        update = desk.alice.requests("UPDATE")[-1]
        desk.give(desk.alice, _refusal(update, 503))
        desk.wait(11)
    assert offered(desk.alice) == ["sendonly"] * 5
    assert len(desk.alice.agent.calls) == 1


def test_a_peer_that_does_not_want_to_know_is_not_told_twice(desk: Desk) -> None:
    desk.talk()
    desk.lost = {"UPDATE"}
    hold(desk, desk.alice)
    desk.give(desk.alice, _refusal(desk.alice.requests("UPDATE")[-1], 405))
    desk.wait(60)
    assert offered(desk.alice) == ["sendonly"]


def test_a_peer_that_knows_no_such_call_ends_it(desk: Desk) -> None:
    desk.talk()
    desk.lost = {"UPDATE"}
    hold(desk, desk.alice)
    desk.give(desk.alice, _refusal(desk.alice.requests("UPDATE")[-1], 481))
    desk.settle()
    assert len(desk.alice.heard(Ended)) == 1


def test_holding_refreshes_the_session_and_keeps_its_timer(desk: Desk) -> None:
    desk.talk()
    desk.wait(800)
    hold(desk, desk.alice)
    desk.wait(1700)
    assert len(desk.alice.agent.calls) == len(desk.bob.agent.calls) == 1
    assert desk.alice.heard(Ended) == []
    assert [bool(update.body) for update in desk.alice.requests("UPDATE")] == [True, False]


def test_a_hold_under_way_when_the_flow_is_lost_is_told_over_the_next_one(desk: Desk) -> None:
    desk.talk()
    desk.lost = {"UPDATE"}
    hold(desk, desk.alice)
    desk.lost = set()
    desk.alice.events += desk.alice.agent.flow_lost(desk.now)
    desk.alice.agent.flow_opened(desk.now)
    desk.wait(2)
    assert desk.bob.only(HeldByThem).on


def test_a_call_that_begins_held_says_so(desk: Desk) -> None:
    _, handle = desk.ring()
    desk.bob.agent.accept(handle, ANSWER.replace(b"a=sendrecv", b"a=sendonly"), desk.now)
    desk.settle()
    assert desk.alice.only(HeldByThem).on


def test_only_an_answered_call_can_be_held(desk: Desk) -> None:
    call, handle = desk.ring()
    for phone, which in ((desk.alice, call), (desk.bob, handle)):
        with pytest.raises(OurMistake):
            phone.agent.hold(which, True, desk.now)
    desk.alice.agent.hold("a call long over", True, desk.now)  # type: ignore[arg-type]


def test_hanging_up_a_held_call_ends_it_on_both_sides(desk: Desk) -> None:
    call, _ = desk.talk()
    hold(desk, desk.alice)
    desk.alice.agent.hang_up(call, desk.now)
    desk.settle()
    assert desk.alice.agent.calls == desk.bob.agent.calls == ()


def test_an_invite_without_an_offer_is_refused_and_told(desk: Desk) -> None:
    desk.alice.agent.invite(desk.bob.aor, OFFER, desk.now)
    desk.lost = {"INVITE"}
    desk.settle()
    desk.lost = set()
    (invite,) = desk.alice.requests("INVITE")
    desk._request(desk.alice, invite.with_body(b""))
    desk.settle()
    assert desk.bob.answers("INVITE") == [488]
    assert desk.bob.only(Unacceptable).number == desk.alice.number


def _refusal(update: Request, status: int) -> bytes:
    return response_to(update, status).encode()
