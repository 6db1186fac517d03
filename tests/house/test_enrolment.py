"""A late clock, bad packs and power cuts while a phone is enrolled: it says so, and nothing is lost."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from board.desk.link import DeskClient
from cms.domain import Letter
from crs.effects import Identity
from crs.provisioning import Provisioning
from demo.call import give_voice
from demo.house import Person, wait_until
from firmware.phone_interface import PhoneInterface
from firmware.varlink import connect, socket_path
from tests.house.conftest import WatchedHouse, at_rest, call, processes, says
from tests.house.enrolling import enrolled, enrolled_or_ready, present, show
from tests.house.registry import Registry, flipped, issued, print_card

CARLA = Person("+441632960011", "Carla Dias")
DINA = Person("+441632960012", "Dina Engel")
EMIL = Person("+441632960013", "Emil Falk")
FREYA = Person("+441632960014", "Freya Gill")
GUS = Person("+441632960015", "Gus Hall")


@pytest.fixture(scope="module")
def letters(registry: Registry) -> dict[str, Letter]:
    return registry.issue([CARLA, DINA, EMIL, FREYA, GUS])


# --- a phone of its own, for what may go wrong after the card -----------------------------------------------


class Spare:
    """A third phone in the house, with its owner of the moment (None: blank)."""

    def __init__(self, house: WatchedHouse) -> None:
        self.house = house
        self.place = Person("+441632960099", "Nobody")
        self.home = house.phone(self.place)
        self.owner: Person | None = None

    def start(self) -> None:
        self.house.start_phone(self.place)

    def cut_power(self) -> None:
        """The plug is pulled: nothing of the phone runs on, not even for a moment's tidying."""
        child = self.house.children.pop(self.home.name, None)
        if child is None:
            return
        child.popen.kill()
        child.popen.wait()
        running = processes(self.home)
        for process in running:
            with contextlib.suppress(ProcessLookupError):  # the camera's decoder dies with its service
                os.kill(process, signal.SIGKILL)
        wait_until(lambda: all(map(dead, running)), "something of the phone lives on")

    def cut_power_when_stored(self, before: dict[str, tuple[int, int]]) -> None:
        """Cut it at the first sign that the vault is being written."""
        deadline = time.monotonic() + 20
        while stored(self.home) == before:
            assert time.monotonic() < deadline, "nothing was stored"
        self.cut_power()

    @property
    def desk(self) -> DeskClient:
        return DeskClient(self.home)

    async def registered(self) -> None:
        """Wait until the phone is registered, whatever its screen shows."""
        connection = await connect(socket_path(self.home, "phone"), PhoneInterface, patience_s=10)
        try:
            async with asyncio.timeout(20):
                while not (await connection.call.Status())["status"].registered:  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
        finally:
            connection.close()

    async def serves(self, owner: Person) -> None:
        """Hold the phone to it that it is `owner`'s: ready, and called by Asha."""
        self.owner = owner
        async with self.desk as there, self.house.desk(self.house.people[0]) as here:
            await at_rest(there)
            assert says("Ready for secure calls", owner.name)(there)
            await at_rest(here)
            await call(here, there, owner)
            await at_rest(here)
            await at_rest(there)


def stored(home: Path) -> dict[str, tuple[int, int]]:
    """What the vault's files look like from outside."""
    look = {}
    for entry in (home / "vault").iterdir():
        with contextlib.suppress(FileNotFoundError):
            look[entry.name] = (entry.stat().st_mtime_ns, entry.stat().st_size)
    return look


def dead(process: int) -> bool:
    """Whether a process is gone, with every socket and file it had."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return True


@pytest.fixture(scope="module")
def spare(house: WatchedHouse) -> Iterator[Spare]:
    spare = Spare(house)
    give_voice(spare.home, None)
    spare.start()
    yield spare
    spare.cut_power()


def test_a_phone_whose_clock_is_late_refuses_a_good_card_and_stays_as_it_was(
    spare: Spare, registry: Registry, tmp_path: Path
) -> None:
    card = print_card(issued(registry.domain, spare.house.people[0].tel), tmp_path)
    clock = spare.home / "clock-offset"

    async def story() -> None:
        async with spare.desk as there:
            await there.until("Menu")
            before = there.text
            clock.write_text(str(8 * 86400))
            try:
                await show(there, card, "E05")
                assert says("Code has expired")(there)
            finally:
                clock.unlink()
            await there.press("soft1")
            await there.until(lambda desk: desk.text == before)

    asyncio.run(story())


# --- bad packs ----------------------------------------------------------------------------------------------


async def owned(spare: Spare, letters: dict[str, Letter], folder: Path) -> Person:
    """Have the spare phone be somebody's and at rest; return whose it is."""
    if spare.home.name not in spare.house.children:
        spare.start()
    async with spare.desk as desk:
        await desk.until(lambda desk: bool(desk.text) and desk.text[-1].strip("-| ") != "")
        if desk.text[-1].startswith("Cancel"):
            await desk.press("soft1")
        await desk.until("Menu")
        if spare.owner is None:
            await present(desk, letters[CARLA.tel], folder)
            await enrolled(desk, CARLA)
            spare.owner = CARLA
    return spare.owner


