"""The media service: sound card, sockets, SRTP and codec, in a process that runs nothing else.

    idle -> Open -> open -> Connect -> heard <-> held -> Close -> idle      two calls, one of them heard

The microphone is open only while a call is heard, or for `Listen`. A call belongs to the connection that
opened it: when that goes, so does the call. Session keys come as sealed memory, live in this process only,
and are wiped at Close.

    python -m firmware.services.media --board virtual --home DIR
"""

import argparse
import asyncio
import collections.abc
import gc
import logging
import socket
import threading
from pathlib import Path

from asyncvarlink import FileDescriptor, varlinkmethod

from board.ports import Board, open_board
from crypto.srtp_keys import MASTER_OCTETS, SRTPKeys
from drivers.ports import MuteLamp, SoundCard
from firmware.hardening import harden
from firmware.interfaces import MediaEndpoint, MediaEvent, MediaInterface, Refused
from firmware.sealed_memory import unseal
from firmware.services.audience import Audience
from firmware.services.earpiece import Earpiece
from firmware.services.gate import Gate
from firmware.services.leg import Leg
from firmware.services.media_sockets import Sockets, point
from firmware.services.microphone import Microphone, Source
from firmware.services.real_time import STACK_OCTETS, stay_in_memory
from firmware.varlink import serve_until_signalled, socket_path, when_caller_leaves
from media import melodies, tones
from media.echo import EchoControl, EchoControlUnavailable
from media.plans import plan
from media.volume import LOUDEST

NO_SOUND, NOT_NOW = "E40", "E42"
CALLS = 2
MICROPHONE_PATIENCE_S = 2.0
LEVEL_S = 0.1
OUTPUTS = {"handset": "ear", "speaker": "speaker"}

_log = logging.getLogger("sottovoce.media")


