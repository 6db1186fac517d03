"""The proxy: requests from one phone's flow to another's, and back (RFC 3261 §16). Pure; told the time.
A partner's CRS is one such flow for all its numbers.

    INVITE    screened -> number looked up -> relay opened -> offer pointed at it -> down the callee's flow
    18x, 2xx  matched by our branch -> answer pointed at the relay -> up the caller's flow
    in a call from either party, to wherever the other is by now
    the end   BYE, refusal, time-out, lost connection: the relay closes, and whoever still waits is answered

A number that nobody has and one that is switched off are answered alike, 480, on the same path.
"""

from __future__ import annotations

from collections.abc import Callable

from crs.allowances import Allowances
from crs.calls import Call, Calls
from crs.effects import Effect, Flow, Identity, Observed, Offered, PartnerCall, Send
from crs.relay import Side
from crs.screening import ALLOW, IN_CALL, Screening, refusal, without_claims
from crs.sessions import Sessions
from crs.transactions import (
    LONGEST_RINGING,
    TIMER_B,
    TIMER_C,
    Transaction,
    Transactions,
    ack_of,
    acknowledge_and_end,
    answers,
    cancel_of,
    end_without,
    key_of,
    new_branch,
)
from crs.whereabouts import Whereabouts
from sip.errors import TheirMistake
from sip.message import Request, Response, response_to


