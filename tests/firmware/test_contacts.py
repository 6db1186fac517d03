"""Who a number belongs to, the log's bounds, words on twelve keys, and the three records as octets."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto import cbor
from firmware import remembered
from firmware import settings as choices
from firmware.call_log import MOST_ENTRIES, CallLog, Entry
from firmware.contacts import MOST_CONTACTS, Book, Contact, spellings, spells
from firmware.expiry import days_left, notice_due, warning
from firmware.interfaces import DirectoryEntry
from firmware.multi_tap import Taps, delete, press
from firmware.remembered import Damaged
from firmware.settings import Settings

ASHA, BEN, LUKASZ = "+442079462001", "+442079462002", "+442079462047"
BOOK = Book((Contact(BEN, "Ben Idowu"), Contact(LUKASZ, "Łukasz Żak")), (("2", BEN),))
DIRECTORY = Book(directory=(DirectoryEntry("+4989123456789", "Jörg Groß"),))


# --- people -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("digits", ["2047", "204", "462047", "+442079462047", "2079462047"])
def test_a_number_is_matched_by_its_beginning_its_end_and_its_whole(digits: str) -> None:
    match = BOOK.match(digits, ASHA)
    assert match is not None
    assert (match.name, match.detail, match.tel) == ("Łukasz Żak", "in contacts", LUKASZ)


@pytest.mark.parametrize("digits", ["", "2", "20", "2048", "+49", "99", "47"])
def test_what_fits_nobody_or_several_names_nobody(digits: str) -> None:
    assert BOOK.match(digits, ASHA) is None


def test_the_directory_is_matched_too_and_says_so() -> None:
    match = DIRECTORY.match("6789", ASHA)
    assert match is not None
    assert match[:2] == ("Jörg Groß", "in directory")


def test_ones_own_contact_comes_before_the_directory() -> None:
    book = Book((Contact(BEN, "Benny"),), directory=(DirectoryEntry(BEN, "Ben Idowu"),))
    assert book.name_of(BEN) == "Benny"
    assert [match.name for match in book.find("", ASHA)] == ["Benny"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("58", "Łukasz Żak"),
        ("92", "Łukasz Żak"),
        ("567", "Jörg Groß"),
        ("476", "Jörg Groß"),
        ("8", "Maya Ünal"),
    ],
)
def test_names_are_typed_on_the_keys_whatever_their_accents(typed: str, name: str) -> None:
    assert spells(typed, name)


@pytest.mark.parametrize(("typed", "name"), [("", "Ben"), ("1", "Ben"), ("36", "Ben"), ("2366", "Ben")])
def test_other_keys_spell_no_such_name(typed: str, name: str) -> None:
    assert not spells(typed, name)


def test_spellings_are_bounded() -> None:
    assert spellings("2") == ("a", "b", "c")
    assert len(spellings("79797979")) == 16
    assert spellings("1") == spellings("") == ()


def test_a_full_book_takes_nobody_but_renames() -> None:
    book = Book(tuple(Contact(f"+4420794{n:05}", "x") for n in range(MOST_CONTACTS)))
    with pytest.raises(ValueError, match="delete one first"):
        book.with_contact(Contact(BEN, "Ben"))
    assert book.with_contact(Contact("+442079400000", "y")).name_of("+442079400000") == "y"


def test_a_number_has_one_speed_dial_key_and_a_key_one_number() -> None:
    book = BOOK.with_speed("5", BEN).with_speed("5", LUKASZ)
    assert book.speed == (("5", LUKASZ),)
    assert book.with_speed("5", "").speed == ()


# --- the log ------------------------------------------------------------------------------------------------


def test_the_log_keeps_the_newest_two_hundred() -> None:
    log = CallLog()
    for n in range(MOST_ENTRIES + 50):
        log = log.with_entry(Entry(BEN, "", "missed", n))
    assert len(log.entries) == log.missed == MOST_ENTRIES
    assert log.entries[0].began == MOST_ENTRIES + 49
    assert log.looked_at().missed == 0


# --- words on twelve keys -----------------------------------------------------------------------------------


def typed(*keys: tuple[str, float]) -> str:
    taps = Taps()
    for key, at in keys:
        taps = press(taps, key, at)
    return taps.text


def test_pressing_again_within_a_second_gives_the_next_letter() -> None:
    assert typed(("2", 0), ("2", 0.5)) == "B"
    assert typed(("2", 0), ("2", 1.5)) == "Aa"
    assert typed(("2", 0), ("3", 0.1)) == "Ad"
    assert typed(("2", 0), ("#", 0.1), ("2", 0.2)) == "Aa"


def test_a_word_begins_with_a_capital_unless_star_says_otherwise() -> None:
    assert typed(("5", 0), ("0", 2), ("9", 4)) == "J W"
    assert typed(("*", 0), ("5", 1)) == "j"


def test_a_name_is_bounded_and_its_last_letter_can_be_taken_back() -> None:
    taps = Taps()
    for n in range(100):
        taps = press(taps, "2", n * 2.0)
    assert len(taps.text) == 40
    assert len(delete(taps).text) == 39
    assert delete(Taps()).text == ""


@given(st.lists(st.tuples(st.sampled_from("0123456789*#"), st.floats(0, 2)), max_size=60))
def test_no_keys_type_more_than_fits(keys: list[tuple[str, float]]) -> None:
    taps, now = Taps(longest=8), 0.0
    for key, wait in keys:
        now += wait
        taps = press(taps, key, now)
        assert len(taps.text) <= 8


# --- records ------------------------------------------------------------------------------------------------

settings = st.builds(
    Settings,
    language=st.sampled_from(choices.LANGUAGES),
    country=st.sampled_from(choices.COUNTRIES),
    melody=st.sampled_from(choices.MELODIES),
    ear=st.integers(0, 10),
    speaker=st.integers(0, 10),
    ring=st.integers(0, 10),
    big=st.booleans(),
    quiet=st.booleans(),
    logging=st.booleans(),
    lock_after=st.sampled_from(choices.LOCK_MINUTES),
    blank_after=st.sampled_from(choices.BLANK_MINUTES),
    night=st.sampled_from(choices.NIGHTS),
)


@given(settings)
def test_settings_come_back_as_they_were(chosen: Settings) -> None:
    assert remembered.read_settings(remembered.write_settings(chosen)) == chosen


def test_settings_of_an_older_phone_are_completed() -> None:
    assert remembered.read_settings(cbor.encode([1, {"language": "fr"}])) == Settings(language="fr")


def test_book_and_log_come_back_as_they_were() -> None:
    assert remembered.read_book(remembered.write_book(BOOK)) == BOOK
    log = CallLog((Entry(BEN, "Ben", "out", 1793610000, 65),), 0)
    assert remembered.read_log(remembered.write_log(log)) == log


def test_the_largest_records_fit() -> None:
    book = Book(tuple(Contact(f"+4420794{n:05}", "Ä" * 40) for n in range(MOST_CONTACTS)))
    log = CallLog(tuple(Entry("+442079462001", "Ä" * 200, "missed", 2**40, 2**30) for _ in range(200)), 200)
    assert len(remembered.write_book(book)) < remembered.MOST_OCTETS
    assert len(remembered.write_log(log)) < remembered.MOST_OCTETS


@pytest.mark.parametrize(
    "value",
    [
        [2, {}],
        [1],
        [1, {"language": "tlh"}],
        [1, {"ear": 11}],
        [1, {"ear": -1}],
        [1, {"ear": True}],
        [1, {"ear": "5"}],
        [1, {"melody": 3}],
        [1, {"quiet": 1}],
        [1, {"night": [1]}],
        [1, {"lock_after": 2}],
        [1, []],
        {},
        7,
    ],
)
def test_settings_that_make_no_sense_are_damaged(value: object) -> None:
    with pytest.raises(Damaged):
        remembered.read_settings(cbor.encode(value))


@pytest.mark.parametrize(
    "value",
    [
        [1, [["2001", "x"]], []],
        [1, [[BEN, ""]], []],
        [1, [[BEN, "x" * 41]], []],
        [1, [[BEN, "x"], [BEN, "y"]], []],
        [1, [[BEN, "x", "y"]], []],
        [1, [], [["0", BEN]]],
        [1, [], [["2", "x"]]],
        [1, [], [["2", BEN], ["2", LUKASZ]]],
        [1, [[f"+4420794{n:05}", "x"] for n in range(MOST_CONTACTS + 1)], []],
    ],
)
def test_books_that_make_no_sense_are_damaged(value: object) -> None:
    with pytest.raises(Damaged):
        remembered.read_book(cbor.encode(value))


@pytest.mark.parametrize(
    "value",
    [
        [1, [], -1],
        [1, [], 201],
        [1, [[BEN, "", "sideways", 0, 0]], 0],
        [1, [[BEN, "", "in", -1, 0]], 0],
        [1, [["x", "", "in", 0, 0]], 0],
        [1, [[BEN, "", "in", 0, 0]] * 201, 0],
        [1, [[BEN, "", "in", 0]], 0],
    ],
)
def test_logs_that_make_no_sense_are_damaged(value: object) -> None:
    with pytest.raises(Damaged):
        remembered.read_log(cbor.encode(value))


@given(st.binary(max_size=200))
def test_any_octets_are_a_record_or_damaged(octets: bytes) -> None:
    for read in (remembered.read_settings, remembered.read_book, remembered.read_log):
        with contextlib.suppress(Damaged):
            read(octets)


@given(st.sampled_from(["settings", "book", "log"]), st.integers(0, 200), st.integers(0, 255))
def test_one_changed_octet_is_a_record_or_damaged(name: str, place: int, octet: int) -> None:
    whole, read = {
        "settings": (remembered.write_settings(Settings()), remembered.read_settings),
        "book": (remembered.write_book(BOOK), remembered.read_book),
        "log": (remembered.write_log(CallLog((Entry(BEN, "", "in", 5),))), remembered.read_log),
    }[name]
    changed = bytearray(whole)
    changed[place % len(whole)] = octet
    with contextlib.suppress(Damaged):
        read(bytes(changed))  # type: ignore[operator]


# --- the end of the keys ------------------------------------------------------------------------------------

END = int(datetime(2026, 12, 1, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("before_s", "left"), [(0, 0), (-5, 0), (1, 1), (86400, 1), (86401, 2), (14 * 86400, 14)]
)
def test_begun_days_count(before_s: int, left: int) -> None:
    assert days_left(END, END - before_s) == left


@pytest.mark.parametrize("days", [14, 7, 3, 1])
def test_on_four_days_there_is_a_notice_once(days: int) -> None:
    now = END - days * 86400 + 60
    assert notice_due(END, now, None) == days
    assert notice_due(END, now, datetime.fromtimestamp(now, UTC).date()) is None
    assert notice_due(END, now, date(2026, 1, 1)) == days


@pytest.mark.parametrize("days", [15, 13, 8, 6, 2])
def test_on_other_days_there_is_none(days: int) -> None:
    assert notice_due(END, END - days * 86400 + 60, None) is None


def test_keys_that_ended_or_never_were_are_not_warned_of() -> None:
    assert warning(END, END + 1) is None
    assert warning(0, END) is None
