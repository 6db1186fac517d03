"""Calls between two phones through a server."""

import pytest

from sip import sdp
from sip.errors import OurMistake
from sip.events import (
    Accepted,
    Cancelled,
    Cause,
    Ended,
    Established,
    Incoming,
    Refused,
    Ringing,
)
from sip.message import Request, Response, response_to

OFFER = sdp.offer("192.0.2.1", 40000, b"\x01\x1a" * 200, session_id=1)
ANSWER = sdp.answer("192.0.2.2", 41000, session_id=2)


def invite(desk, number=None) -> str:
    to = f"sip:{number}@example.org;user=phone" if number else desk.bob.aor
    call = desk.alice.agent.invite(to, OFFER, desk.now)
    desk.settle()
    return call


def give_bob(desk, old: bytes, new: bytes, source: Request | None = None) -> None:
    """Hand Bob Alice's INVITE with something changed in it."""
    request = source or desk.alice.requests("INVITE")[-1]
    octets = request.push("Via", "SIP/2.0/TLS crs.example.org;branch=z9hG4bKcrs-again").encode()
    assert old in octets
    desk.give(desk.bob, octets.replace(old, new))
    desk._flows["z9hG4bKcrs-again"] = desk.alice
    desk.settle()


def test_a_call_rings_is_answered_and_hung_up_by_the_callee(desk) -> None:
    call, handle = desk.talk()
    assert desk.alice.only(Ringing).handle == call
    incoming = desk.bob.only(Incoming)
    assert (incoming.number, incoming.sdp) == ("+46700000001", desk.alice.requests("INVITE")[0].body)
    desk.bob.agent.hang_up(handle, desk.now)
    desk.settle()
    assert desk.alice.only(Ended) == Ended(call, Cause.THERE)
    assert desk.bob.only(Ended) == Ended(handle, Cause.HERE)
    assert desk.alice.agent.calls == desk.bob.agent.calls == ()


def test_a_call_is_hung_up_by_the_caller(desk) -> None:
    call, handle = desk.talk()
    desk.alice.agent.hang_up(call, desk.now)
    desk.settle()
    assert desk.alice.only(Ended).cause is Cause.HERE
    assert desk.bob.only(Ended) == Ended(handle, Cause.THERE)


def test_both_hang_up_at_once(desk) -> None:
    call, handle = desk.talk()
    desk.alice.agent.hang_up(call, desk.now)
    desk.bob.agent.hang_up(handle, desk.now)
    desk.settle()
    assert len(desk.alice.heard(Ended)) == len(desk.bob.heard(Ended)) == 1
    assert desk.alice.agent.calls == desk.bob.agent.calls == ()


def test_hanging_up_what_is_over_already_is_no_mistake(desk) -> None:
    call, handle = desk.talk()
    desk.bob.agent.hang_up(handle, desk.now)
    desk.settle()
    desk.alice.agent.hang_up(call, desk.now)
    assert desk.alice.agent.outgoing() == b""


def test_requests_in_a_call_follow_the_record_route(desk) -> None:
    call, _ = desk.talk()
    desk.alice.agent.hang_up(call, desk.now)
    desk.settle()
    (bye,) = desk.alice.requests("BYE")
    (ack,) = desk.alice.requests("ACK")
    for request in (ack, bye):
        assert [route.text for route in request.routes] == ["sip:crs.example.org;transport=tls;lr"]
        assert request.uri.startswith("sip:+46700000002@")


def test_a_refusal_reaches_the_caller(desk) -> None:
    call = invite(desk)
    desk.bob.agent.refuse(desk.bob.only(Incoming).handle, 486, desk.now)
    desk.settle()
    assert desk.alice.only(Refused) == Refused(call, 486, "Busy Here")
    assert desk.alice.requests("ACK")
    assert desk.alice.agent.calls == desk.bob.agent.calls == ()


def test_a_refusal_may_have_its_own_words(desk) -> None:
    invite(desk)
    desk.bob.agent.refuse(desk.bob.only(Incoming).handle, 488, desk.now, "Caller not verified")
    desk.settle()
    assert desk.alice.only(Refused).reason == "Caller not verified"


