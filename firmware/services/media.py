"""The media service: sound card, socket, SRTP and codec, in a process that runs nothing else.

    idle -> Open -> open -> Connect -> talking -> Close -> idle

The microphone is open only while talking. A call belongs to the connection that opened it: when that goes, so
does the call. Session keys come as sealed memory, live in this process only, and are wiped at Close.

    python -m firmware.services.media --board virtual --home DIR
"""

import argparse
import asyncio
import collections.abc
import ctypes
import gc
import ipaddress
import logging
import resource
import socket
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from asyncvarlink import FileDescriptor, varlinkmethod

from board.ports import Board, open_board
from crypto.srtp_keys import MASTER_OCTETS, SRTPKeys
from drivers.ports import SoundCard
from firmware.hardening import harden
from firmware.interfaces import MediaEndpoint, MediaEvent, MediaInterface, Refused
from firmware.sealed_memory import unseal
from firmware.services.voice import Earpiece, Leg, Microphone, flush, prepare_socket
from firmware.varlink import serve_until_signalled, socket_path, when_caller_leaves
from media import tones
from media.call import Ear, Line, Mouth, new_ssrc

NO_SOUND, NO_NETWORK, NOT_NOW = "E40", "E41", "E42"
BACKLOG = 64
"""Events kept for a listener that is slow; the oldest go first."""
MICROPHONE_PATIENCE_S = 2.0
MCL_CURRENT, MCL_FUTURE = 1, 2
STACK_OCTETS = 1 << 20
"""Of a thread: what is locked in memory should not be empty."""

_log = logging.getLogger("sottovoce.media")


@dataclass
class Talking:
    """A call that is on, and what the process had used when it began."""

    leg: Leg
    microphone: Microphone
    began: float
    cpu: float
    xruns: int


