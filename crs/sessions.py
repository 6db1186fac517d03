"""Session descriptions on their way through: checked for the profile, then pointed at the relay. Pure.

Whatever goes to a phone carries the relay port of that phone's side, be it offer or answer, first or renewed.
"""

from __future__ import annotations

import hashlib
import secrets

from crs.calls import Call
from crs.effects import Flow
from crs.relay import MediaPorts, RelayedCall, RelayFull, Side
from crs.screening import Downgrade, Screening
from sip.errors import TheirMistake
from sip.message import Request, Response
from sip.sdp import relay_rewrite


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
        self._media.expect(relay_id, Side.CALLEE, frozenset({callee.remote_host}))
        tels = {Side.CALLER: caller.identity.tel, Side.CALLEE: callee.identity.tel}
        serials = {Side.CALLER: caller.identity.serial, Side.CALLEE: callee.identity.serial}
        return Call(request.call_id, relay_id, tels, request.from_.tag or "", ports, serials)

    def offer(self, request: Request, call: Call, *, sender: Flow, target: Flow) -> Request:
        """Return a request with its offer pointed at the relay.

        Raises TheirMistake: 415, or 488, also for an offer within the call with other keys than its first.
        """
        offer = self._screening.offer(request)
        digest = hashlib.sha256(offer.mikey).digest()
        if call.key_digest not in (b"", digest):
            raise Downgrade(TheirMistake(488, "A call keeps its first keys"))
        call.key_digest = digest
        self._expect(call, sender, offer.address)
        return request.with_body(self._pointed(request.body, call, target))

    def answer(self, response: Response, call: Call, *, sender: Flow, target: Flow) -> Response:
        """Return a response with its answer pointed at the relay. Raises TheirMistake: 415, or 488."""
        answer = self._screening.answer(response)
        self._expect(call, sender, answer.address)
        return response.with_body(self._pointed(response.body, call, target))

    def answered(self, call: Call) -> None:
        """From now on silence on the relay counts."""
        call.answered = True
        self._media.answer(call.relay_id)

    def moved(self, call: Call, flow: Flow) -> None:
        """A phone has a new connection: its media may come from the new host."""
        self._expect(call, flow, call.described.get(call.side(flow.identity.tel)))

    def end(self, call: Call) -> RelayedCall | None:
        """Close the relay; returns its last state, None if it was closed before."""
        return self._media.close(call.relay_id)

    def _expect(self, call: Call, flow: Flow, described: str | None) -> None:
        side = call.side(flow.identity.tel)
        hosts = {flow.remote_host}
        if described is not None:
            call.described[side] = described
            hosts.add(described)
        self._media.expect(call.relay_id, side, frozenset(hosts))

    def _pointed(self, body: bytes, call: Call, target: Flow) -> bytes:
        port = call.ports[call.side(target.identity.tel)]
        return relay_rewrite(body, self._advertise or target.local_host, port)
