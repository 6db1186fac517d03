"""Does what the enrolment machine asks for: the camera, the vault, the first contact with the CRS."""

from __future__ import annotations

import asyncio
import base64
import binascii
import contextlib
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from firmware import enrolment_words as en
from firmware.enrolment import step
from firmware.interfaces import KeysStatus, Refused, ScanInterface
from firmware.services.errands import Errands
from firmware.services.first_contact import first_contact
from firmware.services.keeper import Keeper
from firmware.services.reaching import Reaching
from firmware.varlink import connect, socket_path
from firmware.viewfinder import HINTS, VIEW_OCTETS, read_corners

LONGEST_TEXT = 4096
SCAN_PATIENCE_S = 10.0
SCAN_PAUSE_S = 0.5
_log = logging.getLogger("sottovoce.phone")


class Enrolling:
    """The enrolment machine with hands. `on_enrolled` is awaited once the new identity is the identity."""

    def __init__(
        self,
        home: Path,
        *,
        keys: Keeper,
        errands: Errands,
        on_change: Callable[[], None],
        on_enrolled: Callable[[KeysStatus], Awaitable[None]],
    ) -> None:
        self.flow = en.Flow()
        self._scan_path = socket_path(home, "scan")
        self._reaching = Reaching(home)
        self._keys = keys
        self._on_change = on_change
        self._on_enrolled = on_enrolled
        self._camera: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._errands = errands

    def take(self, event: en.Event) -> None:
        """Let something happen."""
        self.flow, effects = step(self.flow, event)
        for effect in effects:
            self._do(effect)
        self._on_change()

    def _do(self, effect: en.Effect) -> None:
        match effect:
            case en.OpenCamera():
                self._close_camera()
                self._camera = self._errands.start(self._scan())
            case en.CloseCamera():
                self._close_camera()
            case en.ReadCard(text):
                self._errands.start(self._read_card(text))
            case en.Unseal(code):
                self._errands.start(self._unseal(code))
            case en.Contact():
                self._errands.start(self._contact())
            case en.Complete(pack):
                self._errands.start(self._complete(pack))
            case en.Abandon():
                self._errands.start(self._abandon())
            case en.Timer(timer, seconds):
                self._set_timer(timer, seconds)

    def _set_timer(self, timer: int, seconds: float | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if seconds is not None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(seconds, lambda: self.take(en.TimeUp(timer)))

    # The camera

    def _close_camera(self) -> None:
        camera, self._camera = self._camera, None
        if camera is not None and camera is not asyncio.current_task():
            camera.cancel()

    async def _scan(self) -> None:
        """Stream from one scan service; it ends with a code, or dies, and either way a fresh one follows."""
        event: en.Event = en.ScanLost()
        try:
            scan = await connect(self._scan_path, ScanInterface, patience_s=SCAN_PATIENCE_S)
        except ConnectionError as error:
            _log.warning("scan: %s", error)
        else:
            with contextlib.suppress(ConnectionError, Refused), contextlib.closing(scan):
                async for reply in scan.call.Scan():
                    seen = reply["event"]
                    if seen.kind == "view":
                        self._seen(seen.view, seen.hint)
                    else:
                        if seen.kind == "code" and len(seen.text) <= LONGEST_TEXT:
                            event = en.Found(seen.text, read_corners(seen.corners))
                        break
        if isinstance(event, en.ScanLost):
            # Each scan service serves one scan and ends; the next one needs a moment to start.
            await asyncio.sleep(SCAN_PAUSE_S)
        self.take(event)

    def _seen(self, view: str, hint: str) -> None:
        try:
            octets = base64.b64decode(view, validate=True)
        except binascii.Error:
            octets = b""
        self.take(en.Seen(octets if len(octets) == VIEW_OCTETS else b"", hint if hint in HINTS else ""))

    # The vault and the server

    async def _ask(self, method: str, **arguments: Any) -> Any:
        """Ask the key service; return None after telling the machine that it refused or is gone."""
        try:
            return await self._keys.ask(method, **arguments)
        except Refused as error:
            _log.warning("keys: %s: %s", method, error.p_code)
            self.take(en.Refused(str(error.p_code)))
        except ConnectionError as error:
            _log.warning("keys: %s: %s", method, error)
            self.take(en.KeysLost())
        return None

    async def _read_card(self, text: str) -> None:
        reply = await self._ask("ImportCard", text=text)
        if reply is not None:
            self.take(en.CardRead(reply["summary"]))

    async def _unseal(self, code: str) -> None:
        if await self._ask("Unseal", transfer_code=code) is not None:
            self.take(en.Unsealed())

    async def _contact(self) -> None:
        """Ask the server; if it says that our clock is wrong, set it by the server's and ask once more."""
        for again in (True, False):
            reply = await self._ask("PendingContact")
            if reply is None:
                return
            await self._reaching.announce(reply["contact"].crs)
            said = await first_contact(reply["contact"])
            if said.unix is not None:
                await self._observe(said.unix)
            if said.code != "E06" or not again:
                break
        self.take(en.Refused(said.code) if said.code else en.PackCame(said.pack))

    async def _observe(self, unix: int) -> None:
        try:
            await self._keys.ask("ObserveTime", unix=unix)
        except (Refused, ConnectionError) as error:
            _log.warning("keys: ObserveTime: %s", type(error).__name__)

    async def _complete(self, pack: str) -> None:
        reply = await self._ask("CompleteEnrolment", pack=pack)
        if reply is not None:
            status = reply["status"]
            self.take(en.Completed(status.tel, status.name))
            await self._on_enrolled(status)

    async def _abandon(self) -> None:
        try:
            await self._keys.ask("AbandonEnrolment")
        except (Refused, ConnectionError) as error:
            # What is still held stays pending, and is asked about again when the service is back.
            _log.warning("keys: AbandonEnrolment: %s", type(error).__name__)
