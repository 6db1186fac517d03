"""The whole proof of an image: it boots, is enrolled with a card, is called, and calls back. make image-test

    python -m image.tests.walk [--machine virt|raspi3b] [--keep DIR] CARD

The CMS, the CRS and the other phone are on this computer; the phone in the machine is the test variant of the
card. Every step waits for what must happen, and for nothing else; the exit status is 0 if all of it did.
"""

from __future__ import annotations

import asyncio
import json
import math
import re
import struct
import sys
import time
import wave
from pathlib import Path

import numpy as np

from board.desk.link import DeskClient
from demo.house import House, Person
from demo.measure import RATE, read_wave
from demo.people import enrol, leave_alone
from drivers.sound_virtual import recordings
from image.machine import MACHINES, Machine
from image.tests import person
from image.tests.outlook import EVERY_PORT, MEMORY_MB, unlike
from image.tests.panel import DRAWN_S, PanelClient
from image.tests.proof import Missing, our_address, parser, prove, step
from image.tests.station import Station

BOOT_S = {"virt": 420.0, "raspi3b": 600.0}
SLOW_S = 180.0
"""For what takes a second on a board. Both are for a computer with nothing else to do; see --patience."""
HERE_SAYS, THERE_SAYS = 1300, 700
"""Hertz: the phone on this computer, the phone in the machine. Both inside the band of speech."""
CLOCKS = {"virt"}
"""The machines whose clock knows the time when they are switched on."""
STRANGER = {"virt"}
"""The machines on whose cable somebody knocks at every port. QEMU's network card on USB stops for good, every
second time, under so many frames; the fence is the same in either machine.
"""
TIME = re.compile(r"\d\d:\d\d")
LISTEN_S = 4.0
LEAST_SHARE, LEAST_LEVEL = 0.3, 300.0
"""Of the sound that is the other side's tone, and its level out of 32767: there, whatever emulation loses."""


def write_tone(path: Path, frequency: int, seconds: int = 600) -> None:
    """A WAV of one tone, 16 kHz mono."""
    path.parent.mkdir(parents=True, exist_ok=True)
    second = [int(9000 * math.sin(2 * math.pi * frequency * i / RATE)) for i in range(RATE)]
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        octets = struct.pack(f"<{RATE}h", *second)
        for _ in range(seconds):
            file.writeframes(octets)


