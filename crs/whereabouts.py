"""Where a number is reached: where its phone has registered, or over the link to its partner's CRS. Pure.

Rules
1. A partner's CRS speaks for that partner's numbers and no others, and never for one of ours.
2. It is connected with phones that are registered here. Nothing goes on from one partner to another.
3. A partner may have two links, one that we have opened and one that it has; ours is taken first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from crs.effects import Flow, Identity
from crs.partners import Partners
from crs.registrar import Registrar
from crs.screening import Alarming
from sip.address import telephone
from sip.errors import TheirMistake
from sip.message import Request, Response


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is reached: a flow with his identity, and the URI that is asked for there."""

    flow: Flow
    contact: str


class Whereabouts:
    """The location service as the proxy sees it."""

    def __init__(self, registrar: Registrar) -> None:
        self._registrar = registrar
        self._links: dict[str, list[Flow]] = {}
        self.partners = Partners()

    def link_up(self, flow: Flow, *, ours: bool) -> None:
        """A link to a partner's CRS can be used; `ours` if we have opened it."""
        links = self._links.setdefault(flow.identity.partner, [])
        if flow not in links:
            links.insert(0 if ours else len(links), flow)

    def link_lost(self, flow: Flow) -> None:
        """A link has gone."""
        links = self._links.get(flow.identity.partner, [])
        if flow in links:
            links.remove(flow)
        if not links:
            self._links.pop(flow.identity.partner, None)

    def links(self, domain: str) -> list[Flow]:
        """Return the links to a partner's CRS."""
        return list(self._links.get(domain, ()))

    @staticmethod
    def spoken(flow: Flow, message: Request | Response) -> Flow:
        """Return a link as the flow of the one number that its CRS speaks for in this message."""
        try:
            tel = telephone(message.from_.uri) or ""
        except TheirMistake:
            tel = ""
        return replace(flow, identity=replace(flow.identity, tel=tel))

    def vouch(self, caller: Identity) -> None:
        """Refuse a call from a number that is not the partner's to speak for. Raises Alarming(403)."""
        if caller.partner and self.partners.of(caller.tel) != caller.partner:
            raise Alarming(403, "Not a number of yours", "identity-refused")

    def called(self, caller: Identity, tel: str, now: float) -> Place:
        """Return where a call goes. Raises TheirMistake(480), whatever keeps us from knowing it."""
        partner = "" if caller.partner else self.partners.of(tel)
        place = self.find(Identity(tel, "", partner), now)
        if place is None:
            raise TheirMistake(480, "Partner not connected" if partner else "Temporarily Unavailable")
        return place

    def find(self, party: Identity, now: float) -> Place | None:
        """Return where somebody is now, None if nowhere."""
        if not party.partner:
            binding = self._registrar.find(party.tel, now)
            return None if binding is None else Place(binding.flow, binding.contact)
        links = self._links.get(party.partner)
        if not links:
            return None
        return Place(replace(links[0], identity=party), f"sip:{party.tel}@{party.partner};user=phone")
