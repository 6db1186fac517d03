"""The key scanner: whatever fingers and contacts do, no key is lost, doubled or invented."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.key_scanner import MAPS, PERIOD_S, SAMPLES, KeyScanner
from drivers.ports import KeyEvent
from tests.drivers.fingers import Crossing, Matrix, rectangles, samples

KEYS = MAPS["4x5"]
ROWS, COLUMNS = len(KEYS), len(KEYS[0])
HOLD_S, GAP_S = 0.040, 0.045
CHATTER_S = 0.009


def name(crossing: Crossing) -> str:
    return KEYS[crossing[0]][crossing[1]]


def steps(scanner: KeyScanner, *looks: list[int], start: float = 0.0) -> list[KeyEvent]:
    events: list[KeyEvent] = []
    for number, look in enumerate(looks):
        events += scanner.sample(look, start + number * PERIOD_S)
    return events


def only(crossing: Crossing) -> list[int]:
    return [1 << crossing[1] if row == crossing[0] else 0 for row in range(ROWS)]


NOTHING = [0] * ROWS


def play(presses: list[tuple[Crossing, float, float]], end: float, seed: int) -> list[KeyEvent]:
    """Press keys, each from one moment until another, on a matrix that chatters; return what is told."""
    chance = random.Random(seed)
    matrix, scanner = Matrix(COLUMNS), KeyScanner(KEYS)
    for crossing, at, until in presses:
        matrix.contact(crossing).press(at, until, CHATTER_S, chance)
    events = [e for now in samples(0.0, end, chance) for e in scanner.sample(matrix.look(ROWS, now), now)]
    assert scanner.idle
    return events


def test_every_key_of_both_maps_has_a_name_of_its_own() -> None:
    digits = set("0123456789*#")
    soft = {"soft1", "soft2", "soft3", "soft4"}
    assert {key for row in MAPS["4x4"] for key in row} == digits | soft
    assert {key for row in MAPS["4x5"] for key in row} == digits | soft | {"mute", "speaker", "up", "down"}


def test_ten_thousand_presses_are_told_once_each_and_nothing_else_is() -> None:
    """Single keys, rolls and chords of two, of any pair of keys, with up to 9 ms of chatter at either end."""
    chance = random.Random(7)
    told: Counter[KeyEvent] = Counter()
    pressed: Counter[str] = Counter()
    crossings = [(row, column) for row in range(ROWS) for column in range(COLUMNS)]
    while pressed.total() < 10_000:
        presses, at = [], 0.01
        for _ in range(50):
            first, second = chance.sample(crossings, 2)
            match chance.choice(("single", "single", "roll", "chord")):
                case "single":
                    presses.append((first, at, at + chance.uniform(HOLD_S, 0.06)))
                case "roll":
                    presses += [(first, at, at + 0.05), (second, at + 0.03, at + 0.09)]
                case "chord":
                    presses += [(first, at, at + 0.07), (second, at + chance.uniform(0, 0.02), at + 0.065)]
            at = max(until for _, _, until in presses) + chance.uniform(GAP_S, 0.06)
        pressed.update(name(crossing) for crossing, _, _ in presses)
        told.update(play(presses, at, chance.randrange(1 << 30)))
    for key, times in pressed.items():
        assert told.pop(KeyEvent(key, True)) == times, key
        assert told.pop(KeyEvent(key, False)) == times, key
    assert not told


@pytest.mark.parametrize("released_first", [0, 1, 2])
def test_three_corners_never_press_the_fourth(released_first: int) -> None:
    """A thousand times. A key that could be known is told once, and the one that could not, not at all."""
    chance = random.Random(released_first)
    corners = rectangles(ROWS, COLUMNS, chance)
    for _ in range(1000 // 3):
        corner, beside, below, ghost = next(corners)
        three = chance.sample([corner, beside, below], 3)
        ends = {crossing: 0.35 + 0.06 * place for place, crossing in enumerate(three)}
        ends[three[released_first]] = 0.25
        presses = [(crossing, 0.01 + 0.06 * place, ends[crossing]) for place, crossing in enumerate(three)]
        told = Counter(play(presses, 0.6, chance.randrange(1 << 30)))
        knowable = three if released_first != 2 else three[:2]
        assert told == Counter(KeyEvent(name(c), down) for c in knowable for down in (True, False)), ghost


def test_three_keys_at_once_with_chattering_contacts_invent_nothing() -> None:
    chance = random.Random(3)
    corners = rectangles(ROWS, COLUMNS, chance)
    for _ in range(400):
        corner, beside, below, ghost = next(corners)
        presses = [
            (crossing, 0.01 + chance.uniform(0, 0.012), 0.1 + chance.uniform(0, 0.012))
            for crossing in (corner, beside, below)
        ]
        told = Counter(play(presses, 0.2, chance.randrange(1 << 30)))
        assert KeyEvent(name(ghost), True) not in told
        assert all(times == 1 for times in told.values())
        assert {e.key for e in told if e.down} == {e.key for e in told if not e.down}


def test_a_key_held_inside_a_rectangle_stays_down_until_it_is_known_to_be_up() -> None:
    scanner = KeyScanner(KEYS)
    both = [0b011, 0, 0, 0]
    assert steps(scanner, both, both, both) == [KeyEvent("1", True), KeyEvent("2", True)]
    ghostly = [0b011, 0b011, 0, 0]
    assert steps(scanner, *[ghostly] * 20, start=1.0) == []
    assert steps(scanner, *[[0b001, 0b010, 0, 0]] * SAMPLES, start=2.0) == [
        KeyEvent("2", False),
        KeyEvent("5", True),
    ]


def test_keys_of_other_rows_are_told_while_a_rectangle_is_held() -> None:
    scanner = KeyScanner(KEYS)
    looks = [[0b011, 0b011, 0, 0b01000]] * SAMPLES
    assert steps(scanner, *looks) == [KeyEvent("soft4", True)]


def test_a_key_is_told_after_three_samples_and_let_go_after_three() -> None:
    scanner = KeyScanner(KEYS)
    assert steps(scanner, *[only((1, 1))] * (SAMPLES - 1)) == []
    assert steps(scanner, only((1, 1)), start=1.0) == [KeyEvent("5", True)]
    assert steps(scanner, *[NOTHING] * (SAMPLES - 1), start=2.0) == []
    assert not scanner.idle
    assert steps(scanner, NOTHING, start=3.0) == [KeyEvent("5", False)]
    assert scanner.idle


def test_chatter_that_never_keeps_still_tells_nothing() -> None:
    scanner = KeyScanner(KEYS)
    assert steps(scanner, *[only((0, 0)), NOTHING] * 200) == []


def test_a_key_held_for_an_hour_is_told_once() -> None:
    scanner = KeyScanner(KEYS)
    assert steps(scanner, *[only((3, 1))] * 5000) == [KeyEvent("0", True)]
    assert steps(scanner, *[NOTHING] * SAMPLES, start=3600.0) == [KeyEvent("0", False)]


def test_samples_in_a_rush_do_not_shorten_the_debounce() -> None:
    scanner = KeyScanner(KEYS)
    events = [e for number in range(10) for e in scanner.sample(only((0, 0)), number * 0.0005)]
    assert events == []


def test_a_roll_lets_the_old_key_go_before_the_new_one_goes_down() -> None:
    scanner = KeyScanner(KEYS)
    steps(scanner, *[only((3, 3))] * SAMPLES)
    assert steps(scanner, *[only((0, 0))] * SAMPLES, start=1.0) == [
        KeyEvent("soft4", False),
        KeyEvent("1", True),
    ]


def test_release_lets_every_key_go_and_forgets_what_was_counted() -> None:
    scanner = KeyScanner(KEYS)
    steps(scanner, *[only((0, 0))] * SAMPLES)
    steps(scanner, *[[1, 0b10, 0, 0]] * 2, start=1.0)
    assert scanner.release() == (KeyEvent("1", False),)
    assert scanner.idle


@given(st.lists(st.lists(st.integers(0, (1 << COLUMNS) - 1), min_size=ROWS, max_size=ROWS), max_size=60))
def test_whatever_is_read_downs_and_ups_alternate_and_take_three_samples(looks: list[list[int]]) -> None:
    scanner = KeyScanner(KEYS)
    down: dict[str, int] = {}
    for number, look in enumerate(looks):
        for event in scanner.sample(look, number * PERIOD_S):
            assert event.down == (event.key not in down)
            if event.down:
                assert number >= SAMPLES - 1
                down[event.key] = number
            else:
                assert number - down.pop(event.key) >= SAMPLES
    assert {event.key for event in scanner.release()} == set(down)


@pytest.mark.parametrize(
    "sample",
    [[], [0] * 3, [0] * 5, [0, 0, 0, 1 << COLUMNS], [-1, 0, 0, 0]],
    ids=["none", "3", "5", "wide", "negative"],
)
def test_a_sample_of_another_matrix_is_refused(sample: list[int]) -> None:
    with pytest.raises(ValueError, match="4 rows of 5 columns"):
        KeyScanner(KEYS).sample(sample, 0.0)


@pytest.mark.parametrize("keys", [(), ((),), (("1", "2"), ("3",)), (("1", "1"),), (("1",), ("1",))])
def test_a_key_map_that_makes_no_sense_is_refused(keys: tuple[tuple[str, ...], ...]) -> None:
    with pytest.raises(ValueError, match="key map"):
        KeyScanner(keys)
