"""A header that has something wired to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.gpio_rpi import Header, open_header
from tests.drivers.circuit import Circuit, wired


@pytest.fixture
def circuit() -> Circuit:
    return Circuit()


@pytest.fixture
def header(circuit: Circuit, tmp_path: Path) -> Iterator[Header]:
    with wired(circuit):
        yield open_header(tmp_path / "run")
