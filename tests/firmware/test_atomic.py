"""A file for others is readable by them whatever the writer's umask is; one for nobody else never is."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from firmware.system.atomic import write


@pytest.fixture(autouse=True)
def strict() -> Iterator[None]:
    """The umask of every service."""
    before = os.umask(0o077)
    yield
    os.umask(before)


@pytest.mark.parametrize("mode", [0o644, 0o400])
def test_a_file_has_the_mode_that_was_asked_for(tmp_path: Path, mode: int) -> None:
    write(tmp_path / "order", b"one", mode=mode)
    assert stat.S_IMODE((tmp_path / "order").stat().st_mode) == mode


def test_the_next_content_takes_the_place_of_the_last(tmp_path: Path) -> None:
    for octets in (b"one", b"two"):
        write(tmp_path / "order", octets)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"two"]
