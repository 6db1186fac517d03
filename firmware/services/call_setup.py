"""What brings a call up: media socket, I_MESSAGE, INVITE; or verification, socket, 200 OK; then the keys.

Each step ends in one event for the call machine. A call that was let go of meanwhile closes what it brought.
SIP is imported with the line (standing), without which there is no call.
"""

from __future__ import annotations

import base64
import logging
import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from asyncvarlink import FileDescriptor

from firmware import call_events as on
from firmware import call_state as at
from firmware.interfaces import Refused
from firmware.reasons import Why
from firmware.services.errands import Errands
from firmware.services.in_hand import InHand
from firmware.services.keeper import Keeper
from firmware.services.marks import Marks
from firmware.services.sound_orders import SoundOrders, why_not
from sip.errors import OurMistake, TheirMistake

if TYPE_CHECKING:
    from firmware.services.line import Line

_WHY_KEYS = {
    "E30": Why.NO_KEYS,
    "E31": Why.NO_KMS,
    "E33": Why.NOT_DIALLABLE,
    "E37": Why.TEST_FAILED,
}
_WHY_REFUSED = {"E30": Why.NO_KEYS}
WHY_MEDIA = {"E40": Why.NO_SOUND}
_log = logging.getLogger("sottovoce.phone")


class CallSetup:
    """Brings calls up. `hands` are the calls under way; `line` is asked anew every time it is needed."""

    def __init__(
        self,
        hands: dict[int, InHand],
        *,
        keys: Keeper,
        sound: SoundOrders,
        line: Callable[[], Line | None],
        marks: Marks,
        errands: Errands,
        tell: Callable[[on.Event], None],
        later: Callable[[on.Event], None],
    ) -> None:
        self._hands = hands
        self._keys = keys
        self._sound = sound
        self._line = line
        self._marks = marks
        self._errands = errands
        self._tell = tell
        self._later = later

    # Calling somebody

    def prepare(self, call: int, number: str) -> None:
        """Open a media socket and have an I_MESSAGE made to `number`, for the test call to ourselves."""
        self._hands[call] = InHand(sound=True)
        self._sound.order(lambda: self._prepare(call, number))

    async def _prepare(self, call: int, number: str) -> None:
        hand = self._hands.get(call)
        if hand is None:
            return
        ssrc = await self._open(call, hand)
        if ssrc is not None:
            self._errands.start(self._initiate(call, hand, number, ssrc))

    async def _open(self, call: int, hand: InHand) -> int | None:
        """Have a media socket opened for the call; return its SSRC, or None after telling the machine."""
        line = self._line()
        try:
            if line is None or not line.address:
                raise ConnectionError("no line")
            endpoint = await self._sound.open(call, line.address)
        except Refused as error:
            _log.warning("media: Open: %s", why_not(error))
            self._tell(on.Failed(call, WHY_MEDIA.get(str(error.p_code), Why.NOT_READY)))
            return None
        except ConnectionError:
            self._tell(on.Failed(call, Why.SOUND_RESTARTED if line else Why.NETWORK_GONE))
            return None
        hand.port = endpoint.port
        return int(endpoint.ssrc)

    async def _initiate(self, call: int, hand: InHand, number: str, ssrc: int) -> None:
        began = time.monotonic()
        test = number == at.TEST
        method, whom = ("InitiateEcho", {}) if test else ("Initiate", {"callee": number})
        try:
            with await self._keys.ask(method, ssrc=ssrc, **whom) as reply:
                initiation = reply["initiation"]
                hand.mikey = base64.b64decode(initiation.message)
                name = "" if test else initiation.name
                hand.keys = os.dup(initiation.keys.fileno())
        except Refused as error:
            _log.warning("keys: %s: %s", method, why_not(error))
            self._tell(on.Failed(call, _WHY_KEYS.get(str(error.p_code), Why.NOT_READY)))
            return
        except ConnectionError:
            self._tell(on.Failed(call, Why.KEYS_RESTARTED))
            return
        self._marks("initiated", call, took_ms=_since(began))
        if call not in self._hands:
            hand.forget_keys()
        self._tell(on.Prepared(call, name))

    def invite(self, call: int, number: str) -> None:
        """Send the INVITE; the test call goes to the server itself."""
        from sip.sdp import offer

        hand, line = self._hands[call], self._line()
        try:
            if line is None:
                raise ConnectionError("no line")
            hand.handle = line.invite(number, offer(line.address, hand.port, hand.mikey))
        except (ConnectionError, OurMistake) as error:
            _log.warning("line: no INVITE: %s", error)
            self._later(on.Failed(call, Why.NETWORK_GONE))
            return
        self._marks("invite sent", call)

    def understood(self, call: int, sdp: bytes) -> bool:
        """Read the answer to our offer; False for one that is not protected."""
        from sip.sdp import parse_answer

        hand = self._hands[call]
        try:
            theirs = parse_answer(sdp)
        except TheirMistake as mistake:
            _log.warning("answer refused: %s", mistake.reason)
            return False
        hand.host, hand.peer_port = theirs.address, theirs.port
        return True

    # Being called

    def protected(self, hand: InHand, sdp: bytes) -> bool:
        """Read an offer; False for one that is not protected."""
        from sip.sdp import parse_offer

        try:
            theirs = parse_offer(sdp)
        except TheirMistake as mistake:
            _log.warning("offer refused: %s", mistake.reason)
            return False
        hand.host, hand.peer_port = theirs.address, theirs.port
        hand.payload_type, hand.mikey = theirs.payload_type, theirs.mikey
        return True

    def verify(self, call: int) -> None:
        """Have the I_MESSAGE of an INVITE verified and opened."""
        self._errands.start(self._verify(call))

    async def _verify(self, call: int) -> None:
        hand = self._hands[call]
        began = time.monotonic()
        try:
            with await self._keys.ask("Accept", message=base64.b64encode(hand.mikey).decode()) as reply:
                acceptance = reply["acceptance"]
                hand.keys = os.dup(acceptance.keys.fileno())
                caller, name = acceptance.caller, acceptance.name
        except Refused as error:
            self._marks("not verified", call, took_ms=_since(began))
            _log.warning("keys: Accept: %s", error.p_code)
            self._tell(on.NotVerified(call, _WHY_REFUSED.get(str(error.p_code), Why.NOT_VERIFIED)))
            return
        except ConnectionError:
            self._tell(on.Failed(call, Why.KEYS_RESTARTED))
            return
        self._marks("verified", call, took_ms=_since(began))
        if call not in self._hands:
            hand.forget_keys()
        self._tell(on.Verified(call, caller, name))

    def answer(self, call: int) -> None:
        """Open a media socket and send 200 OK."""
        self._hands[call].sound = True
        self._sound.order(lambda: self._answer(call))

    async def _answer(self, call: int) -> None:
        hand = self._hands.get(call)
        if hand is None or await self._open(call, hand) is None:
            return
        from sip.sdp import answer

        line = self._line()
        try:
            if line is None or hand.handle is None or call not in self._hands:
                raise ConnectionError("no line")
            line.accept(hand.handle, answer(line.address, hand.port, payload_type=hand.payload_type))
        except (ConnectionError, OurMistake) as error:
            _log.info("line: no answer: %s", error)
            self._tell(on.Failed(call, Why.NETWORK_GONE))
            return
        self._marks("answer sent", call)
        self._tell(on.Answered(call))

    # Talking

    def connect(self, call: int, *, echo: bool) -> None:
        """Hand the session keys and the peer's address to the media service. This opens the microphone."""
        self._sound.order(lambda: self._connect(call, echo))

    async def _connect(self, call: int, echo: bool) -> None:
        hand = self._hands.get(call)
        if hand is None or hand.keys is None:
            return
        keys = FileDescriptor(hand.keys)
        try:
            await self._sound.insist(
                "Connect", call=call, host=hand.host, port=hand.peer_port, keys=keys, echo=echo
            )
            self._marks("connected", call)
        except Refused as error:
            _log.warning("media: Connect: %s", why_not(error))
            self._tell(on.Failed(call, WHY_MEDIA.get(str(error.p_code), Why.NOT_READY)))
        except ConnectionError:
            self._tell(on.Failed(call, Why.SOUND_RESTARTED))
        finally:
            hand.forget_keys()


def _since(began: float) -> float:
    return round((time.monotonic() - began) * 1000, 3)
