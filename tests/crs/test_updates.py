"""Software for the phones: offered whole or not at all, to enrolled phones only, from any octet on."""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import os
import socket
import ssl
from pathlib import Path

import pytest

from crs import cli, updates
from crs.errors import OperatorError
from tests.crs.office import LOOPBACK, TIMEOUT, Card, Office
from tests.crs.site import Site

KIND = "sottovoce-debian-arm64"
NEW = "sottovoce-1.2.0-debian-arm64.raucb"
BUNDLE = os.urandom(300_000)


def released(folder: Path, name: str = NEW, octets: bytes = BUNDLE) -> Path:
    file = folder / name
    file.write_bytes(octets)
    return file


def get(site: Site, query: str, card: Card | None, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    context = site.office.client_context(card)
    context.load_verify_locations(cadata=site.office.anchor)
    connection = http.client.HTTPSConnection(LOOPBACK, site.crs.https_port, timeout=TIMEOUT, context=context)
    try:
        connection.request("GET", f"/v1/update?{query}", headers=headers)
        response = connection.getresponse()
        return response.status, response.read(), dict(response.headers)
    finally:
        connection.close()


def test_a_newer_bundle_is_handed_on_as_it_is(site: Site, office: Office, tmp_path: Path) -> None:
    updates.add(site.home, released(tmp_path))
    status, body, headers = get(site, f"kind={KIND}&have=1.1.0", office.cards[0])
    assert (status, body) == (200, BUNDLE)
    assert headers["X-Sottovoce-Bundle"] == NEW


def test_a_download_goes_on_where_it_was_cut(site: Site, office: Office, tmp_path: Path) -> None:
    updates.add(site.home, released(tmp_path))
    status, body, headers = get(site, f"kind={KIND}&have=1.1.0", office.cards[0], Range="bytes=200000-")
    assert (status, body) == (206, BUNDLE[200_000:])
    assert headers["Content-Range"] == "bytes 200000-299999/300000"


def test_fetching_an_update_may_last_longer_than_a_request(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crs.server.HTTPS_AGE", 0.5)
    large = os.urandom(1 << 20) * 24  # more than lies in the buffers between the two
    site = Site(office, tmp_path / "crs")
    site.enrol_all()
    with site:
        updates.add(site.home, released(tmp_path, octets=large))
        context = office.client_context(office.cards[0])
        context.load_verify_locations(cadata=office.anchor)
        where = (LOOPBACK, site.crs.https_port)
        fetching = http.client.HTTPSConnection(*where, context=context, timeout=TIMEOUT)
        fetching.request("GET", f"/v1/update?kind={KIND}&have=1.1.0")
        answer = fetching.getresponse()
        younger = context.wrap_socket(socket.create_connection(where, TIMEOUT), server_hostname=LOOPBACK)
        with younger, contextlib.suppress(ConnectionError, ssl.SSLError):
            assert younger.recv(1) == b""  # it has lasted as long as it may, and the older one longer
        assert answer.read() == large
        fetching.close()


def test_another_file_under_the_same_question_is_sent_whole(
    site: Site, office: Office, tmp_path: Path
) -> None:
    updates.add(site.home, released(tmp_path))
    asked = {"Range": "bytes=200000-", "If-Range": "Sun, 01 Nov 2020 00:00:00 GMT"}
    status, body, _ = get(site, f"kind={KIND}&have=1.1.0", office.cards[0], **asked)
    assert (status, body) == (200, BUNDLE)


@pytest.mark.parametrize(
    "query", [f"kind={KIND}&have=1.2.0", f"kind={KIND}&have=1.10.0", "kind=other&have=0.0.1"]
)
def test_nothing_newer_is_said(site: Site, office: Office, tmp_path: Path, query: str) -> None:
    updates.add(site.home, released(tmp_path))
    assert get(site, query, office.cards[0])[0] == 404


def test_the_newest_is_offered_by_its_number(site: Site, office: Office, tmp_path: Path) -> None:
    for version in ("1.9.0", "1.10.0", "1.2.0"):
        updates.add(site.home, released(tmp_path, f"sottovoce-{version}-debian-arm64.raucb"))
    headers = get(site, f"kind={KIND}&have=1.1.0", office.cards[0])[2]
    assert headers["X-Sottovoce-Bundle"] == "sottovoce-1.10.0-debian-arm64.raucb"


@pytest.mark.parametrize(
    "query", ["", "kind=&have=1.0.0", f"kind={KIND}", "kind=../../etc&have=1.0.0", f"kind={KIND}&have=1"]
)
def test_a_question_that_is_none_is_refused(site: Site, office: Office, query: str) -> None:
    assert get(site, query, office.cards[0])[0] == 400


def test_who_has_no_certificate_gets_no_software(site: Site, tmp_path: Path) -> None:
    updates.add(site.home, released(tmp_path))
    assert get(site, f"kind={KIND}&have=1.1.0", None)[0] == 403


@pytest.mark.parametrize(
    "name",
    [
        "sottovoce-1.2-debian.raucb",
        "update.raucb",
        "sottovoce-1.2.0-.raucb",
        "sottovoce-1.2.0-debian.zip",
        "sottovoce-01.2.0-d.raucb",
    ],
)
def test_a_name_that_says_nothing_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(OperatorError, match="not named like"):
        updates.add(tmp_path, released(tmp_path, name))


def test_an_empty_file_a_link_and_a_large_file_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "crs"
    home.mkdir()
    with pytest.raises(OperatorError, match="empty"):
        updates.add(home, released(tmp_path, octets=b""))
    monkeypatch.setattr(updates, "MAX_OCTETS", len(BUNDLE) - 1)
    with pytest.raises(OperatorError, match="larger"):
        updates.add(home, released(tmp_path))
    (tmp_path / "elsewhere").write_bytes(b"x")
    (tmp_path / NEW).unlink()
    (tmp_path / NEW).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OperatorError, match="not a file"):
        updates.add(home, tmp_path / NEW)
    assert list((home / updates.FOLDER).iterdir()) == []


def test_a_bundle_is_there_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(*_: object) -> None:
        raise OSError(5, "power")

    monkeypatch.setattr(os, "fsync", cut)
    with pytest.raises(OperatorError, match="nothing was changed"):
        updates.add(tmp_path, released(tmp_path))
    assert updates.listed(tmp_path) == []


def test_the_same_name_twice_and_too_many_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    updates.add(tmp_path, released(tmp_path))
    with pytest.raises(OperatorError, match="remove it first"):
        updates.add(tmp_path, released(tmp_path))
    monkeypatch.setattr(updates, "MOST", 1)
    with pytest.raises(OperatorError, match="crs update remove"):
        updates.add(tmp_path, released(tmp_path, "sottovoce-1.3.0-debian-arm64.raucb"))


def test_the_commands_log_what_they_do(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = released(tmp_path)
    for command in (["add", str(file)], ["list"], ["remove", NEW]):
        with pytest.raises(SystemExit) as ended:
            cli.app(["update", *command, "--home", str(site.home)])
        assert ended.value.code == 0
    told = capsys.readouterr().out
    assert hashlib.sha256(BUNDLE).hexdigest() in told
    assert f"{NEW}  for {KIND}, version 1.2.0" in told
    (added,), (removed,) = site.alarms("update-added"), site.alarms("update-removed")
    assert added.detail is not None
    assert added.detail["sha256"] == hashlib.sha256(BUNDLE).hexdigest()
    assert removed.detail is not None
    assert removed.detail["name"] == NEW


def test_removing_what_is_not_there_says_where_to_look(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="crs update list"):
        updates.remove(tmp_path, NEW)
