"""The phone service: what the person touches and sees, and the line to the CRS.

    keypad, hook ─► call machine ─► line (SIP over TLS), keys, media
                 ─► enrolment    ─► scan, keys, first contact          ─► one screen
                 ─► menu

It never reads the vault's files and never touches sound.

    python -m firmware.services.phone --board virtual --home DIR
"""

import argparse
import asyncio
import logging
import os
import signal
import ssl
import uuid
from datetime import datetime
from pathlib import Path

from asyncvarlink import varlinkmethod

from board.ports import Board, open_board
from drivers.ports import HookEvent, KeyEvent
from firmware import call_events as on
from firmware import enrolment_words as en
from firmware import menu
from firmware.acts import Act
from firmware.hardening import harden
from firmware.interfaces import (
    KeysInterface,
    KeysStatus,
    MediaInterface,
    PhoneInterface,
    PhoneStatus,
    Refused,
    ScanInterface,
)
from firmware.screens import models
from firmware.screens.render import render
from firmware.services.calling import Calling
from firmware.services.enrolling import Enrolling
from firmware.services.errands import Errands
from firmware.services.keeper import Keeper
from firmware.services.line import Line, Subscription
from firmware.services.marks import Marks
from firmware.services.tls import client_context
from firmware.text import Words
from firmware.varlink import serving, socket_path
from firmware.view import KEYS_SHUT, NOTHING_HELD, House, in_a_call, view
from sip import events as sip

FRAME_S = 0.05
"""At most 20 pictures a second."""
SECOND_S = 1.0
DIALS = frozenset("0123456789*#")
_log = logging.getLogger("sottovoce.phone")


