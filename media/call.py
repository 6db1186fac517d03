"""The two directions of one call, as steps that somebody with a sound card and a socket takes.

    microphone period -> Mouth.packet -> datagram
    datagram -> Ear.hear            period wanted -> Ear.period -> earpiece

`Mouth` and `Ear` share nothing, so each may live in a thread of its own.
"""

from __future__ import annotations

import secrets

from crypto.secret import Secret
from media.codec import RTP_TICKS, SILENCE, CodecError, Decoder, Encoder
from media.delay import InterarrivalJitter
from media.jitter import Conceal, Counters, JitterBuffer, Merge, Play, Recover, Wait
from media.level import Meter
from media.rtp import DYNAMIC_PAYLOAD_TYPES, OPUS_PAYLOAD_TYPE, RTPPacket, is_rtcp
from media.srtp import PacketRejected, SRTPReceiver, SRTPSender

LOST_AFTER_S = 5.0
LITTLE_LOSS, MUCH_LOSS = 5, 10
"""Per cent we tell the codec to expect: at 24 kbit/s redundancy is paid for in clarity."""


def new_ssrc() -> int:
    """Return a random SSRC, never 0."""
    return secrets.randbelow(0xFFFFFFFF) + 1


class Mouth:
    """From the microphone to the wire: 640 octets of sound in, one datagram of 88 octets out."""

    def __init__(self, master: Secret, ssrc: int, *, expected_loss: int = LITTLE_LOSS) -> None:
        self._srtp = SRTPSender(master, ssrc)
        self._encoder = Encoder(expected_loss=expected_loss)
        self._ssrc = ssrc
        # RFC 3711 §3.3.1: start in the lower half, so that an early loss cannot hide a wrap-around.
        self._sequence = secrets.randbelow(1 << 15)
        self._timestamp = secrets.randbits(32)
        self._marker = True
        self.sent = 0

    def packet(self, pcm: bytes) -> bytes:
        """Return the datagram for one period of sound; every one has the same size, silence or speech."""
        packet = RTPPacket(
            payload_type=OPUS_PAYLOAD_TYPE,
            sequence=self._sequence,
            timestamp=self._timestamp,
            ssrc=self._ssrc,
            payload=self._encoder.encode(pcm),
            marker=self._marker,
        )
        self._marker = False
        self._sequence = (self._sequence + 1) & 0xFFFF
        self._timestamp = (self._timestamp + RTP_TICKS) & 0xFFFFFFFF
        self.sent += 1
        return self._srtp.protect(packet)

    def expect_loss(self, per_cent: int) -> None:
        """Choose how much of each packet is redundancy."""
        self._encoder.expect_loss(per_cent)

    def skip(self) -> None:
        """A period of sound was lost in the card: time goes on, without a packet (RFC 3550 §5.1)."""
        self._timestamp = (self._timestamp + RTP_TICKS) & 0xFFFFFFFF

    def wipe(self) -> None:
        """Forget the keys and the last sound."""
        self._srtp.wipe()
        self._encoder.close()


class Ear:
    """From the wire to the earpiece: datagrams in as they come, 640 octets of sound out when asked.

    `ours` is the SSRC we send with; with `echo` the far side sends our own packets back and we hear those.
    """

    def __init__(self, master: Secret, ours: int | None = None, *, echo: bool = False) -> None:
        self._srtp = SRTPReceiver(master, ours, echo=echo)
        self._arrivals = InterarrivalJitter()
        self._jitter = JitterBuffer()
        self._decoder = Decoder()
        self._meter = Meter()
        self.heard_at: float | None = None
        """When the last authenticated packet came; None before the first."""
        self.undecodable = 0

    @property
    def counters(self) -> Counters:
        """What the jitter buffer has counted."""
        return self._jitter.counters

    @property
    def rejected(self) -> int:
        """Datagrams that failed authentication or replay protection."""
        return self._srtp.rejected

    @property
    def delay_s(self) -> float:
        """Depth of the jitter buffer now, in seconds."""
        return self._jitter.depth

    @property
    def jitter_s(self) -> float:
        """Interarrival jitter (RFC 3550 §6.4.1), in seconds."""
        return self._arrivals.jitter_s

    def level(self) -> int:
        """The highest level since last asked, 0 to 12."""
        return self._meter.read()

    def hear(self, datagram: bytes, now: float, *, drop: bool = False) -> None:
        """Take in what the network brought at `now`, whatever it is. Never raises for what it contains.

        With `drop` (the call is held) a packet is authenticated and counted, and its sound is dropped.
        """
        if is_rtcp(datagram):
            return
        try:
            packet = self._srtp.unprotect(datagram)
        except PacketRejected:
            return
        self.heard_at = now
        if packet.payload_type not in DYNAMIC_PAYLOAD_TYPES:
            return
        self._arrivals.observe(packet.timestamp, now)
        if drop:
            self.counters.received += 1
        else:
            self._jitter.put(packet, now)

    def forget(self) -> None:
        """Begin anew with the next packet, as when a call was held: what waits is stale."""
        self._jitter = JitterBuffer(self._jitter.counters)
        self._decoder.forget()
        self._meter = Meter()

    def period(self, now: float) -> bytes:
        """Return the 640 octets to be heard next."""
        try:
            match self._jitter.take(now, quiet=self._meter.quiet):
                case Play(frame):
                    pcm = self._decoder.decode(frame)
                case Merge(first, second):
                    pcm = cross_fade(self._decoder.decode(first), self._decoder.decode(second))
                case Recover(following):
                    pcm = self._decoder.recover(following)
                case Conceal():
                    pcm = self._decoder.conceal()
                case Wait():
                    pcm = SILENCE
        except CodecError:
            self.undecodable += 1
            pcm = self._decoder.conceal()
        self._meter.observe(pcm)
        return pcm

    def wipe(self) -> None:
        """Forget the keys and the last sound."""
        self._srtp.wipe()
        self._decoder.close()


def cross_fade(first: bytes, second: bytes) -> bytes:
    """Go from the beginning of one period to the end of the next in the time of one."""
    a, b = memoryview(first).cast("h"), memoryview(second).cast("h")
    length = len(a)
    mixed = memoryview(bytearray(len(first))).cast("h")
    for n in range(length):
        mixed[n] = (a[n] * (length - n) + b[n] * n) // length
    return mixed.tobytes()


class LossWatch:
    """Guesses what the far side loses from what we lose: mostly it is the same thin link, both ways."""

    def __init__(self) -> None:
        self._lost = self._received = 0
        self._recent = 0.0

    def step(self, counters: Counters) -> int:
        """Return the loss to expect, in per cent; to be asked once a second."""
        lost, received = counters.lost - self._lost, counters.received - self._received
        self._lost, self._received = counters.lost, counters.received
        if received:
            self._recent += (lost / (lost + received) - self._recent) / 5
        return MUCH_LOSS if self._recent > 0.02 else LITTLE_LOSS


class Line:
    """Tells 'secured', 'lost' and 'back' from when the far side was last heard."""

    def __init__(self, now: float) -> None:
        self._since = now
        self._secured = False
        self._lost = False

    def step(self, heard_at: float | None, now: float) -> str | None:
        """Return what has changed, if anything: 'lost' after 5 s without an authenticated packet."""
        silent_since = self._since if heard_at is None else heard_at
        if heard_at is not None and not self._secured:
            self._secured = True
            self._lost = False
            return "secured"
        if not self._lost and now - silent_since >= LOST_AFTER_S:
            self._lost = True
            return "lost"
        if self._lost and heard_at is not None and now - heard_at < LOST_AFTER_S:
            self._lost = False
            return "back"
        return None
