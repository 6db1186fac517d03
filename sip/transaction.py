"""Transactions over a reliable transport (RFC 3261 §17 with RFC 6026): no retransmissions, only time-outs.

    client   calling ── 1xx ──> proceeding ── 300-699 ──> terminated (INVITE: ACK sent)
                │                   │
                └────── 2xx ────────┴──> INVITE: accepted for 64*T1, further 2xx passed on; else terminated

    server   proceeding ── 300-699 ──> completed until ACK or 64*T1 (INVITE); else terminated
                 └──────── 2xx ──────> INVITE: accepted for 64*T1, repeated INVITEs absorbed, ACKs passed on

A 100 (Trying) says only that the next hop is alive, so it does not stop the client's 64*T1; any other
provisional response to an INVITE does. Nothing here asks the time or sends; messages wait in `outgoing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from sip.errors import OurMistake
from sip.headers import Headers
from sip.message import Message, Request, Response, response_to

T1 = 0.5
T2 = 4.0
TIMEOUT = 64 * T1
"""Seconds: Timers B, F, H, L and M."""

MAX_TRANSACTIONS = 256
"""Server transactions at a time; more are answered 503."""

ClientKey = tuple[str, str]
ServerKey = tuple[str, str, str, str, int]


class State(Enum):
    """Where a transaction is."""

    CALLING = "calling"
    PROCEEDING = "proceeding"
    ACCEPTED = "accepted"
    COMPLETED = "completed"
    TERMINATED = "terminated"


def client_key(message: Message) -> ClientKey:
    """Name the client transaction a request begins or a response belongs to (RFC 3261 §17.1.3)."""
    return message.branch, message.cseq.method


def server_key(request: Request) -> ServerKey:
    """Name the server transaction of a request (RFC 3261 §17.2.3, §9.2); ACK and CANCEL name their INVITE's.

    Call-ID and CSeq are part of the name, so that a branch without randomness in it does no harm.
    """
    via = request.via[0]
    method = "INVITE" if request.method in ("ACK", "CANCEL") else request.method
    return via.branch, via.sent_by, method, request.call_id, request.cseq.sequence


def ack_for_refusal(invite: Request, response: Response) -> Request:
    """Build the ACK for a 300-699 response: same branch, same target (RFC 3261 §17.1.1.3)."""
    return _alike("ACK", invite, to=response.headers.get("To") or "")


def cancel_for(invite: Request) -> Request:
    """Build the CANCEL of an INVITE (RFC 3261 §9.1)."""
    return _alike("CANCEL", invite, to=invite.headers.get("To") or "")


def _alike(method: str, invite: Request, *, to: str) -> Request:
    headers = Headers(
        [
            ("Via", invite.headers.elements("Via")[0]),
            ("Max-Forwards", "70"),
            ("From", invite.headers.get("From") or ""),
            ("To", to),
            ("Call-ID", invite.call_id),
            ("CSeq", f"{invite.cseq.sequence} {method}"),
            *(("Route", value) for value in invite.headers.all("Route")),
        ]
    )
    return Request(method, invite.uri, headers)


class ClientTransaction:
    """One request of ours and what comes back."""

    def __init__(self, request: Request, now: float) -> None:
        self.request = request
        self.key = client_key(request)
        self.state = State.CALLING
        self.deadline: float | None = now + TIMEOUT

    def receive(self, response: Response, now: float) -> tuple[list[Request], bool]:
        """Take a response; return what to send and whether the user of the transaction shall see it."""
        if self.state is State.ACCEPTED:
            return [], 200 <= response.status < 300
        if self.state is State.TERMINATED:
            return [], False
        invite = self.request.method == "INVITE"
        if response.status < 200:
            if invite and response.status > 100 and self.state is State.CALLING:
                self.state, self.deadline = State.PROCEEDING, None
            return [], True
        if invite and response.status < 300:
            self.state, self.deadline = State.ACCEPTED, now + TIMEOUT
            return [], True
        self.state, self.deadline = State.TERMINATED, None
        return [ack_for_refusal(self.request, response)] if invite else [], True

    def cancelled(self, now: float) -> None:
        """A CANCEL went out: the final response must now come within 64*T1 (RFC 3261 §9.1)."""
        if self.state in (State.CALLING, State.PROCEEDING):
            self.deadline = now + TIMEOUT

    def expire(self) -> bool:
        """The deadline passed; return True if no final response ever came."""
        unanswered = self.state is not State.ACCEPTED
        self.state, self.deadline = State.TERMINATED, None
        return unanswered


class ServerTransaction:
    """One request of theirs and what we answered."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.key = server_key(request)
        self.state = State.PROCEEDING
        self.deadline: float | None = None
        self.last: Response | None = None

    def receive(self, request: Request) -> tuple[list[Response], bool]:
        """Take a repeated request or the ACK; return what to send and whether the user shall see an ACK."""
        if request.method == "ACK":
            if self.state is State.COMPLETED:
                self.state, self.deadline = State.TERMINATED, None
                return [], False
            return [], self.state is State.ACCEPTED
        if self.last is not None and self.state in (State.PROCEEDING, State.COMPLETED):
            return [self.last], False
        return [], False

    def respond(self, response: Response, now: float) -> None:
        """Take our answer. Raises OurMistake after a final one; 2xx to an INVITE may be repeated."""
        repeated = self.state is State.ACCEPTED and 200 <= response.status < 300
        if self.state is not State.PROCEEDING and not repeated:
            raise OurMistake("this request has been answered")
        self.last = response
        if response.status < 200 or repeated:
            return
        if self.request.method != "INVITE":
            self.state = State.TERMINATED
            return
        self.state = State.ACCEPTED if response.status < 300 else State.COMPLETED
        self.deadline = now + TIMEOUT


