"""The proof of updates: what is good is tried and kept, nothing else runs, and power may fail.

    make image-update-test; python -m image.tests.updates --bundles DIR [--keep DIR] CARD

The CMS and the CRS are on this computer; the phone in the machine is the test variant of the card, and takes
its updates as any phone does: from its CRS, when a person asks for them. It goes through all of it, in order:

    enrolled ─► bundles that are refused, a card that is full ─► version +1: the power fails while it is
    fetched (three times), while it is written (three times), when it is ready, in the restart, in the trial,
    and when it was kept ─► an older one is refused ─► version +2, which is not well ─► back by itself

After every cut the phone must come up in the slot that was committed last, enrolled as before, and take the
same update again. A cut kills QEMU: what the machine has written stays, even if it was not flushed. That is
kinder than a card.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

from demo.house import PEOPLE, House
from demo.people import ready
from image import bundle, monitor
from image.build import EPOCH
from image.card import make_fat
from image.machine import Machine
from image.tests import person
from image.tests.bundles import BASE, running_version, the_bundle
from image.tests.kept import Kept
from image.tests.panel import PanelClient
from image.tests.proof import Missing, our_address, parser, prove, step

BOOT_S, SLOW_S, FETCH_S = 420.0, 180.0, 1200.0
CARD_OCTETS = 2 << 30
"""Room for a bundle twice, as on any real card."""
STICK_MB = 256
WELL = rb"version \S+ is well in slot \w"
WRITTEN = b"All slots updated"
"""RAUC's, on the serial port."""
FULL_LEAVES = 150_000_000
"""Octets free: a bundle fits once."""
REFUSED = (
    ("foreign", "E60", "a bundle signed by somebody else"),
    ("cut", "E60", "a bundle whose end is missing"),
    ("board", "E61", "a bundle for another kind of phone"),
    ("older", "E62", "a bundle of an older version"),
    ("changed", "E60", "a bundle with one octet changed"),
)


class Proof:
    """The phone, the person at it, and what the operator of its CRS does."""

    def __init__(self, house: House, machine: Machine, bundles: Path, patience: float) -> None:
        self.house, self.machine, self._bundles = house, machine, bundles
        self.boot_s, self.slow_s, self.fetch_s = (patience * s for s in (BOOT_S, SLOW_S, FETCH_S))
        (self.who,) = house.people
        self.there = PanelClient(machine.folder, patience_s=self.boot_s)
        here = running_version()
        self.versions = {"here": str(here), "good": str(here.later(1)), "sick": str(here.later(2))}

    def offer(self, name: str) -> None:
        """Have the CRS hand on this bundle and no other: `crs update`."""
        self.withdraw()
        self.house.crs_command("update", "add", str(the_bundle(self._bundles, name)))

    def withdraw(self) -> None:
        """Have the CRS hand on nothing."""
        for path in sorted((self.house.crs_home / "updates").glob("*.raucb")):
            self.house.crs_command("update", "remove", path.name)

    @contextlib.contextmanager
    def stick(self, name: str) -> Iterator[None]:
        """Plug a stick in that has this bundle; pull it out afterwards, if the machine still runs."""
        image, tree = self.machine.folder / "stick.img", self.machine.folder / "stick"
        shutil.rmtree(tree, ignore_errors=True)
        tree.mkdir()
        newest = bundle.file_name(str(running_version().later(2)), BASE)
        (tree / newest).symlink_to(the_bundle(self._bundles, name).resolve())
        image.unlink(missing_ok=True)
        make_fat(tree, image, label="STICK", size_mb=STICK_MB, epoch=EPOCH)
        monitor.plug(self.machine.monitor, image)
        yield
        if self.machine.running:
            monitor.pull(self.machine.monitor)

    async def on(self, *, slot: str, version: str) -> None:
        """Switch it on; it must come from this slot, find itself well, and be the phone that it was."""
        self.start(slot)
        await self.well(slot, version)
        await self.there.connect()
        await self.there.until(lambda desk: bool(desk.text), self.slow_s)

    def start(self, slot: str) -> None:
        """Switch it on; it must come from this slot."""
        self.machine.start()
        if self.machine.slot != slot:
            raise Missing(f"it starts from slot {self.machine.slot}, and not from {slot}")

    async def well(self, slot: str, version: str) -> None:
        """Wait until it says that it is well in this slot. Raises NotReached, Missing."""
        await self.log(WELL)
        said = f"version {self.versions[version]} is well in slot {slot.upper()}"
        if said.encode() not in self.machine.said():
            raise Missing(f"the phone does not say: {said}")

    async def log(self, pattern: bytes, timeout_s: float | None = None) -> None:
        """Wait for something on the serial port. Raises NotReached."""
        limit = time.monotonic() - self.machine.began + (timeout_s or self.boot_s)
        await asyncio.to_thread(self.machine.wait_for, pattern, limit)

    async def same_phone(self) -> None:
        """It is enrolled with the number that it had, and registered."""
        await person.until(self.there, ready, self.slow_s)
        number = self.who.tel[-4:]
        if not any(number in line for line in self.there.text):
            raise Missing(f"the phone is not {number} any more: {self.there.text}")

    async def off(self) -> None:
        """Cut the power."""
        self.machine.cut()
        await self._went_off()

    async def restarts(self) -> bool:
        """Wait for its restart; return whether it asks for a trial."""
        trial = await asyncio.to_thread(self.machine.restarted, self.slow_s)
        await self._went_off()
        return trial

    async def _went_off(self) -> None:
        await self.there.close()
        self.there = PanelClient(self.machine.folder, patience_s=self.boot_s)


