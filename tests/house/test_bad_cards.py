"""Bad cards and codes: the phone says what is wrong, and stays whose it was."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from cms.domain import Domain
from demo.house import wait_until
from tests.house.conftest import WatchedHouse, call, says
from tests.house.enrolling import show, type_code
from tests.house.registry import (
    Registry,
    flipped,
    flipped_in,
    forged,
    issued,
    letter_of,
    octets_of,
    print_card,
    text_of,
)


def _newer(domain: Domain, tel: str) -> str:
    return text_of(b"\x02" + octets_of(issued(domain, tel))[1:])


BAD_CARDS: dict[str, tuple[Callable[[Domain, str], str], str, str]] = {
    "somebody's web page": (lambda *_: "https://phone.example/setup?id=41", "Not an enrolment code", "E01"),
    "our prefix of a newer kind": (lambda *_: "SV2:ABC123", "Update phone first", "E02"),
    "a newer version": (_newer, "Update phone first", "E02"),
    "cut in half": (lambda *given: issued(*given)[:400], "Code is damaged", "E03"),
    "its end missing": (lambda *given: text_of(octets_of(issued(*given))[:-90]), "Code is damaged", "E03"),
    "a bit of its form flipped": (
        lambda *given: text_of(flipped(octets_of(issued(*given)), 1)),
        "Code is damaged",
        "E03",
    ),
    "a bit of its name flipped": (
        lambda domain, tel: flipped_in(issued(domain, tel), domain.user(tel).name),
        "Code not genuine",
        "E04",
    ),
    "a bit of its signature flipped": (
        lambda *given: text_of(flipped(octets_of(issued(*given)), -1)),
        "Code not genuine",
        "E04",
    ),
    "signed by another domain": (forged, "Code not genuine", "E04"),
    "eight days old": (lambda *given: issued(*given, days=-8), "Code has expired", "E05"),
    "of a month gone by": (lambda *given: issued(*given, days=-40), "Code has expired", "E05"),
    "of a month to come": (lambda *given: issued(*given, days=40), "Code not valid yet", "E13"),
}


@pytest.mark.parametrize("what", BAD_CARDS)
def test_a_bad_card_is_refused_and_the_phone_stays_whose_it_was(
    house: WatchedHouse, registry: Registry, what: str, tmp_path: Path
) -> None:
    make, title, code = BAD_CARDS[what]
    picture = print_card(make(registry.domain, house.people[1].tel), tmp_path)

    async def story() -> None:
        async with house.desks() as (here, there):
            await show(there, picture, code)
            assert says(title)(there)
            await there.press("soft1")
            await there.until("Ready for secure calls")
            await call(here, there, house.people[1])

    asyncio.run(story())


def test_a_wrong_transfer_code_may_be_corrected_twice_then_the_card_is_put_away(
    house: WatchedHouse, registry: Registry, tmp_path: Path
) -> None:
    letter = letter_of(registry.domain, house.people[1].tel)
    assert letter.transfer_code is not None
    wrong = f"{(int(letter.transfer_code) + 1) % 10**10:010}"

    async def story() -> None:
        async with house.desks() as (here, there):
            await show(there, print_card(letter.text, tmp_path), "check code")
            await there.press("soft4")
            for left in (2, 1):
                await type_code(there, wrong)
                await there.until(f"Wrong code, {left} left")
                assert says("E10")(there)
            await type_code(there, wrong)
            await there.until("Wrong transfer code")
            assert says("Show the code again. E10")(there)
            await there.press("soft1")
            await there.until("Ready for secure calls")
            await call(here, there, house.people[1])

    asyncio.run(story())


def test_a_card_that_was_used_is_refused_to_a_second_phone_and_raises_an_alarm(
    house: WatchedHouse, registry: Registry, tmp_path: Path
) -> None:
    thief, owner = house.people

    async def story() -> None:
        async with house.desks() as (here, there):
            before = len(registry.log("card-used-twice"))
            await show(here, house.card(owner), "check code")
            await here.press("soft4")
            await type_code(here, house.codes[owner.tel])
            await here.until("Code already used", 20)
            assert "Tell security if not by you. E07" in here.text
            wait_until(lambda: len(registry.log("card-used-twice")) > before, "the CRS raises no alarm")
            alarms = registry.log("card-used-twice")[before:]
            assert [alarm.detail and alarm.detail["tel"] for alarm in alarms] == [owner.tel]
            await here.press("soft1")
            await here.until(says("Ready for secure calls", thief.name))
            await call(here, there, owner)

    asyncio.run(story())


def test_a_card_that_this_phone_used_itself_is_refused_without_asking_the_server(
    house: WatchedHouse, registry: Registry
) -> None:
    async def story() -> None:
        async with house.desks() as (_, there):
            before = len(registry.log("card-used-twice"))
            await show(there, house.card(house.people[1]), "E07")
            assert says("Code already used")(there)
            assert len(registry.log("card-used-twice")) == before
            await there.press("soft1")

    asyncio.run(story())
