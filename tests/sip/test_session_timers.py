"""Session timers: both sides learn when the other is gone (RFC 4028)."""

import pytest

from sip.errors import TheirMistake
from sip.events import Cause, Ended
from sip.headers import Headers
from sip.message import Request, response_to
from sip.session_timer import agree_as_uas, min_se, session_expires


def test_the_caller_refreshes_at_half_time_and_the_call_goes_on(desk) -> None:
    call, handle = desk.talk()
    desk.wait(899)
    assert not desk.alice.requests("UPDATE")
    desk.wait(4000)
    assert len(desk.alice.requests("UPDATE")) == 5
    assert not desk.bob.requests("UPDATE")
    assert set(desk.bob.answers("UPDATE")) == {200}
    assert (desk.alice.agent.calls, desk.bob.agent.calls) == ((call,), (handle,))


def test_a_refresh_carries_no_offer(desk) -> None:
    desk.talk()
    desk.wait(901)
    (update,) = desk.alice.requests("UPDATE")
    assert update.body == b""
    assert update.headers.get("Session-Expires") == "1800;refresher=uac"


def test_a_peer_that_vanishes_ends_the_call_on_both_sides(desk) -> None:
    call, handle = desk.talk()
    desk.lost = {"UPDATE", "BYE"}
    desk.wait(2000)
    assert desk.alice.only(Ended) == Ended(call, Cause.EXPIRED)
    assert desk.bob.only(Ended) == Ended(handle, Cause.EXPIRED)
    assert desk.alice.agent.calls == desk.bob.agent.calls == ()


def test_a_peer_that_forgot_the_call_ends_it(desk) -> None:
    call, _ = desk.talk()
    desk.bob.agent._calls.clear()
    desk.wait(905)
    assert desk.alice.only(Ended) == Ended(call, Cause.EXPIRED)


def answer_update(desk, status, headers=()):
    request = desk.alice.requests("UPDATE")[-1]
    desk.give(desk.alice, response_to(request, status, headers=headers).encode())


def test_glare_waits_and_tries_again(desk) -> None:
    call, _ = desk.talk()
    desk.lost = {"UPDATE"}
    desk.wait(901)
    answer_update(desk, 491)
    desk.lost = set()
    desk.wait(2.9)
    assert len(desk.alice.requests("UPDATE")) == 1
    desk.wait(0.2)
    assert len(desk.alice.requests("UPDATE")) == 2
    assert desk.alice.agent.calls == (call,)


def test_too_small_an_interval_is_raised_once_and_not_in_circles(desk) -> None:
    desk.talk()
    desk.lost = {"UPDATE"}
    desk.wait(901)
    for least in ("3600", "3600", "never"):
        answer_update(desk, 422, [("Min-SE", least)])
        desk.wait(0.1)
    updates = desk.alice.requests("UPDATE")
    assert [update.headers.get("Session-Expires") for update in updates] == [
        "1800;refresher=uac",
        "3600;refresher=uac",
    ]


def test_a_refresh_that_a_lost_flow_swallowed_is_sent_again(desk) -> None:
    desk.talk()
    desk.lost = {"UPDATE"}
    desk.wait(901)
    desk.alice.agent.flow_lost(desk.now)
    desk.alice.agent.flow_opened(desk.now)
    desk.lost = set()
    desk.wait(2)
    assert len(desk.alice.requests("UPDATE")) == 2
    assert not desk.alice.heard(Ended)


def test_a_caller_that_cannot_refresh_is_refreshed_by_us(desk) -> None:
    desk.lost = {"INVITE"}
    desk.alice.agent.invite(desk.bob.aor, desk.OFFER, desk.now)
    desk.settle()
    invitation = desk.alice.requests("INVITE")[0]
    plain = invitation.with_headers(invitation.headers.remove("Supported"))
    desk._flows["z9hG4bKx"] = desk.alice
    desk.give(desk.bob, plain.push("Via", "SIP/2.0/TLS crs.example.org;branch=z9hG4bKx").encode())
    desk.bob.agent.accept(desk.bob.agent.calls[0], desk.ANSWER, desk.now)
    desk.settle()
    answer = desk.bob.sent[-1]
    assert answer.headers.get("Session-Expires") == "1800;refresher=uas"
    assert "Require" not in answer.headers


def test_the_callers_invite_is_repeated_once_for_a_longer_interval(desk) -> None:
    desk.lost = {"INVITE"}
    call = desk.alice.agent.invite(desk.bob.aor, desk.OFFER, desk.now)
    desk.settle()
    first = desk.alice.requests("INVITE")[0]
    desk.give(desk.alice, response_to(first, 422, headers=[("Min-SE", "7200")]).encode())
    desk.settle()
    second = desk.alice.requests("INVITE")[1]
    assert second.call_id == first.call_id
    assert second.cseq.sequence == 2
    assert second.headers.get("Min-SE") == second.headers.get("Session-Expires") == "7200"
    events = desk.give(desk.alice, response_to(second, 422, headers=[("Min-SE", "9000")]).encode())
    assert [type(event).__name__ for event in events] == ["Refused"]
    assert events[0].handle == call


def request(*headers: tuple[str, str]) -> Request:
    return Request("INVITE", "sip:a@b", Headers(headers))


def test_the_callee_agrees_within_reason() -> None:
    timer = ("Supported", "timer")
    assert agree_as_uas(request()) is None
    assert str(agree_as_uas(request(timer, ("Session-Expires", "600")))) == "600;refresher=uac"
    assert str(agree_as_uas(request(timer, ("Session-Expires", "600;refresher=uas")))) == "600;refresher=uas"
    assert str(agree_as_uas(request(timer, ("Session-Expires", "999999999")))) == "1800;refresher=uac"
    longer = request(timer, ("Session-Expires", "4000"), ("Min-SE", "3600"))
    assert str(agree_as_uas(longer)) == "3600;refresher=uac"
    absurd = request(timer, ("Session-Expires", "999999999"), ("Min-SE", "999999999"))
    assert str(agree_as_uas(absurd)) == "86400;refresher=uac"


@pytest.mark.parametrize("value", ["", "soon", "-1", "1800;refresher=me", "1800;;", "99999999999999999999"])
def test_a_malformed_timer_is_400(value) -> None:
    with pytest.raises(TheirMistake) as caught:
        session_expires(request(("Session-Expires", value)))
    assert caught.value.status == 400


def test_a_malformed_minimum_is_400() -> None:
    with pytest.raises(TheirMistake):
        min_se(request(("Min-SE", "soon")))
    assert min_se(request(("Min-SE", "5"))) == 90
