"""The real matrix driver on a circuit: contacts chatter, currents find every way, and outputs burn."""

from __future__ import annotations

import queue
import random
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from drivers.gpio_rpi import Header, HeaderUnavailable
from drivers.key_scanner import MAPS
from drivers.keypad_matrix import MatrixKeypad
from drivers.ports import KeyEvent
from tests.drivers.circuit import Circuit

KEYS = MAPS["4x5"]
ROWS = (5, 6, 13, 26)
COLUMNS = (12, 16, 19, 20, 21)
PATIENCE_S = 10
CHATTER_S = 0.006


class Fingers:
    """Fingers on a keypad that is wired to a circuit."""

    def __init__(self, circuit: Circuit) -> None:
        self._circuit = circuit
        self._chance = random.Random(5)
        self._contacts: dict[str, tuple[bool, float, list[float]]] = {}
        for row, names in enumerate(KEYS):
            for column, name in enumerate(names):
                self._contacts[name] = (False, 0.0, [])
                circuit.join(ROWS[row], COLUMNS[column], lambda name=name: self._closed(name))

    def move(self, key: str, down: bool) -> None:
        """Press a key or let it go; its contact chatters for some milliseconds."""
        flips = sorted(self._chance.uniform(0, CHATTER_S) for _ in range(2 * self._chance.randrange(1, 5)))
        moved = time.monotonic()
        self._contacts[key] = (down, moved, flips)
        while time.monotonic() <= moved + flips[-1]:
            self._circuit.changed()
        self._circuit.changed()

    def _closed(self, key: str) -> bool:
        down, moved, flips = self._contacts[key]
        since = time.monotonic() - moved
        return down ^ (sum(flip <= since for flip in flips) % 2 == 1)


class Told:
    """What a keypad tells."""

    def __init__(self, keypad: MatrixKeypad) -> None:
        self._events: queue.Queue[KeyEvent] = queue.Queue()
        self.all: list[KeyEvent] = []
        keypad.start(self._events.put)

    def until(self, key: str, down: bool) -> None:
        while (event := self._events.get(timeout=PATIENCE_S)) != KeyEvent(key, down):
            self.all.append(event)
        self.all.append(event)

    def rest(self) -> list[KeyEvent]:
        while not self._events.empty():
            self.all.append(self._events.get_nowait())
        return self.all


@pytest.fixture
def keypad(header: Header) -> Iterator[MatrixKeypad]:
    keypad = MatrixKeypad(header, ROWS, COLUMNS, KEYS)
    yield keypad
    keypad.close()


@pytest.fixture
def fingers(circuit: Circuit) -> Fingers:
    return Fingers(circuit)


def test_every_key_is_told_once_down_and_once_up(keypad: MatrixKeypad, fingers: Fingers) -> None:
    told = Told(keypad)
    for key in [name for row in KEYS for name in row]:
        fingers.move(key, True)
        told.until(key, True)
        fingers.move(key, False)
        told.until(key, False)
    assert Counter(told.rest()) == Counter(KeyEvent(k, d) for row in KEYS for k in row for d in (True, False))


def test_two_keys_of_one_row_do_not_short_their_columns(keypad: MatrixKeypad, fingers: Fingers) -> None:
    """The circuit fails the test if one column is driven high while another is driven low."""
    told = Told(keypad)
    for key in ("1", "2"):
        fingers.move(key, True)
        told.until(key, True)
    for key in ("2", "1"):
        fingers.move(key, False)
        told.until(key, False)
    assert [event.key for event in told.rest()] == ["1", "2", "2", "1"]


def test_three_corners_do_not_press_the_fourth(keypad: MatrixKeypad, fingers: Fingers) -> None:
    told = Told(keypad)
    for key in ("1", "2"):
        fingers.move(key, True)
        told.until(key, True)
    fingers.move("4", True)
    fingers.move("soft4", True)
    told.until("soft4", True)
    fingers.move("1", False)
    told.until("4", True)
    for key in ("2", "4", "soft4"):
        fingers.move(key, False)
        told.until(key, False)
    assert [e.key for e in told.rest() if e.down] == ["1", "2", "soft4", "4"]


def test_at_rest_nothing_is_done_but_a_look_now_and_then(
    keypad: MatrixKeypad, circuit: Circuit, fingers: Fingers
) -> None:
    told = Told(keypad)
    fingers.move("5", True)
    told.until("5", True)
    fingers.move("5", False)
    told.until("5", False)
    wait_for(lambda: circuit.watched == set(ROWS))
    wait_for(lambda: all(circuit.modes[pin] == "out 0" for pin in COLUMNS))
    before, began = len(circuit.history), time.monotonic()
    wait_for(lambda: len(circuit.history) >= before + 2 * len(ROWS))
    calls = circuit.history[before:]
    assert {name for name, _, _ in calls} == {"input"}
    assert time.monotonic() - began > 0.2, "two looks within a fifth of a second are a scan, not a rest"


