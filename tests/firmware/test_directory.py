"""Finding somebody in the signed directory."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware.directory import MOST, Directory, plain

PEOPLE = [
    ("+441632960001", "Asha Okafor"),
    ("+441632960002", "Ben Carter"),
    ("+441632961001", "Élodie Durand"),
    ("+4930901820", "Jörg Weiß"),
    ("+4930901821", "Søren Łukasiewicz"),
    ("+33199001234", "Anne-Marie O'Brien"),
    ("+33199001235", "Anne"),
]
OFFICE = Directory(PEOPLE)


def names(text: str, limit: int = 50) -> list[str]:
    return [entry.name for entry in OFFICE.find(text, limit)]


def test_an_empty_text_lists_everybody_by_name() -> None:
    everybody = ["Anne", "Anne-Marie O'Brien", "Asha Okafor", "Ben Carter", "Élodie Durand"]
    assert names("")[:5] == names("  ")[:5] == everybody
    assert len(names("")) == len(PEOPLE)
    assert names("", 2) == everybody[:2]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ash", "Asha Okafor"),
        ("OKA", "Asha Okafor"),
        ("oka ash", "Asha Okafor"),
        ("elo", "Élodie Durand"),
        ("ÉLO", "Élodie Durand"),
        ("jorg", "Jörg Weiß"),
        ("weiss", "Jörg Weiß"),
        ("WEISS", "Jörg Weiß"),
        ("soren", "Søren Łukasiewicz"),
        ("luka", "Søren Łukasiewicz"),
        ("marie", "Anne-Marie O'Brien"),
        ("brien", "Anne-Marie O'Brien"),
        ("anne-m", "Anne-Marie O'Brien"),
    ],
)
def test_letters_begin_a_word_whatever_their_case_and_accents(text: str, found: str) -> None:
    assert names(text) == [found]


@pytest.mark.parametrize("text", ["sha", "kafor", "ash ben", "x", "%", "*", "a.z", "\0", "a" * 10_000])
def test_what_fits_nobody_finds_nobody(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("0001", ["Asha Okafor"]),
        ("1001", ["Élodie Durand"]),
        ("44163296000", ["Asha Okafor", "Ben Carter"]),
        ("+44 1632 960-002", ["Ben Carter"]),
        ("00441632960002", ["Ben Carter"]),
        ("+4930", ["Jörg Weiß", "Søren Łukasiewicz"]),
        ("+0001", []),
        ("999", []),
        ("163296", []),
        ("0" * 60, []),
    ],
)
def test_digits_begin_or_end_a_number(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize("limit", [-1, 0, 1, 50, 51, 10**9])
def test_no_limit_gives_more_than_fifty_or_none(limit: int) -> None:
    crowd = Directory((f"+44163296{n:04}", f"Person {n}") for n in range(200))
    assert len(crowd.find("", limit)) == max(1, min(limit, MOST))


@given(st.text(max_size=100), st.integers(-5, 100))
def test_any_text_is_answered_with_people_of_the_directory(text: str, limit: int) -> None:
    found = OFFICE.find(text, limit)
    assert {(entry.tel, entry.name) for entry in found} <= set(PEOPLE)
    assert len(found) == len({entry.tel for entry in found})


@given(st.text(max_size=40))
def test_every_word_of_a_name_finds_it(name: str) -> None:
    alone = Directory([("+441632960001", name)])
    for word in plain(name).split():
        if not word.isdigit():
            assert alone.find(word, 1)


def test_ten_thousand_people_are_searched_within_twenty_milliseconds() -> None:
    chance = random.Random(1)
    syllables = ["an", "bé", "cor", "dö", "el", "fi", "gár", "hu", "is", "jø", "ka", "lú", "mo", "ni"]
    people = [
        (f"+4416{n:08}", " ".join("".join(chance.choices(syllables, k=3)).title() for _ in range(3)))
        for n in range(10_000)
    ]
    crowd = Directory(people)
    for text in ("", "zzz", "moniel", "an be", "9999", "+44160000", "555555"):
        best = min(_timed(crowd, text) for _ in range(5))
        assert best < 0.020, f"{text!r} took {best * 1000:.1f} ms"


def _timed(crowd: Directory, text: str) -> float:
    began = time.perf_counter()
    crowd.find(text, MOST)
    return time.perf_counter() - began
