"""The flows of all phones and partners, and what the engine wants done with them."""

from __future__ import annotations

import functools
import itertools
from collections import Counter
from collections.abc import Iterable, Mapping

from crs import notice
from crs.admission import NotAdmitted, admitted, crs_of
from crs.clock import Clock
from crs.config import Config
from crs.database import Database, Domain, StoredBinding, put_known_serial
from crs.effects import (
    Alarm,
    Bound,
    CloseFlow,
    Effect,
    Flow,
    Identity,
    Observed,
    Offered,
    PartnerCall,
    PartnerDown,
    PartnerUp,
    Send,
    Unbound,
)
from crs.engine import Engine
from crs.flows import Connection
from crs.observation import Observation
from crs.partners import Partner, Partners
from crs.recording import Recording
from crs.relay_ports import MediaRelay
from crs.roster import Roster
from crs.writer import Writer
from sip.message import Request, Response
from sip.stream import Malformed

FLOWS_EACH = 4
"""Connections of one phone, or of one partner's CRS."""
COUNTERS_EVERY = 1.0
"""Seconds between two looks of the observer at the relay's counters."""


class Switchboard:
    """The shell around the engine. Connections call `admit`, `receive`, `overrun` and `lost`."""

    def __init__(
        self,
        *,
        engine: Engine,
        relay: MediaRelay,
        database: Database,
        writer: Writer,
        observation: Observation,
        domain: Domain,
        recording: Recording,
        roster: Roster,
        partners: Iterable[Partner] = (),
        clock: Clock,
        config: Config,
    ) -> None:
        self.engine = engine
        self.relay = relay
        self.roster = roster
        self._database = database
        self._writer = writer
        self._observation = observation
        self._recording = recording
        self._clock = clock
        self._config = config
        self._connections: dict[Flow, Connection] = {}
        self._numbers = itertools.count(1)
        self._counted_at = 0.0
        self._most_registered = 0
        self._domain = domain
        self._partner_calls: Counter[tuple[str, bool]] = Counter()
        self.change_partners(partners)

    @property
    def flows(self) -> int:
        """How many connections there are."""
        return len(self._connections)

    def connection(self) -> Connection:
        """Make the protocol of one new connection."""
        return Connection(self, self._clock)

    def admit(self, connection: Connection, certificate: bytes, remote: str, local: str) -> Flow | None:
        """Give a connection its flow, if its card is active or it is a partner's CRS; None turns it away."""
        try:
            identity = admitted(
                certificate,
                domain=self._domain.name,
                domain_key=self._domain.domain_key,
                roster=self.roster,
                partners=self.engine.partners,
                host=remote,
            )
        except NotAdmitted as refusal:
            self._alarm(refusal.alarm)
            return None
        if not identity.partner:
            self.proven(identity)
        flow = self._adopt(connection, identity, remote, local)
        if identity.partner:
            self._carry_out(self.engine.link_up(flow, ours=False))
        return flow

    def admit_dialled(
        self, connection: Connection, certificate: bytes, partner: Partner, remote: str, local: str
    ) -> Flow | None:
        """Give a connection that we have opened its flow, if the far end is the CRS of this partner."""
        try:
            identity = crs_of(certificate, partner, remote)
        except NotAdmitted as refusal:
            self._alarm(refusal.alarm)
            return None
        return self._adopt(connection, identity, remote, local)

    def dialled(self, flow: Flow) -> None:
        """A link that we have opened has proven to be alive."""
        if flow in self._connections:
            self._carry_out(self.engine.link_up(flow, ours=True))

    def alive(self, flow: Flow) -> None:
        """Nobody whom we have not called is pinged."""

    def _adopt(self, connection: Connection, identity: Identity, remote: str, local: str) -> Flow:
        older = [flow for flow in self._connections if flow.identity == identity]
        if len(older) >= FLOWS_EACH:
            # Whoever lost his network leaves connections behind that we have not missed yet.
            self._connections[older[0]].abort()
        flow = Flow(next(self._numbers), identity, remote, local)
        self._connections[flow] = connection
        self._observation.event("connected", {**_whose(flow), "flow": flow.number})
        return flow

    def receive(self, flow: Flow, event: Request | Response | Malformed) -> None:
        """Take what a flow carried."""
        now, unix = self._clock.monotonic(), self._clock.unix()
        self._carry_out(self.engine.receive(flow, event, now=now, unix=unix))

    def overrun(self, flow: Flow, why: str) -> None:
        """A flow is being closed for what it sent."""
        self._alarm(Alarm("flow-closed", {**_whose(flow), "reason": why}))

    def lost(self, flow: Flow) -> None:
        """A flow has gone."""
        if self._connections.pop(flow, None) is not None:
            self._observation.event("disconnected", {**_whose(flow), "flow": flow.number})
            self._carry_out(self.engine.lost(flow, self._clock.monotonic()))

    def tick(self) -> None:
        """Look at the clock: let timers fire, end what is overdue."""
        now = self._clock.monotonic()
        self._carry_out(self.engine.tick(now))
        for relay_id in self.relay.silent():
            self._carry_out(self.engine.media_silent(relay_id))
        idle, message = self._config.idle_timeout, self._config.message_timeout
        for connection in list(self._connections.values()):
            if connection.overdue(now, idle=idle, message=message):
                connection.abort()
            else:
                connection.ping_if_due(now)
        if now - self._counted_at >= COUNTERS_EVERY:
            self._counted_at = now
            self._observation.media(self.relay.calls)

    def most_registered(self) -> int:
        """Return how many phones were registered at once, at most, since this was last asked."""
        most, self._most_registered = self._most_registered, self.engine.registered
        return most

    def change_roster(self, roster: Roster) -> None:
        """Take a new roster; drop the flows and end the calls of phones that it does not admit, at once."""
        self.roster = roster
        for flow, connection in list(self._connections.items()):
            if not flow.identity.partner and not roster.admits(flow.identity):
                detail = {"tel": flow.identity.tel, "serial": flow.identity.serial}
                self._writer.record("flow-of-blocked-phone-closed", detail)
                self._carry_out(self.engine.expel(flow, self._clock.monotonic()))
                connection.abort()
        for identity in self.engine.parties():
            if not roster.admits(identity):
                self._carry_out(self.engine.end_calls(identity, self._clock.monotonic()))

    def change_partners(self, partners: Iterable[Partner]) -> None:
        """Take the partners of new media; the links and calls of those that are none any more end at once."""
        before = self.engine.partners
        after = Partners(partners, own=self.roster.numbers)
        self._carry_out(self.engine.change_partners(after, self._clock.monotonic()))
        gone = after.changed(before)
        for flow, connection in list(self._connections.items()):
            if flow.identity.partner in gone:
                # Not politely: who is a partner no more need not take part in it.
                connection.abort()

    def partner_calls(self) -> Mapping[tuple[str, bool], int]:
        """Return how many calls there were since this was last asked: from a partner (True), or to it."""
        counted, self._partner_calls = self._partner_calls, Counter()
        return counted

    def tell_phones(self, domain: str) -> None:
        """Tell every phone that is connected that there is something new for it."""
        for flow, connection in list(self._connections.items()):
            if not flow.identity.partner:
                connection.send(notice.changed(flow.identity, domain))

    def enrolled(self, identity: Identity) -> None:
        """A card's first contact has happened."""
        self.roster = self.roster.with_enrolled(identity)
        self._observation.event("enrolled", {"tel": identity.tel, "serial": identity.serial})

    def proven(self, identity: Identity) -> None:
        """An admitted phone has shown its certificate. If its first contact is forgotten, remember it now.

        The writer works in order: a first contact with a copy of the card comes after this on disk, too.
        """
        if self.roster.remembers(identity):
            return
        self.roster = self.roster.with_enrolled(identity)
        tel, serial = identity.tel, identity.serial
        known = functools.partial(put_known_serial, serial=serial, tel=tel, now=self._clock.unix())
        self._writer.record("enrolled-before", {"tel": tel, "serial": serial}, also=known)

    def close(self) -> None:
        """Close every flow politely."""
        for connection in list(self._connections.values()):
            connection.close()

    def abort(self) -> None:
        """End every flow now, and every relayed call."""
        for connection in list(self._connections.values()):
            connection.abort()
        self.relay.close_all()

    def _alarm(self, alarm: Alarm) -> None:
        self._writer.alarm(alarm)
        self._observation.event("alarm", {"alarm": alarm.event, **alarm.detail})

    def _record(self, offer: Offered) -> None:
        try:
            self._recording.offered(offer)
        except OSError as error:
            # The call goes on, and only the log hears of it: nobody else is to learn who is recorded.
            why = error.strerror or "it cannot be written"
            self._writer.alarm(Alarm("record-not-written", {"tel": offer.callee, "why": why}))

    def _carry_out(self, effects: Iterable[Effect]) -> None:
        for effect in effects:
            match effect:
                case Send(flow, message):
                    if flow in self._connections:
                        self._connections[flow].send(message)
                case CloseFlow(flow, _):
                    if flow in self._connections:
                        self._connections[flow].close()
                case Alarm():
                    self._alarm(effect)
                case Observed(event, detail):
                    self._observation.event(event, detail)
                case Offered():
                    self._record(effect)
                case Bound(tel, serial, contact, instance, expires_in):
                    until = int(self._clock.unix()) + expires_in
                    self._most_registered = max(self._most_registered, self.engine.registered)
                    stored = StoredBinding(tel, serial, contact, instance, until)
                    self._writer.post(self._database.store_binding, stored)
                case Unbound(tel):
                    self._writer.post(self._database.remove_binding, tel)
                case PartnerCall(partner, inward):
                    self._partner_calls[partner, inward] += 1
                case PartnerUp(partner):
                    self._writer.post(self._database.store_link, partner, int(self._clock.unix()))
                    self._partner_link("partner-up", partner)
                case PartnerDown(partner):
                    self._writer.post(self._database.remove_link, partner)
                    self._partner_link("partner-down", partner)

    def _partner_link(self, event: str, partner: str) -> None:
        # As an alarm is written: a link that comes and goes all day must not fill the log.
        self._writer.alarm(Alarm(event, {"partner": partner}))
        self._observation.event(event, {"partner": partner})


class DialledHost:
    """Who a connection belongs to that we have opened to a partner."""

    def __init__(self, switchboard: Switchboard, partner: Partner) -> None:
        self._switchboard = switchboard
        self._partner = partner

    def admit(self, connection: Connection, certificate: bytes, remote: str, local: str) -> Flow | None:
        """Say which flow this is, None if the far end is not the partner's CRS."""
        return self._switchboard.admit_dialled(connection, certificate, self._partner, remote, local)

    def receive(self, flow: Flow, event: Request | Response | Malformed) -> None:
        """Take what a flow carried."""
        self._switchboard.receive(flow, event)

    def alive(self, flow: Flow) -> None:
        """The far end has answered a ping: only now do we know that it has taken us in (TLS 1.3)."""
        self._switchboard.dialled(flow)

    def overrun(self, flow: Flow, why: str) -> None:
        """A flow is being closed for what it sent."""
        self._switchboard.overrun(flow, why)

    def lost(self, flow: Flow) -> None:
        """A flow has gone."""
        self._switchboard.lost(flow)


def _whose(flow: Flow) -> dict[str, str]:
    partner = flow.identity.partner
    return {"partner": partner} if partner else {"tel": flow.identity.tel}
