"""A network in a page: seeded loss, delay, reordering and duplication, and two ends that talk through it."""

from __future__ import annotations

import heapq
import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from crypto.secret import Secret
from media.call import MUCH_LOSS, Ear, Mouth
from media.codec import PCM_OCTETS, PERIOD_S
from media.codec import SILENCE as SILENCE


@dataclass
class Network:
    """`loss`, `burst` (that a loss goes on; like `loss`) and `duplicates` are chances; `jitter_s` a mean."""

    seed: int
    loss: float = 0.0
    burst: float | None = None
    duplicates: float = 0.0
    delay_s: float = 0.010
    jitter_s: float = 0.0
    spike: Callable[[float], float] = lambda _: 0.0
    """Extra delay of a packet by the time it is sent."""
    dropped: int = 0

    def carry(self, sent: Iterator[tuple[float, bytes]]) -> list[tuple[float, bytes]]:
        """Return what arrives, and when, in order of arrival."""
        dice = random.Random(self.seed)
        arrivals: list[tuple[float, bytes]] = []
        losing = False
        for at, datagram in sent:
            chance = self.burst if losing and self.burst is not None else self.loss
            losing = dice.random() < chance
            if losing:
                self.dropped += 1
                continue
            for _ in range(2 if dice.random() < self.duplicates else 1):
                jitter = dice.expovariate(1 / self.jitter_s) if self.jitter_s else 0.0
                arrivals.append((at + self.delay_s + jitter + self.spike(at), datagram))
        return sorted(arrivals, key=lambda arrival: arrival[0])


def masters(seed: int = 1) -> tuple[Secret, Secret]:
    """Two copies of one master."""
    octets = random.Random(seed).randbytes(28)
    return Secret(octets), Secret(octets)


def periods(pcm: bytes) -> Iterator[bytes]:
    """Cut sound into periods, the last one filled up."""
    for start in range(0, len(pcm), PCM_OCTETS):
        yield pcm[start : start + PCM_OCTETS].ljust(PCM_OCTETS, b"\0")


def talk(
    pcm: bytes,
    network: Network,
    *,
    phase_s: float = 0.007,
    drift: float = 0.0,
    tail_s: float = 0.5,
    expected_loss: int = MUCH_LOSS,
    ear: Ear | None = None,
) -> tuple[bytes, Ear]:
    """Say `pcm` at one end; return what is heard at the other, from the moment it was said.

    `drift` is how much faster the speaker's card runs than the listener's; `expected_loss` 0 means no FEC.
    """
    ours, theirs = masters()
    mouth = Mouth(ours, ssrc=0x5077, expected_loss=expected_loss)
    ear = ear or Ear(theirs)
    silence = [SILENCE] * round(tail_s / PERIOD_S)
    said = itertools.chain(periods(pcm), silence)
    sent = (((n + 1) * PERIOD_S / (1 + drift), mouth.packet(period)) for n, period in enumerate(said))
    arrivals = network.carry(sent)
    heapq.heapify(arrivals)
    heard = bytearray()
    count = len(pcm) // PCM_OCTETS + len(silence)
    for n in range(count):
        now = phase_s + n * PERIOD_S
        while arrivals and arrivals[0][0] <= now:
            at, datagram = heapq.heappop(arrivals)
            ear.hear(datagram, at)
        heard += ear.period(now)
    return bytes(heard), ear
