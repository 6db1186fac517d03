"""A phone on a board without a battery: each start is on the same day, long before the server was set up."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from board.desk.link import DeskClient
from cms.domain import Letter
from demo.call import give_voice
from demo.house import Person
from firmware.clock import BUILT
from tests.house.conftest import WatchedHouse, at_rest, call, says
from tests.house.enrolling import enrolled, present
from tests.house.registry import Registry

HANA = Person("+441632960021", "Hana Ito")
IVO = Person("+441632960022", "Ivo Jun")
TIME = re.compile(r"\d\d:\d\d")


@pytest.fixture(scope="module")
def letters(registry: Registry) -> dict[str, Letter]:
    return registry.issue([HANA, IVO])


class Phone:
    """A phone whose board shows `epoch` (Unix seconds) whenever its power comes."""

    def __init__(self, house: WatchedHouse, place: Person, epoch: float) -> None:
        self.house, self.place, self.epoch = house, place, epoch
        self.home = house.phone(place)
        give_voice(self.home, None)

    def start(self) -> None:
        (self.home / "clock-offset").write_text(str(self.epoch - time.time()))
        self.house.start_phone(self.place)

    def stop(self) -> None:
        child = self.house.children.pop(self.home.name, None)
        if child is not None:
            child.stop()


@pytest.fixture(params=[(HANA, 0.0), (IVO, float(BUILT))], ids=["1970", "the image's day"])
def phone(house: WatchedHouse, request: pytest.FixtureRequest) -> Iterator[Phone]:
    owner, epoch = request.param
    phone = Phone(house, owner, epoch)
    phone.start()
    yield phone
    phone.stop()


def tells_the_time(desk: DeskClient) -> bool:
    """Whether the screen shows the time of this minute, or of the one before."""
    now = time.time()
    return any(datetime.fromtimestamp(now - ago).strftime("%H:%M") in desk.text for ago in (0, 60))


def test_it_enrols_registers_again_after_a_restart_and_shows_no_time_that_is_wrong(
    house: WatchedHouse, phone: Phone, letters: dict[str, Letter], tmp_path: Path
) -> None:
    async def blank() -> None:
        async with DeskClient(phone.home) as desk:
            await desk.until("Not enrolled")
            assert not any(TIME.fullmatch(line) for line in desk.text)
            await present(desk, letters[phone.place.tel], tmp_path)
            await enrolled(desk, phone.place)
            await desk.until(tells_the_time)

    async def started_again() -> None:
        async with DeskClient(phone.home) as desk, house.desk(house.people[0]) as here:
            await at_rest(desk)
            assert says("Ready for secure calls", phone.place.name)(desk)
            await desk.until(tells_the_time)
            await at_rest(here)
            await call(here, desk, phone.place)
            await at_rest(here)
            await at_rest(desk)

    asyncio.run(blank())
    phone.stop()
    phone.start()
    asyncio.run(started_again())
