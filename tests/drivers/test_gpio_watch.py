"""A line that the library has not yet let go of is watched a moment later."""

from __future__ import annotations

from typing import Any

import pytest

from drivers import gpio_rpi
from drivers.gpio_rpi import Header, HeaderUnavailable


class Library:
    """RPi.GPIO's calls; watching fails `failures` times with `text`, and leaves the line to nobody."""

    IN, OUT, LOW, HIGH, BCM, BOTH, PUD_UP, PUD_OFF = 1, 0, 0, 1, 11, 33, 22, 20

    def __init__(self, failures: int, text: str) -> None:
        self.failures = failures
        self.text = text
        self.watched: list[int] = []
        self.inputs: dict[int, int] = {}

    def setmode(self, _mode: int) -> None: ...

    def setup(self, pin: int, _direction: int, *, pull_up_down: int) -> None:
        self.inputs[pin] = pull_up_down

    def add_event_detect(self, pin: int, _edge: int, **_: Any) -> None:
        if self.failures:
            self.failures -= 1
            self.inputs.pop(pin, None)
            raise RuntimeError(self.text)
        assert pin in self.inputs, "the line must be an input first"
        self.watched.append(pin)


@pytest.mark.parametrize("text", ["'bad event request'", "'GPIO busy'"])
def test_a_line_that_is_let_go_of_late_is_watched_in_the_end(text: str) -> None:
    library = Library(3, text)
    header = Header(library)
    header.input(5)
    header.watch(5, lambda: None)
    assert library.watched == [5]


def test_a_line_that_cannot_even_be_an_input_yet_is_watched_in_the_end() -> None:
    class Slow(Library):
        """Refuses `refusals` times to take a line that it has just lost."""

        refusals = 0

        def setup(self, pin: int, _direction: int, *, pull_up_down: int) -> None:
            if self.refusals:
                self.refusals -= 1
                raise RuntimeError("'GPIO busy'")
            super().setup(pin, _direction, pull_up_down=pull_up_down)

        def add_event_detect(self, pin: int, _edge: int, **named: Any) -> None:
            if not self.failures and pin not in self.inputs:
                raise RuntimeError("You must setup() the GPIO channel as an input first")
            super().add_event_detect(pin, _edge, **named)

    library = Slow(1, "'bad event request'")
    header = Header(library)
    header.input(5)
    library.refusals = 2
    header.watch(5, lambda: None)
    assert library.watched == [5]


def test_its_pull_up_is_there_again() -> None:
    library = Library(1, "'bad event request'")
    header = Header(library)
    header.input(5)
    header.watch(5, lambda: None)
    assert library.inputs == {5: Library.PUD_UP}


def test_a_line_that_is_never_let_go_of_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gpio_rpi, "WATCH_PATIENCE_S", 0.02)
    header = Header(Library(10**9, "'bad event request'"))
    header.input(5)
    with pytest.raises(HeaderUnavailable, match="bad event request"):
        header.watch(5, lambda: None)


def test_another_error_is_told_at_once() -> None:
    library = Library(2, "'unknown handle'")
    header = Header(library)
    header.input(5)
    with pytest.raises(HeaderUnavailable, match="unknown handle"):
        header.watch(5, lambda: None)
    assert library.failures == 1
