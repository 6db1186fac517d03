"""The SSD1322: 256 x 64 pixels in 16 greys on SPI, the display of the reference build.

luma.oled knows the controller. What is sent is decided here: luma packs pixels one by one in Python, which on
a small board takes longer than a key press may take to show, and its quarters cost more than a whole frame if
everything changes. Greys are cut to four bits with no curve; the panel's own table is linear.
"""

from __future__ import annotations

from luma.oled.device import ssd1322
from PIL import Image, ImageChops

from drivers.display_panel import Bus, Glass, Released, SerialInterface, close_bus, never_at_exit, open_bus
from drivers.gpio_rpi import Header
from drivers.nibbles import pack

SIZE = (256, 64)
TILE = (64, 16)
BOX_OCTETS = 7
"""Commands and arguments that say where a box of pixels goes."""
CUT = [grey & 0xF0 for grey in range(256)]
"""Sixteen greys of 256: two pictures differ if they differ on the glass."""
FULL_OCTETS = BOX_OCTETS + SIZE[0] * SIZE[1] // 2
"""Octets on the bus for a whole frame: 8,199."""

Box = tuple[int, int, int, int]


class SSD1322(ssd1322):  # type: ignore[misc]
    """luma's SSD1322, packing rows at once and sending only boxes that changed."""

    _glass: Image.Image | None = None
    """What is on it, cut to the greys that it has."""

    def display(self, image: Image.Image) -> None:
        """Send what differs from the glass: nothing, some boxes, or at most FULL_OCTETS."""
        picture = self.preprocess(image.convert("L")).point(CUT)
        for box in boxes(self._glass, picture):
            left, top, right, bottom = box
            self._set_position(top, right, bottom, left)
            self.data(list(pack(picture.crop(box))))
        self._glass = picture


def boxes(before: Image.Image | None, after: Image.Image) -> list[Box]:
    """Return what to send, (left, top, right, bottom) with left and right multiples of four.

    `before` is None if nobody knows what is on the glass.
    """
    whole = (0, 0, *SIZE)
    if before is None:
        return [whole]
    changed = ImageChops.difference(before, after)
    found: list[Box] = []
    for top in range(0, SIZE[1], TILE[1]):
        for left in range(0, SIZE[0], TILE[0]):
            differs = changed.crop((left, top, left + TILE[0], top + TILE[1])).getbbox()
            if differs:
                first, high, last, low = differs
                found.append((left + first // 4 * 4, top + high, left + -(-last // 4) * 4, top + low))
    cost = sum(BOX_OCTETS + (right - left) * (bottom - top) // 2 for left, top, right, bottom in found)
    return found if cost < FULL_OCTETS else [whole]


class LumaDisplay:
    """The SSD1322 behind the port of a display. `released` is called when it is closed."""

    def __init__(
        self, serial: SerialInterface, *, upside_down: bool = False, released: Released | None = None
    ) -> None:
        self._device = SSD1322(serial, *SIZE, rotate=2 if upside_down else 0)
        self._glass = Glass(self._device, released)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return SIZE

    def show(self, frame: Image.Image, text: tuple[str, ...]) -> None:
        """Show an 'L' image of `size`. Raises ValueError for another."""
        if frame.mode != "L" or frame.size != SIZE:
            raise ValueError(f"the display takes 'L' images of {SIZE}, not {frame.mode!r} of {frame.size}")
        self._glass.draw(frame.copy())

    def contrast(self, level: int) -> None:
        """Set the brightness, 0 to 255; 0 switches the panel off."""
        self._glass.contrast(level)

    def close(self) -> None:
        """Switch the panel off and let the bus go."""
        self._glass.close()
        never_at_exit(self._device)


def open_ssd1322(header: Header, bus: Bus, *, upside_down: bool = False) -> LumaDisplay:
    """Open the panel. Raises DisplayUnavailable, HeaderUnavailable."""
    serial = open_bus(header, bus)
    return LumaDisplay(serial, upside_down=upside_down, released=lambda: close_bus(header, bus))
