"""A server says that there is something new: one event, unasked, answered, and nothing else."""

from __future__ import annotations

import pytest

from crs.effects import Identity
from crs.notice import changed
from sip.events import ProfileChanged
from sip.message import Request
from sip.stream import MessageStream

ALICE = "+46700000001"


def answers(phone) -> list[int]:
    """The statuses of what a phone answers now."""
    return [answer.status for answer in MessageStream().receive(phone.agent.outgoing())]


def notify(**headers: str | None) -> Request:
    request = changed(Identity(ALICE, "7"), "example.org")
    fields = request.headers
    for name, value in headers.items():
        name = name.replace("_", "-")
        fields = fields.remove(name) if value is None else fields.set(name, value)
    return request.with_headers(fields)


def test_the_phone_is_told_and_answers(desk) -> None:
    assert desk.give(desk.alice, notify().encode()) == [ProfileChanged()]
    assert answers(desk.alice) == [200]


@pytest.mark.parametrize("event", ["presence", "ua-profiles", "", "message-summary", None])
def test_another_event_is_refused_and_changes_nothing(desk, event: str | None) -> None:
    assert desk.give(desk.alice, notify(Event=event).encode()) == []
    assert answers(desk.alice) == [489]


def test_a_notification_inside_a_call_is_refused_and_the_call_lives(desk) -> None:
    desk.talk()
    call = desk.alice.requests("INVITE")[-1]
    inside = notify(From=_dialog(desk)[0], To=_dialog(desk)[1], Call_ID=call.call_id, CSeq="90 NOTIFY")
    assert desk.give(desk.alice, inside.encode()) == []
    assert answers(desk.alice) == [489]
    assert len(desk.alice.agent.calls) == 1


def _dialog(desk) -> tuple[str, str]:
    """From and To of a request of Bob's to Alice inside their call."""
    accepted = next(one for one in desk.bob.sent if getattr(one, "status", 0) == 200)
    return accepted.headers.get("To") or "", accepted.headers.get("From") or ""
