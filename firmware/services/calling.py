"""Does what the call machine asks for: SIP on the line, keys and sound in their services, tones and lamps.

Session keys pass through here as descriptors only. Everything asked of the media service goes through one
queue, so that closing one call is always done before opening the next.
"""

from __future__ import annotations

import asyncio
import base64
import logging
import os
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from asyncvarlink import FileDescriptor

from drivers.ports import Lamps
from firmware import call_effects as do
from firmware import call_events as on
from firmware import call_state as at
from firmware.call_follow import rings, tone_of
from firmware.call_state import State
from firmware.calls import step
from firmware.interfaces import MediaEvent, Refused
from firmware.reasons import Why
from firmware.services.errands import Errands
from firmware.services.in_hand import InHand
from firmware.services.keeper import Keeper
from firmware.services.line import Line
from firmware.services.marks import Marks, mark_step
from sip import events as sip
from sip.errors import OurMistake, TheirMistake
from sip.sdp import answer, offer, parse_answer, parse_offer

_WHY_KEYS = {"E30": Why.NO_KEYS, "E31": Why.NO_KMS}
_WHY_MEDIA = {"E40": Why.NO_SOUND}
_log = logging.getLogger("sottovoce.phone")


class Calling:
    """The call machine with hands. `state` is where it stands; `level` what the ear hears (0 to 12)."""

    def __init__(
        self,
        home: Path,
        *,
        keys: Keeper,
        media: Keeper,
        lamps: Lamps,
        marks: Marks,
        errands: Errands,
        on_change: Callable[[], None],
    ) -> None:
        self.state = State()
        self.level = 0
        self.line: Line | None = None
        self._keys = keys
        self._media = media
        self._lamps = lamps
        self._marks = marks
        self._on_change = on_change
        self._in_hand: dict[int, InHand] = {}
        self._leaving: set[InHand] = set()
        self._connected: int | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._errands = errands
        self._orders: asyncio.Queue[Callable[[], Awaitable[None]]] = asyncio.Queue()
        self._flag = home / "phone" / "in-call"
        if self._flag.exists():
            # We died in a call and were started again.
            self._flag.unlink()
            self.state = State(phase=at.Over(Why.PHONE_RESTARTED))

    def take(self, event: on.Event) -> None:
        """Let something happen."""
        before = self.state
        self.state, effects = step(before, event, now=asyncio.get_running_loop().time())
        mark_step(self._marks, before, self.state, event)
        for effect in effects:
            self._do(effect)
        self._remember(before)
        self._on_change()

    def take_sip(self, event: sip.Event) -> None:
        """Let something happen that the user agent tells."""
        if isinstance(event, sip.Incoming):
            self._invited(event)
            return
        handle = getattr(event, "handle", None)
        call = next((call for call, hand in self._in_hand.items() if hand.handle == handle), None)
        if handle is None or call is None:
            return
        match event:
            case sip.Ringing():
                self.take(on.PeerRings(call))
            case sip.Accepted(_, sdp):
                self.take(on.PeerAnswered(call, protected=self._understood(call, sdp)))
            case sip.Refused(_, status):
                self.take(on.PeerRefused(call, status))
            case sip.Cancelled() | sip.Ended():
                self.take(on.PeerEnded(call))

    def take_media(self, event: MediaEvent) -> None:
        """Let something happen that the media service tells."""
        if self._connected is None:
            return
        self.level = event.level
        if event.kind == "failed":
            self.take(on.Failed(self._connected, Why.NO_SOUND))
        elif event.kind == "stats":
            self._on_change()
        else:
            self.take(on.Media(self._connected, event.kind))

    async def run(self) -> None:
        """Pass orders to the media service, one after the other, until cancelled; then let go of all."""
        try:
            while True:
                order = await self._orders.get()
                await order()
        finally:
            self._flag.unlink(missing_ok=True)
            for hand in (*self._in_hand.values(), *self._leaving):
                hand.forget_keys()

    def sound_is_back(self) -> None:
        """A fresh media service knows nothing: tell it what should be heard now."""
        if tone_of(self.state) != "off":
            self._do(do.Tone(tone_of(self.state)))
        if rings(self.state):
            self._do(do.Ring(True))

    # Effects

    def _do(self, effect: do.Effect) -> None:
        match effect:
            case do.Tone(name):
                self._order(lambda: self._sound("Tone", name=name))
            case do.Ring(active):
                self._order(lambda: self._sound("Ring", on=active))
            case do.Mute(active):
                self._order(lambda: self._sound("Mute", on=active))
            case do.Lamp(lamp, pattern):
                self._lamps.set(lamp, pattern)
            case do.Timer(timer, seconds):
                self._set_timer(timer, seconds)
            case do.Prepare(call, number):
                self._in_hand[call] = InHand(sound=True)
                self._order(lambda: self._prepare(call, number))
            case do.SendInvite(call, number):
                self._invite(call, number)
            case do.Verify(call):
                self._errands.start(self._verify(call))
            case do.Respond(call, status):
                self._respond(call, status)
            case do.Answer(call):
                self._in_hand[call].sound = True
                self._order(lambda: self._answer(call))
            case do.Connect(call):
                self._connected = call
                self._order(lambda: self._connect(call))
            case do.Drop(call):
                self._drop(call)
            case do.Release(call):
                self._release(call)

    def _order(self, order: Callable[[], Awaitable[None]]) -> None:
        self._orders.put_nowait(order)

    async def _sound(self, method: str, **arguments: object) -> None:
        """Ask for something that no call depends on."""
        try:
            await self._media.ask(method, **arguments)
        except (Refused, ConnectionError) as error:
            _log.info("media: %s: %s", method, _why_not(error))

    def _set_timer(self, timer: int, seconds: float | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if seconds is not None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(seconds, lambda: self.take(on.TimeUp(timer)))

    # Calling somebody

    async def _prepare(self, call: int, number: str) -> None:
        hand = self._in_hand.get(call)
        if hand is None:
            return
        ssrc = await self._open(call, hand)
        if ssrc is not None:
            self._errands.start(self._initiate(call, hand, number, ssrc))

    async def _open(self, call: int, hand: InHand) -> int | None:
        """Have a media socket opened for the call; return its SSRC, or None after telling the machine."""
        try:
            if self.line is None or not self.line.address:
                raise ConnectionError("no line")
            endpoint = (await self._media.ask("Open", address=self.line.address))["endpoint"]
        except Refused as error:
            _log.warning("media: Open: %s", _why_not(error))
            self.take(on.Failed(call, _WHY_MEDIA.get(str(error.p_code), Why.NOT_READY)))
            return None
        except ConnectionError:
            self.take(on.Failed(call, Why.SOUND_RESTARTED if self.line else Why.NETWORK_GONE))
            return None
        hand.port = endpoint.port
        return int(endpoint.ssrc)

    async def _initiate(self, call: int, hand: InHand, number: str, ssrc: int) -> None:
        began = time.monotonic()
        try:
            with await self._keys.ask("Initiate", callee=number, ssrc=ssrc) as reply:
                initiation = reply["initiation"]
                hand.mikey = base64.b64decode(initiation.message)
                name = initiation.name
                hand.keys = os.dup(initiation.keys.fileno())
        except Refused as error:
            _log.warning("keys: Initiate: %s", _why_not(error))
            self.take(on.Failed(call, _WHY_KEYS.get(str(error.p_code), Why.NOT_READY)))
            return
        except ConnectionError:
            self.take(on.Failed(call, Why.KEYS_RESTARTED))
            return
        self._marks("initiated", call, took_ms=_since(began))
        if call not in self._in_hand:
            hand.forget_keys()
        self.take(on.Prepared(call, name))

    def _invite(self, call: int, number: str) -> None:
        hand = self._in_hand[call]
        try:
            if self.line is None:
                raise ConnectionError("no line")
            sdp = offer(self.line.address, hand.port, hand.mikey)
            hand.handle = self.line.invite(number, sdp)
        except (ConnectionError, OurMistake) as error:
            _log.warning("line: no INVITE: %s", error)
            self._later(on.Failed(call, Why.NETWORK_GONE))
            return
        self._marks("invite sent", call)

    def _understood(self, call: int, sdp: bytes) -> bool:
        hand = self._in_hand[call]
        try:
            theirs = parse_answer(sdp)
        except TheirMistake as mistake:
            _log.warning("answer refused: %s", mistake.reason)
            return False
        hand.host, hand.peer_port = theirs.address, theirs.port
        return True

    # Being called

    def _invited(self, event: sip.Incoming) -> None:
        call = self.state.calls + 1
        hand = self._in_hand[call] = InHand(handle=event.handle)
        self._marks("invited", call)
        try:
            theirs = parse_offer(event.sdp)
        except TheirMistake as mistake:
            _log.warning("offer refused: %s", mistake.reason)
            protected = False
        else:
            hand.host, hand.peer_port = theirs.address, theirs.port
            hand.payload_type, hand.mikey = theirs.payload_type, theirs.mikey
            protected = event.number is not None
        self.take(on.Invited(call, event.number or "", protected))

    async def _verify(self, call: int) -> None:
        hand = self._in_hand[call]
        began = time.monotonic()
        try:
            with await self._keys.ask("Accept", message=base64.b64encode(hand.mikey).decode()) as reply:
                acceptance = reply["acceptance"]
                hand.keys = os.dup(acceptance.keys.fileno())
                caller, name = acceptance.caller, acceptance.name
        except Refused as error:
            self._marks("not verified", call, took_ms=_since(began))
            _log.warning("keys: Accept: %s", error.p_code)
            self.take(on.NotVerified(call))
            return
        except ConnectionError:
            self.take(on.Failed(call, Why.KEYS_RESTARTED))
            return
        self._marks("verified", call, took_ms=_since(began))
        if call not in self._in_hand:
            hand.forget_keys()
        self.take(on.Verified(call, caller, name))

    def _respond(self, call: int, status: int) -> None:
        hand = self._in_hand.get(call)
        if hand is None or hand.handle is None or self.line is None:
            return
        try:
            if status == 180:
                self.line.ring(hand.handle)
                self._marks("ringing sent", call)
            else:
                self.line.refuse(hand.handle, status)
        except OurMistake as mistake:
            # The caller gave up in the same moment; his CANCEL is on its way to us as an event.
            _log.info("line: no %d: %s", status, mistake)

    async def _answer(self, call: int) -> None:
        hand = self._in_hand.get(call)
        if hand is None or await self._open(call, hand) is None:
            return
        try:
            if self.line is None or hand.handle is None or call not in self._in_hand:
                raise ConnectionError("no line")
            sdp = answer(self.line.address, hand.port, payload_type=hand.payload_type)
            self.line.accept(hand.handle, sdp)
        except (ConnectionError, OurMistake) as error:
            _log.info("line: no answer: %s", error)
            self.take(on.Failed(call, Why.NETWORK_GONE))
            return
        self._marks("answer sent", call)
        self.take(on.Answered(call))

    # Talking, and letting go

    async def _connect(self, call: int) -> None:
        hand = self._in_hand.get(call)
        if hand is None or hand.keys is None:
            return
        try:
            await self._media.ask(
                "Connect", host=hand.host, port=hand.peer_port, keys=FileDescriptor(hand.keys)
            )
            self._marks("connected", call)
        except Refused as error:
            _log.warning("media: Connect: %s", _why_not(error))
            self.take(on.Failed(call, _WHY_MEDIA.get(str(error.p_code), Why.NOT_READY)))
        except ConnectionError:
            self.take(on.Failed(call, Why.SOUND_RESTARTED))
        finally:
            hand.forget_keys()

    def _drop(self, call: int) -> None:
        hand = self._in_hand.get(call)
        if hand is not None and hand.handle is not None and self.line is not None:
            handle, hand.handle = hand.handle, None
            self.line.hang_up(handle)

    def _release(self, call: int) -> None:
        hand = self._in_hand.pop(call, None)
        if self._connected == call:
            self._connected, self.level = None, 0
        if hand is None:
            return
        if hand.sound:
            self._order(lambda: self._sound("Close"))
        self._leaving.add(hand)
        self._order(lambda: self._forget(hand))

    async def _forget(self, hand: InHand) -> None:
        """Close a released call's keys, in its turn: an order before may still be passing them on."""
        hand.forget_keys()
        self._leaving.discard(hand)

    def _later(self, event: on.Event) -> None:
        """Let something happen after what is happening now."""
        asyncio.get_running_loop().call_soon(self.take, event)

    # Notes

    def _remember(self, before: State) -> None:
        """Leave a note on disk while a call is on, for the case that this process is killed in it."""
        if (before.call is None) == (self.state.call is None):
            return
        if self.state.call is None:
            self._flag.unlink(missing_ok=True)
        else:
            self._flag.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._flag.touch(mode=0o600)


def _since(began: float) -> float:
    return round((time.monotonic() - began) * 1000, 3)


def _why_not(error: Refused | ConnectionError) -> str:
    return f"{error.p_code} {error.p_text}" if isinstance(error, Refused) else str(error)
