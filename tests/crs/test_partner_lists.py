"""A partner's revoked keys come over TLS between two servers, and on to phones; nobody else gets anything."""

from __future__ import annotations

import http.client
import json
import ssl
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crs.foreign import ForeignLists
from crs.partners import Partner, Partners
from crypto import certificates, revocation, sealing, signed
from crypto.errors import PackageError
from crypto.revocation import MAX_FOREIGN_OCTETS, RevocationList, pvt_hash
from crypto.secret import Secret
from tests.crs.border import ASHA, AWAY, HOME, THIRD
from tests.crs.office import LOOPBACK, TIMEOUT, Office
from tests.crs.phone import until
from tests.crs.site import Site
from tests.crs.test_enrolment import ask
from tests.crs.towns import Towns, config, linked, log_of, offices

PARTNERS = "/v1/revoked/partners"
SOON = {"partner_lists_every": 1}


@pytest.fixture
def friends(tmp_path: Path) -> Iterator[Towns]:
    """Two servers that know each other, and ask each other every second."""
    home, away = offices()
    with (
        Site(home, tmp_path / "home", config=config(HOME, **SOON)) as here,
        Site(away, tmp_path / "away", config=config(AWAY, **SOON)) as there,
    ):
        towns = Towns(here, there)
        here.enrol_all()
        there.enrol_all()
        towns.befriend()
        yield towns


def lists(site: Site) -> dict[str, RevocationList]:
    """What a phone of this site is given, read with the right keys."""
    answer = ask(site, "GET", PARTNERS, card=site.office.cards[0])
    if answer.status == 404:
        return {}
    assert answer.status == 200
    keys = {AWAY: Office(AWAY, key=2).key, HOME: Office(HOME, key=1).key}
    read = [revocation.parse(one, keys[revocation.says(one)]) for one in revocation.unbundle(answer.body)]
    return {one.domain: one for one in read}


def sequence(site: Site) -> int:
    return site.crs._domain.sequence


def shown(site: Site, identity: str, path: str = "/v1/revoked") -> tuple[int, bytes]:
    """Ask our HTTPS service with a certificate and its key (PEM); the status and the body."""
    context = site.office.context_of(identity)
    connection = http.client.HTTPSConnection(LOOPBACK, site.crs.https_port, timeout=TIMEOUT, context=context)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def test_a_partners_list_is_there_for_our_phones_and_a_newer_one_takes_its_place(friends: Towns) -> None:
    until(lambda: AWAY in lists(friends.home), "the partner's list")
    assert lists(friends.home)[AWAY].hashes == frozenset()
    stolen = friends.away.office.cards[0]
    friends.away.office.revoked.add(stolen.pvt)
    friends.away.load(sequence(friends.away) + 1)
    until(lambda: lists(friends.home)[AWAY].hashes == {pvt_hash(stolen.pvt)}, "the revoked key")
    assert lists(friends.away)[HOME].hashes == frozenset()
    assert log_of(friends.home, "partner-list")[-1] == {
        "partner": AWAY,
        "list": str(sequence(friends.away)),
        "keys": "1",
    }


def test_phones_are_told_when_a_partner_has_revoked_a_key(friends: Towns) -> None:
    until(lambda: AWAY in lists(friends.home), "the partner's list")
    asha = friends.home.registered(friends.home.office.cards[0])
    friends.away.office.revoked.add(friends.away.office.cards[0].pvt)
    friends.away.load(sequence(friends.away) + 1)
    assert asha.expect("NOTIFY").headers.get("Event") == "ua-profile"


def test_a_partner_that_is_none_any_more_has_no_list_here(friends: Towns) -> None:
    until(lambda: AWAY in lists(friends.home), "the partner's list")
    friends.home.befriend()
    until(lambda: lists(friends.home) == {}, "its end")
    until(lambda: linked(friends.home, AWAY) == 0, "the end of the links")


def test_the_log_of_a_refused_list_says_nothing_that_its_sender_chose(
    friends: Towns, caplog: pytest.LogCaptureFixture
) -> None:
    noise = signed.sign("revocation list", 1, {"all is well\n": 1}, friends.away.office.private)
    friends.away.crs._domain = replace(friends.away.crs._domain, revoked=noise)
    until(lambda: f"revocation list of {AWAY}: it was refused" in caplog.text, "the refusal")
    assert "all is well" not in caplog.text


# Who is given what


def test_a_partners_server_gets_the_list_and_nothing_else(friends: Towns) -> None:
    identity = (friends.away.home / "tls.pem").read_text()
    status, body = shown(friends.home, identity)
    assert status == 200
    assert revocation.parse(body, friends.home.office.key).domain == HOME
    for path in (
        PARTNERS,
        "/v1/pack?after=2020-01",
        "/v1/bulletin?month=2026-11",
        "/v1/issuance?month=2026-11",
    ):
        status, body = shown(friends.home, identity, path)
        assert (status, json.loads(body)["code"]) == (403, "certificate")


