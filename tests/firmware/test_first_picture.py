"""The first picture is there before anything that could draw it, and what it tells of the start is true."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from firmware.screens.first_pictures import FOLDER, PICTURES, picture
from firmware.system import first_picture
from firmware.system.first_picture import PICTURE_OCTETS, STEPS, WIDTH, Glass, Places, follow


class Start:
    """A start of the system, told step by step; keeps what was shown."""

    def __init__(self, run: Path, *steps: str) -> None:
        self.places = Places(run)
        self._steps = list(steps)
        self.shown: list[bytes] = []

    def wait(self) -> bool:
        if not self._steps:
            return False
        path: Path = getattr(self.places, self._steps.pop(0))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        return True

    def run(self) -> list[int]:
        """How much of the bar each picture has lit."""
        follow(self.shown.append, self.places, self.wait)
        return [octets[-WIDTH // 2 :].count(b"\xff"[0]) for octets in self.shown]


def test_the_bar_tells_what_is_done_and_no_more(tmp_path: Path) -> None:
    row = WIDTH // 2
    start = Start(tmp_path, "data_open", "phone")
    assert start.run() == [row * step // STEPS for step in (1, 2, 3)]


def test_it_does_not_go_on_by_itself(tmp_path: Path) -> None:
    start = Start(tmp_path)
    assert start.run() == [WIDTH // 2 // STEPS]


def test_it_ends_when_the_phone_begins(tmp_path: Path) -> None:
    start = Start(tmp_path, "phone", "data_open")
    start.run()
    assert not start.places.data_open.exists()


def test_a_card_of_another_phone_is_told(tmp_path: Path) -> None:
    start = Start(tmp_path, "refused")
    start.run()
    assert start.shown[-1] == (FOLDER / "refused.4bpp").read_bytes()


@pytest.mark.parametrize("name", PICTURES)
def test_the_pictures_are_what_their_words_make(name: str) -> None:
    octets = (FOLDER / f"{name}.4bpp").read_bytes()
    assert octets == picture(*PICTURES[name])
    assert len(octets) == PICTURE_OCTETS


def test_the_panel_is_dark_until_the_first_picture_is_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[tuple[int, bytes]] = []
    level = {24: 0, 25: 0}

    def ioctl(_: int, request: int, octets: bytes) -> bytes:
        if request == first_picture.SET_LINES:
            bits, mask = (int.from_bytes(octets[at : at + 8], "little") for at in (0, 8))
            level[24 if mask == 1 else 25] = int(bool(bits & mask))
        return octets

    monkeypatch.setattr(first_picture.fcntl, "ioctl", ioctl)
    monkeypatch.setattr(first_picture.os, "write", lambda _, octets: said.append((level[24], octets)))
    glass = Glass(3, 4)
    assert (0, b"\xaf") not in said
    glass.show(bytes(PICTURE_OCTETS))
    assert said[-1] == (0, b"\xaf")
    assert sum(len(octets) for is_data, octets in said[-4:] if is_data) == PICTURE_OCTETS
    assert level[25] == 1


def test_it_imports_nothing_that_takes_time() -> None:
    ask = "import sys, firmware.system.first_picture; print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert not {"PIL", "numpy", "asyncio", "logging", "dataclasses", "typing"} & set(said.stdout.split())


def test_a_computer_without_a_panel_has_no_first_picture() -> None:
    if os.path.exists("/dev/spidev0.0"):
        pytest.skip("this computer has a display on SPI")
    command = [sys.executable, "-m", "firmware.system.first_picture"]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (said.returncode, "no first picture" in said.stderr) == (0, True)
