"""One TLS connection of a phone or of a partner's CRS: octets in, events out, all of it bounded (RFC 5626,
RFC 3261 §18).
"""

from __future__ import annotations

import asyncio
import ssl
from typing import Protocol

from crs.clock import Clock
from crs.effects import Flow
from crs.limits import Rate, TokenBucket
from sip.errors import TheirMistake
from sip.keep_alive import FlowKeepAlive
from sip.message import Request, Response, response_to
from sip.stream import PING, PONG, KeepAlive, Malformed, MessageStream

MAX_UNSENT = 256 * 1024
"""Octets that may wait for a slow phone before its connection is given up."""

TURNED_AWAY_S = 5.0
"""How long a phone that is not admitted has for the request that is answered with 403."""

EVENTS = Rate(burst=200, per_second=50)
"""Messages and keep-alives of one connection. A busy phone sends a handful a minute."""

LINK_EVENTS = Rate(burst=2000, per_second=500)
"""The same of a link to a partner's CRS, which speaks for all its phones."""


class FlowHost(Protocol):
    """Who a connection belongs to."""

    def admit(self, connection: Connection, certificate: bytes, remote: str, local: str) -> Flow | None:
        """Say which flow this is, None to turn it away with 403."""

    def receive(self, flow: Flow, event: Request | Response | Malformed) -> None:
        """Take what a flow carried."""

    def alive(self, flow: Flow) -> None:
        """The far end has answered a ping of ours."""

    def overrun(self, flow: Flow, why: str) -> None:
        """A flow is being closed for what it sent."""

    def lost(self, flow: Flow) -> None:
        """A flow has gone."""


class Connection(asyncio.Protocol):
    """The shell of one flow. With `keep_alive` we have opened it, and are the end that pings."""

    def __init__(self, host: FlowHost, clock: Clock, *, keep_alive: FlowKeepAlive | None = None) -> None:
        now = clock.monotonic()
        self.over = asyncio.Event()
        """Set when the connection has ended."""
        self._host = host
        self._clock = clock
        self._keep_alive = keep_alive
        self._stream = MessageStream(pongs=keep_alive is not None)
        self._bucket = TokenBucket.full(EVENTS, now)
        self._transport: asyncio.Transport | None = None
        self._flow: Flow | None = None
        self._turned_away: asyncio.TimerHandle | None = None
        self._ended = False
        self._heard = now
        self._unfinished: float | None = now
        """Since when a message is due: nothing has come yet, or only a part of one."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        tls = transport.get_extra_info("ssl_object")
        certificate = tls.getpeercert(binary_form=True) if isinstance(tls, ssl.SSLObject) else None
        remote, local = (transport.get_extra_info(name)[0] for name in ("peername", "sockname"))
        self._flow = self._host.admit(self, certificate or b"", remote, local)
        if self._flow is not None:
            if self._flow.identity.partner:
                self._bucket = TokenBucket.full(LINK_EVENTS, self._clock.monotonic())
            if self._keep_alive is not None:
                self._ping()
        elif self._keep_alive is not None:
            self.abort()
        else:
            # Closed without a word, we would look like a server that is out of order: say no first.
            self._turned_away = asyncio.get_running_loop().call_later(TURNED_AWAY_S, self.abort)

    def data_received(self, data: bytes) -> None:
        if self._ended:
            return
        if self._flow is None:
            self._turn_away(data)
            return
        now = self._heard = self._clock.monotonic()
        try:
            events = self._stream.receive(data)
        except TheirMistake as mistake:
            self._give_up(mistake.reason)
            return
        for event in events:
            if self._ended:
                return
            if not self._bucket.take(now):
                self._give_up("Too many messages")
                return
            if event is KeepAlive.PING:
                self._write(PONG)
            elif event is KeepAlive.PONG:
                self._ponged(now)
            elif not isinstance(event, KeepAlive):
                self._host.receive(self._flow, event)
        if self._stream.mistake is not None:
            self._give_up(self._stream.mistake.reason)
        elif not self._stream.pending:
            self._unfinished = None
        elif self._unfinished is None or events:
            self._unfinished = now

    def _turn_away(self, data: bytes) -> None:
        """Answer the first request with 403, whatever it is, and close."""
        try:
            events = self._stream.receive(data)
        except TheirMistake:
            self.close()
            return
        if not events and self._stream.mistake is None:
            return  # not a whole message yet
        if events and isinstance(events[0], Request) and events[0].method != "ACK":
            self.send(response_to(events[0], 403, reason="Phone not admitted"))
        self.close()

    def connection_lost(self, error: Exception | None) -> None:
        if self._turned_away is not None:
            self._turned_away.cancel()
        self.over.set()
        flow, self._flow = self._flow, None
        if flow is not None:
            self._host.lost(flow)

    def send(self, message: Request | Response) -> None:
        """Send a message; a phone that does not read is given up."""
        self._write(message.encode())

    def close(self) -> None:
        """Close, after what was written has gone out."""
        self._ended = True
        if self._transport is not None:
            self._transport.close()

    def overdue(self, now: float, *, idle: float, message: float) -> bool:
        """Say whether the flow has been silent for too long, or is stuck in the middle of a message."""
        if self._unfinished is not None and now - self._unfinished >= message:
            return True
        if self._keep_alive is not None and self._keep_alive.failed(now):
            return True
        return now - self._heard >= idle

    def ping_if_due(self, now: float) -> None:
        """Test the connection, if that is our part and it is time."""
        if self._keep_alive is not None and self._keep_alive.due(now):
            self._ping()

    def abort(self) -> None:
        """End it now: a peer that is silent would not take part in a polite end either."""
        self._ended = True
        if self._transport is not None:
            self._transport.abort()

    def _ping(self) -> None:
        if self._keep_alive is not None and self._keep_alive.ping(self._clock.monotonic()):
            self._write(PING)

    def _ponged(self, now: float) -> None:
        if self._keep_alive is not None and self._keep_alive.pong(now) is not None and self._flow is not None:
            self._host.alive(self._flow)

    def _write(self, octets: bytes) -> None:
        if self._ended or self._transport is None or self._transport.is_closing():
            return
        if self._transport.get_write_buffer_size() + len(octets) > MAX_UNSENT:
            self.abort()
        else:
            self._transport.write(octets)

    def _give_up(self, why: str) -> None:
        if self._stream.answer is not None:
            self.send(self._stream.answer)
        if self._flow is not None:
            self._host.overrun(self._flow, why)
        self.close()