def test_a_number_that_does_not_exist_is_refused_by_the_server(desk) -> None:
    invite(desk, "+46700000009")
    assert desk.alice.only(Refused).status == 404


def test_the_caller_gives_up_while_it_rings(desk) -> None:
    call, handle = desk.ring()
    desk.alice.agent.hang_up(call, desk.now)
    desk.settle()
    assert desk.bob.only(Cancelled) == Cancelled(handle)
    assert desk.alice.only(Ended) == Ended(call, Cause.HERE)
    assert desk.bob.answers("INVITE") == [100, 180, 487]
    assert desk.bob.answers("CANCEL") == [200]
    assert desk.alice.agent.calls == desk.bob.agent.calls == ()


def test_the_caller_gives_up_before_anybody_has_answered_at_all(desk) -> None:
    desk.lost = {"100", "180"}
    call, _ = desk.ring()
    desk.alice.agent.hang_up(call, desk.now)
    desk.settle()
    assert not desk.alice.requests("CANCEL")  # RFC 3261 §9.1: not before a provisional response
    invitation = desk.alice.requests("INVITE")[0]
    desk.give(desk.alice, response_to(invitation, 100).encode())
    desk.settle()
    assert len(desk.alice.requests("CANCEL")) == 1
    assert desk.alice.only(Ended).cause is Cause.HERE


def test_an_answer_that_crosses_the_cancel_is_ended_properly(desk) -> None:
    call, handle = desk.ring()
    desk.lost = {"CANCEL"}
    desk.alice.agent.hang_up(call, desk.now)
    desk.settle()
    desk.bob.agent.accept(handle, ANSWER, desk.now)
    desk.settle()
    assert not desk.alice.heard(Accepted)
    assert desk.alice.requests("ACK")
    assert desk.alice.requests("BYE")
    assert desk.alice.only(Ended).cause is Cause.HERE
    assert desk.bob.only(Ended).cause is Cause.THERE


def test_a_cancel_after_the_answer_changes_nothing(desk) -> None:
    _, handle = desk.ring()
    cancel = desk.alice.requests("INVITE")[0]
    desk.bob.agent.accept(handle, ANSWER, desk.now)
    desk.settle()
    branch = f"z9hG4bKcrs{cancel.branch}"
    headers = cancel.headers.set("CSeq", "1 CANCEL").set(
        "Via", f"SIP/2.0/TLS crs.example.org;branch={branch}"
    )
    desk.give(desk.bob, Request("CANCEL", cancel.uri, headers.remove("Content-Type")).encode())
    desk.settle()
    assert desk.bob.answers("CANCEL") == [200]
    assert not desk.bob.heard(Cancelled)
    assert desk.bob.agent.calls == (handle,)


def test_a_cancel_that_is_never_answered_ends_after_32_seconds(desk) -> None:
    call, _ = desk.ring()
    desk.lost = {"CANCEL"}
    desk.alice.agent.hang_up(call, desk.now)
    desk.wait(32.1)
    assert desk.alice.only(Ended) == Ended(call, Cause.HERE)


def test_nobody_answering_at_all_is_408_after_32_seconds(desk) -> None:
    desk.lost = {"INVITE"}
    call = invite(desk)
    desk.wait(31.9)
    assert not desk.alice.heard(Refused)
    desk.wait(0.2)
    assert desk.alice.only(Refused) == Refused(call, 408, "Request Timeout")


def test_a_server_that_only_says_100_is_408_after_32_seconds(desk) -> None:
    desk.lost = {"180"}
    call, _ = desk.ring()
    desk.wait(32.1)
    assert desk.alice.only(Refused) == Refused(call, 408, "Request Timeout")


def test_ringing_is_told_once_and_lasts_as_long_as_the_phones_like(desk) -> None:
    call, handle = desk.ring()
    desk.bob.agent.ring(handle, desk.now)
    desk.wait(120)
    assert desk.alice.only(Ringing).handle == call
    assert desk.alice.agent.calls == (call,)


