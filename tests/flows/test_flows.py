"""Every flow as a person would walk it; and that no screen, reason or code is left out."""

from __future__ import annotations

import re
from functools import cache
from typing import get_args

import pytest

from firmware import self_test
from firmware.reasons import REFUSALS, Why
from firmware.screens import models as m
from firmware.screens.render import render
from firmware.text import CATALOGUES, ENGLISH, Words

from .book import FLOWS
from .registry import Flow

CODE = re.compile(r"\bE[0-9]{2}\b")


@cache
def lived(flow: Flow) -> tuple[m.Model, ...]:
    return tuple(page.model for page in flow.script().pages)


def everything() -> list[m.Model]:
    return [model for flow in FLOWS for model in lived(flow)]


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name)
def test_the_flow_goes_as_written(flow: Flow) -> None:
    assert lived(flow)


def test_every_flow_has_a_name_of_its_own() -> None:
    names = [flow.name for flow in FLOWS]
    assert len(set(names)) == len(names)


def test_every_kind_of_screen_shows_in_some_flow() -> None:
    assert {type(model) for model in everything()} == set(get_args(m.Model))


def test_every_reason_why_a_call_is_over_is_reached() -> None:
    reached = {model.why for model in everything() if isinstance(model, m.OverScreen)}
    assert reached | {Why.CAMERA_RESTARTED} == set(Why)


def test_every_code_of_the_catalogue_is_reached() -> None:
    said = " ".join(line for model in everything() for line in render(model, Words())[1])
    assert set(CODE.findall(said)) == set(CODE.findall(" ".join(ENGLISH.values()))) | set(
        self_test.CODES.values()
    )


@pytest.mark.parametrize("why", sorted(REFUSALS, key=lambda why: why.value))
def test_every_refusal_is_reached_and_says_so(why: Why) -> None:
    screens = [model for model in everything() if isinstance(model, m.OverScreen) and model.why is why]
    assert screens
    assert all(render(screen, Words())[1][0] == "! CALL REFUSED" for screen in screens)


@pytest.mark.parametrize("language", CATALOGUES)
def test_every_page_can_be_told_in_every_language(language: str) -> None:
    for model in everything():
        assert all(line.strip() for line in render(model, Words(language))[1])
