"""Keys come in by card and pack, and no mishap loses the old ones."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crypto import card, enrolment, pack, sealing, signed
from crypto.fields import month_start
from crypto.pack import PackKind
from crypto.secret import Secret
from firmware.clock import BUILT
from firmware.interfaces import FirstContact, Refused
from tests.crypto.callers import ALICE, BOB, CAROL, HOME, NOW
from tests.firmware import issuing
from tests.firmware.issuing import CODE, NOW_S, answer, card_text, content, sealed
from tests.firmware.phones import SSRC, BrokenDirectory, Phone, call, flipped, refused
from tests.firmware.test_vault import CuttingDirectory, PowerCut


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
        "early",
        "next month",
    ],
)
def test_a_card_that_cannot_be_used_says_why_and_changes_nothing(
    alice: Phone, code: str, text: str, clock: datetime
) -> None:
    alice.now = clock.timestamp()
    alice.custody.observe_time(int(alice.now))
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


# --- A board without a battery ---

EPOCHS = [0.0, float(BUILT)]


def asked_at(contact: FirstContact) -> int:
    return enrolment.parse(base64.b64decode(contact.body)).when


@pytest.mark.parametrize("epoch", EPOCHS)
def test_a_blank_phone_that_knows_no_time_takes_a_card_and_asks_again_once_it_is_told(
    phone: Phone, epoch: float
) -> None:
    phone.now = epoch
    phone.custody.import_card(card_text())
    contact = phone.custody.unseal(CODE)
    assert asked_at(contact) == contact.moment == month_start("2026-11")
    phone.custody.observe_time(NOW_S)
    again = phone.custody.pending_contact()
    assert asked_at(again) == again.moment == NOW_S
    assert phone.custody.complete(answer(again.body)).tel == ALICE


@pytest.mark.parametrize("epoch", EPOCHS)
def test_it_goes_on_where_it_was_after_a_power_cut(phone: Phone, epoch: float) -> None:
    phone.now = epoch
    phone.custody.import_card(card_text())
    phone.custody.unseal(CODE)
    assert asked_at(phone.restart().custody.pending_contact()) == month_start("2026-11")


@pytest.mark.parametrize(("months", "code"), [(-1, "E13"), (1, "E05")], ids=["too early", "over"])
def test_a_card_that_it_took_without_knowing_the_time_is_refused_once_it_is_told(
    phone: Phone, months: int, code: str
) -> None:
    phone.now = 0.0
    phone.custody.import_card(card_text())
    phone.custody.unseal(CODE)
    phone.custody.observe_time(int((NOW + months * 30 * DAY).timestamp()))
    refused(code, phone.custody.pending_contact)
    refused(code, lambda: phone.custody.import_card(card_text()))


def test_a_card_whose_time_is_over_by_the_board_alone_is_refused(phone: Phone) -> None:
    phone.now = NOW_S + 8 * 86400
    refused("E05", lambda: phone.custody.import_card(card_text()))


def test_a_phone_that_lay_in_a_cupboard_is_enrolled_anew_after_it_was_wiped(phone: Phone) -> None:
    phone.custody.observe_time(BUILT)
    phone.custody.wipe()
    phone.now = 0.0
    phone.restart().custody.import_card(card_text())
    assert phone.custody.unseal(CODE).moment == month_start("2026-11")
    assert phone.custody.observe_time(NOW_S) == 0, "nobody has to confirm it"
    assert phone.custody.pending_contact().moment == NOW_S


def strangers_card(tel: str, serial: int) -> str:
    """A card of another domain."""
    private = Secret(bytes(reversed(range(32))))
    details = replace(issuing.details(tel, serial), domain_key=signed.public_key(private))
    secrets = issuing.secrets_of(tel, serial)
    return card.encode(details, secrets, domain_private=private, code=CODE, cost=issuing.QUICK)


def test_a_phone_that_is_somebodys_takes_a_new_card_of_its_own_domain(alice: Phone) -> None:
    alice.now = 0.0
    alice.restart().custody.import_card(card_text(CAROL, 9))


def test_a_phone_that_is_somebodys_knows_the_time_before_it_takes_a_strangers_card(alice: Phone) -> None:
    """Or else that, and a stranger's server, could put its clock ahead for good."""
    alice.now = 0.0
    refused("E13", lambda: alice.restart().custody.import_card(strangers_card(CAROL, 9)))
    alice.custody.observe_time(NOW_S)
    alice.custody.import_card(strangers_card(CAROL, 9))


def test_nor_is_a_strangers_card_too_early_in_a_month_that_was_seen(alice: Phone) -> None:
    """A phone that was turned away may have to change its domain on the day that the card was made."""
    alice.custody.observe_time(NOW_S - 2 * 86400)
    alice.now = 0.0
    alice.restart().custody.import_card(strangers_card(CAROL, 9))


def test_a_restart_at_the_boards_first_day_is_not_before_what_was_seen(alice: Phone) -> None:
    alice.custody.observe_time(NOW_S)
    alice.now = 0.0
    assert alice.restart().custody.moment() == NOW_S
    status = alice.custody.status()
    assert (status.told, status.ahead) == (False, NOW_S)
    alice.custody.observe_time(NOW_S + 3600)
    status = alice.custody.status()
    assert (status.told, status.ahead) == (True, NOW_S + 3600)


def test_the_newest_list_of_revoked_keys_is_a_bound_of_the_time(alice: Phone) -> None:
    alice.now = 0.0
    assert alice.restart().custody.moment() < NOW_S
    alice.custody.take("revoked", issuing.revoked_octets())
    assert alice.custody.moment() == NOW_S


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
