"""The wires of an emulated phone: a pressed key joins its row to its column, and nothing else does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from board.qemu import Wires

ROWS, COLUMNS = (5, 6), (12, 16)
NAMES = (("1", "2"), ("4", "5"))


class Library:
    """The call set of RPi.GPIO, writing down what it is asked for."""

    IN, OUT, LOW, HIGH = 1, 0, 0, 1

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []

    def setup(self, pin: int, direction: int, **_: Any) -> None:
        self.asked.append(("in" if direction == self.IN else "out", pin))

    def add_event_detect(self, pin: int, *_: Any, **__: Any) -> None:
        self.asked.append(("watch", pin))

    def remove_event_detect(self, pin: int) -> None:
        self.asked.append(("unwatch", pin))


@pytest.fixture
def state(tmp_path: Path) -> Path:
    for pin in (*ROWS, 17):
        (tmp_path / "lines" / f"sim_gpio{pin}").mkdir(parents=True)
        (tmp_path / "lines" / f"sim_gpio{pin}" / "pull").touch()
    (tmp_path / "looked").touch()
    return tmp_path


@pytest.fixture
def wires(state: Path) -> Wires:
    return Wires(Library(), state, rows=ROWS, columns=COLUMNS, names=NAMES, grounded={"hook": 17})


def press(state: Path, *names: str) -> None:
    (state / "pressed").write_text("\n".join(names))


def low(state: Path) -> set[int]:
    """The lines that are pulled to ground."""
    pulls = {pin: state / "lines" / f"sim_gpio{pin}" / "pull" for pin in (*ROWS, 17)}
    return {pin for pin, path in pulls.items() if path.read_text() == "pull-down"}


def drive(wires: Wires, pin: int) -> None:
    wires.setup(pin, Library.OUT, initial=Library.LOW)


def test_an_open_key_joins_nothing(wires: Wires, state: Path) -> None:
    drive(wires, 12)
    assert low(state) == set()


def test_a_pressed_key_pulls_its_row_while_its_column_is_low(wires: Wires, state: Path) -> None:
    press(state, "4")
    drive(wires, 12)
    assert low(state) == {6}


def test_a_pressed_key_pulls_nothing_while_another_column_is_low(wires: Wires, state: Path) -> None:
    press(state, "4")
    drive(wires, 16)
    assert low(state) == set()


def test_a_floating_column_pulls_nothing(wires: Wires, state: Path) -> None:
    press(state, "4")
    drive(wires, 12)
    wires.setup(12, Library.IN)
    assert low(state) == set()


def test_a_column_that_is_high_pulls_nothing(wires: Wires, state: Path) -> None:
    press(state, "4")
    wires.setup(12, Library.OUT, initial=Library.HIGH)
    assert low(state) == set()


def test_a_key_keeps_its_row_down_when_the_row_is_watched(wires: Wires, state: Path) -> None:
    press(state, "1")
    drive(wires, 12)
    (state / "lines" / "sim_gpio5" / "pull").write_text("pull-up")
    wires.add_event_detect(5, 0)
    assert low(state) == {5}


def test_the_lifted_handset_closes_its_contact(wires: Wires, state: Path) -> None:
    press(state, "hook")
    drive(wires, 12)
    assert low(state) == {17}


def test_a_line_of_another_device_moves_no_key(wires: Wires, state: Path) -> None:
    press(state, "1")
    drive(wires, 12)
    (state / "lines" / "sim_gpio5" / "pull").write_text("untouched")
    wires.setup(27, Library.OUT, initial=Library.LOW)
    assert (state / "lines" / "sim_gpio5" / "pull").read_text() == "untouched"


def test_every_turn_of_a_column_is_counted(wires: Wires, state: Path) -> None:
    drive(wires, 12)
    drive(wires, 16)
    assert (state / "looked").read_text().split() == ["000000000002", "1"]


def test_who_presses_is_told_which_line_a_key_pulls(wires: Wires) -> None:
    assert wires.pulls() == {"1": 5, "2": 5, "4": 6, "5": 6, "hook": 17}


def test_what_is_asked_for_reaches_the_library(wires: Wires) -> None:
    drive(wires, 12)
    assert wires.asked == [("out", 12)]
