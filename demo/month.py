"""The change of a month, told as it happens: 28 November to 5 December with fifty phones.

    python -m demo.month [--phones 50] [--keep DIR]

The CMS, the CRS and two whole phones are processes used by their own commands; the other phones are key
stores with lines, in this process. All share a clock that the story moves. Exit status 0 if all of it held.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console

from board.desk.link import DeskClient
from cms import domain as domains
from cms import store
from demo.bare import BarePhone
from demo.house import CommandFailed, House, Person, run
from demo.people import enrol, leave_alone
from demo.timeline import Timeline, under_story_time
from firmware.interfaces import Refused

WHOLE = (Person("+441632960001", "Asha Okafor"), Person("+441632960002", "Łukasz Żak"))
FETCH_S = 60.0
LIMITS = 'max_connections_per_host = 1000\nenrolments_burst = 1000\nrelay_ports = "20000-20999"\n'
"""Fifty phones on one desk share one address."""

console = Console(highlight=False)


class StoryBroken(RuntimeError):
    """Something that must hold did not; the text says what."""


@dataclass(slots=True)
class Story:
    """What is told, and what went wrong."""

    clock: Timeline
    broken: list[str] = field(default_factory=list)

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        """Tell one step with the story's date and how long it took in truth."""
        began = time.monotonic()
        yield
        took = time.monotonic() - began
        console.print(
            f"  {self.clock.now:%d %b %H:%M:%S}  [green]✓[/] {what:<66} {took:6.2f} s", soft_wrap=True
        )

    def holds(self, what: str, held: bool) -> None:
        """Note something that must hold."""
        if not held:
            raise StoryBroken(what)


def main(argv: list[str] | None = None) -> int:
    """Tell the story; return the exit status."""
    parser = argparse.ArgumentParser(prog="demo.month", description="The change of a month, as it happens.")
    parser.add_argument("--phones", type=int, default=50, help="how many, two of them whole (default: 50)")
    parser.add_argument("--keep", type=Path, help="use this directory and keep it (it must be empty or new)")
    arguments = parser.parse_args(argv)
    if arguments.phones < 6:
        parser.error("six phones at least: two whole ones, two that are away, two that stay")
    status = under_story_time("demo.month", sys.argv[1:] if argv is None else argv)
    if status is not None:
        return status
    directory = arguments.keep or Path(tempfile.mkdtemp(prefix="sottovoce-month-"))
    if directory.exists() and any(directory.iterdir()):
        parser.error(f"{directory} is not empty")
    logging.getLogger("sottovoce").setLevel(logging.CRITICAL)  # the story tells what is refused, and why
    story = Story(Timeline())
    try:
        with House(directory, people=WHOLE) as house:
            asyncio.run(tell(story, house, arguments.phones - len(WHOLE)))
    except (StoryBroken, CommandFailed, TimeoutError, ConnectionError, Refused) as error:
        console.print(f"  [red]✗[/] {error}\n\nThe logs are in {directory}.", soft_wrap=True)
        return 1
    if not arguments.keep:
        shutil.rmtree(directory)
    return 0


def beginning(now: datetime) -> datetime:
    """The next 28 November, nine o'clock, that is not over."""
    when = datetime(now.year, 11, 28, 9, tzinfo=UTC)
    return when if when >= now else when.replace(year=now.year + 1)


async def tell(story: Story, house: House, bare: int) -> None:
    """The whole story. Raises StoryBroken."""
    begin = beginning(story.clock.now)
    story.clock.go_to(begin)
    month, year = begin.replace(day=1, hour=0) + timedelta(days=31), begin.year
    december, new = datetime(year, 12, 1, tzinfo=UTC), f"{year}-12"
    assert month.month == 12
    async with AsyncExitStack() as stack:
        phones = await set_up(story, house, bare)
        for phone in phones:
            stack.push_async_callback(phone.switch_off)
        here, there = [await stack.enter_async_context(DeskClient(house.phone(person))) for person in WHOLE]
        present, away = phones[:-2], phones[-2:]
        with story.step("two phones are switched off and taken on a journey"):
            for phone in away:
                await phone.switch_off()
        await carry(story, house, present, new)
        captured = await present[0].message(present[1].person.tel)
        story.clock.go_to(december - timedelta(seconds=8))
        await over_midnight(story, here, there, december)
        await new_month(story, present, captured)
        story.clock.go_to(december + timedelta(days=1, hours=9))
        await home_again(story, away, present[0], new)
        story.clock.go_to(december + timedelta(days=3, minutes=11))
        await destroyed(story, house, phones, new)
        story.clock.go_to(december + timedelta(days=4, hours=9))
        await all_is_well(story, phones, here, there)


