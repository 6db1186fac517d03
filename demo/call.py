"""One call from end to end without a browser: what `make run` shows, done by key presses and measured.

    python -m demo.call [--keep DIR] [--speech FILE.wav]

A new domain, two people, their cards as pictures, two phones enrolled through their cameras, a CRS, a call
with recorded human speech, and a table. Exit status 0 if all of it held, 1 if something did not.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from rich.console import Console

from board.desk.link import DeskClient
from demo.house import CommandFailed, House, Person, wait_until
from demo.marks import Marks
from demo.measure import RATE, compare, read_wave
from demo.people import enrol
from demo.report import Report, Side, render
from drivers.sound_virtual import recordings

SPEECH = Path(__file__).parent.parent / "tests" / "data" / "speech.wav"
LEAST_STOI = 0.9
TAIL_S = 1.0
"""How long after the last word the call goes on: what is on its way must arrive."""

console = Console(highlight=False)


@dataclass(slots=True)
class Progress:
    """Prints each step as it begins and how long it took when it ends."""

    steps: list[tuple[str, float]] = field(default_factory=list)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time one step."""
        began = time.monotonic()
        with console.status(name):
            yield
        took = time.monotonic() - began
        self.steps.append((name, took))
        console.print(f"  [green]✓[/] {name:<58} {took:7.2f} s")


def main(argv: list[str] | None = None) -> int:
    """Run the demonstration; return the exit status."""
    parser = argparse.ArgumentParser(prog="demo.call", description="One measured call from end to end.")
    parser.add_argument("--keep", type=Path, help="use this directory and keep it (it must be empty or new)")
    parser.add_argument("--speech", type=Path, default=SPEECH, help="what is said: WAV, 16 kHz mono 16-bit")
    arguments = parser.parse_args(argv)
    directory = arguments.keep or Path(tempfile.mkdtemp(prefix="sottovoce-"))
    if directory.exists() and any(directory.iterdir()):
        parser.error(f"{directory} is not empty")
    try:
        with House(directory, sound="file") as house:
            report = demonstrate(house, arguments.speech)
    except (CommandFailed, TimeoutError, ConnectionError) as error:
        console.print(f"  [red]✗[/] {error}\n\nThe logs are in {directory}.", soft_wrap=True)
        return 1
    console.print(render(report))
    for failure in report.failures:
        console.print(f"  [red]✗[/] {failure}", soft_wrap=True)
    if not arguments.keep:
        shutil.rmtree(directory)
    return 1 if report.failures else 0


def demonstrate(house: House, speech: Path) -> Report:
    """Build the house, place the call, measure."""
    progress = Progress()
    caller, callee = house.people
    with progress.step("CMS: a new domain"):
        house.create_domain()
    with progress.step("CMS: two users"):
        house.add_people()
    with progress.step("CMS: two cards, rendered to pictures"):
        for person in house.people:
            house.issue_card(person)
    with progress.step("CMS: signed media for the CRS"):
        media = house.export()
    with progress.step("CRS: initialised from the media and serving"):
        house.start_crs(media)
    with progress.step("two phones, four services each"):
        for person in house.people:
            give_voice(house.phone(person), speech if person is caller else None)
            house.start_phone(person)
    asyncio.run(_at_the_desks(house, caller, callee, speech, progress))
    with progress.step("what arrived, compared with what was said"):
        report = measure(house.phone, caller, callee, speech)
    report.steps = progress.steps
    return report


def give_voice(home: Path, speech: Path | None) -> None:
    """Prepare what a phone's microphone will hear: recorded speech, or silence."""
    folder = home / "sound"
    folder.mkdir(parents=True, exist_ok=True)
    if speech is not None:
        shutil.copyfile(speech, folder / "say.wav")


async def _at_the_desks(
    house: House, caller: Person, callee: Person, speech: Path, progress: Progress
) -> None:
    async with DeskClient(house.phone(caller)) as here, DeskClient(house.phone(callee)) as there:
        for person, desk in ((caller, here), (callee, there)):
            with progress.step(f"phone {person.tel}: enrolled by its camera"):
                await enrol(desk, house.card(person), house.codes[person.tel])
        with progress.step("dialled by key presses, rings with the verified caller"):
            await here.lift()
            await here.press(callee.tel.replace("+44", "0") + "#")
            await there.until("identity checked")
            await there.until(caller.name)
            await here.until("ringing")
        with progress.step("answered, both ends show that it is secure"):
            await there.lift()
            await here.until("Secure – verified")
            await there.until("Secure – verified")
        seconds = len(read_wave(speech)) / RATE + TAIL_S
        with progress.step("recorded speech, from handset to handset"):
            await asyncio.sleep(seconds)
            await here.until("Secure – verified")
        with progress.step("hung up, and the other side knows"):
            await here.hang_up()
            await there.until("call ended")
            await there.hang_up()
            await there.until("ready for secure calls")


def measure(home: Callable[[Person], Path], caller: Person, callee: Person, speech: Path) -> Report:
    """Read what the phones in their homes logged and recorded. Raises CommandFailed if some is missing."""
    sides: dict[str, Side] = {}
    for role, person in (("caller", caller), ("callee", callee)):
        log = home(person) / "log" / "media.log"
        wait_until(partial(_says, log, "call over:"), f"no call in {log}")
        sides[role] = Side.parse(log.read_text())
    recording = _last_recording(home(callee) / "sound")
    heard = compare(read_wave(speech), read_wave(recording))
    here, there = Marks.read(home(caller)), Marks.read(home(callee))
    report = Report(
        setup_ms=there.at("rings") - here.at("dialled"),
        ringback_ms=here.at("peer rings") - here.at("dialled"),
        initiate_ms=here.took("initiated"),
        accept_ms=there.took("verified"),
        delay_ms=1000 * (_born(recording) + heard.offset / RATE - sides["caller"].began),
        heard=heard,
        caller=sides["caller"],
        callee=sides["callee"],
    )
    report.require(heard.stoi >= LEAST_STOI, f"STOI is {heard.stoi:.3f}, below {LEAST_STOI}")
    report.require(0 < report.delay_ms < 500, f"the one-way delay is {report.delay_ms:.0f} ms")
    for name, side in sides.items():
        report.require(side.received > 0, f"the {name} received nothing")
        report.require(side.rejected == 0, f"the {name} rejected {side.rejected} packets")
    return report


def _says(log: Path, text: str) -> bool:
    return text in log.read_text()


def _last_recording(folder: Path) -> Path:
    """The newest recording of the earpiece, once its writer has closed it."""
    wait_until(lambda: bool(recordings(folder)), f"nothing was recorded in {folder}")
    recording = max(recordings(folder), key=_born)
    wait_until(_closed(recording), f"{recording} is still being written")
    return recording


def _closed(path: Path) -> Callable[[], bool]:
    """The plugin writes the length into the header when it closes the file."""
    return lambda: int.from_bytes(path.read_bytes()[40:44], "little") == path.stat().st_size - 44


def _born(path: Path) -> float:
    """When a file was created, in Unix seconds: when the earpiece opened. Python cannot ask, `stat` can."""
    answer = subprocess.run(
        ["stat", "-c", "%.6W", str(path)], capture_output=True, text=True, check=True
    ).stdout
    if not re.fullmatch(r"\d+[.,]\d+\s*", answer):
        raise CommandFailed(f"this file system does not keep the time of birth of {path}")
    return float(answer.replace(",", "."))


if __name__ == "__main__":
    sys.exit(main())
