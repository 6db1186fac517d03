"""Two organisations, each with CMS, CRS and a phone, told of each other; and what passes their servers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from board.desk.link import DeskClient
from cms.domain import Domain
from cms.store import open_store
from crs.flows import Connection
from demo.call import SPEECH, give_voice
from demo.house import Person, wait_until
from demo.introduction import introduce, knows_media, linked
from demo.partners import ASHA, KARL, abroad
from tests.house.conftest import WatchedHouse, at_rest, enrol_all


@dataclass
class Border:
    """Two houses and what has passed their two servers."""

    home: WatchedHouse
    away: WatchedHouse
    signalling: list[bytes] = field(default_factory=list)

    @asynccontextmanager
    async def desks(self) -> AsyncIterator[tuple[DeskClient, DeskClient]]:
        """Both desks, handsets down and phones ready; and so they are left."""
        async with self.home.desk(ASHA) as here, self.away.desk(KARL) as there:
            await at_rest(here)
            await at_rest(there)
            yield here, there
            await at_rest(here)
            await at_rest(there)


def load(house: WatchedHouse) -> None:
    """`cms export`, carried, `crs load` beside the running server."""
    house.crs_command("load", "--media", str(house.export()))


def domain_of(house: WatchedHouse) -> Domain:
    with open_store(house.store, house.passphrase.read_text().strip()) as store:
        return store.domain


@contextmanager
def standing(folder: Path) -> Iterator[Border]:
    """Two domains with a phone each, enrolled, and told of each other. Asha's microphone hears speech."""
    patch = pytest.MonkeyPatch()
    home = WatchedHouse(folder / "home", people=(ASHA,), sound="file")
    away = WatchedHouse(
        folder / "away", people=(KARL,), sound="file", domain="partner.example", organisation="Partner GmbH"
    )
    with home, away:
        border = Border(home, away)
        receive = Connection.data_received

        def watched(connection: Connection, data: bytes) -> None:
            border.signalling.append(bytes(data))
            receive(connection, data)

        patch.setattr(Connection, "data_received", watched)
        for house in (home, away):
            house.create_domain()
            house.add_people()
            for person in house.people:
                house.issue_card(person)
                give_voice(house.phone(person), SPEECH if person is ASHA else None)
        introduce(home, away)
        introduce(away, home)
        for house in (home, away):
            house.start_crs(house.export())
        for house in (home, away):
            house.start_phone(house.people[0])
            asyncio.run(enrol_all(house))
            asyncio.run(knows_media(house))
            wait_until(lambda house=house: linked(house), "the servers do not find each other")
        yield border
        home.stop_crs()
        away.stop_crs()
    patch.undo()


async def call(here: DeskClient, there: DeskClient, callee: Person) -> None:
    await here.lift()
    await here.press(abroad(callee) + "#")
    await there.until("incoming secure call")
    await there.lift()
    await here.until("Secure – verified")
    await there.until("Secure – verified")
