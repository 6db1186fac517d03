"""Keys leave only as calls, of this month, and of who may call; a phone tests its own."""

from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crypto import mikey
from crypto.domain import Partner
from crypto.secret import Secret
from crypto.srtp_keys import SRTPKeys
from tests.crypto.callers import ALICE, BOB, CAROL, HOME, NOW, PARTNER, believing
from tests.firmware import issuing
from tests.firmware.issuing import NOW_S
from tests.firmware.phones import SSRC, Phone, call, flipped, refused

# --- Calls ---


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


# --- The keys' own test ---


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


def test_a_receiver_key_that_does_not_open_fails_the_own_test(alice: Phone) -> None:
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


# --- The directory ---


def test_the_directory_of_the_bulletin_can_be_searched(alice: Phone) -> None:
    assert [entry.name for entry in alice.custody.find("", 50)] == ["Alice Example", "Bob Beispiel"]
    assert [entry.tel for entry in alice.restart().custody.find("beis", 50)] == [BOB]
    assert alice.custody.find("nobody", 50) == []


def test_a_blank_phone_has_an_empty_directory(phone: Phone) -> None:
    assert phone.custody.find("", 50) == []
