"""The hands of the self-test: lamps, microphone, tone, camera, and a look at network, clock and vault."""

from __future__ import annotations

import asyncio
import base64
import binascii
import contextlib
import logging
import secrets
from collections.abc import Callable, Coroutine
from pathlib import Path

from drivers.ports import Lamps
from firmware import self_test as test
from firmware.clock import BUILT
from firmware.house import House
from firmware.interfaces import MediaInterface, Refused, ScanInterface
from firmware.services.errands import Errands
from firmware.services.keeper import Keeper
from firmware.varlink import connect, socket_path

PATIENCE_S = 10.0
PAUSE_S = 0.5
CLOCK_WRONG_S = 120.0
"""Keys are monthly and I_MESSAGEs carry the time: a clock that is wrong by less harms nobody."""

_log = logging.getLogger("sottovoce.phone")
Tell = Callable[[test.Level | test.View | test.Looked], None]
"""Told of what was seen: `self_test.Level`, `View` or `Looked`."""


class TestHands:
    """Carries out the orders of the self-test. `server_ahead_s` says by how much the server's clock is ahead
    of ours, None if it never told.
    """

    def __init__(
        self,
        home: Path,
        *,
        keys: Keeper,
        media: Keeper,
        lamps: Lamps,
        errands: Errands,
        house: Callable[[], House],
    ) -> None:
        self.server_ahead_s: float | None = None
        self._home = home
        self._keys = keys
        self._media = media
        self._lamps = lamps
        self._errands = errands
        self._house = house
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def do(self, order: test.Order, tell: Tell) -> None:
        """Carry out one order."""
        match order:
            case test.Lamps(lit):
                self._lamps.set("ring", "on" if lit else "off")
                missed = self._house().desk.log.missed
                self._lamps.set("message", "on" if lit else "slow" if missed else "off")
            case test.Listen(active):
                self._run("listen", self._listen(tell) if active else None)
            case test.Tone(active):
                self._run("tone", self._tone("test" if active else "off"))
            case test.Camera(active):
                self._run("camera", self._watch(tell) if active else None)
            case test.Look(part):
                self._run("look", self._look(part, tell))

    def _run(self, name: str, work: Coroutine[None, None, None] | None) -> None:
        before = self._tasks.pop(name, None)
        if before is not None and before is not asyncio.current_task():
            before.cancel()
        if work is not None:
            self._tasks[name] = self._errands.start(work)

    async def _tone(self, name: str) -> None:
        try:
            await self._media.ask("Tone", name=name)
        except (Refused, ConnectionError) as error:
            _log.warning("media: Tone: %s", type(error).__name__)

    async def _listen(self, tell: Tell) -> None:
        try:
            media = await connect(socket_path(self._home, "media"), MediaInterface, patience_s=PATIENCE_S)
            with contextlib.closing(media):
                async for reply in media.call.Listen():
                    tell(test.Level(reply["level"]))
        except (ConnectionError, Refused) as error:
            # Nothing is heard then, and the test says so when its patience ends.
            _log.warning("media: Listen: %s", type(error).__name__)

    async def _watch(self, tell: Tell) -> None:
        """Follow the camera; each scan service serves one scan, so another follows when it ends."""
        view = b""
        while True:
            with contextlib.suppress(ConnectionError, Refused):
                scan = await connect(socket_path(self._home, "scan"), ScanInterface, patience_s=PATIENCE_S)
                with contextlib.closing(scan):
                    async for reply in scan.call.Scan():
                        event = reply["event"]
                        if event.kind == "view":
                            with contextlib.suppress(binascii.Error):
                                view = base64.b64decode(event.view, validate=True)
                            tell(test.View(view, min(max(event.focus, 0), 100)))
                        elif event.kind == "code":
                            # What can be read is sharp. What it says is nobody's business here.
                            tell(test.View(view, 100))
            await asyncio.sleep(PAUSE_S)

    async def _look(self, part: str, tell: Tell) -> None:
        match part:
            case "network":
                tell(await self._network())
            case "clock":
                tell(self._clock())
            case "vault":
                tell(await self._vault())

    async def _network(self) -> test.Looked:
        if not self._house().held.enrolled:
            return test.Looked("network", "skipped", "not enrolled")
        deadline = asyncio.get_running_loop().time() + PATIENCE_S
        while not self._house().calls.up:
            if asyncio.get_running_loop().time() > deadline:
                return test.Looked("network", "failed", self._house().trouble)
            await asyncio.sleep(PAUSE_S)
        return test.Looked("network", "passed")

    def _clock(self) -> test.Looked:
        if self._house().now.timestamp() < BUILT:
            return test.Looked("clock", "failed", "before this software existed")
        if self.server_ahead_s is None:
            return test.Looked("clock", "skipped", "no server to compare with")
        if abs(self.server_ahead_s) > CLOCK_WRONG_S:
            return test.Looked("clock", "failed", f"{-self.server_ahead_s:+.0f} s")
        return test.Looked("clock", "passed")

    async def _vault(self) -> test.Looked:
        if not self._house().held.enrolled:
            return test.Looked("vault", "skipped", "not enrolled")
        try:
            with await self._keys.ask("InitiateEcho", ssrc=secrets.randbits(32)):
                pass
        except Refused as error:
            return test.Looked("vault", "failed", str(error.p_code))
        except ConnectionError:
            return test.Looked("vault", "failed", "E41")
        return test.Looked("vault", "passed")
