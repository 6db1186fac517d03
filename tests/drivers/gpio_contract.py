"""What the phone takes for granted of a GPIO library, as calls that run on any: a circuit, or a board's.

Two lines joined by a jumper: GPIO 14 and 15, pins 8 and 10 of the header, next to each other and free in the
reference wiring. Every step leaves both as it found them.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from drivers.gpio_rpi import Header

OUT, IN = 14, 15
EDGES = 20
TURNS = 200
PATIENCE_S = 2.0


class ContractBroken(AssertionError):
    """The library or the jumper does not do what the phone relies on; the text says which."""


def _must(condition: bool, what: str) -> None:
    if not condition:
        raise ContractBroken(what)


def an_input_with_a_pull_up_reads_high(header: Header) -> str:
    """Nobody drives the jumper."""
    header.input(OUT, pull_up=False)
    header.input(IN)
    _must(header.read(IN), f"GPIO {IN} reads low though nothing pulls it: is a serial console on it?")
    return ""


def an_output_reaches_an_input(header: Header) -> str:
    """And has its first level at once."""
    header.input(IN)
    for high in (False, True, False):
        header.output(OUT, high=high)
        _must(header.read(IN) == high, f"join GPIO {OUT} and {IN} (pins 8 and 10) with a jumper")
        _must(header.read(OUT) == high, "an output does not read back its own level")
    header.write(OUT, high=True)
    _must(header.read(IN), "a written output does not change its level")
    return ""


def every_edge_wakes(header: Header) -> str:
    """Both ways, and none is lost when there is time between them."""
    header.output(OUT, high=True)
    header.input(IN)
    woken = threading.Event()
    header.watch(IN, woken.set)
    longest = 0.0
    for number in range(EDGES):
        woken.clear()
        began = time.monotonic()
        header.write(OUT, high=number % 2 == 1)
        _must(woken.wait(PATIENCE_S), f"edge {number + 1} of {EDGES} woke nobody")
        longest = max(longest, time.monotonic() - began)
    header.unwatch(IN)
    return f"{longest * 1000:.2f} ms at most"


def a_watch_can_be_ended_and_begun_again(header: Header) -> str:
    """As the keypad does around every key."""
    header.output(OUT, high=True)
    header.input(IN)
    woken = threading.Event()
    for _ in range(EDGES):
        header.watch(IN, woken.set)
        header.write(OUT, high=False)
        _must(woken.wait(PATIENCE_S), "a watch that was begun again wakes nobody")
        header.unwatch(IN)
        header.write(OUT, high=True)
        woken.clear()
        _must(header.read(IN), "a line that was watched cannot be read any more")
    return ""


def a_column_can_float_and_drive_in_turn(header: Header) -> str:
    """What a look at the keypad costs: a column driven low, the rows read, the column floating again."""
    header.input(IN)
    header.input(OUT, pull_up=False)
    began = time.monotonic()
    for _ in range(TURNS):
        header.output(OUT, high=False)
        _must(not header.read(IN), "a column that is driven low does not pull a row down")
        header.input(OUT, pull_up=False)
        _must(header.read(IN), "a row does not come up again in time: shorten the cable, or add 4.7 kΩ")
    turn = (time.monotonic() - began) / TURNS
    return f"{turn * 1e6:.0f} µs a column, {turn * 5 / 0.005 * 100:.0f} % of the time while a key is down"


def a_dimmed_output_is_high_for_a_part_of_the_time(header: Header) -> str:
    """And can be written to again afterwards."""
    header.output(OUT, high=False)
    header.input(IN)
    header.dim(OUT, 0.5)
    seen: set[bool] = set()
    deadline = time.monotonic() + PATIENCE_S
    while len(seen) < 2:
        _must(time.monotonic() < deadline, "a dimmed line does not change")
        seen.add(header.read(IN))
    header.undim(OUT)
    _must(not header.read(IN), "a line that is dimmed no more is not low")
    header.write(OUT, high=True)
    _must(header.read(IN), "a line that was dimmed cannot be written to")
    return ""


def lines_given_back_can_be_had_again(header: Header) -> str:
    """One by one."""
    for _ in range(3):
        header.output(OUT, high=True)
        header.input(IN)
        header.watch(IN, lambda: None)
        header.release((OUT, IN))
    return ""


STEPS: tuple[Callable[[Header], str], ...] = (
    an_input_with_a_pull_up_reads_high,
    an_output_reaches_an_input,
    every_edge_wakes,
    a_watch_can_be_ended_and_begun_again,
    a_column_can_float_and_drive_in_turn,
    a_dimmed_output_is_high_for_a_part_of_the_time,
    lines_given_back_can_be_had_again,
)


def run_step(step: Callable[[Header], str], header: Header) -> str:
    """Run one step and give the lines back. Raises ContractBroken, HeaderUnavailable."""
    try:
        return step(header)
    finally:
        header.release((OUT, IN))
