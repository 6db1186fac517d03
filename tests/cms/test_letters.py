"""Letters for many: each is read by the phone, each code is elsewhere, and nothing appears by halves."""

import io
import re

import numpy as np
import pytest
from PIL import Image, ImageChops

from cms import codes, letter_files, pdf
from cms import domain as domains
from cms import letter as letters
from cms.codes import Code
from cms.drawings import SIDE, drawing
from cms.page import MARGIN
from crypto import card
from crypto.secret import Secret
from drivers import qr
from tests.cms.fax import pages
from tests.cms.office import ALICE, BOB

CAROL = "+447700900125"


@pytest.fixture
def three(office):
    """Alice has a card; Bob and Carol have none, Carol a marking of her own."""
    office.does("user", "card", "--tel", ALICE, "-o", "alice.png")
    (office.desk / "people.csv").write_text(f"{BOB},Bob\n{CAROL},Carol,OFFICIAL\n")
    office.does("user", "import", "people.csv")
    return office


def read(page):
    """What the phone's own reader makes of a page, a third as large as printed."""
    small = page.resize((page.width // 3, page.height // 3), Image.Resampling.BOX)
    sighting = qr.read(np.asarray(small), turn=0, prefix=card.PREFIX)
    assert sighting is not None
    return card.parse(sighting.text)


def code_lines(path):
    return {line.split("\t")[0]: line.split("\t")[1:] for line in path.read_text().splitlines()}


def test_a_letter_each_for_those_who_have_none_and_their_codes_apart(three):
    assert "2 letters" in three.does("letters", "--new", "-o", "letters", "--codes", "codes.txt")
    assert sorted(path.name for path in (three.desk / "letters").iterdir()) == [f"{BOB}.pdf", f"{CAROL}.pdf"]
    listed = code_lines(three.desk / "codes.txt")
    for tel in (BOB, CAROL):
        [page] = pages((three.desk / "letters" / f"{tel}.pdf").read_bytes())
        found = read(page)
        serial, code, _ = listed[tel]
        assert (found.tel, f"{found.serial:016X}") == (tel, serial)
        found.validate(found.open(code))
        assert three.held().card_of(tel).serial == found.serial
    assert len(three.held().cards) == 3


def test_all_letters_in_one_pdf(three):
    three.does("letters", "--new", "--one-file", "-o", "all.pdf", "--codes", "codes.pdf")
    assert [read(page).tel for page in pages((three.desk / "all.pdf").read_bytes())] == [BOB, CAROL]
    assert len(pages((three.desk / "codes.pdf").read_bytes())) == 1


def test_new_letters_for_everybody_block_the_cards_they_have_and_are_asked_about(three):
    before = three.held()
    said = three.fails("letters", "--all", "-o", "letters", "--codes", "codes.txt")
    assert "--yes" in said
    assert three.held().cards[0].serial == before.cards[0].serial
    assert not (three.desk / "letters").exists()
    three.does("letters", "--all", "--yes", "-o", "letters", "--codes", "codes.txt")
    assert [card.state.name for card in three.held().cards] == ["BLOCKED", "ISSUED", "ISSUED", "ISSUED"]


def test_who_is_suspended_gets_no_letter(three):
    three.does("user", "suspend", "--tel", BOB)
    three.does("letters", "--new", "-o", "letters", "--codes", "codes.txt")
    assert [path.name for path in (three.desk / "letters").iterdir()] == [f"{CAROL}.pdf"]
    assert "nobody needs a letter" in three.fails("letters", "--new", "-o", "more", "--codes", "more.txt")
    assert not (three.desk / "more").exists()


@pytest.mark.parametrize("words", [(), ("--new", "--all")])
def test_letters_are_for_the_new_or_for_all(three, words):
    assert "--new or --all" in three.fails("letters", *words, "-o", "x", "--codes", "y", status=2)


@pytest.mark.parametrize(
    ("words", "taken", "said"),
    [
        (("-o", "letters", "--codes", "codes.txt"), "codes.txt", "already there"),
        (("-o", "letters", "--codes", "nowhere/codes.txt"), None, "cannot be written"),
        (("-o", "nowhere/letters", "--codes", "codes.txt"), None, "cannot be made"),
        (("--one-file", "-o", "all.pdf", "--codes", "all.pdf"), None, "two things"),
        (("--one-file", "-o", "all.pdf", "--codes", "codes.txt"), "all.pdf", "already there"),
    ],
)
def test_what_cannot_be_written_leaves_no_letter_no_code_and_no_card(three, words, taken, said):
    if taken:
        (three.desk / taken).write_text("of somebody else")
    before = sorted(three.desk.rglob("*"))
    assert said in three.fails("letters", "--new", *words)
    assert sorted(three.desk.rglob("*")) == before
    assert len(three.held().cards) == 1


def test_the_cards_are_known_before_their_letters_appear(three, monkeypatch):
    def power_cut(self):
        raise KeyboardInterrupt

    monkeypatch.setattr(letter_files.StagedLetters, "appear", power_cut)
    three.types("letters", "--new", "-o", "letters", "--codes", "codes.txt")
    assert len(three.held().cards) == 3
    assert not (three.desk / "letters").exists()
    assert not (three.desk / "codes.txt").exists()
    assert not [path for path in three.desk.iterdir() if path.name.startswith(".")]


def test_letters_and_codes_are_for_the_operators_eyes_only(three):
    three.does("letters", "--new", "-o", "letters", "--codes", "codes.pdf")
    for path in [three.desk / "codes.pdf", *(three.desk / "letters").rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0


def strip(number, name="Bob", marking="OFFICIAL"):
    return Code(f"+4477009{number:05}", name, number + 1, marking, Secret(f"{number:010}".encode()))


def sheets(strips, marking="OFFICIAL"):
    out = io.BytesIO()
    codes.write_pdf(out, strips, marking=marking)
    return pages(out.getvalue())


def test_each_sheet_has_room_for_ten_codes():
    assert [len(sheets([strip(n) for n in range(count)])) for count in (1, 10, 11, 25)] == [1, 1, 2, 3]


def test_the_widest_texts_stay_in_their_strip_and_on_the_sheet():
    [wide] = sheets([strip(0, name="W" * 24, marking="W " * 39 + "W")])
    [plain] = sheets([strip(0)])
    box = ImageChops.difference(wide, plain).getbbox()
    assert box[3] < MARGIN + 30 + 280
    assert wide.crop((0, 0, 60, 3508)).getextrema() == (255, 255)
    assert wide.crop((2420, 0, 2480, 3508)).getextrema() == (255, 255)


def test_another_code_is_another_sheet():
    assert sheets([strip(1)])[0].tobytes() != sheets([strip(2)])[0].tobytes()


def test_no_drawing_leaves_its_square_and_each_is_different():
    drawn = [drawing(step) for step in range(1, 7)]
    for image in drawn:
        assert image.size == (SIDE, SIDE)
        for edge in ((0, 0, SIDE, 1), (0, SIDE - 1, SIDE, SIDE), (0, 0, 1, SIDE), (SIDE - 1, 0, SIDE, SIDE)):
            assert image.crop(edge).getextrema() == (255, 255)
    assert len({image.tobytes() for image in drawn}) == 6


def test_the_steps_end_above_the_foot_of_the_page(three):
    _, letter = domains.issue_card(three.held(), tel=BOB, now=1_794_300_000)
    page = letters.picture(letter)
    assert page.crop((0, page.height - MARGIN - 200, page.width, page.height - MARGIN + 20)).getextrema() == (
        255,
        255,
    )


def test_a_pdf_says_where_everything_is():
    out = io.BytesIO()
    book = pdf.PDF(out, title="Zoë")
    for shade in (0, 255, 0):
        book.add(Image.new("L", (64, 32), shade))
    book.close()
    octets = out.getvalue()
    start = int(re.search(rb"startxref\n(\d+)\n%%EOF\n$", octets)[1])
    assert octets[start:].startswith(b"xref\n")
    entries = re.findall(rb"(\d{10}) 00000 n \n", octets[start:])
    for number, at in enumerate(entries, 1):
        assert octets[int(at) :].startswith(b"%d 0 obj\n" % number)
    assert b"/Count 3" in octets
    assert [page.getextrema() for page in pages(octets)] == [(0, 0), (255, 255), (0, 0)]


def test_a_card_without_a_transfer_code_has_no_strip(three):
    _, open_letter = domains.issue_card(three.held(), tel=BOB, now=1_794_300_000, sealed=False)
    with pytest.raises(ValueError, match="no strip"):
        codes.code_of(open_letter)
