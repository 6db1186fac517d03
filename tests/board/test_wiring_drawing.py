"""The drawing of the wiring is made from board/pi.toml, is current, and leaves nothing out."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path

import pytest

from board.pi import REFERENCE
from board.pi_wiring import Wiring, read_wiring
from board.wiring_drawing import DRAWING, HEIGHT, PIN_OF, WIDTH, draw, main, uses
from drivers.key_scanner import MAPS
from tests.board.test_hardware_page import PAGE, PINS, ROW

SVG = "{http://www.w3.org/2000/svg}"
CHARACTER_WIDTH = 0.62
"""Of a font's size, for the widest letters of a line on average."""


@pytest.fixture
def reference() -> Wiring:
    return read_wiring(REFERENCE)


def texts(drawing: str) -> list[str]:
    return ["".join(text.itertext()) for text in ElementTree.fromstring(drawing).iter(f"{SVG}text")]


def test_the_drawing_is_current() -> None:
    assert main(["--check"]) == 0


def test_a_drawing_that_is_not_current_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = tmp_path / "old.svg"
    old.write_text(DRAWING.read_text().replace("GPIO 5", "GPIO 6"))
    assert main(["--check", "-o", str(old)]) == 1
    assert "python -m board.wiring_drawing" in capsys.readouterr().err
    assert main(["-o", str(old)]) == 0
    assert main(["--check", "-o", str(old)]) == 0


def test_the_pins_are_those_of_the_page() -> None:
    assert PIN_OF == PINS


def test_every_line_of_the_page_is_drawn_at_its_pin(reference: Wiring) -> None:
    drawn = {gpio: PIN_OF[gpio] for gpio in uses(reference)}
    assert drawn == {int(row["gpio"]): int(row["pin"]) for row in ROW.finditer(PAGE)}


def test_every_use_of_a_line_is_written_once(reference: Wiring) -> None:
    written = texts(draw(reference))
    for _, label in uses(reference).values():
        assert written.count(label) == 1, label


def test_every_key_of_the_keypad_is_drawn(reference: Wiring) -> None:
    written = texts(draw(reference))
    for row in MAPS[reference.layout]:
        for key in row:
            assert key.replace("soft", "soft ") in written


def test_who_cannot_see_it_is_told_every_line(reference: Wiring) -> None:
    described = ElementTree.fromstring(draw(reference)).findtext(f"{SVG}desc")
    assert described is not None
    assert re.findall(r"pin (\d+), GPIO (\d+)", described) == [
        (str(pin), str(gpio)) for pin, gpio in sorted((PIN_OF[gpio], gpio) for gpio in uses(reference))
    ]


@pytest.mark.parametrize("polarity", ["NC", "NO"])
def test_nothing_is_drawn_beyond_the_edge(reference: Wiring, polarity: str) -> None:
    for text in ElementTree.fromstring(draw(replace(reference, polarity=polarity))).iter(f"{SVG}text"):
        words = "".join(text.itertext())
        wide = len(words) * float(text.get("font-size", "0")) * CHARACTER_WIDTH
        before = {"start": 0.0, "middle": wide / 2, "end": wide}[text.get("text-anchor", "")]
        left = float(text.get("x", "0")) - before
        assert 0 <= left <= left + wide <= WIDTH, words
        assert float(text.get("y", "0")) <= HEIGHT, words


def test_a_phone_that_is_wired_otherwise_is_drawn_as_it_is(tmp_path: Path) -> None:
    site, drawing = tmp_path / "board.toml", tmp_path / "mine.svg"
    site.write_text('[hook]\npin = 15\npolarity = "NO"\n')
    assert main(["--wiring", str(site), "-o", str(drawing)]) == 0
    assert "hook (NO)" in texts(drawing.read_text())
    assert "pin 10, GPIO 15: hook (NO)" in drawing.read_text()


def test_a_wiring_that_is_wrong_is_not_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site, drawing = tmp_path / "board.toml", tmp_path / "mine.svg"
    site.write_text('[hook]\npin = 10\npolarity = "NO"\n')
    assert main(["--wiring", str(site), "-o", str(drawing)]) == 1
    assert "line 2" in capsys.readouterr().err
    assert not drawing.exists()
