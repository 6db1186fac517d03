"""An answered call: kept alive by session timers, ended by BYE (RFC 3261 §14, §15; RFC 3311; RFC 4028).

The keys of a call are agreed once. A new offer inside the call would need new ones, so a re-INVITE or UPDATE
is taken only if it repeats what was agreed, octet for octet; any other is refused and the call goes on.
"""

from __future__ import annotations

from sip.dialog import Dialog
from sip.endpoint import METHODS, Endpoint
from sip.errors import TheirMistake
from sip.events import CallHandle, Cause, Ended, Event
from sip.message import Request, Response
from sip.session_timer import (
    MAX_SE,
    SessionExpires,
    SessionTimer,
    agree_as_uas,
    agreed_as_uac,
    min_se,
    response_headers,
)
from sip.transaction import ClientTransaction, ServerTransaction

GLARE_WAIT = {True: 3.0, False: 1.0}
"""Seconds to wait after a 491; longer for the side that made the Call-ID (RFC 3261 §14.1)."""


class Conversation:
    """One dialog after its 2xx."""

    def __init__(
        self,
        endpoint: Endpoint,
        handle: CallHandle,
        dialog: Dialog,
        *,
        local_sdp: bytes,
        remote_sdp: bytes,
        timer: SessionTimer | None,
        caller: bool,
    ) -> None:
        self._endpoint = endpoint
        self._local_sdp = local_sdp
        self._remote_sdp = remote_sdp
        self._caller = caller
        self._bye: ClientTransaction | None = None
        self._refresh: ClientTransaction | None = None
        self._cause = Cause.HERE
        self.handle = handle
        self.dialog = dialog
        self.timer = timer
        self.over = False

    def hang_up(self, now: float, cause: Cause = Cause.HERE) -> None:
        """Send BYE, once."""
        if self._bye is None and not self.over:
            self._cause = cause
            self.timer = None
            self._bye = self._request("BYE", now)

    def receive_request(self, transaction: ServerTransaction, now: float) -> list[Event]:
        """Take a request inside the dialog and answer it."""
        request = transaction.request
        try:
            self.dialog.take(request)
            if request.method == "BYE":
                self._endpoint.respond(transaction, 200, now)
                return self._end(Cause.THERE)
            if request.method == "OPTIONS":
                self._endpoint.respond(transaction, 200, now, headers=[("Allow", METHODS)])
            elif self._bye is not None:
                raise TheirMistake(481, "Call is ending")
            else:
                self._answer_refresh(transaction, now)
        except TheirMistake as mistake:
            headers = [("Min-SE", str(min_se(request)))] if mistake.status == 422 else []
            self._endpoint.respond(transaction, mistake.status, now, reason=mistake.reason, headers=headers)
        return []

    def receive_response(self, transaction: ClientTransaction, response: Response, now: float) -> list[Event]:
        """Take the answer to our BYE or refresh."""
        if response.status < 200:
            return []
        if transaction is self._bye:
            return self._end(self._cause)
        if transaction is self._refresh:
            self._refresh = None
            return self._refreshed(response, now)
        return []

    def timed_out(self, transaction: ClientTransaction, now: float) -> list[Event]:
        """Nobody answered our BYE or refresh."""
        if transaction is self._bye:
            return self._end(self._cause)
        if transaction is self._refresh:
            # RFC 4028 §10: no answer to a refresh means that the other side is gone.
            self._refresh = None
            self.hang_up(now, Cause.EXPIRED)
        return []

    def flow_lost(self, now: float) -> list[Event]:
        """The call outlives its flow, what was under way does not: a BYE counts as sent, a refresh is due."""
        if self._bye is not None:
            return self._end(self._cause)
        if self._refresh is not None and self.timer is not None:
            self._refresh = None
            self.timer.refresh_at = now + 1.0
        return []

    def tick(self, now: float) -> None:
        """Refresh the session or give it up when it is time."""
        timer = self.timer
        if timer is None or timer.deadline > now:
            return
        if timer.expires_at <= now:
            self.hang_up(now, Cause.EXPIRED)
        else:
            timer.refresh_at = timer.expires_at
            agreed = SessionExpires(timer.seconds, "uac")
            headers = [("Session-Expires", str(agreed)), ("Supported", "timer")]
            self._refresh = self._request("UPDATE", now, headers)

    @property
    def deadline(self) -> float | None:
        """When `tick` has something to do."""
        return self.timer.deadline if self.timer is not None else None

    def owns(self, transaction: ClientTransaction) -> bool:
        """Say whether a request of ours belongs here."""
        return transaction in (self._bye, self._refresh)

    def acknowledge(self, invite: Request) -> None:
        """Send the ACK for the 2xx to an INVITE of ours (RFC 3261 §13.2.2.4)."""
        ack = self.dialog.request("ACK", via=self._endpoint.via(), sequence=invite.cseq.sequence)
        self._endpoint.transactions.send(ack)

    def _answer_refresh(self, transaction: ServerTransaction, now: float) -> None:
        request = transaction.request
        repeats = request.body == self._remote_sdp
        if request.method == "INVITE" and not repeats:
            raise TheirMistake(488, "A call keeps its first keys")
        if request.method == "UPDATE" and request.body and not repeats:
            raise TheirMistake(488, "A call keeps its first keys")
        agreed = agree_as_uas(request)
        if agreed is not None:
            self.timer = SessionTimer.start(agreed, now, we_are="uas")
        headers = [("Contact", self._endpoint.identity.contact), ("Allow", METHODS), ("Supported", "timer")]
        headers += response_headers(request, agreed)
        body = self._local_sdp if request.body else b""
        self._endpoint.respond(transaction, 200, now, headers=headers, body=body)

    def _refreshed(self, response: Response, now: float) -> list[Event]:
        timer = self.timer
        if timer is None:
            return []
        if response.status < 300:
            agreed = agreed_as_uac(response) or SessionExpires(timer.seconds, "uac")
            self.timer = SessionTimer.start(agreed, now, we_are="uac")
        elif response.status in (408, 481):
            self.hang_up(now, Cause.EXPIRED)
        elif response.status == 422 and timer.seconds < _min_se_of(response):
            timer.seconds = min(_min_se_of(response), MAX_SE)
            timer.refresh_at = now
        elif response.status == 491:
            timer.refresh_at = now + GLARE_WAIT[self._caller]
        return []

    def _request(
        self, method: str, now: float, headers: list[tuple[str, str]] | None = None
    ) -> ClientTransaction:
        contact = [("Contact", self._endpoint.identity.contact)] if method == "UPDATE" else []
        agent = ("User-Agent", self._endpoint.identity.user_agent)
        request = self.dialog.request(
            method, via=self._endpoint.via(), headers=[*contact, *(headers or []), agent]
        )
        return self._endpoint.transactions.request(request, now)

    def _end(self, cause: Cause) -> list[Event]:
        if self.over:
            return []
        self.over = True
        self.timer = None
        return [Ended(self.handle, cause)]


def _min_se_of(response: Response) -> int:
    try:
        return min_se(response)
    except TheirMistake:
        return MAX_SE