async def enrolled(proof: Proof) -> None:
    """A phone from an empty card."""
    await proof.on(slot="a", version="here")
    print(f"      well {time.monotonic() - proof.machine.began:.0f} s after power")
    await person.enrol(proof.there, proof.house, proof.who, proof.slow_s)
    await proof.same_phone()


async def refused(proof: Proof) -> None:
    """Whatever is wrong with a bundle is said, and the slot that runs is the one that will."""
    for name, code, what in REFUSED:
        proof.offer(name)
        with step(f"{what}: {code}"):
            await person.ask(proof.there, proof.slow_s)
            await person.read(proof.there, code, proof.fetch_s)
    proof.withdraw()
    with step("no bundle at all: that is said as well"):
        await person.ask(proof.there, proof.slow_s)
        await person.read(proof.there, "no newer software", proof.slow_s)


async def full(proof: Proof) -> None:
    """A card without room."""
    proof.offer("good")
    await proof.there.fill(FULL_LEAVES, proof.slow_s)
    with step("a card on which a bundle has room only once: E64"):
        await person.ask(proof.there, proof.slow_s)
        await person.read(proof.there, "E64", proof.slow_s)
    await proof.there.fill(None, proof.slow_s)
    await person.ask(proof.there, proof.slow_s)
    await person.watch_fetching(proof.there, 5, proof.fetch_s)
    await proof.there.fill(0, proof.slow_s)
    with step("a card that becomes full while a bundle is fetched: E64"):
        await person.watch_fetching(proof.there, 101, proof.fetch_s)
        await person.leave(proof.there, proof.slow_s)
        await person.read(proof.there, "E64", proof.slow_s)
    await proof.there.fill(None, proof.slow_s)
    await proof.same_phone()


def cut_while_fetching(percent: int) -> Callable[[Proof], Awaitable[None]]:
    """The power fails while the good bundle is fetched."""

    async def stage(proof: Proof) -> None:
        proof.offer("good")
        await person.ask(proof.there, proof.slow_s)
        far = await person.watch_fetching(proof.there, percent, proof.fetch_s)
        if far == 100:
            raise Missing(f"all was fetched before {percent} %")
        print(f"      cut at {far} % of fetching", flush=True)
        await proof.off()
        await same_after_cut(proof)

    return stage


