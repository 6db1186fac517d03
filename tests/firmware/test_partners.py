"""Two organisations' phones, and a home whose master secrets have changed: who is believed about whom."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crypto import mikey, revocation, signed
from crypto.domain import Generation, Partner
from crypto.mikey import CalleeKMS
from crypto.revocation import RevocationList, pvt_hash
from crypto.sakke import KMSPublicKey
from crypto.secret import Secret
from tests.crypto.callers import ALICE, BOB, HOME, KMS, NOW, PARTNER
from tests.firmware import issuing
from tests.firmware.phones import SSRC, Phone, refused

NEW_HOME = KMS("sv.example", " in December")
OTHER = KMS("other.example")
KARL, OTTO = "+493012345601", "+4416329601"
DECEMBER = "2026-12"
IN_DECEMBER = datetime(2026, 12, 1, 0, 0, 0, tzinfo=UTC)


def partner_of(kms: KMS, *prefixes: str, **changes: object) -> Partner:
    known = replace(kms.domain, **changes)  # type: ignore[arg-type]
    return Partner(known, f"Office of {kms.uri}", f"crs.{kms.uri}:5061", prefixes)


BOTH = (partner_of(PARTNER, "+4930123"), partner_of(OTHER, "+44163296"))


@pytest.fixture
def alice(tmp_path: Path) -> Phone:
    """A phone at home that knows both partners."""
    return told(Phone(tmp_path / "alice").enrol(), partners=BOTH)


def told(phone: Phone, **content: object) -> Phone:
    """Give a phone a bulletin."""
    number = phone.custody.status().bulletin + 1
    phone.custody.take("bulletin", issuing.bulletin_octets(number=number, **content))
    return phone


def called_by(kms: KMS, tel: str, *, when: datetime = NOW, callee: KMS = HOME) -> str:
    """An I_MESSAGE to Alice, signed with a key that a KMS has made for a number."""
    initiated = mikey.initiate(
        caller=kms.caller(tel, when),
        callee_tel=ALICE,
        callee_kms=CalleeKMS(callee.uri, KMSPublicKey(callee.certificate.sakke_public_key)),
        when=when,
        ssrc=SSRC,
    )
    return base64.b64encode(initiated.octets).decode()


def test_a_call_to_a_partner_opens_with_the_partners_keys_and_says_whose_it_is(alice: Phone) -> None:
    initiated, name = alice.custody.initiate(KARL, SSRC)
    assert name == "Office of partner.example"
    accepted = mikey.accept(
        initiated.octets,
        callee=PARTNER.callee(KARL),
        kms=lambda uri, tel, month: HOME.certificate if (uri, tel) == (HOME.uri, ALICE) else None,
        now=NOW,
        replays=mikey.ReplayCache(),
    )
    assert accepted.keys.receive == initiated.keys.send


def test_a_call_from_a_partner_says_whose_it_is(alice: Phone) -> None:
    accepted, name = alice.custody.accept(called_by(PARTNER, KARL))
    assert (accepted.caller_tel, accepted.caller_kms_uri) == (KARL, PARTNER.uri)
    assert name == "Office of partner.example"


@pytest.mark.parametrize("tel", [BOB, KARL, OTTO, "+15550001111"])
@pytest.mark.parametrize("kms", [HOME, PARTNER, OTHER, KMS("stranger.example")], ids=lambda kms: kms.uri)
def test_each_kms_is_believed_about_its_own_numbers_and_no_others(alice: Phone, kms: KMS, tel: str) -> None:
    owner = {KARL: PARTNER, OTTO: OTHER}.get(tel, HOME)
    message = called_by(kms, tel)
    if kms == owner:
        assert alice.custody.accept(message)[0].caller_tel == tel
    else:
        refused("E34", lambda: alice.custody.accept(message))


def test_a_longer_prefix_of_another_partner_decides(tmp_path: Path) -> None:
    inside = partner_of(PARTNER, "+4416329601")
    phone = told(Phone(tmp_path / "alice").enrol(), partners=(inside, BOTH[1]))
    assert phone.custody.accept(called_by(PARTNER, OTTO))[0].caller_kms_uri == PARTNER.uri
    refused("E34", lambda: phone.custody.accept(called_by(OTHER, OTTO)))
    assert phone.custody.accept(called_by(OTHER, "+44163296999"))[0].caller_kms_uri == OTHER.uri


def test_no_prefix_gives_a_partner_a_number_of_our_directory(tmp_path: Path) -> None:
    greedy = partner_of(PARTNER, BOB)
    phone = told(Phone(tmp_path / "alice").enrol(), partners=(greedy,))
    refused("E34", lambda: phone.custody.accept(called_by(PARTNER, BOB)))


def test_a_partner_that_has_sent_no_keys_for_this_month_cannot_be_called(tmp_path: Path) -> None:
    over = partner_of(PARTNER, "+4930123", until="2026-10")
    phone = told(Phone(tmp_path / "alice").enrol(), partners=(over,))
    refused("E31", lambda: phone.custody.initiate(KARL, SSRC))
    refused("E34", lambda: phone.custody.accept(called_by(PARTNER, KARL)))


def test_a_partner_whose_keys_are_no_keys_is_refused_and_nothing_else_is(tmp_path: Path) -> None:
    broken = replace(PARTNER.domain, generations=(Generation("2026-11", b"\4" + bytes(256), bytes(65)),))
    phone = told(
        Phone(tmp_path / "alice").enrol(), partners=(replace(BOTH[0], domain=broken), BOTH[1])
    ).restart()
    refused("E31", lambda: phone.custody.initiate(KARL, SSRC))
    phone.custody.initiate(OTTO, SSRC)
    phone.custody.initiate(BOB, SSRC)


def test_a_partner_that_is_none_any_more_is_called_and_believed_no_more(alice: Phone) -> None:
    message = called_by(PARTNER, KARL)
    told(alice, partners=(BOTH[1],))
    refused("E34", lambda: alice.custody.accept(message))


def test_partners_survive_a_restart(alice: Phone) -> None:
    assert alice.restart().custody.accept(called_by(PARTNER, KARL))[0].caller_tel == KARL


def revoked(kms: KMS, *pvts: bytes) -> RevocationList:
    return RevocationList(kms.uri, 1, issuing.NOW_S, frozenset(map(pvt_hash, pvts)))


def test_a_key_that_its_partner_has_revoked_is_refused(alice: Phone) -> None:
    message = called_by(PARTNER, KARL)
    told(alice, partners=BOTH, revoked=(revoked(PARTNER, PARTNER.caller(KARL).pvt),))
    refused("E34", lambda: alice.restart().custody.accept(message))


def test_a_partner_revokes_no_key_of_ours_or_of_another_partner(alice: Phone) -> None:
    pvts = (HOME.caller(BOB).pvt, OTHER.caller(OTTO).pvt)
    told(alice, partners=BOTH, revoked=(revoked(PARTNER, *pvts),))
    alice.custody.accept(called_by(HOME, BOB))
    alice.custody.accept(called_by(OTHER, OTTO))


SIGNERS = {PARTNER.uri: Secret(bytes([21]) * 32), OTHER.uri: Secret(bytes([22]) * 32)}
"""Domain keys of partners that sign lists of their own."""


def signing(kms: KMS, *prefixes: str) -> Partner:
    return partner_of(kms, *prefixes, domain_key=signed.public_key(SIGNERS[kms.uri]))


SIGNING = (signing(PARTNER, "+4930123"), signing(OTHER, "+44163296"))


def fetched(*lists: bytes) -> bytes:
    """What our server hands on."""
    return revocation.bundle(lists)


def own_list(kms: KMS, *pvts: bytes, number: int = 5, by: KMS | None = None) -> bytes:
    """The list of a partner, as its server has it; signed by another."""
    content = replace(revoked(kms, *pvts), number=number)
    return revocation.build(content, domain_private=SIGNERS[(by or kms).uri])


@pytest.fixture
def known(tmp_path: Path) -> Phone:
    """A phone whose partners have sent nothing but their certificates."""
    return told(Phone(tmp_path / "known").enrol(), partners=SIGNING)


def test_a_key_revoked_by_the_partners_own_list_is_refused_at_once_and_after_a_restart(known: Phone) -> None:
    known.custody.accept(called_by(PARTNER, KARL))
    known.custody.take("partners", fetched(own_list(PARTNER, PARTNER.caller(KARL).pvt), own_list(OTHER)))
    refused("E34", lambda: known.custody.accept(called_by(PARTNER, KARL)))
    refused("E34", lambda: known.restart().custody.accept(called_by(PARTNER, KARL)))
    known.custody.accept(called_by(OTHER, OTTO))


def test_an_older_list_that_is_played_again_changes_nothing(known: Phone) -> None:
    stolen = PARTNER.caller(KARL).pvt
    known.custody.take("partners", fetched(own_list(PARTNER, stolen, number=6)))
    for number in (5, 6):
        known.custody.take("partners", fetched(own_list(PARTNER, number=number)))
        refused("E34", lambda: known.custody.accept(called_by(PARTNER, KARL)))
    known.custody.take("partners", fetched(own_list(PARTNER, number=7)))
    known.custody.accept(called_by(PARTNER, KARL))


def test_a_list_that_the_server_has_made_up_is_not_believed_and_the_others_are(
    known: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    forged = own_list(PARTNER, PARTNER.caller(KARL).pvt, by=OTHER)
    known.custody.take("partners", fetched(forged, own_list(OTHER, OTHER.caller(OTTO).pvt), b"noise"))
    known.custody.accept(called_by(PARTNER, KARL))
    refused("E34", lambda: known.custody.accept(called_by(OTHER, OTTO)))
    assert "refused that says it is of partner.example" in caplog.text


def test_a_partners_own_list_revokes_no_key_of_ours_or_of_another(known: Phone) -> None:
    pvts = (HOME.caller(BOB).pvt, OTHER.caller(OTTO).pvt)
    known.custody.take("partners", fetched(own_list(PARTNER, *pvts)))
    known.custody.accept(called_by(HOME, BOB))
    known.custody.accept(called_by(OTHER, OTTO))


def test_our_own_list_does_not_come_this_way(known: Phone) -> None:
    ours = issuing.revoked_octets(HOME.caller(BOB).pvt, number=99)
    known.custody.take("partners", fetched(ours))
    known.custody.accept(called_by(HOME, BOB))


def test_what_the_partners_file_has_revoked_stays_revoked(known: Phone) -> None:
    told(known, partners=SIGNING, revoked=(revoked(PARTNER, PARTNER.caller(KARL).pvt),))
    known.custody.take("partners", fetched(own_list(PARTNER, number=99)))
    refused("E34", lambda: known.custody.accept(called_by(PARTNER, KARL)))


def test_a_list_of_somebody_who_is_a_partner_later_counts_from_then_on(tmp_path: Path) -> None:
    phone = told(Phone(tmp_path / "late").enrol())
    octets = fetched(own_list(PARTNER, PARTNER.caller(KARL).pvt))
    phone.custody.take("partners", octets)
    told(phone, partners=SIGNING)
    phone.custody.take("partners", octets)
    refused("E34", lambda: phone.custody.accept(called_by(PARTNER, KARL)))


def test_the_list_of_a_partner_with_another_key_is_forgotten(known: Phone) -> None:
    known.custody.take("partners", fetched(own_list(PARTNER, PARTNER.caller(KARL).pvt, number=9)))
    told(known, partners=BOTH)
    known.custody.accept(called_by(PARTNER, KARL))
    told(known, partners=SIGNING)
    known.custody.take("partners", fetched(own_list(PARTNER, PARTNER.caller(KARL).pvt, number=1)))
    refused("E34", lambda: known.custody.accept(called_by(PARTNER, KARL)))


@pytest.mark.parametrize("octets", [b"", b"noise", bytes(revocation.MAX_BUNDLE_OCTETS + 1)])
def test_what_is_no_bundle_of_lists_changes_nothing(known: Phone, octets: bytes) -> None:
    before = sorted(path.name for path in known.home.iterdir())
    refused("E03", lambda: known.custody.take("partners", octets))
    assert sorted(path.name for path in known.home.iterdir()) == before


def test_a_list_of_somebody_who_is_no_partner_spoils_the_bulletin(alice: Phone) -> None:
    stranger = revoked(KMS("stranger.example"))
    refused("E03", lambda: told(alice, partners=BOTH, revoked=(stranger,)))


# Other master secrets from one month to the next


def rotated(phone: Phone) -> Phone:
    """Give a phone December's keys, made from other master secrets than November's."""
    phone.custody.take("pack", issuing.monthly(DECEMBER, home=NEW_HOME))
    return phone


def test_a_pack_alone_is_enough_to_call_in_the_first_second_of_a_new_generation(
    tmp_path: Path,
) -> None:
    phone = rotated(Phone(tmp_path / "alice").enrol()).restart()
    phone.now = IN_DECEMBER.timestamp()
    initiated, _ = phone.custody.initiate(BOB, SSRC)
    accepted = mikey.accept(
        initiated.octets,
        callee=NEW_HOME.callee(BOB, IN_DECEMBER),
        kms=lambda uri, tel, month: NEW_HOME.certificate if month == DECEMBER else None,
        now=IN_DECEMBER,
        replays=mikey.ReplayCache(),
    )
    assert accepted.keys.receive == initiated.keys.send


def test_each_month_is_opened_and_verified_with_the_keys_of_its_own_generation(tmp_path: Path) -> None:
    phone = rotated(Phone(tmp_path / "alice").enrol())
    late = datetime(2026, 11, 30, 23, 59, 50, tzinfo=UTC)
    before = called_by(HOME, BOB, when=late)
    after = called_by(NEW_HOME, BOB, when=IN_DECEMBER, callee=NEW_HOME)
    phone.now = IN_DECEMBER.timestamp() + 5
    assert phone.custody.accept(before)[0].caller_tel == BOB
    assert phone.custody.accept(after)[0].caller_tel == BOB
    for signs, opens, when in (
        (NEW_HOME, HOME, late), (HOME, NEW_HOME, IN_DECEMBER), (HOME, HOME, IN_DECEMBER)
    ):  # fmt: skip
        wrong = called_by(signs, "+447700900777", when=when, callee=opens)
        refused("E34", lambda wrong=wrong: phone.custody.accept(wrong))  # type: ignore[misc]


def test_keys_that_do_not_fit_the_public_keys_of_their_pack_are_refused(tmp_path: Path) -> None:
    phone = Phone(tmp_path / "alice").enrol()
    mixed = replace(
        issuing.month_keys(ALICE, IN_DECEMBER, NEW_HOME),
        sakke_public_key=HOME.certificate.sakke_public_key,
    )
    refused("E09", lambda: phone.custody.take("pack", issuing.monthly(DECEMBER, keys=mixed)))
    assert rotated(phone).custody.status().months == ["2026-11", DECEMBER]


def test_a_partners_new_generation_serves_from_its_month_on(tmp_path: Path) -> None:
    new = KMS(PARTNER.uri, " in December").certificate
    generations = (
        *PARTNER.domain.generations,
        Generation(DECEMBER, new.sakke_public_key, new.eccsi_public_key),
    )
    partner = partner_of(PARTNER, "+4930123", generations=generations)
    phone = rotated(told(Phone(tmp_path / "alice").enrol(), partners=(partner,)))
    assert phone.custody.accept(called_by(PARTNER, KARL))[0].caller_tel == KARL
    phone.now = IN_DECEMBER.timestamp()
    fresh = called_by(KMS(PARTNER.uri, " in December"), KARL, when=IN_DECEMBER, callee=NEW_HOME)
    stale = called_by(PARTNER, "+493012345699", when=IN_DECEMBER, callee=NEW_HOME)
    assert phone.custody.accept(fresh)[0].caller_tel == KARL
    refused("E34", lambda: phone.custody.accept(stale))
