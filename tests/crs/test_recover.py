"""`crs recover`: a domain with new keys takes the place of a compromised one, and only on purpose."""

from __future__ import annotations

import io
import socket
import ssl
import time
from pathlib import Path

import pytest

from crs import backup, loading, tls
from crs.database import FILE, Database
from crs.journal import Journal
from crs.media_directory import read_media
from crypto import certificates
from crypto.fingerprint import fingerprint
from tests.crs.office import ASHA, BEN, LOOPBACK, TIMEOUT, Office
from tests.crs.site import Site
from tests.crs.test_backup import content, made
from tests.crs.test_cli import crs, serving
from tests.crs.test_server import REFUSED


@pytest.fixture
def fresh() -> Office:
    """The same domain with other keys, after `cms recover cms`."""
    office = Office(key=2)
    for serial, tel in ((201, ASHA), (202, BEN)):
        office.issue(tel, serial)
    return office


@pytest.fixture
def home(office: Office, tmp_path: Path) -> Path:
    return made(office, tmp_path, "home")


@pytest.fixture
def media(fresh: Office, tmp_path: Path) -> Path:
    return fresh.export(tmp_path / "new media", 2)


def reviewed(home: Path) -> None:
    crs("log", "review", "--ack", "--home", home)


def recover(home: Path, media: Path, office: Office, *, status: int = 0) -> str:
    words = ("recover", "--media", media, "--home", home, "--fingerprint", fingerprint(office.key))
    return crs(*words, status=status)


def test_nothing_of_the_old_domain_is_left_but_the_log(
    home: Path, media: Path, fresh: Office, office: Office
) -> None:
    reviewed(home)
    database = Database(home / FILE)
    before = list(Journal(database).entries())
    database.close()
    said = recover(home, media, fresh)
    assert "Every phone enrols anew" in said
    assert fingerprint(office.key) in said
    database = Database(home / FILE)
    journal = Journal(database)
    journal.verify()
    entries = list(journal.entries())
    assert entries[: len(before)] == before
    (last,) = entries[len(before) :]
    assert last.event == "domain-recovered"
    assert last.detail is not None
    assert (last.detail["domain key"], last.detail["instead of"]) == (
        fingerprint(fresh.key),
        fingerprint(office.key),
    )
    assert database.domain().domain_key == fresh.key
    assert {account.serial for account in database.accounts()} == {"201", "202"}
    assert not any(account.enrolled for account in database.accounts())
    assert database.blocks() == []
    serials = {serial for (serial,) in database.rows("SELECT serial FROM packs")}
    assert serials == {"201", "202"}
    database.close()
    tls.check_identity(home, fresh.anchor)
    assert fingerprint(fresh.key) in crs("status", "--home", home)
    assert "alarm        domain-recovered: 1" in crs("report", "--home", home)


@pytest.mark.parametrize("given", ["", "0000 1111 2222 3333 4444 5555 6666 7777", "old"])
def test_without_the_right_fingerprint_nothing_changes(
    home: Path, media: Path, office: Office, given: str
) -> None:
    reviewed(home)
    before = content(home)
    words = ["--fingerprint", fingerprint(office.key) if given == "old" else given] if given else []
    said = crs("recover", "--media", media, "--home", home, *words, status=1)
    assert "nothing was changed" in said
    assert content(home) == before


def test_the_fingerprint_is_typed_on_a_terminal_and_a_yes_is_not_one(
    home: Path, media: Path, fresh: Office
) -> None:
    reviewed(home)

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    words = ("recover", "--media", media, "--home", home)
    assert "not the one given" in crs(*words, status=1, stdin=Terminal("y\n"))
    crs(*words, stdin=Terminal(fingerprint(fresh.key) + "\n"))


def test_the_media_of_the_domain_that_is_served_are_for_load(
    home: Path, office: Office, tmp_path: Path
) -> None:
    reviewed(home)
    said = recover(home, office.export(tmp_path / "m", 2), office, status=1)
    assert "crs load" in said


def test_another_domain_does_not_take_this_place(home: Path, tmp_path: Path) -> None:
    other = Office("other.example", key=3)
    other.issue(ASHA, 301)
    assert "a CRS of its own" in recover(home, other.export(tmp_path / "m", 2), other, status=1)


def test_keys_of_months_wait_for_the_review_here_too(home: Path, media: Path, fresh: Office) -> None:
    database = Database(home / FILE)
    with database.transaction() as connection:
        connection.execute("DELETE FROM packs WHERE kind = 1")
    database.close()
    before = content(home)
    assert "crs log review --ack" in recover(home, media, fresh, status=1)
    assert content(home) == before
    reviewed(home)
    recover(home, media, fresh)


def test_a_running_server_is_to_be_stopped_first(
    office: Office, fresh: Office, media: Path, tmp_path: Path
) -> None:
    home = tmp_path / "crs"
    crs("init", "--media", office.export(tmp_path / "media"), "--home", home, "--trust-media")
    reviewed(home)
    with serving(home):
        assert "stop it first" in recover(home, media, fresh, status=1)
    recover(home, media, fresh)


def test_media_of_the_old_domain_are_refused_from_then_on(
    home: Path, media: Path, fresh: Office, office: Office, tmp_path: Path
) -> None:
    reviewed(home)
    recover(home, media, fresh)
    before = content(home)
    old = office.export(tmp_path / "old", 99)
    assert "E04" in crs("load", "--media", old, "--home", home, status=1)
    crs("recover", "--media", old, "--home", home, "--fingerprint", fingerprint(fresh.key), status=1)
    assert content(home) == before


def test_the_phones_of_the_old_domain_are_refused_and_those_of_the_new_one_served(
    home: Path, media: Path, fresh: Office, office: Office
) -> None:
    reviewed(home)
    recover(home, media, fresh)
    with Site(fresh, home) as site:
        with pytest.raises(REFUSED):
            site.phone(office.cards[0], office=office).next()
        pinned = office.client_context(office.cards[0])
        with (
            socket.create_connection((LOOPBACK, site.crs.sip_port), TIMEOUT) as plain,
            pytest.raises(ssl.SSLCertVerificationError),
        ):
            pinned.wrap_socket(plain, server_hostname=LOOPBACK)
        site.enrol_all()
        site.registered(fresh.cards[0])


def test_killed_between_database_and_certificate_the_next_start_finishes(
    home: Path, media: Path, fresh: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    reviewed(home)

    def cut(home: Path, database: Database) -> None:
        raise KeyboardInterrupt

    database = Database(home / FILE)
    with monkeypatch.context() as patch:
        patch.setattr(loading, "settle", cut)
        with pytest.raises(KeyboardInterrupt):
            loading.recover(home, database, read_media(media, domain_key=None), now=time.time())
    assert not tls.is_identity_of(home / tls.IDENTITY_FILE, fresh.anchor)
    loading.settle(home, database)
    database.close()
    tls.check_identity(home, fresh.anchor)
    assert not (home / tls.NEXT_IDENTITY_FILE).exists()
    backup.make(home, tmp_path / "b", now=time.time())


def test_a_certificate_that_waits_for_a_domain_that_never_came_is_removed(
    home: Path, fresh: Office, office: Office
) -> None:
    loading.write_secret(home / tls.NEXT_IDENTITY_FILE, loading._tls_identity(fresh.media()))
    database = Database(home / FILE)
    loading.settle(home, database)
    database.close()
    tls.check_identity(home, certificates.trust_anchor(office.name, office.key))
    assert not (home / tls.NEXT_IDENTITY_FILE).exists()