def cut_while_writing(line: bytes) -> Callable[[Proof], Awaitable[None]]:
    """The power fails when RAUC, which writes the good bundle, has said `line`."""

    async def stage(proof: Proof) -> None:
        proof.offer("good")
        await person.ask(proof.there, proof.slow_s)
        await proof.log(line, proof.fetch_s)
        await proof.off()
        if WRITTEN in proof.machine.said():
            raise Missing("all was written before the power failed")
        await same_after_cut(proof)

    return stage


async def same_after_cut(proof: Proof) -> None:
    """It must come up as the phone that it was, in the slot in which it was."""
    proof.withdraw()  # it would go on by itself, and soon tell that it is ready
    await proof.on(slot="a", version="here")
    await proof.same_phone()


async def cut_when_ready(proof: Proof) -> None:
    """The power fails when it is written whole, and before anybody restarts."""
    proof.offer("good")
    await person.ask(proof.there, proof.slow_s)
    await person.until(proof.there, f"version {proof.versions['good']} is ready", proof.fetch_s)
    await proof.off()
    await proof.on(slot="a", version="here")
    await person.read(proof.there, f"version {proof.versions['good']} is ready", proof.slow_s)
    await proof.same_phone()


async def cut_in_restart(proof: Proof) -> None:
    """The power fails while the phone goes down for the trial: the request is lost with it."""
    await person.restart(proof.there, proof.slow_s)
    await proof.log(rb"Reached target (\S*reboot\.target|.*Reboot)|systemd-shutdown", proof.slow_s)
    await proof.off()
    await proof.on(slot="a", version="here")
    await person.read(proof.there, "did not work", proof.slow_s)
    await proof.same_phone()


async def make_ready(proof: Proof, name: str) -> None:
    """Have a bundle written, restart: the next start is to be its trial."""
    await person.ask(proof.there, proof.slow_s)
    await person.read(proof.there, f"version {proof.versions[name]} is ready", proof.fetch_s)
    await person.restart(proof.there, proof.slow_s)
    if not await proof.restarts():
        raise Missing("the restart asked for no trial")


async def cut_in_trial(proof: Proof) -> None:
    """The power fails in the first start of the new software, before it was kept."""
    proof.offer("good")
    await make_ready(proof, "good")
    proof.start("b")
    await proof.log(rb"Started .*sottovoce-keys\.service")
    if b"is well in slot" in proof.machine.said():
        raise Missing("the trial was over too soon to be cut")
    await proof.off()
    await proof.on(slot="a", version="here")
    await person.read(proof.there, "did not work", proof.slow_s)
    await proof.same_phone()


async def cut_when_kept(proof: Proof) -> None:
    """The power fails as soon as the new software was kept: it stays."""
    proof.offer("good")
    await make_ready(proof, "good")
    proof.start("b")
    await proof.well("b", "good")
    await proof.off()
    await proof.on(slot="b", version="good")
    await person.read(proof.there, f"version {proof.versions['good']} is installed", proof.slow_s)
    await proof.same_phone()


async def never_back(proof: Proof) -> None:
    """What ran before is refused, however genuine."""
    proof.offer("before")
    await person.ask(proof.there, proof.slow_s)
    await person.read(proof.there, "E62", proof.fetch_s)


async def foreign_stick(proof: Proof) -> None:
    """What comes on a stick is looked at no less."""
    proof.withdraw()
    with proof.stick("foreign"):
        await person.ask(proof.there, proof.slow_s)
        await person.read(proof.there, "E60", proof.fetch_s)


async def sick(proof: Proof) -> None:
    """Software that is not well, from a stick, gives itself up, and the phone goes on as it was."""
    with proof.stick("sick"):
        await make_ready(proof, "sick")
    proof.start("a")
    await proof.log(rb"is given up: the core")
    if await proof.restarts():
        raise Missing("software that is not well asks for another trial")
    await proof.on(slot="b", version="good")
    await person.read(proof.there, "E66", proof.slow_s)
    await proof.same_phone()


