"""Registrar, proxy and echo as one machine: what flows carry goes in, what is to be done comes out. Pure."""

from __future__ import annotations

from crs.config import Config
from crs.echo import Echoes
from crs.effects import Bound, Effect, Flow, Identity, Send
from crs.limits import Rate, TokenBuckets
from crs.proxy import Proxy
from crs.registrar import Binding, Registrar
from crs.relay import MediaPorts
from crs.screening import Screening
from crs.sessions import Sessions
from sip.message import Request, Response
from sip.stream import Malformed


class Engine:
    """One domain's SIP server without sockets."""

    def __init__(self, *, domain: str, media: MediaPorts, config: Config) -> None:
        screening = Screening(domain)
        sessions = Sessions(screening=screening, media=media, advertise=config.advertise)
        invites = TokenBuckets(Rate(config.invites_burst, config.invites_per_minute / 60))
        self._registrar = Registrar(screening)
        self._proxy = Proxy(
            screening=screening,
            registrar=self._registrar,
            sessions=sessions,
            invites=invites,
        )
        self._echoes = Echoes(
            screening=screening,
            registrar=self._registrar,
            media=media,
            advertise=config.advertise,
            invites=invites,
        )

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

    def lost(self, flow: Flow, now: float) -> list[Effect]:
        """A connection has gone."""
        return [*self._registrar.flow_lost(flow), *self._proxy.flow_lost(flow, now)]

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
