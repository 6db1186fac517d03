"""The grid, the greys, the fonts and the signs that every screen is made of.

    y  0-15   bar: filled white = verified, outlined with '!' = refused
    y  ~30    main line
    y  ~44    second line
    y  52     rule; soft keys below it, in four columns of 64 pixels

Only black and five greys are used, because the panel's lowest greys look off and its middle ones too bright.
No text is smaller than 10 pixels: Inter loses its word gaps below that. Every line of text is kept in
`Canvas.lines` with the room that it had and the room that it needed, and every box in `Canvas.boxes`, so
that a test can say what was cut or covered.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from firmware.acts import SoftKeys
from firmware.record import record
from firmware.text import Words

WIDTH, HEIGHT = 256, 64
WHITE, LIGHT, MIDDLE, DARK, FAINT, BLACK = 255, 200, 150, 110, 60, 0
GREYS = (BLACK, FAINT, DARK, MIDDLE, LIGHT, WHITE)
LEFT, RIGHT = 4, 252
RULE_Y = 52

BODY = "Inter-Medium.otf"
STRONG = "Inter-SemiBold.otf"
DIGITS = "Roboto-Medium.ttf"
MONO = "B612Mono-Bold.otf"
SMALLEST = 10

FONTS = Path(__file__).parent / "fonts"
_NEAREST_GREY = [min(GREYS, key=lambda grey: (abs(grey - value), grey)) for value in range(256)]

SHIELD = (
    "......#......",
    "....#####....",
    ".###########.",
    ".###########.",
    ".########.##.",
    ".#######.###.",
    ".##.###.####.",
    ".###.#.#####.",
    ".####.######.",
    "..#########..",
    "...#######...",
    ".....###.....",
    "......#......",
)
LOCK = (
    "...####...",
    "..##..##..",
    "..#....#..",
    "..#....#..",
    ".########.",
    ".########.",
    ".########.",
    ".########.",
    ".########.",
)
EMPTY = (
    "......#......",
    "....##.##....",
    ".###.....###.",
    ".#.........#.",
    ".#.........#.",
    ".#.........#.",
    ".#.........#.",
    ".#.........#.",
    ".#.........#.",
    "..#.......#..",
    "...##...##...",
    ".....#.#.....",
    "......#......",
)


@lru_cache(maxsize=64)
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """Return one of the shipped fonts. Basic layout: the same pixels with and without libraqm."""
    return ImageFont.truetype(FONTS / name, size, layout_engine=ImageFont.Layout.BASIC)


def text_width(words: str, name: str, size: int) -> float:
    """Width in pixels."""
    return font(name, size).getlength(words)


@record
class Line:
    """One line of text as it was set.

    `words` is what was to be written and `drawn` what was; `needed` is the width of `words` at `size`, `room`
    the width there was, None if nobody said. `box` is the ink: left, top, and right, bottom just beyond it.
    """

    words: str
    drawn: str
    face: str
    size: int
    needed: float
    room: float | None
    box: tuple[float, float, float, float]


@record
class Box:
    """One box as it was filled: its ink as in Line, and how many lines were written before it."""

    left: int
    top: int
    right: int
    bottom: int
    after: int


class Canvas:
    """One picture in the making; `big` if its reader asked for larger letters."""

    def __init__(self, *, big: bool = False) -> None:
        self.image = Image.new("L", (WIDTH, HEIGHT))
        self.big = big
        self.lines: list[Line] = []
        self.boxes: list[Box] = []
        self._draw = ImageDraw.Draw(self.image)

    def finished(self) -> Image.Image:
        """Return the picture, every pixel one of GREYS."""
        return self.image.point(_NEAREST_GREY)

    def write(
        self,
        x: float,
        baseline: int,
        words: str,
        face: tuple[str, int] = (BODY, 11),
        grey: int = WHITE,
        *,
        align: str = "l",
        width: float | None = None,
        smallest: int | None = None,
    ) -> float:
        """Write one line (align 'l', 'm' or 'r'); return its width.

        What is wider than `width` is set smaller, down to `smallest`, and then cut with '…'. A letter that a
        face does not have shows as an empty box; Latin, Greek, Cyrillic and Vietnamese letters they have.
        """
        name, size = face
        words = one_line(words)
        least = max(SMALLEST, size if smallest is None else smallest)
        if width is not None:
            while size > least and text_width(words, name, size) > width:
                size -= 1
        drawn = words if width is None else _cut(words, name, size, width)
        anchor = f"{align}s"
        if words:
            box = self._draw.textbbox((x, baseline), drawn, font=font(name, size), anchor=anchor)
            self.lines.append(Line(words, drawn, name, size, text_width(words, name, size), width, box))
        self._draw.text((x, baseline), drawn, font=font(name, size), fill=grey, anchor=anchor)
        return text_width(drawn, name, size)

    def paragraph(
        self,
        x: float,
        baselines: tuple[int, int],
        words: str,
        face: tuple[str, int],
        grey: int = WHITE,
        *,
        width: float,
        smallest: int,
    ) -> None:
        """Write words on one line or, if they are too long, on two, as large as they fit.

        Two lines break after a sentence if they can, and never leave a code alone on the second.
        """
        name, size = face
        while size > smallest and not broken(words, name, size, width):
            size -= 1
        lines = broken(words, name, size, width) or [words]
        for baseline, line in zip(baselines, lines, strict=False):
            self.write(x, baseline, line, (name, size), grey, width=width)

    def sign(self, x: int, y: int, rows: tuple[str, ...], grey: int = WHITE) -> None:
        """Draw a sign from its rows of '#' and '.'."""
        for dy, row in enumerate(rows):
            for dx, mark in enumerate(row):
                if mark == "#":
                    self.image.putpixel((x + dx, y + dy), grey)

    def box(
        self, left: int, top: int, right: int, bottom: int, grey: int = WHITE, *, round_: int = 0
    ) -> None:
        """Fill a box; edges belong to it."""
        self.boxes.append(Box(left, top, right + 1, bottom + 1, len(self.lines)))
        self._draw.rounded_rectangle((left, top, right, bottom), radius=round_, fill=grey)

    def outline(self, left: int, top: int, right: int, bottom: int, grey: int = WHITE) -> None:
        """Draw the edges of a box."""
        self._draw.rectangle((left, top, right, bottom), outline=grey)

    def line(self, x0: int, y0: int, x1: int, y1: int, grey: int = FAINT) -> None:
        """Draw a line of one pixel."""
        self._draw.line((x0, y0, x1, y1), fill=grey)

    def dot(self, x: int, y: int, radius: int, grey: int, *, filled: bool) -> None:
        """Draw a disc or a ring around a point."""
        edges = (x - radius, y - radius, x + radius, y + radius)
        self._draw.ellipse(edges, fill=grey if filled else None, outline=grey)

    def text_box(
        self, words: str, face: tuple[str, int], *, right: int, baseline: int, pad: int = 5
    ) -> float:
        """Write black on a white box that ends at `right`; return the width of the box."""
        name, size = face
        width = text_width(words, name, size) + 2 * pad
        self.box(round(right - width), baseline - size, right, baseline + 3, WHITE, round_=2)
        self.write(right - pad, baseline, words, face, BLACK, align="r")
        return width

    def secure_bar(self, words: str, right: str) -> None:
        """The filled white bar: identity and sound are verified."""
        self.box(0, 0, WIDTH - 1, 15)
        self.sign(5, 3, LOCK, BLACK)
        self.write(20, 12, words, (STRONG, 12), BLACK)
        self.write(RIGHT, 12, right, (DIGITS, 13), BLACK, align="r")

    def refusal_bar(self, words: str) -> None:
        """The outlined bar with '!': refused. Its frame keeps clear of an accent on a capital letter."""
        self.outline(0, 0, WIDTH - 1, 16)
        self.outline(1, 1, WIDTH - 2, 15)
        self.write(7, 13, "!", (DIGITS, 13))
        self.write(20, 13, words, (STRONG, 11), width=RIGHT - 24, smallest=10)

    def progress(self, part: float, left: int, right: int, top: int = 57) -> None:
        """A progress bar, `part` of it (0 to 1) filled."""
        self.outline(left, top, right, top + 4, DARK)
        self.box(left, top, left + round((right - left) * part), top + 4)

    def soft_keys(self, keys: SoftKeys, words: Words) -> tuple[str, ...]:
        """Label the soft keys and return the labels; nothing at all if no key does anything."""
        if not any(keys):
            return ()
        self.line(0, RULE_Y, WIDTH - 1, RULE_Y)
        labels = [words(key.value) if key else "" for key in keys]
        for column, label in enumerate(labels):
            face, grey = ((STRONG, 11), WHITE) if self.big else ((BODY, 10), LIGHT)
            self.write(64 * column + 32, 61, label, face, grey, align="m", width=60, smallest=10)
            if column:
                self.line(64 * column, 55, 64 * column, 61)
        return (" | ".join(label or "-" for label in labels),)


def one_line(words: str) -> str:
    """Return words that can stand on one line: letters composed, control and format characters gone."""
    whole = unicodedata.normalize("NFC", " ".join(words.split("\n")))
    return "".join(mark for mark in whole if unicodedata.category(mark)[0] != "C")


def broken(words: str, name: str, size: int, width: float) -> list[str]:
    """Return words as one line or as two of at most `width` pixels, or nothing if two cannot hold them."""
    if text_width(words, name, size) <= width:
        return [words]
    parts = words.split(" ")
    pairs = [(" ".join(parts[:cut]), " ".join(parts[cut:])) for cut in range(1, len(parts) - 1)]
    widths = [max(text_width(line, name, size) for line in pair) for pair in pairs]
    fitting = [(not pair[0].endswith("."), wide, pair) for wide, pair in zip(widths, pairs, strict=True)]
    fitting = [choice for choice in fitting if choice[1] <= width]
    return list(min(fitting)[2]) if fitting else []


def _cut(words: str, name: str, size: int, width: float) -> str:
    if text_width(words, name, size) <= width:
        return words
    while words and text_width(words + "…", name, size) > width:
        words = words[:-1]
    return words.rstrip() + "…"
