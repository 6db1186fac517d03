"""Our call until it is answered: INVITE, ringing, CANCEL (RFC 3261 §9.1, §13.2)."""

from __future__ import annotations

from sip.conversation import Conversation
from sip.dialog import Dialog, DialogKey
from sip.endpoint import METHODS, Endpoint
from sip.errors import TheirMistake
from sip.events import Accepted, CallHandle, Cause, Ended, Event, Refused, Ringing
from sip.message import Response
from sip.reasons import reason_phrase
from sip.session_timer import INTERVAL, MAX_SE, MIN_SE, SessionTimer, agreed_as_uac, min_se
from sip.transaction import ClientTransaction, ServerTransaction, cancel_for


class OutgoingCall:
    """One call of ours."""

    def __init__(
        self, endpoint: Endpoint, handle: CallHandle, callee_uri: str, sdp: bytes, now: float
    ) -> None:
        self._endpoint = endpoint
        self._callee_uri = callee_uri
        self._sdp = sdp
        self._call_id = endpoint.token() + endpoint.token()
        self._tag = endpoint.token()
        self._sequence = 0
        self._hung_up = False
        self._cancel_sent = False
        self._progressed = False
        self._rang = False
        self._refused = False
        self._interval, self._min_se = INTERVAL, MIN_SE
        self.handle = handle
        self.conversation: Conversation | None = None
        self._transaction = self._invite(now)

    def hang_up(self, now: float) -> None:
        """CANCEL or BYE, whichever the state wants; a CANCEL waits for the first provisional response."""
        self._hung_up = True
        if self.conversation is not None:
            self.conversation.hang_up(now)
        elif self._progressed:
            self._cancel(now)

    def receive_response(self, transaction: ClientTransaction, response: Response, now: float) -> list[Event]:
        """Take a response to our INVITE, or to a request inside the call."""
        if self.conversation is not None and self.conversation.owns(transaction):
            return self.conversation.receive_response(transaction, response, now)
        if transaction is not self._transaction:
            return []
        if response.status < 200:
            return self._progress(response, now)
        if response.status < 300:
            return self._answered(response, now)
        return self._finally_refused(response, now)

    def timed_out(self, transaction: ClientTransaction, now: float) -> list[Event]:
        """Nobody answered."""
        if self.conversation is not None and self.conversation.owns(transaction):
            return self.conversation.timed_out(transaction, now)
        if transaction is not self._transaction:
            return []
        return self._refuse(408, reason_phrase(408))

    def receive_request(self, transaction: ServerTransaction, now: float) -> list[Event]:
        """Take a request inside the call."""
        assert self.conversation is not None  # without it `key` is None, and nothing finds us
        return self.conversation.receive_request(transaction, now)

    def flow_lost(self, now: float) -> list[Event]:
        """A call not yet answered does not survive its flow."""
        if self.conversation is not None:
            return self.conversation.flow_lost(now)
        return self._refuse(503, "Flow lost")

    def tick(self, now: float) -> list[Event]:
        """Let time pass inside the call."""
        if self.conversation is not None:
            self.conversation.tick(now)
        return []

    @property
    def deadline(self) -> float | None:
        """When `tick` has something to do."""
        return self.conversation.deadline if self.conversation is not None else None

    @property
    def over(self) -> bool:
        """True when nothing will happen any more."""
        return self._refused or (self.conversation is not None and self.conversation.over)

    @property
    def key(self) -> DialogKey | None:
        """The dialog, None until the call is answered."""
        return self.conversation.dialog.key if self.conversation is not None else None

    def owns(self, transaction: ClientTransaction) -> bool:
        """Say whether a request of ours belongs here."""
        inside = self.conversation is not None and self.conversation.owns(transaction)
        return transaction is self._transaction or inside

    def _invite(self, now: float) -> ClientTransaction:
        self._sequence += 1
        request = self._endpoint.request(
            "INVITE",
            self._callee_uri,
            to=self._callee_uri,
            from_tag=self._tag,
            call_id=self._call_id,
            sequence=self._sequence,
            headers=[
                ("Contact", self._endpoint.identity.contact),
                ("Allow", METHODS),
                ("Supported", "timer, outbound"),
                ("Session-Expires", str(self._interval)),
                ("Min-SE", str(self._min_se)),
                ("Content-Type", "application/sdp"),
            ],
            body=self._sdp,
        )
        return self._endpoint.transactions.request(request, now)

    def _cancel(self, now: float) -> None:
        if not self._cancel_sent:
            self._cancel_sent = True
            self._endpoint.transactions.request(cancel_for(self._transaction.request), now)
            self._transaction.cancelled(now)

    def _progress(self, response: Response, now: float) -> list[Event]:
        self._progressed = True
        if self._hung_up:
            self._cancel(now)
        elif response.status == 180 and not self._rang:
            self._rang = True
            return [Ringing(self.handle)]
        return []

    def _answered(self, response: Response, now: float) -> list[Event]:
        try:
            dialog = Dialog.of_caller(self._transaction.request, response)
        except TheirMistake as mistake:
            return self._refuse(502, mistake.reason) if self.conversation is None else []
        if self.conversation is not None and self.conversation.dialog.key == dialog.key:
            self.conversation.acknowledge(self._transaction.request)  # our first ACK was lost
            return []
        conversation = Conversation(
            self._endpoint,
            self.handle,
            dialog,
            local_sdp=self._sdp,
            remote_sdp=response.body,
            timer=SessionTimer.start(agreed_as_uac(response), now, we_are="uac"),
            caller=True,
        )
        conversation.acknowledge(self._transaction.request)
        if self.conversation is not None:
            conversation.hang_up(now)  # a second phone answered the same call (RFC 3261 §13.2.2.4)
            return []
        self.conversation = conversation
        if self._hung_up:
            conversation.hang_up(now)
            return []
        return [Accepted(self.handle, response.body), *conversation.opening()]

    def _finally_refused(self, response: Response, now: float) -> list[Event]:
        if response.status == 422 and not self._hung_up and self._min_se == MIN_SE:
            try:
                self._min_se = min(min_se(response), MAX_SE)
            except TheirMistake:
                return self._refuse(response.status, response.reason)
            if self._min_se > MIN_SE:
                self._interval = max(self._interval, self._min_se)
                self._progressed = False
                self._transaction = self._invite(now)
                return []
        return self._refuse(response.status, response.reason)

    def _refuse(self, status: int, reason: str) -> list[Event]:
        if self._refused or self.conversation is not None:
            return []
        self._refused = True
        if self._hung_up:
            return [Ended(self.handle, Cause.HERE)]
        return [Refused(self.handle, status, reason)]
