"""A phone's binding at its server, and the flow under it."""

from datetime import UTC, datetime

import pytest

from sip.endpoint import Identity
from sip.errors import OurMistake
from sip.events import FlowFailed, FlowPing, Registered, RegistrationFailed
from sip.message import Request, response_to

NOON = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def refuse(desk, status, headers=()):
    """Answer Alice's last REGISTER with a refusal."""
    request = desk.alice.requests("REGISTER")[-1]
    return desk.give(desk.alice, response_to(request, status, headers=headers).encode())


def test_a_registration_gives_its_life_and_the_servers_clock(desk) -> None:
    desk.alice.agent.register(desk.now, expires=300)
    desk.settle()
    assert desk.alice.only(Registered) == Registered(300, NOON)


def test_a_register_asks_for_outbound(desk) -> None:
    desk.alice.agent.register(desk.now)
    desk.settle()
    (register,) = desk.alice.requests("REGISTER")
    assert register.uri == "sip:example.org"
    assert register.to.text == register.from_.text == "sip:+46700000001@example.org;user=phone"
    (contact,) = register.contact
    assert contact.parameters["reg-id"] == "1"
    assert contact.parameters["+sip.instance"] == "<urn:uuid:00000000-0000-4000-8000-000000000001>"
    assert "ob" in contact.uri.parameters
    assert {"outbound", "path"} <= set(register.supported)
    assert register.via[0].transport == "TLS"


def test_a_binding_is_refreshed_before_it_runs_out_and_counts_on(desk) -> None:
    desk.alice.agent.register(desk.now, expires=600)
    desk.wait(1200)
    registers = desk.alice.requests("REGISTER")
    assert len(registers) == 3
    assert len({one.call_id for one in registers}) == 1
    assert [one.cseq.sequence for one in registers] == [1, 2, 3]
    assert len(desk.alice.heard(Registered)) == 3


def test_a_binding_is_removed_on_request_and_not_refreshed(desk) -> None:
    desk.alice.agent.register(desk.now)
    desk.settle()
    desk.alice.agent.unregister(desk.now)
    desk.settle()
    assert desk.alice.heard(Registered)[-1].expires == 0
    desk.wait(2000)
    assert len(desk.alice.requests("REGISTER")) == 2


def test_a_refusal_is_told_and_not_repeated(desk) -> None:
    desk.answer_registers = False
    desk.alice.agent.register(desk.now)
    desk.settle()
    assert refuse(desk, 403) == [RegistrationFailed(403, "Forbidden")]
    desk.wait(1000)
    assert len(desk.alice.requests("REGISTER")) == 1


def test_a_silent_server_is_408_after_32_seconds(desk) -> None:
    desk.answer_registers = False
    desk.alice.agent.register(desk.now)
    desk.wait(31.9)
    assert not desk.alice.heard(RegistrationFailed)
    desk.wait(0.2)
    assert desk.alice.only(RegistrationFailed).status == 408


def test_too_brief_an_interval_is_raised_once(desk) -> None:
    desk.answer_registers = False
    desk.alice.agent.register(desk.now, expires=60)
    desk.settle()
    assert refuse(desk, 423, [("Min-Expires", "900")]) == []
    desk.settle()
    assert desk.alice.requests("REGISTER")[-1].expires == 900
    assert refuse(desk, 423, [("Min-Expires", "1800")]) == [RegistrationFailed(423, "Interval Too Brief")]


@pytest.mark.parametrize("least", ["", "soon", "-5", "60", "999999"])
def test_a_nonsensical_min_expires_is_a_failure(desk, least) -> None:
    desk.answer_registers = False
    desk.alice.agent.register(desk.now, expires=60)
    desk.settle()
    (event,) = refuse(desk, 423, [("Min-Expires", least)])
    assert isinstance(event, RegistrationFailed)


def test_a_200_without_our_own_binding_is_no_registration(desk) -> None:
    desk.answer_registers = False
    desk.alice.agent.register(desk.now)
    desk.settle()
    request = desk.alice.requests("REGISTER")[-1]
    other = '<sip:x@y;ob>;expires=600;+sip.instance="<urn:uuid:another>"'
    events = desk.give(desk.alice, response_to(request, 200, headers=[("Contact", other)]).encode())
    assert isinstance(events[0], RegistrationFailed)


def test_two_wishes_at_once_are_asked_one_after_the_other(desk) -> None:
    desk.alice.agent.register(desk.now)
    desk.alice.agent.unregister(desk.now)
    assert desk.alice.agent.outgoing().count(b"REGISTER sip:") == 1


def test_a_live_flow_is_pinged_and_says_how_long_it_took(desk) -> None:
    desk.wait(65)
    assert [type(event) for event in desk.alice.events] == [FlowPing, FlowPing]


def test_a_dead_flow_is_noticed_ten_seconds_after_the_ping(desk) -> None:
    desk.answer_pings = False
    desk.wait(39.9)
    assert not desk.alice.heard(FlowFailed)
    desk.wait(0.2)
    assert desk.alice.only(FlowFailed).reason == "No answer to a keep-alive"


def test_a_ping_can_be_sent_at_once_but_not_twice(desk) -> None:
    desk.alice.agent.ping(desk.now)
    desk.alice.agent.ping(desk.now)
    assert desk.alice.agent.outgoing() == b"\r\n\r\n"


def test_the_servers_flow_timer_makes_us_ping_in_time(desk) -> None:
    desk.answer_registers = False
    desk.alice.agent.register(desk.now)
    desk.settle()
    request = desk.alice.requests("REGISTER")[-1]
    headers = [("Contact", f"{request.headers.get('Contact')};expires=600"), ("Flow-Timer", "12")]
    desk.give(desk.alice, response_to(request, 200, headers=headers).encode())
    desk.wait(61)
    assert len(desk.alice.heard(FlowPing)) >= 3


def test_a_new_flow_registers_anew(desk) -> None:
    desk.alice.agent.register(desk.now)
    desk.settle()
    assert desk.alice.agent.flow_lost(desk.now) == []
    desk.alice.agent.flow_opened(desk.now)
    desk.alice.agent.register(desk.now)
    desk.settle()
    assert len(desk.alice.heard(Registered)) == 2


def test_nothing_half_sent_reaches_a_new_flow(desk) -> None:
    desk.alice.agent.register(desk.now)
    desk.alice.agent.flow_lost(desk.now)
    desk.alice.agent.flow_opened(desk.now)
    assert desk.alice.agent.outgoing() == b""


@pytest.mark.parametrize(
    ("number", "domain", "instance"),
    [
        ("46700000001", "example.org", "urn:uuid:00000000-0000-4000-8000-000000000001"),
        ("+46700000001>", "example.org", "urn:uuid:00000000-0000-4000-8000-000000000001"),
        ("+46700000001", "example.org\r\nX: y", "urn:uuid:00000000-0000-4000-8000-000000000001"),
        ("+46700000001", "", "urn:uuid:00000000-0000-4000-8000-000000000001"),
        ("+46700000001", "example.org", "urn:uuid:1"),
    ],
)
def test_a_bad_identity_is_our_mistake(number, domain, instance) -> None:
    with pytest.raises(OurMistake):
        Identity(number, domain, instance)


def test_every_request_names_the_phone_only_by_its_instance(desk) -> None:
    desk.alice.agent.register(desk.now)
    desk.settle()
    (register,) = desk.alice.requests("REGISTER")
    assert isinstance(register, Request)
    assert register.via[0].host == "000000000001.invalid"
