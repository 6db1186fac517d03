"""Keys come in by card and pack, leave only as calls, and no mishap loses the old ones."""

from __future__ import annotations

import base64
import logging
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crypto import cbor, enrolment, mikey, pack, sealing
from crypto.domain import Partner
from crypto.pack import PackKind
from crypto.secret import Secret
from crypto.srtp_keys import SRTPKeys
from firmware.interfaces import Refused
from firmware.vault import MAX_OCTETS
from firmware.vault_disk import Directory
from firmware.vault_format import VaultContent
from tests.crypto.callers import ALICE, BOB, CAROL, HOME, NOW, PARTNER, believing
from tests.firmware import issuing
from tests.firmware.issuing import CODE, NOW_S, answer, card_text, content, sealed
from tests.firmware.phones import Phone, refused
from tests.firmware.test_vault import CuttingDirectory, PowerCut

SSRC = 0x11223344


@pytest.fixture
def phone(tmp_path: Path) -> Phone:
    return Phone(tmp_path / "alice")


@pytest.fixture
def alice(phone: Phone) -> Phone:
    return phone.enrol()


@pytest.fixture
def bob(tmp_path: Path) -> Phone:
    return Phone(tmp_path / "bob").enrol(BOB, 8)


def call(caller: Phone, callee: str = BOB) -> tuple[str, SRTPKeys]:
    initiated, _ = caller.custody.initiate(callee, SSRC)
    return base64.b64encode(initiated.octets).decode(), initiated.keys


# --- Enrolment ------------------------------------------------------------


def test_a_blank_phone_has_no_keys(phone: Phone) -> None:
    status = phone.custody.status()
    assert (status.enrolled, status.pending, status.tel, status.months) == (False, False, "", [])
    refused("E30", lambda: phone.custody.initiate(BOB, SSRC))
    refused("E30", lambda: phone.custody.accept(""))
    refused("E30", phone.custody.tls_client)
    refused("E41", phone.custody.pending_contact)
    refused("E41", lambda: phone.custody.unseal(CODE))
    refused("E41", lambda: phone.custody.complete(""))


def test_enrolment_from_card_to_status(phone: Phone) -> None:
    summary = phone.custody.import_card(card_text())
    assert (summary.tel, summary.month, summary.sealed) == (ALICE, "2026-11", True)
    assert len(summary.check_code) == 8
    assert not phone.custody.status().pending, "nothing is stored before the transfer code"
    contact = phone.custody.unseal(CODE)
    assert (contact.crs, contact.domain) == ("crs.sv.example:5061", HOME.uri)
    assert "BEGIN CERTIFICATE" in contact.trust_anchor
    status = phone.custody.status()
    assert (status.enrolled, status.pending) == (False, True)
    status = phone.custody.complete(answer(contact.body))
    assert (status.enrolled, status.pending, status.tel) == (True, False, ALICE)
    assert (status.name, status.domain, status.crs) == ("Alice Example", HOME.uri, "crs.sv.example:5061")
    assert status.months == ["2026-11"]
    assert status.expires == int(issuing.moment(2026, 12, 1).timestamp())


def test_an_enrolment_survives_a_restart(alice: Phone, bob: Phone) -> None:
    before = alice.custody.status()
    assert alice.restart().custody.status() == before
    message, _ = call(alice)
    assert bob.restart().custody.accept(message)[0].caller_tel == ALICE


def test_a_card_without_seal_needs_no_code(phone: Phone) -> None:
    assert not phone.custody.import_card(card_text(code=None)).sealed
    phone.custody.complete(answer(phone.custody.unseal("").body))


def test_the_next_pack_is_for_the_next_transport_key(alice: Phone) -> None:
    ring = alice.custody._enrolled()
    assert ring.enrolled.identity.transport_key == sealing.transport_key(Secret(bytes([0xA5]) * 32))


DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("code", "text", "clock"),
    [
        ("E01", "https://example.org", NOW),
        ("E01", "", NOW),
        ("E02", "SV2:" + card_text()[4:], NOW),
        ("E03", card_text()[:-3], NOW),
        ("E04", card_text()[:40] + ("A" if card_text()[40] != "A" else "B") + card_text()[41:], NOW),
        ("E05", card_text(), NOW + 8 * DAY),
        ("E05", card_text(when=NOW - 30 * DAY), NOW),
        ("E06", card_text(), NOW - 60 * DAY),
        ("E13", card_text(), NOW - 2 * DAY),
        ("E13", card_text(when=NOW + 30 * DAY), NOW),
    ],
    ids=[
        "not ours",
        "nothing",
        "newer",
        "truncated",
        "forged",
        "expired",
        "old month",
        "clock",
        "early",
        "next month",
    ],
)
def test_a_card_that_cannot_be_used_says_why_and_changes_nothing(
    alice: Phone, code: str, text: str, clock: datetime
) -> None:
    alice.now = clock.timestamp()
    before = alice.custody.status()
    if code == "E04":  # one flipped character is damage or forgery, depending on where it falls
        with pytest.raises(Refused):
            alice.custody.import_card(text)
    else:
        refused(code, lambda: alice.custody.import_card(text))
    refused("E41", lambda: alice.custody.unseal(CODE))
    assert alice.custody.status() == before
    alice.now = NOW_S
    call(alice)


def test_a_card_is_used_once_on_a_phone(alice: Phone) -> None:
    refused("E07", lambda: alice.custody.import_card(card_text()))
    refused("E07", lambda: alice.restart().custody.import_card(card_text()))
    alice.custody.import_card(card_text(serial=9))


def test_three_wrong_codes_and_the_card_is_forgotten(phone: Phone) -> None:
    phone.custody.import_card(card_text())
    assert "2 tries left" in refused("E10", lambda: phone.custody.unseal("1111111111"))
    assert "1 try left" in refused("E10", lambda: phone.custody.unseal("2222222222"))
    refused("E10", lambda: phone.custody.unseal("3333333333"))
    refused("E41", lambda: phone.custody.unseal(CODE))
    assert phone.disk.names() == [], "nothing of it was stored"
    phone.custody.import_card(card_text())
    phone.custody.unseal(CODE)


def test_a_wrong_code_and_then_the_right_one(phone: Phone) -> None:
    phone.custody.import_card(card_text())
    refused("E10", lambda: phone.custody.unseal("1111111111"))
    phone.custody.unseal("01234 56789")


def test_keys_of_another_number_are_refused(phone: Phone) -> None:
    wrong = issuing.secrets_of(BOB, 7)
    right = issuing.secrets_of(ALICE, 7)
    for mixed in (replace(right, rsk=wrong.rsk), replace(right, ssk=wrong.ssk)):
        text = issuing.card.encode(
            issuing.details(), mixed, domain_private=issuing.DOMAIN_PRIVATE, code=CODE, cost=issuing.QUICK
        )
        phone.custody.import_card(text)
        refused("E09", lambda: phone.custody.unseal(CODE))
        refused("E41", lambda: phone.custody.unseal(CODE))
    assert not phone.custody.status().pending


def test_a_card_that_expires_while_its_code_is_typed_is_refused(phone: Phone) -> None:
    phone.custody.import_card(card_text())
    phone.now += 8 * 86400
    refused("E05", lambda: phone.custody.unseal(CODE))


def test_the_same_phone_asks_with_the_same_nonce_after_a_restart(phone: Phone) -> None:
    def nonce(contact: Any) -> bytes:
        return enrolment.parse(base64.b64decode(contact.body)).nonce

    phone.custody.import_card(card_text())
    first = nonce(phone.custody.unseal(CODE))
    assert nonce(phone.restart().custody.pending_contact()) == first
    phone.custody.abandon()
    phone.custody.import_card(card_text())
    assert nonce(phone.custody.unseal(CODE)) == first, "abandoned and begun again: still the same phone"
    phone.custody.wipe()
    phone.custody.import_card(card_text())
    assert nonce(phone.custody.unseal(CODE)) != first


def test_two_phones_with_one_card_ask_with_different_nonces(tmp_path: Path) -> None:
    nonces = set()
    for name in ("one", "two"):
        phone = Phone(tmp_path / name)
        phone.custody.import_card(card_text())
        nonces.add(enrolment.parse(base64.b64decode(phone.custody.unseal(CODE).body)).nonce)
    assert len(nonces) == 2


def test_a_pending_enrolment_in_a_later_month_says_that_its_time_is_over(phone: Phone) -> None:
    phone.custody.import_card(card_text())
    phone.custody.unseal(CODE)
    phone.now = issuing.moment(2026, 12, 2).timestamp()
    refused("E05", phone.restart().custody.pending_contact)
    phone.now = issuing.moment(2026, 10, 2).timestamp()
    refused("E13", phone.custody.pending_contact)
    phone.now = 0
    refused("E06", phone.custody.pending_contact)


