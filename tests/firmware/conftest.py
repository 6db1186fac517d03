"""Phones' key services, each in a directory of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crypto.callers import BOB
from tests.firmware.phones import Phone


@pytest.fixture
def phone(tmp_path: Path) -> Phone:
    """Without keys yet."""
    return Phone(tmp_path / "alice")


@pytest.fixture
def alice(phone: Phone) -> Phone:
    """The same, enrolled."""
    return phone.enrol()


@pytest.fixture
def bob(tmp_path: Path) -> Phone:
    """Somebody she calls."""
    return Phone(tmp_path / "bob").enrol(BOB, 8)
