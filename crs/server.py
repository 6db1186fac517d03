"""The rendezvous server as one asyncio process: sockets and clocks around the pure engine.

partner's CRS <==TLS== Dialler;  the same way in as a phone's, by its certificate
partner's CRS <-HTTPS- Asker -> ForeignLists -> Provisioning -> WebServer
phone ==TLS==> Connection -> Switchboard -> Engine -> effects -> Connection ==TLS==> phone
phone ~~UDP~~> MediaRelay ~~UDP~~> phone
phone -HTTPS-> WebServer -> Provisioning -> Writer -> database
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import ssl
from pathlib import Path
from types import TracebackType

from crs import loading
from crs.asking import Asker
from crs.clock import Clock, SystemClock
from crs.config import Config
from crs.database import FILE, Database
from crs.dialling import Dialler
from crs.effects import Alarm
from crs.engine import Engine
from crs.errors import OperatorError
from crs.foreign import ForeignLists
from crs.journal import Journal
from crs.limits import Rate
from crs.listener import SHUTDOWN_TIMEOUT, ConnectionLimits, TLSListener, bind_pair
from crs.observation import Observation
from crs.partners import Partner
from crs.provisioning import Provisioning
from crs.recorded_files import FILE as RECORDINGS
from crs.recorded_files import Forgotten, RecordedFiles
from crs.recording import Order, Recording
from crs.relay import Side
from crs.relay_ports import MediaRelay, PacketObserver
from crs.report import PARTNER_CALLS, REGISTERED
from crs.roster import Roster
from crs.switchboard import Switchboard
from crs.tls import server_context
from crs.web import WebServer
from crs.writer import Writer
from crypto.certificates import trust_anchor
from crypto.revocation import RevocationList

ANYWHERE = "0.0.0.0"
LOCK_FILE = "serve.lock"
DAY = 86400
TICK = 0.25
"""Seconds of real time between two looks at the clock."""

COUNT_EVERY = float(DAY)
"""Seconds between two entries of how many phones were registered."""

RETENTION_EVERY = 3600.0
"""Seconds between two looks for log entries whose retention is over."""

HTTPS_AGE = 30.0
"""Seconds an HTTPS connection may last: a request takes one."""


class CRS:
    """One server on one home directory. Use `start` and `stop`, or `async with`."""

    def __init__(
        self,
        home: Path,
        *,
        config: Config | None = None,
        clock: Clock | None = None,
        observe: Path | None = None,
        observe_file: Path | None = None,
        record: Order | None = None,
        on_packet: PacketObserver | None = None,
    ) -> None:
        """`on_packet` is called with every packet that the relay passes on; it must not keep the memoryview.

        Raises OperatorError if the home directory is not usable or another server runs on it.
        """
        self.home = home
        self.config = config or Config()
        self.sip_port = 0
        self.https_port = 0
        self._clock = clock or SystemClock()
        self._on_packet = on_packet
        self._lock = only_one(home)
        try:
            self._database = Database(home / FILE)
            self._domain = self._database.domain()
            loading.settle(home, self._database)
        except OperatorError:
            os.close(self._lock)
            raise
        self._data_version = self._database.data_version
        self._journal = Journal(self._database)
        self._writer = Writer(self._journal, self._clock)
        self._retained_at = float("-inf")
        self._counted_at = self._clock.monotonic()
        self._observation = Observation(clock=self._clock, to_socket=observe, to_file=observe_file)
        self._recording = Recording(record, files=RecordedFiles(home), clock=self._clock)
        relay = MediaRelay(
            bind=self.config.listen,
            ports=self.config.relay_range,
            clock=self._clock,
            on_packet=self._packet,
        )
        self.switchboard = Switchboard(
            engine=Engine(domain=self._domain.name, media=relay, config=self.config),
            relay=relay,
            database=self._database,
            writer=self._writer,
            observation=self._observation,
            domain=self._domain,
            recording=self._recording,
            roster=Roster(self._database.accounts()),
            partners=self._database.partners(),
            clock=self._clock,
            config=self.config,
        )
        self._foreign = ForeignLists()
        self._web = WebServer(
            Provisioning(
                home,
                domain=lambda: self._domain,
                roster=lambda: self.switchboard.roster,
                database=self._database,
                writer=self._writer,
                clock=self._clock,
                rate=Rate(self.config.enrolments_burst, self.config.enrolments_per_minute / 60),
                partners=lambda: self.switchboard.engine.partners,
                foreign=self._foreign,
                on_enrolled=self.switchboard.enrolled,
                on_certificate=self.switchboard.proven,
            )
        )
        local = self.config.listen if self.config.listen != ANYWHERE else ""
        self._dialler = Dialler(home=home, switchboard=self.switchboard, clock=self._clock, local=local)
        self._asker = Asker(
            self._foreign,
            home=home,
            every=self.config.partner_lists_every,
            on_list=self._list_came,
            local=local,
        )
        self._listeners: list[TLSListener] = []
        self._ticking: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Open every port and serve. Raises OperatorError, with what to do, if that is not possible."""
        try:
            await self._web.start()
            await self._observation.start()
            self._recording.start()
            self._listen()
        except BaseException:
            await self._leave()
            raise
        self._writer.post(self._database.remove_bindings)
        self._writer.record("started", {"sip": str(self.sip_port), "https": str(self.https_port)})
        self._dialler.change(self.switchboard.engine.partners)
        self._asker.change(self.switchboard.engine.partners)
        for tel in sorted(self._recording.numbers):
            self._writer.record("recording", {"tel": tel})
        self._ticking = asyncio.get_running_loop().create_task(self._tick_forever())

    async def until(self, stopped: asyncio.Event) -> None:
        """Serve until `stopped` is set. Raises what broke the clockwork: no server runs on without timers."""
        assert self._ticking is not None
        waiting = asyncio.get_running_loop().create_task(stopped.wait())
        await asyncio.wait([waiting, self._ticking], return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if self._ticking.done():
            self._ticking.result()

    async def stop(self) -> None:
        """Accept no more, close every flow and port, and leave the database as it should be found."""
        if self._ticking is not None:
            self._ticking.cancel()
            await asyncio.gather(self._ticking, return_exceptions=True)
        for listener in self._listeners:
            await listener.stop()
        await self._asker.stop()
        await self._dialler.stop()
        self._count()
        self.switchboard.close()
        await self._until_closed()
        self.switchboard.abort()
        self._writer.post(self._database.remove_bindings)
        self._writer.record("stopped", {})
        await self._leave()

    async def __aenter__(self) -> CRS:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    def tick(self) -> None:
        """Look at the clock now; the server does so four times a second by itself."""
        self.switchboard.tick()
        now = self._clock.monotonic()
        if now - self._counted_at >= COUNT_EVERY:
            self._counted_at = now
            self._count()
        if now - self._retained_at >= RETENTION_EVERY:
            self._retained_at = now
            oldest = self._clock.unix() - self.config.retention_days * DAY
            self._writer.post(self._journal.blank_before, oldest)
            self._forget_recorded(oldest)

    def _forget_recorded(self, before: float) -> None:
        try:
            done = self._recording.forget(before)
        except OSError as error:
            done = [Forgotten(self.home / RECORDINGS, 0, error.strerror or "it cannot be read")]
        for one in done:
            if one.fault:
                self._writer.alarm(Alarm("record-not-forgotten", {"file": str(one.file), "why": one.fault}))
            else:
                self._writer.record("record-forgotten", {"file": str(one.file), "calls": str(one.calls)})

    def _count(self) -> None:
        phones = self.switchboard.most_registered()
        if phones:
            self._writer.record(REGISTERED, {"phones": str(phones)})
        calls = self.switchboard.partner_calls()
        for partner in sorted({partner for partner, _ in calls}):
            numbers = {"to": str(calls.get((partner, False), 0)), "from": str(calls.get((partner, True), 0))}
            self._writer.record(PARTNER_CALLS, {"partner": partner, **numbers})

    def _context(self, *, client_certificate: bool) -> ssl.SSLContext:
        """TLS for phones and for partners. Whose a certificate then is, admission decides."""
        anchor = trust_anchor(self._domain.name, self._domain.domain_key)
        partners = self.switchboard.engine.partners
        anchor += "".join(trust_anchor(one.domain, one.domain_key) for one in partners)
        return server_context(self.home, anchor, client_certificate=client_certificate)

    def _listen(self) -> None:
        contexts = [self._context(client_certificate=required) for required in (True, False)]
        try:
            sockets = bind_pair(self.config.listen, self.config.port)
        except OSError as error:
            raise OperatorError(
                f"cannot listen on {self.config.listen}, port {self.config.port} and the next: {error};"
                " stop what uses them, or choose others with --port"
            ) from error
        self.sip_port, self.https_port = (taken.getsockname()[1] for taken in sockets)
        total, per_host = self.config.max_connections, self.config.max_connections_per_host
        self._listeners = [
            TLSListener(
                listening=sockets[0],
                context=contexts[0],
                factory=self.switchboard.connection,
                limits=ConnectionLimits(total, per_host),
            ),
            TLSListener(
                listening=sockets[1],
                context=contexts[1],
                factory=self._web.protocol,
                limits=ConnectionLimits(total, per_host, HTTPS_AGE),
            ),
        ]
        for listener in self._listeners:
            listener.start()

    async def _until_closed(self) -> None:
        """Wait for polite ends, but not for long."""
        deadline = asyncio.get_running_loop().time() + SHUTDOWN_TIMEOUT
        while asyncio.get_running_loop().time() < deadline:
            if not self.switchboard.flows:
                return
            await asyncio.sleep(0.01)

    async def _leave(self) -> None:
        await self._web.stop()
        await asyncio.to_thread(self._writer.close)
        await self._observation.stop()
        self._recording.stop()
        self._database.close()
        os.close(self._lock)

    async def _tick_forever(self) -> None:
        while True:
            await asyncio.sleep(TICK)
            self.tick()
            version = await self._writer.run(lambda: self._database.data_version)
            if version != self._data_version:
                self._data_version = version
                await self._media_loaded()

    async def _media_loaded(self) -> None:
        """Another process has loaded media: take roster, partners, keys and TLS certificate from there."""
        before = self._domain.sequence
        self._domain = await self._writer.run(self._database.domain)
        accounts = await self._writer.run(self._database.accounts)
        partners = await self._writer.run(self._database.partners)
        self.switchboard.change_roster(Roster(accounts))
        self.switchboard.change_partners(partners)
        for listener, required in zip(self._listeners, (True, False), strict=True):
            listener.use(self._context(client_certificate=required))
        self._dialler.change(self.switchboard.engine.partners)
        self._asker.change(self.switchboard.engine.partners)
        if self._domain.sequence != before:
            self.switchboard.tell_phones(self._domain.name)

    def _list_came(self, partner: Partner, read: RevocationList) -> None:
        """A partner has revoked keys, or fewer than before: phones are to know."""
        detail = {"partner": partner.domain, "list": str(read.number), "keys": str(len(read.hashes))}
        self._writer.record("partner-list", detail)
        self.switchboard.tell_phones(self._domain.name)

    def _packet(self, relay_id: str, side: Side, packet: memoryview) -> None:
        self._observation.packet(relay_id, side, packet)
        if self._on_packet is not None:
            self._on_packet(relay_id, side, packet)


def only_one(home: Path) -> int:
    """Take the lock of a home directory. Raises OperatorError if another server holds it."""
    try:
        descriptor = os.open(home / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise OperatorError(f"{home}: {error.strerror}; run `crs init --media DIR --home {home}`") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        raise OperatorError(f"another `crs serve` is running on {home}; stop it first") from error
    return descriptor
