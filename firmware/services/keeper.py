"""Keeps a connection to another service of the phone, for as long as the phone runs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

from asyncvarlink import VarlinkInterface

from firmware.interfaces import Refused
from firmware.varlink import Connection, connect, socket_path

PATIENCE_S = 10.0
PAUSE_S = 0.1
"""Between two connections, so that a service that hangs up at once is not hammered."""
ANSWER_S = 20.0
"""Longer than anything a healthy service takes (Argon2id on a small board included)."""

_log = logging.getLogger("sottovoce.phone")


class Keeper:
    """One service: connected, lost, connected again.

    `on_back` is awaited after every connection, `on_lost` is called after every loss.
    """

    def __init__(
        self,
        home: Path,
        name: str,
        interface: type[VarlinkInterface],
        *,
        on_back: Callable[[], Awaitable[None]],
        on_lost: Callable[[], None],
    ) -> None:
        self.name = name
        self._path = socket_path(home, name)
        self._interface = interface
        self._on_back = on_back
        self._on_lost = on_lost
        self._connection: Connection | None = None

    @property
    def connected(self) -> bool:
        """True while the service is there."""
        return self._connection is not None

    async def ask(self, method: str, **arguments: Any) -> Any:
        """Call a method. Raises `interfaces.Refused`, or ConnectionError if the service is gone or hangs."""
        connection = self._connection
        if connection is None:
            raise ConnectionError(f"the {self.name} service is not there")
        try:
            async with asyncio.timeout(ANSWER_S):
                return await getattr(connection.call, method)(**arguments)
        except TimeoutError as error:
            connection.close()
            raise ConnectionError(f"the {self.name} service does not answer") from error

    async def stream(self, method: str, **arguments: Any) -> AsyncIterator[Any]:
        """Follow a streaming method until its service goes away."""
        if self._connection is not None:
            async for reply in getattr(self._connection.call, method)(**arguments):
                yield reply

    async def run(self) -> None:
        """Connect, and connect again whenever the service was lost, until cancelled."""
        while True:
            try:
                connection = await connect(self._path, self._interface, patience_s=PATIENCE_S)
            except ConnectionError as error:
                _log.warning("%s", error)
                continue
            self._connection = connection
            _log.info("%s service: connected", self.name)
            try:
                await self._on_back()
                await connection.lost()
            except (ConnectionError, Refused) as error:
                _log.warning("%s service: %s", self.name, type(error).__name__)
            finally:
                self._connection = None
                connection.close()
            _log.warning("%s service: lost", self.name)
            self._on_lost()
            await asyncio.sleep(PAUSE_S)
