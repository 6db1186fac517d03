"""Two organisations, each with CMS, CRS and phone, call each other: a story with timings.

    python -m demo.partners [--keep DIR]

Every command is one that operators type; each server is a process, each phone four. Exit status 0 if it held.
"""

from __future__ import annotations

import argparse
import asyncio
import functools
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from board.desk.link import DeskClient
from demo.call import SPEECH, TAIL_S, Progress, console, give_voice, measure
from demo.house import CommandFailed, House, Person, wait_until
from demo.introduction import introduce, knows_media, linked, part
from demo.marks import Marks
from demo.measure import RATE, read_wave
from demo.people import enrol, leave_alone
from demo.report import Report, render

ASHA = Person("+441632960001", "Asha Okafor")
KARL = Person("+493012345601", "Karl Brandt")
HOLD_S = 2.0


@dataclass(slots=True)
class Towns:
    """The two houses: Asha's at home, Karl's away."""

    home: House
    away: House

    @classmethod
    def in_folder(cls, directory: Path) -> Towns:
        return cls(
            House(directory / "home", people=(ASHA,), sound="file"),
            House(
                directory / "away",
                people=(KARL,),
                sound="file",
                domain="partner.example",
                organisation="Partner GmbH",
            ),
        )

    @property
    def each(self) -> tuple[tuple[House, House], ...]:
        """Both, each with the other."""
        return (self.home, self.away), (self.away, self.home)

    def phone(self, person: Person) -> Path:
        """The home directory of a person's phone."""
        return (self.home if person is ASHA else self.away).phone(person)

    @asynccontextmanager
    async def desks(self) -> AsyncIterator[tuple[DeskClient, DeskClient]]:
        """Asha's desk and Karl's, left alone before and after."""
        async with DeskClient(self.phone(ASHA)) as asha, DeskClient(self.phone(KARL)) as karl:
            yield asha, karl


def abroad(person: Person) -> str:
    """What one dials from another country."""
    return "00" + person.tel.lstrip("+")


def main(argv: list[str] | None = None) -> int:
    """Tell the story; return the exit status."""
    parser = argparse.ArgumentParser(prog="demo.partners", description="Two organisations, one call.")
    parser.add_argument("--keep", type=Path, help="use this directory and keep it (it must be empty or new)")
    arguments = parser.parse_args(argv)
    directory = arguments.keep or Path(tempfile.mkdtemp(prefix="sottovoce-"))
    if directory.exists() and any(directory.iterdir()):
        parser.error(f"{directory} is not empty")
    towns = Towns.in_folder(directory)
    try:
        with towns.home, towns.away:
            report = tell_story(towns)
    except (CommandFailed, TimeoutError, ConnectionError) as error:
        console.print(f"  [red]✗[/] {error}\n\nThe logs are in {directory}.", soft_wrap=True)
        return 1
    console.print(render(report))
    for failure in report.failures:
        console.print(f"  [red]✗[/] {failure}", soft_wrap=True)
    if not arguments.keep:
        shutil.rmtree(directory)
    return 1 if report.failures else 0


def tell_story(towns: Towns) -> Report:
    """Build both houses, call both ways, part."""
    progress = Progress()
    for house, _ in towns.each:
        with progress.step(f"{house.organisation}: a domain, a user, a card"):
            house.create_domain()
            house.add_people()
            house.issue_card(house.people[0])
    with progress.step("certificates exchanged, check codes heard on the telephone"):
        for house, other in towns.each:
            introduce(house, other)
    with progress.step("two servers, each with its own media"):
        for house, _ in towns.each:
            house.start_crs(house.export())
    with progress.step("the servers have found each other"):
        for house, _ in towns.each:
            wait_until(functools.partial(linked, house), f"{house.domain} is not connected")
    with progress.step("two phones, four services each"):
        for person, speech in ((ASHA, SPEECH), (KARL, None)):
            give_voice(towns.phone(person), speech)
        for house, _ in towns.each:
            house.start_phone(house.people[0])
    report = asyncio.run(_at_the_desks(towns, progress))
    report.steps = progress.steps
    return report