def flipped(text: str, at: int) -> str:
    octets = bytearray(base64.b64decode(text))
    octets[at] ^= 1
    return base64.b64encode(octets).decode()


def other_certificate(**changes: Any) -> str:
    key = changes.get("key", sealing.device_tls_key(issuing.seed(7)))
    made = issuing.certificate(changes.get("tel", ALICE), changes.get("serial", 7), key)
    return sealed(content(client_certificate=made))


WRONG_PACKS = {
    "not base64": ("E03", "!!!"),
    "nothing": ("E03", ""),
    "a flipped bit in the seal": ("E04", flipped(sealed(content()), 200)),
    "a flipped bit in the signature": ("E04", flipped(sealed(content()), -1)),
    "a newer version": (
        "E02",
        base64.b64encode(bytes([pack.VERSION + 1]) + base64.b64decode(sealed(content()))[1:]).decode(),
    ),
    "signed by somebody else": ("E04", sealed(content(), domain_private=Secret(bytes(32)))),
    "for another number": ("E04", sealed(content(BOB))),
    "for another card": ("E04", sealed(content(serial=8))),
    "sealed to another phone": ("E03", sealed(content(), serial=8)),
    "a monthly pack without keys": ("E03", sealed(content(kind=PackKind.MONTHLY))),
    "a certificate of another number": ("E04", other_certificate(tel=BOB)),
    "a certificate of another card": ("E04", other_certificate(serial=8)),
    "a certificate for another key": ("E04", other_certificate(key=Secret(bytes(32)))),
    "no certificate": ("E04", sealed(content(client_certificate=b"\x30\x00"))),
}


@pytest.mark.parametrize(("code", "octets"), WRONG_PACKS.values(), ids=WRONG_PACKS.keys())
def test_a_wrong_pack_is_refused_and_the_enrolment_stays_pending(
    phone: Phone, code: str, octets: str
) -> None:
    phone.custody.import_card(card_text())
    contact = phone.custody.unseal(CODE)
    refused(code, lambda: phone.custody.complete(octets))
    assert phone.custody.status().pending
    assert phone.custody.complete(answer(contact.body)).enrolled


def test_a_first_pack_may_bring_the_keys_of_the_next_month(phone: Phone) -> None:
    december = issuing.moment(2026, 12, 1)
    keys = issuing.month_keys(ALICE, december)
    phone.custody.import_card(card_text())
    phone.custody.unseal(CODE)
    wrong = replace(keys, ssk=Secret(HOME.caller(ALICE, NOW).ssk.expose()))
    refused("E09", lambda: phone.custody.complete(sealed(content(month="2026-12", keys=wrong))))
    status = phone.custody.complete(sealed(content(month="2026-12", keys=keys)))
    assert status.months == ["2026-11", "2026-12"]
    phone.now = issuing.moment(2026, 12, 24).timestamp()
    call(phone.restart())


def test_a_new_card_replaces_the_old_identity_only_when_it_is_complete(alice: Phone) -> None:
    alice.custody.import_card(card_text(CAROL, 9))
    contact = alice.custody.unseal(CODE)
    status = alice.custody.status()
    assert (status.enrolled, status.pending, status.tel) == (True, True, ALICE)
    call(alice)
    assert alice.custody.complete(answer(contact.body)).tel == CAROL
    assert alice.restart().custody.status().tel == CAROL


def test_an_abandoned_enrolment_leaves_the_old_identity(alice: Phone) -> None:
    alice.custody.import_card(card_text(CAROL, 9))
    alice.custody.unseal(CODE)
    alice.custody.abandon()
    for _ in range(2):
        status = alice.custody.status()
        assert (status.pending, status.tel) == (False, ALICE)
        refused("E41", alice.custody.pending_contact)
        call(alice)
        alice.restart()


class BrokenDirectory(Directory):
    """A disk that is full."""

    def write(self, name: str, octets: bytes) -> None:
        raise OSError(28, "No space left on device")


