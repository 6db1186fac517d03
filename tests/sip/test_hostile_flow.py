"""What a hostile or broken server may send: the agent answers, ignores or gives up; it never raises."""

import itertools
import random

import pytest

from sip.events import Established, FlowFailed, Incoming
from sip.message import Request, Response, response_to

VIA = "SIP/2.0/TLS crs.example.org;branch=z9hG4bKc"


def invitation(desk) -> Request:
    """Alice's INVITE as the server would pass it on to Bob."""
    desk.lost = {"INVITE"}
    desk.alice.agent.invite(desk.bob.aor, desk.OFFER, desk.now)
    desk.settle()
    desk.lost = set()
    return desk.alice.requests("INVITE")[-1].push("Via", VIA)


def test_a_message_of_one_megabyte_ends_the_flow(desk) -> None:
    octets = invitation(desk).with_body(b"x" * 1_000_000).encode()
    (event,) = desk.give(desk.bob, octets)
    assert event == FlowFailed("Message too large")
    assert desk.bob.agent.outgoing().startswith(b"SIP/2.0 413 ")


def test_headers_without_end_end_the_flow(desk) -> None:
    events: list[object] = []
    for _ in range(40):
        events += desk.give(desk.bob, b"X-Endless: " + b"y" * 1000 + b"\r\n")
    assert FlowFailed("Headers without end") in events


def test_half_a_message_does_nothing_until_the_rest_comes(desk) -> None:
    octets = invitation(desk).encode()
    assert desk.give(desk.bob, octets[:-20]) == []
    desk.wait(5)
    assert not desk.bob.heard(Incoming)
    (event,) = desk.give(desk.bob, octets[-20:])
    assert isinstance(event, Incoming)


def test_a_malformed_request_is_answered_400_and_the_flow_lives_on(desk) -> None:
    octets = invitation(desk).encode()
    assert desk.give(desk.bob, octets.replace(b"CSeq: 1 ", b"CSeq: x ")) == []
    assert desk.bob.agent.outgoing().startswith(b"SIP/2.0 400 ")
    (event,) = desk.give(desk.bob, octets)
    assert isinstance(event, Incoming)


@pytest.mark.parametrize("status", [100, 180, 200, 302, 404, 487, 503, 699])
def test_responses_nobody_asked_for_are_ignored(desk, status) -> None:
    stray = response_to(invitation(desk).pop("Via"), status, to_tag="x")
    assert desk.give(desk.bob, stray.encode()) == []
    assert desk.bob.agent.outgoing() == b""


def test_a_response_meant_for_somebody_else_is_ignored(desk) -> None:
    invitation(desk)
    mine = desk.alice.requests("INVITE")[-1]
    twice = response_to(mine.push("Via", VIA), 200, to_tag="x")
    same_branch = twice.with_headers(twice.headers.pop("Via").add("Via", VIA))
    assert desk.give(desk.alice, twice.encode()) == []
    assert desk.give(desk.alice, same_branch.encode()) == []


def test_an_ack_for_nothing_is_ignored(desk) -> None:
    request = invitation(desk)
    ack = Request("ACK", request.uri, request.headers.set("CSeq", "1 ACK").remove("Content-Type"))
    assert desk.give(desk.bob, ack.encode()) == []
    assert desk.bob.agent.outgoing() == b""


def test_an_ack_with_another_number_does_not_establish_the_call(desk) -> None:
    _, handle = desk.ring()
    desk.lost = {"ACK"}
    desk.bob.agent.accept(handle, desk.ANSWER, desk.now)
    desk.settle()
    ack = desk.alice.requests("ACK")[0].pop("Route").push("Via", VIA)
    desk.give(desk.bob, ack.with_headers(ack.headers.set("CSeq", "9 ACK")).encode())
    assert not desk.bob.heard(Established)


def test_a_cancel_for_nothing_is_481(desk) -> None:
    request = invitation(desk)
    cancel = Request("CANCEL", request.uri, request.headers.set("CSeq", "1 CANCEL").remove("Content-Type"))
    assert desk.give(desk.bob, cancel.encode()) == []
    assert desk.bob.agent.outgoing().startswith(b"SIP/2.0 481 ")


