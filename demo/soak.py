"""Hours of calls at random between the phones of one house: nothing may grow, stick, or complain.

    python -m demo.soak [--minutes 120] [--seed N] [--keep DIR]

After each round every phone is left alone and must be ready again. Every so many rounds each process is
looked at. At the end each line of each log must be one that is explained. Exit status 0 if all of it held.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from board.desk.link import DeskClient
from demo.health import Vitals, growth, processes, unexplained, vitals
from demo.house import CommandFailed, House, Person
from demo.marks import Marks
from demo.people import enrol, leave_alone
from demo.rounds import ROUNDS, STUCK_S, seconds_on, three_people

PEOPLE = (
    Person("+441632960001", "Asha Okafor"),
    Person("+441632960002", "Łukasz Żak"),
    Person("+441632960003", "Maya Ramanathan-Grey"),
)
SERVICES = ("keys", "phone", "media", "scan")
MARKS_TOLD = 30
"""How many of a phone's last marks are told of a walk that failed."""
LOOK_EVERY = 4
"""Rounds between two looks at every process."""
TABLES_KB = 10_000
"""What a vault may come to keep: tables of eight callees, 1.2 MB each (crypto/_callees.py)."""
KILL_SHARE = 0.02
"""How many rounds have a service killed in them."""

EXPLAINED: Mapping[str, Sequence[str]] = {
    "": (r"(sottovoce\.(supervisor|keys|media|scan|phone)|firmware\.services\.\w+) INFO ",),
    # A person may lift, decline or lay down in the very moment in which the other side gives up.
    "phone.log": (r"sottovoce\.phone WARNING (keys|media|scan|phone) service: lost",),
    "crs.log": (r"^ready sip=",),
}

console = Console(highlight=False)


class SoakFailed(RuntimeError):
    """Something grew, stuck or complained; the text says what."""


@dataclass(slots=True)
class Desk:
    """One person at one phone."""

    person: Person
    home: Path
    client: DeskClient

    @property
    def digits(self) -> str:
        """What colleagues dial."""
        return self.person.tel[-4:]


def stands(desk: Desk) -> str:
    """Where a phone stands: its screen, its lamps, its handset, and what happened there last."""
    client = desk.client
    lamps = ", ".join(f"{lamp} {pattern}" for lamp, pattern in sorted(client.lamps.items())) or "none told"
    handset = "lifted" if client.lifted else "on its cradle"
    who = f"{desk.person.name}, {desk.home.name}" + ("" if client.connected else " (gone)")
    lines = [f"{who}: handset {handset}; lamps: {lamps}; the screen says"]
    lines += [f"    {line}" for line in client.text]
    try:
        marks = Marks.read(desk.home).marks[-MARKS_TOLD:]
    except (OSError, ValueError) as error:
        return "\n".join([*lines, f"  no marks: {error}"])
    last = float(str(marks[-1]["ms"])) if marks else 0.0
    lines.append("  and these are its last marks (seconds before the last one)")
    for mark in marks:
        rest = " ".join(f"{key}={value}" for key, value in mark.items() if key not in ("ms", "mark"))
        lines.append(f"    {(float(str(mark['ms'])) - last) / 1000:9.3f}  {mark['mark']} {rest}".rstrip())
    return "\n".join(lines)


