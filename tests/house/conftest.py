"""A whole domain with two phones on two desks, each a process of its own; the CRS runs in here, watched."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from board.desk.link import DeskClient
from crs.config import Config
from crs.flows import Connection
from crs.relay import Side
from crs.server import CRS
from demo.call import SPEECH, give_voice
from demo.house import House, Person
from demo.people import DRAWN_S, enrol, leave_alone
from tests.house.registry import Registry


class WatchedHouse(House):
    """A house whose CRS keeps everything that passes it: `datagrams` of media, `signalling` after TLS."""

    def serve_crs(self) -> None:
        self.datagrams: list[tuple[Side, bytes]] = []
        self.signalling: list[bytes] = []
        self._serving: tuple[asyncio.AbstractEventLoop, CRS] | None = None
        ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(ready,), daemon=True)
        self._thread.start()
        assert ready.wait(10)

    def _serve(self, ready: threading.Event) -> None:
        asyncio.run(self._until_stopped(ready))

    async def _until_stopped(self, ready: threading.Event) -> None:
        # Tests call and enrol at a pace that no person does.
        config = Config(
            listen="127.0.0.1",
            port=self.port,
            invites_burst=1000,
            enrolments_burst=1000,
            partner_lists_every=1,
        )
        crs = CRS(self.crs_home, config=config, observe_file=self.observations, on_packet=self._keep_datagram)
        self.crs = crs
        self._stopped = asyncio.Event()
        self.loop = asyncio.get_running_loop()
        async with crs:
            ready.set()
            await self._stopped.wait()

    def _keep_datagram(self, relay_id: str, side: Side, packet: memoryview) -> None:
        self.datagrams.append((side, bytes(packet)))

    def stop_crs(self) -> None:
        """The server goes away, as if its plug were pulled."""
        self.loop.call_soon_threadsafe(self._stopped.set)
        self._thread.join(10)
        assert not self._thread.is_alive()

    def desk(self, person: Person) -> DeskClient:
        return DeskClient(self.phone(person))

    @asynccontextmanager
    async def desks(self) -> AsyncIterator[tuple[DeskClient, DeskClient]]:
        """Both desks, handsets down and phones ready; and so they are left."""
        caller, callee = self.people[:2]
        async with self.desk(caller) as here, self.desk(callee) as there:
            await at_rest(here)
            await at_rest(there)
            yield here, there
            await at_rest(here)
            await at_rest(there)


async def open_menu(desk: DeskClient) -> None:
    """Open the menu. What is told before, as that keys end soon on some days of a month, is put away."""
    async with asyncio.timeout(20):
        while not any("Call log" in line for line in desk.text):
            if desk.text and desk.text[-1].endswith(("Menu", "OK")):
                await desk.press("soft4")
            with contextlib.suppress(TimeoutError):
                await desk.until("Call log", DRAWN_S)


async def at_rest(desk: DeskClient) -> None:
    """Lay the handset down, put away whatever is shown, and wait until the phone is ready."""
    await leave_alone(desk)


def says(*words: str) -> Callable[[DeskClient], bool]:
    """Whether a screen says all of it."""
    return lambda desk: all(one in "\n".join(desk.text) for one in words)


def digits(person: Person) -> str:
    """What a colleague dials."""
    return person.tel.replace("+44", "0")


async def call(here: DeskClient, there: DeskClient, callee: Person) -> None:
    """Dial and answer; return when both ends show that the call is secure."""
    await here.lift()
    await here.press(digits(callee) + "#")
    await there.until("identity checked")
    await there.lift()
    await here.until("Secure – verified")
    await there.until("Secure – verified")


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WatchedHouse]:
    """Two phones, enrolled by their cameras and ready. The first one's microphone hears recorded speech."""
    patch = pytest.MonkeyPatch()
    with WatchedHouse(tmp_path_factory.mktemp("house"), sound="file") as house:
        receive = Connection.data_received

        def watched(connection: Connection, data: bytes) -> None:
            house.signalling.append(bytes(data))
            receive(connection, data)

        patch.setattr(Connection, "data_received", watched)
        house.create_domain()
        house.add_people()
        for person in house.people:
            house.issue_card(person)
            give_voice(house.phone(person), SPEECH if person is house.people[0] else None)
        house.start_crs(house.export())
        for person in house.people:
            house.start_phone(person)
        asyncio.run(enrol_all(house))
        yield house
        house.stop_crs()
    patch.undo()


@pytest.fixture(scope="module")
def registry(house: WatchedHouse) -> Registry:
    """The CMS of the house, and what its CRS logs."""
    return Registry(house)


async def enrol_all(house: WatchedHouse) -> None:
    for person in house.people:
        async with house.desk(person) as desk:
            await enrol(desk, house.card(person), house.codes[person.tel])


def processes(home: Path, service: str | None = None) -> list[int]:
    """The process numbers of a service of the phone in `home`, or of everything that runs for it."""
    wanted = {str(home).encode()} | ({f"firmware.services.{service}".encode()} if service else set())
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
            except (FileNotFoundError, ProcessLookupError):
                continue
            if wanted <= set(words):
                found.append(int(entry.name))
    return found
