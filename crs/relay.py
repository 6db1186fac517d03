"""One relayed call: two legs, each latched to the source that first sent it RTP. Pure; told the time.

    caller --> [leg CALLER] --> callee's latched source
    callee --> [leg CALLEE] --> caller's latched source
    caller --> [leg CALLER of an echo] --> the very same source

Rules
1. A leg takes packets only from hosts its phone was seen at: the far end of its TLS connection, or the
   address in its own SDP. Nobody else can take a call over, not even by being first.
2. The first packet fixes address and port. Another source of an allowed host is taken only after silence (a
   NAT that forgot, a phone that moved), never beside a living one. A partner's relay is fixed before that, to
   the address and port that it has announced: two relays that wait for each other's first packet would wait
   for ever.
3. Only what looks like RTP, at a rate a voice can have, is passed on, unread and unchanged.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from crs.limits import Rate, TokenBucket

MIN_PACKET = 12
"""Octets of an RTP header (RFC 3550 §5.1)."""

MAX_PACKET = 1500
RELATCH_AFTER = 3.0
"""Seconds of silence after which a leg may be latched anew."""

CLOSE_AFTER = 60.0
"""Seconds of silence on both legs after which an answered call's relay closes."""

PACKETS = Rate(burst=200, per_second=200)
"""A voice sends 50 packets a second; this leaves room for RTCP and for bursts of a bad network."""

Source = tuple[str, int]


class RelayFull(Exception):
    """No relay port is free."""


class Side(Enum):
    """Whose phone a leg faces."""

    CALLER = "caller"
    CALLEE = "callee"

    @property
    def other(self) -> Side:
        return Side.CALLEE if self is Side.CALLER else Side.CALLER


@dataclass(slots=True)
class Leg:
    """One phone's side of the relay, with what it counted."""

    bucket: TokenBucket
    hosts: frozenset[str] = frozenset()
    source: Source | None = None
    heard: float = 0.0
    packets: int = 0
    octets: int = 0
    refused: int = 0
    """Packets of a wrong shape, from a wrong source, or too many."""
    latches: int = 0


@dataclass(frozen=True, slots=True)
class RelayCounters:
    """What one leg passed on, for the observer."""

    packets: int
    octets: int
    refused: int
    latches: int


def looks_like_rtp(datagram: bytes | memoryview) -> bool:
    """Say whether 12 to 1500 octets begin like RTP or RTCP version 2 (RFC 3550 §5.1)."""
    return MIN_PACKET <= len(datagram) <= MAX_PACKET and datagram[0] >> 6 == 2


@dataclass(slots=True)
class RelayedCall:
    """The state of one relayed call."""

    legs: dict[Side, Leg]
    answered_at: float | None = field(default=None)

    @classmethod
    def begin(cls, now: float, *, echo: bool = False) -> RelayedCall:
        """Begin a call; an `echo` has the caller's leg alone, which sends back what it gets."""
        sides = (Side.CALLER,) if echo else tuple(Side)
        return cls({side: Leg(TokenBucket.full(PACKETS, now)) for side in sides})

    def expect(self, side: Side, hosts: frozenset[str]) -> None:
        """Say at which hosts this side's phone was seen."""
        self.legs[side].hosts = hosts

    def fix(self, side: Side, source: Source) -> None:
        """Say where this side's packets come from and go to: there, and nowhere else."""
        self.legs[side].hosts = frozenset()
        self.legs[side].source = source

    def answer(self, now: float) -> None:
        """The callee has answered: from now on silence counts."""
        if self.answered_at is None:
            self.answered_at = now

    def receive(self, side: Side, datagram: bytes | memoryview, source: Source, now: float) -> Source | None:
        """Take a packet that arrived on this side's port and return where it goes; None drops it."""
        leg = self.legs[side]
        if not looks_like_rtp(datagram) or not self._latched(leg, source, now) or not leg.bucket.take(now):
            leg.refused += 1
            return None
        leg.heard = now
        leg.packets += 1
        leg.octets += len(datagram)
        return self.legs.get(side.other, leg).source

    @staticmethod
    def _latched(leg: Leg, source: Source, now: float) -> bool:
        if source == leg.source:
            return True
        if source[0] not in leg.hosts:
            return False
        if leg.source is not None and now - leg.heard < RELATCH_AFTER:
            return False
        leg.source = source
        leg.latches += 1
        return True

    def silent(self, now: float) -> bool:
        """Say whether an answered call has been silent on both legs for 60 s."""
        if self.answered_at is None:
            return False
        return now - max(self.answered_at, *(leg.heard for leg in self.legs.values())) >= CLOSE_AFTER

    def counters(self, side: Side) -> RelayCounters:
        leg = self.legs[side]
        return RelayCounters(leg.packets, leg.octets, leg.refused, leg.latches)


class MediaPorts(Protocol):
    """The relay as the proxy sees it. A call that is not open is no error: it may just have closed."""

    def open(self, relay_id: str, *, echo: bool = False) -> dict[Side, int]:
        """Return the ports by the side whose phone sends to them; an echo has one. Raises RelayFull."""

    def expect(self, relay_id: str, side: Side, hosts: frozenset[str]) -> None:
        """Say at which hosts this side's phone was seen."""

    def fix(self, relay_id: str, side: Side, source: Source) -> None:
        """Say where this side's packets come from and go to: there, and nowhere else."""

    def answer(self, relay_id: str) -> None:
        """The callee has answered: from now on silence counts."""

    def close(self, relay_id: str) -> RelayedCall | None:
        """Close the ports; returns the last state, None if it was closed before."""
