"""Kill -9 in the middle of what an administrator does: afterwards there is the old state or the new one."""

from __future__ import annotations

import os
import shutil
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
from tests.killing import Deed, killed_everywhere

POINTS = int(os.environ.get("KILL_POINTS", "15"))
"""Random moments for each command."""


STEPS = ("fsync", "rename", "mkdir")
"""What of `os` a command changes names and discs with."""


def typed(words: Sequence[object]) -> None:
    """Type a command, as the only thing that a process does."""
    sys.argv = ["crs", *map(str, words)]
    main()


def killed(
    words: Callable[[Path], Sequence[object]],
    prepare: Callable[[Path], object],
    look: Callable[[Path], str],
    tmp_path: Path,
) -> set[str]:
    """Kill a command everywhere; returns the states that were found."""
    deed = Deed(prepare, lambda where: typed(words(where)), look, STEPS, fewest=3)
    (tmp_path / "killed").mkdir()
    return killed_everywhere(deed, tmp_path / "killed", points=POINTS)


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
    found = killed(
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

    found = killed(
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

    found = killed(lambda where: ["backup", where / "b", "--home", home], lambda where: None, look, tmp_path)
    assert found == {"old", "new"}


def test_restore(office: Office, tmp_path: Path) -> None:
    backup.make(made(office, tmp_path, "home"), tmp_path / "b", now=time.time())
    words = ["restore", tmp_path / "b", "--fingerprint", fingerprint(office.key)]
    found = killed(
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

    found = killed(
        lambda where: [*words, "--home", where / "crs"],
        lambda where: shutil.copytree(home, where / "crs"),
        look,
        tmp_path,
    )
    assert found == {"old", "new"}
