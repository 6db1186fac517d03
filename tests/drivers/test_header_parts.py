"""Hook switch, lamps, single keys and volume knob: the real drivers on a circuit."""

from __future__ import annotations

import queue
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.gpio_rpi import Header, HeaderUnavailable, open_header
from drivers.hook_switch import HookSwitch
from drivers.lamps_gpio import BREATH_S, LAMPS, PATTERNS, GPIOLamps, GPIOMuteLamp, NoMuteLamp, brightness
from drivers.ports import HookEvent, KeyEvent
from drivers.switches import Settled
from drivers.volume_keys import Knob, RotaryVolume, SingleKeys
from tests.drivers.circuit import GROUND, Circuit, wired

HOOK, RING, MESSAGE, MUTE, UP, DOWN = 17, 22, 23, 27, 4, 18
PATIENCE_S = 10


class Switch:
    """A contact between a line and ground that is moved by hand."""

    def __init__(self, circuit: Circuit, pin: int, *, closed: bool = False) -> None:
        self._circuit = circuit
        self.closed = closed
        circuit.join(pin, GROUND, lambda: self.closed)

    def move(self, closed: bool, *, chatter_s: float = 0.0) -> None:
        """Open or close, chattering for so long: some milliseconds in either state at a time."""
        began = time.monotonic()
        while (since := time.monotonic() - began) < chatter_s:
            self.closed = closed ^ (int(since / 0.009) % 2 == 1)
            self._circuit.changed()
            time.sleep(0.0005)  # a contact does not keep the processor busy
        self.closed = closed
        self._circuit.changed()


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.001)


# The header


def test_a_computer_without_the_library_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "RPi", None)
    with pytest.raises(HeaderUnavailable, match="python3-rpi-lgpio"):
        open_header(tmp_path / "run")


def test_a_header_that_may_not_be_opened_names_the_group(circuit: Circuit, tmp_path: Path) -> None:
    circuit.gone = True
    with wired(circuit), pytest.raises(HeaderUnavailable, match="group gpio"):
        open_header(tmp_path / "run")


def test_another_numbering_in_the_same_process_is_refused(circuit: Circuit, tmp_path: Path) -> None:
    with wired(circuit) as library:
        library.setmode(library.BOARD)
        with pytest.raises(HeaderUnavailable, match="BCM"):
            open_header(tmp_path / "run")


def test_lines_are_given_back_one_by_one_and_only_ours(header: Header, circuit: Circuit) -> None:
    header.output(24, high=True)
    circuit.modes[25] = "out 1"
    header.release((24, 25))
    assert circuit.modes == {25: "out 1"}


def test_a_dimmed_line_can_be_given_back_and_dimmed_again(header: Header, circuit: Circuit) -> None:
    for _ in range(2):
        header.output(RING, high=False)
        header.dim(RING, 0.5)
        header.release((RING,))
    assert circuit.modes == {}
    assert circuit.waves == {}


def test_the_library_is_imported_where_it_may_make_its_pipe(circuit: Circuit, tmp_path: Path) -> None:
    before = Path.cwd()
    with wired(circuit):
        open_header(tmp_path / "new" / "run")
    assert (tmp_path / "new" / "run").is_dir()
    assert Path.cwd() == before


# The hook


@pytest.mark.parametrize(
    ("polarity", "closed_at_rest"), [("NO", True), ("NC", False)], ids=["normally open", "normally closed"]
)
def test_lifting_and_hanging_up_are_told_once_each(
    header: Header, circuit: Circuit, polarity: str, closed_at_rest: bool
) -> None:
    switch = Switch(circuit, HOOK, closed=closed_at_rest)
    hook = HookSwitch(header, HOOK, polarity)
    hooks: queue.Queue[HookEvent] = queue.Queue()
    hook.start(hooks.put)
    assert not hook.lifted
    for lifted in (True, False, True, False):
        switch.move(closed_at_rest ^ lifted, chatter_s=0.04)
        assert hooks.get(timeout=PATIENCE_S) == HookEvent(lifted)
        assert hook.lifted == lifted
    hook.close()
    assert hooks.empty(), "chatter was taken for a hand"
    assert circuit.modes == {}


def test_a_handset_that_is_off_from_the_start_is_known_to_be(header: Header, circuit: Circuit) -> None:
    Switch(circuit, HOOK, closed=True)
    hook = HookSwitch(header, HOOK, "NC")
    assert hook.lifted
    hook.close()


def test_a_broken_wire_reads_as_hung_up_where_the_contact_is_nc(header: Header, circuit: Circuit) -> None:
    hook = HookSwitch(header, HOOK, "NC")
    assert not hook.lifted
    hook.close()


@pytest.mark.parametrize("polarity", ["no", "nc", "", "NOC", "closed"])
def test_another_polarity_is_refused(header: Header, polarity: str) -> None:
    with pytest.raises(ValueError, match="'NO' or 'NC'"):
        HookSwitch(header, HOOK, polarity)


