"""One call between two threads: who makes its packets, and when."""

from __future__ import annotations

import random
import socket
from collections.abc import Iterator

import pytest

from crypto.srtp_keys import SRTPKeys
from firmware.services.leg import Leg
from firmware.services.media_sockets import Sockets, point
from media.call import Ear
from media.codec import PCM_OCTETS, SILENCE
from media.level import rms
from tests.media.goertzel import dbm0

KEYS = random.Random(4).randbytes(56)
BUZZ = (b"\x00\x10" * 20 + b"\x00\xf0" * 20) * 8


class Wire:
    """A leg and its far side, period by period."""

    def __init__(self) -> None:
        sockets = Sockets()
        port, self.ssrc = sockets.open(1, "127.0.0.1", at_most=1)
        near, _ = sockets.take(1)
        self.far = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.far.bind(("127.0.0.1", 0))
        self.far.setblocking(False)
        self.far.connect(("127.0.0.1", port))
        point(near, "127.0.0.1", self.far.getsockname()[1])
        self.leg = Leg(1, near, self.ssrc, SRTPKeys.decode(KEYS), echo=False, xruns=0)
        self.ear = Ear(SRTPKeys.decode(KEYS[28:] + KEYS[:28]).receive)
        self.heard = b""
        self.now = 0.0

    def arrived(self) -> list[bytes]:
        """What has come to the far side since last asked; it is also heard there."""
        came = []
        while True:
            try:
                came.append(self.far.recv(2000))
            except BlockingIOError:
                break
            self.ear.hear(came[-1], self.now)
        self.heard += self.ear.period(self.now)
        self.now += 0.02
        return came


@pytest.fixture
def wire() -> Iterator[Wire]:
    wire = Wire()
    yield wire
    wire.leg.wipe()
    wire.far.close()


def test_each_period_brings_one_packet_whoever_makes_it(wire: Wire) -> None:
    """Both threads offer every period, in any order; exactly one of them is let through."""
    dice = random.Random(1)
    sequence, sizes = [], set()
    for _ in range(400):
        if dice.random() < 0.1:
            wire.leg.hold(not wire.leg.held)
        acts = [lambda: wire.leg.speak(BUZZ), wire.leg.rest]
        dice.shuffle(acts)
        for act in acts:
            act()
        (datagram,) = wire.arrived()
        sequence.append(int.from_bytes(datagram[2:4], "big"))
        sizes.add(len(datagram))
    assert sequence == list(range(sequence[0], sequence[0] + 400))
    assert sizes == {88}
    assert wire.ear.rejected == 0


def test_what_is_said_while_held_is_silence(wire: Wire) -> None:
    wire.leg.hold(False)
    for held in (False, True, False):
        wire.leg.hold(held)
        wire.heard = b""
        for _ in range(50):
            wire.leg.speak(BUZZ)
            wire.leg.rest()
            wire.arrived()
        late = wire.heard[-25 * PCM_OCTETS :]
        assert (rms(late) < 20) if held else (dbm0(late, 400) > -20)


def test_a_period_that_the_card_lost_costs_time_and_no_packet(wire: Wire) -> None:
    wire.leg.hold(False)
    wire.leg.speak(BUZZ)
    wire.leg.speak(None)
    wire.leg.speak(BUZZ)
    first, second = wire.arrived()
    assert int.from_bytes(second[2:4], "big") == int.from_bytes(first[2:4], "big") + 1
    ticks = int.from_bytes(second[4:8], "big") - int.from_bytes(first[4:8], "big")
    assert ticks % (1 << 32) == 2 * 960


def test_a_held_leg_is_not_heard_and_a_heard_one_does_not_rest(wire: Wire) -> None:
    assert wire.leg.hear(0.0) == (SILENCE, None)
    wire.leg.hold(False)
    assert wire.leg.rest() is None
    assert wire.arrived() == []


def test_after_wiping_nothing_is_sent_or_heard(wire: Wire) -> None:
    wire.leg.hold(False)
    wire.leg.wipe()
    wire.leg.speak(BUZZ)
    assert wire.leg.rest() is None
    assert wire.leg.hear(0.0) == (SILENCE, None)
    wire.leg.expect_loss()
    wire.leg.hold(True)
    wire.leg.wipe()
    assert wire.arrived() == []