@dataclass(frozen=True)
class RequestArrived:
    """A new request, to be answered through its transaction."""

    transaction: ServerTransaction


@dataclass(frozen=True)
class AckArrived:
    """An ACK for a 2xx."""

    request: Request


@dataclass(frozen=True)
class CancelArrived:
    """A CANCEL in its own transaction, and the transaction of the INVITE it means, None if there is none."""

    transaction: ServerTransaction
    target: ServerTransaction | None


@dataclass(frozen=True)
class ResponseArrived:
    """A response to a request of ours."""

    transaction: ClientTransaction
    response: Response


@dataclass(frozen=True)
class TimedOut:
    """No final response came within 64*T1."""

    transaction: ClientTransaction


Delivery = RequestArrived | AckArrived | CancelArrived | ResponseArrived | TimedOut


class Transactions:
    """All transactions of one flow."""

    def __init__(self) -> None:
        self._clients: dict[ClientKey, ClientTransaction] = {}
        self._servers: dict[ServerKey | tuple[ServerKey, str], ServerTransaction] = {}
        self._outgoing: list[Request | Response] = []

    def request(self, request: Request, now: float) -> ClientTransaction:
        """Begin a client transaction. Raises OurMistake if its branch is in use."""
        transaction = ClientTransaction(request, now)
        if transaction.key in self._clients:
            raise OurMistake("a branch is for one request")
        self._clients[transaction.key] = transaction
        self._outgoing.append(request)
        return transaction

    def respond(self, transaction: ServerTransaction, response: Response, now: float) -> None:
        """Answer a request. Raises OurMistake if it has had its final answer."""
        transaction.respond(response, now)
        self._outgoing.append(response)
        self._drop_terminated()

    def send(self, message: Request | Response) -> None:
        """Send outside any transaction: the ACK for a 2xx, an answer to something malformed."""
        self._outgoing.append(message)

    def outgoing(self) -> list[Request | Response]:
        """Hand over what must be sent, in order."""
        messages, self._outgoing = self._outgoing, []
        return messages

    def receive(self, message: Request | Response, now: float) -> list[Delivery]:
        """Take a message; return what its user must know of."""
        deliveries = (
            self._receive_request(message)
            if isinstance(message, Request)
            else self._receive_response(message, now)
        )
        self._drop_terminated()
        return deliveries

    def tick(self, now: float) -> list[Delivery]:
        """Let deadlines pass."""
        late: list[Delivery] = [
            TimedOut(transaction)
            for transaction in list(self._clients.values())
            if _due(transaction.deadline, now) and transaction.expire()
        ]
        for server in self._servers.values():
            if _due(server.deadline, now):
                server.state = State.TERMINATED
        self._drop_terminated()
        return late

    def abandon(self) -> None:
        """The flow is gone, and with it whatever was under way or waiting to be sent."""
        self._clients.clear()
        self._servers.clear()
        self._outgoing.clear()

    @property
    def deadline(self) -> float | None:
        """When `tick` has something to do, if ever."""
        deadlines = [client.deadline for client in self._clients.values()]
        deadlines += [server.deadline for server in self._servers.values()]
        return min((deadline for deadline in deadlines if deadline is not None), default=None)

    def _receive_request(self, request: Request) -> list[Delivery]:
        key = server_key(request)
        known = self._servers.get((key, "CANCEL") if request.method == "CANCEL" else key)
        if known is not None:
            again, is_ack = known.receive(request)
            self._outgoing.extend(again)
            return [AckArrived(request)] if is_ack else []
        if request.method == "ACK":
            return [AckArrived(request)]
        if len(self._servers) >= MAX_TRANSACTIONS:
            self._outgoing.append(response_to(request, 503))
            return []
        transaction = ServerTransaction(request)
        if request.method == "CANCEL":
            self._servers[key, "CANCEL"] = transaction
            return [CancelArrived(transaction, self._servers.get(key))]
        self._servers[key] = transaction
        return [RequestArrived(transaction)]

    def _receive_response(self, response: Response, now: float) -> list[Delivery]:
        transaction = self._clients.get(client_key(response))
        # More than one Via: it was not for us (RFC 3261 §8.1.3.3).
        if transaction is None or len(response.via) != 1:
            return []
        messages, seen = transaction.receive(response, now)
        self._outgoing.extend(messages)
        return [ResponseArrived(transaction, response)] if seen else []

    def _drop_terminated(self) -> None:
        self._clients = {k: t for k, t in self._clients.items() if t.state is not State.TERMINATED}
        self._servers = {k: t for k, t in self._servers.items() if t.state is not State.TERMINATED}


def _due(deadline: float | None, now: float) -> bool:
    return deadline is not None and deadline <= now
