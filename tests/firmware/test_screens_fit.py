"""Nothing on any screen is cut, too small, on top of something else or off the glass, in any language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from itertools import combinations

import pytest

from firmware.acts import Act
from firmware.desk_view import LIST
from firmware.screens.canvas import BODY, HEIGHT, SMALLEST, STRONG, WIDTH, Box, Canvas, Line, text_width
from firmware.screens.models import (
    CallingScreen,
    CallScreen,
    IncomingScreen,
    ListScreen,
    Model,
    PastCallScreen,
    PersonScreen,
    Row,
    VolumeScreen,
)
from firmware.screens.render import compose
from firmware.settings import COUNTRIES
from firmware.text import CATALOGUES, Words

from .screen_specimens import SPECIMENS

LABEL_WIDTH = 60
LARGE = 17
"""Pixels of a name or a number that one has to read from a distance."""
NO_CURSOR = 16
"""Pixels from which a box is more than a cursor or a step of a meter."""
LONGEST = [name for name in SPECIMENS if "long" in name]
"""With a person's name, or an organisation's, that no line can hold."""

every_set = pytest.mark.parametrize(
    ("language", "big"), [(language, big) for language in CATALOGUES for big in (False, True)]
)


def screens(language: str, big: bool) -> Iterator[tuple[str, list[Line]]]:
    for name, model in SPECIMENS.items():
        yield name, compose(model, Words(language), big=big)[0].lines


def given(model: Model) -> list[str]:
    """What the model brings along and no catalogue can shorten: names of people and organisations."""
    values = [getattr(model, field.name) for field in fields(model)]
    return [value for value in values if isinstance(value, str) and value and not value.lstrip("+").isdigit()]


@every_set
@pytest.mark.parametrize("country", COUNTRIES)
def test_no_country_is_cut_where_its_tones_are_chosen(country: str, language: str, big: bool) -> None:
    values = ListScreen((Row(f"country {country}", sign="chosen"), Row("on"), Row("off")), 0, LIST)
    setting = ListScreen((Row("setting country", right_key=f"country {country}"), Row("on")), 0, LIST)
    for model in (values, setting):
        lines = compose(model, Words(language), big=big)[0].lines
        assert [line.words for line in lines if line.room is not None and line.needed > line.room] == []


@every_set
def test_nothing_is_cut_but_a_name_that_no_line_can_hold(language: str, big: bool) -> None:
    faults = [
        f"{name}: {line.words!r} needs {line.needed:.0f} of {line.room:.0f} pixels at {line.size}"
        for name, lines in screens(language, big)
        for line in lines
        if line.room is not None and line.needed > line.room and not may_be_cut(name, line)
    ]
    assert not faults, "\n".join(faults)


def may_be_cut(name: str, line: Line) -> bool:
    return name in LONGEST and any(value in line.words for value in given(SPECIMENS[name]))


@every_set
def test_nothing_is_smaller_than_ten_pixels(language: str, big: bool) -> None:
    for name, lines in screens(language, big):
        assert all(line.size >= SMALLEST for line in lines), name


@pytest.mark.parametrize("language", CATALOGUES)
def test_who_one_talks_to_is_written_large_if_it_fits(language: str) -> None:
    seen = 0
    for name, model in SPECIMENS.items():
        if isinstance(model, CallingScreen | IncomingScreen | CallScreen | PersonScreen | PastCallScreen):
            who = getattr(model, "name", "") or model.number
            for line in compose(model, Words(language))[0].lines:
                if line.words == who:
                    seen += 1
                    fits = line.room is None or text_width(who, line.face, LARGE) <= line.room
                    assert line.size >= LARGE or not fits, f"{name}: {who!r} at {line.size}"
    assert seen > 30


@every_set
def test_nothing_is_off_the_glass(language: str, big: bool) -> None:
    faults = [
        f"{name}: {line.drawn!r} at {line.box}"
        for name, lines in screens(language, big)
        for line in lines
        if min(line.box) < 0 or line.box[2] > WIDTH or line.box[3] > HEIGHT
    ]
    assert not faults, "\n".join(faults)


@every_set
def test_no_text_lies_on_another(language: str, big: bool) -> None:
    faults = [
        f"{name}: {one.drawn!r} {one.box} and {other.drawn!r} {other.box}"
        for name, lines in screens(language, big)
        for one, other in combinations(lines, 2)
        if overlap(one, other)
    ]
    assert not faults, "\n".join(faults)


def overlap(one: Line, other: Line) -> bool:
    left, top, right, bottom = one.box
    left_, top_, right_, bottom_ = other.box
    return left < right_ and left_ < right and top < bottom_ and top_ < bottom


@every_set
def test_no_box_covers_a_text_and_no_text_runs_into_a_box(language: str, big: bool) -> None:
    faults = [
        f"{name}: {line.drawn!r} {line.box} and {box}"
        for name, model in SPECIMENS.items()
        if not isinstance(model, VolumeScreen)
        for canvas in [compose(model, Words(language), big=big)[0]]
        for box in canvas.boxes
        if box.right - box.left >= NO_CURSOR
        for place, line in enumerate(canvas.lines)
        if touches(line, box) and not (place >= box.after and within(line, box))
    ]
    assert not faults, "\n".join(faults)


def touches(line: Line, box: Box) -> bool:
    left, top, right, bottom = line.box
    return left < box.right and box.left < right and top + 1 < box.bottom and box.top < bottom - 1


def within(line: Line, box: Box) -> bool:
    return box.left <= line.box[0] and line.box[2] <= box.right


@pytest.mark.parametrize("language", CATALOGUES)
@pytest.mark.parametrize("act", Act)
def test_every_soft_key_has_a_label_that_fits_its_column(language: str, act: Act) -> None:
    label = CATALOGUES[language][act.value]
    for face in (BODY, STRONG):
        assert text_width(label, face, SMALLEST) <= LABEL_WIDTH, label


def test_the_measure_sees_what_is_cut_and_what_overlaps() -> None:
    canvas = Canvas()
    canvas.write(4, 20, "Setting up secure call", (BODY, 11), width=60)
    canvas.write(40, 24, "Calling", (BODY, 11))
    cut, whole = canvas.lines
    assert (cut.words, cut.drawn[-1]) == ("Setting up secure call", "…")
    assert cut.needed > 60
    assert overlap(cut, whole)
    assert overlap(whole, cut)
