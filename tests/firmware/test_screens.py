"""Every screen, pixel by pixel and word by word.

The pictures are committed as text, two pixel rows to a line, beside the PNG made from them; in German and
French the words and the PNG. After a wanted change, look at the difference that this makes:

    UPDATE_SCREENS=1 python -m pytest tests/firmware/test_screens.py
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import fields
from pathlib import Path

import pytest
from PIL import Image

from firmware.acts import Act
from firmware.reasons import REFUSALS, Why
from firmware.screens.canvas import FONTS, GREYS, HEIGHT, WIDTH
from firmware.screens.models import CallScreen, OverScreen
from firmware.screens.render import render
from firmware.text import CATALOGUES, ENGLISH, Words

from .screen_specimens import BIG_SPECIMENS, SPECIMENS, keys

GOLDEN = Path(__file__).parent / "screens_golden"
UPDATE = bool(os.environ.get("UPDATE_SCREENS"))
MARKS = " ▀▄█0123456789abcdefghijklmnopqrstuvwxyz"
PLAIN = {(0, 0): " ", (255, 0): "▀", (0, 255): "▄", (255, 255): "█"}
PAIRS = [(upper, lower) for upper in GREYS for lower in GREYS if (upper, lower) not in PLAIN]
MARK_OF = PLAIN | dict(zip(PAIRS, MARKS[4:], strict=False))
SETS = [*((language, name, False) for language in CATALOGUES for name in SPECIMENS)]
SETS += [("en", name, True) for name in SPECIMENS if name in BIG_SPECIMENS]


def as_text(picture: Image.Image) -> str:
    """Two rows of pixels to a line: half blocks for black and white, letters for pairs with a grey."""
    octets = picture.tobytes()
    rows = [octets[WIDTH * y : WIDTH * (y + 1)] for y in range(HEIGHT)]
    pairs = [zip(rows[y], rows[y + 1], strict=True) for y in range(0, HEIGHT, 2)]
    return "\n".join("".join(MARK_OF[pair] for pair in line).rstrip() for line in pairs) + "\n"


def golden(language: str, name: str, big: bool) -> Path:
    return GOLDEN / (f"{language}-big" if big else language) / f"{name}.txt"


@pytest.mark.parametrize(("language", "name", "big"), SETS)
def test_the_screen_is_as_it_was(language: str, name: str, big: bool) -> None:
    picture, said = render(SPECIMENS[name], Words(language), big=big)
    now = "\n".join(said) + "\n" + (f"{'-' * 16}\n{as_text(picture)}" if language == "en" else "")
    path = golden(language, name, big)
    if UPDATE and not (path.exists() and path.read_text() == now and same(path, picture)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(now)
        picture.save(path.with_suffix(".png"))
    assert path.exists(), f"{name} is new: UPDATE_SCREENS=1"
    assert now == path.read_text(), f"{name} changed; if that is wanted: UPDATE_SCREENS=1"
    assert same(path, picture), f"{name}: the PNG differs; if that is wanted: UPDATE_SCREENS=1"


def same(path: Path, picture: Image.Image) -> bool:
    with Image.open(path.with_suffix(".png")) as saved:
        return saved.convert("L").tobytes() == picture.tobytes()


def test_there_is_no_golden_without_a_screen() -> None:
    wanted = {golden(*each) for each in SETS}
    wanted |= {path.with_suffix(".png") for path in wanted}
    stale = {path for path in GOLDEN.rglob("*") if path.is_file()} - wanted
    if UPDATE:
        for path in stale:
            path.unlink()
        return
    assert not stale


@pytest.mark.parametrize("name", SPECIMENS)
def test_a_screen_has_the_panels_size_and_only_its_greys(name: str) -> None:
    picture, said = render(SPECIMENS[name], Words())
    assert (picture.size, picture.mode) == ((WIDTH, HEIGHT), "L")
    assert {value for _, value in picture.getcolors(256) or []} <= set(GREYS)
    assert all(line.strip() for line in said)


def bar(model: CallScreen | OverScreen) -> str:
    """What the top of the screen looks like from across a room."""
    picture, _ = render(model, Words())
    inside = [picture.getpixel((x, y)) for x in range(140, 200) for y in range(2, 14)]
    edge = [picture.getpixel((x, 0)) for x in range(WIDTH)]
    if inside.count(255) == len(inside):
        return "filled"
    return "outlined" if edge.count(255) == WIDTH and not any(inside) else "none"


@pytest.mark.parametrize("stage", ["answering", "securing", "secure", "lost"])
def test_only_a_verified_call_has_the_filled_bar(stage: str) -> None:
    model = CallScreen(stage, "2047", "Łukasz Żak", 5, 3, False)
    assert bar(model) == ("filled" if stage == "secure" else "none")
    assert ("Secure – verified" in render(model, Words())[1]) == (stage == "secure")


@pytest.mark.parametrize("why", Why)
def test_every_reason_has_its_words_and_only_refusals_the_outlined_bar(why: Why) -> None:
    model = OverScreen(why, "2047", "", None)
    said = render(model, Words())[1]
    assert bar(model) == ("outlined" if why in REFUSALS else "none")
    assert said[0].startswith("!") == (why in REFUSALS)
    if why in REFUSALS:
        assert said[-1].split()[-1][:2] == "E3", "the code stands at the end of the line"


def test_the_digits_of_a_transfer_code_never_show() -> None:
    model = SPECIMENS["transfer_code"]
    assert "typed" in {field.name for field in fields(model)}
    assert not any(character.isdigit() for character in render(model, Words())[1][1].replace("6 of 10", ""))


def test_a_check_code_stands_in_two_groups_in_a_face_without_look_alikes() -> None:
    assert "Check code: 7F3A 19C2" in render(SPECIMENS["confirm"], Words())[1]


def test_soft_keys_are_labelled_where_they_are() -> None:
    model = OverScreen(Why.NOT_VERIFIED, "2047", "", None, keys(None, None, None, Act.OK))
    picture, said = render(model, Words())
    assert said[-1] == "- | - | - | OK"
    lit = [x for x in range(WIDTH) for y in range(53, HEIGHT) if (picture.getpixel((x, y)) or 0) >= 150]
    assert min(lit) > 192


FONT_FILES = {
    "B612Mono-Bold.otf": "3a0747adb8c3c92a51b74b4b71b309174a3274056a7cd9251e975ee5a0f46529",
    "Inter-Medium.otf": "99dab2bdcb613c4c8264000a94351d1227f74dc95a86d1249493aeee0c0179c4",
    "Inter-SemiBold.otf": "8c1990b6012254ea2b487161697d107357dd0ee55811cfd91c8c11227bbef457",
    "Roboto-Medium.ttf": "7984aafeaf437899ce89b251d2875fc5048cb7d290152eac070239cca7ff726c",
}


def test_the_fonts_are_the_very_files_and_each_has_its_licence() -> None:
    shipped = {path.name for path in FONTS.iterdir() if path.suffix in (".otf", ".ttf")}
    assert shipped == set(FONT_FILES)
    for name, digest in FONT_FILES.items():
        assert hashlib.sha256((FONTS / name).read_bytes()).hexdigest() == digest, name
    licences = " ".join(path.read_text() for path in FONTS.glob("LICENSE-*"))
    assert all(name in licences for name in FONT_FILES)


def test_the_technicians_guide_explains_every_code_that_can_show() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "technician.md").read_text()
    explained = set(re.findall(r"^\| (E[0-9]{2})\b", guide, re.MULTILINE))
    assert explained == set(re.findall(r"\bE[0-9]{2}\b", " ".join([*ENGLISH, *ENGLISH.values()])))
