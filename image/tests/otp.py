"""A board is asked for its secret before one is made: python -m image.tests.otp CARD

A card's own system starts on raspi3b, whose firmware in QEMU knows no key and writes down each message that
it does not know: it must have been asked for the private key and for the customer's rows, by our kernel
module, before the data partition was made. What the firmware of a board answers is for a board to show.
"""

from __future__ import annotations

import sys
from pathlib import Path

from board.pi_secret import CUSTOMER_ROWS, PRIVATE_KEY
from image.firmware_choice import unknown_messages
from image.machine import Machine
from image.tests.proof import Missing, parser, prove, step

KEYS = [PRIVATE_KEY, CUSTOMER_ROWS]
MADE_S = 600.0
MADE = rb"data partition: note that it is in use"


def main(arguments: list[str] | None = None) -> int:
    """Enter here."""
    about = "Start on raspi3b: the firmware must be asked for a key in one-time-programmable memory."
    options = parser("otp", about).parse_args(arguments)

    def work(folder: Path) -> str:
        with Machine("raspi3b", folder / "machine") as machine:
            machine.insert(options.card)
            with step("the first start: the data partition is made"):
                machine.start()
                machine.wait_for(MADE, MADE_S)
            with step("before, the firmware was asked for both keys"):
                asked = unknown_messages(machine.firmware_log.read_bytes())
                if [tag for tag in asked if tag in KEYS] != KEYS:
                    raise Missing(f"the firmware was asked {', '.join(map(hex, asked)) or 'nothing'}")
        return "one start"

    return prove(work, keep=options.keep)


if __name__ == "__main__":
    sys.exit(main())
