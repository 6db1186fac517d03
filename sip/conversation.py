"""An answered call: held, kept alive by session timers, ended by BYE (RFC 3261 §14, §15; RFC 3311; RFC 4028).

The keys of a call are agreed once. A new offer inside the call would need new ones, so a re-INVITE or UPDATE
is taken only if it repeats what was agreed, its direction apart (see sip.agreement); any other is refused and
the call goes on. One UPDATE of ours is under way at a time: it holds, or refreshes the session, or both.
"""

from __future__ import annotations

from sip.agreement import Agreement
from sip.dialog import Dialog
from sip.endpoint import METHODS, Endpoint
from sip.errors import TheirMistake
from sip.events import CallHandle, Cause, Ended, Event, HeldByThem
from sip.message import Request, Response
from sip.sdp import CONTENT_TYPE
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

BUSY_WAIT = 10.0
"""Seconds to wait after a 5xx before the other side is told again of our holding…"""

HOLD_TRIES = 5
"""…and how often it is told in vain; then it hears silence and is not told why."""


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
        self._agreement = Agreement(local=local_sdp, remote=remote_sdp, caller=caller)
        self._hold = False
        """What our phone wants."""
        self._offered: bool | None = None
        """The holding that our UPDATE under way tells of, None if it carries no offer."""
        self._offer_at: float | None = None
        self._tries = 0
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

    def hold(self, on: bool, now: float) -> None:
        """Hold the call or take it up again. The other side is told now, or when what is under way is over.

        Raises OurMistake if offer or answer of this call were not of the house profile.
        """
        self._hold, self._tries = on, 0
        self._tell_of_hold(now)

    def opening(self) -> list[Event]:
        """Say so if the call begins as one that they hold."""
        return [HeldByThem(self.handle, True)] if self.held_by_them else []

    @property
    def held_by_them(self) -> bool:
        """Whether the other side holds the call."""
        return self._agreement.held_by_them

    def receive_request(self, transaction: ServerTransaction, now: float) -> list[Event]:
        """Take a request inside the dialog and answer it."""
        request = transaction.request
        held = self.held_by_them
        try:
            self.dialog.take(request)
            if request.method == "BYE":
                self._endpoint.respond(transaction, 200, now)
                return self._end(Cause.THERE)
            if request.method == "OPTIONS":
                self._endpoint.respond(transaction, 200, now, headers=[("Allow", METHODS)])
            elif request.method == "NOTIFY":
                raise TheirMistake(489, "No event in a call")
            elif self._bye is not None:
                raise TheirMistake(481, "Call is ending")
            else:
                self._answer_refresh(transaction, now)
        except TheirMistake as mistake:
            headers = [("Min-SE", str(min_se(request)))] if mistake.status == 422 else []
            self._endpoint.respond(transaction, mistake.status, now, reason=mistake.reason, headers=headers)
        return self._news(held)

    def receive_response(self, transaction: ClientTransaction, response: Response, now: float) -> list[Event]:
        """Take the answer to our BYE or refresh."""
        if response.status < 200:
            return []
        if transaction is self._bye:
            return self._end(self._cause)
        if transaction is self._refresh:
            held, self._refresh = self.held_by_them, None
            self._refreshed(response, now)
            if not self.over and self._bye is None and self._offer_at is None:
                self._tell_of_hold(now)
            return self._news(held)
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
        if self._refresh is not None:
            self._refresh = None
            if self._offered is not None:
                self._agreement.refused()
                self._offered, self._offer_at = None, now + 1.0
            elif self.timer is not None:
                self.timer.refresh_at = now + 1.0
        return []

    def tick(self, now: float) -> None:
        """Refresh the session or give it up, and tell again of our holding, when it is time."""
        if self._offer_at is not None and self._offer_at <= now:
            self._offer_at = None
            self._tell_of_hold(now)
        timer = self.timer
        if timer is None or timer.deadline > now:
            return
        if timer.expires_at <= now:
            self.hang_up(now, Cause.EXPIRED)
        elif self._refresh is not None:
            timer.refresh_at = min(now + 1.0, timer.expires_at)  # one at a time
        else:
            timer.refresh_at = timer.expires_at
            self._refresh = self._request("UPDATE", now, self._session_headers())

    @property
    def deadline(self) -> float | None:
        """When `tick` has something to do."""
        deadlines = [self.timer.deadline if self.timer is not None else None, self._offer_at]
        return min((deadline for deadline in deadlines if deadline is not None), default=None)

    def owns(self, transaction: ClientTransaction) -> bool:
        """Say whether a request of ours belongs here."""
        return transaction in (self._bye, self._refresh)

    def acknowledge(self, invite: Request) -> None:
        """Send the ACK for the 2xx to an INVITE of ours (RFC 3261 §13.2.2.4)."""
        ack = self.dialog.request("ACK", via=self._endpoint.via(), sequence=invite.cseq.sequence)
        self._endpoint.transactions.send(ack)

    def _answer_refresh(self, transaction: ServerTransaction, now: float) -> None:
        request = transaction.request
        if request.method == "INVITE" and self._refresh is not None and self._offered is not None:
            raise TheirMistake(491, "Request Pending")
        body = b""
        if request.method == "INVITE" or request.body:
            self._check_type(request)
            body = self._agreement.answer(request.body, hold=self._hold)
        agreed = agree_as_uas(request)
        if agreed is not None:
            self.timer = SessionTimer.start(agreed, now, we_are="uas")
        headers = [("Contact", self._endpoint.identity.contact), ("Allow", METHODS), ("Supported", "timer")]
        headers += response_headers(request, agreed)
        self._endpoint.respond(transaction, 200, now, headers=headers, body=body)
        self._tell_of_hold(now)

    @staticmethod
    def _check_type(request: Request) -> None:
        if not request.body:
            raise TheirMistake(488, "An offer is needed")
        if request.content_type != CONTENT_TYPE:
            raise TheirMistake(415, "Only SDP")

    def _tell_of_hold(self, now: float) -> None:
        """Offer what our phone wants, unless they know it, or something of ours is under way."""
        if self.over or self._bye is not None or self._refresh is not None or self._offer_at is not None:
            return
        if self._hold == self._agreement.holding or self._tries >= HOLD_TRIES:
            return
        self._tries += 1
        body = self._agreement.offer(hold=self._hold)
        self._offered = self._hold
        # Without Session-Expires it would end the session timer (RFC 4028 §7.4).
        headers = [*self._session_headers(), ("Content-Type", CONTENT_TYPE)]
        self._refresh = self._request("UPDATE", now, headers, body)

    def _session_headers(self) -> list[tuple[str, str]]:
        if self.timer is None:
            return [("Supported", "timer")]
        agreed = SessionExpires(self.timer.seconds, "uac" if self.timer.we_refresh else "uas")
        return [("Session-Expires", str(agreed)), ("Supported", "timer")]

    def _refreshed(self, response: Response, now: float) -> None:
        offered, self._offered = self._offered, None
        if response.status in (408, 481):
            self.hang_up(now, Cause.EXPIRED)
            return
        if offered is not None:
            self._hold_answered(response, offered, now)
        self._session_answered(response, now, again=offered is None)

    def _hold_answered(self, response: Response, offered: bool, now: float) -> None:
        if response.status >= 300:
            self._agreement.refused()
            if response.status == 491:
                self._offer_at = now + GLARE_WAIT[self._caller]
            elif response.status == 422 or response.status >= 500:
                self._offer_at = now + BUSY_WAIT
            else:
                self._tries = HOLD_TRIES  # they do not want to know
            return
        try:
            self._agreement.answered(response.body, hold=offered)
        except TheirMistake:
            # Keys and media stay what they were; that they are held, they have not understood.
            self._agreement.refused()
            self._tries = HOLD_TRIES

    def _session_answered(self, response: Response, now: float, *, again: bool) -> None:
        timer = self.timer
        if timer is None:
            return
        if response.status < 300:
            agreed = agreed_as_uac(response) or SessionExpires(timer.seconds, "uac")
            self.timer = SessionTimer.start(agreed, now, we_are="uac")
        elif response.status == 422 and timer.seconds < _min_se_of(response):
            timer.seconds = min(_min_se_of(response), MAX_SE)
            timer.refresh_at = now
        elif response.status == 491 and again:
            timer.refresh_at = now + GLARE_WAIT[self._caller]

    def _request(
        self, method: str, now: float, headers: list[tuple[str, str]] | None = None, body: bytes = b""
    ) -> ClientTransaction:
        contact = [("Contact", self._endpoint.identity.contact)] if method == "UPDATE" else []
        agent = ("User-Agent", self._endpoint.identity.user_agent)
        request = self.dialog.request(
            method, via=self._endpoint.via(), headers=[*contact, *(headers or []), agent], body=body
        )
        return self._endpoint.transactions.request(request, now)

    def _news(self, held: bool) -> list[Event]:
        """Return the news if the other side holds us now and did not before, or the other way round."""
        return [] if self.over or self.held_by_them == held else [HeldByThem(self.handle, not held)]

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
