"""The phone service: what the person touches and sees, and the line to the CRS.

    keypad, hook ─► fingers ─► call machine (calling) ─► line (standing), keys, media
                            ─► enrolment (enrolling)  ─► scan, keys, first contact    ─► screen (showing)
                            ─► desk (minding)         ─► records, PIN, self-test

It never reads the vault's files and never touches sound.

    python -m firmware.services.phone --board virtual --home DIR
"""

import argparse
import asyncio
import collections.abc
import contextlib
import logging
import signal
from pathlib import Path
from typing import TYPE_CHECKING

from asyncvarlink import varlinkmethod
from asyncvarlink.interface import LastResult

from board.ports import Board, open_board
from crypto.fields import month_of
from drivers.ports import HookEvent, KeyEvent
from firmware import call_effects as do
from firmware import call_events as on
from firmware import call_state as at
from firmware import desk_words as dk
from firmware import enrolment_words as en
from firmware import pages, self_test
from firmware.acts import Act
from firmware.desk_state import Desk
from firmware.fingers import route
from firmware.hardening import harden
from firmware.house import KEYS_SHUT, House
from firmware.interfaces import (
    KeysInterface,
    KeysStatus,
    MediaEvent,
    MediaInterface,
    Refused,
    ScanInterface,
)
from firmware.phone_interface import PhoneInterface, PhoneStatus, SelfTestEvent
from firmware.self_test_report import report
from firmware.services.calling import Calling
from firmware.services.enrolling import Enrolling
from firmware.services.errands import Errands
from firmware.services.fetching import Fetching
from firmware.services.keeper import Keeper
from firmware.services.marks import Marks
from firmware.services.minding import Minding
from firmware.services.showing import Showing
from firmware.services.standing import Standing
from firmware.services.testing import TestHands
from firmware.services.updating import Updating
from firmware.services.wall import Wall
from firmware.site_settings import site_settings
from firmware.update_interface import UpdateInterface
from firmware.update_paths import COMPATIBLE
from firmware.varlink import serving, socket_path, when_caller_leaves

if TYPE_CHECKING:
    from sip import events as sip

SECOND_S, HURRY_S = 1.0, 0.1
_log = logging.getLogger("sottovoce.phone")


