"""Fetches what the CMS has sent through the CRS: packs in their order, the bulletin, the revocation lists.

It asks when the phone has registered, when it is told to, and every so often. What comes goes to the key
service unread, as sealed memory; only that can say what it is worth. A CRS that is away costs nothing.
How long things may be is imported with the first question, on a thread: no start waits for it.
"""

from __future__ import annotations

import asyncio
import logging
import os
import ssl
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from asyncvarlink import FileDescriptor

from firmware.interfaces import KeysStatus, Refused
from firmware.sealed_memory import seal
from firmware.services.https import ask

EVERY_S = 900.0
MOST_PACKS = 36
"""Packs fetched in one go: a phone that was away for three years has more to catch up than this allows."""
PARTNERS = "/v1/revoked/partners"
_log = logging.getLogger("sottovoce.phone")


class Keys(Protocol):
    """The key service, to be asked."""

    async def ask(self, method: str, **arguments: Any) -> Any: ...


class Fetching:
    """Keeps the vault up to date. `status`, `month`: where it stands; `on_status` is told of changes."""

    def __init__(
        self,
        *,
        keys: Keys,
        status: Callable[[], KeysStatus],
        month: Callable[[], str],
        context: Callable[[], Awaitable[ssl.SSLContext]],
        on_status: Callable[[KeysStatus], Awaitable[None]],
    ) -> None:
        self._keys, self._status, self._month = keys, status, month
        self._context, self._on_status = context, on_status
        self._wanted = asyncio.Event()
        self._tags: dict[str, str] = {}
        self._limits: dict[str, int] = {}

    def soon(self) -> None:
        """Ask as soon as possible."""
        self._wanted.set()

    async def run(self) -> None:
        """Keep asking until cancelled."""
        while True:
            try:
                async with asyncio.timeout(EVERY_S):
                    await self._wanted.wait()
            except TimeoutError:
                pass
            self._wanted.clear()
            if self._status().enrolled:
                await self._fetch()

    async def _fetch(self) -> None:
        try:
            self._limits = await asyncio.to_thread(limits)
            context = await self._context()
            if await self._take("revoked", "/v1/revoked", context):
                self._tags = {path: tag for path, tag in self._tags.items() if "issuance" not in path}
            for _ in range(MOST_PACKS):
                # Packs have no tag: each is fetched once, and the next question is another.
                if not await self._take("pack", f"/v1/pack?after={self._status().packed}", context):
                    break
            month = min(self._month(), self._status().packed)
            if await self._take("bulletin", f"/v1/bulletin?month={month}", context):
                self._tags.pop(PARTNERS, None)  # it may know a partner whose list was passed over before
            await self._take("partners", PARTNERS, context)
            for held in self._status().months:
                await self._take("issuance", f"/v1/issuance?month={held}", context)
        except (TimeoutError, asyncio.IncompleteReadError, OSError, ValueError) as error:
            _log.info("the server was asked for keys in vain: %s", type(error).__name__)

    async def _take(self, kind: str, path: str, context: ssl.SSLContext) -> bool:
        """Fetch one thing and hand it to the key service. Returns whether it was taken in."""
        crs = self._status().crs
        answer = await ask(crs, path, context, most=self._limits[kind], known=self._tags.get(path, ""))
        if answer.status != 200:
            return False
        try:
            descriptor = seal(answer.body, name=kind)
            try:
                reply = await self._keys.ask("Take", kind=kind, octets=FileDescriptor(descriptor))
            finally:
                os.close(descriptor)
        except Refused as error:
            _log.warning("keys: %s refused: %s %s", kind, error.p_code, error.p_text)
            return False
        if kind != "pack":
            self._tags[path] = answer.tag
        await self._on_status(reply["status"])
        return True


def limits() -> dict[str, int]:
    """The most octets of each kind of thing."""
    from crypto import bulletin, issuance, pack, revocation

    return {
        "pack": pack.MAX_OCTETS,
        "bulletin": bulletin.MAX_OCTETS,
        "revoked": revocation.MAX_OCTETS,
        "partners": revocation.MAX_BUNDLE_OCTETS,
        "issuance": issuance.MAX_OCTETS,
    }
