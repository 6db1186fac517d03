"""The engine without sockets: flows that are only numbers, a relay that only hands out ports."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Any

from crs.config import Config
from crs.effects import Alarm, CloseFlow, Effect, Flow, Identity, Observed, Send
from crs.engine import Engine
from crs.relay import RelayedCall, RelayFull, Side, Source
from sip.headers import Headers
from sip.message import Request, Response, parse, response_to
from tests.crs.phone import ANSWER, invite, register, request

_NUMBERS = itertools.count(1)
"""Of flows, so that those of two engines differ."""


class PortsOnPaper:
    """A relay that binds nothing."""

    def __init__(self) -> None:
        self.full = False
        self.now = 0.0
        self.calls: dict[str, RelayedCall] = {}
        self._next = itertools.count(20000)

    def open(self, relay_id: str, *, echo: bool = False) -> dict[Side, int]:
        if self.full:
            raise RelayFull
        self.calls[relay_id] = call = RelayedCall.begin(self.now, echo=echo)
        return {side: next(self._next) for side in call.legs}

    def expect(self, relay_id: str, side: Side, hosts: frozenset[str]) -> None:
        if relay_id in self.calls:
            self.calls[relay_id].expect(side, hosts)

    def fix(self, relay_id: str, side: Side, source: Source) -> None:
        if relay_id in self.calls:
            self.calls[relay_id].fix(side, source)

    def answer(self, relay_id: str) -> None:
        if relay_id in self.calls:
            self.calls[relay_id].answer(self.now)

    def close(self, relay_id: str) -> RelayedCall | None:
        return self.calls.pop(relay_id, None)


@dataclass
class Exchange:
    """One engine, its phones' flows, and everything that came out."""

    config: Config = field(default_factory=Config)
    domain: str = "sv.example"
    host: str = "203.0.113.1"
    now: float = 1000.0
    effects: list[Effect] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.media = PortsOnPaper()
        self.engine = Engine(domain=self.domain, media=self.media, config=self.config)
        self._inboxes: dict[Flow, list[Request | Response]] = {}

    def flow(self, tel: str, serial: str = "1", host: str = "198.51.100.1") -> Flow:
        return self._flow(Identity(tel, serial), host)

    def link(self, partner: str, *, host: str) -> Flow:
        """Return a link to a partner's CRS, which is not up yet."""
        return self._flow(Identity("", "", partner), host)

    def _flow(self, identity: Identity, host: str) -> Flow:
        flow = Flow(next(_NUMBERS), identity, host, self.host)
        self._inboxes[flow] = []
        return flow

    def registered(self, tel: str, **where: Any) -> Flow:
        flow = self.flow(tel, **where)
        self.say(flow, register(tel, domain=self.domain, uri=f"sip:{self.domain}"))
        assert self.heard(flow)[0].status == 200
        return flow

    def say(self, flow: Flow, message: Request | Response) -> None:
        """Let a flow carry a message, as octets, so that only what survives the wire counts."""
        arrived = parse(message.encode())
        self.take(self.engine.receive(flow, arrived, now=self.now, unix=1795368000.0 + self.now))

    def lose(self, flow: Flow) -> None:
        self.take(self.engine.lost(flow, self.now))

    def wait(self, seconds: float, step: float = 1.0) -> None:
        """Let time pass, a second at a time."""
        end = self.now + seconds
        while self.now < end:
            self.now = min(end, self.now + step)
            self.take(self.engine.tick(self.now))

    def take(self, effects: list[Effect]) -> None:
        self.effects += effects
        for effect in effects:
            if isinstance(effect, Send):
                message = parse(effect.message.encode())
                self._inboxes[effect.flow].append(message)

    def heard(self, flow: Flow) -> list[Any]:
        """Return what was sent down a flow since the last time."""
        messages, self._inboxes[flow] = self._inboxes[flow], []
        return messages

    def statuses(self, flow: Flow) -> list[int | str]:
        """Return what was sent down a flow: statuses of responses, methods of requests."""
        return [
            message.status if isinstance(message, Response) else message.method
            for message in self.heard(flow)
        ]

    def alarms(self) -> list[str]:
        return [effect.event for effect in self.effects if isinstance(effect, Alarm)]

    def observed(self) -> list[str]:
        return [effect.event for effect in self.effects if isinstance(effect, Observed)]

    def closed(self) -> list[Flow]:
        return [effect.flow for effect in self.effects if isinstance(effect, CloseFlow)]


def reply(
    message: Request,
    status: int,
    *,
    tel: str = "+10000",
    body: bytes = b"",
    tag: str = "to",
    extra: tuple[tuple[str, str], ...] = (),
) -> Response:
    """Build a phone's response to a request."""
    return response_to(
        message,
        status,
        to_tag=tag,
        body=body,
        content_type="application/sdp" if body else None,
        headers=[("Contact", f"<sip:{tel}@callee.invalid>"), *extra],
    )


@dataclass
class Talk:
    """A call between two flows of an exchange, step by step."""

    exchange: Exchange
    caller: Flow
    callee: Flow
    invite: Request = field(init=False)
    seen: Request = field(init=False)
    """The INVITE as the callee sees it."""

    def begin(self, **changes: Any) -> Talk:
        caller, callee = self.caller.identity.tel, self.callee.identity.tel
        self.invite = invite(caller, callee, **changes)
        self.exchange.say(self.caller, self.invite)
        (trying,) = self.exchange.heard(self.caller)
        assert trying.status == 100
        (self.seen,) = self.exchange.heard(self.callee)
        return self

    def answer(self, status: int, **parts: Any) -> Response:
        """Build the callee's response to the INVITE."""
        return reply(self.seen, status, tel=self.callee.identity.tel, **parts)

    def ring(self) -> Talk:
        self.exchange.say(self.callee, self.answer(180))
        (ringing,) = self.exchange.heard(self.caller)
        assert ringing.status == 180
        return self

    def lift(self) -> Talk:
        """Answer and confirm."""
        self.exchange.say(self.callee, self.answer(200, body=ANSWER))
        (accepted,) = self.exchange.heard(self.caller)
        assert accepted.status == 200
        self.exchange.say(self.caller, self.inside("ACK", cseq=1))
        assert self.exchange.statuses(self.callee) == ["ACK"]
        return self

    def inside(self, method: str, *, by: Flow | None = None, cseq: int = 2, **changes: Any) -> Request:
        """Build a request within the dialog, from the caller unless `by` says otherwise."""
        sender = by or self.caller
        outward = sender == self.caller
        other = self.callee if outward else self.caller
        tags = ("from", "to") if outward else ("to", "from")
        parts: dict[str, Any] = {
            "caller": sender.identity.tel,
            "callee": other.identity.tel,
            "call_id": self.invite.call_id,
            "cseq": cseq,
            "from_tag": tags[0],
            "to_tag": tags[1],
            "extra": (("Route", "<sip:sv.example;transport=tls;lr>"),),
        }
        return request(method, f"sip:{other.identity.tel}@there.invalid", **{**parts, **changes})

    def cancel(self) -> Request:
        """Build the CANCEL of the INVITE."""
        sent = self.invite
        fields = [
            ("Via", sent.headers.get("Via") or ""),
            ("From", sent.headers.get("From") or ""),
            ("To", sent.headers.get("To") or ""),
            ("Call-ID", sent.call_id),
            ("CSeq", f"{sent.cseq.sequence} CANCEL"),
            ("Max-Forwards", "70"),
        ]
        return Request("CANCEL", sent.uri, Headers(fields))
