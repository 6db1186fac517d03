"""Calls between two desks, as two people make them."""

from __future__ import annotations

import asyncio

import pytest

from tests.house.conftest import WatchedHouse, call, digits


def test_the_callee_sees_the_verified_caller_and_both_hear_a_secure_call(house: WatchedHouse) -> None:
    async def story() -> None:
        caller, callee = house.people
        async with house.desks() as (here, there):
            await here.lift()
            await here.press(digits(callee) + "#")
            await there.until("incoming secure call")
            assert caller.name in there.text
            await there.until(lambda desk: desk.lamps.get("ring") == "fast")
            await here.until("ringing")
            await there.lift()
            await here.until("Secure – verified")
            await there.until("Secure – verified")
            assert there.lamps["ring"] == "off"

    asyncio.run(story())


@pytest.mark.parametrize("who", ["caller", "callee"])
def test_either_side_hangs_up_and_the_other_is_told(house: WatchedHouse, who: str) -> None:
    async def story() -> None:
        async with house.desks() as (here, there):
            await call(here, there, house.people[1])
            first, other = (here, there) if who == "caller" else (there, here)
            await first.hang_up()
            await other.until("call ended")

    asyncio.run(story())


def test_a_caller_who_gives_up_stops_the_ringing(house: WatchedHouse) -> None:
    async def story() -> None:
        async with house.desks() as (here, there):
            await here.lift()
            await here.press(digits(house.people[1]) + "#")
            await there.until("incoming secure call")
            await here.hang_up()
            await there.until("missed call")
            assert there.lamps["ring"] == "off"

    asyncio.run(story())


def test_a_declined_call_says_so(house: WatchedHouse) -> None:
    async def story() -> None:
        async with house.desks() as (here, there):
            await here.lift()
            await here.press(digits(house.people[1]) + "#")
            await there.until("incoming secure call")
            await there.read()
            await there.press("soft1")
            await here.until("declined")

    asyncio.run(story())


def test_a_phone_off_its_hook_is_busy(house: WatchedHouse) -> None:
    async def story() -> None:
        async with house.desks() as (here, there):
            await there.lift()
            await there.until("dial a number")
            await here.lift()
            await here.press(digits(house.people[1]) + "#")
            await here.until("busy")

    asyncio.run(story())


def test_a_number_that_nobody_has_is_not_reachable(house: WatchedHouse) -> None:
    async def story() -> None:
        async with house.desks() as (here, _):
            await here.lift()
            await here.press("01632960777#")
            await here.until("not reachable")

    asyncio.run(story())


def test_muting_shows_on_the_lamp_and_on_the_screen(house: WatchedHouse) -> None:
    async def story() -> None:
        async with house.desks() as (here, there):
            await call(here, there, house.people[1])
            await here.press("mute")
            await here.until("muted")
            await here.until(lambda desk: desk.lamps.get("mute") == "on")
            await here.press("mute")
            await here.until(lambda desk: desk.lamps["mute"] == "off")

    asyncio.run(story())


def test_when_the_server_goes_away_the_phones_say_so_and_come_back(house: WatchedHouse) -> None:
    async def story() -> None:
        async with house.desks() as (here, there):
            await here.lift()
            await here.press(digits(house.people[1]) + "#")
            await there.until("incoming secure call")
            await asyncio.to_thread(house.stop_crs)
            await here.until("connection lost")
            await here.hang_up()
            await there.until("not connected")
            await asyncio.to_thread(house.serve_crs)
            await here.until("ready for secure calls", 30)
            await there.until("ready for secure calls", 30)

    asyncio.run(story())
