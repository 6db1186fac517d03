"""What offer and answer settled in a call, and which way its sound goes by now (RFC 3264 §8; RFC 3311).

Only the direction ever changes: holding is a=sendonly, or a=inactive if the other side holds us too (RFC 3264
§8.4). Keys, addresses, ports, profile and codec are those of the first offer and answer; every later offer
repeats the key-mgmt octets of the first one, whoever sends it, and any that does not is refused with 488.
"""

from __future__ import annotations

from sip.errors import OurMistake, TheirMistake
from sip.sdp import Answer, Offer, Session, answer, offer, origin, parse_answer, parse_offer

_OFFERS = {
    (False, False): "sendrecv",
    (True, False): "sendonly",
    (False, True): "recvonly",
    (True, True): "inactive",
}
"""The direction we offer, by whether we hold and whether they do."""

_ANSWERS = {
    "sendrecv": ("sendrecv", "sendonly"),
    "sendonly": ("recvonly", "inactive"),
    "recvonly": ("sendonly", "sendonly"),
    "inactive": ("inactive", "inactive"),
}
"""The direction we answer an offer with, first if we do not hold, second if we do (RFC 3264 §6.1)."""

_FITTING = {
    "sendrecv": {"sendrecv", "sendonly", "recvonly", "inactive"},
    "sendonly": {"recvonly", "inactive"},
    "recvonly": {"sendonly", "inactive"},
    "inactive": {"inactive"},
}
"""The answers that an offered direction may have (RFC 3264 §6.1)."""


class Agreement:
    """Offer and answer of one call, seen from one side. `held_by_them` is what they said last.

    Nothing can be renewed of SDP outside the house profile: `offer` then raises OurMistake, `answer` refuses.
    """

    def __init__(self, *, local: bytes, remote: bytes, caller: bool) -> None:
        self._parsed = _read(local, remote, caller=caller)
        self._remote = remote
        self._session_id, self._version = origin(local)
        self._said = local
        self._holding = False
        """What the other side knows of our holding."""
        self._offered: str | None = None
        self.held_by_them = self._parsed is not None and _holds(self._parsed[1].direction)

    @property
    def holding(self) -> bool:
        """What the other side knows of our holding."""
        return self._holding

    def offer(self, *, hold: bool) -> bytes:
        """Build the offer that holds the call or takes it up again. Raises OurMistake; see above."""
        local, _, mikey = self._agreed()
        self._offered = _OFFERS[hold, self.held_by_them]
        return self._next(local, self._offered, mikey)

    def answered(self, body: bytes, *, hold: bool) -> None:
        """Take the answer to our last offer. Raises TheirMistake for one that changes anything."""
        _, remote, _ = self._agreed()
        theirs = parse_answer(body)
        offered, self._offered = self._offered, None
        if _fixed(theirs) != _fixed(remote) or theirs.direction not in _FITTING[offered or ""]:
            raise TheirMistake(488, "The answer changes the call")
        self._holding = hold
        if offered != "inactive":
            self.held_by_them = _holds(theirs.direction)

    def refused(self) -> None:
        """Our last offer was refused: all is as before (RFC 3264 §8)."""
        self._offered = None

    def answer(self, body: bytes, *, hold: bool) -> bytes:
        """Take an offer of theirs within the call and return our answer, `hold` being what we want by now.

        Raises TheirMistake: 488 if it changes anything but the direction, 491 while ours is unanswered.
        """
        if self._parsed is None:
            raise TheirMistake(488, "A call keeps its first keys")
        local, remote, mikey = self._parsed
        theirs = parse_offer(body)
        if theirs.mikey != mikey:
            raise TheirMistake(488, "A call keeps its first keys")
        if _fixed(theirs) != _fixed(remote):
            raise TheirMistake(488, "A call keeps its media")
        if self._offered is not None:
            raise TheirMistake(491, "Request Pending")
        self.held_by_them = _holds(theirs.direction)
        direction = _ANSWERS[theirs.direction][hold]
        self._holding = hold if theirs.direction in ("sendrecv", "sendonly") else self._holding
        return self._next(local, direction, b"")

    def _agreed(self) -> tuple[Session, Session, bytes]:
        if self._parsed is None:
            raise OurMistake("nothing was agreed that could be offered again")
        return self._parsed

    def _next(self, local: Session, direction: str, mikey: bytes) -> bytes:
        """Say something; what differs from what we said last has the next version (RFC 3264 §8)."""
        body = self._build(local, direction, mikey)
        if body != self._said:
            self._version += 1
            body = self._build(local, direction, mikey)
        self._said = body
        return body

    def _build(self, local: Session, direction: str, mikey: bytes) -> bytes:
        identity, version = self._session_id, self._version
        if not mikey:
            return answer(
                local.address,
                local.port,
                payload_type=local.payload_type,
                session_id=identity,
                version=version,
                direction=direction,
            )
        return offer(
            local.address,
            local.port,
            mikey,
            payload_type=local.payload_type,
            session_id=identity,
            version=version,
            direction=direction,
        )


def _read(local: bytes, remote: bytes, *, caller: bool) -> tuple[Session, Session, bytes] | None:
    try:
        offered: Offer = parse_offer(local if caller else remote)
        answered: Answer = parse_answer(remote if caller else local)
    except TheirMistake:
        return None
    return (offered, answered, offered.mikey) if caller else (answered, offered, offered.mikey)


def _fixed(session: Session) -> tuple[str, int, int, int]:
    """Everything of a session description that stays as it is."""
    return session.address, session.port, session.payload_type, session.ptime_ms


def _holds(direction: str) -> bool:
    """Say whether somebody who sends this direction holds us."""
    return direction in ("sendonly", "inactive")
