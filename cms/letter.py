"""The letter: one A4 page with the card and what to do with it. The transfer code is never on it."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from cms.domain import Letter, serial_text
from cms.picture import QUIET_ZONE, qr_code

_DPI = 300
_PAGE = (2480, 3508)
_MARGIN = 236
_QR_SIDE = 1130  # 96 mm with quiet zone: about 88 mm of code
_INK, _PAPER = 0, 255
_FONTS = Path(__file__).parent / "fonts"
_STEPS = (
    "Unpack the phone, plug it in and wait for “Show the code”.",
    "Hold this page flat in front of the phone's camera until it ticks.",
    "Check that the phone shows your number, your name and the check code above.",
    "Type the transfer code. It reaches you another way, never with this page.",
    "Make the test call that the phone offers.",
    "Destroy this page at once, by the rules of its marking.",
)
_WARNING = (
    "Whoever photographs this page and learns the transfer code can become this phone. "
    "Tell security if the envelope was open."
)


class _Page:
    """A page on which one line is written below the other."""

    def __init__(self) -> None:
        self.image = Image.new("L", _PAGE, _PAPER)
        self._draw = ImageDraw.Draw(self.image)
        self.y = _MARGIN

    def text(self, text: str, font: ImageFont.FreeTypeFont, *, x: int = _MARGIN, after: float = 1.45) -> None:
        for line in _wrapped(text, font, _PAGE[0] - _MARGIN - x):
            self._draw.text((x, self.y), line, font=font, fill=_INK)
            self.y += round(font.size * after)

    def centred(self, text: str, font: ImageFont.FreeTypeFont, y: int) -> None:
        self._draw.text((_PAGE[0] // 2, y), text, font=font, fill=_INK, anchor="mm")

    def rule(self, y: int) -> None:
        self._draw.line((_MARGIN, y, _PAGE[0] - _MARGIN, y), fill=_INK, width=3)


def pdf(letter: Letter) -> bytes:
    """Return the letter as a PDF of one A4 page, 300 dots to the inch."""
    out = io.BytesIO()
    page = picture(letter).convert("1", dither=Image.Dither.NONE)
    page.save(
        out, "PDF", resolution=_DPI, title=f"Card for {letter.card.tel}", creationDate=None, modDate=None
    )
    return out.getvalue()


def picture(letter: Letter) -> Image.Image:
    """Return the page as a grey picture of 2480 x 3508 pixels."""
    plain, bold, small = _font("Inter-Medium", 46), _font("Inter-SemiBold", 46), _font("Inter-Medium", 38)
    title, mono = _font("Inter-SemiBold", 76), _font("B612Mono-Bold", 50)
    page = _Page()
    for y in (_MARGIN // 2, _PAGE[1] - _MARGIN // 2):
        page.centred(letter.marking, bold, y)
    page.rule(_MARGIN - 30)
    page.y += 30
    page.text(letter.organisation, plain)
    page.text(f"A phone for {letter.name}", title, after=1.7)
    qr_y = page.y + 20
    page.image.paste(_qr(letter.text), (_MARGIN - 40, qr_y))
    page.y = qr_y + 60
    column = _MARGIN + _QR_SIDE + 40
    for label, value in _facts(letter):
        page.text(label, small, x=column, after=1.25)
        page.text(value, mono, x=column, after=1.95)
    page.y = max(page.y, qr_y + _QR_SIDE + 50)
    page.rule(page.y)
    page.y += 50
    page.text("What to do", bold, after=1.7)
    for number, step in enumerate(_STEPS, 1):
        page.text(f"{number}.  {step}", plain, after=1.6)
    page.y += 40
    page.text(_WARNING, bold, after=1.5)
    page.rule(_PAGE[1] - _MARGIN + 30)
    return page.image


def when(unix: int) -> str:
    """Return a moment as the letter says it, in UTC."""
    return datetime.fromtimestamp(unix, UTC).strftime("%-d %b %Y %H:%M UTC")


def day(unix: int) -> str:
    """Return the last day (UTC) of something that ends at a moment."""
    return datetime.fromtimestamp(unix - 1, UTC).strftime("%-d %b")


def grouped(code: str) -> str:
    """Return digits in groups that can be read out: check codes in fours, transfer codes as 3-3-4."""
    cuts = (4, 8) if len(code) == 8 else (3, 6, len(code))
    return " ".join(code[start:end] for start, end in zip((0, *cuts), cuts, strict=False) if code[start:end])


def _facts(letter: Letter) -> list[tuple[str, str]]:
    return [
        ("Number", letter.card.tel),
        ("Check code", grouped(letter.card.check_code)),
        ("Use before", when(letter.card.expires)),
        ("Keys for", letter.card.month),
        ("Serial", serial_text(letter.card.serial)),
    ]


def _qr(text: str) -> Image.Image:
    """The code, every module the same whole number of dots wide: up to 96 mm square with its quiet zone."""
    code = qr_code(text)
    modules = int(code.symbol_size(border=QUIET_ZONE)[0])
    scale = _QR_SIDE // modules
    image = Image.new("L", (modules, modules), _PAPER)
    image.putdata(
        [_INK if module else _PAPER for row in code.matrix_iter(border=QUIET_ZONE) for module in row]
    )
    return image.resize((modules * scale, modules * scale), Image.Resampling.NEAREST)


def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONTS / f"{name}.otf", size)


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
