"""Asks each partner's server for its revocation list, over TLS that knows both ends, and keeps the newest.

    GET https://partner's host:port after SIP's/v1/revoked      our certificate shown; at most 256 KiB read

Only the address on the media is ever asked, and only the partner's own domain key is trusted there.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable
from pathlib import Path

import aiohttp

from crs.errors import OperatorError
from crs.foreign import ForeignLists
from crs.partners import Partner, Partners
from crs.tls import client_context
from crypto.certificates import trust_anchor
from crypto.errors import PackageError
from crypto.revocation import MAX_FOREIGN_OCTETS, RevocationList

TIME_LIMIT = aiohttp.ClientTimeout(total=20.0, sock_connect=10.0)
UNCHANGED, DONE = 304, 200

_RANDOM = random.SystemRandom()
_log = logging.getLogger("crs")


class Asker:
    """Asks all partners, each every so often (`every`, seconds). `on_list` hears of each that is new.

    `local` is the address to ask from, empty for any.
    """

    def __init__(
        self,
        lists: ForeignLists,
        *,
        home: Path,
        every: float,
        on_list: Callable[[Partner, RevocationList], None],
        local: str = "",
    ) -> None:
        self._lists = lists
        self._home = home
        self._every = every
        self._on_list = on_list
        self._local = (local, 0) if local else None
        self._tasks: dict[Partner, asyncio.Task[None]] = {}

    def change(self, partners: Partners) -> None:
        """Ask these partners and no others; one with another key or address is asked anew."""
        self._lists.change(partners)
        wanted = {(one.domain, one.domain_key, one.address): one for one in partners}
        for old in list(self._tasks):
            if wanted.pop((old.domain, old.domain_key, old.address), None) is None:
                self._tasks.pop(old).cancel()
        for partner in wanted.values():
            self._tasks[partner] = asyncio.get_running_loop().create_task(self._keep(partner))

    async def stop(self) -> None:
        """Ask nobody any more."""
        tasks = list(self._tasks.values())
        self._tasks.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _keep(self, partner: Partner) -> None:
        tag, told = "", ""
        while True:
            try:
                tag = await self._once(partner, tag)
                trouble = ""
            except (aiohttp.ClientError, TimeoutError, OSError, OperatorError) as error:
                trouble = f"it was asked in vain ({type(error).__name__})"
            except PackageError as error:
                trouble = f"it was refused: {error}"
            if trouble and trouble != told:
                _log.warning("revocation list of %s: %s; it is asked again", partner.domain, trouble)
            told = trouble
            await asyncio.sleep(self._every * (0.5 + _RANDOM.random() / 2))

    async def _once(self, partner: Partner, tag: str) -> str:
        """Ask once; return the tag of what is known now. Raises PackageError, and what a connection may."""
        host, _, port = partner.address.rpartition(":")
        context = client_context(self._home, trust_anchor(partner.domain, partner.domain_key))
        connector = aiohttp.TCPConnector(ssl=context, local_addr=self._local, limit=1, force_close=True)
        headers = {"If-None-Match": tag} if tag else {}
        async with (
            aiohttp.ClientSession(connector=connector, timeout=TIME_LIMIT, trust_env=False) as session,
            session.get(
                f"https://{host}:{int(port) + 1}/v1/revoked",
                headers=headers,
                server_hostname=host,
                allow_redirects=False,
            ) as response,
        ):
            if response.status == UNCHANGED:
                return tag
            if response.status != DONE:
                raise aiohttp.ClientError(f"status {response.status}")
            octets = await _bounded(response)
            new = response.headers.get("ETag", "")[:128]
        taken = self._lists.take(partner, octets)
        if taken is not None:
            self._on_list(partner, taken)
        return new


async def _bounded(response: aiohttp.ClientResponse) -> bytes:
    octets = bytearray()
    async for chunk in response.content.iter_chunked(65536):
        octets += chunk
        if len(octets) > MAX_FOREIGN_OCTETS:
            raise PackageError("E03", f"larger than {MAX_FOREIGN_OCTETS} octets")
    return bytes(octets)
