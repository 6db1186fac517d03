"""Does what the desk machine asks for: records, PIN, directory, volumes, and the parts of the self-test."""

from __future__ import annotations

import asyncio
import base64
import binascii
import logging
from collections.abc import Awaitable, Callable

from drivers.ports import Lamps
from firmware import desk_words as dk
from firmware.desk import step
from firmware.desk_state import Desk
from firmware.house import NOTHING_HELD, House
from firmware.interfaces import DirectoryEntry, KeysStatus, Refused
from firmware.services.errands import Errands
from firmware.services.keeper import Keeper
from firmware.services.testing import TestHands

MOST_FOUND = 50
RETRY_S = 0.5
"""Before a record is handed again to a key service that is starting."""

_log = logging.getLogger("sottovoce.phone")


class Minding:
    """The desk machine with hands. `state` is where it stands.

    `to` tells somebody else (calls, enrolment, updates); `on_status` is awaited when the vault has changed.
    """

    def __init__(
        self,
        state: Desk,
        *,
        house: Callable[[], House],
        to: Callable[[dk.ForOthers], None],
        keys: Keeper,
        media: Keeper,
        lamps: Lamps,
        test: TestHands,
        errands: Errands,
        board_keys: frozenset[str],
        on_change: Callable[[], None],
        on_status: Callable[[KeysStatus], Awaitable[None]],
    ) -> None:
        self.state = state
        self._house = house
        self._to = to
        self._keys = keys
        self._media = media
        self._lamps = lamps
        self._test = test
        self._errands = errands
        self._board_keys = board_keys
        self._on_change = on_change
        self._on_status = on_status
        self._lamp = "off"
        self._unwritten: dict[str, bytes] = {}
        self._written = asyncio.Event()

    def take(self, event: dk.Event) -> None:
        """Let something happen."""
        self.state, effects = step(self._house(), event)
        for effect in effects:
            self._do(effect)
        self._light()
        self._on_change()

    async def run(self) -> None:
        """Write records, one after the other and the latest of each, until cancelled."""
        while True:
            await self._written.wait()
            self._written.clear()
            while self._unwritten:
                name, octets = self._unwritten.popitem()
                await self._remember(name, octets)

    async def sound_is_back(self) -> None:
        """Tell a fresh media service what the person has chosen."""
        chosen = self.state.settings
        try:
            await self._media.ask(
                "Choose",
                country=chosen.country,
                melody=chosen.melody,
                ear=chosen.ear,
                speaker=chosen.speaker,
                ring=chosen.ring,
            )
        except (Refused, ConnectionError) as error:
            _log.warning("media: Choose: %s", type(error).__name__)

    # Effects

    def _do(self, effect: dk.Effect) -> None:
        match effect:
            case dk.ToCalls() | dk.BeginEnrolment() | dk.Restart() | dk.SeekUpdate() | dk.UpdateSeen():
                self._to(effect)
            case dk.Recall(name):
                self._errands.start(self._recall(name))
            case dk.Remember(name, octets):
                self._unwritten[name] = octets
                self._written.set()
            case dk.Choose():
                self._errands.start(self.sound_is_back())
            case dk.Find(text, also):
                self._errands.start(self._find(text, also))
            case dk.Unlock(pin):
                self._errands.start(self._pin("Unlock", pin=pin))
            case dk.SetPIN(old, new):
                self._errands.start(self._pin("SetPIN", old=old, new=new))
            case dk.WipeKeys():
                self._errands.start(self._wipe())
            case dk.AcceptTime(unix):
                self._errands.start(self._accept_time(unix))
            case dk.RemoveMonth(month):
                self._errands.start(self._remove_month(month))
            case dk.WantTest():
                self.take(dk.BeginTest(self._board_keys))
            case dk.TestOrder(order):
                self._test.do(order, self.take)

    def _light(self) -> None:
        pattern = "slow" if self.state.log.missed else "off"
        if pattern != self._lamp:
            self._lamp = pattern
            self._lamps.set("message", pattern)

    # Records

    async def _recall(self, name: str) -> None:
        octets: bytes | None = None
        try:
            octets = base64.b64decode((await self._keys.ask("Recall", name=name))["data"], validate=True)
        except (Refused, ConnectionError) as error:
            _log.warning("keys: Recall: %s", _code(error))
        except binascii.Error:
            octets = b"\0"  # not a record of ours, whatever it is
        self.take(dk.Recalled(name, octets))

    async def _remember(self, name: str, octets: bytes) -> None:
        try:
            await self._keys.ask("Remember", name=name, data=base64.b64encode(octets).decode())
        except ConnectionError:
            # The key service is starting again; what it holds then is what we have now, or newer.
            _log.warning("keys: Remember: waiting for the service")
            self._unwritten.setdefault(name, octets)
            await asyncio.sleep(RETRY_S)
        except Refused as error:
            _log.warning("keys: Remember: %s", _code(error))
            self.take(dk.NotStored(_code(error)))

    async def _find(self, text: str, also: tuple[str, ...]) -> None:
        """Ask the directory for the digits, and for what they may spell, as long as it is still wanted."""
        found: dict[str, DirectoryEntry] = {}
        try:
            for wanted in dict.fromkeys((text, *also)):
                if self.state.asked != text:
                    return
                for entry in (await self._keys.ask("Find", text=wanted, limit=MOST_FOUND))["entries"]:
                    found.setdefault(entry.tel, entry)
        except (Refused, ConnectionError) as error:
            _log.info("keys: Find: %s", _code(error))
        self.take(dk.Found(text, tuple(found.values())))

    # PIN, and the end of everything

    async def _pin(self, method: str, **pins: str) -> None:
        event: dk.Event = dk.PINTaken()
        try:
            await self._keys.ask(method, **pins)
        except Refused as error:
            code = str(error.p_code)
            _log.warning("keys: %s: %s", method, code)
            event = dk.PINRefused(code)
        except ConnectionError as error:
            _log.warning("keys: %s: %s", method, error)
            event = dk.PINRefused("E41")
        status = await self._status()
        if isinstance(event, dk.PINRefused) and status is not None:
            event = dk.PINRefused(event.code, status.wait, status.tries)
        self.take(event)
        if status is not None:
            await self._on_status(status)

    async def _status(self) -> KeysStatus | None:
        try:
            status: KeysStatus = (await self._keys.ask("Status"))["status"]
        except (Refused, ConnectionError) as error:
            _log.warning("keys: Status: %s", _code(error))
            return None
        return status

    async def _accept_time(self, unix: int) -> None:
        try:
            status = (await self._keys.ask("AcceptTime", unix=unix))["status"]
        except (Refused, ConnectionError) as error:
            _log.warning("keys: AcceptTime: %s", _code(error))
            self.take(dk.TimeTaken(_code(error)))
            return
        await self._on_status(status)
        self.take(dk.TimeTaken())

    async def _remove_month(self, month: str) -> None:
        try:
            status = (await self._keys.ask("RemoveMonth", month=month))["status"]
        except (Refused, ConnectionError) as error:
            _log.error("keys: RemoveMonth: %s", _code(error))
            self.take(dk.MonthRemoved(_code(error)))
            return
        await self._on_status(status)
        self.take(dk.MonthRemoved())

    async def _wipe(self) -> None:
        try:
            await self._keys.ask("Wipe")
        except (Refused, ConnectionError) as error:
            _log.error("keys: Wipe: %s", _code(error))
            self.take(dk.NotWiped(_code(error)))
            return
        self._unwritten.clear()
        self.take(dk.Wiped())
        await self._on_status(NOTHING_HELD)


def _code(error: Refused | ConnectionError) -> str:
    return str(error.p_code) if isinstance(error, Refused) else "E41"
