"""One call of the media service: its socket, its two directions, and whether it is heard or held.

             heard                               held
    speaks   the microphone thread               the earpiece thread: silence, same size, same pace
    hears    socket -> Ear -> earpiece           socket -> authenticated and dropped

Both threads and the service itself come here, each direction has a lock, and `hold` takes both: no packet is
made twice, none falls between two threads.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time

from crypto.srtp_keys import SRTPKeys
from firmware.interfaces import MediaEvent
from firmware.services.media_sockets import SO_TIMESTAMPNS
from media.call import Ear, Line, LossWatch, Mouth
from media.codec import SILENCE
from media.rtp import MAX_OCTETS

DATAGRAMS_A_PERIOD = 64
_TIMESPEC = struct.Struct("qq")


class Leg:
    """The call numbered `call`, held until `hold(False)`. `sock` is connected; it belongs to the leg now."""

    def __init__(
        self, call: int, sock: socket.socket, ssrc: int, keys: SRTPKeys, *, echo: bool, xruns: int
    ) -> None:
        now = time.monotonic()
        self.call = call
        self.held = True
        self.over = False
        self._sock = sock
        self._mouth = Mouth(keys.send, ssrc)
        self._ear = Ear(keys.receive, ssrc, echo=echo)
        self._line = Line(now)
        self._losses = LossWatch()
        self._mouth_lock = threading.Lock()
        self._ear_lock = threading.Lock()
        self._datagram = bytearray(MAX_OCTETS + 1)
        self._began = now
        self._cpu = time.process_time()
        self._xruns = xruns

    def hold(self, on: bool) -> None:
        """Hold the call, or let it be spoken and heard again from the next period on."""
        with self._mouth_lock, self._ear_lock:
            if on != self.held and not self.over:
                self.held = on
                self._ear.forget()

    def speak(self, pcm: bytes | None) -> None:
        """From the microphone: send a period, or let time pass for one that the card lost (None)."""
        with self._mouth_lock:
            if self.over or self.held:
                return
            if pcm is None:
                self._mouth.skip()
            else:
                self._send(pcm)

    def rest(self) -> str | None:
        """From the earpiece, once a period while held: send silence; return what happened on the line."""
        with self._mouth_lock:
            if self.over or not self.held:
                return None
            self._send(SILENCE)
        with self._ear_lock:
            return None if self.over else self._fetch()

    def hear(self, due: float) -> tuple[bytes, str | None]:
        """From the earpiece: return what is heard in the period due, and what happened on the line."""
        with self._ear_lock:
            if self.over or self.held:
                return SILENCE, None
            news = self._fetch()
            return self._ear.period(due), news

    def _send(self, pcm: bytes) -> None:
        datagram = self._mouth.packet(pcm)
        # A full queue or an ICMP refusal costs this packet, not the call; the far side conceals it.
        with contextlib.suppress(OSError):
            self._sock.send(datagram)

    def _fetch(self) -> str | None:
        """Take in all datagrams that came since the last period, each at the time the kernel noted."""
        for _ in range(DATAGRAMS_A_PERIOD):
            try:
                length, notes, _, _ = self._sock.recvmsg_into([self._datagram], 64)
            except BlockingIOError:
                break
            except OSError:
                continue  # an ICMP refusal of something we sent; it says nothing about what we hear
            self._ear.hear(bytes(self._datagram[:length]), _arrival(notes), drop=self.held)
        return self._line.step(self._ear.heard_at, time.monotonic())

    def expect_loss(self) -> None:
        """Once a second: adapt what we send to what the network does."""
        with self._mouth_lock:
            if not self.over:
                self._mouth.expect_loss(self._losses.step(self._ear.counters))

    @property
    def secured(self) -> bool:
        """The far side has proven itself with an authenticated packet."""
        return self._ear.heard_at is not None

    def event(self, kind: str, *, xruns: int, spoken: int) -> MediaEvent:
        """Say how the call stands; `xruns` of the card so far, `spoken` as `MediaEvent` has it."""
        ear, counters = self._ear, self._ear.counters
        return MediaEvent(
            kind=kind,
            sent=self._mouth.sent,
            received=counters.received,
            lost=counters.lost,
            concealed=counters.concealed,
            rejected=ear.rejected,
            delay_ms=round(1000 * ear.delay_s, 1),
            xruns=xruns - self._xruns,
            level=ear.level(),
            call=self.call,
            jitter_ms=round(1000 * ear.jitter_s, 1),
            spoken=spoken,
        )

    def account(self) -> str:
        """One line for the log, for when the call is over: times and counts, nobody and nothing said."""
        seconds = time.monotonic() - self._began
        cpu_ms = 1000 * (time.process_time() - self._cpu)
        counters = self._ear.counters
        return (
            f"seconds={seconds:.1f} cpu_ms={cpu_ms:.0f} cpu_percent={cpu_ms / 10 / max(seconds, 0.001):.1f} "
            f"sent={self._mouth.sent} received={counters.received} lost={counters.lost} "
            f"recovered={counters.recovered} concealed={counters.concealed} late={counters.late} "
            f"rejected={self._ear.rejected} delay_ms={1000 * self._ear.delay_s:.0f} "
            f"jitter_ms={1000 * self._ear.jitter_s:.1f}"
        )

    def wipe(self) -> None:
        """End the call: nothing is encrypted, decrypted, sent or heard from here on."""
        with self._mouth_lock, self._ear_lock:
            self.over = True
            self._mouth.wipe()
            self._ear.wipe()
            self._sock.close()


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
