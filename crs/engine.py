"""Registrar, proxy and echo as one machine: what flows carry goes in, what is to be done comes out. Pure.

A flow is a phone's, or a link to a partner's CRS: then its identity names the partner, and no number.
"""

from __future__ import annotations

from crs.allowances import Allowances
from crs.config import Config
from crs.echo import Echoes
from crs.effects import Bound, CloseFlow, Effect, Flow, Identity, PartnerDown, PartnerUp, Send
from crs.partners import Partners
from crs.proxy import Proxy
from crs.registrar import Binding, Registrar
from crs.relay import MediaPorts
from crs.screening import Screening
from crs.sessions import Sessions
from crs.whereabouts import Whereabouts
from sip.message import Request, Response, response_to
from sip.stream import Malformed


class Engine:
    """One domain's SIP server without sockets."""

    def __init__(self, *, domain: str, media: MediaPorts, config: Config) -> None:
        screening = Screening(domain)
        sessions = Sessions(screening=screening, media=media, advertise=config.advertise)
        allowances = Allowances(config)
        self._screening = screening
        self._registrar = Registrar(screening)
        self._whereabouts = Whereabouts(self._registrar)
        self._proxy = Proxy(
            screening=screening,
            whereabouts=self._whereabouts,
            sessions=sessions,
            allowances=allowances,
        )
        self._echoes = Echoes(
            screening=screening,
            registrar=self._registrar,
            media=media,
            advertise=config.advertise,
            invites=allowances.invites,
        )

    @property
    def partners(self) -> Partners:
        """The partners of the newest media."""
        return self._whereabouts.partners

    @property
    def registered(self) -> int:
        """How many phones are registered."""
        return len(self._registrar)

    @property
    def calls(self) -> int:
        """How many calls there are, ringing ones and test calls included."""
        return self._proxy.calls + len(self._echoes)

    def binding(self, tel: str, now: float) -> Binding | None:
        """Return where a number is registered."""
        return self._registrar.find(tel, now)

    def receive(
        self, flow: Flow, event: Request | Response | Malformed, *, now: float, unix: float
    ) -> list[Effect]:
        """Take what a flow carried. `now` is monotonic, `unix` is the time of day, both in seconds."""
        if isinstance(event, Malformed):
            return [Send(flow, event.answer)] if event.answer is not None else []
        if flow.identity.partner:
            return self._from_partner(self._whereabouts.spoken(flow, event), event, now)
        if isinstance(event, Response):
            return self._proxy.response(flow, event, now)
        if event.method != "REGISTER":
            if self._echoes.concerns(event):
                return self._echoes.request(flow, event, now)
            return self._proxy.request(flow, event, now)
        effects = self._registrar.register(flow, event, now=now, unix=unix)
        if any(isinstance(effect, Bound) for effect in effects):
            self._proxy.moved(flow)
            self._echoes.moved(flow)
        return effects

    def _from_partner(self, link: Flow, event: Request | Response, now: float) -> list[Effect]:
        if isinstance(event, Response):
            return self._proxy.response(link, event, now)
        if event.method == "REGISTER" or self._echoes.concerns(event):
            return [] if event.method == "ACK" else [Send(link, response_to(event, 403))]
        return self._proxy.request(link, event, now)

    def change_partners(self, partners: Partners, now: float) -> list[Effect]:
        """Take new partners. Links to those that are not what they were close, and calls with them end."""
        changed = partners.changed(self.partners)
        self._whereabouts.partners = partners
        self._screening.partners = partners.domains
        effects = self._proxy.part(
            lambda party: party.partner in changed or partners.of(party.tel) != party.partner, now
        )
        for domain in sorted(changed):
            for link in self._whereabouts.links(domain):
                effects += [*self.lost(link, now), CloseFlow(link, "the partner has changed")]
        return effects

    def link_up(self, link: Flow, *, ours: bool) -> list[Effect]:
        """A partner's CRS can be reached over this flow; `ours` if we have opened it."""
        first = not self._whereabouts.links(link.identity.partner)
        self._whereabouts.link_up(link, ours=ours)
        return [PartnerUp(link.identity.partner)] if first else []

    def lost(self, flow: Flow, now: float) -> list[Effect]:
        """A connection has gone."""
        partner = flow.identity.partner
        if not partner:
            return [*self._registrar.flow_lost(flow), *self._proxy.flow_lost(flow, now)]
        linked = bool(self._whereabouts.links(partner))
        self._whereabouts.link_lost(flow)
        last = linked and not self._whereabouts.links(partner)
        effects: list[Effect] = [PartnerDown(partner)] if last else []
        return [*effects, *self._proxy.flow_lost(flow, now)]

    def expel(self, flow: Flow, now: float) -> list[Effect]:
        """A phone has been blocked: its calls end at once. Its connection is closed by whoever calls this."""
        return [*self.lost(flow, now), *self.end_calls(flow.identity, now)]

    def parties(self) -> set[Identity]:
        """Return everybody who is in a call: media flow by UDP even while a phone has no connection."""
        return self._proxy.parties()

    def end_calls(self, identity: Identity, now: float) -> list[Effect]:
        """End every call of a blocked phone."""
        return [*self._proxy.expel(identity, now), *self._echoes.expel(identity.tel)]

    def tick(self, now: float) -> list[Effect]:
        """Let timers fire. To be called about once a second."""
        return [*self._registrar.expire(now), *self._proxy.tick(now), *self._echoes.tick(now)]

    def media_silent(self, relay_id: str) -> list[Effect]:
        """Neither leg of a relayed call has been heard for too long."""
        return [*self._proxy.media_silent(relay_id), *self._echoes.media_silent(relay_id)]