async def _at_the_desks(towns: Towns, progress: Progress) -> Report:
    async with towns.desks() as (asha, karl):
        for house, desk in ((towns.home, asha), (towns.away, karl)):
            (person,) = house.people
            with progress.step(f"phone {person.tel}: enrolled, knows its partner"):
                await enrol(desk, house.card(person), house.codes[person.tel])
                await knows_media(house)
        await _ring(towns, asha, karl, progress)
        seconds = len(read_wave(SPEECH)) / RATE + TAIL_S
        with progress.step("recorded speech, through both relays"):
            await asyncio.sleep(seconds)
            await asha.until("Secure – verified")
        with progress.step("hung up, and the other side knows"):
            await asha.hang_up()
            await karl.until("call ended")
            await leave_alone(karl)
        with progress.step("what arrived, compared with what was said"):
            report = await asyncio.to_thread(measure, towns.phone, ASHA, KARL, SPEECH)
        await _back(towns, asha, karl, progress)
        await _part(towns, asha, karl, progress, report)
    return report


async def _ring(towns: Towns, asha: DeskClient, karl: DeskClient, progress: Progress) -> None:
    with progress.step(f"{ASHA.tel} dials {KARL.tel}: it rings there, verified"):
        await leave_alone(asha)
        await asha.lift()
        await asha.press(abroad(KARL) + "#")
        await karl.until("incoming secure call")
        await asha.until("ringing")
    took = Marks.read(towns.phone(KARL)).at("rings") - Marks.read(towns.phone(ASHA)).at("dialled")
    console.print(f"      Karl's screen: {' / '.join(karl.text[1:3])}   ({took:.0f} ms after the last key)")
    with progress.step("answered, both ends show that it is secure"):
        await karl.lift()
        await asha.until("Secure – verified")
        await karl.until("Secure – verified")


async def _back(towns: Towns, asha: DeskClient, karl: DeskClient, progress: Progress) -> None:
    with progress.step(f"{KARL.tel} calls back, is held, is taken up again"):
        await leave_alone(asha)
        await karl.lift()
        await karl.press(abroad(ASHA) + "#")
        await asha.until("incoming secure call")
        shown = " / ".join(asha.text[1:3])
        await asha.lift()
        await karl.until("Secure – verified")
        await asha.until("Secure – verified")
        await asha.press("soft1")
        await karl.until("held by them")
        await asyncio.sleep(HOLD_S)
        await asha.press("soft1")
        await karl.until("handset")
    console.print(f"      Asha's screen: {shown}")


async def _part(towns: Towns, asha: DeskClient, karl: DeskClient, progress: Progress, report: Report) -> None:
    """The partnership ends in the middle of a call: newer media, and nothing else."""
    await asyncio.to_thread(part, towns.home, towns.away)
    media = await asyncio.to_thread(towns.home.export)
    with progress.step(f"{towns.home.organisation} ends it: media without the partner"):
        began = time.monotonic()
        await asyncio.to_thread(towns.home.crs_command, "load", "--media", str(media))
        loaded = time.monotonic()
        await asha.until("call ended")
    console.print(f"      the call was over {time.monotonic() - loaded:.1f} s after the load")
    report.require(loaded - began < 30, "the media took half a minute to load")
    await asyncio.to_thread(wait_until, lambda: not linked(towns.home), "the link outlived the partner")
    for house, _ in towns.each:
        said = await asyncio.to_thread(house.crs_command, "status")
        for line in said.splitlines():
            if line.startswith(("domain", "partner")):
                console.print(f"      crs status  {line}", soft_wrap=True, markup=False)
    await asha.hang_up()
    await karl.hang_up()


if __name__ == "__main__":
    sys.exit(main())
