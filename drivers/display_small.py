"""The SSD1309: 128 x 64 pixels, black or white, for a small phone.

A picture of 256 x 64 greys scaled down to this is unreadable, so the small display sets the *words* of a
screen anew: what `show` is told beside the picture. Nothing is left out, nothing cut but a soft key's label:

    the head    black on white if the picture has its white bar (secure), framed if the words begin
                with '!' (refused); it stays on every page, for it says whom to trust
    the body    lines of 21 characters, words wrapped; what does not fit comes on further pages, in turn
    soft keys   each above its key; on two lines where their names need it

Camera pictures do not appear, nor the '[words]' that stand for them; the hints beside them do.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from luma.oled.device import ssd1309
from PIL import Image, ImageDraw, ImageFont

from drivers.display_panel import Bus, Glass, Released, SerialInterface, close_bus, never_at_exit, open_bus
from drivers.gpio_rpi import Header

SIZE = (128, 64)
FRAME = (256, 64)
"""What the firmware draws."""
COLUMNS = 21
LINE = 12
LINES = 5
PAGE_S = 2.5
PAGES = 8
"""More would be no screen of a phone."""
SOFT_KEYS = 4
BAR = (16, 2, 240, 14)
"""Where a picture has its bar."""
BAR_SHARE = 0.5

FONTS = Path(__file__).parent / "fonts"


@dataclass(frozen=True, slots=True)
class Page:
    """One view of a screen: head, body and soft keys, line by line, and which page of how many it is."""

    head: tuple[str, ...]
    filled: bool
    """The head is black on white; otherwise it is framed."""
    body: tuple[str, ...]
    keys: tuple[str, ...]
    number: int
    of: int


def pages(text: Sequence[str], *, filled: bool) -> tuple[Page, ...]:
    """Set the words of a screen, soft keys last, as one page or more."""
    words = [line for line in text if line and not (line.startswith("[") and line.endswith("]"))]
    labels: list[str] = []
    if words and words[-1].count(" | ") == SOFT_KEYS - 1:
        labels = [label if label != "-" else "" for label in words.pop().split(" | ")]
    keys = _key_lines(labels)
    headed = bool(words) and (filled or words[0].startswith("!"))
    head = tuple(_wrapped(words.pop(0))[:2]) if headed else ()
    room = LINES - len(keys) - len(head)
    lines = [part for line in words for part in _wrapped(line)]
    if len(lines) > room:
        lines = _joined(lines, room)
    lines = lines[: room * PAGES]
    chunks = [tuple(lines[start : start + room]) for start in range(0, len(lines), room)] or [()]
    return tuple(Page(head, filled, chunk, keys, number, len(chunks)) for number, chunk in enumerate(chunks))


def _wrapped(line: str) -> list[str]:
    """Break a line between words; a word that is too long is broken where it must be."""
    lines = [""]
    for word in line.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) <= COLUMNS:
            lines[-1] += " " + word
            continue
        pieces = [word[start : start + COLUMNS] for start in range(0, len(word), COLUMNS)]
        lines += pieces if lines[-1] else []
        if not lines[0]:
            lines = pieces
    return lines


def _joined(lines: list[str], room: int) -> list[str]:
    """Put neighbours onto one line, left and right, until they fit or none will go together."""
    lines = list(lines)
    at = 0
    while len(lines) > room and at + 1 < len(lines):
        left, right = lines[at], lines[at + 1]
        if len(left) + 2 + len(right) <= COLUMNS:
            lines[at : at + 2] = [left + right.rjust(COLUMNS - len(left))]
        at += 1
    return lines


def _key_lines(labels: Sequence[str]) -> tuple[str, ...]:
    """Set four labels above their keys: on one line, or odd ones above even ones."""
    if not any(labels):
        return ()
    for spread in ((labels,), (_every_other(labels, 0), _every_other(labels, 1))):
        lines = [_placed(line) for line in spread]
        if all(line is not None for line in lines):
            return tuple(line for line in lines if line is not None)
    half = COLUMNS // 2
    return _key_lines([label if len(label) < half else label[: half - 2] + "…" for label in labels])


def _every_other(labels: Sequence[str], first: int) -> list[str]:
    return [label if at % 2 == first else "" for at, label in enumerate(labels)]


def _placed(labels: Sequence[str]) -> str | None:
    """Centre each label over its quarter as far as its neighbours let it; None if they do not fit."""
    line = ""
    for at, label in enumerate(labels):
        if not label:
            continue
        centre = (2 * at + 1) * COLUMNS / (2 * SOFT_KEYS)
        start = round(centre - len(label) / 2)
        start = max(start, len(line) + 1 if line else 0)
        start = min(start, COLUMNS - len(label))
        if line and start < len(line) + 1:
            return None
        # A label must still begin or end inside its own quarter, or it belongs to another key.
        if abs(start + len(label) / 2 - centre) > COLUMNS / SOFT_KEYS / 2 + len(label) / 4:
            return None
        line = line.ljust(start) + label
    return line.ljust(COLUMNS)


@lru_cache(maxsize=2)
def _font(name: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / name, LINE, layout_engine=ImageFont.Layout.BASIC)


def drawn(page: Page) -> Image.Image:
    """Return the '1' picture of a page."""
    picture = Image.new("1", SIZE)
    draw = ImageDraw.Draw(picture)
    if page.head:
        draw.rectangle((0, 0, SIZE[0] - 1, LINE * len(page.head)), fill=int(page.filled), outline=1)
    for at, line in enumerate((*page.head, *page.body)):
        in_head = at < len(page.head)
        face = "TerminusFont-Bold.otb" if in_head else "TerminusFont-Normal.otb"
        draw.text((1, at * LINE), line, fill=int(not (in_head and page.filled)), font=_font(face))
    top = SIZE[1] - LINE * len(page.keys)
    if page.keys:
        draw.line((0, top - 2, SIZE[0] - 1, top - 2), fill=1)
    for at, line in enumerate(page.keys):
        draw.text((1, top + at * LINE), line, fill=1, font=_font("TerminusFont-Normal.otb"))
    for number in range(page.of if page.of > 1 else 0):
        x = SIZE[0] - 4 * (page.of - number)
        draw.rectangle((x, SIZE[1] - 1 if not page.keys else top - 3, x + 2, top - 1), fill=1)
        if number != page.number:
            draw.line((x, top - 2, x + 2, top - 2), fill=0)
    return picture


def has_filled_bar(frame: Image.Image) -> bool:
    """Say whether a picture of the firmware has its white bar."""
    bar = np.asarray(frame.crop(BAR))
    return bool((bar > 127).mean() > BAR_SHARE)


class SSD1309(ssd1309):  # type: ignore[misc]
    """luma's SSD1309, packing with numpy and sending nothing for a picture that is on the glass already."""

    _glass: bytes = b""

    def display(self, image: Image.Image) -> None:
        """Send a '1' picture: 1,024 octets and where they go, or nothing."""
        pixels = np.asarray(self.preprocess(image)).astype(np.uint8)
        packed = np.packbits(pixels.reshape(8, 8, SIZE[0]), axis=1, bitorder="little").tobytes()
        if packed != self._glass:
            self.command(self._const.COLUMNADDR, 0, SIZE[0] - 1, self._const.PAGEADDR, 0, 7)
            self.data(list(packed))
            self._glass = packed


