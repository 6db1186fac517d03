"""The relay's sockets: real datagrams between real addresses of the loopback."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable

import pytest

from crs.relay import MAX_PACKET, RELATCH_AFTER, RelayFull, Side
from crs.relay_ports import QUARANTINE, MediaRelay
from tests.crs.office import TIMEOUT, TurnedClock
from tests.crs.phone import udp

ASHA, BEN, THIEF = "127.0.0.11", "127.0.0.12", "127.0.0.66"
PACKET = bytes([0x80, 96]) + b"ciphertext" * 6


class Line:
    """One relayed call with two phones on it."""

    def __init__(
        self, relay: MediaRelay, clock: TurnedClock, asha: socket.socket, ben: socket.socket
    ) -> None:
        self.relay = relay
        self.clock = clock
        self.asha = asha
        self.ben = ben
        self.ports = relay.open("call")
        relay.expect("call", Side.CALLER, frozenset({ASHA}))
        relay.expect("call", Side.CALLEE, frozenset({BEN}))
        relay.answer("call")

    def send(self, sender: socket.socket, side: Side, packet: bytes = PACKET) -> None:
        sender.sendto(packet, ("127.0.0.1", self.ports[side]))

    async def heard(self, ear: socket.socket) -> bytes:
        return await asyncio.wait_for(asyncio.get_running_loop().sock_recv(ear, 4096), TIMEOUT)

    async def counted(self, side: Side, *, packets: int = 0, refused: int = 0) -> None:
        """Wait until the relay has seen so much on a leg."""
        async with asyncio.timeout(TIMEOUT):
            leg = self.relay.calls["call"].legs[side]
            while leg.packets < packets or leg.refused < refused:  # noqa: ASYNC110
                await asyncio.sleep(0)

    async def latch(self) -> None:
        self.send(self.asha, Side.CALLER)
        await self.counted(Side.CALLER, packets=1)
        self.send(self.ben, Side.CALLEE)
        assert await self.heard(self.asha) == PACKET


def on_a_line(script: Callable[[Line], Awaitable[None]]) -> None:
    """Run a script on a fresh line."""

    async def run() -> None:
        clock = TurnedClock()
        relay = MediaRelay(bind="0.0.0.0", ports=range(21000, 21100), clock=clock)
        with udp(ASHA) as asha, udp(BEN) as ben:
            for ear in (asha, ben):
                ear.setblocking(False)
            try:
                await script(Line(relay, clock, asha, ben))
            finally:
                relay.close_all()

    asyncio.run(run())


def test_packets_pass_both_ways_unchanged() -> None:
    async def script(line: Line) -> None:
        await line.latch()
        longest = bytes([0x80]) + bytes(range(256)) * 5 + bytes(MAX_PACKET - 1281)
        line.send(line.asha, Side.CALLER, longest)
        assert await line.heard(line.ben) == longest

    on_a_line(script)


def test_phones_hear_from_the_very_port_they_send_to() -> None:
    async def script(line: Line) -> None:
        await line.latch()
        line.asha.connect(("127.0.0.1", line.ports[Side.CALLER]))
        line.send(line.ben, Side.CALLEE)
        assert await line.heard(line.asha) == PACKET

    on_a_line(script)


def test_a_hijacker_is_not_heard_and_hears_nothing() -> None:
    async def script(line: Line) -> None:
        with udp(THIEF) as thief:
            thief.setblocking(False)
            line.send(thief, Side.CALLER)
            line.send(thief, Side.CALLEE)
            await line.counted(Side.CALLEE, refused=1)
            await line.latch()
            for side in Side:
                line.send(thief, side, bytes([0x80]) + b"thief" * 10)
            await line.counted(Side.CALLER, refused=2)
            await line.counted(Side.CALLEE, refused=2)
            line.clock.turn(RELATCH_AFTER * 2)
            for side in Side:
                line.send(thief, side, bytes([0x80]) + b"thief" * 10)
            await line.counted(Side.CALLEE, refused=3)
            line.send(line.ben, Side.CALLEE)
            assert await line.heard(line.asha) == PACKET
            with pytest.raises(BlockingIOError):
                line.ben.recv(4096)
            with pytest.raises(BlockingIOError):
                thief.recv(4096)

    on_a_line(script)


def test_what_is_too_long_is_not_cut_but_dropped() -> None:
    async def script(line: Line) -> None:
        await line.latch()
        line.send(line.asha, Side.CALLER, bytes([0x80]) + bytes(MAX_PACKET))
        await line.counted(Side.CALLER, refused=1)
        line.send(line.asha, Side.CALLER)
        assert await line.heard(line.ben) == PACKET

    on_a_line(script)


def test_a_phone_whose_port_is_closed_does_not_disturb_the_other() -> None:
    async def script(line: Line) -> None:
        await line.latch()
        line.ben.close()
        for number in range(20):
            line.send(line.asha, Side.CALLER)
            await line.counted(Side.CALLER, packets=2 + number)
        assert len(line.relay) == 1

    on_a_line(script)


def test_a_burst_is_not_lost() -> None:
    async def script(line: Line) -> None:
        await line.latch()
        for _ in range(150):
            line.send(line.asha, Side.CALLER)
        await line.counted(Side.CALLER, packets=151)
        for _ in range(150):
            assert await line.heard(line.ben) == PACKET

    on_a_line(script)


def test_a_closed_call_is_closed() -> None:
    async def script(line: Line) -> None:
        await line.latch()
        state = line.relay.close("call")
        assert state is not None
        assert state.counters(Side.CALLER).packets == 1
        assert line.relay.close("call") is None
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.bind(("0.0.0.0", line.ports[Side.CALLER]))

    on_a_line(script)


def test_a_full_relay_says_so_and_ports_come_back_after_a_while() -> None:
    async def run() -> None:
        clock = TurnedClock()
        relay = MediaRelay(bind="127.0.0.1", ports=range(21200, 21205), clock=clock)
        relay.open("one")
        relay.open("two")
        with pytest.raises(RelayFull):
            relay.open("three")
        relay.close("one")
        with pytest.raises(RelayFull):
            relay.open("three")
        clock.turn(QUARANTINE)
        relay.open("three")
        relay.close_all()

    asyncio.run(run())


def test_a_port_that_another_program_holds_is_passed_over() -> None:
    async def run() -> None:
        relay = MediaRelay(bind="127.0.0.1", ports=range(21300, 21303), clock=TurnedClock())
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
            other.bind(("127.0.0.1", 21301))
            assert set(relay.open("one").values()) == {21300, 21302}
        relay.close_all()

    asyncio.run(run())
