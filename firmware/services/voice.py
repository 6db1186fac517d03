"""The two threads of the media service, and the call they share.

    microphone thread:  card.read -> Mouth -> socket    one for each call, while it lasts
    earpiece thread:    socket -> Ear -> card.write     one for ever; plays tones and rings between calls

The card sets the pace of both. Each blocks in the card with no lock held; the main thread never waits for the
card. What arrived from the network is fetched once a period; the kernel has noted when each packet came.
"""

from __future__ import annotations

import array
import contextlib
import logging
import os
import socket
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from drivers.ports import SoundCard
from media.call import Ear, Line, LossWatch, Mouth
from media.codec import SILENCE
from media.playout import PlayoutClock
from media.rtp import MAX_OCTETS
from media.tones import Tone

PRIORITY = 20
"""SCHED_FIFO, where we may: below the kernel's own audio threads, above everything else."""
STATS_PERIODS = 50
LINGER_PERIODS = 100
"""Periods of silence before the earpiece is closed: the next key tone is likely to follow soon."""
DATAGRAMS_A_PERIOD = 64
SO_TIMESTAMPNS = 35  # asm-generic/socket.h; the socket module does not name it
_TIMESPEC = struct.Struct("qq")

_log = logging.getLogger(__name__)


@dataclass
class Leg:
    """One call: its connected socket and its two directions, each with a lock so that it can be wiped."""

    sock: socket.socket
    mouth: Mouth
    ear: Ear
    line: Line
    mouth_lock: threading.Lock = field(default_factory=threading.Lock)
    ear_lock: threading.Lock = field(default_factory=threading.Lock)
    losses: LossWatch = field(default_factory=LossWatch)
    over: bool = False

    def expect_loss(self) -> None:
        """Once a second: adapt what we send to what the network does."""
        with self.mouth_lock:
            if not self.over:
                self.mouth.expect_loss(self.losses.step(self.ear.counters))

    def wipe(self) -> None:
        """End the call: nothing is encrypted, decrypted, sent or heard from here on."""
        with self.mouth_lock, self.ear_lock:
            self.over = True
            self.mouth.wipe()
            self.ear.wipe()
            self.sock.close()


def prepare_socket(sock: socket.socket) -> None:
    """Make a UDP socket fit for voice: never blocking, and noting when each datagram came."""
    sock.setblocking(False)
    sock.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
    with contextlib.suppress(OSError):
        # Expedited forwarding, RFC 3246.
        if sock.family == socket.AF_INET6:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_TCLASS, 0xB8)
        else:
            sock.setsockopt(socket.IPPROTO_IP, socket.IP_TOS, 0xB8)


def flush(sock: socket.socket) -> None:
    """Throw away what came before anybody listened."""
    with contextlib.suppress(OSError):
        while True:
            sock.recv_into(bytearray(1))


def run_in_real_time() -> bool:
    """Give the calling thread SCHED_FIFO. Returns False where that is not allowed."""
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(PRIORITY))
    except PermissionError:
        return False
    return True