def test_a_key_that_was_down_before_anybody_looked_is_told(keypad: MatrixKeypad, fingers: Fingers) -> None:
    fingers.move("#", True)
    told = Told(keypad)
    told.until("#", True)


def test_closing_lets_keys_go_and_gives_the_lines_back(
    header: Header, circuit: Circuit, fingers: Fingers
) -> None:
    keypad = MatrixKeypad(header, ROWS, COLUMNS, KEYS)
    told = Told(keypad)
    fingers.move("7", True)
    told.until("7", True)
    keypad.close()
    assert told.rest() == [KeyEvent("7", True), KeyEvent("7", False)]
    assert circuit.modes == {}
    assert circuit.watched == set()


def test_a_header_that_goes_away_lets_keys_go_and_says_so(
    keypad: MatrixKeypad, circuit: Circuit, fingers: Fingers, caplog: pytest.LogCaptureFixture
) -> None:
    told = Told(keypad)
    fingers.move("7", True)
    told.until("7", True)
    circuit.gone = True
    told.until("7", False)
    circuit.gone = False
    assert "cannot be read" in caplog.text


def test_a_header_that_comes_back_is_read_again(
    keypad: MatrixKeypad, circuit: Circuit, fingers: Fingers
) -> None:
    told = Told(keypad)
    fingers.move("7", True)
    told.until("7", True)
    circuit.gone = True
    told.until("7", False)
    fingers.move("7", False)
    circuit.gone = False
    fingers.move("2", True)
    told.until("2", True)
    fingers.move("2", False)
    told.until("2", False)


def test_lines_that_the_library_has_mislaid_are_given_back_and_had_again(
    keypad: MatrixKeypad, circuit: Circuit, fingers: Fingers
) -> None:
    told = Told(keypad)
    fingers.move("7", True)
    told.until("7", True)
    circuit.gone, circuit.stuck = True, set(ROWS)
    told.until("7", False)
    fingers.move("7", False)
    circuit.gone = False
    fingers.move("2", True)
    told.until("2", True)


def test_what_keeps_a_keypad_away_is_told_once(
    keypad: MatrixKeypad, circuit: Circuit, fingers: Fingers, caplog: pytest.LogCaptureFixture
) -> None:
    told = Told(keypad)
    fingers.move("7", True)
    told.until("7", True)
    circuit.busy, circuit.gone = {ROWS[0]}, True
    told.until("7", False)
    circuit.history.clear()
    circuit.gone = False
    deadline = time.monotonic() + PATIENCE_S
    while sum(call[:2] == ("setup", ROWS[0]) for call in list(circuit.history)) < 3:
        assert time.monotonic() < deadline, "nobody tries to have the lines again"
        time.sleep(0.01)
    assert caplog.text.count(f"not to be had: GPIO {ROWS[0]}: 'GPIO busy'") == 1


def test_no_key_is_ever_logged(
    keypad: MatrixKeypad, fingers: Fingers, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    told = Told(keypad)
    fingers.move("8", True)
    told.until("8", True)
    fingers.move("8", False)
    told.until("8", False)
    assert caplog.text == ""


def test_a_line_of_another_process_is_named_and_the_others_are_given_back(
    header: Header, circuit: Circuit
) -> None:
    circuit.busy = {19}
    with pytest.raises(HeaderUnavailable, match=r"GPIO 19.*Another process or a device tree overlay"):
        MatrixKeypad(header, ROWS, COLUMNS, KEYS)
    assert circuit.modes == {}


def test_lines_that_do_not_fit_the_map_are_refused(header: Header) -> None:
    with pytest.raises(ValueError, match="4 rows and 5 columns"):
        MatrixKeypad(header, ROWS, COLUMNS[:4], KEYS)


def test_the_old_library_that_sees_no_edges_is_told_from_a_broken_keypad(
    keypad: MatrixKeypad, circuit: Circuit, caplog: pytest.LogCaptureFixture
) -> None:
    circuit.no_edges = True
    Told(keypad)
    wait_for(lambda: "replace it by python3-rpi-lgpio" in caplog.text)


def wait_for(condition) -> None:  # type: ignore[no-untyped-def]
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.001)
