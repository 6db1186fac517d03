"""Whatever comes down a wire, the server lives, and its other phones do not notice."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crs.effects import Flow, Send
from sip.errors import TheirMistake
from sip.message import Request, Response
from sip.sdp import offer
from sip.stream import KeepAlive, Malformed, MessageStream
from tests.crs.border import AWAY, CHLOE, HOSTS, KARL, THIRD, Abroad, Border
from tests.crs.exchange import Exchange, Talk
from tests.crs.office import ASHA, BEN, NOBODY, Office
from tests.crs.phone import ANSWER, I_MESSAGE, OFFER, Phone, invite, register, request
from tests.crs.site import Site
from tests.crs.test_server import REFUSED
from tests.sip.torture import MESSAGES, Torture

QUICK = settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

LIVING = [
    register(ASHA).encode(),
    invite(ASHA, BEN).encode(),
    invite(ASHA, NOBODY).encode(),
    invite(ASHA, "echo").encode(),
    b"\r\n\r\n",
]


@st.composite
def nearly_sip(draw: st.DrawFn) -> bytes:
    """Messages of ours with a few octets changed, cut out or doubled."""
    octets = bytearray(b"".join(draw(st.lists(st.sampled_from(LIVING), min_size=1, max_size=3))))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(octets) - 1))
        kind = draw(st.sampled_from(["change", "cut", "double", "insert"]))
        if kind == "change":
            octets[at] = draw(st.integers(0, 255))
        elif kind == "cut":
            del octets[at : at + draw(st.integers(1, 40))]
        elif kind == "double":
            octets[at:at] = octets[at : at + draw(st.integers(1, 200))]
        else:
            octets[at:at] = draw(
                st.sampled_from([b"\r\n", b"\0", b",", b";", b'"', b"<", b"\xff\xfe", b"Via: x\r\n"])
            )
        if not octets:
            octets = bytearray(b"x")
    return bytes(octets)


@pytest.fixture
def watcher(site: Site, office: Office) -> Iterator[Phone]:
    """A phone that must not notice anything."""
    phone = site.registered(office.cards[1])
    yield phone
    phone.write(register(BEN).encode())
    assert phone.next().status == 200  # type: ignore[union-attr]


@QUICK
@given(octets=st.one_of(st.binary(max_size=4000), nearly_sip()))
def test_any_octets_on_a_living_connection(site: Site, watcher: Phone, octets: bytes) -> None:
    site.clock.turn(60)
    phone = site.registered(site.office.cards[0])
    phone.strict = False
    with contextlib.suppress(*REFUSED, TimeoutError):
        phone.write(octets + b"\r\n\r\n")
        phone.line.settimeout(0.02)
        phone.next()
    phone.hang_up_line()
    watcher.write(b"\r\n\r\n")
    watcher.pong()
    watcher.inbox.clear()


@pytest.mark.parametrize("message", MESSAGES.values(), ids=lambda message: message.name)
def test_the_torture_messages_of_rfc_4475(site: Site, watcher: Phone, message: Torture) -> None:
    phone = site.registered(site.office.cards[0])
    with contextlib.suppress(*REFUSED):
        phone.write(message.octets)
    phone.hang_up_line()
    assert watcher.silent()


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_the_engine_takes_any_message_at_any_time(data: st.DataObject) -> None:
    """From either party and a stranger, in any order: only effects come out, and all of it is forgotten."""
    exchange = Exchange()
    talk = Talk(exchange, exchange.registered(ASHA), exchange.registered(BEN)).begin()
    stranger = exchange.registered(NOBODY)
    flows = [talk.caller, talk.callee, stranger]
    pool = [
        talk.invite,
        talk.cancel(),
        *(talk.inside(method, by=by) for method in ("ACK", "BYE", "UPDATE", "PRACK") for by in flows[:2]),
        *(talk.inside("INVITE", by=by, body=OFFER) for by in flows[:2]),
        *(talk.answer(status) for status in (100, 180, 200, 302, 486, 487, 503, 699)),
        talk.answer(200, body=ANSWER),
        talk.answer(183, body=ANSWER),
        register(ASHA),
        register(BEN, expires=0),
        *(invite(tel, "echo") for tel in (ASHA, BEN, NOBODY)),
        *(_to_echo(method) for method in ("ACK", "BYE", "UPDATE", "INVITE", "CANCEL", "OPTIONS")),
    ]
    for _ in range(data.draw(st.integers(1, 25))):
        flow = data.draw(st.sampled_from(flows))
        step = data.draw(st.sampled_from(["say", "say", "say", "wait", "lose", "mangle"]))
        if step == "say":
            exchange.say(flow, data.draw(st.sampled_from(pool)))
        elif step == "wait":
            exchange.wait(data.draw(st.sampled_from([1, 40, 200])), step=20)
        elif step == "lose":
            exchange.lose(flow)
        else:
            _mangled(exchange, data, flow, pool)
    assert exchange.engine.calls <= 4 + len(flows)
    exchange.wait(1000, step=50)
    assert exchange.engine._proxy.transactions == 0
    assert len(exchange.engine._echoes) == 0


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_two_engines_take_any_message_of_each_other_at_any_time(data: st.DataObject) -> None:
    """Links that come and go, a hostile third: no false number rings, no third hears, all is forgotten."""
    border = Border()
    asha, karl = border.home.registered(ASHA), border.away.registered(KARL)
    talk = Abroad(border, asha, karl).begin()
    third = border.home.link(THIRD, host=HOSTS[THIRD])
    border.home.take(border.home.engine.link_up(third, ours=False))
    pool = [
        talk.invite,
        talk.cancel(),
        *(talk.inside(method, by=by) for method in ("ACK", "BYE", "UPDATE", "PRACK") for by in (asha, karl)),
        *(talk.inside("INVITE", by=by, body=OFFER) for by in (asha, karl)),
        *(talk.answer(status) for status in (100, 180, 200, 302, 486, 487, 503, 699)),
        *(talk.answer(status, body=ANSWER) for status in (183, 200)),
        *(
            invite(tel, ASHA, domain=home, body=offer(HOSTS[home], 30000, I_MESSAGE))
            for tel in (KARL, CHLOE, NOBODY)
            for home in (AWAY, THIRD)
        ),
        invite(KARL, CHLOE, domain=AWAY, body=offer(HOSTS[AWAY], 30000, I_MESSAGE)),
        *(invite(ASHA, tel) for tel in (CHLOE, NOBODY, "echo")),
        *border.crossed,
    ]
    for _ in range(data.draw(st.integers(1, 25))):
        step = data.draw(st.sampled_from(["phone", "phone", "third", "link", "cut", "connect", "wait"]))
        message = data.draw(st.sampled_from(pool))
        if step == "phone":
            border.say(data.draw(st.sampled_from([asha, karl])), message)
        elif step == "third":
            border.home.say(third, message)
        elif step == "link" and border.links:
            border.home.say(border.links[0][0], message)
        elif step == "cut":
            border.cut()
        elif step == "connect" and len(border.links) < 2:
            border.connect(opened_at_home=data.draw(st.booleans()))
        elif step == "wait":
            border.home.wait(40, step=20)
            border.away.wait(40, step=20)
        border.carry()
        assert all(_rings_rightly(heard) for heard in border.heard(asha))
        assert not [
            sent for sent in border.home.heard(third) if _begins(sent) and sent.from_.uri.user != ASHA
        ]
    for side in (border.home, border.away):
        side.wait(1000, step=50)
        assert side.engine._proxy.transactions == 0


def _begins(message: Request | Response) -> bool:
    return isinstance(message, Request) and message.method == "INVITE" and message.to.tag is None


def _rings_rightly(message: Request | Response) -> bool:
    """A call may come from a partner's number in that partner's own domain, and from nowhere else."""
    named = (message.from_.uri.user, message.from_.uri.host)
    return not _begins(message) or named in {(KARL, AWAY), (CHLOE, THIRD)}


def _to_echo(method: str) -> Request:
    body = OFFER if method == "INVITE" else b""
    return request(method, "sip:echo@sv.example", caller=ASHA, callee="echo", to_tag="x", body=body)


def _mangled(exchange: Exchange, data: st.DataObject, flow: Flow, pool: list[Request | Response]) -> None:
    octets = bytearray(data.draw(st.sampled_from(pool)).encode())
    for _ in range(3):
        octets[data.draw(st.integers(0, len(octets) - 1))] = data.draw(st.integers(32, 126))
    try:
        events = MessageStream().receive(bytes(octets))
    except TheirMistake:
        return
    for event in events:
        if isinstance(event, Malformed):
            effects = exchange.engine.receive(flow, event, now=exchange.now, unix=0.0)
            assert [effect.flow for effect in effects if isinstance(effect, Send)] in ([], [flow])
        elif not isinstance(event, KeepAlive):
            exchange.take(exchange.engine.receive(flow, event, now=exchange.now, unix=0.0))
