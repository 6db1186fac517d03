"""The GPIO contract on the circuit of the other tests, and what the hardware test says without a board."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from drivers.gpio_rpi import Header
from tests.drivers.circuit import GROUND, Circuit
from tests.drivers.gpio_contract import IN, OUT, STEPS, ContractBroken, run_step
from tests.drivers.hardware import NO_BOARD, PARTS, look_for


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_the_circuit_keeps_the_contract(
    step: Callable[[Header], str], header: Header, circuit: Circuit
) -> None:
    circuit.join(OUT, IN, lambda: True)
    run_step(step, header)
    assert circuit.modes == {}


@pytest.mark.parametrize("step", STEPS[1:6], ids=lambda step: step.__name__)
def test_a_header_without_the_jumper_breaks_it(
    step: Callable[[Header], str], header: Header, circuit: Circuit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.drivers.gpio_contract.PATIENCE_S", 0.02)
    with pytest.raises(ContractBroken):
        run_step(step, header)
    assert circuit.modes == {}


def test_a_line_that_something_else_pulls_breaks_it(header: Header, circuit: Circuit) -> None:
    circuit.join(IN, GROUND, lambda: True)
    with pytest.raises(ContractBroken, match="serial console"):
        run_step(STEPS[0], header)


def test_without_a_board_the_hardware_test_says_what_is_missing_and_fails() -> None:
    """This computer is no Raspberry Pi, or has no jumper on it."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.drivers.hardware"], capture_output=True, text=True, check=False
    )
    assert done.returncode == NO_BOARD
    assert "no board" in done.stdout
    assert "RPi.GPIO" in done.stdout or "Raspberry Pi" in done.stdout


def test_every_part_says_what_to_do_when_it_is_missing(tmp_path: Path) -> None:
    for part in PARTS:
        found, said = look_for(part, tmp_path)
        assert not found
        assert said == part.advice
