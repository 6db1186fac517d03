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
    tels: dict[Side, str]
    caller_tag: str
    ports: dict[Side, int]
    serials: dict[Side, str]
    """Of the cards that it was begun with."""
    callee_tag: str | None = None
    answered: bool = False
    key_digest: bytes = b""
    """SHA-256 of the I_MESSAGE of its first offer; no later offer brings another."""
    described: dict[Side, str] = field(default_factory=dict)
    """The media address in each phone's own session description."""

    def side(self, tel: str) -> Side:
        """Return on whose side a number of this call is."""
        return Side.CALLER if tel == self.tels[Side.CALLER] else Side.CALLEE

    def parties(self) -> dict[Identity, Side]:
        """Return whose call it is: both cards, and on which side each is."""
        return {Identity(tel, self.serials[side]): side for side, tel in self.tels.items()}

    def side_of(self, tel: str, request: Request) -> Side | None:
        """Return on whose side a request within the dialog comes from; None if it is not of this dialog."""
        tags = (request.from_.tag, request.to.tag)
        if self.callee_tag is None:
            return None
        if tel == self.tels[Side.CALLER] and tags == (self.caller_tag, self.callee_tag):
            return Side.CALLER
        if tel == self.tels[Side.CALLEE] and tags == (self.callee_tag, self.caller_tag):
            return Side.CALLEE
        return None


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

    def of(self, tel: str) -> list[Call]:
        """Return the calls of a number."""
        return [call for call in self._calls.values() if tel in call.tels.values()]

    def begun_by(self, tel: str) -> int:
        """Return how many calls a number has begun that are not over."""
        return sum(call.tels[Side.CALLER] == tel for call in self._calls.values())

    def find(self, tel: str, request: Request) -> tuple[Call, Side] | None:
        """Return the call that a request within a dialog belongs to, and whose side it comes from."""
        for tag in (request.from_.tag, request.to.tag):
            call = self._calls.get((request.call_id, tag or ""))
            side = call.side_of(tel, request) if call else None
            if call is not None and side is not None:
                return call, side
        return None
