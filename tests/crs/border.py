"""Two domains on paper: an engine each, and a link that carries what one CRS says to the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from crs.config import Config
from crs.effects import Flow
from crs.partners import Partner, Partners
from sip.headers import Headers
from sip.message import Request, Response
from sip.sdp import offer
from tests.crs.exchange import Exchange, reply
from tests.crs.phone import ANSWER, I_MESSAGE, invite, request

ASHA = "+441632960001"
BEN = "+441632960002"
KARL = "+493012345601"
LENA = "+493012345602"
CHLOE = "+33184880001"

HOME, AWAY, THIRD = "sv.example", "partner.example", "third.example"
HOSTS = {HOME: "203.0.113.1", AWAY: "203.0.113.2", THIRD: "203.0.113.3"}
PREFIXES = {HOME: "+441632", AWAY: "+4930", THIRD: "+331"}
NUMBERS = {HOME: {ASHA, BEN}, AWAY: {KARL, LENA}, THIRD: {CHLOE}}
OUT = offer(HOSTS[AWAY], 30000, I_MESSAGE, session_id=1)
"""What a partner's CRS offers: its own relay."""


def partner(domain: str, *, key: int = 1, prefixes: tuple[str, ...] | None = None) -> Partner:
    return Partner(domain, bytes([key]) * 32, f"{HOSTS[domain]}:5061", prefixes or (PREFIXES[domain],))


def exchange(domain: str, config: Config | None = None) -> Exchange:
    """Return a domain's engine that knows the two others as partners."""
    made = Exchange(config or Config(), domain=domain, host=HOSTS[domain])
    others = [partner(other) for other in HOSTS if other != domain]
    made.take(made.engine.change_partners(Partners(others, own=NUMBERS[domain]), made.now))
    return made


def linked(home: Exchange, domain: str = AWAY) -> Flow:
    """Bring up a link of a partner's CRS at our engine; what that CRS says is the test's to say."""
    link = home.link(domain, host=HOSTS[domain])
    home.take(home.engine.link_up(link, ours=False))
    return link


def from_partner(
    caller: str, callee: str, *, domain: str = AWAY, body: bytes = OUT, **changes: Any
) -> Request:
    """Build an INVITE as a partner's CRS sends it."""
    via = changes.pop(
        "via", f"SIP/2.0/TLS crs.invalid;branch=z9hG4bK{caller[1:]}{changes.get('call_id', '')}"
    )
    uri = changes.pop("uri", f"sip:{callee}@{HOME};user=phone")
    return invite(caller, callee, domain=domain, body=body, via=via, uri=uri, **changes)


@dataclass
class Border:
    """Both domains and the links between them: pairs of flows, one end at home, one away."""

    config: Config = field(default_factory=Config)
    home: Exchange = field(init=False)
    away: Exchange = field(init=False)
    links: list[tuple[Flow, Flow]] = field(default_factory=list)
    crossed: list[Request | Response] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.home, self.away = exchange(HOME, self.config), exchange(AWAY, self.config)
        self.connect()

    def connect(self, *, opened_at_home: bool = True) -> None:
        """Open a link from one of the two."""
        pair = (self.home.link(AWAY, host=HOSTS[AWAY]), self.away.link(HOME, host=HOSTS[HOME]))
        self.home.take(self.home.engine.link_up(pair[0], ours=opened_at_home))
        self.away.take(self.away.engine.link_up(pair[1], ours=not opened_at_home))
        self.links.append(pair)

    def cut(self) -> None:
        """All links fail, at both ends."""
        links, self.links = self.links, []
        for here, there in links:
            self.home.lose(here)
            self.away.lose(there)

    def restart_away(self) -> None:
        """The partner's CRS starts anew: what it has not on disk is forgotten."""
        for here, _ in self.links:
            self.home.lose(here)
        self.links = []
        self.away = exchange(AWAY, self.config)
        self.connect()

    def carry(self) -> None:
        """Carry what was said over the links, and what is said to that, until all is quiet."""
        busy = True
        while busy:
            busy = False
            for here, there in self.links:
                for message in self.home.heard(here):
                    busy = True
                    self.crossed.append(message)
                    self.away.say(there, message)
                for message in self.away.heard(there):
                    busy = True
                    self.crossed.append(message)
                    self.home.say(here, message)

    def exchange_of(self, flow: Flow) -> Exchange:
        return self.home if flow.identity.tel in NUMBERS[HOME] else self.away

    def say(self, flow: Flow, message: Request | Response) -> None:
        """Let a phone say something, and carry it on."""
        self.exchange_of(flow).say(flow, message)
        self.carry()

    def heard(self, flow: Flow) -> list[Any]:
        return self.exchange_of(flow).heard(flow)

    def statuses(self, flow: Flow) -> list[int | str]:
        return self.exchange_of(flow).statuses(flow)


@dataclass
class Abroad:
    """A call from one domain into the other, step by step."""

    border: Border
    caller: Flow
    callee: Flow
    invite: Request = field(init=False)
    seen: Request = field(init=False)
    """The INVITE as the callee sees it."""

    @property
    def domain(self) -> str:
        """The caller's, which his phone puts behind every number."""
        return self.border.exchange_of(self.caller).domain

    def dial(self, **changes: Any) -> Abroad:
        callee = self.callee.identity.tel
        uri = f"sip:{callee}@{self.domain};user=phone"
        self.invite = invite(
            self.caller.identity.tel, callee, **{"domain": self.domain, "uri": uri, **changes}
        )
        self.border.say(self.caller, self.invite)
        return self

    def begin(self, **changes: Any) -> Abroad:
        self.dial(**changes)
        assert self.border.statuses(self.caller) == [100]
        (self.seen,) = self.border.heard(self.callee)
        return self

    def answer(self, status: int, **parts: Any) -> Response:
        return reply(self.seen, status, tel=self.callee.identity.tel, **parts)

    def ring(self) -> Abroad:
        self.border.say(self.callee, self.answer(180))
        assert self.border.statuses(self.caller) == [180]
        return self

    def lift(self) -> Abroad:
        self.border.say(self.callee, self.answer(200, body=ANSWER))
        assert self.border.statuses(self.caller) == [200]
        self.border.say(self.caller, self.inside("ACK", cseq=1))
        assert self.border.statuses(self.callee) == ["ACK"]
        return self

    def inside(self, method: str, *, by: Flow | None = None, cseq: int = 2, **changes: Any) -> Request:
        """Build a request within the dialog as a phone does: with the URIs of the INVITE."""
        sender = by or self.caller
        outward = sender == self.caller
        other = self.callee if outward else self.caller
        parts: dict[str, Any] = {
            "caller": sender.identity.tel,
            "callee": other.identity.tel,
            "call_id": self.invite.call_id,
            "cseq": cseq,
            "from_tag": "from" if outward else "to",
            "to_tag": "to" if outward else "from",
            "domain": self.domain,
            "extra": (
                ("Route", "<sip:sv.example;transport=tls;lr>, <sip:partner.example;transport=tls;lr>"),
            ),
        }
        return request(method, f"sip:{other.identity.tel}@there.invalid", **{**parts, **changes})

    def cancel(self) -> Request:
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