@dataclass(slots=True)
class Soak:
    """A walk at random over what people do with phones. Two desks or more, enrolled and ready."""

    desks: Sequence[Desk]
    chance: random.Random
    longest_call_s: int = 20
    kill_share: float = KILL_SHARE
    played: Counter[str] = field(default_factory=Counter)
    looks: dict[str, list[Vitals]] = field(default_factory=dict)
    killed: int = 0

    async def round(self) -> None:
        """Do one thing at random, then see every phone ready again. Raises SoakFailed."""
        rounds = ROUNDS if len(self.desks) > 2 else tuple(r for r in ROUNDS if r is not three_people)
        play = self.chance.choice(rounds)
        name = play.__name__.replace("_", " ")
        try:
            async with asyncio.timeout(STUCK_S + self.longest_call_s):
                await play(self)
        except (TimeoutError, ConnectionError) as error:
            raise self.failed(name, str(error)) from error
        await self.all_ready(name)
        self.played[name] += 1

    async def all_ready(self, after: str) -> None:
        """Leave every phone alone and see it ready, silent and dark. Raises SoakFailed."""
        for desk in self.desks:
            try:
                await leave_alone(desk.client, STUCK_S)
                await desk.client.until(lambda c: c.lamps.get("ring", "off") == "off", STUCK_S)
            except (TimeoutError, ConnectionError) as error:
                raise self.failed(f"after {after}", f"{desk.person.name}: {error}") from error

    def failed(self, where: str, what: str) -> SoakFailed:
        """What went wrong, and where every phone stands: enough to find out why without walking again."""
        began = f"round {self.played.total() + 1}, {where}: {what or 'took too long'}"
        return SoakFailed("\n".join([began, *(stands(desk) for desk in self.desks)]))

    def look(self, processes: Mapping[str, int]) -> None:
        """Look at every process, by its name."""
        for name, process in processes.items():
            self.looks.setdefault(name, []).append(vitals(process))

    # --- what people do

    def pair(self) -> tuple[Desk, Desk]:
        """Two people at random: who calls, and who is called."""
        here, there = self.chance.sample(list(self.desks), 2)
        return here, there

    async def dial(self, here: Desk, there: Desk) -> None:
        """Lift and dial, or dial and then press Call or lift."""
        if self.chance.random() < 0.6:
            await here.client.lift()
            await here.client.press(there.digits + "#")
        else:
            await here.client.press(there.digits)
            await here.client.lift()

    async def connect(self, here: Desk, there: Desk) -> None:
        """Have one call the other, and the other lift."""
        await self.dial(here, there)
        await there.client.until("Incoming secure call", STUCK_S)
        await there.client.lift()
        await self.both_secure(here, there)

    async def both_secure(self, *desks: Desk) -> None:
        """Wait until each screen says that the call is secure."""
        for desk in desks:
            await desk.client.until("Secure – verified", STUCK_S)

    async def talk(self, desk: Desk) -> None:
        """Talk until the clock on the screen says a time at random."""
        seconds = self.chance.randint(1, self.longest_call_s)
        await desk.client.until(lambda c: seconds_on(c.text) >= seconds, STUCK_S + seconds)

    async def hang_up(self, *desks: Desk) -> None:
        """Lay down in an order at random."""
        for desk in self.chance.sample(desks, len(desks)):
            await desk.client.hang_up()


def everything(house: House, desks: Sequence[Desk]) -> dict[str, int]:
    """Every process of the house by a name: the CRS and four services of each phone."""
    found = {"crs": house.children["crs"].popen.pid} if "crs" in house.children else {}
    for desk in desks:
        for service in SERVICES:
            for process in processes(desk.home, service)[:1]:
                found[f"{desk.home.name} {service}"] = process
    return found


def logs_of(house: House) -> list[Path]:
    """Every log of the house."""
    return [*house.directory.glob("*.log"), *house.directory.glob("phone-*/log/*.log")]


def complaints(soak: Soak, house: House) -> list[str]:
    """Everything that is wrong after a walk: what grew, and lines in logs that nothing explains."""
    found = []
    for name, looks in soak.looks.items():
        if grown := growth(looks, room_kb=TABLES_KB if name.endswith(" keys") else 0):
            found.append(f"{name}: {grown}")
    logs = logs_of(house)
    explained = dict(EXPLAINED)
    if soak.killed:
        explained[""] = (*explained[""], r"sottovoce\.supervisor WARNING \w+: ended with signal SIGKILL")
        # What the CRS says of the time while the vault is away is not kept; it says it again.
        died = (
            r"sottovoce\.phone WARNING "
            r"(\w+ service: ConnectionResetError|keys: (Remember: waiting for|ObserveTime: ConnectionError))"
        )
        explained["phone.log"] = (*explained["phone.log"], died)
    return found + unexplained(logs, explained)