class Phone(PhoneInterface):
    """Everything of one phone that is not keys, sound or camera. `run` does it until cancelled."""

    def __init__(self, home: Path, board: Board, marks: Marks, board_name: str = "virtual") -> None:
        self._board_name = board_name
        self._wall = Wall(board.now, lambda: self._standing.held)
        self._loop = asyncio.get_running_loop()
        self._errands = errands = Errands()
        self._lamps = lamps = board.lamps()
        self._keypad, self._hook = board.keypad(), board.hook()
        self._keys = keys = Keeper(
            home, "keys", KeysInterface, on_back=self._keys_back, on_lost=lambda: self._lost("keys")
        )
        self._media = media = Keeper(
            home, "media", MediaInterface, on_back=self._media_back, on_lost=lambda: self._lost("media")
        )
        self._scan = Keeper(home, "scan", ScanInterface, on_back=_nothing, on_lost=lambda: self._lost("scan"))
        self._monitor = Keeper(home, "media", MediaInterface, on_back=self._listen, on_lost=lambda: None)
        self._hurry = asyncio.Event()
        self._news = asyncio.Event()
        self._calling = Calling(
            home,
            keys=keys,
            media=media,
            lamps=lamps,
            marks=marks,
            errands=errands,
            on_change=self._calls_moved,
            on_log=self._call_ended,
        )
        self._calls_seen = self._calling.state
        self._standing = Standing(
            home, keys=keys, calling=self._calling, errands=errands, on_sip=self._sip, on_held=self._held
        )
        self._enrolling = Enrolling(
            home, keys=keys, errands=errands, on_change=self._show, on_enrolled=self._standing.hold
        )
        self._hands = TestHands(home, keys=keys, media=media, lamps=lamps, errands=errands, house=self._house)
        # A keypad on USB does not know what is printed on it: then the ones that every phone has.
        self._board_keys: frozenset[str] = getattr(self._keypad, "keys", None) or self_test.MANY_KEYS
        now = self._loop.time()
        self._minding = Minding(
            Desk(touched=now, began=now, settings=site_settings(home)),
            house=self._house,
            to=self._from_desk,
            keys=keys,
            media=media,
            lamps=lamps,
            test=self._hands,
            errands=errands,
            board_keys=self._board_keys,
            on_change=self._show,
            on_status=self._status_came,
        )
        self._fetching = Fetching(
            keys=keys,
            status=lambda: self._standing.held,
            month=lambda: month_of(int(self._wall.now())),
            context=self._standing.context,
            on_status=self._keys_moved,
        )
        self._update = Keeper(
            home, "update", UpdateInterface, on_back=self._update_back, on_lost=lambda: None
        )
        self._installs = Keeper(home, "update", UpdateInterface, on_back=_nothing, on_lost=lambda: None)
        self._updating = Updating(
            home,
            keeper=self._update,
            stream=self._installs,
            status=lambda: self._standing.held,
            context=self._standing.context,
            in_call=lambda: not isinstance(self._calling.state.phase, at.Idle),
            on_news=lambda news: self._minding.take(dk.UpdateMoved(news)),
        )
        self._showing = Showing(board.display(), self._house)

    # The interface

    @varlinkmethod(return_parameter="status")
    async def Status(self) -> PhoneStatus:
        """Say what is on the display and what the call machine is doing."""
        return PhoneStatus(
            screen=type(self._showing.model).__name__,
            text=list(self._showing.text),
            call=type(self._calling.state.phase).__name__,
            registered=self._standing.up,
        )

    @varlinkmethod(return_parameter="event", delay_generator=False)
    async def SelfTest(self) -> collections.abc.AsyncIterator[SelfTestEvent]:
        """Begin the self-test and follow it to its end. Refused E42 while the phone is in use."""
        house = self._house()
        if house.busy or house.calls.off_hook or house.desk.lock is not None:
            raise Refused(code="E42", text="lay the handset down and unlock the phone, then try again")
        when_caller_leaves(self._leave_test)
        self._minding.take(dk.BeginTest(self._board_keys))
        before: self_test.Test | None = None
        while True:
            self._news.clear()
            page = self._minding.state.page
            test = page.test if isinstance(page, pages.Testing) else None
            news = report(before, test)
            over = test is None or not test.part
            for event in news[:-1] if over else news:
                yield event
            if over:
                raise LastResult(news[-1])
            before = test
            await self._news.wait()

    def _leave_test(self) -> None:
        """Whoever followed the self-test has gone: unless it is over, it ends here."""
        page = self._minding.state.page
        if isinstance(page, pages.Testing) and page.test.part:
            self._minding.take(Act.CANCEL)

    async def run(self) -> None:
        """Be a phone until cancelled."""
        self._keypad.start(self._from_thread)
        self._hook.start(self._from_thread)
        if self._hook.lifted:
            self._moved(HookEvent(True))
        self._show()
        try:
            async with asyncio.TaskGroup() as group:
                for keeper in (self._keys, self._media, self._scan, self._monitor):
                    group.create_task(keeper.run())
                group.create_task(self._calling.run())
                group.create_task(self._minding.run())
                group.create_task(self._fetching.run())
                if COMPATIBLE.exists():  # only an image has an update service
                    for keeper in (self._update, self._installs):
                        group.create_task(keeper.run())
                    group.create_task(self._updating.run())
                group.create_task(self._tick())
                group.create_task(self._errands.watch())
        finally:
            await self._standing.hang_up()
            for device in (self._keypad, self._hook, self._lamps, self._showing):
                device.close()

    # Fingers

    def _from_thread(self, event: KeyEvent | HookEvent) -> None:
        self._loop.call_soon_threadsafe(self._moved, event)

    def _moved(self, event: KeyEvent | HookEvent) -> None:
        for machine, meant in route(self._house(), event):
            match machine:
                case "calls":
                    self._calling.take(meant)  # type: ignore[arg-type]
                case "enrolment":
                    self._enrolling.take(meant)  # type: ignore[arg-type]
                case _:
                    self._minding.take(meant)  # type: ignore[arg-type]
        self._hurry.set()

    def _from_desk(self, effect: dk.ForOthers) -> None:
        match effect:
            case dk.ToCalls(event):
                self._calling.take(event)
            case dk.BeginEnrolment():
                self._enrolling.take(en.Begin())
            case dk.Restart():
                self._errands.start(self._updating.restart())
            case dk.SeekUpdate():
                self._updating.soon()
            case dk.UpdateSeen():
                self._errands.start(self._updating.seen())

    # What the machines tell each other

    def _calls_moved(self) -> None:
        before, after = self._calls_seen, self._calling.state
        self._calls_seen = after
        if before != after:
            self._minding.take(dk.CallsMoved(before, after))
        self._show()

    def _call_ended(self, log: do.Log) -> None:
        self._minding.take(dk.ended(log))

    def _held(self, status: KeysStatus) -> None:
        self._minding.take(dk.StatusCame(status))

    async def _status_came(self, status: KeysStatus) -> None:
        """The vault was wiped, opened, or has another PIN."""
        self._standing.wiped()
        await self._standing.hold(status)
        self._show()

    async def _keys_moved(self, status: KeysStatus) -> None:
        """The vault took in a pack, a bulletin or a list, or was told the time."""
        await self._standing.hold(status)
        self._show()

    # The other services

    async def _keys_back(self) -> None:
        status = await self._standing.ask()
        self._show()
        if status.pending:
            self._enrolling.take(en.Resume())

    async def _media_back(self) -> None:
        await self._minding.sound_is_back()
        self._calling.sound_is_back()
        self._show()

    async def _update_back(self) -> None:
        await self._updating.back()

    async def _listen(self) -> None:
        """Follow the media service on a connection of its own, for a stream occupies one."""
        async for reply in self._monitor.stream("Monitor"):
            event: MediaEvent = reply["event"]
            self._minding.take(dk.Heard(event))
            self._calling.take_media(event)

    def _lost(self, service: str) -> None:
        self._calling.take(on.ServiceLost(service))
        if service == "keys":
            self._enrolling.take(en.KeysLost())
        self._show()

    def _sip(self, event: "sip.Event") -> None:
        from sip import events as sip  # with the line (standing): nothing comes before

        if isinstance(event, sip.Registered) and event.expires:
            self._enrolling.take(en.Registered())
            self._fetching.soon()
            if event.date is not None:
                self._errands.start(self._observe(int(event.date.timestamp())))
        if isinstance(event, sip.FlowPing):
            self._standing.round_trip_s = event.round_trip_s
            self._show()
        if isinstance(event, sip.ProfileChanged):
            self._fetching.soon()
        self._calling.take_sip(event)

    async def _observe(self, unix: int) -> None:
        try:
            status = (await self._keys.ask("ObserveTime", unix=unix))["status"]
            if status != self._standing.held:
                await self._keys_moved(status)
            self._hands.server_ahead_s = unix - self._wall.now()
        except (Refused, ConnectionError) as error:
            _log.warning("keys: ObserveTime: %s", type(error).__name__)

    # The screen, and time

    def _house(self) -> House:
        standing = self._standing
        trouble = standing.trouble if not standing.up else ""
        if not self._keys.connected:
            trouble = "E41"
        elif standing.shut:
            trouble = KEYS_SHUT
        elif not self._media.connected:
            trouble = "E40"
        return House(
            now=self._wall.local(),
            clock_known=self._wall.known,
            monotonic=self._loop.time(),
            calls=self._calling.state,
            enrolment=self._enrolling.flow,
            desk=self._minding.state,
            held=standing.held,
            trouble=trouble,
            level=self._calling.level,
            board=self._board_name,
            round_trip_s=standing.round_trip_s,
        )

    def _show(self) -> None:
        self._news.set()
        self._showing.show()

    async def _tick(self) -> None:
        """Every second; ten times a second while something is held down or tested."""
        while True:
            desk = self._minding.state
            hurried = bool(desk.held) or isinstance(desk.page, pages.Testing)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(HURRY_S if hurried else SECOND_S):
                    await (asyncio.sleep(SECOND_S) if hurried else self._hurry.wait())
            self._hurry.clear()
            self._minding.take(dk.Ticked())


async def _nothing() -> None:
    """A connection that is kept for later: nothing is asked of the camera until somebody enrols."""


async def serve(home: Path, board: Board, board_name: str) -> None:
    """Be the phone living in `home`, and serve `org.sottovoce.Phone`, until SIGTERM or SIGINT."""
    with Marks(home) as marks:
        phone = Phone(home, board, marks, board_name)
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
    asyncio.run(serve(arguments.home, open_board(arguments.board, arguments.home), arguments.board))


if __name__ == "__main__":
    main()
