"""CRS media in a directory: read whole and genuine, or not at all."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from crs import loading
from crs.database import FILE, Database
from crs.errors import OperatorError
from crs.journal import Journal
from crs.media_directory import read_media
from crypto.fields import month_of
from tests.crs.office import ASHA, Office


@pytest.fixture
def media(office: Office, tmp_path: Path) -> Path:
    return office.export(tmp_path / "media")


@pytest.fixture
def home(media: Path, tmp_path: Path) -> Path:
    """The home directory of a CRS that has loaded its first media."""
    loading.begin(tmp_path / "crs", read_media(media, domain_key=None), now=0.0)
    return tmp_path / "crs"


def _link(media: Path) -> None:
    (media / "roster").rename(media.parent / "elsewhere")
    (media / "roster").symlink_to(media.parent / "elsewhere")


def _linked_packs(media: Path) -> None:
    (media / "packs").rename(media.parent / "elsewhere")
    (media / "packs").symlink_to(media.parent / "elsewhere")


def _without_last_pack(media: Path) -> None:
    octets = (media / "packs").read_bytes()
    at, last = 0, 0
    while at < len(octets):
        last, at = at, at + 4 + int.from_bytes(octets[at : at + 4], "big")
    (media / "packs").write_bytes(octets[:last])


def _pipe(media: Path) -> None:
    (media / "roster").unlink()
    os.mkfifo(media / "roster")


def _sparse(media: Path) -> None:
    with (media / "crs.key").open("r+b") as file:
        file.truncate(10**12)


def _flip(name: str) -> Callable[[Path], None]:
    def flip(media: Path) -> None:
        octets = bytearray((media / name).read_bytes())
        octets[len(octets) // 2] ^= 1
        (media / name).write_bytes(octets)

    return flip


TAMPERED: dict[str, Callable[[Path], None]] = {
    "a link": _link,
    "linked packs": _linked_packs,
    "a pipe": _pipe,
    "an endless file": _sparse,
    "a foreign file": lambda media: (media / "autorun.inf").touch(),
    "an old name": lambda media: (media / "bulletin-2026-1").write_bytes(b"x"),
    "a name that ends the line": lambda media: (media / "packs\n").write_bytes(b"x"),
    "a directory in a file's place": lambda media: (
        (media / "blocked").unlink(),
        (media / "blocked").mkdir(),
    ),
    "a directory of a foreign name": lambda media: (media / "more").mkdir(),
    "no manifest": lambda media: (media / "manifest").unlink(),
    "no roster": lambda media: (media / "roster").unlink(),
    "a pack taken out": _without_last_pack,
    "a flipped bit in the manifest": _flip("manifest"),
    "a flipped bit in the roster": _flip("roster"),
    "a flipped bit in a pack": _flip("packs"),
    "a flipped bit in the key": _flip("crs.key"),
    "nothing at all": lambda media: [path.unlink() for path in media.rglob("*") if path.is_file()],
}


@pytest.mark.parametrize("tamper", TAMPERED.values(), ids=TAMPERED)
def test_tampered_media_are_refused_and_change_nothing(
    office: Office, home: Path, tmp_path: Path, tamper: Callable[[Path], object]
) -> None:
    newer = office.export(tmp_path / "newer", sequence=2)
    tamper(newer)
    before = {path.name: path.read_bytes() for path in home.iterdir()}
    with pytest.raises(OperatorError, match=r"nothing was changed"):
        read_media(newer, domain_key=office.key)
    assert {path.name: path.read_bytes() for path in home.iterdir()} == before


def test_a_directory_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="Is the medium there"):
        read_media(tmp_path / "cdrom", domain_key=None)


def test_media_of_another_domain_are_refused(office: Office, tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="E04"):
        read_media(Office(key=2).export(tmp_path / "other"), domain_key=office.key)


def test_the_first_media_make_a_crs(office: Office, home: Path) -> None:
    database = Database(home / FILE)
    assert [(card.tel, card.active, card.enrolled) for card in database.accounts()] == [
        (card.tel, True, False) for card in office.cards
    ]
    assert database.domain().name == "sv.example"
    assert database.first_pack("101") == office.cards[0].pack
    assert database.next_pack("101", "2001-01") == office.cards[0].monthly
    month = month_of(int(time.time()))
    assert database.document(f"bulletin {month}")
    assert database.document(f"issuance {month}")
    assert [entry.event for entry in Journal(database).entries()] == ["media-loaded"]


def test_the_tls_key_is_for_our_user_alone(home: Path) -> None:
    assert stat.S_IMODE((home / "tls.pem").stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_a_second_init_is_refused(media: Path, home: Path) -> None:
    with pytest.raises(OperatorError, match="crs load"):
        loading.begin(home, read_media(media, domain_key=None), now=0.0)


@pytest.mark.parametrize("cut", ["tls", "database", "rename"])
def test_a_power_cut_in_init_leaves_no_crs_and_init_works_afterwards(
    media: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cut: str
) -> None:
    content = read_media(media, domain_key=None)
    home = tmp_path / "crs"
    target = {"tls": "write_secret", "database": "_store", "rename": "sync_directory"}[cut]

    def power_cut(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(loading, target, power_cut)
        with pytest.raises(KeyboardInterrupt):
            loading.begin(home, content, now=0.0)
        assert not (home / FILE).exists()
    loading.begin(home, content, now=0.0)
    assert Database(home / FILE).domain().sequence == 1


def test_newer_media_renew_roster_packs_and_certificate(office: Office, home: Path, tmp_path: Path) -> None:
    before = (home / "tls.pem").read_bytes()
    office.issue(ASHA, 201)
    database = Database(home / FILE)
    newer = read_media(office.export(tmp_path / "newer", sequence=2), domain_key=office.key)
    loading.renew(home, database, newer, now=time.time())
    active = {card.serial: card.active for card in database.accounts()}
    assert active == {"101": False, "102": True, "201": True}
    assert (home / "tls.pem").read_bytes() != before
    assert database.first_pack("101") == office.cards[0].pack


@pytest.mark.parametrize("sequence", [1, 2])
def test_media_that_are_not_newer_are_refused(
    office: Office, home: Path, tmp_path: Path, sequence: int
) -> None:
    database = Database(home / FILE)
    renew = office.export(tmp_path / "two", sequence=2)
    loading.renew(home, database, read_media(renew, domain_key=office.key), now=0.0)
    older = read_media(office.export(tmp_path / "older", sequence=sequence), domain_key=office.key)
    with pytest.raises(OperatorError, match="nothing was changed"):
        loading.renew(home, database, older, now=0.0)
    assert database.domain().sequence == 2
