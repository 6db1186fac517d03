"""There is a picture of everything: each kind of screen, reason, code, menu entry, soft key and word."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from firmware import menu, self_test, setting_pages
from firmware.acts import Act
from firmware.reasons import Why
from firmware.screens import models as m
from firmware.screens.render import render
from firmware.settings import COUNTRIES
from firmware.text import ENGLISH, Words
from tests.firmware.screen_specimens import SPECIMENS

from .book import FLOWS

NO_LABEL = {Act.TEST.value}
"""Chosen from the menu."""

CODE = re.compile(r"\bE[0-9]{2}\b")


class Asked(Words):
    """Words that remember which of them were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: set[str] = set()

    def __call__(self, key: str, **values: object) -> str:
        self.keys.add(key)
        return super().__call__(key, **values)


def said(model: m.Model) -> str:
    return "\n".join(render(model, Words())[1])


def test_every_kind_of_screen_has_a_specimen() -> None:
    assert {type(model) for model in SPECIMENS.values()} == set(get_args(m.Model))


def test_every_reason_why_a_call_is_over_has_a_specimen() -> None:
    assert {model.why for model in SPECIMENS.values() if isinstance(model, m.OverScreen)} == set(Why)


def test_every_code_has_a_specimen() -> None:
    shown = {code for model in SPECIMENS.values() for code in CODE.findall(said(model))}
    assert shown == set(CODE.findall(" ".join(ENGLISH.values()))) | set(self_test.CODES.values())


def test_every_entry_of_the_menu_and_every_setting_has_a_specimen() -> None:
    lists = [model for model in SPECIMENS.values() if isinstance(model, m.ListScreen)]
    rows = {row.key for model in lists for row in model.rows}
    assert {f"menu {entry}" for entry in (*menu.MAIN, *menu.ADMIN)} <= rows
    assert {f"setting {entry}" for entry in setting_pages.ENTRIES} <= rows


@pytest.mark.parametrize("act", [act for act in Act if act.value not in NO_LABEL])
def test_every_soft_key_has_a_specimen(act: Act) -> None:
    assert any(act in model.keys for model in SPECIMENS.values() if not isinstance(model, m.VolumeScreen))


def test_every_word_of_the_catalogue_is_said_on_some_screen() -> None:
    words = Asked()
    pages = [page for flow in FLOWS for page in flow.script().pages]
    for model in (*SPECIMENS.values(), *(page.model for page in pages)):
        for big in (False, True):
            render(model, words, big=big)
    assert set(ENGLISH) - words.keys <= NEVER_SEEN | NO_LABEL


NEVER_SEEN = {
    *(f"country {country}" for country in COUNTRIES),
    *(f"key {key}" for key in ("up", "down", "vol+", "vol-", "speaker", "mute")),
    "beside waiting",
}
"""Entries of long lists, keys that not every board has, and a caller who waits beside what is over."""
