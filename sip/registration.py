"""Our binding at the registrar: made, refreshed, removed (RFC 3261 §10.2, RFC 5626 §4.2)."""

from __future__ import annotations

import re

from sip.address import MAX_CSEQ
from sip.endpoint import METHODS, Endpoint
from sip.events import Event, Registered, RegistrationFailed
from sip.message import Response
from sip.reasons import reason_phrase
from sip.transaction import ClientTransaction

MAX_EXPIRES = 86400


class Registration:
    """One binding. All its REGISTERs share a Call-ID and count on (RFC 3261 §10.2)."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._call_id = endpoint.token() + endpoint.token()
        self._sequence = 0
        self._wanted = 0
        self._again: int | None = None
        self._transaction: ClientTransaction | None = None
        self._raised = False
        self.refresh_at: float | None = None
        self.flow_timer: int | None = None
        """Flow-Timer of the last 200: a flow that is silent for longer is closed (RFC 5626 §4.4)."""

    def register(self, expires: int, now: float) -> None:
        """Ask for a binding of `expires` seconds, 0 to remove it; waits for a REGISTER already under way."""
        if self._transaction is not None:
            self._again = expires
            return
        self._raised = False
        self._send(expires, now)

    def owns(self, transaction: ClientTransaction) -> bool:
        """Say whether this is our REGISTER."""
        return transaction is self._transaction

    def receive_response(self, response: Response, now: float) -> list[Event]:
        """Take the answer to our REGISTER."""
        if response.status < 200:
            return []
        self._transaction = None
        if response.status == 423 and not self._raised and self._raise_interval(response, now):
            return []
        events = (
            self._bound(response, now)
            if response.status < 300
            else self._failed(response.status, response.reason)
        )
        return events + self._next(now)

    def timed_out(self, now: float) -> list[Event]:
        """Nobody answered."""
        self._transaction = None
        return self._failed(408, reason_phrase(408)) + self._next(now)

    def flow_lost(self) -> None:
        """The binding is gone with its flow; no event, for the user of the flow knows."""
        self._transaction = None
        self._again = None
        self.refresh_at = None

    def tick(self, now: float) -> None:
        """Refresh when it is time."""
        if self.refresh_at is not None and self.refresh_at <= now:
            self.refresh_at = None
            self.register(self._wanted, now)

    def _send(self, expires: int, now: float) -> None:
        self._wanted = expires
        self._sequence = self._sequence % MAX_CSEQ + 1
        identity = self._endpoint.identity
        request = self._endpoint.request(
            "REGISTER",
            f"sip:{identity.domain}",
            to=identity.aor,
            from_tag=self._endpoint.token(),
            call_id=self._call_id,
            sequence=self._sequence,
            headers=[
                ("Contact", identity.binding),
                ("Expires", str(expires)),
                ("Supported", "outbound, path"),
                ("Allow", METHODS),
            ],
        )
        self._transaction = self._endpoint.transactions.request(request, now)

    def _next(self, now: float) -> list[Event]:
        if self._again is not None:
            again, self._again = self._again, None
            self.register(again, now)
        return []

    def _raise_interval(self, response: Response, now: float) -> bool:
        least = response.headers.get("Min-Expires") or ""
        if not re.fullmatch(r"[0-9]{1,6}", least) or not self._wanted < int(least) <= MAX_EXPIRES:
            return False
        self._raised = True
        self._send(int(least), now)
        return True

    def _bound(self, response: Response, now: float) -> list[Event]:
        granted = self._granted(response)
        if self._wanted == 0:
            self.refresh_at = None
            return [Registered(0, response.date)]
        if granted is None or granted == 0:
            return self._failed(500, "Registrar does not hold our binding")
        granted = min(granted, MAX_EXPIRES)
        self.refresh_at = now + granted - min(60, granted / 2)
        timer = response.headers.get("Flow-Timer") or ""
        self.flow_timer = int(timer) if re.fullmatch(r"[0-9]{1,6}", timer) else None
        return [Registered(granted, response.date)]

    def _granted(self, response: Response) -> int | None:
        """The life of our own binding among all that the registrar lists."""
        for contact in response.contact:
            instance = contact.parameters.get("+sip.instance")
            if instance == f"<{self._endpoint.identity.instance}>":
                expires = contact.parameters.get("expires")
                return int(expires) if expires is not None else (response.expires or self._wanted)
        return None

    def _failed(self, status: int, reason: str) -> list[Event]:
        self.refresh_at = None
        return [RegistrationFailed(status, reason)]
