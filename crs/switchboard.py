"""The flows of all phones, and what the engine wants done with them."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable

from crs import notice
from crs.clock import Clock
from crs.config import Config
from crs.database import Database, StoredBinding, put_known_serial
from crs.effects import Alarm, Bound, CloseFlow, Effect, Flow, Identity, Observed, Send, Unbound
from crs.engine import Engine
from crs.flows import Connection
from crs.observation import Observation
from crs.relay_ports import MediaRelay
from crs.roster import Roster
from crs.writer import Writer
from crypto.certificates import subject_tel
from crypto.errors import PackageError
from sip.message import Request, Response
from sip.stream import Malformed

FLOWS_PER_PHONE = 4
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
        roster: Roster,
        clock: Clock,
        config: Config,
    ) -> None:
        self.engine = engine
        self.relay = relay
        self.roster = roster
        self._database = database
        self._writer = writer
        self._observation = observation
        self._clock = clock
        self._config = config
        self._connections: dict[Flow, Connection] = {}
        self._numbers = itertools.count(1)
        self._counted_at = 0.0
        self._most_registered = 0

    @property
    def flows(self) -> int:
        """How many phones' connections there are."""
        return len(self._connections)

    def connection(self) -> Connection:
        """Make the protocol of one new connection."""
        return Connection(self, self._clock)

    def admit(self, connection: Connection, certificate: bytes, remote: str, local: str) -> Flow | None:
        """Give a connection its flow if its card is active; None turns it away."""
        try:
            tel, serial = subject_tel(certificate)
        except PackageError:
            self._alarm(Alarm("certificate-refused", {"host": remote}))
            return None
        identity = Identity(tel, str(serial))
        if not self.roster.admits(identity):
            self._alarm(Alarm("not-admitted", {"tel": tel, "serial": identity.serial}))
            return None
        self.proven(identity)
        older = [flow for flow in self._connections if flow.identity == identity]
        if len(older) >= FLOWS_PER_PHONE:
            # A phone that lost its network leaves connections behind that we have not missed yet.
            self._connections[older[0]].abort()
        flow = Flow(next(self._numbers), identity, remote, local)
        self._connections[flow] = connection
        self._observation.event("connected", {"tel": tel, "flow": flow.number})
        return flow

    def receive(self, flow: Flow, event: Request | Response | Malformed) -> None:
        """Take what a flow carried."""
        now, unix = self._clock.monotonic(), self._clock.unix()
        self._carry_out(self.engine.receive(flow, event, now=now, unix=unix))

    def overrun(self, flow: Flow, why: str) -> None:
        """A flow is being closed for what it sent."""
        self._alarm(Alarm("flow-closed", {"tel": flow.identity.tel, "reason": why}))

    def lost(self, flow: Flow) -> None:
        """A flow has gone."""
        if self._connections.pop(flow, None) is not None:
            self._observation.event("disconnected", {"tel": flow.identity.tel, "flow": flow.number})
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
            if not roster.admits(flow.identity):
                detail = {"tel": flow.identity.tel, "serial": flow.identity.serial}
                self._writer.record("flow-of-blocked-phone-closed", detail)
                self._carry_out(self.engine.expel(flow, self._clock.monotonic()))
                connection.abort()
        for identity in self.engine.parties():
            if not roster.admits(identity):
                self._carry_out(self.engine.end_calls(identity, self._clock.monotonic()))

    def tell_phones(self, domain: str) -> None:
        """Tell every phone that is connected that there is something new for it."""
        for flow, connection in list(self._connections.items()):
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
                case Bound(tel, serial, contact, instance, expires_in):
                    until = int(self._clock.unix()) + expires_in
                    self._most_registered = max(self._most_registered, self.engine.registered)
                    stored = StoredBinding(tel, serial, contact, instance, until)
                    self._writer.post(self._database.store_binding, stored)
                case Unbound(tel):
                    self._writer.post(self._database.remove_binding, tel)
