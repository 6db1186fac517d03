"""Somebody's call to us: ring, accept or refuse (RFC 3261 §9.2, §13.3)."""

from __future__ import annotations

from sip.conversation import Conversation
from sip.dialog import Dialog, DialogKey
from sip.endpoint import METHODS, Endpoint
from sip.errors import OurMistake
from sip.events import CallHandle, Cancelled, Cause, Established, Event
from sip.message import Request, Response
from sip.session_timer import SessionTimer, agree_as_uas, response_headers
from sip.transaction import T1, T2, TIMEOUT, ClientTransaction, ServerTransaction, State

RING_LIMIT = 180.0
"""Seconds after which an unanswered call is refused with 480, whatever the phone thinks."""


class IncomingCall:
    """One call to us. Raises TheirMistake at once if the INVITE cannot begin a dialog."""

    def __init__(
        self, endpoint: Endpoint, handle: CallHandle, transaction: ServerTransaction, now: float
    ) -> None:
        self._endpoint = endpoint
        self._transaction = transaction
        self._invite = transaction.request
        self._agreed = agree_as_uas(self._invite)
        self._dialog = Dialog.of_callee(self._invite, endpoint.token())
        self._ring_until = now + RING_LIMIT
        self._answer: Response | None = None
        self._answered_at = 0.0
        self._repeat_at = 0.0
        self._repeat_after = T1
        self._confirmed = False
        self._hung_up = False
        self._refused = False
        self.handle = handle
        self.conversation: Conversation | None = None

    def trying(self, now: float) -> None:
        """Send 100, so that nobody waits for us in doubt."""
        self._endpoint.respond(self._transaction, 100, now)

    def ring(self, now: float) -> None:
        """Send 180. Raises OurMistake when the call is no longer waiting."""
        self._must_wait()
        contact = ("Contact", self._endpoint.identity.contact)
        self._respond(180, now, headers=[contact])

    def accept(self, sdp: bytes, now: float) -> None:
        """Send 200 with our answer. Raises OurMistake when the call is no longer waiting."""
        self._must_wait()
        headers = [("Contact", self._endpoint.identity.contact), ("Allow", METHODS)]
        headers += [("Supported", "timer, outbound"), *response_headers(self._invite, self._agreed)]
        self._answer = self._respond(200, now, headers=headers, body=sdp)
        self._answered_at = now
        self._repeat_at = now + T1
        self.conversation = Conversation(
            self._endpoint,
            self.handle,
            self._dialog,
            local_sdp=sdp,
            remote_sdp=self._invite.body,
            timer=SessionTimer.start(self._agreed, now, we_are="uas"),
            caller=False,
        )

    def refuse(self, status: int, now: float, reason: str | None = None) -> None:
        """Send a final refusal. Raises OurMistake below 300 or when the call is no longer waiting."""
        if not 300 <= status <= 699:
            raise OurMistake("a refusal is 300 to 699")
        self._must_wait()
        self._refused = True
        self._respond(status, now, reason=reason)

    def hang_up(self, now: float) -> None:
        """Decline, or BYE; a BYE waits for the ACK (RFC 3261 §15)."""
        if self.conversation is None:
            if not self._refused:
                self.refuse(603, now)
        elif self._confirmed:
            self.conversation.hang_up(now)
        else:
            self._hung_up = True

    def cancel(self, now: float) -> list[Event]:
        """The caller gave up. Nothing happens if the call has been answered."""
        if self._refused or self._transaction.state is not State.PROCEEDING:
            return []
        self.refuse(487, now)
        return [Cancelled(self.handle)]

    def flow_lost(self, now: float) -> list[Event]:
        """A call not yet answered does not survive its flow."""
        if self.conversation is not None:
            return self.conversation.flow_lost(now)
        if self._refused:
            return []
        self._refused = True
        return [Cancelled(self.handle)]

    def confirm(self, ack: Request, now: float) -> list[Event]:
        """Take the ACK for our 200."""
        if self.conversation is None or self._confirmed or ack.cseq.sequence != self._invite.cseq.sequence:
            return []
        self._confirmed = True
        if self._hung_up:
            self.conversation.hang_up(now)
            return []
        return [Established(self.handle), *self.conversation.opening()]

    def receive_request(self, transaction: ServerTransaction, now: float) -> list[Event]:
        """Take a request inside the dialog, before or after the answer."""
        if self.conversation is not None:
            return self.conversation.receive_request(transaction, now)
        if transaction.request.method == "BYE":
            self._endpoint.respond(transaction, 200, now)
            return self.cancel(now)
        # Anything else must wait for the answer (RFC 3261 §14.2).
        self._endpoint.respond(transaction, 500, now, headers=[("Retry-After", "5")])
        return []

    def receive_response(self, transaction: ClientTransaction, response: Response, now: float) -> list[Event]:
        """Take a response to a request of ours inside the call."""
        assert self.conversation is not None  # without it we own no request
        return self.conversation.receive_response(transaction, response, now)

    def timed_out(self, transaction: ClientTransaction, now: float) -> list[Event]:
        """Nobody answered a request of ours inside the call."""
        assert self.conversation is not None
        return self.conversation.timed_out(transaction, now)

    def owns(self, transaction: ClientTransaction) -> bool:
        """Say whether a request of ours belongs here."""
        return self.conversation is not None and self.conversation.owns(transaction)

    def tick(self, now: float) -> list[Event]:
        """Repeat the 200 until its ACK comes, or give up (RFC 3261 §13.3.1.4)."""
        if self.conversation is None:
            if self._refused or now < self._ring_until:
                return []
            self.refuse(480, now)
            return [Cancelled(self.handle)]
        if not self._confirmed and self._answer is not None and now >= self._repeat_at:
            if now >= self._answered_at + TIMEOUT:
                self._confirmed = True
                self.conversation.hang_up(now, Cause.NO_ACK)
            else:
                self._endpoint.transactions.send(self._answer)
                self._repeat_after = min(2 * self._repeat_after, T2)
                self._repeat_at = min(now + self._repeat_after, self._answered_at + TIMEOUT)
        self.conversation.tick(now)
        return []

    @property
    def deadline(self) -> float | None:
        """When `tick` has something to do."""
        if self.conversation is None:
            return self._ring_until
        deadlines = [self.conversation.deadline, None if self._confirmed else self._repeat_at]
        return min((deadline for deadline in deadlines if deadline is not None), default=None)

    @property
    def over(self) -> bool:
        """True when nothing will happen any more."""
        return self._refused or (self.conversation is not None and self.conversation.over)

    @property
    def key(self) -> DialogKey:
        """The dialog, early or not."""
        return self._dialog.key

    def is_answering(self, transaction: ServerTransaction) -> bool:
        """Say whether this is the call that a CANCEL means."""
        return transaction is self._transaction

    def _must_wait(self) -> None:
        if self._refused or self._transaction.state is not State.PROCEEDING:
            raise OurMistake("this call is no longer waiting")

    def _respond(
        self,
        status: int,
        now: float,
        *,
        reason: str | None = None,
        headers: list[tuple[str, str]] | None = None,
        body: bytes = b"",
    ) -> Response:
        return self._endpoint.respond(
            self._transaction,
            status,
            now,
            reason=reason,
            to_tag=self._dialog.local_tag,
            headers=headers or [],
            body=body,
        )