def test_a_full_disk_keeps_the_old_keys(alice: Phone, bob: Phone) -> None:
    alice.custody.import_card(card_text(CAROL, 9))
    alice.disk = BrokenDirectory(alice.home)
    alice.custody._safe._vault._disk = alice.disk
    refused("E11", lambda: alice.custody.unseal(CODE))
    assert not alice.custody.status().pending
    assert bob.custody.accept(call(alice)[0])[0].caller_tel == ALICE
    assert alice.restart().custody.status().tel == ALICE
    alice.custody.import_card(card_text(CAROL, 9))
    contact = alice.custody.unseal(CODE)
    alice.custody._safe._vault._disk = BrokenDirectory(alice.home)
    refused("E11", lambda: alice.custody.complete(answer(contact.body)))
    refused("E11", alice.custody.abandon)
    refused("E11", alice.custody.wipe)
    assert bob.custody.accept(call(alice)[0])[0].caller_tel == ALICE
    assert alice.restart().custody.complete(answer(contact.body)).tel == CAROL


@pytest.mark.parametrize("cut", range(17))
def test_a_power_cut_anywhere_in_an_enrolment_leaves_a_phone_that_works(
    tmp_path: Path, bob: Phone, cut: int
) -> None:
    """Eight steps store the pending identity, eight more complete it; cut before each of them."""
    phone = Phone(tmp_path / "cut").enrol()
    disk = CuttingDirectory(phone.home)
    disk.steps_left = cut
    phone.disk = disk
    phone.custody = phone.opened()
    try:
        phone.enrol(CAROL, 9)
        assert cut == 16
    except PowerCut:
        pass
    status = phone.restart().custody.status()
    assert status.enrolled
    assert status.tel in (ALICE, CAROL)
    message, keys = call(phone)
    accepted, _ = bob.custody.accept(message)
    assert (accepted.caller_tel, accepted.keys.receive) == (status.tel, keys.send)
    if status.pending:
        assert phone.custody.complete(answer(phone.custody.pending_contact().body)).tel == CAROL
    elif status.tel == ALICE:
        assert phone.enrol(CAROL, 9).custody.status().tel == CAROL


# --- Calls ------------------------------------------------------------


def test_a_call_between_two_phones(alice: Phone, bob: Phone) -> None:
    message, keys = call(alice)
    accepted, name = bob.custody.accept(message)
    assert (accepted.caller_tel, name) == (ALICE, "Alice Example")
    assert (accepted.keys.receive, accepted.keys.send) == (keys.send, keys.receive)


def test_a_caller_who_is_not_in_the_directory_has_no_name(tmp_path: Path, bob: Phone) -> None:
    carol = Phone(tmp_path / "carol").enrol(CAROL, 9)
    assert bob.custody.accept(call(carol)[0])[1] == ""


def test_a_replay_is_refused_even_after_a_restart(alice: Phone, bob: Phone) -> None:
    message, _ = call(alice)
    bob.custody.accept(message)
    refused("E34", lambda: bob.custody.accept(message))
    refused("E34", lambda: bob.restart().custody.accept(message))
    bob.now += 600
    refused("E34", lambda: bob.restart().custody.accept(message))


def test_a_replay_is_refused_while_old_entries_make_room(alice: Phone, bob: Phone) -> None:
    """The cache may be as long after a call as before it; it is written down all the same."""
    bob.custody.accept(call(alice)[0])
    alice.now = bob.now = NOW_S + 3600
    message, _ = call(alice)
    bob.custody.accept(message)
    refused("E34", lambda: bob.restart().custody.accept(message))


def test_a_clock_put_ahead_and_a_restart_let_no_old_message_in_again(alice: Phone, bob: Phone) -> None:
    bob.custody.observe_time(NOW_S)
    message, _ = call(alice)
    bob.custody.accept(message)
    bob.custody.observe_time(NOW_S + 590)
    alice.now = NOW_S + 590
    bob.custody.accept(call(alice)[0])  # which drops the first message from the cache, as stale
    bob.now = NOW_S + 30
    refused("E34", lambda: bob.restart().custody.accept(message))


@pytest.mark.parametrize("message", ["", "!!!", "AAAA", "A" * 4000])
def test_nonsense_is_refused_like_any_other_bad_message(bob: Phone, message: str) -> None:
    text = refused("E34", lambda: bob.custody.accept(message))
    assert text == "the caller could not be verified: tell security"