STAGES: tuple[tuple[str, Callable[[Proof], Awaitable[None]]], ...] = (
    ("a new card: enrolled", enrolled),
    ("refusals", refused),
    ("a full card", full),
    ("cut 1: a tenth is fetched", cut_while_fetching(10)),
    ("cut 2: half is fetched", cut_while_fetching(50)),
    ("cut 3: nine tenths are fetched", cut_while_fetching(90)),
    ("cut 4: the root is begun to be written", cut_while_writing(rb"writing data to device \S+/root_b")),
    ("cut 5: the root is written, its kernel is not", cut_while_writing(rb"Updating slot rootfs\.1 done")),
    ("cut 6: the boot partition is begun", cut_while_writing(rb"writing data to device \S+/boot_b")),
    ("cut 7: written, and not restarted", cut_when_ready),
    ("cut 8: in the restart", cut_in_restart),
    ("cut 9: in the trial, before it is kept", cut_in_trial),
    ("cut 10: when it was kept", cut_when_kept),
    ("what ran before is older, and refused", never_back),
    ("a stick with a bundle signed by somebody else: E60", foreign_stick),
    ("a stick with software that is not well: back by itself", sick),
)


async def walk(proof: Proof, done: int, without: frozenset[int], note: Callable[[int], None]) -> None:
    """Every stage after the first `done`; each begins with the phone on and idle, and is noted at its end."""
    if done:
        slot, version = ("a", "here") if done < STAGES_BEFORE_KEPT else ("b", "good")
        await proof.on(slot=slot, version=version)
        await person.read_all(proof.there, proof.slow_s)  # as that something is ready, after each start
        await proof.same_phone()
    for number, (name, stage) in enumerate(STAGES[done:], done + 1):
        if number in without:
            print(f"   -  {name}: left out")
            continue
        with step(f"{number} {name}"):
            await stage(proof)
        note(number)


STAGES_BEFORE_KEPT = 1 + [stage for _, stage in STAGES].index(cut_when_kept)


def go_through(proof: Proof, card: Path, kept: Kept, without: frozenset[int]) -> None:
    """Everything, in order. Raises Missing, TimeoutError, ConnectionError, NotReached, CommandFailed."""
    done, port = kept.read()
    house, machine = proof.house, proof.machine
    with machine, house:
        if done:
            house.port = port
            house.serve_crs()
            machine.insert(kept.card)
        else:
            with step("CMS: a domain, a user, a card; CRS serving"):
                house.create_domain()
                house.add_people()
                house.issue_card(proof.who)
                house.start_crs(house.export())
            machine.insert(card)
        asyncio.run(walk(proof, done, without, lambda number: kept.write(number, house.port, machine)))


def main(arguments: list[str] | None = None) -> int:
    """Enter here."""
    about = (
        "Boot a card of the test variant, enrol it, and try every way an update may go. "
        "With --keep, what was begun in that folder is gone on with."
    )
    asked = parser("updates", about, example="make image-update-test")
    asked.add_argument("--bundles", type=Path, required=True, help="what image.tests.bundles made")
    asked.add_argument("--patience", type=float, default=1, help="longer limits, for a busy computer (1)")
    asked.add_argument(
        "--without", type=int, nargs="*", default=(), metavar="NUMBER", help="stages to leave out, for trials"
    )
    options = asked.parse_args(arguments)

    def work(folder: Path) -> str:
        machine = Machine("virt", folder / "machine", panel=True, usb=True, card_octets=CARD_OCTETS)
        house = House(folder / "house", people=PEOPLE[:1], address=our_address())
        proof = Proof(house, machine, options.bundles, options.patience)
        go_through(proof, options.card, Kept(folder), frozenset(options.without))
        return f"{machine.starts} starts"

    return prove(work, keep=options.keep)


if __name__ == "__main__":
    sys.exit(main())
