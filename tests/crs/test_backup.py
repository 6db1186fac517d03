"""A backup is all of a CRS but no key of a call; restoring is all of it or nothing."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crs import backup, backup_file, blocking, loading
from crs.database import FILE, Database
from crs.errors import OperatorError
from crs.journal import Journal
from crs.media_directory import read_media
from crypto import cbor
from crypto.fingerprint import fingerprint
from tests.crs.damage import THOROUGH, damaged
from tests.crs.office import ASHA, Office, use_serial
from tests.crs.phone import until
from tests.crs.site import Site
from tests.crs.test_cli import Terminal, crs
from tests.crs.test_enrolment import contact, enrol

NOW = time.time()


def made(office: Office, tmp_path: Path, name: str = "crs") -> Path:
    """A CRS that has seen something."""
    home = tmp_path / name
    loading.begin(home, read_media(office.export(tmp_path / f"media of {name}"), domain_key=None), now=NOW)
    (home / "crs.toml").write_text("idle_timeout = 200\n")
    database = Database(home / FILE)
    use_serial(database, serial="101", tel=ASHA, nonce_hash=b"", now=NOW)
    blocking.block(database, "102", now=NOW)
    Journal(database).append("card-used-twice", {"tel": ASHA}, NOW)
    database.close()
    return home


@pytest.fixture
def home(office: Office, tmp_path: Path) -> Path:
    return made(office, tmp_path)


@pytest.fixture
def file(home: Path, tmp_path: Path) -> Path:
    backup.make(home, tmp_path / "crs.backup", now=NOW)
    return tmp_path / "crs.backup"


def content(home: Path) -> dict[str, object]:
    """Everything that a CRS knows."""
    database = Database(home / FILE)
    rows: dict[str, object] = {
        table: database.rows(f"SELECT * FROM {table}")
        for table in ("domain", "accounts", "used_serials", "blocks", "packs", "documents")
    }
    rows["log"] = [
        (entry.event, entry.detail)
        for entry in Journal(database).entries()
        if entry.event not in ("restored", "backed-up")
    ]
    database.close()
    return rows | {name: (home / name).read_bytes() for name in ("tls.pem", "crs.toml")}


def files(directory: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(directory)): path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


def test_what_is_restored_is_what_was_there(home: Path, file: Path, tmp_path: Path) -> None:
    backup.restore(file, tmp_path / "new", now=NOW + 60)
    assert content(tmp_path / "new") == content(home)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    for name in (FILE, "tls.pem", "crs.toml"):
        assert stat.S_IMODE((tmp_path / "new" / name).stat().st_mode) == 0o600
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [
        "crs.sqlite3",
        "crs.toml",
        "tls.pem",
    ]


def test_both_are_in_the_log(home: Path, file: Path, tmp_path: Path) -> None:
    header = backup.restore(file, tmp_path / "new", now=NOW + 60)
    for directory, event in ((home, "backed-up"), (tmp_path / "new", "restored")):
        database = Database(directory / FILE)
        (entry,) = Journal(database).entries(last=1)
        Journal(database).verify()
        database.close()
        assert entry.event == event
        assert entry.detail is not None
        assert entry.detail["head"] == header.head.hex()


def test_a_backup_is_for_our_user_alone_and_nothing_is_left_beside_it(file: Path) -> None:
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir() if "unfinished" in path.name] == []


def test_a_backup_without_settings_restores_without_settings(home: Path, tmp_path: Path) -> None:
    (home / "crs.toml").unlink()
    backup.make(home, tmp_path / "b", now=NOW)
    backup.restore(tmp_path / "b", tmp_path / "new", now=NOW)
    assert not (tmp_path / "new" / "crs.toml").exists()


def test_no_secret_of_a_domain_or_its_phones_is_in_a_backup(home: Path, file: Path, office: Office) -> None:
    octets = file.read_bytes()
    secrets = {"the domain's private key": office.private.expose(), "the KSAK": bytes([1]) * 32}
    for card in office.cards:
        secrets |= {
            f"the SSK of {card.tel}": card.ssk.expose(),
            f"the seed of {card.tel}": card.serial.to_bytes(32, "big"),
            f"the TLS key of {card.tel}": card.tls_key.encode(),
        }
    for name, secret in secrets.items():
        assert secret not in octets, name
        assert secret.hex().encode() not in octets.lower(), name
    assert (home / "tls.pem").read_bytes() in octets, "this search finds what is there"
    assert office.cards[0].pack in octets, "and sealed packs are"


def test_what_retention_has_blanked_and_who_is_registered_is_not_in_a_backup(
    home: Path, tmp_path: Path
) -> None:
    database = Database(home / FILE)
    Journal(database).append("alarm", {"tel": "+441632960777"}, NOW - 100 * 86400)
    Journal(database).blank_before(NOW - 62 * 86400)
    database.close()
    backup.make(home, tmp_path / "b", now=NOW)
    assert b"+441632960777" not in (tmp_path / "b").read_bytes()


def test_a_backup_of_a_running_server(site: Site, office: Office, tmp_path: Path) -> None:
    phone = site.registered(office.cards[0])
    crs("backup", tmp_path / "b", "--home", site.home)
    assert phone.silent()
    crs("restore", tmp_path / "b", "--home", tmp_path / "new", "--fingerprint", fingerprint(office.key))
    with Site(office, tmp_path / "new") as again:
        again.registered(office.cards[0])
        assert again.alarms("enrolled-before") == []


def test_enrolments_after_the_backup_are_proven_by_certificates(office: Office, tmp_path: Path) -> None:
    asha, ben = office.cards
    with Site(office, tmp_path / "crs") as site:
        enrol(site, contact(site, asha))
        backup.make(site.home, tmp_path / "b", now=NOW)
        enrol(site, contact(site, ben))
    backup.restore(tmp_path / "b", tmp_path / "new", now=NOW)
    with Site(office, tmp_path / "new") as again:
        again.registered(asha)
        again.registered(ben)
        assert enrol(again, contact(again, ben)).code == "E07"
        until(lambda: again.alarms("enrolled-before"), "an entry in the log")
        assert len(again.alarms("enrolled-before")) == 1


def test_the_commands_show_fingerprint_and_head(office: Office, home: Path, tmp_path: Path) -> None:
    said = crs("backup", tmp_path / "b", "--home", home)
    assert fingerprint(office.key) in said
    head = said.split("Head: ")[1].split()[0]
    sure = ("--fingerprint", fingerprint(office.key))
    assert head in crs("restore", tmp_path / "b", "--home", tmp_path / "new", "--head", head, *sure)
    assert "chain whole" in crs("log", "verify", "--home", tmp_path / "new")
    for command in ("backup", "restore", "block", "unblock", "report"):
        assert f"Example: crs {command}" in " ".join(crs(command, "--help").split())


# What is refused


def test_nothing_is_overwritten(home: Path, file: Path, tmp_path: Path) -> None:
    before = files(tmp_path)
    assert "not overwritten" in crs("backup", file, "--home", home, status=1)
    assert "not overwritten" in crs("restore", file, "--home", home, status=1)
    assert files(tmp_path) == before


@pytest.mark.parametrize("name", ["tls.pem", "crs.toml"])
def test_other_settings_or_keys_in_the_way_are_not_overwritten(file: Path, tmp_path: Path, name: str) -> None:
    new = tmp_path / "new"
    new.mkdir()
    (new / name).write_text("port = 5061\n")
    with pytest.raises(OperatorError, match="Remove it first"):
        backup.restore(file, new, now=NOW)
    assert files(new) == {name: b"port = 5061\n"}


def test_another_fingerprint_restores_nothing(file: Path, tmp_path: Path) -> None:
    words = ("restore", file, "--home", tmp_path / "new", "--fingerprint", "ABCD")
    assert "tell security" in crs(*words, status=1)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(("answer", "status"), [("y\n", 0), ("n\n", 1), ("\n", 1)])
def test_somebody_at_a_terminal_is_asked_about_the_fingerprint_before_anything_is_restored(
    file: Path, tmp_path: Path, answer: str, status: int
) -> None:
    there: list[bool] = []

    class Administrator(Terminal):
        def readline(self, size: int | None = -1, /) -> str:
            there.append((tmp_path / "new" / FILE).exists())
            return super().readline()

    crs("restore", file, "--home", tmp_path / "new", stdin=Administrator(answer), status=status)
    assert there == [False]
    assert (tmp_path / "new" / FILE).exists() is (status == 0)


def test_where_nobody_can_be_asked_nothing_is_restored(file: Path, tmp_path: Path) -> None:
    said = crs("restore", file, "--home", tmp_path / "new", status=1)
    assert "nobody is here to compare the fingerprint; nothing was changed" in said
    assert not (tmp_path / "new").exists()


def test_an_older_backup_does_not_pass_for_the_newest(
    office: Office, home: Path, file: Path, tmp_path: Path
) -> None:
    database = Database(home / FILE)
    Journal(database).append("blocked", {}, NOW)
    head = Journal(database).verify().chain.hex()
    database.close()
    words = ("restore", file, "--home", tmp_path / "new", "--head", head)
    error = crs(*words, "--fingerprint", fingerprint(office.key), status=1)
    assert "newest backup" in error
    assert not (tmp_path / "new").exists()


def test_a_log_that_was_tampered_with_is_not_backed_up(home: Path, tmp_path: Path) -> None:
    raw = sqlite3.connect(home / FILE)
    raw.executescript("DROP TRIGGER log_is_never_changed; UPDATE log SET event = 'nothing' WHERE number = 2")
    raw.close()
    assert "tell security" in crs("backup", tmp_path / "b", "--home", home, status=1)
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize("where", ["nowhere/crs.backup", "media of crs"])
def test_a_place_that_cannot_be_written_is_told(home: Path, tmp_path: Path, where: str) -> None:
    assert "crs: " in crs("backup", tmp_path / where, "--home", home, status=1)


def test_without_a_crs_there_is_no_backup(tmp_path: Path) -> None:
    assert "crs init" in crs("backup", tmp_path / "b", "--home", tmp_path / "none", status=1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["nothing there", "a directory", "a link", "a pipe"])
def test_what_is_no_file_is_no_backup(file: Path, tmp_path: Path, kind: str) -> None:
    odd = tmp_path / "odd"
    if kind == "a directory":
        odd.mkdir()
    elif kind == "a link":
        odd.symlink_to(file)
    elif kind == "a pipe":
        os.mkfifo(odd)
    assert "nothing was changed" in crs("restore", odd, "--home", tmp_path / "new", status=1)
    assert not (tmp_path / "new").exists()


def _rewritten(file: Path, tmp_path: Path, change: Callable[[Path], object]) -> Path:
    """Open a backup, change what is in it, and make all digests fit again: the work of somebody able."""
    parts = tmp_path / "parts"
    parts.mkdir()
    with file.open("rb") as source:
        header = backup_file.unpack(source, file.stat().st_size, parts)
    change(parts)
    with (tmp_path / "forged").open("wb") as target:
        backup_file.write(target, header, {path.name: path for path in parts.iterdir()})
    return tmp_path / "forged"


def _sql(*statements: str) -> Callable[[Path], None]:
    def change(parts: Path) -> None:
        raw = sqlite3.connect(parts / FILE)
        for statement in statements:
            raw.execute(statement)
        raw.commit()
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.close()
        for name in ("-wal", "-shm"):
            (parts / f"{FILE}{name}").unlink(missing_ok=True)

    return change


def _other_certificate(parts: Path) -> None:
    media = Office("sv.example", key=2).media()
    (parts / "tls.pem").write_bytes(media.tls_certificate.encode() + b"\n" + media.tls_key.expose())


UNGUARDED = "DROP TRIGGER log_is_never_changed"
FORGED: dict[str, Callable[[Path], object]] = {
    "a certificate of another domain": _other_certificate,
    "a certificate without its key": lambda parts: (parts / "tls.pem").write_bytes(
        (parts / "tls.pem").read_bytes().split(b"-----BEGIN PRIV")[0]
    ),
    "settings that make no sense": lambda parts: (parts / "crs.toml").write_text("port = 'x'"),
    "no database": lambda parts: (parts / FILE).write_bytes(b"x" * 5000),
    "a damaged database": lambda parts: (parts / FILE).write_bytes(
        (parts / FILE).read_bytes()[:8192] + bytes(4096) + (parts / FILE).read_bytes()[12288:]
    ),
    "another schema version": _sql("PRAGMA user_version = 2"),
    "a log without its guards": _sql("DROP TRIGGER log_is_never_deleted"),
    "a trigger more": _sql("CREATE TRIGGER more AFTER INSERT ON log BEGIN DELETE FROM blocks; END"),
    "a view more": _sql("CREATE VIEW more AS SELECT * FROM log"),
    "no domain": _sql("DELETE FROM domain"),
    "another domain's name": _sql("UPDATE domain SET name = 'other.example'"),
    "another domain's key": _sql("UPDATE domain SET domain_key = zeroblob(32)"),
    "half a domain key": _sql("UPDATE domain SET domain_key = zeroblob(16)"),
    "another media number": _sql("UPDATE domain SET sequence = 9"),
    "a revocation list of nobody": _sql("UPDATE domain SET revoked = x'00'"),
}


@pytest.mark.parametrize("change", FORGED.values(), ids=FORGED)
def test_a_backup_whose_parts_do_not_fit_restores_nothing(
    file: Path, tmp_path: Path, change: Callable[[Path], object]
) -> None:
    forged = _rewritten(file, tmp_path, change)
    with pytest.raises(OperatorError):
        backup.restore(forged, tmp_path / "new", now=NOW)
    assert not (tmp_path / "new").exists()


def test_a_header_with_foreign_names_is_refused(file: Path, tmp_path: Path) -> None:
    octets = file.read_bytes()
    length = int.from_bytes(octets[8:12], "big")
    values = cbor.decode(octets[12 : 12 + length], max_octets=4096)
    for name in ("../crs.sqlite3", "/etc/passwd", "serve.lock", "crs.toml\0", ""):
        rows = [[name if row[0] == "crs.toml" else row[0], *row[1:]] for row in values[7]]
        body = cbor.encode({**values, 7: rows})
        start = octets[:8] + len(body).to_bytes(4, "big") + body
        (tmp_path / "forged").write_bytes(start + hashlib.sha256(start).digest() + octets[12 + length + 32 :])
        with pytest.raises(OperatorError, match="damaged"):
            backup.restore(tmp_path / "forged", tmp_path / "new", now=NOW)
        assert not (tmp_path / "new").exists()


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes, Path]:
    """Two backups of one CRS, an older and a newer one, and a place to work."""
    where = tmp_path_factory.mktemp("damage")
    office = Office()
    office.issue(ASHA, 101)
    office.issue("+441632960002", 102)
    home = made(office, where)
    backup.make(home, where / "older", now=NOW)
    backup.make(home, where / "newer", now=NOW + 60)
    return (where / "older").read_bytes(), (where / "newer").read_bytes(), where


@THOROUGH
@given(data=st.data())
def test_every_damaged_backup_is_refused_and_changes_nothing(
    pair: tuple[bytes, bytes, Path], data: st.DataObject
) -> None:
    older, newer, where = pair
    octets = data.draw(damaged(newer, older))
    assume(octets not in (older, newer))
    (where / "damaged").write_bytes(octets)
    with pytest.raises(OperatorError, match="nothing was changed"):
        backup.restore(where / "damaged", where / "new", now=NOW)
    assert not (where / "new").exists()


def test_what_an_earlier_database_left_beside_its_name_is_not_played_into_the_restored_one(
    office: Office, file: Path, tmp_path: Path
) -> None:
    """The database was lost, but what SQLite had not yet written into it is still there."""
    new, busy = tmp_path / "new", made(office, tmp_path, "busy")
    database = Database(busy / FILE)
    for number in range(50):
        Journal(database).append("card-used-twice", {"tel": ASHA, "number": str(number)}, NOW)
    new.mkdir(mode=0o700)
    for end in ("-wal", "-shm"):
        shutil.copy(f"{busy / FILE}{end}", f"{new / FILE}{end}")
    database.close()
    backup.restore(file, new, now=NOW + 60)
    restored = Database(new / FILE)
    restored.check()
    assert [entry.event for entry in Journal(restored).entries()][-1] == "restored"
    Journal(restored).verify()
    restored.close()
