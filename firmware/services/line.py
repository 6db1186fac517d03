"""The line: one TLS connection to our CRS, kept open, with the SIP user agent on it.

    connect ─► REGISTER ─► up ── octets, deadlines ──► lost ─► wait (firmware.backoff) ─► connect
                                                                └ cut short when the network changes

The user agent outlives the connection: an established call goes on over the next one (RFC 5626 §5).
"""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from firmware.backoff import Backoff
from firmware.services.reach import reach, way_to
from firmware.services.tls import split_host, trouble_of
from sip import events as sip
from sip.agent import UserAgent
from sip.endpoint import Identity
from sip.events import CallHandle

CONNECT_S = 10.0
LOOK_S = 1.0
"""Between two looks at whether the network is another one, while there is no connection."""
READ_OCTETS = 65536
POLITE_S = 1.0
"""How long a goodbye may take."""

_log = logging.getLogger("sottovoce.phone")


@dataclass(frozen=True)
class Subscription:
    """Whose line it is: number and domain for SIP, host:port of the CRS, and the URN of this device."""

    number: str
    domain: str
    crs: str
    instance: str


class Line:
    """The connection to the CRS.

    `context` makes a fresh TLS context for every connection. `on_event` gets what the user agent says;
    `on_state(up, trouble)` is called whenever being registered, or the reason for not being so, changes.
    `way(host)` says through what the server would be reached now (firmware.services.reach).
    """

    def __init__(
        self,
        subscription: Subscription,
        *,
        context: Callable[[], Awaitable[ssl.SSLContext]],
        on_event: Callable[[sip.Event], None],
        on_state: Callable[[bool, str], None],
        backoff: Backoff | None = None,
        way: Callable[[str], str] = way_to,
    ) -> None:
        self.subscription = subscription
        self.address = ""
        """Our own address on the way to the CRS: media sockets are bound to it."""
        self._context = context
        self._on_event = on_event
        self._on_state = on_state
        identity = Identity(subscription.number, subscription.domain, subscription.instance)
        self._agent = UserAgent(identity)
        self._writer: asyncio.StreamWriter | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._broken = asyncio.Event()
        self._backoff = backoff or Backoff()
        self._way = way
        self._reached = False
        self._state = (False, "connecting")

    # What the phone wants. Each raises OurMistake for a call that is not in that state.

    def invite(self, number: str, sdp: bytes) -> CallHandle:
        """Call a number, or 'echo', with an offer. Raises ConnectionError without a connection."""
        if self._writer is None:
            raise ConnectionError("not connected to the server")
        uri = f"sip:{number}@{self.subscription.domain}"
        uri += ";user=phone" if number.startswith("+") else ""
        handle = self._agent.invite(uri, sdp, self._now())
        self._flush()
        return handle

    def ring(self, handle: CallHandle) -> None:
        """Send 180."""
        self._agent.ring(handle, self._now())
        self._flush()

    def accept(self, handle: CallHandle, sdp: bytes) -> None:
        """Send 200 with our answer."""
        self._agent.accept(handle, sdp, self._now())
        self._flush()

    def refuse(self, handle: CallHandle, status: int) -> None:
        """Refuse an INVITE."""
        self._agent.refuse(handle, status, self._now())
        self._flush()

    def hold(self, handle: CallHandle, on: bool) -> None:
        """Tell the other side that we hold the call, or have taken it up again."""
        self._agent.hold(handle, on, self._now())
        self._flush()

    def hang_up(self, handle: CallHandle) -> None:
        """End a call, whatever its state."""
        self._agent.hang_up(handle, self._now())
        self._flush()

    # The connection

    async def run(self) -> None:
        """Stay connected until cancelled; then say goodbye."""
        host, _ = split_host(self.subscription.crs)
        while True:
            way = self._way(host)
            try:
                await self._connection()
            except (OSError, TimeoutError, EOFError, ssl.SSLError) as error:
                self._tell(False, trouble_of(error))
                _log.warning("line: %s", _say(error))
                if isinstance(error, ssl.SSLCertVerificationError):
                    self._reached = False  # that was somebody else
            await self._wait(self._backoff.after(reached=self._reached), host, way)

    async def _wait(self, seconds: float, host: str, before: str) -> None:
        """Wait, but no longer than until there is another way to the server than before."""
        ends = self._now() + seconds
        while (left := ends - self._now()) > 0:
            await asyncio.sleep(min(LOOK_S, left))
            if self._way(host) not in ("", before):
                self._backoff.anew()
                return

    async def _connection(self) -> None:
        host, port = split_host(self.subscription.crs)
        self._reached = False
        async with asyncio.timeout(CONNECT_S):
            context = await self._context()
            plain = await reach(host, port)
            self._reached = True
            reader, writer = await asyncio.open_connection(
                sock=plain, ssl=context, server_hostname=host, ssl_handshake_timeout=CONNECT_S
            )
        self._writer = writer
        self.address = writer.get_extra_info("sockname")[0]
        self._broken.clear()
        reading = asyncio.create_task(self._read(reader))
        broken = asyncio.create_task(self._broken.wait())
        try:
            self._agent.flow_opened(self._now())
            self._agent.register(self._now())
            self._flush()
            await asyncio.wait([reading, broken], return_when=asyncio.FIRST_COMPLETED)
            if reading.done():
                await reading
        except asyncio.CancelledError:
            await self._goodbye(reading)
            raise
        finally:
            for task in (reading, broken):
                task.cancel()
            await asyncio.gather(reading, broken, return_exceptions=True)
            self._close()

    async def _read(self, reader: asyncio.StreamReader) -> None:
        while octets := await reader.read(READ_OCTETS):
            self._tell_all(self._agent.receive(octets, self._now()))
            self._flush()
        raise EOFError("the server closed the connection")

    async def _goodbye(self, reading: asyncio.Task[None]) -> None:
        """End every call and the binding, if the server takes it quickly."""
        for handle in self._agent.calls:
            self._agent.hang_up(handle, self._now())
        self._agent.unregister(self._now())
        self._flush()
        ended = asyncio.create_task(self._broken.wait())
        await asyncio.wait([reading, ended], timeout=POLITE_S, return_when=asyncio.FIRST_COMPLETED)
        ended.cancel()

    def _close(self) -> None:
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.transport.abort()
        if self._timer is not None:
            self._timer.cancel()
        self._tell(False, "E21" if self._state[1] in ("", "connecting") else self._state[1])
        self._tell_all(self._agent.flow_lost(self._now()))

    # The user agent

    def _tick(self) -> None:
        self._tell_all(self._agent.tick(self._now()))
        self._flush()

    def _flush(self) -> None:
        octets = self._agent.outgoing()
        if octets and self._writer is not None:
            self._writer.write(octets)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        deadline = self._agent.deadline
        if deadline is not None and self._writer is not None:
            self._timer = asyncio.get_running_loop().call_at(deadline, self._tick)

    def _tell_all(self, events: list[sip.Event]) -> None:
        for event in events:
            match event:
                case sip.Registered(expires=0):
                    self._tell(False, "E21")
                    self._broken.set()
                case sip.Registered():
                    self._backoff.anew()
                    self._tell(True, "")
                case sip.RegistrationFailed(status, reason):
                    _log.warning("line: registration failed: %d %s", status, reason)
                    self._tell(False, "E23" if status in (401, 403, 404) else "E21")
                    self._broken.set()
                case sip.FlowFailed(reason):
                    _log.warning("line: %s", reason)
                    self._broken.set()
            self._on_event(event)

    def _tell(self, up: bool, trouble: str) -> None:
        if (up, trouble) != self._state:
            self._state = (up, trouble)
            self._on_state(up, trouble)

    def _now(self) -> float:
        return asyncio.get_running_loop().time()


def _say(error: Exception) -> str:
    """What to log of an error: nothing that the peer could have chosen."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"the server's certificate is not our domain's: {error.verify_message}"
    if isinstance(error, ssl.SSLError):
        return f"TLS: {error.reason}"
    if isinstance(error, TimeoutError):
        return "the server does not answer"
    return str(error.strerror if isinstance(error, OSError) and error.strerror else error)