async def set_up(story: Story, house: House, bare: int) -> list[BarePhone]:
    """A domain with everybody in it, enrolled and connected; return the bare phones."""
    with story.step("CMS: a new domain whose master secrets change each month, two users"):
        house.create_domain()
        house.cms("policy", "set", "rotate", "monthly")
        house.add_people()
        for person in WHOLE:
            house.issue_card(person)
    people = [Person(f"+4416329601{number:02}", f"Person {number}") for number in range(bare)]
    with story.step(f"CMS: {bare} more users and their cards"):
        cards = issue_many(house, people)
    with story.step("CRS: initialised from the first media, and serving"):
        media = house.export()
        house.crs_home.mkdir(exist_ok=True)
        (house.crs_home / "crs.toml").write_text(LIMITS)
        house.start_crs(media)
    with story.step("two whole phones enrol by their cameras"):
        for person in WHOLE:
            house.start_phone(person)
            async with DeskClient(house.phone(person)) as desk:
                await enrol(desk, house.card(person), house.codes[person.tel])
    phones = [BarePhone(person, house.directory / f"bare-{person.tel}") for person in people]
    with story.step(f"{bare} bare phones enrol and register"):
        for phone, (text, code) in zip(phones, cards, strict=True):
            await phone.enrol(text, code)
            phone.switch_on()
        async with asyncio.timeout(FETCH_S):
            for phone in phones:
                await phone.up.wait()
    return phones


def issue_many(house: House, people: Sequence[Person]) -> list[tuple[str, str]]:
    """Add people and issue their cards in one go; return each card's text and transfer code."""
    cards = []
    words = house.passphrase.read_text().strip()
    with store.open_store(house.store, words, action="cms user card") as opened:
        domain, now = opened.domain, int(time.time())
        for person in people:
            domain = domains.add_user(domain, tel=person.tel, name=person.name, now=now)
            domain, letter = domains.issue_card(domain, tel=person.tel, now=now)
            assert letter.transfer_code is not None
            cards.append((letter.text, letter.transfer_code))
        opened.save(domain)
    return cards


async def carry(story: Story, house: House, present: Sequence[BarePhone], new: str) -> None:
    """Export, review, load, fetch."""
    media = house.directory / "december"
    with story.step(f"CMS: cms month export {new}"):
        said = house.cms("month", "export", new, "--media", str(media))
        story.holds(f"the export is for everybody: {said}", f"{2 * (len(present) + 4)} packs" in said)
        story.holds(f"it has new master secrets: {said}", f"New master secrets serve from {new} on" in said)
    home = ["--home", str(house.crs_home)]
    load = [sys.executable, "-m", "crs.cli", "keys", "load", "--media", str(media), *home]
    with story.step("CRS: crs keys load is refused before the log was reviewed"):
        try:
            run(load, dict(os.environ))
        except CommandFailed as refusal:
            story.holds("the refusal names the review", "crs log review --ack" in str(refusal))
        else:
            raise StoryBroken("the keys were loaded without a review")
    with story.step("CRS: crs log review --ack"):
        run([sys.executable, "-m", "crs.cli", "log", "review", "--ack", *home], dict(os.environ))
    with story.step("CRS: crs keys load"):
        run(load, dict(os.environ))
    with story.step(f"{len(present)} bare phones were told, fetched, verified and stored {new}"):
        async with asyncio.timeout(FETCH_S):
            for phone in present:
                await phone.until(new)
    with story.step("the two whole phones too"):
        for person in WHOLE:
            async with DeskClient(house.phone(person)) as desk:
                await leave_alone(desk)
                await desk.until("31 Dec", FETCH_S)