class MediaService(MediaInterface):
    """See `MediaInterface`. All methods run in one event loop; the sound runs in threads of its own."""

    def __init__(self, card: SoundCard, *, country: str = "uk") -> None:
        self._card = card
        self._country = country
        self._loop = asyncio.get_running_loop()
        self._listeners: set[asyncio.Queue[MediaEvent | None]] = set()
        self._sock: socket.socket | None = None
        self._ssrc = 0
        self._talking: Talking | None = None
        self._seconds = 0
        self._closing: Microphone | None = None
        self._earpiece = Earpiece(card, self._report, self._sound_failed)
        self._earpiece.start()

    @varlinkmethod(return_parameter="endpoint")
    async def Open(self, *, address: str) -> MediaEndpoint:
        """Bind a UDP socket on a local address for the next call. Refused E41, E42."""
        if self._talking is not None:
            raise Refused(code=NOT_NOW, text="a call is on; close it first")
        when_caller_leaves(self._abandon)
        self._close_socket()
        family, host = _address(address)
        sock = socket.socket(family, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC)
        try:
            sock.bind((host, 0))
            prepare_socket(sock)
        except OSError as error:
            sock.close()
            raise Refused(code=NO_NETWORK, text=f"no socket on {host}: {error.strerror}") from error
        self._sock, self._ssrc = sock, new_ssrc()
        return MediaEndpoint(port=sock.getsockname()[1], ssrc=self._ssrc)

    @varlinkmethod
    async def Connect(self, *, host: str, port: int, keys: FileDescriptor) -> None:
        """Take the keys and talk: opens the microphone, stops any tone. Refused E40, E41, E42."""
        when_caller_leaves(self._abandon)
        if not await self._microphone_is_closed():
            raise Refused(code=NO_SOUND, text="the microphone of the last call does not close")
        if self._talking is not None or self._sock is None:
            # One Open, one Connect: an SSRC never serves twice, so no GCM nonce can repeat.
            raise Refused(code=NOT_NOW, text="open a socket first; each serves one call")
        sock, self._sock = self._sock, None
        try:
            self._talking = self._begin(sock, host, port, keys)
        except BaseException:
            sock.close()
            raise
        finally:
            keys.close()
        _log.info("call begins")

    def _begin(self, sock: socket.socket, host: str, port: int, keys: FileDescriptor) -> Talking:
        _, literal = _address(host)
        try:
            sock.connect((literal, port))
        except (OSError, OverflowError) as error:
            raise Refused(code=NO_NETWORK, text=f"no way to {literal} port {port}: {error}") from error
        try:
            session = SRTPKeys.decode(unseal(keys.fileno(), limit=2 * MASTER_OCTETS))
        except ValueError as error:
            raise Refused(code=NOT_NOW, text=f"these are no session keys: {error}") from error
        now = time.monotonic()
        leg = Leg(sock, Mouth(session.send, self._ssrc), Ear(session.receive), Line(now))
        session.wipe()
        try:
            self._card.open_capture()
        except OSError as error:
            leg.wipe()
            raise Refused(code=NO_SOUND, text=str(error)) from error
        flush(sock)
        microphone = Microphone(self._card, leg, self._sound_failed)
        talking = Talking(leg, microphone, now, time.process_time(), self._card.xruns)
        # What lives now lives on; a collection in a call would cost more than a period.
        gc.collect()
        gc.freeze()
        gc.disable()
        self._earpiece.connect(leg)
        microphone.start()
        return talking

    @varlinkmethod
    async def Close(self) -> None:
        """End the call: close microphone and socket, wipe the keys. Answers when the microphone is closed."""
        self._close_socket()
        self._end()
        if not await self._microphone_is_closed():
            raise Refused(code=NO_SOUND, text="the microphone does not close; unplug the sound card")

    async def _microphone_is_closed(self) -> bool:
        closing = self._closing
        if closing is None:
            return True
        if not await asyncio.to_thread(closing.join, MICROPHONE_PATIENCE_S):
            _log.error("the microphone does not close: the sound card hangs")
            return False
        if self._closing is closing:
            self._closing = None
        return True

    def _end(self) -> None:
        talking, self._talking = self._talking, None
        if talking is None:
            return
        self._earpiece.disconnect()
        last = self._event(talking, "stats")
        talking.leg.wipe()
        self._closing = talking.microphone
        gc.unfreeze()
        gc.enable()
        self._deliver(last)
        seconds = time.monotonic() - talking.began
        cpu_ms = 1000 * (time.process_time() - talking.cpu)
        counters = talking.leg.ear.counters
        _log.info(
            "call over: seconds=%.1f cpu_ms=%.0f cpu_percent=%.1f sent=%d received=%d lost=%d recovered=%d "
            "concealed=%d late=%d rejected=%d xruns=%d delay_ms=%.0f",
            seconds,
            cpu_ms,
            cpu_ms / 10 / max(seconds, 0.001),
            last.sent,
            last.received,
            last.lost,
            counters.recovered,
            last.concealed,
            counters.late,
            last.rejected,
            last.xruns,
            last.delay_ms,
        )

    def _close_socket(self) -> None:
        if self._sock is not None:
            self._sock.close()
            self._sock = None

    @varlinkmethod
    async def Tone(self, *, name: str) -> None:
        """Play a tone, or 'off'. Refused E42 for a name we do not know."""
        when_caller_leaves(self._abandon)
        try:
            self._earpiece.tone(None if name == "off" else tones.named(name, self._country))
        except ValueError as error:
            raise Refused(code=NOT_NOW, text=str(error)) from error

    @varlinkmethod
    async def Ring(self, *, on: bool) -> None:
        """Ring, or stop ringing."""
        when_caller_leaves(self._abandon)
        self._earpiece.ring(tones.ringing(self._country) if on else None)

    @varlinkmethod
    async def Mute(self, *, on: bool) -> None:
        """Close or open the microphone gate. Refused E42 if no call is on: the next one begins unmuted."""
        if self._talking is None:
            raise Refused(code=NOT_NOW, text="no call is on")
        self._talking.leg.mouth.muted = on

    @varlinkmethod(return_parameter="event", delay_generator=False)
    async def Monitor(self) -> collections.abc.AsyncIterator[MediaEvent]:
        """Tell everything about the call as it happens; 'secured' once more for who comes later."""
        events: asyncio.Queue[MediaEvent | None] = asyncio.Queue(BACKLOG)
        if self._talking is not None and self._talking.leg.ear.heard_at is not None:
            events.put_nowait(self._event(self._talking, "secured"))
        self._listeners.add(events)
        try:
            while (event := await events.get()) is not None:
                yield event
            raise Refused(code=NOT_NOW, text="the media service stops")
        finally:
            self._listeners.discard(events)

    @property
    def has_listener(self) -> bool:
        """Somebody is told what happens."""
        return bool(self._listeners)

    def _event(self, talking: Talking, kind: str) -> MediaEvent:
        ear, counters = talking.leg.ear, talking.leg.ear.counters
        return MediaEvent(
            kind=kind,
            sent=talking.leg.mouth.sent,
            received=counters.received,
            lost=counters.lost,
            concealed=counters.concealed,
            rejected=ear.rejected,
            delay_ms=round(1000 * ear.delay_s, 1),
            xruns=self._card.xruns - talking.xruns,
            level=ear.level(),
        )

    def _report(self, leg: Leg, kind: str) -> None:
        """From the earpiece thread: something happened on this call."""
        self._loop.call_soon_threadsafe(self._happened, leg, kind)

    def _happened(self, leg: Leg, kind: str) -> None:
        if self._talking is not None and self._talking.leg is leg:
            if kind == "stats":
                leg.expect_loss()
                self._sweep()
            self._deliver(self._event(self._talking, kind))

    def _sweep(self) -> None:
        """Once a minute of a call: what was born in it is little, and quickly swept."""
        self._seconds = (self._seconds + 1) % 60
        if self._seconds == 0:
            gc.collect()

    def _sound_failed(self, why: str) -> None:
        """From either thread: the sound card is gone."""
        self._loop.call_soon_threadsafe(self._fail, why)

    def _fail(self, why: str) -> None:
        _log.error("sound failed: %s", why)
        if self._talking is not None:
            self._deliver(self._event(self._talking, "failed"))
            self._end()

    def _deliver(self, event: MediaEvent | None) -> None:
        for events in self._listeners:
            if events.full():
                events.get_nowait()
            events.put_nowait(event)

    def _abandon(self) -> None:
        """Whoever made the call has gone: nobody is left who could hang up."""
        if self._talking is not None:
            _log.warning("the connection that made the call has gone: call closed")
        self._close_socket()
        self._end()
        self._earpiece.tone(None)
        self._earpiece.ring(None)

    async def stop(self) -> None:
        """End everything: the call, the threads, the sound card."""
        self._abandon()
        await self._microphone_is_closed()
        await asyncio.to_thread(self._earpiece.stop)
        self._card.close()
        self._deliver(None)