def test_a_damaged_message_and_one_for_somebody_else_are_refused_in_the_same_words(
    alice: Phone, bob: Phone
) -> None:
    message, _ = call(alice)
    texts = {
        refused("E34", lambda: bob.custody.accept(flipped(message, -1))),
        refused("E34", lambda: bob.custody.accept(flipped(message, 300))),
        refused("E34", lambda: bob.custody.accept(call(alice, CAROL)[0])),
    }
    assert len(texts) == 1
    bob.custody.accept(message)


def test_a_revoked_caller_is_refused(alice: Phone, tmp_path: Path) -> None:
    strict = Phone(tmp_path / "strict").enrol(BOB, 8)
    strict.custody.take("revoked", issuing.revoked_octets(HOME.caller(ALICE).pvt))
    refused("E34", lambda: strict.custody.accept(call(alice)[0]))


def from_partner(tel: str) -> str:
    """An I_MESSAGE to Bob from a number whose key a partner's KMS has made."""
    initiated = mikey.initiate(
        caller=PARTNER.caller(tel), callee_tel=BOB, callee_kms=HOME.called(), when=NOW, ssrc=SSRC
    )
    return base64.b64encode(initiated.octets).decode()


def test_a_partners_kms_speaks_for_its_own_numbers_and_not_for_ours(tmp_path: Path) -> None:
    bob = Phone(tmp_path / "bob").enrol(BOB, 8)
    partner = Partner(PARTNER.domain, "Partner Office", "crs.partner.example:5061", (CAROL,))
    bob.custody.take("bulletin", issuing.bulletin_octets(number=2, partners=(partner,)))
    accepted, name = bob.custody.accept(from_partner(CAROL))
    assert (accepted.caller_tel, accepted.caller_kms_uri, name) == (CAROL, PARTNER.uri, "Partner Office")
    refused("E34", lambda: bob.custody.accept(from_partner(ALICE)))


def test_the_callees_name_comes_from_the_signed_directory(alice: Phone) -> None:
    assert alice.custody.initiate(BOB, SSRC)[1] == "Bob Beispiel"
    assert alice.custody.initiate("+447700900999", SSRC)[1] == ""


def test_no_calls_without_keys_for_the_month(alice: Phone, bob: Phone) -> None:
    message, _ = call(alice)
    alice.now = bob.now = issuing.moment(2026, 12, 2).timestamp()
    refused("E30", lambda: alice.custody.initiate(BOB, SSRC))
    refused("E30", lambda: bob.custody.accept(message))


@pytest.mark.parametrize(
    "callee", ["", "2002", "+0447700900124", "+447700900124x", "tel:+447700900124", "+" + "4" * 16]
)
def test_what_is_no_number_cannot_be_called(alice: Phone, callee: str) -> None:
    refused("E33", lambda: alice.custody.initiate(callee, SSRC))


@pytest.mark.parametrize("ssrc", [-1, 1 << 32])
def test_an_impossible_ssrc_is_refused(alice: Phone, ssrc: int) -> None:
    refused("E33", lambda: alice.custody.initiate(BOB, ssrc))


def test_the_message_verifies_and_opens_without_the_phone(alice: Phone) -> None:
    message, keys = call(alice)
    accepted = mikey.accept(
        base64.b64decode(message),
        callee=HOME.callee(BOB),
        kms=believing(HOME),
        now=NOW,
        replays=mikey.ReplayCache(),
    )
    assert accepted.keys.receive == keys.send


def test_the_tls_identity_is_the_certificate_of_the_pack_and_the_key_of_the_card(alice: Phone) -> None:
    certificate, anchor, key = alice.custody.tls_client()
    assert certificate.startswith("-----BEGIN CERTIFICATE-----")
    assert anchor.startswith("-----BEGIN CERTIFICATE-----")
    assert b"PRIVATE KEY" in key.expose()


# --- Time ------------------------------------------------------------


def test_the_time_comes_from_the_crs_and_never_goes_back(alice: Phone, bob: Phone) -> None:
    alice.now -= 20 * 86400
    bob.now += 3600
    alice.custody.observe_time(NOW_S)
    bob.custody.observe_time(NOW_S)
    bob.custody.accept(call(alice)[0])
    alice.custody.observe_time(NOW_S - 1000)
    bob.custody.accept(call(alice)[0])
    alice.restart()
    bob.custody.accept(call(alice)[0])


