"""Asks each partner's server for its revocation list, over TLS that knows both ends, and keeps the newest.

    GET https://partner's host:port after SIP's/v1/revoked      our certificate shown; at most 256 KiB read

Only the address on the media is ever asked, and only the partner's own domain key is trusted there.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import aiohttp

from crs.errors import OperatorError
from crs.foreign import ForeignLists
from crs.partners import Partner, Partners
from crs.per_partner import PartnerTasks, Trouble, pause
from crs.tls import client_context
from crypto.certificates import trust_anchor
from crypto.errors import PackageError
from crypto.revocation import MAX_FOREIGN_OCTETS, RevocationList

TIME_LIMIT = aiohttp.ClientTimeout(total=20.0, sock_connect=10.0)
UNCHANGED, DONE = 304, 200


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
        self._tasks = PartnerTasks(self._keep)

    def change(self, partners: Partners) -> None:
        """Ask these partners and no others; one with another key or address is asked anew."""
        self._lists.change(partners)
        self._tasks.change(partners)

    async def stop(self) -> None:
        """Ask nobody any more."""
        await self._tasks.stop()

    async def _keep(self, partner: Partner) -> None:
        tag, trouble = "", Trouble(f"revocation list of {partner.domain}", "it is asked again")
        while True:
            why = ""
            try:
                tag = await self._once(partner, tag)
            except (aiohttp.ClientError, TimeoutError, OSError, OperatorError) as error:
                why = f"it was asked in vain ({type(error).__name__})"
            except PackageError as error:
                why = f"it was refused ({error.code})"  # its text may quote what the far end has sent
            trouble.tell(why)
            await pause(self._every)

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
