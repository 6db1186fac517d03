"""A CRS with another TLS key: phones know the domain that signed it, not the key, and go on."""

from __future__ import annotations

import json
import socket
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509

from cms import domain as domains
from cms import media
from crs import certificate_words, loading, tls
from crs.database import FILE, Database
from crs.media_directory import read_media
from crypto import certificates, crs_media
from firmware.services.tls import client_context
from tests.crs.office import LOOPBACK, TIMEOUT, Office
from tests.crs.phone import until
from tests.crs.site import Site
from tests.crs.test_cli import crs

DAY = 86_400
END = int(datetime(2027, 3, 1, tzinfo=UTC).timestamp())


def key_shown(site: Site, anchor: str) -> bytes:
    """The key that the server shows a phone that trusts this anchor alone."""
    with (
        socket.create_connection((LOOPBACK, site.crs.https_port), TIMEOUT) as plain,
        client_context(anchor, moment=int(time.time())).wrap_socket(plain, server_hostname=LOOPBACK) as line,
    ):
        der = line.getpeercert(binary_form=True)
    assert der is not None
    return x509.load_der_x509_certificate(der).public_key().public_bytes_raw()  # type: ignore[union-attr]


def test_a_phone_believes_the_server_with_its_new_key(site: Site, office: Office) -> None:
    before = key_shown(site, office.anchor)
    site.load(2)
    until(lambda: key_shown(site, office.anchor) != before, "another key")


def test_a_phone_that_is_connected_stays_and_one_that_comes_is_registered(site: Site, office: Office) -> None:
    there, before = site.registered(office.cards[0]), key_shown(site, office.anchor)
    site.load(2)
    until(lambda: key_shown(site, office.anchor) != before, "another key")
    site.registered(office.cards[1])
    there.expect("NOTIFY")
    assert there.silent()


@pytest.fixture(scope="module")
def domain() -> domains.Domain:
    return domains.create("sv.example", organisation="Office", crs=f"{LOOPBACK}:5061", now=int(time.time()))


def exported(domain: domains.Domain, folder: Path) -> tuple[domains.Domain, crs_media.CRSMedia]:
    """What the CMS exports, read as the CRS does."""
    after, files = media.export(domain, now=int(time.time()))
    folder.mkdir()
    for name, octets in files.items():
        (folder / name).write_bytes(octets)
    return after, read_media(folder, domain_key=domain.domain_key)


def test_the_cms_makes_it_and_the_crs_loads_it(domain: domains.Domain, tmp_path: Path) -> None:
    home, anchor = tmp_path / "crs", certificates.trust_anchor(domain.name, domain.domain_key)
    after, first = exported(domain, tmp_path / "first")
    loading.begin(home, first, now=time.time())
    same, second = exported(after, tmp_path / "second")
    assert second.tls_key == first.tls_key
    _, third = exported(domains.with_new_crs_key(same), tmp_path / "third")
    assert third.tls_key != first.tls_key
    database = Database(home / FILE)
    loading.renew(home, database, third, now=time.time())
    database.close()
    tls.check_identity(home, anchor)
    assert third.tls_key.expose() in (home / "tls.pem").read_bytes()


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (400 * DAY, ["until 2027-03-01, 400 days left"]),
        (60 * DAY, ["until 2027-03-01, 60 days left"]),
        (DAY, ["until 2027-03-01, 1 day left", "WARNING: load newer"]),
        (60 * DAY - 1, ["until 2027-03-01, 59 days left", "WARNING: load newer"]),
        (0, ["ended 2027-03-01", "WARNING: no phone"]),
        (-DAY, ["ended 2027-03-01", "WARNING: no phone"]),
    ],
)
def test_who_looks_is_warned_when_fewer_than_60_days_are_left(left: int, said: list[str]) -> None:
    lines = certificate_words.lines(END, END - left)
    assert len(lines) == len(said)
    assert all(line.startswith(text) for line, text in zip(lines, said, strict=True))


@pytest.mark.parametrize("command", ["status", "report"])
@pytest.mark.parametrize("days", [59, 61])
def test_status_and_report_warn(office: Office, tmp_path: Path, command: str, days: int) -> None:
    home = tmp_path / "crs"
    loading.begin(home, read_media(office.export(tmp_path / "media"), domain_key=None), now=time.time())
    until_ = tls.certificate_until(home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "time", lambda: until_ - days * DAY - 1)
        said = crs(command, "--home", home)
    assert f"certificate  until {datetime.fromtimestamp(until_, UTC):%Y-%m-%d}, {days} days left" in said
    assert ("WARNING" in said) is (days < certificate_words.WARN_DAYS)


def test_the_report_for_programs_has_the_end_of_the_certificate(office: Office, tmp_path: Path) -> None:
    home = tmp_path / "crs"
    loading.begin(home, read_media(office.export(tmp_path / "media"), domain_key=None), now=time.time())
    assert json.loads(crs("report", "--json", "--home", home))["certificate_until"] == tls.certificate_until(
        home
    )