class Phone(PhoneInterface):
    """Everything of one phone that is not keys, sound or camera. `run` does it until cancelled."""

    def __init__(self, home: Path, board: Board, marks: Marks) -> None:
        self._home = home
        self._board = board
        self._loop = asyncio.get_running_loop()
        self._words = Words()
        self._errands = Errands()
        self._display, self._lamps = board.display(), board.lamps()
        self._keypad, self._hook = board.keypad(), board.hook()
        self._keys = Keeper(
            home, "keys", KeysInterface, on_back=self._keys_back, on_lost=lambda: self._lost("keys")
        )
        self._media = Keeper(
            home, "media", MediaInterface, on_back=self._media_back, on_lost=lambda: self._lost("media")
        )
        self._scan = Keeper(
            home, "scan", ScanInterface, on_back=self._scan_back, on_lost=lambda: self._lost("scan")
        )
        self._monitor = Keeper(home, "media", MediaInterface, on_back=self._listen, on_lost=lambda: None)
        self._calling = Calling(
            home,
            keys=self._keys,
            media=self._media,
            lamps=self._lamps,
            marks=marks,
            errands=self._errands,
            on_change=self._show,
        )
        self._enrolling = Enrolling(
            home, keys=self._keys, errands=self._errands, on_change=self._show, on_enrolled=self._holds
        )
        self._menu: menu.Menu = menu.Closed()
        self._held: KeysStatus = NOTHING_HELD
        self._keys_shut = False
        self._line: asyncio.Task[None] | None = None
        self._up, self._line_trouble = False, "connecting"
        self._model: models.Model | None = None
        self._text: tuple[str, ...] = ()
        self._shown_at = 0.0
        self._later: asyncio.TimerHandle | None = None

    @varlinkmethod(return_parameter="status")
    async def Status(self) -> PhoneStatus:
        """Say what is on the display and what the call machine is doing."""
        return PhoneStatus(
            screen=type(self._model).__name__,
            text=list(self._text),
            call=type(self._calling.state.phase).__name__,
            registered=self._up,
        )

    async def run(self) -> None:
        """Be a phone until cancelled."""
        self._keypad.start(self._key_from_thread)
        self._hook.start(self._cradle_from_thread)
        if self._hook.lifted:
            self._cradle(HookEvent(True))
        self._show()
        try:
            async with asyncio.TaskGroup() as group:
                for keeper in (self._keys, self._media, self._scan, self._monitor):
                    group.create_task(keeper.run())
                group.create_task(self._calling.run())
                group.create_task(self._tick())
                group.create_task(self._errands.watch())
        finally:
            await self._hang_up_line()
            for device in (self._keypad, self._hook, self._lamps, self._display):
                device.close()

    # Fingers

    def _key_from_thread(self, event: KeyEvent) -> None:
        self._loop.call_soon_threadsafe(self._key, event)

    def _cradle_from_thread(self, event: HookEvent) -> None:
        self._loop.call_soon_threadsafe(self._cradle, event)

    def _cradle(self, event: HookEvent) -> None:
        self._menu = menu.Closed()
        self._calling.take(on.Lifted() if event.lifted else on.HungUp())

    def _key(self, event: KeyEvent) -> None:
        if not event.down:
            return
        busy = in_a_call(self._calling.state)
        if event.key.startswith("soft"):
            act = view(self._house()).keys[int(event.key[4:]) - 1]
            if act is not None:
                self._act(act, busy)
        elif event.key == "mute":
            self._calling.take(Act.UNMUTE if self._calling.state.muted else Act.MUTE)
        elif not busy and not isinstance(self._enrolling.flow.phase, en.Off):
            if event.key in DIALS:
                self._enrolling.take(en.Digit(event.key))
        elif not busy and not isinstance(self._menu, menu.Closed):
            self._choose(event.key)
        elif event.key in DIALS:
            self._calling.take(on.Key(event.key))

    def _act(self, act: Act, busy: bool) -> None:
        if busy or act is Act.REDIAL:
            self._calling.take(act)
        elif not isinstance(self._enrolling.flow.phase, en.Off):
            self._enrolling.take(act)
        else:
            self._choose(act)

    def _choose(self, event: Act | str) -> None:
        self._menu, effect = menu.step(self._menu, event)
        match effect:
            case menu.BeginEnrolment():
                self._enrolling.take(en.Begin())
            case menu.WipeKeys():
                self._errands.start(self._wipe())
        self._show()

    async def _wipe(self) -> None:
        try:
            await self._keys.ask("Wipe")
        except (Refused, ConnectionError) as error:
            _log.error("keys: Wipe: %s", type(error).__name__)
            self._menu = menu.Wiping()
        else:
            self._keys_shut = False
            await self._holds(NOTHING_HELD)
        self._show()

    # The other services

    async def _keys_back(self) -> None:
        self._keys_shut, status = False, NOTHING_HELD
        try:
            status = (await self._keys.ask("Status"))["status"]
        except Refused as error:
            if error.p_code != KEYS_SHUT:
                raise
            # The service is well and stays connected: wiping goes through it.
            self._keys_shut = True
        await self._holds(status)
        self._show()
        if status.pending:
            self._enrolling.take(en.Resume())

    async def _media_back(self) -> None:
        self._calling.sound_is_back()
        self._show()

    async def _scan_back(self) -> None:
        """Nothing is asked of the camera until somebody enrols."""

    async def _listen(self) -> None:
        """Follow the media service on a connection of its own, for a stream occupies one."""
        async for reply in self._monitor.stream("Monitor"):
            self._calling.take_media(reply["event"])

    def _lost(self, service: str) -> None:
        self._calling.take(on.ServiceLost(service))
        if service == "keys":
            self._enrolling.take(en.KeysLost())
        self._show()

    async def _holds(self, status: KeysStatus) -> None:
        """The vault holds `status`: have the line that belongs to it, or none."""
        before, self._held = self._held, status
        same = (before.tel, before.domain, before.crs) == (status.tel, status.domain, status.crs)
        if self._line is not None and same and status.enrolled and status.expires == before.expires:
            return
        await self._hang_up_line()
        if status.enrolled:
            subscription = Subscription(status.tel, status.domain, status.crs, self._instance())
            line = Line(
                subscription,
                context=self._context,
                on_event=self._sip,
                on_state=lambda up, trouble: self._line_state(line, up, trouble),
            )
            self._calling.line = line
            self._line = self._errands.start(line.run())
        self._tell_line()

    async def _hang_up_line(self) -> None:
        task, self._line = self._line, None
        self._up, self._line_trouble = False, "connecting"
        self._tell_line()
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            self._calling.line = None

    async def _context(self) -> ssl.SSLContext:
        try:
            with await self._keys.ask("TLSClient") as reply:
                identity = reply["identity"]
                return client_context(identity.trust_anchor, identity.certificate, identity.key.fileno())
        except Refused as error:
            raise ConnectionError(f"no TLS identity: {error.p_code}") from error

    def _line_state(self, line: Line, up: bool, trouble: str) -> None:
        if line is self._calling.line and self._line is not None:
            self._up, self._line_trouble = up, trouble
            self._tell_line()

    def _tell_line(self) -> None:
        own = self._held.tel if self._held.enrolled else ""
        self._calling.take(on.Line(own, self._up))

    def _sip(self, event: sip.Event) -> None:
        if isinstance(event, sip.Registered):
            if event.expires:
                self._enrolling.take(en.Registered())
            if event.expires and event.date is not None:
                self._errands.start(self._observe(int(event.date.timestamp())))
        self._calling.take_sip(event)

    async def _observe(self, unix: int) -> None:
        try:
            await self._keys.ask("ObserveTime", unix=unix)
        except (Refused, ConnectionError) as error:
            _log.warning("keys: ObserveTime: %s", type(error).__name__)

    def _instance(self) -> str:
        """The URN of this device (RFC 5626 §4.1), made once."""
        path = self._home / "phone" / "instance"
        try:
            return str(uuid.UUID(path.read_text().strip()).urn)
        except (FileNotFoundError, ValueError):
            instance = uuid.uuid4()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_suffix(".new")
        with draft.open("w") as file:
            file.write(str(instance))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        return instance.urn

    # The screen

    def _house(self) -> House:
        trouble = self._line_trouble if not self._up else ""
        if not self._keys.connected:
            trouble = "E41"
        elif self._keys_shut:
            trouble = KEYS_SHUT
        elif not self._media.connected:
            trouble = "E40"
        return House(
            now=datetime.fromtimestamp(self._board.now()),
            monotonic=self._loop.time(),
            calls=self._calling.state,
            enrolment=self._enrolling.flow,
            menu=self._menu,
            held=self._held,
            trouble=trouble,
            level=self._calling.level,
        )

    def _show(self) -> None:
        """Draw now, or as soon as the last picture is old enough."""
        if self._later is not None:
            return
        wait = self._shown_at + FRAME_S - self._loop.time()
        if wait <= 0:
            self._draw()
        else:
            self._later = self._loop.call_later(wait, self._draw)

    def _draw(self) -> None:
        self._later = None
        model = view(self._house())
        if model == self._model:
            return
        self._model = model
        self._shown_at = self._loop.time()
        picture, self._text = render(model, self._words)
        self._display.show(picture, self._text)

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(SECOND_S)
            self._show()


async def serve(home: Path, board: Board) -> None:
    """Be the phone living in `home`, and serve `org.sottovoce.Phone`, until SIGTERM or SIGINT."""
    with Marks(home) as marks:
        phone = Phone(home, board, marks)
        running = asyncio.get_running_loop().create_task(phone.run())
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, running.cancel)
        async with serving(socket_path(home, "phone"), phone):
            await asyncio.wait([running])
        if not running.cancelled():
            running.result()


def main(argv: list[str] | None = None) -> None:
    """Run the phone service."""
    parser = argparse.ArgumentParser(prog="firmware.services.phone", description="Sottovoce phone service")
    parser.add_argument("--board", required=True, help="the board's name, e.g. virtual")
    parser.add_argument("--home", required=True, type=Path, help="the phone's directory")
    arguments = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    harden()
    asyncio.run(serve(arguments.home, open_board(arguments.board, arguments.home)))


if __name__ == "__main__":
    main()