def test_a_state_is_believed_after_30_ms_and_never_sooner_either_way() -> None:
    for before in (False, True):
        line = Settled(before, 0.030)
        assert not line.look(not before, 1.000)
        assert not line.look(not before, 1.029)
        assert line.unsettled
        assert line.look(not before, 1.030)
        assert line.state is not before


def test_chatter_begins_the_wait_again_even_if_no_look_saw_it() -> None:
    line = Settled(False, 0.030)
    line.look(True, 1.000)
    assert not line.look(True, 1.028, moved=True)
    assert not line.look(True, 1.050)
    assert line.look(True, 1.058)


@given(st.lists(st.tuples(st.booleans(), st.floats(0.0005, 0.02)), max_size=100))
def test_whatever_a_contact_does_changes_are_30_ms_apart(looks: list[tuple[bool, float]]) -> None:
    line, now, changed = Settled(False, 0.030), 0.0, -1.0
    for state, pause in looks:
        now += pause
        if line.look(state, now):
            assert now - changed >= 0.030
            changed = now


def test_a_flash_of_80_ms_is_two_changes_80_ms_apart_whatever_the_contact_does() -> None:
    line, chance = Settled(True, 0.030), random.Random(4)
    changes = []
    for number in range(80):
        now = number * 0.005
        since_last_move = now - (0.18 if now >= 0.18 else 0.1 if now >= 0.1 else 0.0)
        lifted = not 0.1 <= now < 0.18
        chattering = now >= 0.1 and since_last_move < 0.01
        if line.look(lifted ^ (chattering and chance.random() < 0.5), now, moved=chattering):
            changes.append((line.state, round(now, 3)))
    (down, first), (up, second) = changes
    assert (down, up) == (False, True)
    assert second - first == pytest.approx(0.080, abs=0.011)


# Keys with a line of their own


def test_single_keys_are_told_by_name_once_each(header: Header, circuit: Circuit) -> None:
    louder, softer = Switch(circuit, UP), Switch(circuit, DOWN)
    keys = SingleKeys(header, {"vol+": UP, "vol-": DOWN})
    told: queue.Queue[KeyEvent] = queue.Queue()
    keys.start(told.put)
    for key, switch in (("vol+", louder), ("vol-", softer)):
        for down in (True, False):
            switch.move(down, chatter_s=0.04)
            assert told.get(timeout=PATIENCE_S) == KeyEvent(key, down)
    keys.close()
    assert told.empty()


def test_a_single_key_held_while_closing_is_let_go(header: Header, circuit: Circuit) -> None:
    switch = Switch(circuit, UP)
    keys = SingleKeys(header, {"vol+": UP})
    told: queue.Queue[KeyEvent] = queue.Queue()
    keys.start(told.put)
    switch.move(True)
    assert told.get(timeout=PATIENCE_S) == KeyEvent("vol+", True)
    keys.close()
    assert told.get_nowait() == KeyEvent("vol+", False)


def test_a_single_key_stuck_from_the_start_is_never_told_as_let_go(header: Header, circuit: Circuit) -> None:
    switch = Switch(circuit, UP, closed=True)
    keys = SingleKeys(header, {"vol+": UP})
    told: queue.Queue[KeyEvent] = queue.Queue()
    keys.start(told.put)
    switch.move(False)
    switch.move(False)
    wait_for(lambda: circuit.high(UP))
    other = time.monotonic()
    wait_for(lambda: time.monotonic() - other > 0.05)
    switch.move(True)
    assert told.get(timeout=PATIENCE_S) == KeyEvent("vol+", True)
    keys.close()


CLOCKWISE = [(True, True), (True, False), (False, False), (False, True)]


def detents(count: int) -> list[tuple[bool, bool]]:
    around = CLOCKWISE if count > 0 else [CLOCKWISE[0], *reversed(CLOCKWISE[1:])]
    return (around[1:] + around[:1]) * abs(count)


@pytest.mark.parametrize("count", [1, 24, -1, -24, 0])
def test_a_knob_counts_detents_both_ways(count: int) -> None:
    knob = Knob(True, True)
    assert sum(knob.look(a, b) for a, b in detents(count)) in (count, -count)
    forth = sum(knob.look(a, b) for a, b in detents(3))
    assert sum(knob.look(a, b) for a, b in detents(-3)) == -forth


def test_a_knob_that_chatters_turns_no_further() -> None:
    still, shaken = Knob(True, True), Knob(True, True)
    turned = 0
    for a, b in detents(10):
        before = (a, b)
        for _ in range(6):  # one line only chatters: forth and back between two neighbours
            turned += shaken.look(*before)
            turned += shaken.look(a, b)
        still.look(a, b)
    assert abs(turned) == 10


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=200))
def test_a_knob_never_turns_faster_than_its_lines(levels: list[tuple[bool, bool]]) -> None:
    knob = Knob(True, True)
    assert sum(abs(knob.look(a, b)) for a, b in levels) <= len(levels) / 4


