"""Our own links to the partners' CRS: one connection to each, opened by us and kept open.

    connect ─► certificate is the partner's ─► ping ─► pong: up ── pings ──► lost ─► wait (1 s … 60 s)

Only the address on the media is ever dialled, and only the partner's own domain key is trusted there.
"""

from __future__ import annotations

import asyncio
import functools
import random
import socket
import ssl
from pathlib import Path

from crs.clock import Clock
from crs.errors import OperatorError
from crs.flows import Connection
from crs.listener import HANDSHAKE_TIMEOUT, SHUTDOWN_TIMEOUT
from crs.partners import Partner, Partners
from crs.per_partner import PartnerTasks, Trouble, pause
from crs.switchboard import DialledHost, Switchboard
from crs.tls import client_context
from crypto.certificates import trust_anchor
from sip.keep_alive import FlowKeepAlive

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
STEADY = 60.0
"""Seconds that a link must have lasted to be dialled again at once."""

_RANDOM = random.SystemRandom()


class Dialler:
    """Keeps the links of all partners. `local` is the address to dial from, empty for any."""

    def __init__(self, *, home: Path, switchboard: Switchboard, clock: Clock, local: str = "") -> None:
        self._home = home
        self._switchboard = switchboard
        self._clock = clock
        self._local = (local, 0) if local else None
        self._tasks = PartnerTasks(self._keep)

    def change(self, partners: Partners) -> None:
        """Dial these partners and no others; one with another key or address is dialled anew."""
        self._tasks.change(partners)

    async def stop(self) -> None:
        """Dial nobody any more."""
        await self._tasks.stop()

    async def _keep(self, partner: Partner) -> None:
        wait, trouble = FIRST_WAIT, Trouble(f"partner {partner.domain}", "it is tried again")
        while True:
            began = self._clock.monotonic()
            try:
                await self._once(partner)
                why = "the link was closed"
            except (OSError, TimeoutError, OperatorError) as error:
                why = _say(error)
            if self._clock.monotonic() - began >= STEADY:
                wait = FIRST_WAIT
                trouble.tell("")  # what is wrong now is news, whatever it was before
            trouble.tell(why)
            await pause(wait)
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
