"""Draws the pictures of firmware/system/first_picture.py, which cannot draw.

    python -m firmware.screens.first_pictures

They are committed as the panel takes them: two pixels an octet, 256 x 64.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from firmware.screens.canvas import BODY, FONTS, HEIGHT, LIGHT, MIDDLE, SHIELD, STRONG, WHITE, WIDTH

FOLDER = Path(__file__).parents[1] / "system"
PICTURES = {
    "first": ("Sottovoce", "The system is verified. Starting …"),
    "refused": ("This card is another phone's", "Put it back there, or write a new one."),
}


def picture(title: str, line: str) -> bytes:
    """Draw a sign and two lines; return 8192 octets."""
    image = Image.new("L", (WIDTH, HEIGHT))
    draw = ImageDraw.Draw(image)
    for y, row in enumerate(SHIELD):
        for x, dot in enumerate(row):
            if dot == "#":
                image.putpixel((8 + x, 14 + y), LIGHT)
    draw.text((30, 28), title, fill=WHITE, font=ImageFont.truetype(FONTS / STRONG, 16), anchor="ls")
    draw.text((30, 46), line, fill=MIDDLE, font=ImageFont.truetype(FONTS / BODY, 12), anchor="ls")
    pixels = image.tobytes()
    return bytes(left & 0xF0 | right >> 4 for left, right in zip(pixels[::2], pixels[1::2], strict=True))


def main() -> None:
    """Write them."""
    for name, words in PICTURES.items():
        (FOLDER / f"{name}.4bpp").write_bytes(picture(*words))


if __name__ == "__main__":
    main()
