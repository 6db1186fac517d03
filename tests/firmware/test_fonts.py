"""Which letters the faces have, and what shows for one that they do not."""

from __future__ import annotations

import pytest

from firmware.screens.call_models import IncomingScreen
from firmware.screens.canvas import BODY, DIGITS, MONO, STRONG, Canvas, font, one_line
from firmware.screens.render import render
from firmware.text import CATALOGUES, Words

NAMES = {
    "Polish": "Łukasz Żółć-Gęśla ĄĆĘŁŃÓŚŹŻ",
    "Turkish": "Şükrü Çağlar İnönü ışığı",
    "Czech": "Jiří Dvořák Ůěščřžýáíéúůťďň",
    "Romanian": "Ștefan Țuțea ăâîșț",
    "Icelandic": "Þórður Æð",
    "Vietnamese": "Nguyễn Đức Thịnh ượếẵ",
    "Greek": "Αθηνά Παπαδοπούλου ΐΰάέήίόύώ",
    "Russian": "Екатерина Щёголева",
    "Ukrainian": "Ґалаґан Їжакевич є",
    "Serbian": "Љубица Ђорђевић",
}
ABSENT = "\U0010fffd"


def drawn(letter: str, face: str) -> bytes:
    return bytes(font(face, 17).getmask(letter))


@pytest.mark.parametrize("face", [BODY, STRONG, DIGITS])
@pytest.mark.parametrize("language", NAMES)
def test_names_of_many_languages_are_drawn(language: str, face: str) -> None:
    missing = {letter for letter in NAMES[language] if letter.isalpha()} & absent(NAMES[language], face)
    assert not missing


def absent(text: str, face: str) -> set[str]:
    return {letter for letter in text if drawn(letter, face) == drawn(ABSENT, face)}


@pytest.mark.parametrize("language", CATALOGUES)
def test_every_letter_of_the_catalogue_is_in_the_faces(language: str) -> None:
    letters = "".join(CATALOGUES[language].values()).replace("\n", "")
    for face in (BODY, STRONG):
        assert not absent(letters, face)


def test_a_check_code_is_drawn_in_a_face_that_has_its_digits() -> None:
    assert not absent("0123456789ABCDEF", MONO)


def test_a_letter_that_no_face_has_shows_as_a_box_and_the_number_stands_beside_it() -> None:
    picture, said = render(IncomingScreen("3310", "山田太郎"), Words())
    assert any(line.startswith("3310") for line in said)
    assert picture.getextrema() == (0, 255)
    assert absent("山田", STRONG) == {"山", "田"}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Asha\nOkafor", "Asha Okafor"),
        ("Asha\x00 Okafor\x1b", "Asha Okafor"),
        ("A\u202eraf", "Araf"),
        ("Ame\u0301lie", "Amélie"),
    ],
)
def test_a_name_stands_on_one_line_whatever_is_in_it(name: str, shown: str) -> None:
    assert one_line(name) == shown
    canvas = Canvas()
    canvas.write(4, 30, name, width=200)
    assert canvas.lines[0].drawn == shown
    render(IncomingScreen("3310", name), Words())