@pytest.mark.parametrize(("hours", "told"), [(-47, False), (47, False), (49, True), (-49, True), (900, True)])
def test_a_large_step_of_the_clock_is_in_the_log(
    phone: Phone, hours: int, told: bool, caplog: pytest.LogCaptureFixture
) -> None:
    phone.now = NOW_S - hours * 3600
    phone.custody.observe_time(NOW_S)
    assert (f"{hours:+d} hours" in caplog.text) == told


@pytest.mark.parametrize("unix", [-1, 0, 10**9, 4102444800, 2**63, 10**30])
def test_an_impossible_time_is_ignored(alice: Phone, bob: Phone, unix: int) -> None:
    alice.custody.observe_time(unix)
    bob.custody.accept(call(alice)[0])
    alice.restart()


# --- The end ------------------------------------------------------------


def test_after_a_wipe_there_is_nothing(alice: Phone) -> None:
    alice.custody.import_card(card_text(CAROL, 9))
    alice.custody.unseal(CODE)
    alice.custody.wipe()
    for _ in range(2):
        assert not alice.custody.status().enrolled
        assert not alice.custody.status().pending
        refused("E30", lambda: alice.custody.initiate(BOB, SSRC))
        refused("E41", lambda: alice.custody.unseal(CODE))
        alice.restart()
    sizes = [len(alice.disk.read(name)) for name in alice.disk.names()]
    assert max(sizes) < 100, "no slot is large enough for a key"


def test_a_vault_of_another_board_refuses_everything_until_it_is_wiped(alice: Phone) -> None:
    alice.device = bytes(32)
    custody = alice.restart().custody
    for work in (
        custody.status,
        custody.tls_client,
        custody.pending_contact,
        lambda: custody.initiate(BOB, SSRC),
        lambda: custody.accept(""),
        lambda: custody.import_card(card_text()),
    ):
        refused("E46", work)
    alice.device = bytes(range(32))
    assert alice.restart().custody.status().tel == ALICE, "and nothing was lost"
    alice.device = bytes(32)
    alice.restart().custody.wipe()
    assert alice.enrol(CAROL, 9).restart().custody.status().tel == CAROL


def test_a_damaged_journal_does_not_stop_the_phone(alice: Phone, bob: Phone) -> None:
    bob.custody.accept(call(alice)[0])
    [journal] = [name for name in bob.disk.names() if name.startswith("journal")]
    bob.disk.write(journal, b"damaged")
    bob.restart()
    bob.custody.accept(call(alice)[0])
    message, _ = call(alice)
    bob.custody.accept(message)
    refused("E34", lambda: bob.restart().custody.accept(message))


