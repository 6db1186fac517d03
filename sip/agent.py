"""The SIP user agent of one phone on one flow to its server.

    agent = UserAgent(Identity("+4670…", "example.org", "urn:uuid:…"))
    agent.flow_opened(now)
    agent.register(now)
    loop:  write(agent.outgoing())
           events = agent.receive(octets, now)    when octets came
           events = agent.tick(now)               at agent.deadline at the latest
           if FlowFailed in events: events += agent.flow_lost(now), connect again, flow_opened

`now` is seconds of a clock that never goes back. Nothing here sends, waits or asks the time; every method
that makes something to send leaves it in `outgoing`.
"""

from __future__ import annotations

import random
from collections import OrderedDict
from collections.abc import Callable

from sip.address import parse_uri, telephone
from sip.dialog import dialog_key
from sip.endpoint import EXTENSIONS, METHODS, Endpoint, Identity, random_token
from sip.errors import OurMistake, TheirMistake
from sip.events import (
    CallHandle,
    Event,
    FlowFailed,
    FlowPing,
    Incoming,
    ProfileChanged,
    Registered,
    Unacceptable,
)
from sip.incoming_call import IncomingCall
from sip.keep_alive import FlowKeepAlive
from sip.message import Request
from sip.outgoing_call import OutgoingCall
from sip.registration import Registration
from sip.sdp import CONTENT_TYPE
from sip.stream import PING, KeepAlive, Malformed, MessageStream
from sip.transaction import (
    AckArrived,
    CancelArrived,
    ClientTransaction,
    Delivery,
    RequestArrived,
    ResponseArrived,
    ServerTransaction,
    TimedOut,
)

_RANDOM = random.SystemRandom()

PROFILE = "ua-profile"
"""The one event that a server notifies us of (RFC 6080)."""

MAX_CALLS = 16
MAX_SEEN = 1024
"""INVITEs remembered, so that none rings twice."""