async def over_midnight(story: Story, here: DeskClient, there: DeskClient, december: datetime) -> None:
    """A call that begins in November and goes on in December."""
    with story.step("a call begins in the last seconds of November"):
        await here.lift()
        await here.press(WHOLE[1].tel[-4:] + "#")
        await there.until("identity checked", 30)
        await there.lift()
        for desk in (here, there):
            await desk.until("Secure – verified", 30)
        story.holds("it is still November", story.clock.now < december)
    with story.step("midnight (UTC) passes; nobody hears it"):
        async with asyncio.timeout(60):
            while story.clock.now < december + timedelta(seconds=2):
                seen = here.news
                await here.changed(seen)
        for desk in (here, there):
            story.holds("the call goes on, secure", any("Secure – verified" in line for line in desk.text))
    with story.step("they hang up, and a call in December is set up at once"):
        for desk in (here, there):
            await desk.hang_up()
            await leave_alone(desk)
        await here.lift()
        await here.press(WHOLE[1].tel[-4:] + "#")
        await there.until("identity checked", 30)
        await there.lift()
        await here.until("Secure – verified", 30)
        for desk in (here, there):
            await desk.hang_up()
            await leave_alone(desk)


async def new_month(story: Story, present: Sequence[BarePhone], captured: bytes) -> None:
    """Everybody calls with the new keys; what is of the old month is refused."""
    with story.step(f"{len(present)} bare phones call each other in a ring with December's keys"):
        for caller, callee in zip(present, [*present[1:], present[0]], strict=True):
            async with asyncio.timeout(FETCH_S):
                await caller.call(callee)
            story.holds(f"{callee.person.name} verified", callee.verified[-1:] == [caller.person.tel])
    with story.step("an I_MESSAGE of 28 November, sent again, is refused (488)"):
        await present[0].offer(present[1], captured)
        story.holds("it was refused", present[1].refused == ["E34"])


async def home_again(story: Story, away: Sequence[BarePhone], friend: BarePhone, new: str) -> None:
    """Who was away fetches late and is there again."""
    with story.step("the travellers switch on: no keys for December yet, so no calls"):
        for phone in away:
            try:
                await phone.message(friend.person.tel)
            except Refused as refusal:
                story.holds("they are told to fetch keys", refusal.p_code == "E30")
            else:
                raise StoryBroken("a phone without December's keys could call")
            phone.switch_on()
    with story.step("they fetch December's keys, call and are called"):
        async with asyncio.timeout(FETCH_S):
            for phone in away:
                await phone.until(new)
                await phone.up.wait()
                await phone.call(friend)
                await friend.call(phone)
        story.holds("their calls verified", [p.verified[-1] for p in away] == [friend.person.tel] * len(away))


async def destroyed(story: Story, house: House, phones: Sequence[BarePhone], new: str) -> None:
    """72 hours into December nothing of November is left, on the phones and in the CMS."""
    with story.step("November's keys are destroyed 72 hours after it ended"):
        for phone in phones:
            await phone.tidy()
            story.holds(f"{phone.person.name} holds December alone", phone.status.months == [new])
    with story.step("CMS: November's master secrets are destroyed"):
        said = house.cms("master", "destroy", "--before", new)
        story.holds(f"no key of November is made again: {said}", "no key of these months" in said)


async def all_is_well(story: Story, phones: Sequence[BarePhone], here: DeskClient, there: DeskClient) -> None:
    """5 December: everybody is still there."""
    with story.step(f"all {len(phones)} bare phones are connected and call"):
        for caller, callee in zip(phones, [*phones[1:], phones[0]], strict=True):
            async with asyncio.timeout(FETCH_S):
                await caller.call(callee)
            story.holds(f"{callee.person.name} verified", callee.verified[-1] == caller.person.tel)
    with story.step("and so do the two whole ones"):
        await leave_alone(here)
        await leave_alone(there)
        await here.lift()
        await here.press(WHOLE[1].tel[-4:] + "#")
        await there.until("identity checked", 30)
        await there.lift()
        await here.until("Secure – verified", 30)
        await here.hang_up()
        await there.hang_up()


if __name__ == "__main__":
    sys.exit(main())
