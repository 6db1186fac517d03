"""Flows are told in UTC wherever they are run."""

from __future__ import annotations

import time

import pytest


@pytest.fixture(autouse=True, scope="session")
def utc() -> None:
    """Have naive times mean the same everywhere."""
    patch = pytest.MonkeyPatch()
    patch.setenv("TZ", "UTC")
    time.tzset()
