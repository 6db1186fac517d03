"""A CRS that serves an office in a thread of its own."""

from __future__ import annotations

import asyncio
import socket
import tempfile
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Any

from crs import loading, review
from crs.config import Config
from crs.database import FILE, Database
from crs.journal import Entry, Journal
from crs.media_directory import read_media
from crs.relay_ports import PacketObserver
from crs.server import CRS
from crypto.domain import Partner
from tests.crs.office import LOOPBACK, TIMEOUT, Card, Office, TurnedClock, use_serial
from tests.crs.phone import Phone


class Site:
    """A CRS on a home directory, in a thread with an event loop of its own."""

    def __init__(self, office: Office, home: Path, **options: Any) -> None:
        self.office = office
        self.home = home
        self.clock = TurnedClock()
        self.packets: list[bytes] = []
        self._options = options
        self._phones: list[Phone] = []
        self._running = False
        if not (home / FILE).exists():
            with tempfile.TemporaryDirectory() as directory:
                self.begin(office.export(Path(directory)))

    def begin(self, media: Path) -> None:
        loading.begin(self.home, read_media(media, domain_key=None), now=time.time())

    def load(self, sequence: int) -> None:
        """Load what the office would export now, as `crs load` does, beside a running server."""
        database = Database(self.home / FILE)
        with tempfile.TemporaryDirectory() as directory:
            media = read_media(self.office.export(Path(directory), sequence), domain_key=self.office.key)
            loading.renew(self.home, database, media, now=time.time())
        database.close()

    def befriend(self, *partners: Partner) -> None:
        """Load media with these partners and no others."""
        self.office.partners = partners
        database = Database(self.home / FILE)
        sequence = database.domain().sequence + 1
        database.close()
        self.load(sequence)

    def review(self) -> None:
        """Acknowledge the log, as `crs log review --ack` does, beside a running server."""
        database = Database(self.home / FILE)
        review.acknowledge(database, now=time.time())
        database.close()

    def enrol_all(self) -> None:
        """Mark every card as used, as its first contact would."""
        database = Database(self.home / FILE)
        for card in self.office.cards:
            use_serial(
                database, serial=str(card.serial), tel=card.tel, nonce_hash=bytes(32), now=self.clock.unix()
            )
        database.close()

    def log(self) -> list[Entry]:
        """Return the log, after everything posted so far has been written."""
        if self._running:
            self.run(self.crs._writer.run(lambda: None))
        database = Database(self.home / FILE)
        entries = list(Journal(database).entries())
        database.close()
        return entries

    def alarms(self, event: str) -> list[Entry]:
        return [entry for entry in self.log() if entry.event == event]

    def __enter__(self) -> Site:
        config = self._options.pop("config", None) or Config(
            listen="0.0.0.0", port=0, relay_ports="20000-20999"
        )
        observer: PacketObserver = lambda relay_id, side, packet: self.packets.append(bytes(packet))  # noqa: E731
        self.crs = CRS(self.home, config=config, clock=self.clock, on_packet=observer, **self._options)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        try:
            self.run(self.crs.start())
        except BaseException:
            self._end_loop()
            raise
        self._running = True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for phone in self._phones:
            phone.hang_up_line()
        self._running = False
        try:
            self.run(self.crs.stop())
        finally:
            self._end_loop()

    def _end_loop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def run(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(TIMEOUT)

    def turn(self, seconds: float) -> None:
        """Let time pass and have the server look at the clock."""
        self.clock.turn(seconds)

        async def tick() -> None:
            self.crs.tick()

        self.run(tick())

    def phone(self, card: Card | None, *, host: str = LOOPBACK, office: Office | None = None) -> Phone:
        """Connect as a phone with this card, from this address."""
        context = (office or self.office).client_context(card)
        context.load_verify_locations(cadata=self.office.anchor)
        plain = socket.create_connection((LOOPBACK, self.crs.sip_port), TIMEOUT, source_address=(host, 0))
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        phone = Phone(card, context.wrap_socket(plain, server_hostname=LOOPBACK))
        self._phones.append(phone)
        return phone

    def registered(self, card: Card, *, host: str = LOOPBACK) -> Phone:
        """Connect and register."""
        phone = self.phone(card, host=host)
        assert phone.ask(phone.register()).status == 200
        return phone