def share_of(recording: Path, frequency: int) -> tuple[float, float]:
    """Which share of a recording is a tone, second by second at its best, and how loud that second is."""
    samples = read_wave(recording)
    best = (0.0, 0.0)
    for begin in range(0, len(samples) - RATE, RATE // 2):
        piece = samples[begin : begin + RATE]
        spectrum = np.abs(np.fft.rfft(piece * np.hanning(RATE))) ** 2
        near = spectrum[frequency - 25 : frequency + 26].sum()
        level = float(np.sqrt((piece**2).mean()) * 32768)
        if level >= LEAST_LEVEL:
            best = max(best, (float(near / spectrum.sum()), level))
    return best


class Walk:
    """The house on this computer and the machine."""

    def __init__(self, house: House, machine: Machine, patience: float) -> None:
        self._house = house
        self._boot_s = patience * BOOT_S[machine.kind]
        self._slow_s = patience * SLOW_S
        self._machine = machine
        self._here, self._there = house.people

    def prepare(self) -> None:
        """A domain, its CRS, and a phone on this computer."""
        house = self._house
        with step("CMS: a domain, two users, two cards, media for the CRS"):
            house.create_domain()
            house.add_people()
            for who in house.people:
                house.issue_card(who)
            media = house.export()
        with step(f"CRS serving at {house.address}:{house.port}"):
            house.start_crs(media)
        with step("a phone on this computer"):
            write_tone(house.phone(self._here) / "sound" / "say.wav", HERE_SAYS)
            house.start_phone(self._here)

    def boot(self) -> None:
        """Switch the machine on; the first program must have verified the root."""
        self._machine.start()
        seconds = self._machine.wait_for(rb"sottovoce-init: root verified", self._boot_s)
        print(f"      root verified after {seconds:.1f} s")

    async def call_both_ways(self) -> None:
        """Enrol both, call the machine, call back."""
        there = PanelClient(self._machine.folder, patience_s=self._boot_s)
        async with DeskClient(self._house.phone(self._here)) as here, there:
            with step("the phone on this computer is enrolled"):
                await enrol(here, self._house.card(self._here), self._house.codes[self._here.tel])
            with step("the phone in the machine is ready, and not enrolled"):
                await there.until("not enrolled", self._boot_s)
            print(f"      ready {time.monotonic() - self._machine.began:.1f} s after power")
            if self._machine.kind not in CLOCKS:
                with step("its board has no clock, and it shows none"):
                    if any(TIME.fullmatch(line) for line in there.text):
                        raise Missing(f"it shows a time that nobody has told it: {there.text}")
            with step("the phone in the machine is enrolled by its camera"):
                await person.enrol(there, self._house, self._there, self._slow_s)
            with step("it is registered, and ready for secure calls"):
                await there.until("ready for secure calls", self._slow_s)
            with step("it is called, and rings with the verified caller"):
                await here.lift()
                await here.press(_national(self._there) + "#")
                await there.until("identity checked", self._slow_s)
                await there.until(self._here.name, self._slow_s)
            await self._talk(here, there, answers=there)
            with step("it hangs up, and the other side knows"):
                await there.hang_up()
                await here.until("call ended", self._slow_s)
                await leave_alone(here, self._slow_s)
                await there.until("ready for secure calls", self._slow_s)
            with step("it calls back by key presses, and the other phone rings"):
                # Digits first: with the handset lifted they must follow each other within seconds.
                await there.press(_national(self._here))
                await there.lift()
                await here.until("identity checked", self._slow_s)
                await here.until(self._there.name, self._slow_s)
            await self._talk(here, there, answers=here)
            with step("the other side hangs up, and it knows"):
                await here.hang_up()
                await there.until("call ended", self._slow_s)
                await leave_alone(there, self._slow_s, drawn_s=DRAWN_S)
            await self._look_round(there)

    async def _look_round(self, there: PanelClient) -> None:
        """What is there, what it weighs, and whom it answers."""
        with step("sockets, mounts, units, programs and users are those of the lists"):
            survey = await there.survey(self._slow_s)
            (self._machine.folder / "survey.json").write_text(json.dumps(survey, indent=1), encoding="utf-8")
            if found := unlike(survey):
                raise Missing("the phone is not what image/golden says:\n      " + "\n      ".join(found))
        memory = {name: float(megabytes) for name, megabytes in survey["memory"].items()}
        print("      memory: " + ", ".join(f"{name} {memory[name]:.1f} MB" for name in memory))
        with step(f"all services together have {sum(memory.values()):.0f} MB, at most {MEMORY_MB:.0f}"):
            if sum(memory.values()) > MEMORY_MB:
                raise Missing("that is too much")
        if not self._machine.station:
            print(f"      nobody else is on the cable of {self._machine.kind}: see {', '.join(STRANGER)}")
            return
        with Station(self._machine.folder) as stranger:
            await self._knock(there, stranger)

    async def _knock(self, there: PanelClient, stranger: Station) -> None:
        """At every port; then again, when nothing keeps the phone from answering."""
        with step("a stranger on its cable hears nothing from any port"):
            answers = await asyncio.to_thread(stranger.ask, EVERY_PORT, EVERY_PORT)
            if answers.opened or answers.closed:
                raise Missing(f"the phone answered: {answers}")
        with step("and would hear something, were it not for the fence"):
            await there.drop_fence(self._slow_s)
            answers = await asyncio.to_thread(stranger.ask, EVERY_PORT)
            if silent := {("tcp", port) for port in EVERY_PORT} - answers.opened - answers.closed:
                raise Missing(f"{len(silent)} ports are silent anyway, so their silence proves nothing")

    async def _talk(self, here: DeskClient, there: PanelClient, *, answers: DeskClient) -> None:
        with step("answered: both sides show that it is secure"):
            await answers.lift()
            await here.until("Secure – verified", self._slow_s)
            await there.until("Secure – verified", self._slow_s)
        await there.say(THERE_SAYS)
        heard = await there.hear(HERE_SAYS, LISTEN_S, self._slow_s)
        await there.say(None)
        share, level = heard["share"], heard["level"]
        print(f"      heard in the machine: {share:.0%} of it {HERE_SAYS} Hz, level {level:.0f}")
        if share < LEAST_SHARE or level < LEAST_LEVEL:
            raise Missing(f"the phone in the machine does not hear the other one: {heard}")
        await there.until("Secure – verified", self._slow_s)

    def check_recordings(self) -> None:
        """Every call must have brought the machine's tone to this computer."""
        found = recordings(self._house.phone(self._here) / "sound")
        with_tone = [
            share for share, _ in (share_of(path, THERE_SAYS) for path in found) if share >= LEAST_SHARE
        ]
        print(f"      heard on this computer: {THERE_SAYS} Hz in {len(with_tone)} of {len(found)} recordings")
        if len(with_tone) < 2:
            raise Missing("the phone on this computer did not hear the one in the machine in both calls")

    def check_log(self) -> None:
        """Nothing may have fallen over while nobody looked."""
        said = self._machine.said().decode("utf-8", "replace")
        for pattern in (r"Traceback", r"Kernel panic", r"Failed with result", r"verity:.*corrupt"):
            found = re.search(f".*{pattern}.*", said)
            if found:
                raise Missing(f"the serial log has: {found[0].strip()}")


def _national(person: Person) -> str:
    return person.tel.replace("+44", "0")


def walk(machine: Machine, house: House, card: Path, patience: float) -> None:
    """Everything, in order. Raises Missing, TimeoutError, ConnectionError, NotReached, CommandFailed."""
    with machine, house:
        machine.insert(card)
        proof = Walk(house, machine, patience)
        proof.prepare()
        proof.boot()
        asyncio.run(proof.call_both_ways())
    proof.check_recordings()
    proof.check_log()


def main(arguments: list[str] | None = None) -> int:
    """Enter here."""
    about = "Boot a card of the test variant, enrol it, call it and be called by it."
    asked = parser("walk", about, example="make image-test MACHINE=raspi3b")
    asked.add_argument("--machine", choices=MACHINES, default="virt")
    asked.add_argument("--patience", type=float, default=1, help="longer limits, for a busy computer (1)")
    options = asked.parse_args(arguments)

    def work(folder: Path) -> str:
        house = House(folder / "house", sound="file", address=our_address())
        machine = Machine(
            options.machine, folder / "machine", panel=True, station=options.machine in STRANGER
        )
        walk(machine, house, options.card, options.patience)
        return str(options.machine)

    return prove(work, keep=options.keep)


if __name__ == "__main__":
    sys.exit(main())