@pytest.mark.parametrize("path", ["/v1/pack?after=2020-01", "/v1/revoked", PARTNERS])
def test_a_partner_makes_nobody_a_phone_of_ours(friends: Towns, path: str) -> None:
    """It can sign any certificate, one with our number and serial too. TLS takes it, and that is all."""
    ours = friends.home.office.cards[0]
    device = sealing.device_tls_key(Secret(bytes([7]) * 32))
    forged = certificates.issue_phone(
        friends.away.office.private, AWAY, tel=ASHA, serial=ours.serial,
        device_public=signed.public_key(device), not_before=int(time.time()) - 3600,
    )  # fmt: skip
    identity = certificates.certificate_pem(forged) + certificates.private_key_pem(device)
    status, body = shown(friends.home, identity, path)
    assert (status, json.loads(body)["code"]) == (403, "certificate")


def test_a_partners_phone_is_given_nothing(friends: Towns) -> None:
    theirs = friends.away.office.cards[0]
    status, body = shown(friends.home, theirs.certificate + theirs.tls_key)
    assert (status, json.loads(body)["code"]) == (403, "certificate")


def test_a_stranger_is_not_let_in(friends: Towns) -> None:
    stranger = Office(THIRD, key=3)
    card = stranger.issue(ASHA, 301)
    with pytest.raises((ssl.SSLError, ConnectionError, http.client.HTTPException)):
        shown(friends.home, card.certificate + card.tls_key)


# What is taken


def a_list(office: Office, number: int, *pvts: bytes, domain: str = "") -> bytes:
    content = RevocationList(domain or office.name, number, 1, frozenset(map(pvt_hash, pvts)))
    return revocation.build(content, domain_private=office.private)


AWAYS = Office(AWAY, key=2)
PARTNER = Partner(AWAY, AWAYS.key, f"{LOOPBACK}:5061", ("+4930",))


@pytest.fixture
def held() -> ForeignLists:
    kept = ForeignLists()
    assert kept.take(PARTNER, a_list(AWAYS, 7, b"stolen")) is not None
    return kept


@pytest.mark.parametrize(
    ("octets", "code"),
    [
        (a_list(AWAYS, 6), "E04"),
        (a_list(AWAYS, 7), "E04"),
        (a_list(Office(THIRD, key=3), 8, domain=AWAY), "E04"),
        (a_list(AWAYS, 8, domain=THIRD), "E04"),
        (a_list(AWAYS, 8, *(n.to_bytes(4, "big") for n in range(9000))), "E03"),
        (bytes(MAX_FOREIGN_OCTETS + 1), "E03"),
        (a_list(AWAYS, 8)[:-1], "E03"),
        (b"", "E03"),
    ],
    ids=["older", "another of the same number", "another's signature", "another domain", "too long", "noise",
         "cut", "nothing"],
)  # fmt: skip
def test_what_is_older_or_not_the_partners_is_not_passed_on(
    held: ForeignLists, octets: bytes, code: str
) -> None:
    before = held.bundle
    with pytest.raises(PackageError) as refused:
        held.take(PARTNER, octets)
    assert refused.value.code == code
    assert held.bundle == before


def test_the_same_list_is_no_news(held: ForeignLists) -> None:
    assert held.take(PARTNER, a_list(AWAYS, 7, b"stolen")) is None


def test_a_partner_with_another_key_begins_anew(held: ForeignLists) -> None:
    """It had to begin anew, and counts from one again."""
    new = Office(AWAY, key=9)
    partner = replace(PARTNER, domain_key=new.key)
    held.change(Partners([partner]))
    assert held.bundle == b""
    assert held.take(partner, a_list(new, 1)) is not None


def test_a_large_list_keeps_out_none_but_itself() -> None:
    """Of many that each send as much as they may, as many as four megabytes take; the small come first."""
    kept = ForeignLists()
    for number in range(20):
        office = Office(f"p{number}.example", key=number + 20)
        pvts = [n.to_bytes(4, "big") for n in range(8000 if number else 1)]
        kept.take(Partner(office.name, office.key, f"{LOOPBACK}:5061", ()), a_list(office, 1, *pvts))
    assert len(kept.bundle) <= revocation.MAX_BUNDLE_OCTETS
    passed = [revocation.says(one) for one in revocation.unbundle(kept.bundle)]
    assert passed[0] == "p0.example"
    assert 10 < len(passed) < 20
