"""Whether a phone that has just started is well: its services answer, its line stands or says why not, its
core computes what the RFCs say.

A phone that nobody has enrolled is well, and so is one whose server is away: neither is the software's fault.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from asyncvarlink import VarlinkInterface
from asyncvarlink.serviceinterface import VarlinkServiceInterface

from crypto import known_answer
from crypto.known_answer import CoreFailed
from firmware.interfaces import KeysInterface, MediaInterface, Refused, ScanInterface
from firmware.phone_interface import PhoneInterface
from firmware.varlink import connect, socket_path

PATIENCE_S = 300.0
"""The slowest board has then had four times what it takes to start."""
ANSWER_S = 10.0
PAUSE_S = 2.0
SERVICES: tuple[tuple[str, type[VarlinkInterface]], ...] = (
    ("keys", KeysInterface),
    ("media", MediaInterface),
    ("scan", ScanInterface),
    ("phone", PhoneInterface),
)
WITH_STATUS = frozenset({"keys", "phone"})
_OFFLINE = re.compile(r"\bE2[0-9]\b")
"""What a phone shows whose line does not stand, and knows why."""


class Health:
    """Looks at the phone in `home` until it is well or `patience_s` are over. `core` tests the core."""

    def __init__(
        self,
        home: Path,
        *,
        patience_s: float = PATIENCE_S,
        core: Callable[[], None] = known_answer.check,
    ) -> None:
        self._home, self._patience_s, self._core = home, patience_s, core

    async def wait(self) -> str:
        """Return '' as soon as the phone is well, or else what is wrong with it."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self._patience_s
        try:
            await asyncio.to_thread(self._core)
        except CoreFailed as error:
            return f"the core: {error}"
        while True:
            if not (reason := await self._look()):
                return ""
            if loop.time() >= deadline:
                return reason
            await asyncio.sleep(PAUSE_S)

    async def _look(self) -> str:
        told: dict[str, Any] = {}
        for name, interface in SERVICES:
            try:
                async with asyncio.timeout(ANSWER_S):
                    told[name] = await self._status(name, interface)
            except (ConnectionError, TimeoutError):
                return f"the {name} service does not answer"
            except Refused as error:
                return f"the {name} service refuses: {error.p_code}"
        keys, phone = told["keys"], told["phone"]
        line_expected = keys.enrolled and not keys.locked
        if line_expected and not phone.registered and not _OFFLINE.search(" ".join(phone.text)):
            return "the phone has no line, and does not say why"
        return ""

    async def _status(self, name: str, interface: type[VarlinkInterface]) -> object:
        """Hear a service answer, for its socket listens without it; of those that have one, the status."""
        asked = interface if name in WITH_STATUS else VarlinkServiceInterface
        connection = await connect(socket_path(self._home, name), asked, patience_s=0)
        try:
            if name in WITH_STATUS:
                return (await connection.call.Status())["status"]
            return await connection.call.GetInfo()
        finally:
            connection.close()
