"""The card as picture, terminal text and letter: what a camera reads is what was issued."""

import io

import pytest
from PIL import Image
from pyzbar import pyzbar

from cms import domain as domains
from cms import letter as letters
from cms import picture
from crypto import card
from tests.cms.fax import pages
from tests.codes import qr_codes

NOW = 1_794_300_000


@pytest.fixture(scope="module")
def letter():
    domain = domains.create("sv.example", organisation="Example Office", crs="crs.sv.example:5061", now=NOW)
    domain = domains.add_user(domain, tel="+447700900123", name="Zoë Łódź-Müller", now=NOW)
    _, made = domains.issue_card(domain, tel="+447700900123", now=NOW)
    return made


def test_the_picture_is_read_by_both_readers(letter):
    image = Image.open(io.BytesIO(picture.png(letter.text)))
    assert qr_codes(image)[0].text == letter.text
    assert pyzbar.decode(image.convert("L"))[0].data.decode() == letter.text


def test_the_terminal_text_is_read_as_white_paper(letter):
    lines = picture.half_blocks(letter.text)
    parts = {"█": (255, 255), "▀": (255, 0), "▄": (0, 255), " ": (0, 0)}
    image = Image.new("L", (len(lines[0]), 2 * len(lines)))
    image.putdata([parts[mark][half] for line in lines for half in (0, 1) for mark in line])
    image = image.resize((image.width * 6, image.height * 6), Image.Resampling.NEAREST)
    assert qr_codes(image)[0].text == letter.text


def test_the_page_of_the_pdf_is_read(letter):
    pdf = letters.pdf(letter)
    assert pdf.startswith(b"%PDF-")
    assert pdf.count(b"/Type /Page\n") == 1
    [page] = pages(pdf)
    assert page.size == (2480, 3508)
    [code] = qr_codes(page)
    assert code.text == letter.text
    card.parse(code.text).open(letter.transfer_code)


def test_the_code_on_the_page_is_at_least_80_mm_square_with_a_white_border(letter):
    [code] = qr_codes(letters.picture(letter))
    corners = code.position
    side = corners.top_right.x - corners.top_left.x
    assert side / 300 * 25.4 >= 80
    modules = picture.qr_code(letter.text).symbol_size(border=0)[0]
    quiet = round(4 * side / modules)
    page = letters.picture(letter)
    around = (
        corners.top_left.x - quiet + 2,
        corners.top_left.y - quiet + 2,
        corners.top_left.x - 2,
        corners.bottom_left.y + quiet - 2,
    )
    assert page.crop(around).getextrema() == (255, 255)


def test_the_transfer_code_is_not_on_the_page(letter):
    without = domains.Letter(
        letter.card, letter.text, letter.name, letter.organisation, letter.marking, "0000000000"
    )
    assert letters.picture(letter).tobytes() == letters.picture(without).tobytes()


@pytest.mark.parametrize(
    "change",
    [{"name": "Bob"}, {"organisation": "Another Office"}, {"marking": "OFFICIAL"}],
    ids=["name", "organisation", "marking"],
)
def test_what_the_page_says(letter, change):
    known = {
        field: getattr(letter, field)
        for field in ("card", "text", "name", "organisation", "marking", "transfer_code")
    }
    other = domains.Letter(**{**known, **change})
    assert letters.picture(letter).tobytes() != letters.picture(other).tobytes()


def test_the_longest_texts_stay_on_the_page(letter):
    wide = domains.Letter(letter.card, letter.text, "W" * 20, "M" * 48, "W " * 30 + "W", "0000000000")
    page = letters.picture(wide)
    assert page.crop((0, 0, 60, 3508)).getextrema() == (255, 255)
    assert page.crop((2420, 0, 2480, 3508)).getextrema() == (255, 255)


def test_codes_are_grouped_to_be_read_out():
    assert letters.grouped("0305C1B4") == "0305 C1B4"
    assert letters.grouped("0123456789") == "012 345 6789"


def test_moments_are_said_in_utc():
    assert letters.when(0) == "1 Jan 1970 00:00 UTC"
    assert letters.day(1_796_083_200) == "30 Nov"
