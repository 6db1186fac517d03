"""A phone that its CRS does not admit any more says so, and comes back when it is admitted again."""

from __future__ import annotations

import asyncio

from crs.database import FILE, Database
from crs.roster import Roster
from demo.house import Person
from tests.house.conftest import WatchedHouse


def admit_only(house: WatchedHouse, people: list[Person]) -> None:
    """Let the running CRS take a roster of these people alone, as if media had been loaded."""
    database = Database(house.crs_home / FILE)
    accounts = database.accounts()
    database.close()
    known = {person.tel for person in people}
    roster = Roster(account for account in accounts if account.tel in known)
    house.loop.call_soon_threadsafe(house.crs.switchboard.change_roster, roster)


def test_a_blocked_phone_says_that_it_is_not_accepted(house: WatchedHouse) -> None:
    caller, callee = house.people[:2]

    async def story() -> None:
        async with house.desks() as (here, there):
            admit_only(house, [callee])
            try:
                await here.until("phone not accepted", 20)
                await here.until("E23")
                assert "Ready for secure calls" in there.text
                await here.lift()
                await here.press("2002#")
                await here.until("E2")
            finally:
                admit_only(house, [caller, callee])
            await here.hang_up()
            await here.until("ready for secure calls", 40)

    asyncio.run(story())
