"""Kill -9 in the middle of what an administrator does: afterwards there is the old state or the new one."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from crs import backup, loading
from crs.cli import main
from crs.database import FILE, Database
from crs.errors import OperatorError
from crs.journal import Journal
from crs.media_directory import read_media
from crs.tls import check_identity
from crypto import certificates
from tests.crs.office import Office
from tests.crs.test_backup import made

POINTS = int(os.environ.get("KILL_POINTS", "15"))
"""Random moments for each command."""


class Process:
    """A command in a process of its own, forked so that all of its time is the command's."""

    def __init__(self, words: Sequence[object]) -> None:
        reading, writing = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                quiet = os.open(os.devnull, os.O_RDWR)
                for number in (0, 1, 2):
                    os.dup2(quiet, number)
                sys.argv = ["crs", *map(str, words)]
                os.write(writing, b"!")
                main()
            except SystemExit as end:
                os._exit(int(end.code or 0))
            finally:
                os._exit(3)
        os.close(writing)
        os.read(reading, 1)
        os.close(reading)

    def end(self, after: float | None = None) -> int:
        """Kill it after so many seconds, or wait for its end. Returns its exit status, -9 if killed."""
        if after is not None:
            time.sleep(after)  # the moment is the test
            os.kill(self.pid, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def killed_at_random(
    words: Callable[[Path], Sequence[object]],
    prepare: Callable[[Path], None],
    look: Callable[[Path], str],
    tmp_path: Path,
) -> set[str]:
    """Kill a command again and again, each time in a new directory; returns the states that were found."""
    calm = tmp_path / "calm"
    calm.mkdir()
    prepare(calm)
    began = time.perf_counter()
    assert Process(words(calm)).end() == 0
    takes = time.perf_counter() - began
    assert look(calm) == "new"
    moments, found, killed = random.Random(2026), {"new"}, 0
    for number in range(POINTS):
        where = tmp_path / str(number)
        where.mkdir()
        prepare(where)
        # One in every part of its time, so that beginning, middle and end are hit.
        after = takes * (number + moments.random()) / POINTS
        killed += Process(words(where)).end(after) == -signal.SIGKILL
        found.add(look(where))
        assert Process(words(where)).end() in (0, 1)
        assert look(where) == "new"
    assert killed >= POINTS // 3, "most kills came too late to prove anything"
    return found


def state(home: Path, sequence: int) -> str:
    """Say whether this home is new ('new': media of this number are loaded) or old; fail if it is neither."""
    if not (home / FILE).exists():
        with pytest.raises(OperatorError, match="crs init"):
            Database(home / FILE)
        return "old"
    database = Database(home / FILE)
    domain = database.domain()
    database.check()
    Journal(database).verify()
    loaded = [
        (entry.detail or {})["sequence"]
        for entry in Journal(database).entries()
        if entry.event == "media-loaded"
    ]
    packs = database.rows("SELECT count(*) FROM packs")[0][0]
    database.close()
    assert loaded == [str(number + 1) for number in range(domain.sequence)]
    assert packs == (2 if domain.sequence < 2 and sequence == 2 else 4)
    check_identity(home, certificates.trust_anchor(domain.name, domain.domain_key))
    return "new" if domain.sequence == sequence else "old"


@pytest.fixture
def media(office: Office, tmp_path: Path) -> Path:
    return office.export(tmp_path / "media")


def test_init(media: Path, tmp_path: Path) -> None:
    found = killed_at_random(
        lambda where: ["init", "--media", media, "--home", where / "crs", "--trust-media"],
        lambda where: None,
        lambda where: state(where / "crs", 1),
        tmp_path,
    )
    assert found == {"old", "new"}


def test_keys_load(office: Office, tmp_path: Path) -> None:
    newer = office.export(tmp_path / "newer", 2)
    first = Office()
    first.cards = office.cards
    content = office.media()
    first.media = lambda sequence=1: replace(content, packs=content.packs[::2])  # type: ignore[method-assign]
    first.export(tmp_path / "first")

    def prepare(where: Path) -> None:
        loading.begin(where / "crs", read_media(tmp_path / "first", domain_key=None), now=time.time())
        assert Process(["log", "review", "--ack", "--home", where / "crs"]).end() == 0

    found = killed_at_random(
        lambda where: ["keys", "load", "--media", newer, "--home", where / "crs"],
        prepare,
        lambda where: state(where / "crs", 2),
        tmp_path,
    )
    assert found == {"old", "new"}


def test_backup(office: Office, tmp_path: Path) -> None:
    home = made(office, tmp_path, "home")

    def look(where: Path) -> str:
        state(home, 1)
        if not (where / "b").exists():
            return "old"
        backup.restore(where / "b", where / "restored", now=time.time())
        assert state(where / "restored", 1) == "new"
        for path in (where / "restored").iterdir():
            path.unlink()
        return "new"

    found = killed_at_random(
        lambda where: ["backup", where / "b", "--home", home], lambda where: None, look, tmp_path
    )
    assert found == {"old", "new"}


def test_restore(office: Office, tmp_path: Path) -> None:
    backup.make(made(office, tmp_path, "home"), tmp_path / "b", now=time.time())
    found = killed_at_random(
        lambda where: ["restore", tmp_path / "b", "--home", where / "crs"],
        lambda where: None,
        lambda where: state(where / "crs", 1),
        tmp_path,
    )
    assert found == {"old", "new"}
