"""The words in each language: nothing missing, and whoever reads of a trouble knows what to do next."""

from __future__ import annotations

import re
from datetime import date
from string import Formatter

import pytest

from firmware.text import CATALOGUES, ENGLISH, Words

NEXT_STEPS = {
    "en": "add ask call check choose clean destroy dial do enrol go hold keep lay lift look "
    "note press replace restart reseat set show speak switch tell try turn type unlock update wait wipe",
    "de": "abwarten anrufen auflegen aktualisieren austauschen bitten drücken einrichten einschalten "
    "einspielen entsperren fragen löschen melden notieren prüfen putzen stellen tauschen versuchen "
    "vernichten warten weitermachen wählen zeigen zurücksetzen",
    "fr": "alertez appelez appuyez attendez branchez changez composez continuez demandez détruisez essayez "
    "essuyez effacez éteignez mettez montrez nettoyez notez pressez raccrochez rappelez redemandez "
    "redémarrez réactivez réessayez réglez remontrez remplacez supprimez tapez vérifiez voyez",
}
CODE = re.compile(r"\bE[0-9]{2}\b")
TROUBLES = [
    key
    for key in ENGLISH
    if CODE.search(ENGLISH[key]) and not key.startswith("note ") and key not in ("pin tries", "pin last try")
]
"""Not the notes beside a call that goes on, nor the count of what is left of ten PINs."""

every_language = pytest.mark.parametrize("language", CATALOGUES)


def places(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


@every_language
def test_every_language_has_the_same_keys_and_the_same_places(language: str) -> None:
    catalogue = CATALOGUES[language]
    assert set(catalogue) == set(ENGLISH)
    assert {key: places(text) for key, text in catalogue.items()} == {
        key: places(text) for key, text in ENGLISH.items()
    }


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(KeyError):
        Words("tlh")


@every_language
def test_a_code_stands_at_the_end_of_the_line_and_is_the_same_in_every_language(language: str) -> None:
    for key, text in CATALOGUES[language].items():
        codes = CODE.findall(text)
        assert codes == CODE.findall(ENGLISH[key]), key
        assert not codes or text.endswith(f" {codes[0]}"), f"{key}: {text}"


@every_language
@pytest.mark.parametrize("key", TROUBLES)
def test_the_words_of_a_trouble_name_the_next_step(language: str, key: str) -> None:
    catalogue = CATALOGUES[language]
    said = f"{catalogue[key.removesuffix(' hint')]} {catalogue[key]}"
    steps = set(re.findall(r"[^\W\d_]+", said.casefold())) & set(NEXT_STEPS[language].split())
    assert steps or told_by_help(key), f"{key}: {said}"


def told_by_help(key: str) -> bool:
    """A line on the idle screen is short; there the key Help says what to do."""
    trouble = key.removesuffix(" hint").removeprefix("offline ")
    return key.startswith("offline ") and f"help {trouble}" in ENGLISH


@every_language
def test_words_have_no_stray_spaces(language: str) -> None:
    for key, text in CATALOGUES[language].items():
        assert text == text.strip(), key
        assert "  " not in text, key


def test_french_keeps_its_high_marks_with_the_word_before() -> None:
    for key, text in CATALOGUES["fr"].items():
        assert not re.search(r"(?<!\u00a0)[:;?!]", text), f"{key}: {text}"


def test_german_never_says_du_and_french_never_says_tu() -> None:
    for key, text in CATALOGUES["de"].items():
        assert not re.search(r"\b(du|dein|deine|dir|dich)\b", text, re.IGNORECASE), key
    for key, text in CATALOGUES["fr"].items():
        assert not re.search(r"\b(tu|ton|ta|tes|toi)\b", text, re.IGNORECASE), key


def test_dates_read_as_people_write_them() -> None:
    when = date(2026, 3, 1)
    assert [Words(language).day(when) for language in ("en", "de", "fr")] == [
        "Sun 1 Mar",
        "So 1. März",
        "dim. 1 mars",
    ]