def test_an_answer_without_a_tag_or_with_a_foreign_contact_is_a_refusal(desk) -> None:
    for broken in (
        lambda response: response.with_headers(response.headers.set("To", "<sip:x@y>")),
        lambda response: response.with_headers(response.headers.set("Contact", "<mailto:x@y>")),
        lambda response: response.with_headers(response.headers.set("Record-Route", "<soap.beep://x;lr>")),
    ):
        invitation(desk)
        mine = desk.alice.requests("INVITE")[-1]
        answer = response_to(mine, 200, headers=[("Contact", "<sip:x@y>")], body=desk.ANSWER)
        (event,) = desk.give(desk.alice, broken(answer).encode())
        assert type(event).__name__ == "Refused"
    assert desk.alice.agent.calls == ()


def test_a_flood_of_requests_stays_bounded(desk) -> None:
    base = invitation(desk)
    for serial in range(600):
        headers = base.headers.set("Call-ID", f"flood-{serial}")
        desk.give(desk.bob, base.with_headers(headers).encode())
    answers = desk.bob.agent.outgoing()
    assert len(desk.bob.agent.calls) == 16
    assert answers.count(b"SIP/2.0 486 ") == 240
    assert answers.count(b"SIP/2.0 503 ") == 600 - 256
    desk.wait(33)
    late = base.with_headers(base.headers.set("Call-ID", "after"))
    desk.give(desk.bob, late.encode())
    assert desk.bob.agent.outgoing().startswith(b"SIP/2.0 486 ")


def test_no_mutation_of_a_call_makes_the_agent_raise_or_grow(desk) -> None:
    """Replays a whole call to Bob with octets changed, lost, doubled and put elsewhere, from a fixed seed."""
    chance = random.Random(4711)
    call, handle = desk.talk()
    desk.alice.agent.hang_up(call, desk.now)
    desk.settle()
    assert handle
    passed_on = [
        request.push("Via", VIA + str(serial)).encode()
        for serial, request in enumerate(one for one in desk.alice.sent if isinstance(one, Request))
    ]
    answers = [one.encode() for one in desk.bob.sent if isinstance(one, Response)]
    junk = [
        b"\r\n",
        b"\r\n\r\n",
        b";",
        b",",
        b'"',
        b"<",
        b">",
        b"\x00",
        b"\xff",
        b"0",
        b"9" * 30,
        b": ",
        b"tag=",
    ]
    flows = itertools.count()
    for _ in range(1500):
        octets = bytearray(chance.choice(passed_on + answers))
        for _ in range(chance.choice((0, 1, 1, 2, 5))):
            place = chance.randrange(len(octets))
            octets[place : place + chance.choice((0, 1, 3))] = chance.choice(junk)
        for phone in (desk.alice, desk.bob):
            events = phone.agent.receive(bytes(octets), desk.now)
            for event in events:
                if isinstance(event, Incoming):
                    phone.agent.ring(event.handle, desk.now)
                    phone.agent.accept(event.handle, desk.ANSWER, desk.now)
            if any(isinstance(event, FlowFailed) for event in events) or chance.random() < 0.2:
                phone.agent.flow_lost(desk.now)
                phone.agent.flow_opened(desk.now)
                next(flows)
            phone.agent.outgoing()
            assert len(phone.agent.calls) <= 16
        desk.now += chance.choice((0.0, 0.1, 40.0))
        for phone in (desk.alice, desk.bob):
            phone.agent.tick(desk.now)
            # Nothing is left undone at its deadline: a shell that waits for it never spins.
            assert phone.agent.deadline is None or phone.agent.deadline > desk.now
    assert next(flows) > 100


def test_a_contact_too_long_for_a_start_line_is_400(desk) -> None:
    request = invitation(desk)
    long = request.headers.set("Contact", f"<sip:{'x' * 3000}@y>")
    assert desk.give(desk.bob, request.with_headers(long).encode()) == []
    assert desk.bob.agent.outgoing().startswith(b"SIP/2.0 400 ")


def test_the_agent_is_silent_until_it_is_asked(desk) -> None:
    assert desk.alice.agent.outgoing() == b""
    assert desk.alice.agent.tick(desk.now) == []