def test_a_pack_with_a_flipped_bit_is_refused_and_the_old_identity_goes_on_until_a_whole_one_comes(
    spare: Spare, registry: Registry, letters: dict[str, Letter], tmp_path: Path
) -> None:
    letter = letters[FREYA.tel]
    serial = letter.card.serial

    async def story() -> None:
        before = await owned(spare, letters, tmp_path)
        whole = registry.pack(serial)
        registry.put_pack(serial, flipped(whole, len(whole) // 2))
        async with spare.desk as there:
            await there.until("Menu")
            await present(there, letter, tmp_path)
            await there.until("Keys not genuine", 20)
            assert says("Server sent false keys. Tell security. E04")(there)
            for at, words in ((1, "Keys came damaged"), (-1, "Keys not genuine")):
                registry.put_pack(serial, flipped(whole, at))
                await there.press("soft4")
                await there.until(words)
            await there.press("soft1")
        await spare.serves(before)
        registry.put_pack(serial, whole)
        async with spare.desk as there:
            await there.until("Menu")
            await present(there, letter, tmp_path)
            await enrolled(there, FREYA)
        await spare.serves(FREYA)

    asyncio.run(story())


# --- power cuts ---------------------------------------------------------------------------------------------


class Silence:
    """While it is entered, the CRS takes every first contact and answers none before `end`."""

    def __init__(self, house: WatchedHouse, patch: pytest.MonkeyPatch) -> None:
        self._house, self._patch = house, patch
        self._over = asyncio.Event()

    def __enter__(self) -> Silence:
        answer = Provisioning.enrol

        async def later(provisioning: Provisioning, body: bytes, host: str) -> bytes:
            await self._over.wait()
            return await answer(provisioning, body, host)

        self._patch.setattr(Provisioning, "enrol", later)
        return self

    def end(self) -> None:
        """Answer whoever still listens."""
        self._patch.undo()
        self._house.loop.call_soon_threadsafe(self._over.set)

    def __exit__(self, *_: object) -> None:
        self.end()


def test_a_power_cut_while_a_card_is_shown_leaves_the_old_identity(
    spare: Spare, registry: Registry, letters: dict[str, Letter], tmp_path: Path
) -> None:
    async def story() -> None:
        before = await owned(spare, letters, tmp_path)
        async with spare.desk as there:
            await there.until("Menu")
            await show(there, print_card(issued(registry.domain, DINA.tel), tmp_path), "check code")
        spare.cut_power()
        spare.start()
        await spare.serves(before)

    asyncio.run(story())


def test_a_power_cut_while_the_server_is_silent_leaves_the_old_identity_and_the_new_one_comes_later(
    spare: Spare, letters: dict[str, Letter], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story() -> None:
        before = await owned(spare, letters, tmp_path)
        with Silence(spare.house, monkeypatch):
            async with spare.desk as there:
                await there.until("Menu")
                await present(there, letters[DINA.tel], tmp_path)
                await there.until("Asking the server", 20)
            spare.cut_power()
            spare.start()
            async with spare.desk as there, spare.house.desk(spare.house.people[0]) as here:
                await there.until("Asking the server", 20)
                await at_rest(here)
                await spare.registered()
                await call(here, there, before)
                await at_rest(here)
                await there.hang_up()
                await there.until("Asking the server")
        spare.cut_power()
        spare.start()
        async with spare.desk as there:
            await enrolled(there, DINA)
        await spare.serves(DINA)

    asyncio.run(story())


def test_a_power_cut_after_the_server_used_the_card_up_costs_no_card(
    spare: Spare,
    registry: Registry,
    letters: dict[str, Letter],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The answer is lost with the power; the same phone asks again and is known."""
    first_pack = Provisioning._first_pack
    cuts: list[str] = []

    async def and_cut(self: Provisioning, identity: Identity, *about: Any) -> bytes:
        octets = await first_pack(self, identity, *about)
        if not cuts:
            cuts.append(identity.tel)
            spare.cut_power()
        return octets

    monkeypatch.setattr(Provisioning, "_first_pack", and_cut)

    async def story() -> None:
        await owned(spare, letters, tmp_path)
        cuts.clear()
        async with spare.desk as there:
            await there.until("Menu")
            await present(there, letters[EMIL.tel], tmp_path)
            await there.until(lambda desk: not desk.connected, 20)
        assert cuts == [EMIL.tel]
        await asyncio.to_thread(
            wait_until, lambda: registry.knows("enrolled", EMIL), "the card is not used up"
        )
        spare.start()
        async with spare.desk as there:
            await enrolled(there, EMIL)
        await spare.serves(EMIL)
        assert not registry.knows("card-used-twice", EMIL)

    asyncio.run(story())


def test_a_power_cut_while_keys_are_being_stored_leaves_the_old_identity_or_the_new_one(
    spare: Spare, letters: dict[str, Letter], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once when the card's keys go beside the old ones, once when the pack makes them the identity."""

    async def story() -> None:
        before = await owned(spare, letters, tmp_path)
        with Silence(spare.house, monkeypatch) as silence:
            async with spare.desk as there:
                await there.until("Menu")
                await present(there, letters[GUS.tel], tmp_path)
                await asyncio.to_thread(spare.cut_power_when_stored, stored(spare.home))
            spare.start()
            async with spare.desk as there:
                await there.until(
                    lambda desk: says("Asking the server")(desk) or says("Ready for secure calls")(desk), 20
                )
                if says(before.name)(there):
                    await present(there, letters[GUS.tel], tmp_path)
                    await there.until("Asking the server", 20)
                before_the_pack = stored(spare.home)
                silence.end()
                await asyncio.to_thread(spare.cut_power_when_stored, before_the_pack)
            spare.start()
        async with spare.desk as there:
            await enrolled_or_ready(there, GUS)
        await spare.serves(GUS)

    asyncio.run(story())