async def walk(house: House, seconds: float, seed: int) -> Soak:
    """Enrol everybody, then walk for `seconds`. Raises SoakFailed."""
    async with AsyncExitStack() as stack:
        desks = []
        for person in house.people:
            client = await stack.enter_async_context(DeskClient(house.phone(person)))
            await enrol(client, house.card(person), house.codes[person.tel])
            desks.append(Desk(person, house.phone(person), client))
        soak = Soak(desks, random.Random(seed))
        ends = time.monotonic() + seconds
        with Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=console,
        ) as progress:
            task = progress.add_task("calls at random", total=seconds)
            while (left := ends - time.monotonic()) > 0:
                await soak.round()
                if soak.played.total() % LOOK_EVERY == 0:
                    soak.look(everything(house, desks))
                done = soak.played.total()
                progress.update(task, completed=seconds - left, description=f"{done} rounds")
        return soak


def main(argv: list[str] | None = None) -> int:
    """Run the walk; return the exit status."""
    parser = argparse.ArgumentParser(prog="demo.soak", description="Hours of calls at random.")
    parser.add_argument("--minutes", type=float, default=120.0, help="how long (default: 120)")
    parser.add_argument(
        "--seed", type=int, default=time.time_ns() & 0xFFFF, help="to walk the same way again"
    )
    parser.add_argument("--keep", type=Path, help="use this directory and keep it (it must be empty or new)")
    parser.add_argument("-o", "--output", type=Path, help="write the summary here too")
    arguments = parser.parse_args(argv)
    directory = arguments.keep or Path(tempfile.mkdtemp(prefix="sottovoce-soak-"))
    if directory.exists() and any(directory.iterdir()):
        parser.error(f"{directory} is not empty")
    console.print(f"seed {arguments.seed}; the logs are in {directory}")
    try:
        with House(directory, people=PEOPLE) as house:
            house.create_domain()
            house.add_people()
            for person in house.people:
                house.issue_card(person)
            house.start_crs(house.export())
            for person in house.people:
                house.start_phone(person)
            soak = asyncio.run(walk(house, arguments.minutes * 60, arguments.seed))
            wrong = complaints(soak, house)
    except (SoakFailed, CommandFailed, TimeoutError, ConnectionError) as error:
        console.print("  [red]✗[/]", end=" ")
        console.print(f"{error}\n\nThe logs are in {directory}.", soft_wrap=True, markup=False)
        return 1
    summary = summarise(soak, arguments.minutes, arguments.seed)
    console.print(summary)
    if arguments.output is not None:
        arguments.output.write_text(summary)
    for complaint in wrong:
        console.print(f"  [red]✗[/] {complaint}", soft_wrap=True, markup=True)
    if not wrong and not arguments.keep:
        shutil.rmtree(directory)
    return 1 if wrong else 0


def summarise(soak: Soak, minutes: float, seed: int) -> str:
    """What was done and how every process was, first and last, as a table."""
    lines = [f"{soak.played.total()} rounds in {minutes:g} minutes, seed {seed}"]
    lines += [f"  {count:5}  {name}" for name, count in sorted(soak.played.items())]
    lines.append(f"  {soak.killed:5}  services killed")
    lines.append("process                           private kB        descriptors  threads")
    for name, looks in sorted(soak.looks.items()):
        first, last = looks[0], looks[-1]
        lines.append(
            f"  {name:<28} {first.private_kb:>7} → {last.private_kb:<7}"
            f"  {first.descriptors:>3} → {last.descriptors:<3}  {first.threads:>3} → {last.threads:<3}"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
