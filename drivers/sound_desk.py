"""A handset on a socket: the sound card of a virtual desk.

The card listens on a Unix stream socket and one desk at a time connects; a newer one takes the place of the
older. Both directions carry raw S16_LE mono at 16 kHz in periods of 640 octets: what the earpiece plays goes
to the desk, what the desk sends is heard by the microphone. The card keeps the time. With no desk there is
silence in the microphone, and what the earpiece plays is dropped.
"""

from __future__ import annotations

import contextlib
import os
import socket
import threading
from pathlib import Path

from drivers.pace import Pace
from drivers.ports import MuteLamp
from drivers.sound_alsa import PERIOD, PERIOD_OCTETS, RATE, SoundUnavailable

SLACK = 10
BACKLOG = 5
"""Periods of microphone sound kept when the desk's clock is ahead; older ones are dropped."""
SILENCE = bytes(PERIOD_OCTETS)


class DeskSoundCard:
    """Listens at `socket_path` from the beginning, so that a desk may connect before anything is played.

    `sign` is lit while the microphone is open, for people at the desk to see.
    """

    def __init__(self, socket_path: Path, *, sign: MuteLamp | None = None) -> None:
        self._path = socket_path
        self._sign = sign
        socket_path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        socket_path.unlink(missing_ok=True)
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(str(socket_path))
        os.chmod(socket_path, 0o600)
        self._listener.listen(2)
        self._listener.setblocking(False)
        self._lock = threading.Lock()
        self._desk: socket.socket | None = None
        self._unsent = b""
        self._heard = bytearray()
        self._playing = False
        self._capturing = False
        self._playback_pace = Pace(PERIOD / RATE, SLACK)
        self._capture_pace = Pace(PERIOD / RATE, SLACK)
        self._xruns = 0

    @property
    def rate(self) -> int:
        """Frames a second."""
        return RATE

    @property
    def period(self) -> int:
        """Frames of a period: 20 ms."""
        return PERIOD

    @property
    def xruns(self) -> int:
        """Periods lost because nobody came for them in time."""
        return self._xruns

    def open_playback(self, output: str) -> None:
        """Begin to play; the desk has one loudspeaker for ear, speaker and ringer."""
        if not self._playing:
            self._playing = True
            self._playback_pace.restart()

    def open_capture(self, source: str) -> None:
        """Begin to listen; the desk has one microphone. What the desk sent before is not heard."""
        if not self._capturing:
            with self._lock:
                self._connect()
                self._drain()
                self._heard.clear()
            self._capturing = True
            self._capture_pace.restart()
            self._show_sign(True)

    def read(self) -> bytes | None:
        """Block for a period and return its 640 octets: silence where the desk has sent none."""
        if not self._capturing:
            raise SoundUnavailable("the microphone is closed")
        if not self._capture_pace.wait():
            self._xruns += 1
            return None
        with self._lock:
            self._connect()
            self._drain()
            if len(self._heard) < PERIOD_OCTETS:
                return SILENCE
            pcm = bytes(self._heard[:PERIOD_OCTETS])
            del self._heard[:PERIOD_OCTETS]
            return pcm

    def write(self, pcm: bytes) -> bool:
        """Play a period, blocking until it is due."""
        if not self._playing:
            raise SoundUnavailable("the earpiece is closed")
        in_time = self._playback_pace.wait()
        if not in_time:
            self._xruns += 1
        with self._lock:
            self._connect()
            if not self._capturing:
                # A desk that speaks to a closed microphone must not be heard later, nor block.
                self._drain()
                self._heard.clear()
            self._send(pcm)
        return in_time

    def _connect(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while True:
                desk, _ = self._listener.accept()
                desk.setblocking(False)
                self._disconnect()
                self._desk = desk

    def _disconnect(self) -> None:
        if self._desk is not None:
            self._desk.close()
        self._desk = None
        self._unsent = b""
        self._heard.clear()

    def _drain(self) -> None:
        """Fetch all that the desk has sent, keeping the newest periods."""
        while self._desk is not None:
            try:
                octets = self._desk.recv(64 * PERIOD_OCTETS)
            except BlockingIOError:
                break
            except OSError:
                octets = b""
            if not octets:
                self._disconnect()
                break
            self._heard += octets
            excess = len(self._heard) // PERIOD_OCTETS - BACKLOG
            if excess > 0:
                del self._heard[: excess * PERIOD_OCTETS]

    def _send(self, pcm: bytes) -> None:
        """Send a period whole or not at all; a desk that does not fetch its sound loses it."""
        if self._desk is None:
            return
        try:
            if self._unsent:
                self._unsent = self._unsent[self._desk.send(self._unsent) :]
            if not self._unsent:
                self._unsent = pcm[self._desk.send(pcm) :]
        except BlockingIOError:
            pass
        except OSError:
            self._disconnect()

    def close_playback(self) -> None:
        """Stop playing."""
        self._playing = False

    def close_capture(self) -> None:
        """Stop listening."""
        self._capturing = False
        self._show_sign(False)

    def _show_sign(self, lit: bool) -> None:
        if self._sign is not None:
            self._sign.set(lit)

    def close(self) -> None:
        """Stop both, let the desk go and stop to listen for others. Final."""
        self.close_capture()
        self.close_playback()
        with self._lock:
            self._disconnect()
            self._listener.close()
            self._path.unlink(missing_ok=True)
        if self._sign is not None:
            self._sign.close()
