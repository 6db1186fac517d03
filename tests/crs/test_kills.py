"""Kill -9 in the middle of what an administrator does: afterwards there is the old state or the new one."""

from __future__ import annotations

import io
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from crs import backup, loading, review
from crs.cli import main
from crs.database import FILE, Database
from crs.errors import OperatorError
from crs.journal import Journal
from crs.media_directory import read_media
from crs.tls import check_identity
from crypto import certificates
from crypto.fingerprint import fingerprint
from tests.crs.office import Office
from tests.crs.test_backup import made

POINTS = int(os.environ.get("KILL_POINTS", "15"))
"""Random moments for each command."""


class Process:
    """A command in a process of its own, forked so that all of its time is the command's."""

    def __init__(self, words: Sequence[object], *, step: int | None = None) -> None:
        """With `step` it is killed just before so many-th of its own changes to names and discs."""
        reading, writing = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                sys.stdin, sys.stdout, sys.stderr = io.StringIO(), io.StringIO(), io.StringIO()
                sys.argv = ["crs", *map(str, words)]
                if step is not None:
                    _fall_before(step)
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


def _fall_before(step: int) -> None:
    """Have this process kill itself before it does so many-th thing that a power cut could separate."""
    left = [step]

    def falling(work: Callable[..., object]) -> Callable[..., object]:
        def fall(*arguments: object, **keywords: object) -> object:
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1
            return work(*arguments, **keywords)

        return fall

    for name in ("fsync", "rename", "mkdir"):
        setattr(os, name, falling(getattr(os, name)))


def killed_everywhere(
    words: Callable[[Path], Sequence[object]],
    prepare: Callable[[Path], object],
    look: Callable[[Path], str],
    tmp_path: Path,
) -> set[str]:
    """Kill a command before each of its steps, then at random; returns the states that were found."""
    for step in range(100):
        where = tmp_path / f"step-{step}"
        where.mkdir()
        prepare(where)
        status = Process(words(where), step=step).end()
        assert status in (0, -signal.SIGKILL)
        assert look(where) == "new" or status
        if status == 0:
            break
    assert 3 <= step < 99
    return killed_at_random(words, prepare, look, tmp_path)


def killed_at_random(
    words: Callable[[Path], Sequence[object]],
    prepare: Callable[[Path], object],
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
        state_now = look(where)
        found.add(state_now)
        if state_now == "old":
            assert Process(words(where)).end() == 0
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
    found = killed_everywhere(
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

    reviewed = tmp_path / "reviewed"
    loading.begin(reviewed, read_media(tmp_path / "first", domain_key=None), now=time.time())
    database = Database(reviewed / FILE)
    review.acknowledge(database, now=time.time())
    database.close()

    found = killed_everywhere(
        lambda where: ["keys", "load", "--media", newer, "--home", where / "crs"],
        lambda where: shutil.copytree(reviewed, where / "crs"),
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

    found = killed_everywhere(
        lambda where: ["backup", where / "b", "--home", home], lambda where: None, look, tmp_path
    )
    assert found == {"old", "new"}


def test_restore(office: Office, tmp_path: Path) -> None:
    backup.make(made(office, tmp_path, "home"), tmp_path / "b", now=time.time())
    words = ["restore", tmp_path / "b", "--fingerprint", fingerprint(office.key)]
    found = killed_everywhere(
        lambda where: [*words, "--home", where / "crs"],
        lambda where: None,
        lambda where: state(where / "crs", 1),
        tmp_path,
    )
    assert found == {"old", "new"}


def test_recover(office: Office, tmp_path: Path) -> None:
    """The database is of one domain or of the other, and whatever serves it has that domain's certificate."""
    home = made(office, tmp_path, "home")
    database = Database(home / FILE)
    review.acknowledge(database, now=time.time())
    database.close()
    fresh = Office(key=2)
    fresh.issue("+441632960001", 201)
    newer = fresh.export(tmp_path / "newer", 2)
    words = ["recover", "--media", newer, "--fingerprint", fingerprint(fresh.key)]

    def look(where: Path) -> str:
        database = Database(where / "crs" / FILE)
        database.check()
        Journal(database).verify()
        loading.settle(where / "crs", database)
        domain = database.domain()
        serials = {account.serial for account in database.accounts()}
        database.close()
        check_identity(where / "crs", certificates.trust_anchor(domain.name, domain.domain_key))
        new = domain.domain_key == fresh.key
        assert serials == ({"201"} if new else {"101", "102"})
        return "new" if new else "old"

    found = killed_everywhere(
        lambda where: [*words, "--home", where / "crs"],
        lambda where: shutil.copytree(home, where / "crs"),
        look,
        tmp_path,
    )
    assert found == {"old", "new"}
