"""First contact and packs over HTTPS: a card is used once."""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import ssl
import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crs.config import Config
from crs.server import HTTPS_AGE
from crypto import bulletin, enrolment, issuance, revocation
from crypto.errors import CryptoError
from crypto.fields import month_of
from crypto.secret import Secret
from tests.crs.office import ASHA, BEN, LOOPBACK, TIMEOUT, Card, Office
from tests.crs.phone import until
from tests.crs.site import Site

NONCE = bytes(range(16))


@dataclass
class Answer:
    """What came back over HTTPS."""

    status: int
    body: bytes
    date: str

    @property
    def code(self) -> str:
        return str(json.loads(self.body)["code"])


def ask(
    site: Site,
    method: str,
    path: str,
    body: bytes = b"",
    *,
    card: Card | None = None,
    office: Office | None = None,
) -> Answer:
    """Ask the CRS one thing, with or without a client certificate."""
    context = (office or site.office).client_context(card)
    context.load_verify_locations(cadata=site.office.anchor)
    connection = http.client.HTTPSConnection(LOOPBACK, site.crs.https_port, timeout=TIMEOUT, context=context)
    try:
        connection.request(method, path, body)
        response = connection.getresponse()
        return Answer(response.status, response.read(), response.headers["Date"])
    finally:
        connection.close()


def enrol(site: Site, body: bytes) -> Answer:
    return ask(site, "POST", "/v1/enrol", body)


@pytest.fixture
def fresh(office: Office, tmp_path: Path) -> Iterator[Site]:
    """A running CRS whose cards nobody has used yet."""
    with Site(office, tmp_path / "crs") as site:
        yield site


def contact(site: Site, card: Card, *, nonce: bytes = NONCE, passed: float = 0.0) -> bytes:
    return card.first_contact(when=site.clock.unix() + passed, nonce=nonce)


def test_the_first_contact_brings_the_first_pack_and_admits_the_phone(fresh: Site, office: Office) -> None:
    asha = office.cards[0]
    answer = enrol(fresh, contact(fresh, asha))
    assert (answer.status, answer.body) == (200, asha.pack)
    fresh.registered(asha)
    until(lambda: fresh.alarms("enrolled"), "an entry in the log")


def test_the_same_phone_may_ask_again_after_a_power_cut(fresh: Site, office: Office) -> None:
    asha = office.cards[0]
    enrol(fresh, contact(fresh, asha))
    fresh.clock.turn(3600)
    assert enrol(fresh, contact(fresh, asha)).body == asha.pack
    assert len(fresh.alarms("enrolled")) == 1
    assert fresh.alarms("card-used-twice") == []


def test_a_second_phone_with_a_copy_of_the_card_is_refused_with_an_alarm(fresh: Site, office: Office) -> None:
    asha = office.cards[0]
    enrol(fresh, contact(fresh, asha))
    answer = enrol(fresh, contact(fresh, asha, nonce=bytes(16)))
    assert (answer.status, answer.code) == (409, "E07")
    assert asha.pack not in answer.body
    until(lambda: fresh.alarms("card-used-twice"), "an alarm")


def test_the_second_use_is_refused_after_a_restart_too(office: Office, tmp_path: Path) -> None:
    asha = office.cards[0]
    with Site(office, tmp_path / "crs") as site:
        enrol(site, contact(site, asha))
    with Site(office, tmp_path / "crs") as again:
        assert enrol(again, contact(again, asha, nonce=bytes(16))).status == 409
        assert enrol(again, contact(again, asha)).status == 200


def test_both_phones_enrol_at_once_and_one_wins(fresh: Site, office: Office) -> None:
    asha = office.cards[0]
    bodies = [contact(fresh, asha, nonce=bytes([number]) * 16) for number in range(4)]
    lines = []
    for body in bodies:
        line = office.client_context(None).wrap_socket(
            socket.create_connection((LOOPBACK, fresh.crs.https_port), TIMEOUT), server_hostname=LOOPBACK
        )
        line.sendall(f"POST /v1/enrol HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n".encode())
        lines.append(line)
    for line, body in zip(lines, bodies, strict=True):
        line.sendall(body)
    statuses = sorted(line.recv(100).split()[1] for line in lines)
    for line in lines:
        line.close()
    assert statuses == [b"200", b"409", b"409", b"409"]