class Proxy:
    """All calls of one domain."""

    def __init__(
        self, *, screening: Screening, whereabouts: Whereabouts, sessions: Sessions, allowances: Allowances
    ) -> None:
        self._screening = screening
        self._whereabouts = whereabouts
        self._sessions = sessions
        self._allowances = allowances
        self._transactions = Transactions()
        self._calls = Calls()
        self._via = f"SIP/2.0/TLS {screening.domain}"
        self._record_route = f"<sip:{screening.domain};transport=tls;lr>"

    @property
    def calls(self) -> int:
        """How many calls there are, ringing ones included."""
        return len(self._calls)

    @property
    def transactions(self) -> int:
        """How many transactions are remembered."""
        return len(self._transactions)

    # What comes in

    def request(self, flow: Flow, request: Request, now: float) -> list[Effect]:
        """Take a request that is not a REGISTER."""
        if request.method == "ACK":
            return self._ack(flow, request, now)
        known = self._transactions.named(key_of(flow, request))
        if known is not None:
            return [Send(flow, known.last)] if known.last is not None else []
        try:
            self._screening.request(flow, request)
            return self._accepted(flow, request, now)
        except TheirMistake as mistake:
            return [*self._screening.alarms(flow, mistake), Send(flow, refusal(request, mistake))]

    def response(self, flow: Flow, response: Response, now: float) -> list[Effect]:
        """Take a response. What does not answer a request that we sent down this very flow is dropped."""
        transaction = self._transactions.branched(response.branch)
        if transaction is None or transaction.downstream != flow or not answers(response, transaction):
            return []
        if response.status < 200:
            return self._provisional(transaction, response, now)
        if transaction.final:
            return self._late(transaction, response)
        return self._final(transaction, response, now)

    def flow_lost(self, flow: Flow, now: float) -> list[Effect]:
        """A connection has gone: whoever waited for it is told, whatever it waited for is cancelled."""
        effects: list[Effect] = []
        for transaction in self._transactions:
            if transaction.final:
                continue
            if transaction.downstream == flow:
                effects += self._answer(transaction, 480, now)
            elif transaction.upstream == flow and transaction.method == "INVITE":
                effects += self._cancel(transaction)
                effects += self._answer(transaction, 487, now)
        return effects

    def moved(self, flow: Flow) -> None:
        """A phone has registered on this flow: the media of its calls may come from there."""
        for call in self._calls.of(flow.identity):
            self._sessions.moved(call, flow)

    def parties(self) -> set[Identity]:
        """Return everybody of ours who is in a call, connected or not."""
        parties = (party for call in self._calls for party in call.parties.values())
        return {party for party in parties if not party.partner}

    def expel(self, identity: Identity, now: float) -> list[Effect]:
        """A phone has been blocked: its calls end, their relay with them, and the other party is told."""
        gone = [(call, call.side_with(identity)) for call in self._calls]
        return [effect for call, side in gone if side for effect in self._without(call, side, "blocked", now)]

    def part(self, gone: Callable[[Identity], bool], now: float) -> list[Effect]:
        """Partners have changed: calls with those that are gone end, and our phones are told."""
        return [
            effect
            for call in self._calls
            for side, party in call.parties.items()
            if party.partner and gone(party)
            for effect in self._without(call, side, "partner gone", now)
        ]

    def tick(self, now: float) -> list[Effect]:
        """Let timers fire. To be called about once a second."""
        effects: list[Effect] = []
        for transaction in self._transactions:
            if now < transaction.deadline:
                continue
            if transaction.final:
                self._transactions.remove(transaction)
            elif transaction.method == "INVITE":
                effects += self._cancel(transaction)
                effects += self._answer(transaction, 487 if transaction.cancelled else 408, now)
            else:
                # A late 408 to anything but an INVITE helps nobody (RFC 4320 §4.2).
                self._transactions.remove(transaction)
                if transaction.method == "BYE":
                    effects += self._end(transaction.call, "bye unanswered")
        return effects

    def media_silent(self, relay_id: str) -> list[Effect]:
        """Neither leg has been heard for too long: the call is over, whatever the phones think."""
        silent = [call for call in self._calls if call.relay_id == relay_id]
        return [effect for call in silent for effect in self._end(call, "silent")]

    # Requests

    def _accepted(self, flow: Flow, request: Request, now: float) -> list[Effect]:
        if request.method == "CANCEL":
            return self._cancelled(flow, request, now)
        self._allowances.transaction(flow.identity, self._transactions.count(flow.identity.account))
        if request.to.tag is not None:
            return self._in_call(flow, request, now)
        if request.method == "INVITE":
            return self._invite(flow, request, now)
        if request.method == "OPTIONS" and request.request_uri.user is None:
            return [Send(flow, response_to(request, 200, headers=[("Allow", ALLOW)]))]
        raise TheirMistake(481 if request.method in IN_CALL else 405, "Only within a call")

    def _invite(self, flow: Flow, request: Request, now: float) -> list[Effect]:
        caller = flow.identity
        onward = request.hop()
        self._allowances.offer(caller, now)
        self._whereabouts.vouch(caller)
        if request.from_.tag is None:
            raise TheirMistake(400, "Missing From tag")
        if self._calls.begun(request):
            raise TheirMistake(482, "Loop Detected")
        callee = self._screening.number(request.request_uri)
        if callee is None:
            raise TheirMistake(404, "Not our domain")
        mikey = self._screening.offer(request).mikey
        place = self._whereabouts.called(caller, callee, now)
        if place.flow == flow:
            raise TheirMistake(486, "Busy Here")
        self._allowances.call(caller, place.flow.identity, self._calls)
        call = self._sessions.begin(request, caller=flow, callee=place.flow)
        try:
            onward = self._sessions.offer(onward, call, sender=flow, target=place.flow)
        except TheirMistake:
            self._sessions.end(call)
            raise
        self._calls.add(call)
        onward = onward.with_uri(place.contact).push("Record-Route", self._record_route)
        seen: dict[str, str | int] = {"from": caller.tel, "to": callee, "relay": call.relay_id}
        effects: list[Effect] = []
        if call.partner:
            seen["partner"] = call.partner
            effects.append(PartnerCall(call.partner, inward=bool(caller.partner)))
        return [
            *effects,
            Observed("invite", {**seen, "octets": len(request.body)}),
            Offered(caller.tel, callee, call.relay_id, mikey),
            Send(flow, response_to(request, 100)),
            *self._forward(flow, request, onward, place.flow, call, now),
        ]

    def _in_call(self, flow: Flow, request: Request, now: float) -> list[Effect]:
        if request.method not in IN_CALL:
            raise TheirMistake(405, "Method Not Allowed")
        found = self._calls.find(flow.identity, request)
        if found is None:
            raise TheirMistake(481, "Call/Transaction Does Not Exist")
        call, side = found
        onward = request.hop()
        offers = request.method == "INVITE" or (request.method == "UPDATE" and bool(request.body))
        if offers:
            self._allowances.renewal(flow.identity, now)
        else:
            self._screening.no_body(request)
        place = self._whereabouts.find(call.parties[side.other], now)
        if place is None:
            answer = Send(flow, response_to(request, 480))
            return [answer, *self._end(call, "peer gone")] if request.method == "BYE" else [answer]
        if offers:
            onward = self._sessions.offer(onward, call, sender=flow, target=place.flow)
        return self._forward(flow, request, onward, place.flow, call, now)

    def _forward(
        self, flow: Flow, received: Request, onward: Request, target: Flow, call: Call, now: float
    ) -> list[Effect]:
        branch = new_branch()
        onward = self._addressed(onward, branch)
        initial = received.method == "INVITE" and received.to.tag is None
        transaction = Transaction(
            key_of(flow, received), branch, flow, target, received, onward, call, initial, now, now + TIMER_B
        )
        if received.method == "INVITE":
            transaction.last = response_to(received, 100)
        self._transactions.add(transaction)
        return [Send(target, onward)]

    def _addressed(self, onward: Request, branch: str) -> Request:
        """Return a request as it leaves: our Via on top, no Route (we are the only one), no claims."""
        headers = without_claims(onward.headers.remove("Route"))
        return onward.with_headers(headers.push("Via", f"{self._via};branch={branch}"))

    def _ack(self, flow: Flow, request: Request, now: float) -> list[Effect]:
        if self._transactions.named(key_of(flow, request, "INVITE")) is not None:
            return []  # of a refusal: it ends here
        found = self._calls.find(flow.identity, request)
        if found is None or request.body:
            return []
        call, side = found
        try:
            self._screening.request(flow, request)
            onward = request.hop()
        except TheirMistake as mistake:
            return [*self._screening.alarms(flow, mistake)]
        place = self._whereabouts.find(call.parties[side.other], now)
        return [Send(place.flow, self._addressed(onward, new_branch()))] if place else []

    def _cancelled(self, flow: Flow, request: Request, now: float) -> list[Effect]:
        transaction = self._transactions.named(key_of(flow, request, "INVITE"))
        if transaction is None:
            raise TheirMistake(481, "Call/Transaction Does Not Exist")
        effects: list[Effect] = [Send(flow, response_to(request, 200))]
        if not transaction.final and not transaction.cancelled:
            transaction.cancelled = True
            transaction.deadline = now + TIMER_B
            effects += self._cancel(transaction)
        return effects

    @staticmethod
    def _cancel(transaction: Transaction) -> list[Effect]:
        """Send CANCEL downstream, once, and not before the callee has answered at all (RFC 3261 §9.1)."""
        if transaction.cancel_sent or not transaction.ringing:
            return []
        transaction.cancel_sent = True
        return [Send(transaction.downstream, cancel_of(transaction))]

    # Responses

    def _provisional(self, transaction: Transaction, response: Response, now: float) -> list[Effect]:
        if transaction.method != "INVITE" or 200 <= transaction.final < 300:
            return []
        transaction.ringing = True
        if transaction.final or transaction.cancelled:
            return self._cancel(transaction)
        transaction.deadline = min(now + TIMER_C, transaction.began + LONGEST_RINGING)
        if response.status == 100:
            return []
        try:
            response = self._checked(transaction, response)
        except TheirMistake as mistake:
            alarms = self._screening.alarms(transaction.downstream, mistake)
            return [*alarms, *self._cancel(transaction), *self._answer(transaction, 488, now)]
        self._learn_tag(transaction, response)
        return self._upstream(transaction, response)

    def _final(self, transaction: Transaction, response: Response, now: float) -> list[Effect]:
        invite = transaction.method == "INVITE"
        try:
            response = self._checked(transaction, response)
        except TheirMistake as mistake:
            effects: list[Effect] = [*self._screening.alarms(transaction.downstream, mistake)]
            if invite:
                effects += self._end_callee(transaction, response)
            return [
                *effects,
                *self._answer(transaction, 488, now),
                *self._end(transaction.call, "answer refused"),
            ]
        effects = []
        if invite and response.status >= 300:
            effects.append(Send(transaction.downstream, ack_of(transaction, response)))
        elif invite:
            self._learn_tag(transaction, response)
            if not transaction.call.answered:
                effects.append(Observed("answered", {"relay": transaction.call.relay_id}))
            self._sessions.answered(transaction.call)
        effects += self._upstream(transaction, response)
        return [*effects, *self._concluded(transaction, response.status, now)]

    def _late(self, transaction: Transaction, response: Response) -> list[Effect]:
        """A final response after the one that went upstream."""
        if transaction.method != "INVITE":
            return []
        if response.status >= 300:
            return [Send(transaction.downstream, ack_of(transaction, response))]
        return [] if transaction.final < 300 else self._end_callee(transaction, response)

    def _checked(self, transaction: Transaction, response: Response) -> Response:
        """Return a response with its answer, if one belongs there, at the relay. Raises TheirMistake."""
        described = transaction.method == "INVITE" and 200 <= response.status < 300
        possible = transaction.method in ("INVITE", "UPDATE") and response.status < 300
        if described or (possible and response.body):
            flows = {"sender": transaction.downstream, "target": transaction.upstream}
            return self._sessions.answer(response, transaction.call, **flows)
        if response.body:
            # Whatever else a phone may say about its refusal is not for the other phone.
            headers = response.headers.remove("Content-Type").remove("Content-Encoding")
            return response.with_headers(headers).with_body(b"")
        return response

    def _end_callee(self, transaction: Transaction, response: Response) -> list[Effect]:
        requests = acknowledge_and_end(transaction, response, self._via)
        return [Send(transaction.downstream, request) for request in requests]

    @staticmethod
    def _learn_tag(transaction: Transaction, response: Response) -> None:
        if transaction.initial and response.to.tag and not transaction.call.answered:
            transaction.call.callee_tag = response.to.tag

    @staticmethod
    def _upstream(transaction: Transaction, response: Response) -> list[Effect]:
        """Pass a checked response on to where its request came from."""
        transaction.last = response.with_headers(without_claims(response.headers.pop("Via")))
        return [Send(transaction.upstream, transaction.last)]

    def _answer(self, transaction: Transaction, status: int, now: float) -> list[Effect]:
        """Answer upstream ourselves."""
        transaction.last = response_to(transaction.received, status)
        sent = Send(transaction.upstream, transaction.last)
        return [sent, *self._concluded(transaction, status, now)]

    def _concluded(self, transaction: Transaction, status: int, now: float) -> list[Effect]:
        transaction.final = status
        transaction.deadline = now + TIMER_B
        if status >= 300 and transaction.initial:
            return self._end(transaction.call, str(status))
        return self._end(transaction.call, "bye") if transaction.method == "BYE" else []

    def _without(self, call: Call, gone: Side, why: str, now: float) -> list[Effect]:
        """End a call whose one party will not speak any more, and tell the other."""
        effects: list[Effect] = []
        place = self._whereabouts.find(call.parties[gone.other], now)
        if call.answered and place is not None:
            where = {"domain": self._screening.domain, "via": self._via}
            effects.append(Send(place.flow, end_without(call, gone, target=place.contact, **where)))
        return [*effects, *self._end(call, why)]

    def _end(self, call: Call, why: str) -> list[Effect]:
        if not self._calls.remove(call):
            return []
        state = self._sessions.end(call)
        detail: dict[str, str | int] = {"relay": call.relay_id, "why": why}
        if state is not None:
            detail |= {f"{side.value}_packets": state.legs[side].packets for side in Side}
        return [Observed("ended", detail)]
