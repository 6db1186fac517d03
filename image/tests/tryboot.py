"""The request for a trial reaches the firmware of a board: python -m image.tests.tryboot CARD

A card's own system starts on raspi3b and restarts, first as the update service has it restarted, then as
anybody else does. QEMU's firmware knows nothing of trials and says so of each message: it must have been told
of the first restart's, and not of the second's. So udev has loaded our module by what the device tree says,
and this kernel runs it. What the firmware of a board makes of the message is for a board to show.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from image.machine import Machine
from image.tests.proof import Missing, prove, step

START_S, RESTART_S = 600.0, 300.0
LOADED = rb"sottovoce_tryboot: loading out-of-tree module"
RESTARTS = (
    ("sottovoce-tryboot.service", True, "a restart for a trial: the firmware is told"),
    ("reboot.target", False, "any other restart: it is not"),
)


def restarts(machine: Machine, unit: str) -> bool:
    """Have the system start `unit` as soon as it is up; return whether the firmware was told of a trial."""
    machine.arguments = ("loglevel=7", f"systemd.wants={unit}")
    machine.start("a")
    machine.wait_for(LOADED, START_S)
    return machine.restarted(RESTART_S)


def main(arguments: list[str] | None = None) -> int:
    """Enter here."""
    parser = argparse.ArgumentParser(
        prog="image.tests.tryboot",
        description="Ask on raspi3b for a restart with a trial, and for one without.",
        epilog="Example: python -m image.tests.tryboot build/image/test/sottovoce.img",
    )
    parser.add_argument("--keep", type=Path, help="a folder for everything, kept")
    parser.add_argument("card", type=Path, metavar="CARD")
    options = parser.parse_args(arguments)

    def work(folder: Path) -> str:
        with Machine("raspi3b", folder / "machine") as machine:
            machine.insert(options.card)
            for unit, wanted, name in RESTARTS:
                with step(name):
                    if restarts(machine, unit) != wanted:
                        raise Missing(f"{unit}: the firmware was {'not ' if wanted else ''}told of a trial")
        return f"{machine.starts} starts"

    return prove(work, keep=options.keep)


if __name__ == "__main__":
    sys.exit(main())