def _address(text: str) -> tuple[int, str]:
    """Return address family and address. Refused E41 for anything but a literal: no name is looked up."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError as error:
        raise Refused(code=NO_NETWORK, text="an IP address is needed here") from error
    return (socket.AF_INET6 if address.version == 6 else socket.AF_INET), str(address)


def stay_in_memory() -> bool:
    """Keep every page of this process in memory, where the system lets us lock all we may ever need."""
    _, hard = resource.getrlimit(resource.RLIMIT_MEMLOCK)
    if hard != resource.RLIM_INFINITY:
        # A lock that covers the present but not the future would turn a later allocation into a crash.
        return False
    resource.setrlimit(resource.RLIMIT_MEMLOCK, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    return bool(ctypes.CDLL(None).mlockall(MCL_CURRENT | MCL_FUTURE) == 0)


async def serve(home: Path, board: Board) -> None:
    """Serve `org.sottovoce.Media` on HOME/run/media.sock until SIGTERM or SIGINT."""
    service = MediaService(board.sound())
    try:
        await serve_until_signalled(socket_path(home, "media"), service)
    finally:
        await service.stop()


def main(argv: list[str] | None = None) -> None:
    """Run the media service."""
    parser = argparse.ArgumentParser(prog="firmware.services.media", description="Sottovoce media service")
    parser.add_argument("--board", required=True, help="the board's name, e.g. virtual")
    parser.add_argument("--home", required=True, type=Path, help="the phone's directory")
    arguments = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    harden()
    threading.stack_size(STACK_OCTETS)
    locked = stay_in_memory()
    _log.info("media service starts; memory locked: %s", "yes" if locked else "no")
    asyncio.run(serve(arguments.home, open_board(arguments.board, arguments.home)))


if __name__ == "__main__":
    main()
