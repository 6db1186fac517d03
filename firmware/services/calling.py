"""Does what the call machine asks for: SIP on the line, keys and sound in their services, tones and lamps.

Session keys pass through here as descriptors only. Everything asked of the media service goes through one
queue (see sound_orders), so that closing one call is always done before opening the next.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from drivers.ports import Lamps
from firmware import call_effects as do
from firmware import call_events as on
from firmware import hook
from firmware.call_follow import gate_closed, rings, route_of, tone_of
from firmware.call_state import State
from firmware.calls import step
from firmware.interfaces import MediaEvent, Refused
from firmware.reasons import Why
from firmware.services.call_setup import WHY_MEDIA, CallSetup
from firmware.services.errands import Errands
from firmware.services.in_hand import InHand
from firmware.services.keeper import Keeper
from firmware.services.marks import Marks, mark_step
from firmware.services.sound_orders import SoundOrders, why_not
from sip.errors import OurMistake

if TYPE_CHECKING:
    from firmware.services.line import Line
    from sip import events as sip

_log = logging.getLogger("sottovoce.phone")


def _nothing(_: do.Log) -> None:
    """Nobody keeps a log."""


class Calling:
    """The call machine with hands. `state` is where it stands; `level` what the ear hears (0 to 12).

    `on_log` is told of every call that is over.
    """

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
        on_log: Callable[[do.Log], None] = _nothing,
    ) -> None:
        self.state = State()
        self.level = 0
        self.line: Line | None = None
        self._lamps = lamps
        self._marks = marks
        self._on_change = on_change
        self._on_log = on_log
        self._cradle = hook.Cradle()
        self._in_hand: dict[int, InHand] = {}
        self._leaving: set[InHand] = set()
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._sound = SoundOrders(media)
        self._setup = CallSetup(
            self._in_hand,
            keys=keys,
            sound=self._sound,
            line=lambda: self.line,
            marks=marks,
            errands=errands,
            tell=self._happened,
            later=self._later,
        )
        self._flag = home / "phone" / "in-call"

    def take(self, event: on.Event) -> None:
        """Let something happen. Lifted and HungUp are what the cradle's switch says; what it means is found
        out here, in a call within 600 ms.
        """
        match event:
            case on.Lifted() | on.HungUp():
                self._cradle_moved(hook.Edge(isinstance(event, on.Lifted)))
            case _:
                self._happened(event)

    def take_sip(self, event: sip.Event) -> None:
        """Let something happen that the user agent tells."""
        from sip import events as sip

        match event:
            case sip.Incoming():
                self._invited(event)
            case sip.Unacceptable(number):
                # It is refused already; what is left is to show it.
                self._happened(on.Invited(self.state.calls + 1, number or "", protected=False))
        handle = getattr(event, "handle", None)
        call = next((call for call, hand in self._in_hand.items() if hand.handle == handle), None)
        if handle is None or call is None:
            return
        match event:
            case sip.Ringing():
                self._happened(on.PeerRings(call))
            case sip.Accepted(_, sdp):
                self._happened(on.PeerAnswered(call, protected=self._setup.understood(call, sdp)))
            case sip.Refused(_, status):
                self._happened(on.PeerRefused(call, status))
            case sip.HeldByThem(_, held):
                self._happened(on.PeerHolds(call, held))
            case sip.Cancelled() | sip.Ended():
                self._happened(on.PeerEnded(call))

    def take_media(self, event: MediaEvent) -> None:
        """Let something happen that the media service tells."""
        if event.call not in self._in_hand:
            return
        heard = self.state.heard
        self.level = event.level if heard is not None and heard.call == event.call else self.level
        if event.kind == "failed":
            self._happened(on.Failed(event.call, Why.NO_SOUND))
        elif event.kind == "stats":
            self._on_change()
        else:
            self._happened(on.Media(event.call, event.kind))

    async def run(self) -> None:
        """Work off what is asked of the media service, until cancelled; then let go of all."""
        if self._flag.exists():
            # We died in a call and were started again.
            self._flag.unlink()
            self._happened(on.Restarted())
        try:
            await self._sound.run()
        finally:
            self._flag.unlink(missing_ok=True)
            for hand in (*self._in_hand.values(), *self._leaving):
                hand.forget_keys()

    def sound_is_back(self) -> None:
        """A fresh media service knows nothing: tell it what should be heard now, and through what."""
        if route_of(self.state) != "handset":
            self._do(do.Route(route_of(self.state)))
        if tone_of(self.state) != "off":
            self._do(do.Tone(tone_of(self.state)))
        if rings(self.state):
            self._do(do.Ring(True))

    # What happens

    def _happened(self, event: on.Event) -> None:
        before = self.state
        self.state, effects = step(before, event, now=asyncio.get_running_loop().time())
        mark_step(self._marks, before, self.state, event)
        for effect in effects:
            self._do(effect)
        if self.state.heard is None or self.state.call != before.call:
            self.level = 0
        self._remember(before)
        self._on_change()

    def _later(self, event: on.Event) -> None:
        """Let something happen after what is happening now."""
        asyncio.get_running_loop().call_soon(self._happened, event)

    def _cradle_moved(self, event: hook.Edge | hook.Waited) -> None:
        loop = asyncio.get_running_loop()
        self._cradle, meanings = hook.step(
            self._cradle, event, now=loop.time(), flashes=hook.can_flash(self.state)
        )
        self._stop_timer("cradle")
        if self._cradle.deadline is not None:
            self._timers["cradle"] = loop.call_at(self._cradle.deadline, self._cradle_moved, hook.Waited())
        for meaning in meanings:
            self._happened(meaning)

    def _invited(self, event: sip.Incoming) -> None:
        call = self.state.calls + 1
        hand = self._in_hand[call] = InHand(handle=event.handle)
        self._marks("invited", call)
        protected = self._setup.protected(hand, event.sdp) and event.number is not None
        self._happened(on.Invited(call, event.number or "", protected))

    # Effects

    def _do(self, effect: do.Effect) -> None:
        match effect:
            case do.Tone(name):
                self._sound.ask("Tone", name=name)
            case do.Ring(active):
                self._sound.ask("Ring", on=active)
            case do.Mute(active):
                self._sound.ask("Mute", on=active)
            case do.Route(to):
                self._sound.ask("Route", to=to)
            case do.Lamp(lamp, pattern):
                self._lamps.set(lamp, pattern)
            case do.Timer(timer, seconds, of):
                self._set_timer(timer, seconds, of)
            case do.Log():
                self._on_log(effect)
            case _:
                self._do_for_a_call(effect)

    def _do_for_a_call(self, effect: do.CallEffect) -> None:
        match effect:
            case do.Prepare(call, number):
                self._setup.prepare(call, number)
            case do.PrepareEcho(call, number):
                self._setup.prepare(call, number)
            case do.SendInvite(call, number):
                self._setup.invite(call, number)
            case do.Verify(call):
                self._setup.verify(call)
            case do.Respond(call, status):
                self._respond(call, status)
            case do.Answer(call):
                self._setup.answer(call)
            case do.Connect(call, echo):
                self._setup.connect(call, echo=echo)
            case do.Hold(call, active):
                self._hold(call, active)
            case do.Drop(call):
                self._drop(call)
            case do.Release(call):
                self._release(call)

    def _set_timer(self, timer: int, seconds: float | None, of: str) -> None:
        self._stop_timer(of)
        if seconds is not None:
            loop = asyncio.get_running_loop()
            self._timers[of] = loop.call_later(seconds, lambda: self._happened(on.TimeUp(timer)))

    def _stop_timer(self, of: str) -> None:
        timer = self._timers.pop(of, None)
        if timer is not None:
            timer.cancel()

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

    def _hold(self, call: int, active: bool) -> None:
        hand = self._in_hand.get(call)
        if hand is None:
            return
        self._sound.order(lambda: self._hold_sound(call, active))
        if hand.handle is not None and self.line is not None:
            try:
                self.line.hold(hand.handle, active)
            except OurMistake as mistake:
                # It is held all the same: the other side hears silence and is not told why.
                _log.info("line: no hold: %s", mistake)

    async def _hold_sound(self, call: int, active: bool) -> None:
        if call not in self._in_hand:
            return
        try:
            await self._sound.insist("Hold", call=call, on=active)
            if not active and gate_closed(self.state):
                await self._sound.insist("Mute", on=True)
        except Refused as error:
            _log.warning("media: Hold: %s", why_not(error))
            self._happened(on.Failed(call, WHY_MEDIA.get(str(error.p_code), Why.NOT_READY)))
        except ConnectionError:
            self._happened(on.Failed(call, Why.SOUND_RESTARTED))

    def _drop(self, call: int) -> None:
        hand = self._in_hand.get(call)
        if hand is not None and hand.handle is not None and self.line is not None:
            handle, hand.handle = hand.handle, None
            self.line.hang_up(handle)

    def _release(self, call: int) -> None:
        hand = self._in_hand.pop(call, None)
        if hand is None:
            return
        if hand.sound:
            self._sound.ask("Close", call=call)
        self._leaving.add(hand)
        self._sound.order(lambda: self._forget(hand))

    async def _forget(self, hand: InHand) -> None:
        """Close a released call's keys, in its turn: an order before may still be passing them on."""
        hand.forget_keys()
        self._leaving.discard(hand)

    # Notes

    def _remember(self, before: State) -> None:
        """Leave a note on disk while a call is on, for the case that this process is killed in it."""
        if before.in_a_call == self.state.in_a_call:
            return
        if not self.state.in_a_call:
            self._flag.unlink(missing_ok=True)
        else:
            self._flag.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._flag.touch(mode=0o600)
