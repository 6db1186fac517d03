"""The media relay's sockets: two UDP ports for each call around the pure `RelayedCall`.

Sockets are read with `loop.add_reader`, many datagrams at each turn: an asyncio datagram endpoint takes one
at a turn and overflows in a burst.
"""

from __future__ import annotations

import asyncio
import random
import socket
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crs.clock import Clock
from crs.relay import MAX_PACKET, RelayedCall, RelayFull, Side, Source

DATAGRAMS_PER_TURN = 64
RECEIVE_BUFFER = 256 * 1024
QUARANTINE = 30.0
"""Seconds before a port is used again, so that no late packet reaches the next call."""

PacketObserver = Callable[[str, Side, memoryview], None]
"""Called with the call's relay id, the side it came from, and the packet that was passed on."""


@dataclass(slots=True)
class _Open:
    call: RelayedCall
    sockets: dict[Side, socket.socket]


class MediaRelay:
    """All relayed calls of a CRS, by relay id."""

    def __init__(
        self, *, bind: str, ports: Sequence[int], clock: Clock, on_packet: PacketObserver | None = None
    ) -> None:
        self._bind = bind
        self._clock = clock
        self._on_packet = on_packet
        self._free = list(ports)
        self._quarantine: deque[tuple[float, int]] = deque()
        self._open: dict[str, _Open] = {}
        # One octet more than we pass on, so that a longer datagram shows itself.
        self._buffer = memoryview(bytearray(MAX_PACKET + 1))
        self._random = random.SystemRandom()

    def __len__(self) -> int:
        return len(self._open)

    @property
    def calls(self) -> dict[str, RelayedCall]:
        """The relayed calls by relay id."""
        return {relay_id: entry.call for relay_id, entry in self._open.items()}

    def open(self, relay_id: str, *, echo: bool = False) -> dict[Side, int]:
        """Bind two ports for a call, one for an echo; returns them by the side whose phone sends to them.

        Raises RelayFull.
        """
        call = RelayedCall.begin(self._clock.monotonic(), echo=echo)
        sockets: dict[Side, socket.socket] = {}
        try:
            for side in call.legs:
                sockets[side] = self._take_port()
        except RelayFull:
            for taken in sockets.values():
                self._give_back(taken)
            raise
        self._open[relay_id] = _Open(call, sockets)
        loop = asyncio.get_running_loop()
        for side, taken in sockets.items():
            loop.add_reader(taken, self._drain, relay_id, side)
        return {side: int(taken.getsockname()[1]) for side, taken in sockets.items()}

    def expect(self, relay_id: str, side: Side, hosts: frozenset[str]) -> None:
        """Say at which hosts this side's phone was seen."""
        if relay_id in self._open:
            self._open[relay_id].call.expect(side, hosts)

    def fix(self, relay_id: str, side: Side, source: Source) -> None:
        """Say where this side's packets come from and go to: there, and nowhere else."""
        if relay_id in self._open:
            self._open[relay_id].call.fix(side, source)

    def answer(self, relay_id: str) -> None:
        """The callee has answered: from now on silence counts."""
        if relay_id in self._open:
            self._open[relay_id].call.answer(self._clock.monotonic())

    def silent(self) -> list[str]:
        """Return the relay ids of the calls that have been silent for too long."""
        now = self._clock.monotonic()
        return [relay_id for relay_id, entry in self._open.items() if entry.call.silent(now)]

    def close(self, relay_id: str) -> RelayedCall | None:
        """Close a call's ports; returns its last state, None if it was closed before."""
        entry = self._open.pop(relay_id, None)
        if entry is None:
            return None
        for taken in entry.sockets.values():
            asyncio.get_running_loop().remove_reader(taken)
            self._give_back(taken)
        return entry.call

    def close_all(self) -> None:
        for relay_id in list(self._open):
            self.close(relay_id)

    def _take_port(self) -> socket.socket:
        now = self._clock.monotonic()
        while self._quarantine and self._quarantine[0][0] <= now:
            self._free.append(self._quarantine.popleft()[1])
        in_use: list[int] = []
        try:
            while self._free:
                # At random: a port that cannot be guessed is one thing more that a hijacker has to find.
                chosen = self._random.randrange(len(self._free))
                self._free[chosen], self._free[-1] = self._free[-1], self._free[chosen]
                port = self._free.pop()
                taken = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                taken.setblocking(False)
                taken.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
                try:
                    taken.bind((self._bind, port))
                except OSError:
                    # Another program sits there: try the next, and this one again another time.
                    taken.close()
                    in_use.append(port)
                    continue
                return taken
        finally:
            self._free.extend(in_use)
        raise RelayFull

    def _give_back(self, taken: socket.socket) -> None:
        self._quarantine.append((self._clock.monotonic() + QUARANTINE, int(taken.getsockname()[1])))
        taken.close()

    def _drain(self, relay_id: str, side: Side) -> None:
        entry = self._open.get(relay_id)
        if entry is None:
            return
        inward = entry.sockets[side]
        outward = entry.sockets.get(side.other, inward)
        now = self._clock.monotonic()
        for _ in range(DATAGRAMS_PER_TURN):
            try:
                size, source = inward.recvfrom_into(self._buffer)
            except BlockingIOError:
                return
            except OSError:
                # An ICMP error for something we sent: that phone's port is closed. The call's end will tell.
                continue
            packet = self._buffer[:size]
            target = entry.call.receive(side, packet, source, now)
            if target is None:
                continue
            try:
                outward.sendto(packet, target)
            except OSError:
                # A full or unreachable network loses a packet, as networks do.
                continue
            if self._on_packet is not None:
                self._on_packet(relay_id, side, packet)
