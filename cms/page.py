"""An A4 page of 300 dots to the inch: text, rules, the marking at head and foot. Grey, without pictures."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

DPI = 300
WIDTH, HEIGHT = 2480, 3508
MARGIN = 236
INK, PAPER = 0, 255
_FONTS = Path(__file__).parent / "fonts"


class Page:
    """A page on which one line is written below the other. `image` is 2480 x 3508 pixels, grey."""

    def __init__(self, marking: str) -> None:
        self.image = Image.new("L", (WIDTH, HEIGHT), PAPER)
        self.draw = ImageDraw.Draw(self.image)
        bold = font("Inter-SemiBold", 46)
        for y in (MARGIN // 2, HEIGHT - MARGIN // 2):
            self.draw.text((WIDTH // 2, y), marking, font=bold, fill=INK, anchor="mm")
        self.rule(MARGIN - 30)
        self.rule(HEIGHT - MARGIN + 30)
        self.y = MARGIN + 30

    def text(
        self,
        text: str,
        face: ImageFont.FreeTypeFont,
        *,
        x: int = MARGIN,
        right: int = WIDTH - MARGIN,
        after: float = 1.45,
    ) -> None:
        """Write a text between `x` and `right` in as many lines as it takes, `after` times the size apart."""
        for line in _wrapped(text, face, right - x):
            self.draw.text((x, self.y), line, font=face, fill=INK)
            self.y += round(face.size * after)

    def rule(self, y: int) -> None:
        """Draw a line from margin to margin."""
        self.draw.line((MARGIN, y, WIDTH - MARGIN, y), fill=INK, width=3)


def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """Return one of the fonts that come with this program."""
    return ImageFont.truetype(_FONTS / f"{name}.otf", size)


def _wrapped(text: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and face.getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