def test_a_call_nobody_takes_is_refused_after_three_minutes(desk) -> None:
    _, handle = desk.ring()
    desk.wait(180.1)
    assert desk.bob.only(Cancelled) == Cancelled(handle)
    assert desk.alice.only(Refused).status == 480


def test_a_replayed_invite_never_rings_twice(desk) -> None:
    invite(desk)
    original = desk.alice.requests("INVITE")[0]
    same_branch = original.push("Via", f"SIP/2.0/TLS crs.example.org;branch=z9hG4bKcrs{original.branch}")
    desk.give(desk.bob, same_branch.encode())
    give_bob(desk, b"INVITE", b"INVITE")
    assert len(desk.bob.heard(Incoming)) == 1
    assert desk.bob.answers("INVITE") == [100, 100, 482]


def test_an_invite_replayed_after_the_call_never_rings_again(desk) -> None:
    call, _ = desk.talk()
    desk.alice.agent.hang_up(call, desk.now)
    desk.wait(100)
    give_bob(desk, b"INVITE", b"INVITE")
    assert len(desk.bob.heard(Incoming)) == 1
    assert desk.bob.answers("INVITE")[-1] == 482


def test_a_replayed_bye_is_481(desk) -> None:
    call, _ = desk.talk()
    desk.alice.agent.hang_up(call, desk.now)
    desk.wait(40)
    give_bob(desk, b"BYE", b"BYE", desk.alice.requests("BYE")[0])
    assert desk.bob.answers("BYE") == [200, 481]


@pytest.mark.parametrize(
    ("old", "new", "status"),
    [
        (b"Supported: timer", b"Require: 100rel, timer\r\nSupported: timer", 420),
        (b"Content-Type: application/sdp", b"Content-Type: text/plain", 415),
        (b"sip:+46700000002@example.org;user=phone SIP", b"sip:+46700000003@example.org SIP", 404),
        (b"sip:+46700000002@example.org;user=phone SIP", b"soap.beep://x SIP", 416),
        (b"Session-Expires: 1800", b"Session-Expires: 30", 422),
        (b"Session-Expires: 1800", b"Session-Expires: never", 400),
        (b"Contact: <", b"X-Contact: <", 400),
        (b"Contact: <sip:", b"Contact: <mailto:", 416),
        (b"From: <sip:", b"From: <mailto:", 416),
        (b"INVITE", b"SUBSCRIBE", 405),
        (b"INVITE", b"REGISTER", 405),
        (b"INVITE", b"MESSAGE", 405),
        (b"INVITE", b"BYE", 481),
        (b"INVITE", b"UPDATE", 481),
        (b"INVITE", b"OPTIONS", 200),
        (b"\r\nTo: <sip:+46700000002@example.org;user=phone>", b"\r\nTo: <sip:x@y>;tag=unknown", 481),
    ],
)
def test_what_is_not_a_call_for_us_is_answered_and_does_not_ring(desk, old, new, status) -> None:
    desk.lost = {"INVITE"}
    invite(desk)
    desk.lost = set()
    desk._flows["z9hG4bKcrs-again"] = desk.alice
    give_bob(desk, old, new)
    answer = desk.bob.sent[-1]
    assert isinstance(answer, Response)
    assert answer.status == status
    assert not desk.bob.heard(Incoming)
    assert desk.bob.agent.calls == ()
    wanted = {420: "Unsupported", 405: "Allow", 415: "Accept", 422: "Min-SE"}.get(status, "Via")
    assert wanted in answer.headers


def test_an_invite_without_an_offer_is_488(desk) -> None:
    desk.lost = {"INVITE"}
    invite(desk)
    bare = desk.alice.requests("INVITE")[0].with_body(b"")
    give_bob(desk, b"INVITE", b"INVITE", bare)
    assert desk.bob.answers("INVITE") == [488]


