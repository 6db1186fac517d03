"""The one file: whole or refused."""

from __future__ import annotations

import sqlite3
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from crs.database import Account, Database, Domain, SerialUsed, StoredPack, put_media
from crs.errors import OperatorError
from crs.schema import SCHEMA_VERSION
from crypto import cbor
from crypto.domain import DomainCertificate, Generation, to_row
from tests.crs.office import use_serial

DOMAIN = Domain("sv.example", "Office", bytes(32), bytes(65), b"", 1, 0, 0)
ASHA = Account("+441632960001", "101", True, 0, bytes(32))


def store(
    database: Database,
    domain: Domain,
    cards: list[Account],
    packs: list[StoredPack],
    documents: dict[str, bytes],
) -> None:
    with database.transaction() as connection:
        put_media(connection, domain, cards, packs, documents, [])


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="crs init"):
        Database(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_an_existing_file_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"something else")
    with pytest.raises(OperatorError, match="exists already"):
        Database(tmp_path / "there", create=True)
    assert (tmp_path / "there").read_bytes() == b"something else"


def test_what_is_not_a_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"something else" * 100)
    with pytest.raises(OperatorError, match="backup"):
        Database(tmp_path / "there")


def test_another_schema_is_refused(tmp_path: Path) -> None:
    Database(tmp_path / "db", create=True).close()
    raw = sqlite3.connect(tmp_path / "db")
    raw.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    raw.close()
    with pytest.raises(OperatorError, match="schema version"):
        Database(tmp_path / "db")


def test_the_file_is_for_our_user_alone(tmp_path: Path) -> None:
    Database(tmp_path / "db", create=True)
    assert stat.S_IMODE((tmp_path / "db").stat().st_mode) == 0o600


def test_a_failed_transaction_leaves_nothing_behind(tmp_path: Path) -> None:
    database = Database(tmp_path / "db", create=True)
    store(database, DOMAIN, [ASHA], [], {})
    packs = [StoredPack("101", "2026-11", 0, b"pack")]
    with pytest.raises(sqlite3.IntegrityError):
        store(database, DOMAIN, [ASHA, ASHA], packs, {"bulletin 2026-11": b"x"})
    assert database.accounts() == [ASHA]
    assert database.first_pack("101") is None
    assert database.document("bulletin 2026-11") is None


def test_a_serial_is_used_once_by_one_nonce(tmp_path: Path) -> None:
    database = Database(tmp_path / "db", create=True)
    use = {"serial": "101", "tel": ASHA.tel, "now": 0.0}
    assert use_serial(database, nonce_hash=b"a", **use) is True
    assert use_serial(database, nonce_hash=b"a", **use) is False
    with pytest.raises(SerialUsed):
        use_serial(database, nonce_hash=b"b", **use)


def test_monthly_packs_come_in_their_order_and_the_first_is_kept(tmp_path: Path) -> None:
    database = Database(tmp_path / "db", create=True)
    for month, kind in (("2026-12", 1), ("2026-11", 0), ("2027-01", 1), ("2026-11", 1)):
        packs = [StoredPack("101", month, kind, f"{month} {kind}".encode())]
        store(database, DOMAIN, [ASHA], packs, {})
    assert database.first_pack("101") == b"2026-11 0"
    assert database.next_pack("101", "2026-10") == b"2026-11 1"
    assert database.next_pack("101", "2026-11") == b"2026-12 1"
    assert database.next_pack("101", "2026-12") == b"2027-01 1"
    assert database.next_pack("101", "2027-01") is None
    assert database.next_pack("102", "2026-10") is None


def test_a_document_is_replaced_by_a_newer_one_and_others_stay(tmp_path: Path) -> None:
    database = Database(tmp_path / "db", create=True)
    store(database, DOMAIN, [ASHA], [], {"bulletin 2026-11": b"1", "issuance 2026-11": b"a"})
    store(database, DOMAIN, [ASHA], [], {"bulletin 2026-11": b"2", "bulletin 2026-12": b"3"})
    names = ("bulletin 2026-11", "bulletin 2026-12", "issuance 2026-11", "issuance 2026-12")
    assert [database.document(name) for name in names] == [b"2", b"3", b"a", None]


def test_another_process_is_noticed(tmp_path: Path) -> None:
    ours, theirs = Database(tmp_path / "db", create=True), None
    before = ours.data_version
    assert ours.data_version == before
    theirs = Database(tmp_path / "db")
    theirs.remove_bindings()
    assert ours.data_version != before


@pytest.mark.parametrize(
    ("month", "generation"), [("2026-10", 1), ("2026-11", 1), ("2026-12", 1), ("2027-01", 2), ("2028-05", 2)]
)
def test_a_first_contact_is_checked_with_the_kms_keys_of_its_month(month: str, generation: int) -> None:
    generations = tuple(
        Generation(first, bytes(257), bytes([at]) * 65) for at, first in enumerate(("2026-11", "2027-01"), 1)
    )
    row = to_row(DomainCertificate("sv.example", bytes(32), generations))
    assert replace(DOMAIN, certificate=cbor.encode(row)).kpak(month) == bytes([generation]) * 65
