"""Session descriptions on their way through: checked for the profile, then pointed at the relay. Pure.

Whatever goes to a phone carries the relay port of that phone's side, be it offer or answer, first or renewed.
"""

from __future__ import annotations

import hashlib
import secrets

from crs.calls import Call
from crs.effects import Flow
from crs.relay import MediaPorts, RelayedCall, RelayFull, Side
from crs.screening import Alarming, Downgrade, Screening
from sip.errors import TheirMistake
from sip.message import Request, Response
from sip.sdp import Session, relay_rewrite


class Sessions:
    """The media side of all calls.

    `advertise` is the relay's address; empty: the one where the phone's own flow reached us.
    """

    def __init__(self, *, screening: Screening, media: MediaPorts, advertise: str) -> None:
        self._screening = screening
        self._media = media
        self._advertise = advertise

    def begin(self, request: Request, *, caller: Flow, callee: Flow) -> Call:
        """Open the relay for an INVITE. Raises TheirMistake(503) if no port is free."""
        relay_id = secrets.token_hex(8)
        try:
            ports = self._media.open(relay_id)
        except RelayFull:
            raise TheirMistake(503, "No relay port free") from None
        if not callee.identity.partner:
            self._media.expect(relay_id, Side.CALLEE, frozenset({callee.remote_host}))
        parties = {Side.CALLER: caller.identity, Side.CALLEE: callee.identity}
        return Call(request.call_id, relay_id, parties, request.from_.tag or "", ports)

    def offer(self, request: Request, call: Call, *, sender: Flow, target: Flow) -> Request:
        """Return a request with its offer pointed at the relay.

        Raises TheirMistake: 415, or 488, also for an offer within the call with other keys than its first.
        """
        offer = self._screening.offer(request)
        digest = hashlib.sha256(offer.mikey).digest()
        if call.key_digest not in (b"", digest):
            raise Downgrade(TheirMistake(488, "A call keeps its first keys"))
        call.key_digest = digest
        self._described(call, sender, offer)
        return request.with_body(self._pointed(request.body, call, target))

    def answer(self, response: Response, call: Call, *, sender: Flow, target: Flow) -> Response:
        """Return a response with its answer pointed at the relay. Raises TheirMistake: 415, or 488."""
        self._described(call, sender, self._screening.answer(response))
        return response.with_body(self._pointed(response.body, call, target))

    def answered(self, call: Call) -> None:
        """From now on silence on the relay counts."""
        call.answered = True
        self._media.answer(call.relay_id)

    def moved(self, call: Call, flow: Flow) -> None:
        """A phone has a new connection: its media may come from the new host."""
        side = call.side(flow.identity)
        hosts = {flow.remote_host, call.described.get(side, flow.remote_host)}
        self._media.expect(call.relay_id, side, frozenset(hosts))

    def end(self, call: Call) -> RelayedCall | None:
        """Close the relay; returns its last state, None if it was closed before."""
        return self._media.close(call.relay_id)

    def _described(self, call: Call, sender: Flow, session: Session) -> None:
        """Take note of where a session description wants its media."""
        side = call.side(sender.identity)
        if not sender.identity.partner:
            call.described[side] = session.address
            self.moved(call, sender)
        elif session.address == sender.remote_host:
            self._media.fix(call.relay_id, side, (session.address, session.port))
        else:
            # We send there before anything has come from there: a partner points us at itself alone.
            raise Alarming(488, "Media must be where the CRS is", "media-elsewhere-refused")

    def _pointed(self, body: bytes, call: Call, target: Flow) -> bytes:
        port = call.ports[call.side(target.identity)]
        return relay_rewrite(body, self._advertise or target.local_host, port)
