"""How long a card takes from the beginning of user space to the phone, beside another card, on this computer.

    python -m image.tests.startup CARD [--against OTHER --ready PATTERN] [--turns N]

The cards take turns. Measured is the time between two lines on the serial port: the kernel runs the first
program, and the phone service is ready; --ready is what the other card says then. The first start of a card,
which makes its data partition, comes before and counts for nothing.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from image.machine import MACHINES, Machine, NotReached
from image.progress import BuildFailed

BEGUN, READY = "Run /init as init process", "Started sottovoce-phone.service"
TELL = "loglevel=7"
"""The kernel is to say when it runs the first program, whatever a card's own command line wants."""
LIMIT_S = 600.0
REFUSED = rb"Kernel panic|REFUSED"


def seconds(machine: Machine, ready: str) -> float:
    """One start. Raises NotReached."""
    machine.start()
    try:
        began = machine.wait_for(BEGUN.encode(), LIMIT_S, refused=REFUSED)
        return machine.wait_for(ready.encode(), LIMIT_S, refused=REFUSED) - began
    finally:
        machine.stop()


def main(arguments: list[str] | None = None) -> int:
    """Enter here."""
    parser = argparse.ArgumentParser(
        prog="image.tests.startup",
        description="Measure the start of a card, beside that of another one.",
        epilog="Example: python -m image.tests.startup build/image/test/sottovoce.img",
    )
    parser.add_argument("--machine", choices=MACHINES, default="virt")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--against", type=Path, metavar="OTHER")
    parser.add_argument("--ready", default=READY, metavar="PATTERN", help="what OTHER says when it is ready")
    parser.add_argument("card", type=Path, metavar="CARD")
    options = parser.parse_args(arguments)
    cards = {options.card: READY}
    if options.against:
        cards[options.against] = options.ready
    taken: dict[Path, list[float]] = {card: [] for card in cards}
    try:
        with tempfile.TemporaryDirectory() as folder:
            machines = {}
            for number, card in enumerate(cards):
                machines[card] = Machine(options.machine, Path(folder) / str(number), arguments=[TELL])
                machines[card].insert(card)
                print(f"  {card.name}: first start {seconds(machines[card], cards[card]):.1f} s", flush=True)
            for _ in range(options.turns):
                for card, machine in machines.items():
                    taken[card].append(seconds(machine, cards[card]))
                    print(f"  {card.name}: {taken[card][-1]:.1f} s", flush=True)
    except (BuildFailed, NotReached, ValueError, KeyError) as reason:
        print(f"  NOT {reason}", file=sys.stderr)
        return 1
    medians = [statistics.median(times) for times in taken.values()]
    for card, median in zip(cards, medians, strict=True):
        print(f"{card.name}: {median:.1f} s of user space to the phone (median of {options.turns})")
    if options.against:
        print(f"ratio: {medians[0] / medians[1]:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