def test_turning_the_knob_presses_volume_keys(header: Header, circuit: Circuit) -> None:
    a, b = Switch(circuit, UP), Switch(circuit, DOWN)
    knob = RotaryVolume(header, UP, DOWN)
    told: queue.Queue[KeyEvent] = queue.Queue()
    seen: list[int] = []
    knob.start(told.put)
    wait_for(lambda: circuit.watched == {UP, DOWN})
    for high_a, high_b in detents(1):
        reads = len(circuit.history)
        a.move(not high_a)
        b.move(not high_b)
        # The thread has read both lines after the step when two more reads are there.
        wait_for(lambda reads=reads: len(circuit.history) >= reads + 2)  # type: ignore[misc]
        seen.append(reads)
    events = [told.get(timeout=PATIENCE_S) for _ in range(2)]
    knob.close()
    assert [event.down for event in events] == [True, False]
    assert {event.key for event in events} in ({"vol+"}, {"vol-"})


# Lamps


@pytest.fixture
def lamps(header: Header) -> Iterator[GPIOLamps]:
    lamps = GPIOLamps(header, {"ring": RING, "message": MESSAGE}, lit_high=True)
    yield lamps
    lamps.close()


def test_a_lamp_is_dark_until_it_is_lit(lamps: GPIOLamps, circuit: Circuit) -> None:
    assert not circuit.high(RING)
    lamps.set("ring", "on")
    wait_for(lambda: circuit.high(RING))
    assert not circuit.high(MESSAGE)
    lamps.set("ring", "off")
    wait_for(lambda: not circuit.high(RING))


def test_a_flashing_lamp_changes_and_goes_dark_when_told(lamps: GPIOLamps, circuit: Circuit) -> None:
    lamps.set("message", "fast")
    for _ in range(2):
        wait_for(lambda: circuit.high(MESSAGE))
        wait_for(lambda: not circuit.high(MESSAGE))
    lamps.set("message", "off")
    wait_for(lambda: not circuit.high(MESSAGE))


def test_a_breathing_lamp_is_dimmed_through_many_steps_and_ends_cleanly(
    lamps: GPIOLamps, circuit: Circuit
) -> None:
    lamps.set("ring", "breathe")
    wait_for(lambda: len({value for name, _, value in circuit.history if name == "duty"}) > 10)
    lamps.set("ring", "on")
    wait_for(lambda: RING not in circuit.waves and circuit.high(RING))


def test_closing_puts_every_lamp_out_and_gives_the_lines_back(header: Header, circuit: Circuit) -> None:
    lamps = GPIOLamps(header, {"ring": RING, "message": MESSAGE}, lit_high=False)
    lamps.set("ring", "breathe")
    lamps.set("message", "on")
    wait_for(lambda: not circuit.high(MESSAGE) and RING in circuit.waves)
    lamps.close()
    last = [value for name, pin, value in circuit.history if (name, pin) == ("output", MESSAGE)][-1]
    assert last == 1, "a lamp that a low line lights is dark when its line is high"
    assert circuit.modes == {}


def test_a_lamp_that_the_board_lacks_may_be_set(header: Header) -> None:
    lamps = GPIOLamps(header, {}, lit_high=True)
    lamps.set("ring", "fast")
    lamps.close()


@pytest.mark.parametrize(("lamp", "pattern"), [("mute", "on"), ("ring", "blink"), ("", ""), ("RING", "on")])
def test_a_lamp_or_pattern_that_no_phone_has_is_refused(lamps: GPIOLamps, lamp: str, pattern: str) -> None:
    with pytest.raises(ValueError, match="no lamp"):
        lamps.set(lamp, pattern)


@given(st.sampled_from(PATTERNS), st.floats(0, 1e6))
def test_every_pattern_has_a_brightness_at_every_moment(pattern: str, since: float) -> None:
    level, wait = brightness(pattern, since)
    assert 0.0 <= level <= 1.0
    assert (wait is None) == (pattern in ("on", "off"))
    assert wait is None or 0 <= wait <= 1.0


def test_flashing_is_200_ms_and_one_second_and_a_breath_takes_four() -> None:
    assert [brightness("fast", t)[0] for t in (0.0, 0.19, 0.21, 0.39, 0.41)] == [1, 1, 0, 0, 1]
    assert [brightness("slow", t)[0] for t in (0.0, 0.99, 1.01, 1.99, 2.01)] == [1, 1, 0, 0, 1]
    assert brightness("breathe", 0.0)[0] == 0.0
    assert brightness("breathe", BREATH_S / 2)[0] == pytest.approx(1.0)


def test_the_mute_lamp_opens_no_line_but_its_own(header: Header, circuit: Circuit) -> None:
    lamp = GPIOMuteLamp(header, MUTE, lit_high=True)
    lamp.set(True)
    assert circuit.modes == {MUTE: "out 1"}
    lamp.set(False)
    assert circuit.modes == {MUTE: "out 0"}
    lamp.set(True)
    lamp.close()
    assert circuit.modes == {}


def test_the_other_lamps_do_not_know_the_mute_lamp() -> None:
    assert "mute" not in LAMPS


def test_a_board_without_a_mute_lamp_lights_none() -> None:
    lamp = NoMuteLamp()
    lamp.set(True)
    lamp.close()