def test_an_invite_without_a_from_tag_is_400(desk) -> None:
    desk.lost = {"INVITE"}
    invite(desk)
    original = desk.alice.requests("INVITE")[0]
    give_bob(desk, b"INVITE", b"INVITE", original.with_headers(original.headers.set("From", "<sip:a@b>")))
    assert desk.bob.answers("INVITE") == [400]


def test_a_lost_ack_brings_the_answer_again_and_the_ack_again(desk) -> None:
    _, handle = desk.ring()
    desk.lost = {"ACK"}
    desk.bob.agent.accept(handle, ANSWER, desk.now)
    desk.settle()
    assert not desk.bob.heard(Established)
    desk.lost = set()
    desk.wait(0.6)
    assert desk.bob.only(Established).handle == handle
    assert len(desk.alice.requests("ACK")) == 2
    assert len(desk.alice.heard(Accepted)) == 1


def test_an_answer_that_is_never_confirmed_is_hung_up_after_32_seconds(desk) -> None:
    _, handle = desk.ring()
    desk.lost = {"ACK"}
    desk.bob.agent.accept(handle, ANSWER, desk.now)
    desk.wait(33)
    assert desk.bob.only(Ended) == Ended(handle, Cause.NO_ACK)
    assert desk.alice.only(Ended).cause is Cause.THERE


def test_the_callee_hangs_up_before_the_ack_but_says_so_after_it(desk) -> None:
    _, handle = desk.ring()
    desk.lost = {"ACK"}
    desk.bob.agent.accept(handle, ANSWER, desk.now)
    desk.bob.agent.hang_up(handle, desk.now)
    desk.settle()
    assert not desk.bob.requests("BYE")
    desk.lost = set()
    desk.wait(0.6)
    assert len(desk.bob.requests("BYE")) == 1
    assert desk.bob.only(Ended) == Ended(handle, Cause.HERE)


def test_a_second_phone_that_answers_the_same_call_is_hung_up(desk) -> None:
    call, _ = desk.talk()
    invitation = desk.alice.requests("INVITE")[0]
    headers = [("Contact", "<sip:+46700000002@other.invalid;ob>"), ("Content-Type", "application/sdp")]
    fork = response_to(invitation, 200, to_tag="fork", headers=headers, body=ANSWER)
    desk.give(desk.alice, fork.encode())
    octets = desk.alice.agent.outgoing()
    assert octets.count(b"ACK sip:+46700000002@other.invalid;ob SIP/2.0") == 1
    assert octets.count(b"BYE sip:+46700000002@other.invalid;ob SIP/2.0") == 1
    assert len(desk.alice.heard(Accepted)) == 1
    assert desk.alice.agent.calls == (call,)


def test_a_bye_that_nobody_answers_ends_after_32_seconds(desk) -> None:
    call, _ = desk.talk()
    desk.lost = {"BYE"}
    desk.alice.agent.hang_up(call, desk.now)
    desk.wait(32.1)
    assert desk.alice.only(Ended) == Ended(call, Cause.HERE)


def test_an_early_bye_cancels(desk) -> None:
    _, handle = desk.ring()
    invitation = desk.alice.requests("INVITE")[0]
    tag = next(one for one in desk.bob.sent if isinstance(one, Response) and one.status == 180).to.tag
    headers = invitation.headers.set("CSeq", "2 BYE").set("To", f"<{desk.bob.aor}>;tag={tag}")
    early = Request("BYE", invitation.uri, headers.remove("Content-Type"))
    give_bob(desk, b"BYE", b"BYE", early)
    assert desk.bob.only(Cancelled) == Cancelled(handle)
    assert desk.bob.answers("BYE") == [200]
    assert desk.bob.answers("INVITE")[-1] == 487


def test_a_lost_flow_ends_calls_not_yet_answered(desk) -> None:
    call, handle = desk.ring()
    desk.alice.events += desk.alice.agent.flow_lost(desk.now)
    desk.bob.events += desk.bob.agent.flow_lost(desk.now)
    assert desk.alice.only(Refused) == Refused(call, 503, "Flow lost")
    assert desk.bob.only(Cancelled) == Cancelled(handle)
    assert desk.alice.agent.calls == desk.bob.agent.calls == ()