class UserAgent:
    """Registration, calls and keep-alive of one phone."""

    def __init__(
        self,
        identity: Identity,
        *,
        token: Callable[[], str] = random_token,
        fraction: Callable[[], float] = _RANDOM.random,
    ) -> None:
        self._endpoint = Endpoint(identity, token)
        self._registration = Registration(self._endpoint)
        self._keep_alive = FlowKeepAlive(fraction)
        self._stream = MessageStream(pongs=True)
        self._octets = bytearray()
        self._calls: dict[CallHandle, OutgoingCall | IncomingCall] = {}
        self._seen: OrderedDict[tuple[str, str, int], None] = OrderedDict()

    # What the phone wants

    def register(self, now: float, expires: int = 600) -> None:
        """Ask for a binding of `expires` seconds and keep it fresh.

        Leads to Registered, again at every refresh, or to RegistrationFailed.
        """
        self._registration.register(expires, now)

    def unregister(self, now: float) -> None:
        """Remove our binding. Leads to Registered(0) or RegistrationFailed."""
        self._registration.register(0, now)

    def invite(self, callee_uri: str, sdp: bytes, now: float) -> CallHandle:
        """Call somebody with an offer. Leads to Ringing, then Accepted or Refused.

        Raises OurMistake for a URI that is none, or with 16 calls under way.
        """
        try:
            parse_uri(callee_uri)
        except TheirMistake:
            raise OurMistake("not a URI to call") from None
        if len(self._calls) >= MAX_CALLS:
            raise OurMistake("too many calls at once")
        handle = CallHandle(self._endpoint.token())
        self._calls[handle] = OutgoingCall(self._endpoint, handle, callee_uri, sdp, now)
        return handle

    def ring(self, handle: CallHandle, now: float) -> None:
        """Tell the caller that we ring (180). Raises OurMistake if the call is not waiting."""
        self._incoming(handle).ring(now)

    def accept(self, handle: CallHandle, sdp: bytes, now: float) -> None:
        """Answer (200). Leads to Established, or Ended. Raises OurMistake if the call is not waiting."""
        self._incoming(handle).accept(sdp, now)

    def refuse(self, handle: CallHandle, status: int, now: float, reason: str | None = None) -> None:
        """Refuse with 300 to 699; the handle is then forgotten. Raises OurMistake if it is not waiting."""
        self._incoming(handle).refuse(status, now, reason)
        self._forget_calls()

    def hold(self, handle: CallHandle, on: bool, now: float) -> None:
        """Hold an answered call or take it up again; the other side is told as soon as it can be (UPDATE).

        Raises OurMistake if the call was not answered. A handle that is already forgotten is no mistake.
        """
        call = self._calls.get(handle)
        if call is None:
            return
        if call.conversation is None:
            raise OurMistake("only an answered call can be held")
        call.conversation.hold(on, now)

    def hang_up(self, handle: CallHandle, now: float) -> None:
        """End a call in whatever state: CANCEL, BYE or 603.

        Leads to Ended(HERE), but for an incoming call that was not answered, which is forgotten at once.
        A handle that is already forgotten is no mistake: both sides may hang up together.
        """
        call = self._calls.get(handle)
        if call is not None:
            call.hang_up(now)
            self._forget_calls()

    def ping(self, now: float) -> None:
        """Test the flow now. Leads to FlowPing, or FlowFailed within ten seconds."""
        if self._keep_alive.ping(now):
            self._octets += PING

    # The flow

    def flow_opened(self, now: float) -> None:
        """A new flow to the server is up; it begins with nothing half read and nothing half sent."""
        self._stream = MessageStream(pongs=True)
        self._octets.clear()
        self._endpoint.transactions.outgoing()
        self._keep_alive.stop()
        self._keep_alive.start(now)

    def flow_lost(self, now: float) -> list[Event]:
        """The flow is gone: calls not yet answered end, answered ones go on over the next flow."""
        self._keep_alive.stop()
        self._registration.flow_lost()
        events = [event for call in list(self._calls.values()) for event in call.flow_lost(now)]
        self._endpoint.transactions.abandon()
        self._forget_calls()
        return events

    def receive(self, octets: bytes, now: float) -> list[Event]:
        """Take octets from the flow. Nothing the peer sends makes this raise; FlowFailed ends the flow."""
        events: list[Event] = []
        try:
            arrived = self._stream.receive(octets)
        except TheirMistake:
            arrived = []
        for item in arrived:
            if item is KeepAlive.PONG:
                round_trip = self._keep_alive.pong(now)
                events += [] if round_trip is None else [FlowPing(round_trip)]
            elif isinstance(item, Malformed):
                if item.answer is not None:
                    self._endpoint.transactions.send(item.answer)
            elif not isinstance(item, KeepAlive):
                for delivery in self._endpoint.transactions.receive(item, now):
                    events += self._deliver(delivery, now)
        if self._stream.mistake is not None:
            if self._stream.answer is not None:
                self._endpoint.transactions.send(self._stream.answer)
            events.append(FlowFailed(self._stream.mistake.reason))
        self._forget_calls()
        return events

    def tick(self, now: float) -> list[Event]:
        """Let time pass. Call it at `deadline`; more often does no harm."""
        events: list[Event] = []
        for delivery in self._endpoint.transactions.tick(now):
            events += self._deliver(delivery, now)
        self._registration.tick(now)
        for call in list(self._calls.values()):
            events += call.tick(now)
        if self._keep_alive.failed(now):
            self._keep_alive.stop()
            events.append(FlowFailed("No answer to a keep-alive"))
        elif self._keep_alive.due(now):
            self.ping(now)
        self._forget_calls()
        return events

    def outgoing(self) -> bytes:
        """Hand over what must be written to the flow now."""
        for message in self._endpoint.transactions.outgoing():
            self._octets += message.encode()
        octets = bytes(self._octets)
        self._octets.clear()
        return octets

    @property
    def deadline(self) -> float | None:
        """When `tick` has something to do, None if nothing is planned."""
        deadlines = [call.deadline for call in self._calls.values()]
        deadlines += [
            self._endpoint.transactions.deadline,
            self._registration.refresh_at,
            self._keep_alive.deadline,
        ]
        return min((deadline for deadline in deadlines if deadline is not None), default=None)

    @property
    def calls(self) -> tuple[CallHandle, ...]:
        """The handles of calls that are not over."""
        return tuple(self._calls)

    # What arrives

    def _deliver(self, delivery: Delivery, now: float) -> list[Event]:
        if isinstance(delivery, ResponseArrived):
            return self._response(delivery, now)
        if isinstance(delivery, TimedOut):
            return self._timed_out(delivery, now)
        if isinstance(delivery, CancelArrived):
            return self._cancel(delivery, now)
        if isinstance(delivery, AckArrived):
            call = self._by_dialog(delivery.request)
            return call.confirm(delivery.request, now) if isinstance(call, IncomingCall) else []
        return self._request(delivery, now)

    def _response(self, delivery: ResponseArrived, now: float) -> list[Event]:
        transaction, response = delivery.transaction, delivery.response
        if self._registration.owns(transaction):
            events = self._registration.receive_response(response, now)
            if any(isinstance(event, Registered) for event in events):
                self._keep_alive.start(now, self._registration.flow_timer)
            return events
        call = self._by_transaction(transaction)
        return call.receive_response(transaction, response, now) if call is not None else []

    def _timed_out(self, delivery: TimedOut, now: float) -> list[Event]:
        transaction = delivery.transaction
        if self._registration.owns(transaction):
            return self._registration.timed_out(now)
        call = self._by_transaction(transaction)
        return call.timed_out(transaction, now) if call is not None else []

    def _cancel(self, delivery: CancelArrived, now: float) -> list[Event]:
        if delivery.target is None:
            self._endpoint.respond(delivery.transaction, 481, now)
            return []
        self._endpoint.respond(delivery.transaction, 200, now)
        for call in self._calls.values():
            if isinstance(call, IncomingCall) and call.is_answering(delivery.target):
                return call.cancel(now)
        return []

    def _request(self, delivery: RequestArrived, now: float) -> list[Event]:
        transaction = delivery.transaction
        request = transaction.request
        if request.method not in METHODS.split(", "):
            self._endpoint.respond(transaction, 405, now, headers=[("Allow", METHODS)])
            return []
        unknown = sorted(set(request.require) - EXTENSIONS)
        if unknown:
            self._endpoint.respond(transaction, 420, now, headers=[("Unsupported", ", ".join(unknown))])
            return []
        if request.to.tag is not None:
            return self._inside(transaction, now)
        if request.method == "INVITE":
            return self._invited(transaction, now)
        if request.method == "OPTIONS":
            headers = [("Allow", METHODS), ("Accept", CONTENT_TYPE), ("Supported", "timer, outbound")]
            self._endpoint.respond(transaction, 200, now, headers=headers)
            return []
        if request.method == "NOTIFY":
            return self._notified(transaction, now)
        self._endpoint.respond(transaction, 481, now)
        return []

    def _notified(self, transaction: ServerTransaction, now: float) -> list[Event]:
        """Only our server can reach us, so it may notify us unasked; of one thing (RFC 6665 §8.2.1: 489)."""
        event = transaction.request.headers.get("Event") or ""
        if event.partition(";")[0].strip().lower() != PROFILE:
            self._endpoint.respond(transaction, 489, now, headers=[("Allow-Events", PROFILE)])
            return []
        self._endpoint.respond(transaction, 200, now)
        return [ProfileChanged()]

    def _inside(self, transaction: ServerTransaction, now: float) -> list[Event]:
        call = self._by_dialog(transaction.request)
        if call is None:
            self._endpoint.respond(transaction, 481, now)
            return []
        return call.receive_request(transaction, now)

    def _invited(self, transaction: ServerTransaction, now: float) -> list[Event]:
        try:
            self._check_invite(transaction.request)
            handle = CallHandle(self._endpoint.token())
            call = IncomingCall(self._endpoint, handle, transaction, now)
        except TheirMistake as mistake:
            headers = {415: [("Accept", CONTENT_TYPE)], 422: [("Min-SE", "90")]}.get(mistake.status, [])
            self._endpoint.respond(transaction, mistake.status, now, reason=mistake.reason, headers=headers)
            return _unacceptable(transaction.request) if mistake.status in (415, 488) else []
        call.trying(now)
        self._calls[handle] = call
        invite = transaction.request
        return [Incoming(handle, invite.from_.text, telephone(invite.from_.uri), invite.body)]

    def _check_invite(self, invite: Request) -> None:
        seen = (invite.call_id, invite.from_.tag or "", invite.cseq.sequence)
        if seen in self._seen:
            raise TheirMistake(482, "Seen before")
        self._seen[seen] = None
        if len(self._seen) > MAX_SEEN:
            self._seen.popitem(last=False)
        if telephone(invite.request_uri) != self._endpoint.identity.number:
            raise TheirMistake(404, "Not Found")
        _ = invite.from_.uri
        if not invite.body:
            raise TheirMistake(488, "An offer is needed")
        if invite.content_type != CONTENT_TYPE:
            raise TheirMistake(415, "Only SDP")
        if len(self._calls) >= MAX_CALLS:
            raise TheirMistake(486, "Busy Here")

    def _by_dialog(self, request: Request) -> OutgoingCall | IncomingCall | None:
        key = dialog_key(request)
        return next((call for call in self._calls.values() if call.key == key), None)

    def _by_transaction(self, transaction: ClientTransaction) -> OutgoingCall | IncomingCall | None:
        return next((call for call in self._calls.values() if call.owns(transaction)), None)

    def _incoming(self, handle: CallHandle) -> IncomingCall:
        call = self._calls.get(handle)
        if not isinstance(call, IncomingCall):
            raise OurMistake("no such incoming call")
        return call

    def _forget_calls(self) -> None:
        self._calls = {handle: call for handle, call in self._calls.items() if not call.over}


def _unacceptable(invite: Request) -> list[Event]:
    return [Unacceptable(telephone(invite.from_.uri))]
