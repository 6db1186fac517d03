"""The echo that a phone's test call reaches: sip:echo@domain answers, and sends every packet back. Pure.

    INVITE ─ screened as for any call ─► 200 with our answer ─► echo ─ BYE, blocked, silent, 2 minutes ─► over

Rules
1. One echo for each registered phone, offers as often as calls may be made.
2. A packet goes back to the address and port that it came from, and only if its host is the far end of the
   phone's own TLS connection. An address that an SDP names is not believed: nobody can point the echo at
   somebody else, and it sends no octet more than it gets.
3. Packets are never decrypted: the I_MESSAGE in the offer is the phone's, to itself.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from crs.effects import Effect, Flow, Observed, Send
from crs.limits import TokenBuckets
from crs.registrar import Registrar
from crs.relay import MediaPorts, RelayFull, Side
from crs.screening import ALLOW, Screening, refusal
from crs.transactions import TIMER_B, Key, key_of, new_branch
from sip.errors import TheirMistake
from sip.headers import Headers
from sip.message import Request, Response, response_to
from sip.sdp import CONTENT_TYPE, answer

USER = "echo"
LONGEST_ECHO = 120.0
"""Seconds after which an echo is ended."""

EXTENSIONS = frozenset({"timer", "outbound"})
"""Option tags that a phone may require of us: neither asks for anything in so short a call."""


@dataclass(slots=True, eq=False)
class _Echo:
    """One test call. `flow` is where its phone was last seen."""

    flow: Flow
    key: Key
    invite: Request
    accepted: Response
    relay_id: str
    port: int
    began: float
    acknowledged: bool = False
    version: int = 1
    """Of our session description (RFC 3264 §8)."""

    @property
    def tag(self) -> str:
        return self.accepted.to.tag or ""

    def has(self, request: Request) -> bool:
        """Say whether a request is within this dialog (RFC 3261 §12.2.2)."""
        tags = (request.from_.tag, request.to.tag)
        return request.call_id == self.invite.call_id and tags == (self.invite.from_.tag, self.tag)


class Echoes:
    """All echoes of one domain. `advertise` as in `Sessions`; `invites` are the buckets of all offers."""

    def __init__(
        self,
        *,
        screening: Screening,
        registrar: Registrar,
        media: MediaPorts,
        advertise: str,
        invites: TokenBuckets,
    ) -> None:
        self._screening = screening
        self._registrar = registrar
        self._media = media
        self._advertise = advertise
        self._invites = invites
        self._echoes: dict[str, _Echo] = {}
        self._contact = f"<sip:{USER}@{screening.domain};transport=tls>"

    def __len__(self) -> int:
        return len(self._echoes)

    def concerns(self, request: Request) -> bool:
        """Say whether a request is to the echo."""
        uri = request.request_uri
        ours = uri.scheme in ("sip", "sips") and uri.host.lower() == self._screening.domain
        return ours and (uri.user or "").lower() == USER

    def request(self, flow: Flow, request: Request, now: float) -> list[Effect]:
        """Take a request to the echo."""
        try:
            return self._taken(flow, request, now)
        except TheirMistake as mistake:
            effects: list[Effect] = [*self._screening.alarms(flow, mistake)]
            if request.method != "ACK":
                effects.append(Send(flow, refusal(request, mistake)))
            return effects

    def moved(self, flow: Flow) -> None:
        """A phone has registered on this flow: its packets come from there now."""
        echo = self._echoes.get(flow.identity.tel)
        if echo is not None:
            echo.flow = flow
            self._media.expect(echo.relay_id, Side.CALLER, frozenset({flow.remote_host}))

    def expel(self, tel: str) -> list[Effect]:
        """A phone has been blocked: its echo ends."""
        return self._end(self._echoes[tel], "blocked") if tel in self._echoes else []

    def media_silent(self, relay_id: str) -> list[Effect]:
        """Nothing has come for too long."""
        silent = [echo for echo in self._echoes.values() if echo.relay_id == relay_id]
        return [effect for echo in silent for effect in self._hang_up(echo, "silent")]

    def tick(self, now: float) -> list[Effect]:
        """End what has lasted long enough, or was never acknowledged (RFC 3261 §13.3.1.4)."""
        effects: list[Effect] = []
        for echo in list(self._echoes.values()):
            if now - echo.began >= LONGEST_ECHO:
                effects += self._hang_up(echo, "long enough")
            elif not echo.acknowledged and now - echo.began >= TIMER_B:
                effects += self._hang_up(echo, "not acknowledged")
        return effects

    def _taken(self, flow: Flow, request: Request, now: float) -> list[Effect]:
        self._screening.request(flow, request)
        echo = self._echoes.get(flow.identity.tel)
        if request.method == "INVITE" and request.to.tag is None:
            if echo is not None and echo.key == key_of(flow, request):
                return [Send(flow, echo.accepted)]
            return self._invited(flow, request, echo, now)
        if request.method == "OPTIONS" and request.to.tag is None:
            return [Send(flow, response_to(request, 200, headers=[("Allow", ALLOW)]))]
        if request.method == "CANCEL":
            if echo is None or echo.key != key_of(flow, request, "INVITE"):
                raise TheirMistake(481, "Call/Transaction Does Not Exist")
            return [Send(flow, response_to(request, 200, to_tag=echo.tag))]  # too late: it has our 200
        if echo is None or not echo.has(request):
            raise TheirMistake(481, "Call/Transaction Does Not Exist")
        return self._in_call(flow, request, echo, now)

    def _invited(self, flow: Flow, request: Request, echo: _Echo | None, now: float) -> list[Effect]:
        tel = flow.identity.tel
        self._take_token(tel, now)
        binding = self._registrar.find(tel, now)
        if binding is None or binding.flow != flow:
            raise TheirMistake(403, "Register first")
        if request.from_.tag is None or len(request.contact) != 1:
            raise TheirMistake(400, "From tag and one Contact are needed")
        unknown = [option for option in request.require if option not in EXTENSIONS]
        if unknown:
            raise TheirMistake(420, "Bad Extension")
        payload_type = self._offered(request)
        if echo is not None:
            raise TheirMistake(486, "One echo for each phone")
        relay_id = secrets.token_hex(8)
        try:
            port = self._media.open(relay_id, echo=True)[Side.CALLER]
        except RelayFull:
            raise TheirMistake(503, "No relay port free") from None
        self._media.expect(relay_id, Side.CALLER, frozenset({flow.remote_host}))
        self._media.answer(relay_id)
        accepted = self._accepted(flow, request, port, payload_type, version=1)
        self._echoes[tel] = _Echo(flow, key_of(flow, request), request, accepted, relay_id, port, now)
        return [
            Observed("invite", {"from": tel, "to": USER, "relay": relay_id, "octets": len(request.body)}),
            Send(flow, accepted),
            Observed("answered", {"relay": relay_id}),
        ]

    def _in_call(self, flow: Flow, request: Request, echo: _Echo, now: float) -> list[Effect]:
        if request.method == "ACK":
            echo.acknowledged = True
            return []
        if request.method in ("INVITE", "UPDATE") and request.body:
            self._take_token(flow.identity.tel, now)
            payload_type = self._offered(request)
            echo.version += 1
            again = self._accepted(flow, request, echo.port, payload_type, version=echo.version)
            return [Send(flow, again)]
        if request.method == "BYE":
            return [Send(flow, response_to(request, 200)), *self._end(echo, "bye")]
        if request.method != "UPDATE":
            raise TheirMistake(488 if request.method == "INVITE" else 405, "Not in an echo")
        return [Send(flow, response_to(request, 200, headers=[("Contact", self._contact)]))]

    def _offered(self, request: Request) -> int:
        """Screen an offer and return its payload type. Raises TheirMistake: 415, or 488."""
        offer = self._screening.offer(request)
        if offer.direction != "sendrecv":
            raise TheirMistake(488, "An echo is not held")
        return offer.payload_type

    def _accepted(
        self, flow: Flow, request: Request, port: int, payload_type: int, *, version: int
    ) -> Response:
        place = self._advertise or flow.local_host
        return response_to(
            request,
            200,
            to_tag=secrets.token_hex(8),
            headers=[("Contact", self._contact), ("Allow", ALLOW)],
            body=answer(place, port, payload_type=payload_type, session_id=port, version=version),
            content_type=CONTENT_TYPE,
        )

    def _take_token(self, tel: str, now: float) -> None:
        if not self._invites.take(tel, now):
            raise TheirMistake(503, "Too many calls")

    def _hang_up(self, echo: _Echo, why: str) -> list[Effect]:
        """End an echo from our side."""
        fields = [
            ("Via", f"SIP/2.0/TLS {self._screening.domain};branch={new_branch()}"),
            ("From", echo.accepted.headers.get("To") or ""),
            ("To", echo.invite.headers.get("From") or ""),
            ("Call-ID", echo.invite.call_id),
            ("CSeq", "1 BYE"),
            ("Max-Forwards", "70"),
        ]
        bye = Request("BYE", echo.invite.contact[0].target, Headers(fields))
        return [Send(echo.flow, bye), *self._end(echo, why)]

    def _end(self, echo: _Echo, why: str) -> list[Effect]:
        del self._echoes[echo.key[0]]
        state = self._media.close(echo.relay_id)
        detail: dict[str, str | int] = {"relay": echo.relay_id, "why": why}
        if state is not None:
            detail["caller_packets"] = state.legs[Side.CALLER].packets
        return [Observed("ended", detail)]
