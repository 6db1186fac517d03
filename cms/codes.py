"""The transfer codes of many letters on sheets of their own: a strip for each person, to be cut off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from cms.domain import Letter
from cms.letter import grouped
from cms.page import HEIGHT, INK, MARGIN, WIDTH, Page, font
from cms.pdf import PDF
from crypto.secret import Secret
from crypto.serials import serial_text

_STRIP = 300
_DASH = 24


@dataclass(frozen=True, slots=True)
class Code:
    """What stands on one strip."""

    tel: str
    name: str
    serial: int
    marking: str
    code: Secret


def code_of(letter: Letter) -> Code:
    """Return the strip of a letter. Raises ValueError if its card is not sealed."""
    if letter.transfer_code is None:
        raise ValueError("a card without a transfer code has no strip")
    issued = letter.card
    return Code(issued.tel, letter.name, issued.serial, letter.marking, Secret(letter.transfer_code.encode()))


def write_pdf(file: BinaryIO, codes: Iterable[Code], *, marking: str) -> None:
    """Write sheets of A4 with a strip for each code; `marking` is at their head and foot."""
    pdf = PDF(file, title="Transfer codes")
    for page in _pages(codes, marking):
        pdf.add(page.image)
    pdf.close()


def write_text(file: BinaryIO, codes: Iterable[Code]) -> None:
    """Write a line for each code: number, serial, code, name, with tabs between."""
    for one in codes:
        code = one.code.expose().decode()
        file.write(f"{one.tel}\t{one.serial:016X}\t{code}\t{one.name}\n".encode())


def _pages(codes: Iterable[Code], marking: str) -> Iterator[Page]:
    page: Page | None = None
    for one in codes:
        if page is None:
            page = Page(marking)
        _strip(page, one)
        if page.y + _STRIP > HEIGHT - MARGIN:
            yield page
            page = None
    if page is not None:
        yield page


def _strip(page: Page, one: Code) -> None:
    top = page.y
    plain, bold, mono = font("Inter-Medium", 34), font("Inter-SemiBold", 42), font("B612Mono-Bold", 60)
    middle = WIDTH // 2 + 100
    page.text(f"{one.name}  {one.tel}", bold, right=middle, after=1.3)
    page.text(f"Letter {serial_text(one.serial)}", plain, after=1.3)
    page.text(f"{one.marking}. Destroy after use.", plain, after=1.3)
    page.y = top
    page.text("Transfer code", plain, x=middle + 40)
    page.text(grouped(one.code.expose().decode()), mono, x=middle + 40)
    page.y = top + _STRIP
    for x in range(MARGIN, WIDTH - MARGIN, 2 * _DASH):
        page.draw.line((x, page.y - 20, x + _DASH, page.y - 20), fill=INK, width=3)
