"""Tells the fence of the image which server we are about to reach; where there is no fence, nobody is told.

The fence is closed towards everybody else (firmware/system/fence.py). The first packet may still be dropped
while it is being opened; TCP sends another one a second later.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from pathlib import Path

from firmware.services.tls import split_host
from firmware.system.atomic import write
from firmware.system.fence import write_order

_log = logging.getLogger("sottovoce.phone")


class Reaching:
    """The order to the fence of the phone living in `home`: HOME/run/fence/order, if that folder is there."""

    def __init__(self, home: Path) -> None:
        self._order = home / "run" / "fence" / "order"
        self._written = b""

    async def announce(self, crs: str) -> None:
        """Say that 'host:port' is the server. Who cannot be found is not: connecting will say why."""
        if not self._order.parent.is_dir():
            return
        host, port = split_host(crs)
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError:
            return
        order = write_order([str(place[4][0]) for place in found], port)
        if order == self._written:
            return
        try:
            write(self._order, order, mode=0o644)
        except OSError as error:
            _log.error("the fence is not told of the server: %s", error)
        else:
            self._written = order