class Microphone:
    """Speaks one call. The microphone is open before the thread starts and closed as it ends."""

    def __init__(self, card: SoundCard, leg: Leg, failed: Callable[[str], None]) -> None:
        self._card = card
        self._leg = leg
        self._failed = failed
        self._thread = threading.Thread(target=self._speak, name="microphone", daemon=True)

    def start(self) -> None:
        """Begin to speak."""
        self._thread.start()

    def join(self, timeout_s: float) -> bool:
        """Wait until the microphone is closed. Returns False if it is not after `timeout_s`."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _speak(self) -> None:
        run_in_real_time()
        try:
            while not self._leg.over:
                self._step(self._card.read())
        except OSError as error:
            self._failed(str(error))
        finally:
            self._card.close_capture()

    def _step(self, pcm: bytes | None) -> None:
        leg = self._leg
        with leg.mouth_lock:
            if leg.over:
                return
            if pcm is None:
                leg.mouth.skip()
                return
            datagram = leg.mouth.packet(pcm)
            # A full queue or an ICMP refusal costs this packet, not the call; the far side conceals it.
            with contextlib.suppress(OSError):
                leg.sock.send(datagram)


class Earpiece:
    """Plays what there is to play: the call with tones over it, else a tone, else the ringer."""

    def __init__(
        self, card: SoundCard, publish: Callable[[Leg, str], None], failed: Callable[[str], None]
    ) -> None:
        self._card = card
        self._publish = publish
        self._failed = failed
        self._wanted = threading.Condition()
        self._leg: Leg | None = None
        self._tone: Tone | None = None
        self._next_tone: Tone | None = None
        self._ring: Tone | None = None
        self._stop = False
        self._datagram = bytearray(MAX_OCTETS + 1)
        self._thread = threading.Thread(target=self._play, name="earpiece", daemon=True)

    def start(self) -> None:
        """Start the thread; nothing is opened until there is something to play."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread and close the earpiece."""
        with self._wanted:
            self._stop = True
            self._wanted.notify()
        self._thread.join()

    def tone(self, tone: Tone | None) -> None:
        """Play a tone instead of the one that is being played, or none."""
        with self._wanted:
            self._next_tone = tone
            if self._tone is not None:
                self._tone.fade()
            self._wanted.notify()

    def ring(self, tone: Tone | None) -> None:
        """Ring, or stop ringing."""
        with self._wanted:
            if tone is None and self._ring is not None:
                self._ring.fade()
            else:
                self._ring = tone
            self._wanted.notify()

    def connect(self, leg: Leg) -> None:
        """Let the call be heard. Whatever was playing stops."""
        with self._wanted:
            self._next_tone = self._ring = None
            if self._tone is not None:
                self._tone.fade()
            self._leg = leg
            self._wanted.notify()

    def disconnect(self) -> None:
        """Let the call be heard no longer."""
        with self._wanted:
            self._leg = None

    def _play(self) -> None:
        _log.info("real-time scheduling: %s", "yes" if run_in_real_time() else "no")
        clock = PlayoutClock()
        idle = LINGER_PERIODS
        periods = 0
        whole = True
        while True:
            with self._wanted:
                while idle >= LINGER_PERIODS and not self._stop and not self._has_work():
                    self._card.close_playback()
                    self._wanted.wait()
                if self._stop:
                    break
                leg = self._leg
                overlay = self._tone_period()
                ringing = leg is None and overlay is None and self._ring is not None
                if ringing:
                    overlay = self._ring_period()
            idle = 0 if leg is not None or overlay is not None else idle + 1
            pcm = overlay or SILENCE
            due = clock.tick(time.monotonic(), slipped=not whole)
            if leg is not None:
                pcm = self._hear(leg, overlay, due)
                periods += 1
                if periods % STATS_PERIODS == 0:
                    self._publish(leg, "stats")
            try:
                self._card.open_playback(ring=ringing)
                whole = self._card.write(pcm)
            except OSError as error:
                idle = LINGER_PERIODS
                with self._wanted:
                    self._leg = self._tone = self._next_tone = self._ring = None
                self._card.close_playback()
                self._failed(str(error))
        self._card.close_playback()

    def _has_work(self) -> bool:
        return any(x is not None for x in (self._leg, self._tone, self._next_tone, self._ring))

    def _tone_period(self) -> bytes | None:
        if self._tone is None:
            self._tone, self._next_tone = self._next_tone, None
        pcm = None if self._tone is None else self._tone.period()
        if pcm is None:
            self._tone = None
        return pcm

    def _ring_period(self) -> bytes | None:
        pcm = None if self._ring is None else self._ring.period()
        if pcm is None:
            self._ring = None
        return pcm

    def _hear(self, leg: Leg, overlay: bytes | None, due: float) -> bytes:
        with leg.ear_lock:
            if leg.over:
                return SILENCE
            self._fetch(leg)
            change = leg.line.step(leg.ear.heard_at, time.monotonic())
            pcm = leg.ear.period(due)
        if change is not None:
            self._publish(leg, change)
        return pcm if overlay is None else mix(pcm, overlay)

    def _fetch(self, leg: Leg) -> None:
        """Take in all datagrams that came since the last period, each at the time the kernel noted."""
        for _ in range(DATAGRAMS_A_PERIOD):
            try:
                length, notes, _, _ = leg.sock.recvmsg_into([self._datagram], 64)
            except BlockingIOError:
                return
            except OSError:
                continue  # an ICMP refusal of something we sent; it says nothing about what we hear
            leg.ear.hear(bytes(self._datagram[:length]), _arrival(notes))


def _arrival(notes: list[tuple[int, int, bytes]]) -> float:
    """Turn the kernel's note of the wall clock into monotonic seconds; now, if there is no credible note."""
    now = time.monotonic()
    for level, kind, value in notes:
        if level == socket.SOL_SOCKET and kind == SO_TIMESTAMPNS and len(value) == _TIMESPEC.size:
            seconds, nanoseconds = _TIMESPEC.unpack(value)
            age = time.time() - (seconds + nanoseconds / 1e9)
            # The wall clock may be set while we talk; no datagram waits for longer than a second here.
            return now - age if 0.0 <= age <= 1.0 else now
    return now


def mix(one: bytes, other: bytes) -> bytes:
    """Add two periods, limiting where they would overflow."""
    summed = map(sum, zip(memoryview(one).cast("h"), memoryview(other).cast("h"), strict=True))
    return array.array("h", [max(-32768, min(32767, s)) for s in summed]).tobytes()