def _forged(site: Site, card: Card, what: str) -> bytes:
    body = contact(site, card)
    if what == "another key":
        stranger = Office("sv.example", key=2).issue(card.tel, card.serial)
        return contact(site, stranger)
    if what == "an older card's key":
        return card.first_contact(when=site.clock.unix(), ssk=Secret(bytes(31) + b"\x07"))
    if what == "an unknown serial":
        return contact(site, Office().issue(ASHA, 9999))
    if what == "another number":
        return contact(site, Office().issue(BEN, card.serial))
    return body[:-1] + bytes([body[-1] ^ 1])


@pytest.mark.parametrize(
    "what", ["another key", "an older card's key", "an unknown serial", "another number", "a flipped bit"]
)
def test_every_cryptographic_cause_gets_the_same_answer(fresh: Site, office: Office, what: str) -> None:
    answer = enrol(fresh, _forged(fresh, office.cards[0], what))
    assert answer.status == 403
    assert json.loads(answer.body) == {
        "code": "E04",
        "text": "This card was not accepted. Ask for a new one.",
    }
    assert enrol(fresh, contact(fresh, office.cards[0])).status == 200


def test_a_blocked_card_is_refused_like_a_forged_one(fresh: Site, office: Office) -> None:
    old = office.cards[0]
    office.issue(ASHA, 201)
    fresh.load(2)
    until(lambda: len(fresh.crs.switchboard.roster) == 3, "the new roster")
    assert enrol(fresh, contact(fresh, old)).code == "E04"


def test_an_expired_card_is_refused_but_a_retry_is_not(office: Office, tmp_path: Path) -> None:
    asha, ben = office.cards
    office.lifetime_s = 60  # a week would end in another month, where the card's key signs nothing any more
    with Site(office, tmp_path / "crs") as fresh:
        enrol(fresh, contact(fresh, asha))
        fresh.clock.turn(61)
        answer = enrol(fresh, contact(fresh, ben))
        assert (answer.status, answer.code) == (403, "E05")
        assert enrol(fresh, contact(fresh, asha)).status == 200


def test_a_phone_with_a_wrong_clock_is_told_the_time(fresh: Site, office: Office) -> None:
    answer = enrol(fresh, contact(fresh, office.cards[0], passed=enrolment.WINDOW_S + 60))
    assert (answer.status, answer.code) == (400, "E06")
    assert answer.date.endswith("GMT")


def test_a_card_whose_pack_is_missing_is_not_used_up(office: Office, tmp_path: Path) -> None:
    asha = office.cards[0]
    lacking = Office()
    lacking.cards = [Card(**vars(asha)), office.cards[1]]
    media = lacking.media
    lacking.media = lambda sequence=1: _without_packs(media(sequence))  # type: ignore[method-assign]
    with Site(lacking, tmp_path / "crs") as site:
        assert enrol(site, contact(site, asha)).code == "no-pack"
        lacking.media = media  # type: ignore[method-assign]
        site.review()
        site.load(2)
        assert enrol(site, contact(site, asha, nonce=bytes(16))).status == 200


def _without_packs(media: object) -> object:
    return replace(media, packs=())  # type: ignore[type-var]


@pytest.mark.parametrize(
    "body", [b"", b"hello", b"\x01" * 200, bytes(300)], ids=["nothing", "text", "cut", "zeros"]
)
def test_what_is_not_a_first_contact_is_refused(fresh: Site, body: bytes) -> None:
    answer = enrol(fresh, body)
    assert (answer.status, answer.code) == (400, "malformed")


def test_a_newer_first_contact_names_what_to_update(fresh: Site, office: Office) -> None:
    answer = enrol(fresh, b"\x02" + contact(fresh, office.cards[0])[1:])
    assert (answer.status, answer.code) == (400, "E02")


def test_a_large_body_is_refused(fresh: Site) -> None:
    answer = enrol(fresh, bytes(5000))
    assert (answer.status, answer.code) == (413, "malformed")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(position=st.integers(0, 255), flip=st.integers(1, 255))
def test_no_single_byte_of_a_first_contact_can_be_changed(site: Site, position: int, flip: int) -> None:
    card = site.office.cards[0]
    body = bytearray(contact(site, card))
    body[position % len(body)] ^= flip
    with pytest.raises(CryptoError):
        enrolment.verify(
            enrolment.parse(bytes(body)),
            kpak=card.kpak,
            now=int(site.clock.unix()),
            card_pvt_hash=site.office.media().roster[0].pvt_hash,
        )


