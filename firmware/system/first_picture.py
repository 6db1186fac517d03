"""The first picture on the reference display, two seconds after the system starts and long before the phone.

    python3 -I -m firmware.system.first_picture

It needs nothing but the standard library and a picture that was drawn when the image was made. A bar at the
bottom tells what is done: the root is verified (else nothing of this would run), the data partition is open.
It ends when the phone service begins, to which lines and bus then belong.
"""

from __future__ import annotations

import fcntl
import os
import struct
import sys
import time
from collections.abc import Callable
from pathlib import Path

WIDTH, HEIGHT = 256, 64
PICTURE_OCTETS = WIDTH * HEIGHT // 2
STEPS = 3
BAR_ROWS = 2
LOOK_S = 0.25
LONGEST_S = 300.0

DATA_COMMAND, RESET = 24, 25
CHIPS = ("pinctrl-bcm2835", "pinctrl-bcm2711", "pinctrl-rp1")
CHIP_INFO, GET_LINES, SET_LINES = 0x8044B401, 0xC250B407, 0xC010B40F
"""ioctl numbers of linux/gpio.h: GPIO_GET_CHIPINFO, GPIO_V2_GET_LINE, GPIO_V2_LINE_SET_VALUES."""
OUTPUT = 1 << 3
SPI_SPEED = 0x40046B04
HERTZ = 8_000_000
CHUNK = 4096

COLUMNS = ((480 - WIDTH) // 2 >> 2, ((480 - WIDTH) // 2 + WIDTH >> 2) - 1)
AWAKE: tuple[tuple[int, ...], ...] = (
    *((0xFD, 0x12), (0xA4,), (0xB3, 0xF2), (0xCA, 0x3F), (0xA2, 0x00), (0xA1, 0x00), (0xA0, 0x14, 0x11)),
    *((0xB5, 0x00), (0xAB, 0x01), (0xB4, 0xA0, 0xFD), (0xC7, 0x0F), (0xB9,), (0xB1, 0xF0)),
    *((0xD1, 0x82, 0x20), (0xBB, 0x0D), (0xB6, 0x08), (0xBE, 0x00), (0xA6,), (0xA9,), (0xC1, 0x7F)),
)
"""The SSD1322 from reset to ready (data sheet §10)."""
WHOLE_GLASS: tuple[tuple[int, ...], ...] = ((0x15, *COLUMNS), (0x75, 0, HEIGHT - 1), (0x5C,))
ON = (0xAF,)


class Places:
    """What tells how far the start is, and where the pictures are."""

    # No dataclass: importing what makes one takes a tenth of the time that is left.
    def __init__(self, run: Path = Path("/run"), pictures: Path = Path(__file__).parent) -> None:
        self.data_open = run / "sottovoce/secret/device"
        self.refused = run / "sottovoce/refused"
        self.phone = run / "sottovoce-phone"
        self.pictures = pictures


def picture(places: Places) -> tuple[bytes, bool]:
    """What is to be shown now, and whether this is the last of it."""
    if places.refused.exists():
        return (places.pictures / "refused.4bpp").read_bytes(), places.phone.exists()
    began = places.phone.exists()
    done = STEPS if began else 2 if places.data_open.exists() else 1
    return with_bar((places.pictures / "first.4bpp").read_bytes(), done), began


def with_bar(octets: bytes, done: int) -> bytes:
    """The picture with `done` of STEPS parts of the bar lit, in the lowest rows."""
    row = WIDTH // 2
    lit = row * done // STEPS
    bar = (b"\xff" * lit + b"\x22" * (row - lit)) * BAR_ROWS
    return octets[: len(octets) - len(bar)] + bar


class Glass:
    """The panel: two lines and a bus. Raises OSError."""

    def __init__(self, lines: int, bus: int) -> None:
        self._lines, self._bus = lines, bus
        fcntl.ioctl(bus, SPI_SPEED, struct.pack("I", HERTZ))
        for level, pause in ((0, 0.001), (1, 0.01)):
            self._set(RESET, level)
            time.sleep(pause)
        for command in AWAKE:
            self._command(command)
        self._on = False

    def show(self, octets: bytes) -> None:
        """Show a picture; the panel is dark until the first one is there."""
        for command in WHOLE_GLASS:
            self._command(command)
        self._set(DATA_COMMAND, 1)
        for at in range(0, len(octets), CHUNK):
            os.write(self._bus, octets[at : at + CHUNK])
        if not self._on:
            self._command(ON)
            self._on = True

    def _command(self, command: tuple[int, ...]) -> None:
        for octets, level in ((command[:1], 0), (command[1:], 1)):
            if octets:
                self._set(DATA_COMMAND, level)
                os.write(self._bus, bytes(octets))

    def _set(self, line: int, level: int) -> None:
        mask = 1 if line == DATA_COMMAND else 2
        fcntl.ioctl(self._lines, SET_LINES, struct.pack("QQ", mask if level else 0, mask))


def open_lines() -> int:
    """Take the panel's two lines of the header's chip. Raises OSError."""
    for path in sorted(Path("/dev").glob("gpiochip*")):
        chip = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        try:
            info = fcntl.ioctl(chip, CHIP_INFO, bytes(68))
            if info[32:64].split(b"\0")[0].decode("ascii", "replace") not in CHIPS:
                continue
            offsets = struct.pack("64I", DATA_COMMAND, RESET, *[0] * 62)
            config = struct.pack("QI5I", OUTPUT, 0, *[0] * 5) + bytes(240)
            request = (
                offsets + b"first picture".ljust(32, b"\0") + config + struct.pack("II5Ii", 2, 0, *[0] * 6)
            )
            return int(struct.unpack_from("i", fcntl.ioctl(chip, GET_LINES, request), 588)[0])
        finally:
            os.close(chip)
    raise OSError("there is no header on this computer")


def follow(show: Callable[[bytes], None], places: Places, wait: Callable[[], bool]) -> None:
    """Show what changes, until the phone begins or `wait` says that it was long enough."""
    shown = b""
    while True:
        octets, last = picture(places)
        if octets != shown:
            show(octets)
            shown = octets
        if last or not wait():
            return


def main() -> None:
    """Enter here. Without the panel there is no picture, and nobody misses it."""
    ends = time.monotonic() + LONGEST_S

    def wait() -> bool:
        time.sleep(LOOK_S)
        return time.monotonic() < ends

    try:
        bus = os.open("/dev/spidev0.0", os.O_RDWR | os.O_CLOEXEC)
        follow(Glass(open_lines(), bus).show, Places(), wait)
    except OSError as error:
        print(f"no first picture: {error}", file=sys.stderr)


if __name__ == "__main__":
    main()
