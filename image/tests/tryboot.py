"""The request for a trial reaches the firmware of a board: python -m image.tests.tryboot CARD

A card's own system starts on raspi3b and restarts as the update service has it restarted, once as it is, and
once with our kernel module kept out; each time the kernel's last word must be the request. QEMU's firmware
knows nothing of trials and says so of each message: it must have been told of the first restart's, and not of
the second's. So udev has loaded the module by what the device tree says, this kernel runs it, and without it
nobody would have told. What the firmware of a board makes of the message is for a board to show.
"""

from __future__ import annotations

import sys
from pathlib import Path

from image.firmware_choice import asks_tryboot
from image.machine import Machine
from image.tests.proof import Missing, parser, prove, step

START_S = 900.0
ASKS = "systemd.unit=sottovoce-tryboot.service"
"""The service manager reads this word itself; `systemd.wants=` is for a generator, and a phone has none."""
WITHOUT = "modprobe.blacklist=sottovoce_tryboot"


def told(machine: Machine, *arguments: str) -> bool:
    """Have the system restart for a trial as soon as it is up; return whether the firmware was told."""
    machine.arguments = (ASKS, *arguments)
    machine.start("a")
    machine.restarted(START_S)
    if not asks_tryboot(machine.said()):
        raise Missing("the restart asked for no trial")
    return machine.tryboot


def main(arguments: list[str] | None = None) -> int:
    """Enter here."""
    about = "Ask on raspi3b for a restart with a trial, with our kernel module and without it."
    options = parser("tryboot", about).parse_args(arguments)

    def work(folder: Path) -> str:
        with Machine("raspi3b", folder / "machine") as machine:
            machine.insert(options.card)
            with step("a restart for a trial: the firmware is told"):
                if not told(machine):
                    raise Missing("the firmware was not told of the trial")
            with step("the same without our module: it is not"):
                if told(machine, WITHOUT):
                    raise Missing("the firmware was told of the trial by somebody else: our module may go")
        return f"{machine.starts} starts"

    return prove(work, keep=options.keep)


if __name__ == "__main__":
    sys.exit(main())