class MediaService(MediaInterface):
    """See `MediaInterface`. All methods run in one event loop; the sound runs in threads of its own."""

    def __init__(self, card: SoundCard, lamp: MuteLamp, *, country: str = "uk") -> None:
        self._card = card
        self._lamp = lamp
        self._gate = Gate(lamp)
        self._country, self._melody = country, melodies.MELODIES[0]
        self._loop = asyncio.get_running_loop()
        self._audience = Audience()
        self._sockets = Sockets()
        self._legs: dict[int, Leg] = {}
        self._source = Source("handset")
        self._muted = False
        self._seconds = 0
        self._microphone: Microphone | None = None
        self._closing: Microphone | None = None
        self._earpiece = Earpiece(card, self._report, self._sound_failed)
        self._earpiece.start()

    @varlinkmethod(return_parameter="endpoint")
    async def Open(self, *, call: int, address: str) -> MediaEndpoint:
        """Bind a UDP socket on a local address for the call that will be `call`. Refused E41, E42.

        A socket that no call came of gives way to a newer one.
        """
        if call in self._legs or len(self._legs) == CALLS:
            raise Refused(code=NOT_NOW, text=f"{CALLS} calls at most, each with a number of its own")
        when_caller_leaves(self._abandon)
        port, ssrc = self._sockets.open(call, address, at_most=CALLS - len(self._legs))
        return MediaEndpoint(port=port, ssrc=ssrc)

    @varlinkmethod
    async def Connect(self, *, call: int, host: str, port: int, keys: FileDescriptor, echo: bool) -> None:
        """Take the keys and talk: opens the microphone and its gate, stops any tone, holds any other call.

        Refused E40, E41, E42.
        """
        when_caller_leaves(self._abandon)
        self._stop_listening(self._microphone)
        if not await self._microphone_is_closed():
            raise Refused(code=NO_SOUND, text="the microphone of the last call does not close")
        if call in self._legs or call not in self._sockets:
            # One Open, one Connect: an SSRC never serves twice, so no GCM nonce can repeat.
            raise Refused(code=NOT_NOW, text="open a socket first; each serves one call")
        sock, ssrc = self._sockets.take(call)
        try:
            point(sock, host, port)
            leg = self._leg(call, sock, ssrc, keys, echo)
        except BaseException:
            sock.close()
            raise
        finally:
            keys.close()
        try:
            self._take_up(leg)
        except Refused:
            leg.wipe()
            raise
        if not self._legs:
            # What lives now lives on; a collection in a call would cost more than a period.
            gc.collect()
            gc.freeze()
            gc.disable()
        self._legs[call] = leg
        self._muted = False
        self._earpiece.hush()
        self._follow()
        _log.info("call %d begins", call)

    def _leg(self, call: int, sock: socket.socket, ssrc: int, keys: FileDescriptor, echo: bool) -> Leg:
        try:
            session = SRTPKeys.decode(unseal(keys.fileno(), limit=2 * MASTER_OCTETS))
        except ValueError as error:
            raise Refused(code=NOT_NOW, text=f"these are no session keys: {error}") from error
        try:
            # With one master both ways, what we say would open as what the far side says.
            if (session.send.expose() == session.receive.expose()) is not echo:
                raise Refused(code=NOT_NOW, text="one key both ways is an echo, and an echo has one key")
            return Leg(call, sock, ssrc, session, echo=echo, xruns=self._card.xruns)
        finally:
            session.wipe()

    @varlinkmethod
    async def Hold(self, *, call: int, on: bool) -> None:
        """Hold a call, or take it up again, which holds any other. Refused E40, E42.

        Answers when the microphone is closed, or open again.
        """
        if call not in self._legs:
            raise Refused(code=NOT_NOW, text="no such call is on")
        if on:
            self._put_by(self._legs[call])
            self._follow()
            if self._microphone is None:
                await self._insist_on_closed_microphone()
            return
        await self._insist_on_closed_microphone()
        if call in self._legs:
            self._take_up(self._legs[call])
            self._follow()

    def _put_by(self, leg: Leg) -> None:
        if not leg.held:
            self._shut_microphone()
            leg.hold(True)

    def _take_up(self, leg: Leg) -> None:
        """Let a call be spoken and heard. The microphone goes over to it; it opens if there was none."""
        if self._microphone is None:
            self._microphone = self._open_microphone(leg)
        for other in self._legs.values():
            if other is not leg:
                other.hold(True)
        self._microphone.leg = leg
        leg.hold(False)

    def _open_microphone(self, leg: Leg | None) -> Microphone:
        ear, failed = self._earpiece, self._sound_failed
        try:
            return Microphone(self._card, self._source, self._gate, leg, sidetone=ear.sidetone, failed=failed)
        except OSError as error:
            raise Refused(code=NO_SOUND, text=str(error)) from error

    def _follow(self) -> None:
        """Let gate, lamp and earpiece follow from which calls are on."""
        heard = any(not leg.held for leg in self._legs.values())
        self._gate.set(call=bool(self._legs), open=heard and not self._muted)
        self._earpiece.carry(tuple(self._legs.values()))

    @varlinkmethod
    async def Close(self, *, call: int) -> None:
        """End the call: close microphone and socket, wipe the keys. Answers when the microphone is closed."""
        self._sockets.close(call)
        self._end(call)
        if self._microphone is None:
            await self._insist_on_closed_microphone()

    def _shut_microphone(self) -> None:
        if self._microphone is not None:
            self._microphone.stop()
            self._closing, self._microphone = self._microphone, None

    async def _insist_on_closed_microphone(self) -> None:
        if not await self._microphone_is_closed():
            raise Refused(code=NO_SOUND, text="the microphone does not close; unplug the sound card")

    async def _microphone_is_closed(self) -> bool:
        """Wait for the microphone that was told to close. False if it does not."""
        closing = self._closing
        if closing is None:
            return True
        if not await asyncio.to_thread(closing.join, MICROPHONE_PATIENCE_S):
            _log.error("the microphone does not close: the sound card hangs")
            return False
        if self._closing is closing:
            self._closing = None
        return True

    def _end(self, call: int) -> None:
        leg = self._legs.get(call)
        if leg is None:
            return
        last = self._event(leg, "stats")
        self._put_by(leg)
        del self._legs[call]
        self._follow()
        leg.wipe()
        if not self._legs:
            gc.unfreeze()
            gc.enable()
        self._audience.tell(last)
        _log.info("call over: %s xruns=%d", leg.account(), last.xruns)

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
        self._earpiece.ring(melodies.ringing(self._melody, self._country) if on else None)

    @varlinkmethod
    async def Mute(self, *, on: bool) -> None:
        """Shut or open the microphone's gate. Refused E42 if no call is on: the next one begins unmuted."""
        if not self._legs:
            raise Refused(code=NOT_NOW, text="no call is on")
        self._muted = on
        self._follow()

    @varlinkmethod
    async def Route(self, *, to: str) -> None:
        """Talk through the 'handset' or the 'speaker', from now on. Refused E40 without echo control, E42."""
        if to not in OUTPUTS:
            raise Refused(code=NOT_NOW, text="talk through the 'handset' or the 'speaker'")
        when_caller_leaves(self._abandon)
        if to != self._source.name:
            try:
                self._turn_to(Source(to, EchoControl() if to == "speaker" else None))
            except EchoControlUnavailable as error:
                raise Refused(code=NO_SOUND, text=str(error)) from error

    def _turn_to(self, source: Source) -> None:
        self._source = source
        self._earpiece.route(OUTPUTS[source.name], source.echo)
        if self._microphone is not None:
            self._microphone.route(source)

    @varlinkmethod
    async def Choose(self, *, country: str, melody: str, ear: int, speaker: int, ring: int) -> None:
        """Set tone plan, ring tone and the three volumes. Refused E42, nothing changed, for unknown ones."""
        try:
            plan(country)
            melodies.ringing(melody, country)
        except ValueError as error:
            raise Refused(code=NOT_NOW, text=str(error)) from error
        if not all(0 <= level <= LOUDEST for level in (ear, speaker, ring)):
            raise Refused(code=NOT_NOW, text=f"a volume is 0 to {LOUDEST}")
        self._country, self._melody = country, melody
        for output, level in (("ear", ear), ("speaker", speaker), ("ring", ring)):
            self._earpiece.volume(output, level)

    @varlinkmethod(return_parameter="level", delay_generator=False)
    async def Listen(self) -> collections.abc.AsyncIterator[int]:
        """Open the microphone and tell its level ten times a second. Refused E40; E42 in, and for, a call."""
        await self._insist_on_closed_microphone()
        if self._legs or self._microphone is not None:
            raise Refused(code=NOT_NOW, text="the microphone is in use")
        mine = self._microphone = self._open_microphone(None)
        when_caller_leaves(lambda: self._stop_listening(mine))
        while True:
            await asyncio.sleep(LEVEL_S)
            if mine.fault:
                raise Refused(code=NO_SOUND, text=mine.fault)
            if self._microphone is not mine:
                raise Refused(code=NOT_NOW, text="the microphone is needed for something else")
            yield mine.level()

    def _stop_listening(self, microphone: Microphone | None) -> None:
        if not self._legs and self._microphone is microphone:
            self._shut_microphone()

    @varlinkmethod(return_parameter="event", delay_generator=False)
    async def Monitor(self) -> collections.abc.AsyncIterator[MediaEvent]:
        """Tell everything about the calls as it happens; 'secured' once more for who comes later."""
        secured = [self._event(leg, "secured") for leg in self._legs.values() if leg.secured]
        async for event in self._audience.listen(secured):
            yield event
        raise Refused(code=NOT_NOW, text="the media service stops")

    @property
    def has_listener(self) -> bool:
        """Somebody is told what happens."""
        return bool(self._audience)

    def _event(self, leg: Leg, kind: str) -> MediaEvent:
        speaks = self._microphone is not None and self._gate.open and not leg.held
        spoken = self._microphone.level() if speaks and self._microphone is not None else 0
        return leg.event(kind, xruns=self._card.xruns, spoken=spoken)

    def _report(self, leg: Leg, kind: str) -> None:
        """From the earpiece thread: something happened on this call."""
        self._loop.call_soon_threadsafe(self._happened, leg, kind)

    def _happened(self, leg: Leg, kind: str) -> None:
        if self._legs.get(leg.call) is leg:
            if kind == "stats":
                leg.expect_loss()
                self._sweep()
            self._audience.tell(self._event(leg, kind))

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
        self._shut_microphone()
        for leg in list(self._legs.values()):
            self._audience.tell(self._event(leg, "failed"))
            self._end(leg.call)

    def _abandon(self) -> None:
        """Whoever made the calls has gone: nobody is left who could hang up."""
        if self._legs:
            _log.warning("the connection that made the call has gone: call closed")
        self._sockets.close_all()
        for call in list(self._legs):
            self._end(call)
        self._earpiece.tone(None)
        self._earpiece.ring(None)
        self._turn_to(Source("handset"))

    async def stop(self) -> None:
        """End everything: the calls, the threads, the sound card."""
        self._abandon()
        self._shut_microphone()
        await self._microphone_is_closed()
        await asyncio.to_thread(self._earpiece.stop)
        self._card.close()
        self._lamp.close()
        self._audience.dismiss()


async def serve(home: Path, board: Board) -> None:
    """Serve `org.sottovoce.Media` on HOME/run/media.sock until SIGTERM or SIGINT."""
    service = MediaService(board.sound(), board.mute_lamp())
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