class SmallDisplay:
    """The SSD1309 behind the port of a display. `released` is called when it is closed."""

    def __init__(
        self, serial: SerialInterface, *, upside_down: bool = False, released: Released | None = None
    ) -> None:
        self._device = SSD1309(serial, *SIZE, rotate=2 if upside_down else 0)
        self._glass = Glass(self._device, released)
        self._changed = threading.Condition()
        self._pages: tuple[Page, ...] = ()
        self._at = 0
        self._closed = False
        self._thread = threading.Thread(target=self._turn, name="display-pages", daemon=True)
        self._thread.start()

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the pictures that `show` takes; the glass has half the width."""
        return FRAME

    def show(self, frame: Image.Image, text: tuple[str, ...]) -> None:
        """Show the words of a screen. Raises ValueError if the picture is not 'L' of `size`."""
        if frame.mode != "L" or frame.size != FRAME:
            raise ValueError(f"the display takes 'L' images of {FRAME}, not {frame.mode!r} of {frame.size}")
        new = pages(text, filled=has_filled_bar(frame))
        with self._changed:
            if new == self._pages:
                return
            if len(new) != len(self._pages):
                self._at = 0
                self._changed.notify()
            # A clock that ticks does not turn the page back.
            self._pages = new
            self._glass.draw(drawn(new[self._at]))

    def contrast(self, level: int) -> None:
        """Set the brightness, 0 to 255; 0 switches the panel off."""
        self._glass.contrast(level)

    def close(self) -> None:
        """Switch the panel off and let the bus go."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()
        self._glass.close()
        never_at_exit(self._device)

    def _turn(self) -> None:
        with self._changed:
            while not self._closed:
                told = self._changed.wait(PAGE_S if len(self._pages) > 1 else None)
                if not told and not self._closed:
                    self._at = (self._at + 1) % len(self._pages)
                    self._glass.draw(drawn(self._pages[self._at]))


def open_ssd1309(header: Header, bus: Bus, *, upside_down: bool = False) -> SmallDisplay:
    """Open the panel. Raises DisplayUnavailable, HeaderUnavailable."""
    serial = open_bus(header, bus)
    return SmallDisplay(serial, upside_down=upside_down, released=lambda: close_bus(header, bus))
