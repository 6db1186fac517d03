"""Our own links to the partners' CRS: one connection to each, opened by us and kept open.

    connect ─► certificate is the partner's ─► ping ─► pong: up ── pings ──► lost ─► wait (1 s … 60 s)

Only the address on the media is ever dialled, and only the partner's own domain key is trusted there.
"""

from __future__ import annotations

import asyncio
import functools
import logging
import random
import socket
import ssl
from pathlib import Path

from crs.clock import Clock
from crs.errors import OperatorError
from crs.flows import Connection
from crs.listener import HANDSHAKE_TIMEOUT, SHUTDOWN_TIMEOUT
from crs.partners import Partner, Partners
from crs.switchboard import DialledHost, Switchboard
from crs.tls import client_context
from crypto.certificates import trust_anchor
from sip.keep_alive import FlowKeepAlive

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
STEADY = 60.0
"""Seconds that a link must have lasted to be dialled again at once."""

_RANDOM = random.SystemRandom()
_log = logging.getLogger("crs")


class Dialler:
    """Keeps the links of all partners. `local` is the address to dial from, empty for any."""

    def __init__(self, *, home: Path, switchboard: Switchboard, clock: Clock, local: str = "") -> None:
        self._home = home
        self._switchboard = switchboard
        self._clock = clock
        self._local = (local, 0) if local else None
        self._tasks: dict[Partner, asyncio.Task[None]] = {}

    def change(self, partners: Partners) -> None:
        """Dial these partners and no others; one with another key or address is dialled anew."""
        wanted = {partner.domain: partner for partner in partners}
        for old in list(self._tasks):
            new = wanted.get(old.domain)
            if new is None or (new.domain_key, new.address) != (old.domain_key, old.address):
                self._tasks.pop(old).cancel()
            else:
                wanted.pop(old.domain)
        for partner in wanted.values():
            self._tasks[partner] = asyncio.get_running_loop().create_task(self._keep(partner))

    async def stop(self) -> None:
        """Dial nobody any more."""
        tasks = list(self._tasks.values())
        self._tasks.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _keep(self, partner: Partner) -> None:
        wait, told = FIRST_WAIT, ""
        while True:
            began = self._clock.monotonic()
            try:
                await self._once(partner)
                trouble = "the link was closed"
            except (OSError, TimeoutError, OperatorError) as error:
                trouble = _say(error)
            if self._clock.monotonic() - began >= STEADY:
                wait, told = FIRST_WAIT, ""
            if trouble != told:
                _log.warning("partner %s: %s; it is tried again", partner.domain, trouble)
                told = trouble
            await asyncio.sleep(wait * (0.5 + _RANDOM.random() / 2))
            wait = min(2 * wait, LONGEST_WAIT)

    async def _once(self, partner: Partner) -> None:
        """Connect, and return when the connection is over."""
        host, _, port = partner.address.rpartition(":")
        anchor = trust_anchor(partner.domain, partner.domain_key)
        context = client_context(self._home, anchor)
        connection = Connection(
            DialledHost(self._switchboard, partner), self._clock, keep_alive=FlowKeepAlive(_RANDOM.random)
        )
        make = functools.partial(
            asyncio.get_running_loop().create_connection,
            lambda: connection,
            host,
            int(port),
            ssl=context,
            family=socket.AF_INET,
            server_hostname=host,
            ssl_handshake_timeout=HANDSHAKE_TIMEOUT,
            ssl_shutdown_timeout=SHUTDOWN_TIMEOUT,
            local_addr=self._local,
        )
        async with asyncio.timeout(2 * HANDSHAKE_TIMEOUT):
            await make()
        try:
            await connection.over.wait()
        finally:
            connection.abort()


def _say(error: Exception) -> str:
    """What to log of an error: nothing that the far end could have chosen."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not the partner's: {error.verify_message}"
    if isinstance(error, ssl.SSLError):
        return f"TLS: {error.reason}"
    if isinstance(error, TimeoutError):
        return "it does not answer"
    return str(error.strerror if isinstance(error, OSError) and error.strerror else error)