def test_the_log_has_no_number_no_code_and_no_key(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    alice, bob = Phone(tmp_path / "a").enrol(), Phone(tmp_path / "b").enrol(BOB, 8)
    message, keys = call(alice)
    bob.custody.accept(message)
    with pytest.raises(Refused):
        bob.custody.accept(message)
    alice.custody.import_card(card_text(CAROL, 9))
    with pytest.raises(Refused):
        alice.custody.unseal("9999999999")
    alice.custody.wipe()
    assert len(caplog.records) >= 6
    secrets = [*(key.expose().hex() for key in (keys.send, keys.receive)), CODE, "9999999999"]
    for word in (ALICE, BOB, CAROL, ALICE[1:], BOB[-4:], *secrets, message[:40]):
        assert word not in caplog.text


def test_no_key_lies_open_in_any_file(alice: Phone) -> None:
    issued = issuing.secrets_of(ALICE, 7)
    ssk, rsk = issued.ssk.expose(), issued.rsk.expose()
    for name in alice.disk.names():
        octets = alice.disk.read(name)
        for secret in (ssk, rsk[1:33], issued.tls_key.expose(), issued.transport_key.expose()):
            assert secret not in octets


# --- The keys' own test -------------------------------------------------


def echo(phone: Phone) -> tuple[str, SRTPKeys]:
    initiated, _ = phone.custody.initiate_echo(SSRC)
    return base64.b64encode(initiated.octets).decode(), initiated.keys


def test_the_keys_of_a_test_call_decrypt_what_they_encrypt(alice: Phone) -> None:
    message, keys = echo(alice)
    assert keys.send == keys.receive
    assert keys.encode()[:28] == keys.encode()[28:] != bytes(28)
    accepted = mikey.accept(
        base64.b64decode(message),
        callee=HOME.callee(ALICE),
        kms=believing(HOME),
        now=NOW,
        replays=mikey.ReplayCache(),
    )
    assert (accepted.caller_tel, accepted.keys.receive) == (ALICE, keys.send)
    assert echo(alice)[1].send != keys.send


def test_a_test_call_leaves_no_trace_in_the_replay_cache(alice: Phone) -> None:
    before = alice.custody._journal._content.encode()
    for _ in range(100):  # more than one caller may leave there
        echo(alice)
    assert alice.custody._journal._content.encode() == before


def test_the_message_of_a_test_call_rings_no_phone(alice: Phone, bob: Phone) -> None:
    message, _ = echo(alice)
    refused("E34", lambda: alice.custody.accept(message))
    refused("E34", lambda: alice.restart().custody.accept(message))
    refused("E34", lambda: bob.custody.accept(message))


def test_no_test_call_without_keys(phone: Phone) -> None:
    refused("E30", lambda: phone.custody.initiate_echo(SSRC))
    phone.enrol().now = issuing.moment(2026, 12, 2).timestamp()
    refused("E30", lambda: phone.custody.initiate_echo(SSRC))


def test_a_revoked_phone_fails_its_own_test(phone: Phone) -> None:
    phone.enrol()
    phone.custody.take("revoked", issuing.revoked_octets(HOME.caller(ALICE).pvt))
    assert "enrol" in refused("E37", lambda: phone.custody.initiate_echo(SSRC))


def changed_identity(phone: Phone, **changes: Any) -> None:
    """Put other keys into a phone's memory than those that belong together."""
    ring = phone.custody._ring
    assert ring is not None
    ring.enrolled = replace(ring.enrolled, identity=replace(ring.enrolled.identity, **changes))


def test_a_signing_key_of_somebody_else_fails_the_own_test(alice: Phone) -> None:
    held = alice.custody._enrolled().enrolled.identity.months[0]
    wrong = replace(held, ssk=Secret(HOME.caller(BOB).ssk.expose()))
    changed_identity(alice, months=(wrong,))
    assert "enrol" in refused("E37", lambda: alice.custody.initiate_echo(SSRC))


def test_a_receiver_key_that_does_not_open_fails_the_own_test(
    alice: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = alice.custody._enrolled()
    [key] = ring._receiver_keys.values()
    month = next(iter(ring._receiver_keys))
    ring._receiver_keys["2026-10"] = ring._receiver_keys.pop(month)
    refused("E37", lambda: alice.custody.initiate_echo(SSRC))
    ring._receiver_keys[month] = key
    echo(alice)


def test_session_keys_that_differ_fail_the_own_test(alice: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    ring = alice.custody._enrolled()
    original = ring._opened

    def other(*arguments: Any) -> Any:
        accepted = original(*arguments)
        return replace(accepted, keys=SRTPKeys(send=Secret(bytes(28)), receive=accepted.keys.receive))

    monkeypatch.setattr(ring, "_opened", other)
    refused("E37", lambda: alice.custody.initiate_echo(SSRC))


@pytest.mark.parametrize("ssrc", [-1, 1 << 32])
def test_an_impossible_ssrc_makes_no_test_call(alice: Phone, ssrc: int) -> None:
    refused("E33", lambda: alice.custody.initiate_echo(ssrc))


# --- The directory ------------------------------------------------------


def test_the_directory_of_the_bulletin_can_be_searched(alice: Phone) -> None:
    assert [entry.name for entry in alice.custody.find("", 50)] == ["Alice Example", "Bob Beispiel"]
    assert [entry.tel for entry in alice.restart().custody.find("beis", 50)] == [BOB]
    assert alice.custody.find("nobody", 50) == []


def test_a_blank_phone_has_an_empty_directory(phone: Phone) -> None:
    assert phone.custody.find("", 50) == []


# --- A time that somebody must confirm --------------------------------------


WEEK = 7 * 86400


def test_a_time_more_than_two_days_ahead_waits_until_it_is_confirmed_here(alice: Phone) -> None:
    alice.custody.observe_time(NOW_S)
    before = alice.custody.status()
    assert alice.custody.observe_time(NOW_S + WEEK) == NOW_S + WEEK
    assert alice.custody.status() == replace(before, proposed=NOW_S + WEEK)
    assert alice.custody._clock.now() < NOW_S + 1
    assert alice.custody.accept_time(NOW_S + WEEK).proposed == 0
    assert alice.custody._clock.now() >= NOW_S + WEEK
    assert alice.restart().custody._clock.now() >= NOW_S + WEEK


def test_only_what_was_shown_can_be_confirmed(alice: Phone) -> None:
    alice.custody.observe_time(NOW_S)
    refused("E39", lambda: alice.custody.accept_time(NOW_S + WEEK))
    alice.custody.observe_time(NOW_S + WEEK)
    refused("E39", lambda: alice.custody.accept_time(NOW_S + WEEK - 600))
    alice.custody.observe_time(NOW_S + 2 * WEEK)
    refused("E39", lambda: alice.custody.accept_time(NOW_S + WEEK))
    assert alice.custody._clock.now() < NOW_S + 1


def test_until_then_calls_need_the_keys_of_the_month_that_was_vouched_for(alice: Phone, bob: Phone) -> None:
    """A server that says it is December stops no call in November."""
    for phone in (alice, bob):
        phone.custody.observe_time(NOW_S)
        phone.custody.observe_time(NOW_S + 4 * WEEK)
    message, _ = call(alice)
    assert bob.custody.accept(message)[0].caller_tel == ALICE


def test_a_restart_forgets_what_was_proposed_and_the_server_says_it_again(alice: Phone) -> None:
    alice.custody.observe_time(NOW_S)
    alice.custody.observe_time(NOW_S + WEEK)
    assert alice.restart().custody.status().proposed == 0
    assert alice.custody.observe_time(NOW_S + WEEK) == NOW_S + WEEK


def test_the_date_of_a_new_list_of_revoked_keys_vouches_for_a_time_near_it(alice: Phone) -> None:
    alice.now = NOW_S - WEEK
    alice.restart().custody.observe_time(NOW_S - WEEK)
    assert alice.custody.observe_time(NOW_S + 60) == NOW_S + 60
    alice.custody.take("revoked", issuing.revoked_octets())
    assert alice.custody.observe_time(NOW_S + 60) == 0
    assert alice.custody._clock.now() >= NOW_S + 60


def test_a_card_that_is_being_used_vouches_for_its_month(alice: Phone) -> None:
    alice.custody.observe_time(NOW_S)
    alice.custody.import_card(card_text(CAROL, 9))
    alice.custody.unseal(CODE)
    assert alice.custody.observe_time(NOW_S + WEEK) == 0
    assert alice.custody.observe_time(NOW_S + 6 * WEEK) == NOW_S + 6 * WEEK


def test_the_first_time_that_a_new_phone_hears_is_taken(phone: Phone) -> None:
    assert phone.custody.observe_time(NOW_S + 50 * WEEK) == 0


# --- A vault that older firmware has written ---


@pytest.mark.parametrize("pin", ["", "1234"])
def test_a_phone_that_was_updated_opens_its_vault_of_the_version_before(
    alice: Phone, bob: Phone, monkeypatch: pytest.MonkeyPatch, pin: str
) -> None:
    """Issuance rows without a count of openings, no lists from partners' servers, behind a PIN or not."""
    alice.custody.take("pack", issuing.monthly("2026-12"))
    with monkeypatch.context() as older:
        older.setattr(VaultContent, "encode", _as_version_3)
        if pin:
            alice.custody.set_pin("", pin)
        else:
            alice.custody.remove_month("2026-12")
    alice.restart()
    if pin:
        assert alice.custody.unlock(pin).months == ["2026-11", "2026-12"]
    assert "2026-11" in alice.custody.status().months
    message, _ = call(alice)
    assert bob.custody.accept(message)[0].caller_tel == ALICE
    alice.custody.take("bulletin", issuing.bulletin_octets(number=9))
    alice.restart()
    if pin:
        alice.custody.unlock(pin)
    assert alice.custody.status().bulletin == 9


def _as_version_3(content: VaultContent) -> bytes:
    body = cbor.decode(_ENCODE(content)[1:], max_octets=MAX_OCTETS)
    del body[1][12]
    body[1][10] = [row[:4] for row in body[1][10]] or [[24322, 7, bytes(32), 0]]
    return b"\3" + cbor.encode(body)


_ENCODE = VaultContent.encode
