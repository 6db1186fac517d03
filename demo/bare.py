"""A bare phone: key store, line and fetching as in a whole one, without keypad, screen, camera and sound."""

from __future__ import annotations

import asyncio
import base64
import os
import secrets
import ssl
import time
import uuid
from pathlib import Path
from typing import Any

from crypto.fields import month_of
from crypto.mikey import Accepted, Initiated
from crypto.sealing import Cost
from crypto.secret import Secret
from demo.house import Person
from firmware.clock import Clock
from firmware.custody import Custody
from firmware.interfaces import KeysStatus, Refused
from firmware.sealed_memory import seal, unseal
from firmware.services.fetching import Fetching, limits
from firmware.services.first_contact import first_contact
from firmware.services.line import Line, Subscription
from firmware.services.tls import client_context
from firmware.vault_disk import Directory
from sip import events as sip
from sip.sdp import offer, parse_offer

MEDIA_PORT = 16384
"""A bare phone has no sound; its offers must name a port all the same."""


class BarePhone:
    """One person's phone in `home`. `verified`: the numbers whose calls have verified here, newest last."""

    def __init__(self, person: Person, home: Path) -> None:
        self.person = person
        self.home = home
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.custody = Custody(
            Directory(home / "vault"),
            Secret(secrets.token_bytes(32)),
            Clock(time.time),
            monotonic=time.monotonic,
            pin_cost=Cost(memory=3, passes=1),
        )
        self.verified: list[str] = []
        self.refused: list[str] = []
        self.up = asyncio.Event()
        self.moved = asyncio.Condition()
        self._busy = asyncio.Lock()
        self._tasks: list[asyncio.Task[None]] = []
        self._line: Line | None = None
        self._calls: set[asyncio.Task[None]] = set()
        self._fetching = Fetching(
            keys=self,
            status=self.custody.status,
            month=lambda: month_of(int(time.time())),
            context=self._context,
            on_status=self._moved,
        )

    @property
    def status(self) -> KeysStatus:
        """What the key store holds."""
        return self.custody.status()

    async def ask(self, method: str, **arguments: Any) -> Any:
        """Be the key service for `Fetching`."""
        assert method == "Take"
        kind = arguments["kind"]
        octets = unseal(arguments["octets"].fileno(), limit=limits()[kind])
        async with self._busy:
            return {"status": await asyncio.to_thread(self.custody.take, kind, octets)}

    async def enrol(self, text: str, code: str) -> None:
        """Enrol with a card and its transfer code. Raises Refused, or ConnectionError if the CRS says no."""
        self.custody.import_card(text)
        contact = await asyncio.to_thread(self.custody.unseal, code)
        reply = await first_contact(contact)
        if reply.code:
            raise ConnectionError(f"{self.person.name}: the CRS answered {reply.code}")
        await asyncio.to_thread(self.custody.complete, reply.pack)

    def switch_on(self) -> None:
        """Connect, register, and keep fetching."""
        status = self.status
        instance = uuid.uuid5(uuid.NAMESPACE_URL, self.person.tel).urn
        self._line = Line(
            Subscription(status.tel, status.domain, status.crs, instance),
            context=self._context,
            on_event=self._sip,
            on_state=self._line_state,
        )
        self._tasks = [asyncio.create_task(self._line.run()), asyncio.create_task(self._fetching.run())]

    async def switch_off(self) -> None:
        """Let go of the line."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks, self._line = [], None
        self.up.clear()

    async def until(self, month: str) -> None:
        """Wait until the keys of a month are held."""
        async with self.moved:
            await self.moved.wait_for(lambda: self.status.packed >= month)

    async def call(self, callee: BarePhone) -> None:
        """Call somebody, wait until the call has verified there, and hang up. Raises Refused."""
        assert self._line is not None
        message = await self.message(callee.person.tel)
        await self.offer(callee, message)

    async def message(self, tel: str) -> bytes:
        """Make an I_MESSAGE. Raises Refused."""
        async with self._busy:
            made: tuple[Initiated, str] = await asyncio.to_thread(self.custody.initiate, tel, 1)
        made[0].keys.wipe()
        return made[0].octets

    async def offer(self, callee: BarePhone, message: bytes) -> None:
        """Send an INVITE with an I_MESSAGE, wait for the callee's verdict, and hang up."""
        assert self._line is not None
        before = len(callee.verified) + len(callee.refused)
        handle = self._line.invite(callee.person.tel, offer(self._line.address, MEDIA_PORT, message))
        async with callee.moved:
            await callee.moved.wait_for(lambda: len(callee.verified) + len(callee.refused) > before)
        self._line.hang_up(handle)

    async def tidy(self) -> None:
        """Destroy what is too old, as the key service does every ten minutes."""
        async with self._busy:
            await asyncio.to_thread(self.custody.tidy)

    async def _context(self) -> ssl.SSLContext:
        certificate, anchor, key = self.custody.tls_client()
        with key:
            descriptor = seal(key.expose(), name="key")
        try:
            return client_context(anchor, certificate, descriptor, moment=self.custody.moment())
        finally:
            os.close(descriptor)

    async def _moved(self, status: KeysStatus) -> None:
        async with self.moved:
            self.moved.notify_all()

    def _line_state(self, up: bool, trouble: str) -> None:
        if up:
            self.up.set()
        else:
            self.up.clear()

    def _sip(self, event: sip.Event) -> None:
        match event:
            case sip.Registered(expires) if expires:
                self._fetching.soon()
            case sip.ProfileChanged():
                self._fetching.soon()
            case sip.Incoming():
                task = asyncio.create_task(self._verify(event))
                self._calls.add(task)
                task.add_done_callback(self._calls.discard)

    async def _verify(self, event: sip.Incoming) -> None:
        message = base64.b64encode(parse_offer(event.sdp).mikey).decode()
        try:
            async with self._busy:
                accepted: tuple[Accepted, str] = await asyncio.to_thread(self.custody.accept, message)
        except Refused as refusal:
            if self._line is not None:
                self._line.refuse(event.handle, 488)
            self.refused.append(str(refusal.p_code))
        else:
            accepted[0].keys.wipe()
            self.verified.append(accepted[0].caller_tel)
        await self._moved(self.status)
