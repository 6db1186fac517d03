"""`make test-hw`: on a Raspberry Pi, try the GPIO library and look for what should be plugged in.

Exit status 0 if all is well, 1 if something is missing or wrong, 2 if this is no board at all.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from drivers.gpio_rpi import Header, HeaderUnavailable, open_header
from tests.drivers.gpio_contract import STEPS, ContractBroken, run_step

WRONG, NO_BOARD = 1, 2
MODEL = "proc/device-tree/model"


@dataclass(frozen=True, slots=True)
class Part:
    """Something that shows as a file when it is there; `pattern` begins at the root."""

    name: str
    pattern: str
    advice: str


PARTS = (
    Part("display bus", "dev/spidev0.0", "put dtparam=spi=on into config.txt and start again"),
    Part("sound card", "proc/asound/card*/usb*", "plug the USB handset or sound adapter in"),
    Part(
        "microphone", "proc/asound/card*/pcm*c", "the sound card has no microphone: it is not the right one"
    ),
    Part("camera", "dev/media*", "connect the camera with the power off; camera_auto_detect=1 in config.txt"),
    Part("key memory", "dev/vcio", "the firmware's mailbox is not there: is this Raspberry Pi's own kernel?"),
    Part("clock from the network", "run/systemd/timesync/synchronized", "the clock has not been set yet"),
)


def look_for(part: Part, root: Path = Path("/")) -> tuple[bool, str]:
    """Say whether a part is there, and where or what to do."""
    for path in sorted(root.glob(part.pattern)):
        return True, str(path)
    return False, part.advice


def try_header(header: Header) -> int:
    """Run the contract; return how many steps broke."""
    broken = 0
    for step in STEPS:
        name = step.__name__.replace("_", " ")
        try:
            print(f"  ok     {name}  {run_step(step, header)}".rstrip())
        except (ContractBroken, HeaderUnavailable) as error:
            broken += 1
            print(f"  BROKEN {name}: {error}")
    return broken


def main() -> int:
    """Try everything and say what was found."""
    try:
        header = open_header(Path("build") / "test-hw")
    except HeaderUnavailable as error:
        print(f"no board: {error}")
        print("this runs on a Raspberry Pi with pins 8 and 10 joined by a jumper; see docs/hardware.md")
        return NO_BOARD
    model = Path("/", MODEL)
    print(model.read_text().rstrip("\0") if model.exists() else "a board of unknown model")
    print("GPIO 14 and 15, joined by a jumper:")
    wrong = try_header(header)
    print("plugged in:")
    for part in PARTS:
        found, said = look_for(part)
        wrong += not found
        print(f"  {'ok     ' if found else 'MISSING'} {part.name}: {said}")
    print("next: start the phone, Menu, Self-test" if not wrong else f"{wrong} to put right")
    return WRONG if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