def test_an_answered_call_outlives_its_flow(desk) -> None:
    call, _ = desk.talk()
    assert desk.alice.agent.flow_lost(desk.now) == []
    desk.alice.agent.flow_opened(desk.now)
    desk.alice.agent.hang_up(call, desk.now)
    desk.settle()
    assert desk.bob.only(Ended).cause is Cause.THERE
    assert desk.alice.only(Ended).cause is Cause.HERE


def test_a_flow_lost_while_hanging_up_still_ends_the_call(desk) -> None:
    call, _ = desk.talk()
    desk.alice.agent.hang_up(call, desk.now)
    assert desk.alice.agent.flow_lost(desk.now) == [Ended(call, Cause.HERE)]


@pytest.mark.parametrize("method", ["INVITE", "UPDATE"])
def test_a_new_offer_inside_a_call_is_refused_and_the_call_goes_on(desk, method) -> None:
    _, handle = desk.talk()
    dialog = desk.alice.agent._calls[desk.alice.agent.calls[0]].conversation.dialog
    other = sdp.offer("192.0.2.66", 6666, b"other keys")
    headers = [("Contact", "<sip:+46700000001@x.invalid;ob>"), ("Content-Type", "application/sdp")]
    desk.alice.agent._endpoint.transactions.request(
        dialog.request(method, via=desk.alice.agent._endpoint.via(), headers=headers, body=other), desk.now
    )
    desk.settle()
    assert desk.bob.answers(method)[-1] == 488
    assert desk.bob.agent.calls == (handle,)


def test_an_old_request_inside_a_call_is_refused(desk) -> None:
    call, _ = desk.talk()
    dialog = desk.alice.agent._calls[call].conversation.dialog
    dialog.local_sequence = 0
    desk.alice.agent.hang_up(call, desk.now)
    desk.settle()
    assert desk.bob.answers("BYE") == [500]
    assert len(desk.bob.agent.calls) == 1


def test_wrong_use_is_our_mistake(desk) -> None:
    with pytest.raises(OurMistake):
        desk.alice.agent.invite("not a uri", OFFER, desk.now)
    with pytest.raises(OurMistake):
        desk.alice.agent.invite("soap.beep://x", OFFER, desk.now)
    with pytest.raises(OurMistake):
        desk.alice.agent.ring("no such call", desk.now)
    call, handle = desk.ring()
    with pytest.raises(OurMistake):
        desk.alice.agent.accept(call, ANSWER, desk.now)
    with pytest.raises(OurMistake):
        desk.bob.agent.refuse(handle, 200, desk.now)
    desk.bob.agent.accept(handle, ANSWER, desk.now)
    for again in (
        lambda: desk.bob.agent.accept(handle, ANSWER, desk.now),
        lambda: desk.bob.agent.refuse(handle, 486, desk.now),
        lambda: desk.bob.agent.ring(handle, desk.now),
    ):
        with pytest.raises(OurMistake):
            again()


def test_calls_at_once_are_bounded(desk) -> None:
    for _ in range(16):
        invite(desk)
    with pytest.raises(OurMistake):
        desk.alice.agent.invite(desk.bob.aor, OFFER, desk.now)
    assert len(desk.bob.heard(Incoming)) == 16
    original = desk.alice.requests("INVITE")[-1]
    other = original.with_headers(original.headers.set("Call-ID", "another"))
    give_bob(desk, b"INVITE", b"INVITE", other)
    assert desk.bob.answers("INVITE")[-1] == 486


def test_a_phone_can_call_itself(desk) -> None:
    call = desk.alice.agent.invite(desk.alice.aor, OFFER, desk.now)
    desk.settle()
    handle = desk.alice.only(Incoming).handle
    desk.alice.agent.accept(handle, ANSWER, desk.now)
    desk.settle()
    assert desk.alice.only(Accepted).handle == call
    desk.alice.agent.hang_up(call, desk.now)
    desk.settle()
    assert {event.handle for event in desk.alice.heard(Ended)} == {call, handle}
