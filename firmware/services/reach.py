"""The way to a server: a TCP connection to it, and through which of our addresses it would go."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import socket

ANYWHERE = "192.0.2.1"
"""Stands for a server that is known by name (RFC 5737: nobody has this address; nothing is sent to it)."""


async def reach(host: str, port: int) -> socket.socket:
    """Connect to the first address of a host that answers. Raises OSError, that of the last one."""
    loop = asyncio.get_running_loop()
    trouble: OSError | None = None
    for family, kind, protocol, _, address in await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        with contextlib.ExitStack() as stack:
            plain = stack.enter_context(socket.socket(family, kind, protocol))
            plain.setblocking(False)
            try:
                await loop.sock_connect(plain, address)
            except OSError as error:
                trouble = error
                continue
            stack.pop_all()
            return plain
    raise trouble or OSError(f"{host} has no address")


def way_to(host: str) -> str:
    """Return which of our addresses packets to a host would carry, '' if there is no way. Nothing is sent.

    A host that is known by name is not looked up: then it is the way to the world at large.
    """
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        address = ipaddress.ip_address(ANYWHERE)
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((str(address), 9))
        except OSError:
            return ""
        return str(probe.getsockname()[0])
