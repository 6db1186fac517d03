"""The letter: one A4 page with the card and what to do with it. The transfer code is never on it."""

from __future__ import annotations

from datetime import UTC, datetime

from PIL import Image

from cms import pdf as pdfs
from cms.domain import Letter
from cms.drawings import SIDE, drawing
from cms.page import INK, MARGIN, PAPER, WIDTH, Page, font
from cms.picture import QUIET_ZONE, qr_code
from crypto.serials import serial_text

_QR_SIDE = 1130  # 96 mm with quiet zone: about 88 mm of code
_COLUMNS = 2
_STEP_HEIGHT = 372
_STEPS = (
    "Unpack the phone, plug it in and wait for “Show the code”.",
    "Hold this page flat in front of the phone's camera until it ticks.",
    "Check that the phone shows your number, your name and the check code above: all three.",
    "Type the transfer code. It reaches you another way, never with this page.",
    "Make the test call that the phone offers.",
    "Destroy this page at once, by the rules of its marking.",
)
_WARNING = (
    "Whoever photographs this page and learns the transfer code can become this phone. "
    "Tell security if the envelope was open."
)


def pdf(letter: Letter) -> bytes:
    """Return the letter as a PDF of one A4 page, 300 dots to the inch."""
    return pdfs.of_one(picture(letter), title=f"Card for {letter.card.tel}")


def picture(letter: Letter) -> Image.Image:
    """Return the page as a grey picture of 2480 x 3508 pixels."""
    plain, bold, small = font("Inter-Medium", 46), font("Inter-SemiBold", 46), font("Inter-Medium", 38)
    title, mono = font("Inter-SemiBold", 76), font("B612Mono-Bold", 50)
    page = Page(letter.marking)
    page.text(letter.organisation, plain)
    page.text(f"A phone for {letter.name}", title, after=1.7)
    qr_y = page.y + 20
    page.image.paste(_qr(letter.text), (MARGIN - 40, qr_y))
    page.y = qr_y + 60
    column = MARGIN + _QR_SIDE + 40
    for label, value in _facts(letter):
        page.text(label, small, x=column, after=1.25)
        page.text(value, mono, x=column, after=1.95)
    page.y = max(page.y, qr_y + _QR_SIDE + 10)
    page.rule(page.y)
    page.y += 30
    _steps(page)
    page.text(_WARNING, bold, after=1.4)
    return page.image


def _steps(page: Page) -> None:
    """Draw and write what to do, in two columns, from left to right and down."""
    number, plain = font("Inter-SemiBold", 60), font("Inter-Medium", 42)
    top, width = page.y, (WIDTH - 2 * MARGIN) // _COLUMNS
    for at, step in enumerate(_STEPS):
        row, column = divmod(at, _COLUMNS)
        x, y = MARGIN + column * width, top + row * _STEP_HEIGHT
        page.image.paste(drawing(at + 1), (x, y))
        page.y = y + 24
        page.text(f"{at + 1}", number, x=x + SIDE + 30, after=1.3)
        page.text(step, plain, x=x + SIDE + 30, right=x + width - 30, after=1.35)
    page.y = top + -(-len(_STEPS) // _COLUMNS) * _STEP_HEIGHT


def when(unix: int) -> str:
    """Return a moment as the letter says it, in UTC."""
    return datetime.fromtimestamp(unix, UTC).strftime("%-d %b %Y %H:%M UTC")


def date(unix: int) -> str:
    """Return the day (UTC) in which a moment lies."""
    return datetime.fromtimestamp(unix, UTC).strftime("%-d %b %Y")


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
    image = Image.new("L", (modules, modules), PAPER)
    image.putdata([INK if module else PAPER for row in code.matrix_iter(border=QUIET_ZONE) for module in row])
    return image.resize((modules * scale, modules * scale), Image.Resampling.NEAREST)
