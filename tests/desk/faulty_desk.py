"""A desk with faults that only remember what was done to them; a process of its own, as a desk is."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from board.desk.desk import Furniture
from board.desk.faults import EVERYWHERE, Fault, FaultRefused
from board.desk.server import serve

CATALOGUE = (
    Fault("cut", "Cut the network", "Not connected. E21"),
    Fault("clock", "Reset the clock", "Set the clock first. E06", each_phone=True),
    Fault("kill", "Kill a service", "Restarted", each_phone=True, lasts=False, parts=("media", "keys")),
    Fault("never", "Stop the sun", "Night"),
)


@dataclass
class Remembered:
    """Does nothing, remembers all; `never` is refused."""

    cards: Path
    done: dict[str, set[int]] = field(default_factory=dict)

    def faults(self) -> Sequence[Fault]:
        return [replace(fault, on=tuple(sorted(self.done.get(fault.name, ())))) for fault in CATALOGUE]

    async def change(self, name: str, *, on: bool, phone: int = EVERYWHERE, part: str = "") -> None:
        if name not in {fault.name for fault in CATALOGUE} or name == "never":
            raise FaultRefused(f"There is no way to do {name} to {phone} {part}".strip())
        if name == "kill":
            (self.cards / f"killed {phone} {part}.txt").write_text("")
        elif on:
            self.done.setdefault(name, set()).add(phone)
        else:
            self.done[name].discard(phone)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--phones", nargs="+", type=Path)
    parser.add_argument("--cards", type=Path)
    given = parser.parse_args()
    furniture = Furniture(tuple(given.phones), cards=given.cards, faults=Remembered(given.cards))
    asyncio.run(serve(furniture, port=0, token="a token for tests"))


if __name__ == "__main__":
    main()
