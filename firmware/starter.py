"""What a service has from whoever started it: a socket that listens, and an ear for "ready" and "alive".

On the phone that is the service manager (sd_listen_fds(3), sd_notify(3)); on a desk computer nobody passes
anything and nobody listens, and the same calls do nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator

FIRST_PASSED = 3
"""The descriptor of the first socket that is passed."""


class Starter:
    """Whoever started this process, as told in its environment. Make it before a sandbox is entered.

    The variables are taken away, so that no child believes that they are meant for it.
    """

    def __init__(self) -> None:
        self._ear: socket.socket | None = None
        place = os.environ.pop("NOTIFY_SOCKET", "")
        self._alive_every_s = _watchdog_s() / 2
        if place:
            self._ear = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC)
            self._ear.setblocking(False)
            self._ear.connect("\0" + place[1:] if place[0] == "@" else place)

    def tell(self, *words: str) -> None:
        """Say what sd_notify(3) has words for, such as READY=1. One that is not listening does not matter."""
        if self._ear is not None:
            with contextlib.suppress(OSError):
                self._ear.send("\n".join(words).encode())

    @contextlib.asynccontextmanager
    async def told(self) -> AsyncIterator[None]:
        """Say that we are ready, that we are alive as long as the event loop is, and at last that we stop."""
        self.tell("READY=1")
        heart = asyncio.create_task(self._beat())
        try:
            yield
        finally:
            heart.cancel()
            self.tell("STOPPING=1")

    async def _beat(self) -> None:
        while self._alive_every_s:
            self.tell("WATCHDOG=1")
            await asyncio.sleep(self._alive_every_s)

    def close(self) -> None:
        """Say no more."""
        if self._ear is not None:
            self._ear.close()
            self._ear = None


def passed_socket() -> socket.socket | None:
    """Return the one listening Unix socket that was passed to this process, or None. Call it once.

    Raises OSError if something else was passed.
    """
    process, count = os.environ.pop("LISTEN_PID", ""), os.environ.pop("LISTEN_FDS", "")
    os.environ.pop("LISTEN_FDNAMES", None)
    if process != str(os.getpid()) or not count:
        return None
    if count != "1":
        raise OSError(f"one listening socket is wanted, and {count} were passed: see the socket unit")
    os.set_inheritable(FIRST_PASSED, False)
    sock = socket.socket(fileno=FIRST_PASSED)
    listens = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
    if sock.family != socket.AF_UNIX or sock.type != socket.SOCK_STREAM or not listens:
        raise OSError("the passed socket is no listening Unix stream: see the socket unit")
    sock.setblocking(False)
    return sock


def _watchdog_s() -> float:
    """Seconds within which the starter wants to hear of us; 0 if it does not."""
    process, every = os.environ.pop("WATCHDOG_PID", ""), os.environ.pop("WATCHDOG_USEC", "")
    return int(every) / 1e6 if every.isdigit() and process in ("", str(os.getpid())) else 0.0
