"""Phones' key services, each in a directory of its own."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from tests.crypto.callers import BOB
from tests.firmware.phones import Phone
from tests.firmware.pins import PIN


@pytest.fixture
def phone(tmp_path: Path) -> Phone:
    """Without keys yet."""
    return Phone(tmp_path / "alice")


@pytest.fixture
def alice(phone: Phone) -> Phone:
    """The same, enrolled."""
    return phone.enrol()


@pytest.fixture
def locked(alice: Phone) -> Phone:
    """The same with a PIN, a contact and a setting, after a restart."""
    alice.custody.remember("contacts", base64.b64encode(b"Bob").decode())
    alice.custody.remember("settings", base64.b64encode(b"loud").decode())
    alice.custody.set_pin("", PIN)
    return alice.restart()


@pytest.fixture
def bob(tmp_path: Path) -> Phone:
    """Somebody she calls."""
    return Phone(tmp_path / "bob").enrol(BOB, 8)
