"""A desk with two user agents and a server between them, in one thread and on one clock."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TypeVar

import pytest

from sip import sdp
from sip.address import telephone
from sip.agent import UserAgent
from sip.endpoint import Identity
from sip.events import Accepted, CallHandle, Established, Event, Incoming
from sip.message import Request, Response, response_to
from sip.stream import PONG, KeepAlive, MessageStream

E = TypeVar("E")

I_MESSAGE = bytes(range(256)) + b"\x1a" * 301
OFFER = sdp.offer("192.0.2.1", 40000, I_MESSAGE, session_id=1)
ANSWER = sdp.answer("192.0.2.2", 41000, session_id=2)


@dataclass
class Phone:
    """A user agent with its flow, and what it told us."""

    agent: UserAgent
    number: str
    events: list[Event] = field(default_factory=list)
    stream: MessageStream = field(default_factory=MessageStream)
    sent: list[Request | Response] = field(default_factory=list)
    connected: bool = True

    def heard(self, kind: type[E]) -> list[E]:
        return [event for event in self.events if isinstance(event, kind)]

    def requests(self, method: str) -> list[Request]:
        """The requests of that method it has sent."""
        return [one for one in self.sent if isinstance(one, Request) and one.method == method]

    def answers(self, method: str) -> list[int]:
        """The statuses it has answered requests of that method with."""
        return [one.status for one in self.sent if isinstance(one, Response) and one.cseq.method == method]

    def only(self, kind: type[E]) -> E:
        (event,) = self.heard(kind)
        return event

    @property
    def aor(self) -> str:
        return f"sip:{self.number}@example.org;user=phone"


class Desk:
    """Two phones and the server that connects them; time passes only in `wait`."""

    OFFER = OFFER
    ANSWER = ANSWER

    def __init__(self) -> None:
        self.now = 1000.0
        self.phones = [self._phone("+46700000001", 1), self._phone("+46700000002", 2)]
        self.contacts: dict[str, str] = {}
        self.answer_registers = True
        self.answer_pings = True
        self.lost: set[str] = set()
        """Methods and statuses (as text) that the server drops."""
        self._branches = itertools.count()
        self._flows: dict[str, Phone] = {}

    def _phone(self, number: str, serial: int) -> Phone:
        counter = itertools.count()
        identity = Identity(number, "example.org", f"urn:uuid:00000000-0000-4000-8000-00000000000{serial}")
        agent = UserAgent(identity, token=lambda: f"{serial}{next(counter):015x}", fraction=lambda: 1.0)
        agent.flow_opened(self.now)
        return Phone(agent, number)

    def ring(self) -> tuple[CallHandle, CallHandle]:
        """Alice calls, Bob rings; return both handles."""
        call = self.alice.agent.invite(self.bob.aor, OFFER, self.now)
        self.settle()
        handle = self.bob.heard(Incoming)[-1].handle
        self.bob.agent.ring(handle, self.now)
        self.settle()
        return call, handle

    def talk(self) -> tuple[CallHandle, CallHandle]:
        """Bring a call up; return both handles."""
        call, handle = self.ring()
        self.bob.agent.accept(handle, ANSWER, self.now)
        self.settle()
        assert Accepted(call, ANSWER) in self.alice.events
        assert Established(handle) in self.bob.events
        return call, handle

    @property
    def alice(self) -> Phone:
        return self.phones[0]

    @property
    def bob(self) -> Phone:
        return self.phones[1]

    def settle(self) -> None:
        """Carry octets until nobody has anything to say."""
        busy = True
        while busy:
            busy = False
            for phone in self.phones:
                octets = phone.agent.outgoing()
                if octets and phone.connected:
                    busy = True
                    self._from(phone, octets)

    def wait(self, seconds: float) -> None:
        """Let time pass, stopping at every deadline."""
        end = self.now + seconds
        self.settle()
        while self.now < end:
            deadlines = [deadline for phone in self.phones if (deadline := phone.agent.deadline) is not None]
            self.now = min(end, max(self.now + 0.001, min(deadlines, default=end)))
            for phone in self.phones:
                phone.events += phone.agent.tick(self.now)
            self.settle()

    def give(self, phone: Phone, octets: bytes) -> list[Event]:
        """Hand octets to a phone as if they came from the server."""
        events = phone.agent.receive(octets, self.now)
        phone.events += events
        return events

    def _from(self, phone: Phone, octets: bytes) -> None:
        for item in phone.stream.receive(octets):
            if item is KeepAlive.PING:
                if self.answer_pings:
                    self.give(phone, PONG)
            elif isinstance(item, Request):
                phone.sent.append(item)
                if item.method not in self.lost:
                    self._request(phone, item)
            elif isinstance(item, Response):
                phone.sent.append(item)
                if str(item.status) not in self.lost and f"{item.status} {item.cseq.method}" not in self.lost:
                    self._response(item)
            else:
                raise AssertionError(f"a phone sent {item}")

    def _request(self, phone: Phone, request: Request) -> None:
        if request.method == "REGISTER":
            if self.answer_registers:
                self.give(phone, self._registered(request).encode())
            return
        forwarded = request.hop()
        if forwarded.routes:
            assert forwarded.routes[0].uri.host == "crs.example.org"
            forwarded = forwarded.pop("Route")
        elif forwarded.to.tag is None or forwarded.method == "CANCEL":
            number = telephone(forwarded.request_uri)
            callee = next((other for other in self.phones if other.number == number), None)
            if callee is None:
                self.give(phone, response_to(request, 404).encode())
                return
            if forwarded.method == "INVITE":
                forwarded = forwarded.push("Record-Route", "<sip:crs.example.org;transport=tls;lr>")
            forwarded = forwarded.with_uri(f"sip:{number}@{callee.agent._endpoint.identity.host};ob")
        number = telephone(forwarded.request_uri)
        callee = next((other for other in self.phones if other.number == number), None)
        if callee is None:
            return  # the ACK of a refusal of ours
        # One branch for a request, its CANCEL and its ACK, as a proxy without state makes it.
        branch = f"z9hG4bKcrs{request.branch}" if request.method != "BYE" else f"z9hG4bKcrs{request.branch}b"
        self._flows[branch] = phone
        via = f"SIP/2.0/TLS crs.example.org;branch={branch}"
        if callee.connected:
            self.give(callee, forwarded.push("Via", via).encode())

    def _response(self, response: Response) -> None:
        phone = self._flows[response.branch]
        if phone.connected:
            self.give(phone, response.pop("Via").encode())

    def _registered(self, request: Request) -> Response:
        contact = request.headers.get("Contact") or ""
        headers = [("Contact", f"{contact};expires={request.expires}")] if request.expires else []
        return response_to(
            request,
            200,
            headers=[*headers, ("Date", "Sun, 22 Nov 2026 10:00:00 GMT"), ("Require", "outbound")],
        )


@pytest.fixture
def desk() -> Desk:
    return Desk()
