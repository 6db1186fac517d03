"""The calls that pass through the proxy: who they are between, and which relay they use (RFC 3261 §12)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from crs.effects import Identity
from crs.relay import Side
from sip.message import Request


@dataclass(slots=True, eq=False)
class Call:
    """One call between two numbers. Tags are of the dialog; the callee's is known from the first ringing."""

    call_id: str
    relay_id: str
    parties: dict[Side, Identity]
    """Who it was begun between: cards, or somebody of a partner's."""
    caller_tag: str
    ports: dict[Side, int]
    callee_tag: str | None = None
    answered: bool = False
    key_digest: bytes = b""
    """SHA-256 of the I_MESSAGE of its first offer; no later offer brings another."""
    described: dict[Side, str] = field(default_factory=dict)
    """The media address in each phone's own session description."""

    @property
    def partner(self) -> str:
        """The partner's domain, empty for a call between two phones of ours."""
        return next((party.partner for party in self.parties.values() if party.partner), "")

    def side(self, identity: Identity) -> Side:
        """Return on whose side somebody of this call is."""
        return Side.CALLER if _same(identity, self.parties[Side.CALLER]) else Side.CALLEE

    def side_with(self, identity: Identity) -> Side | None:
        """Return on whose side this very card is, None if it has no part in the call."""
        return next((side for side, party in self.parties.items() if party == identity), None)

    def side_of(self, identity: Identity, request: Request) -> Side | None:
        """Return on whose side a request within the dialog comes from; None if it is not of this dialog."""
        tags = (request.from_.tag, request.to.tag)
        if self.callee_tag is None:
            return None
        if _same(identity, self.parties[Side.CALLER]) and tags == (self.caller_tag, self.callee_tag):
            return Side.CALLER
        if _same(identity, self.parties[Side.CALLEE]) and tags == (self.callee_tag, self.caller_tag):
            return Side.CALLEE
        return None


def _same(identity: Identity, party: Identity) -> bool:
    """Say whether this is a party, whatever card its phone has by now."""
    return (identity.tel, identity.partner) == (party.tel, party.partner)


class Calls:
    """All calls, by Call-ID and the caller's tag."""

    def __init__(self) -> None:
        self._calls: dict[tuple[str, str], Call] = {}

    def __len__(self) -> int:
        return len(self._calls)

    def __iter__(self) -> Iterator[Call]:
        return iter(list(self._calls.values()))

    def add(self, call: Call) -> None:
        self._calls[call.call_id, call.caller_tag] = call

    def remove(self, call: Call) -> bool:
        """Forget a call; False if it was forgotten before."""
        return self._calls.pop((call.call_id, call.caller_tag), None) is not None

    def begun(self, request: Request) -> bool:
        """Say whether an INVITE without To tag belongs to a call that we know already (RFC 3261 §8.2.2.2)."""
        return (request.call_id, request.from_.tag or "") in self._calls

    def of(self, identity: Identity) -> list[Call]:
        """Return the calls of somebody."""
        return [call for call in self if any(_same(identity, party) for party in call.parties.values())]

    def begun_by(self, identity: Identity) -> int:
        """Return how many calls somebody has begun that are not over."""
        return sum(_same(identity, call.parties[Side.CALLER]) for call in self._calls.values())

    def with_partner(self, partner: str) -> int:
        """Return how many calls there are with a partner, either way."""
        return sum(call.partner == partner for call in self._calls.values())

    def find(self, identity: Identity, request: Request) -> tuple[Call, Side] | None:
        """Return the call that a request within a dialog belongs to, and whose side it comes from."""
        for tag in (request.from_.tag, request.to.tag):
            call = self._calls.get((request.call_id, tag or ""))
            side = call.side_of(identity, request) if call else None
            if call is not None and side is not None:
                return call, side
        return None
