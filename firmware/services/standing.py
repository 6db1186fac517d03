"""Where this phone stands with its vault and its server: what is held, and the line that belongs to it.

SIP is imported with the first line, and on a thread: a person who waits for the display does not wait for it.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
import os
import ssl
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from firmware import call_events as on
from firmware.house import KEYS_SHUT, NOTHING_HELD
from firmware.interfaces import KeysStatus, Refused
from firmware.services.calling import Calling
from firmware.services.errands import Errands
from firmware.services.keeper import Keeper
from firmware.services.reaching import Reaching
from firmware.services.tls import client_context

if TYPE_CHECKING:
    from firmware.services.line import Line
    from sip import events as sip

LATE = ("firmware.services.line", "sip.sdp")

_log = logging.getLogger("sottovoce.phone")


class Standing:
    """`held` is what the vault said last; `up`, `trouble` and `round_trip_s` tell of the line; `shut` if the
    vault does not open on this board. `on_sip` gets what the line says.
    """

    def __init__(
        self,
        home: Path,
        *,
        keys: Keeper,
        calling: Calling,
        errands: Errands,
        on_sip: Callable[[sip.Event], None],
        on_held: Callable[[KeysStatus], None],
    ) -> None:
        self.held: KeysStatus = NOTHING_HELD
        self.shut = False
        self.up, self.trouble = False, "connecting"
        self.round_trip_s: float | None = None
        self._home = home
        self._reaching = Reaching(home)
        self._keys = keys
        self._calling = calling
        self._errands = errands
        self._on_sip = on_sip
        self._on_held = on_held
        self._line: asyncio.Task[None] | None = None
        self._whose = ("", "", "")
        """Number, serial and server of the card that the line is for."""
        self._changing = asyncio.Lock()

    async def ask(self) -> KeysStatus:
        """Ask the key service what it holds, and have the line that belongs to it; return what it said."""
        self.shut, status = False, NOTHING_HELD
        try:
            status = (await self._keys.ask("Status"))["status"]
        except Refused as error:
            if error.p_code != KEYS_SHUT:
                raise
            # The service is well and stays connected: wiping goes through it.
            self.shut = True
        await self.hold(status)
        return status

    async def hold(self, status: KeysStatus) -> None:
        """The vault holds `status`: have the line that belongs to it, or none."""
        self.held = status
        self._on_held(status)
        async with self._changing:  # what the vault says meanwhile is looked at next
            await self._have_line()

    async def _have_line(self) -> None:
        status = self.held
        # The keys of a new month are no reason to hang up: the serial is another for another card only.
        whose = (status.tel, status.serial, status.crs)
        if self._line is not None and status.enrolled and whose == self._whose:
            return
        if status.enrolled:
            await asyncio.to_thread(_import_line)
        await self.hang_up()
        if status.enrolled:
            from firmware.services.line import Line, Subscription

            subscription = Subscription(status.tel, status.domain, status.crs, self._instance())
            line = Line(
                subscription,
                context=self.context,
                on_event=self._on_sip,
                on_state=lambda up, trouble: self._line_state(line, up, trouble),
            )
            self._calling.line = line
            self._line, self._whose = self._errands.start(line.run()), whose
        self._tell()

    async def hang_up(self) -> None:
        """Have no line."""
        task, self._line = self._line, None
        self.up, self.trouble = False, "connecting"
        self._tell()
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            self._calling.line = None

    def wiped(self) -> None:
        """The vault was emptied: whatever did not open is gone."""
        self.shut = False

    async def context(self) -> ssl.SSLContext:
        """Return the context for mutual TLS with our server, now within reach. Raises ConnectionError."""
        await self._reaching.announce(self.held.crs)
        try:
            with await self._keys.ask("TLSClient") as reply:
                identity = reply["identity"]
                return client_context(
                    identity.trust_anchor,
                    identity.certificate,
                    identity.key.fileno(),
                    moment=identity.moment,
                )
        except Refused as error:
            raise ConnectionError(f"no TLS identity: {error.p_code}") from error

    def _line_state(self, line: Line, up: bool, trouble: str) -> None:
        if line is self._calling.line and self._line is not None:
            self.up, self.trouble = up, trouble
            self.round_trip_s = self.round_trip_s if up else None
            self._tell()

    def _tell(self) -> None:
        own = self.held.tel if self.held.enrolled else ""
        self._calling.take(on.Line(own, self.up))

    def _instance(self) -> str:
        """The URN of this device (RFC 5626 §4.1), made once."""
        path = self._home / "phone" / "instance"
        try:
            return str(uuid.UUID(path.read_text().strip()).urn)
        except (FileNotFoundError, ValueError):
            instance = uuid.uuid4()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_suffix(".new")
        with draft.open("w") as file:
            file.write(str(instance))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        return instance.urn


def _import_line() -> None:
    for name in LATE:
        importlib.import_module(name)
