"""The small drawings of the letter, one for each step: lines and boxes, 300 x 300 dots."""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image, ImageDraw

from cms.page import INK, PAPER

SIDE = 300
_LINE = 8
_THIN = 5
_Draw = ImageDraw.ImageDraw


def drawing(step: int) -> Image.Image:
    """Return the drawing of a step, counted from 1."""
    image = Image.new("L", (SIDE, SIDE), PAPER)
    draw = ImageDraw.Draw(image)
    _STEPS[step - 1](draw)
    return image


def _plug_in(draw: _Draw) -> None:
    _phone(draw, (16, 70, 220, 250))
    draw.line((220, 210, 262, 210, 262, 120), fill=INK, width=_LINE, joint="curve")
    draw.rounded_rectangle((240, 76, 284, 124), 8, fill=INK)
    for x in (252, 272):
        draw.line((x, 76, x, 50), fill=INK, width=_LINE)


def _show_page(draw: _Draw) -> None:
    _sheet(draw, (14, 60, 144, 244))
    _code(draw, 42, 96, 74)
    draw.line((156, 152, 196, 152), fill=INK, width=_LINE)
    draw.polygon([(196, 134), (222, 152), (196, 170)], fill=INK)
    draw.rounded_rectangle((234, 96, 292, 208), 12, outline=INK, width=_LINE)
    draw.ellipse((246, 120, 280, 154), outline=INK, width=_LINE)
    _tick(draw, 246, 166, 34)


def _compare(draw: _Draw) -> None:
    _sheet(draw, (14, 50, 130, 214))
    draw.rounded_rectangle((160, 50, 288, 214), 12, outline=INK, width=_LINE)
    for y in (86, 128, 170):
        draw.line((36, y, 108, y), fill=INK, width=_LINE)
        draw.line((182, y, 266, y), fill=INK, width=_LINE)
        draw.text((145, y), "=", font_size=44, fill=INK, anchor="mm")
    _tick(draw, 112, 224, 72)


def _type_code(draw: _Draw) -> None:
    draw.rounded_rectangle((40, 30, 260, 90), 10, outline=INK, width=_LINE)
    for place in range(10):
        x = 62 + 18 * place + 5 * (place > 2) + 5 * (place > 5)
        draw.ellipse((x - 6, 54, x + 6, 66), fill=INK)
    for row in range(4):
        for column in range(3):
            x, y = 62 + 62 * column, 104 + 47 * row
            draw.rounded_rectangle((x, y, x + 50, y + 37), 8, outline=INK, width=_THIN)
            draw.text((x + 25, y + 19), "123456789*0#"[3 * row + column], font_size=30, fill=INK, anchor="mm")


def _test_call(draw: _Draw) -> None:
    draw.arc((40, 70, 210, 240), 140, 330, fill=INK, width=44)
    draw.rounded_rectangle((22, 168, 92, 246), 18, fill=INK)
    draw.rounded_rectangle((158, 76, 232, 150), 18, fill=INK)
    for reach in (34, 62, 90):
        draw.arc((196 - reach, 112 - reach, 196 + reach, 112 + reach), 300, 375, fill=INK, width=_LINE)


def _destroy(draw: _Draw) -> None:
    _sheet(draw, (84, 16, 216, 130))
    _code(draw, 120, 44, 60)
    draw.rounded_rectangle((40, 126, 260, 186), 12, fill=INK)
    for x in range(88, 220, 22):
        bend = 8 if (x // 22) % 2 else -8
        draw.line((x, 186, x + bend, 226, x - bend, 256, x, 286), fill=INK, width=_LINE, joint="curve")


def _phone(draw: _Draw, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    draw.rounded_rectangle(box, 16, outline=INK, width=_LINE)
    draw.rounded_rectangle((left + 18, top + 18, left + 66, bottom - 18), 20, outline=INK, width=_LINE)
    draw.rectangle((left + 84, top + 22, right - 18, top + 74), outline=INK, width=_THIN)
    for row in range(3):
        for column in range(3):
            x, y = left + 92 + 33 * column, top + 92 + 26 * row
            draw.rectangle((x, y, x + 20, y + 14), fill=INK)


def _sheet(draw: _Draw, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    fold = 30
    outline = [
        (left, top),
        (right - fold, top),
        (right, top + fold),
        (right, bottom),
        (left, bottom),
        (left, top),
    ]
    draw.line(outline, fill=INK, width=_LINE, joint="curve")
    draw.line([(right - fold, top), (right - fold, top + fold), (right, top + fold)], fill=INK, width=_THIN)


def _code(draw: _Draw, left: int, top: int, side: int) -> None:
    """Something that looks like a QR code to people. It has two corners too few to be one for a reader."""
    eye = side // 3
    draw.rectangle((left, top, left + eye, top + eye), outline=INK, width=_LINE)
    dot = max(4, side // 9)
    for place in range(81):
        row, column = divmod(place, 9)
        if (row > 3 or column > 3) and (place * 7 + row * 5) % 3 == 0:
            x, y = left + column * dot, top + row * dot
            draw.rectangle((x, y, x + dot - 1, y + dot - 1), fill=INK)


def _tick(draw: _Draw, left: int, top: int, side: int) -> None:
    low = top + side * 3 // 4
    line = (left, top + side // 2, left + side // 3, low, left + side, top)
    draw.line(line, fill=INK, width=_LINE + side // 12, joint="curve")


_STEPS: tuple[Callable[[_Draw], None], ...] = (
    _plug_in,
    _show_page,
    _compare,
    _type_code,
    _test_call,
    _destroy,
)
