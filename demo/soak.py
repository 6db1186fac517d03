"""Hours of calls at random between the phones of one house: nothing may grow, stick, or complain.

    python -m demo.soak [--minutes 120] [--seed N] [--keep DIR]

After each round every phone is left alone and must be ready again. Every so many rounds each process is
looked at. At the end each line of each log must be one that is explained. Exit status 0 if all of it held.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from board.desk.link import DeskClient
from demo.health import Vitals, growth, processes, unexplained, vitals
from demo.house import CommandFailed, House, Person
from demo.people import enrol, leave_alone, ready

PEOPLE = (
    Person("+441632960001", "Asha Okafor"),
    Person("+441632960002", "Łukasz Żak"),
    Person("+441632960003", "Maya Ramanathan-Grey"),
)
SERVICES = ("keys", "phone", "media", "scan")
LOOK_EVERY = 4
"""Rounds between two looks at every process."""
STUCK_S = 40.0
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


Round = Callable[["Soak"], Awaitable[None]]


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
            raise SoakFailed(f"round {self.played.total() + 1}, {name}: {error}") from error
        await self.all_ready(name)
        self.played[name] += 1

    async def all_ready(self, after: str) -> None:
        """Leave every phone alone and see it ready, silent and dark. Raises SoakFailed."""
        for desk in self.desks:
            try:
                await leave_alone(desk.client, STUCK_S)
                await desk.client.until(lambda c: c.lamps.get("ring", "off") == "off", STUCK_S)
            except (TimeoutError, ConnectionError) as error:
                raise SoakFailed(f"after {after}, {desk.person.name}: {error}") from error

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
        await desk.client.until(lambda c: _seconds_on(c.text) >= seconds, STUCK_S + seconds)

    async def hang_up(self, *desks: Desk) -> None:
        """Lay down in an order at random."""
        for desk in self.chance.sample(desks, len(desks)):
            await desk.client.hang_up()


async def a_call(soak: Soak) -> None:
    """One calls, the other answers, they talk, and lay down."""
    here, there = soak.pair()
    await soak.connect(here, there)
    await soak.talk(here)
    await soak.hang_up(here, there)


async def mute_on_and_off(soak: Soak) -> None:
    """A call in which somebody mutes."""
    here, there = soak.pair()
    await soak.connect(here, there)
    muting = soak.chance.choice((here, there))
    for _ in range(soak.chance.randint(1, 3)):
        await muting.client.press("mute")
        await muting.client.until("Muted")
        await muting.client.press("mute")
        await muting.client.until(lambda c: "Muted" not in " ".join(c.text))
    await soak.talk(there)
    await soak.hang_up(here, there)


async def hold_and_resume(soak: Soak) -> None:
    """A call that is held and taken up again, by either side."""
    here, there = soak.pair()
    await soak.connect(here, there)
    holding, held = soak.chance.sample((here, there), 2)
    await press_soft(holding.client, "Hold")
    await held.client.until("held by them")
    await press_soft(holding.client, "Resume")
    await soak.both_secure(here, there)
    await soak.talk(here)
    await soak.hang_up(here, there)


async def three_people(soak: Soak) -> None:
    """A second call comes in; it is answered, the first is taken up again, all lay down."""
    here, there, third = soak.chance.sample(list(soak.desks), 3)
    await soak.connect(here, there)
    await soak.dial(third, here)
    await here.client.until(third.person.name, STUCK_S)
    if soak.chance.random() < 0.3:
        await third.client.hang_up()
        await here.client.until(lambda c: third.person.name not in " ".join(c.text), STUCK_S)
    else:
        await press_soft(here.client, "Answer")
        await soak.both_secure(here, third)
        await there.client.until("held by them")
        await press_soft(here.client, "Swap")
        await soak.both_secure(here, there)
        await third.client.until("held by them")
    await soak.hang_up(here, there, third)


async def given_up(soak: Soak) -> None:
    """The caller lays down before anybody answers."""
    here, there = soak.pair()
    await soak.dial(here, there)
    if soak.chance.random() < 0.7:
        await there.client.until("Incoming secure call", STUCK_S)
    await here.client.hang_up()


async def declined(soak: Soak) -> None:
    """The callee declines."""
    here, there = soak.pair()
    await soak.dial(here, there)
    await there.client.until("Incoming secure call", STUCK_S)
    await press_soft(there.client, "Decline")
    await here.client.until("Declined")
    await here.client.hang_up()


async def both_at_once(soak: Soak) -> None:
    """Two people dial each other in the same moment: one of the calls comes through, or both hear busy."""
    here, there = soak.pair()
    await here.client.lift()
    await there.client.lift()
    await asyncio.gather(here.client.press(there.digits + "#"), there.client.press(here.digits + "#"))
    for desk in (here, there):
        await desk.client.until(_met, STUCK_S)
    await soak.hang_up(here, there)


async def fumbled(soak: Soak) -> None:
    """Somebody presses keys without any plan, handset up or down, and lays down."""
    desk = soak.chance.choice(list(soak.desks))
    for _ in range(soak.chance.randint(5, 40)):
        what = soak.chance.random()
        if what < 0.1:
            await desk.client.lift()
        elif what < 0.2:
            await desk.client.hang_up()
        else:
            key = soak.chance.choice(FUMBLED)
            number = int(key[4:]) if key.startswith("soft") else 0
            if not number or _soft_keys(desk.client)[number - 1 : number] not in NOT_FUMBLED:
                await desk.client.press(key)
    # What the last key did may not be on the screen yet; a lifted handset is, and laying it down ends all.
    await desk.client.lift()
    await desk.client.until(lambda c: not ready(c), STUCK_S)
    await desk.client.hang_up()


async def wrong_number(soak: Soak) -> None:
    """Somebody dials a number that nobody has."""
    desk = soak.chance.choice(list(soak.desks))
    await desk.client.lift()
    await desk.client.press("9999#")
    await desk.client.until("Not reachable", STUCK_S)
    await desk.client.hang_up()


async def a_service_dies(soak: Soak) -> None:
    """Rarely, a service is killed in a call; otherwise it is a call like any other."""
    if soak.chance.random() >= soak.kill_share * len(ROUNDS):
        await a_call(soak)
        return
    here, there = soak.pair()
    await soak.connect(here, there)
    service = soak.chance.choice(("keys", "media", "scan"))
    for process in processes(here.home, service):
        os.kill(process, signal.SIGKILL)
    soak.killed += 1
    soak.looks.pop(f"{here.home.name} {service}", None)
    await here.client.until("restarted", STUCK_S)
    await soak.hang_up(here, there)


ROUNDS: tuple[Round, ...] = (
    a_call,
    mute_on_and_off,
    hold_and_resume,
    three_people,
    given_up,
    declined,
    both_at_once,
    fumbled,
    wrong_number,
    a_service_dies,
)
FUMBLED = (
    *"0123456789*#",
    "soft1",
    "soft2",
    "soft3",
    "soft4",
    "mute",
    "speaker",
    "vol+",
    "vol-",
    "up",
    "down",
)
NOT_FUMBLED = [["Menu"], ["Select"], ["Enrol"], ["Wipe"], ["Erase"]]
"""Where a finger without a plan would change the language, or destroy every key."""


async def press_soft(client: DeskClient, label: str) -> None:
    """Press the soft key that says `label`, as soon as one does."""
    await client.until(lambda c: label in _soft_keys(c), STUCK_S)
    await client.press(f"soft{_soft_keys(client).index(label) + 1}")


def _met(client: DeskClient) -> bool:
    """True once it is decided what became of two people who dialled each other."""
    return any(word in line for line in client.text for word in ("Busy", "Incoming secure call", "Ringing"))


def _soft_keys(client: DeskClient) -> list[str]:
    """What soft keys 1 to 4 say."""
    return [label.strip() for label in client.text[-1].split("|")] if client.text else []


def _seconds_on(text: Sequence[str]) -> int:
    """The clock of a call on the screen, in seconds; -1 if there is none."""
    for line in text:
        for word in line.split():
            minutes, colon, seconds = word.partition(":")
            if colon and minutes.isdigit() and len(seconds) == 2 and seconds.isdigit():
                return 60 * int(minutes) + int(seconds)
    return -1


def everything(house: House, desks: Sequence[Desk]) -> dict[str, int]:
    """Every process of the house by a name: the CRS and four services of each phone."""
    found = {"crs": house.children["crs"].popen.pid} if "crs" in house.children else {}
    for desk in desks:
        for service in SERVICES:
            for process in processes(desk.home, service)[:1]:
                found[f"{desk.home.name} {service}"] = process
    return found


def complaints(soak: Soak, house: House) -> list[str]:
    """Everything that is wrong after a walk: what grew, and lines in logs that nothing explains."""
    found = [f"{name}: {grown}" for name, looks in soak.looks.items() if (grown := growth(looks))]
    logs = [*house.directory.glob("*.log"), *house.directory.glob("phone-*/log/*.log")]
    explained = dict(EXPLAINED)
    if soak.killed:
        explained[""] = (*explained[""], r"sottovoce\.supervisor WARNING \w+: ended with signal SIGKILL")
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
        console.print(f"  [red]✗[/] {error}\n\nThe logs are in {directory}.", soft_wrap=True)
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