def test_a_host_that_tries_again_and_again_has_to_wait(office: Office, tmp_path: Path) -> None:
    config = Config(listen="0.0.0.0", port=0, enrolments_burst=3, enrolments_per_minute=6)
    with Site(office, tmp_path / "crs", config=config) as site:
        assert [enrol(site, b"x").status for _ in range(5)] == [400, 400, 400, 429, 429]
        site.clock.turn(10)
        assert enrol(site, contact(site, office.cards[0])).status == 200


# Packs


def test_an_enrolled_phone_fetches_the_pack_after_its_month(site: Site, office: Office) -> None:
    asked = f"/v1/pack?after={month_of(int(time.time()))}"
    assert ask(site, "GET", asked, card=office.cards[1]).body == office.cards[1].monthly


def test_a_phone_that_has_every_pack_is_told_so(site: Site, office: Office) -> None:
    answer = ask(site, "GET", "/v1/pack?after=9998-12", card=office.cards[0])
    assert (answer.status, answer.code) == (404, "no-pack")


@pytest.mark.parametrize("kind", ["bulletin", "issuance"])
def test_an_enrolled_phone_fetches_what_all_are_to_know(site: Site, office: Office, kind: str) -> None:
    month = month_of(int(time.time()))
    body = ask(site, "GET", f"/v1/{kind}?month={month}", card=office.cards[0]).body
    if kind == "bulletin":
        assert bulletin.address(body, office.key).month == month
    else:
        assert issuance.open(body, office.key)[0].month == month
    answer = ask(site, "GET", f"/v1/{kind}?month=9998-12", card=office.cards[0])
    assert (answer.status, answer.code) == (404, "nothing-yet")


def test_an_enrolled_phone_fetches_the_revocation_list(site: Site, office: Office) -> None:
    body = ask(site, "GET", "/v1/revoked", card=office.cards[0]).body
    assert revocation.parse(body, office.key).domain == office.name


@pytest.mark.parametrize("path", ["/v1/pack?after=", "/v1/bulletin?month=", "/v1/issuance?month="])
@pytest.mark.parametrize("month", ["x", "", "2026-1", "2026-11x", "%00", "2026-11'--", "２026-11"])
def test_what_is_no_month_is_refused(site: Site, office: Office, path: str, month: str) -> None:
    answer = ask(site, "GET", path + urllib.parse.quote(month), card=office.cards[0])
    assert (answer.status, answer.code) == (400, "malformed")


NEEDS_CERTIFICATE = (
    "/v1/pack?after=2026-11",
    "/v1/bulletin?month=2026-11",
    "/v1/issuance?month=2026-11",
    "/v1/revoked",
    "/v1/revoked/partners",
    "/v1/update?kind=sottovoce-debian-arm64&have=0.0.1",
)


@pytest.mark.parametrize("path", NEEDS_CERTIFICATE)
def test_nothing_is_given_without_certificate(site: Site, path: str) -> None:
    answer = ask(site, "GET", path)
    assert (answer.status, answer.code) == (403, "certificate")


def test_a_pack_with_a_certificate_of_another_domain_is_refused(site: Site) -> None:
    other = Office("other.example", key=2)
    card = other.issue(ASHA, 101)
    with pytest.raises((ssl.SSLError, ConnectionError, http.client.HTTPException)):
        ask(site, "GET", "/v1/revoked", card=card, office=other)


@pytest.mark.parametrize("path", NEEDS_CERTIFICATE)
def test_a_blocked_phone_gets_nothing(site: Site, office: Office, path: str) -> None:
    old = office.cards[0]
    office.issue(ASHA, 201)
    site.load(2)
    until(lambda: ask(site, "GET", path, card=old).status == 403, "the new roster")


# HTTP


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/"), ("GET", "/v1/enrol"), ("POST", "/v1/pack"), ("GET", "/../etc/passwd")]
)
def test_there_is_nothing_else_here(site: Site, method: str, path: str) -> None:
    answer = ask(site, method, path)
    assert answer.status in (404, 405)
    assert answer.code == "not-found"


def test_an_unfinished_request_does_not_hold_a_connection_for_ever(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert HTTPS_AGE <= 60
    monkeypatch.setattr("crs.server.HTTPS_AGE", 0.2)
    with Site(office, tmp_path / "crs") as site:
        plain = socket.create_connection((LOOPBACK, site.crs.https_port), TIMEOUT)
        line = office.client_context(None).wrap_socket(plain, server_hostname=LOOPBACK)
        line.sendall(b"POST /v1/enrol HTTP/1.1\r\nHost: x\r\nContent-Length: 200\r\n\r\nhalf")
        with contextlib.suppress(ConnectionError, ssl.SSLError):
            assert line.recv(100) == b""
        line.close()
