"""The KMS certificate file: read whole or not at all, and worth what its check code is worth."""

import json
import pathlib
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto import cbor, partner_file, signed
from crypto.domain import Generation
from crypto.errors import PackageError
from crypto.fingerprint import fingerprint
from crypto.partner_file import PartnerFile
from tests.crypto.issued import (
    DOMAIN_PRIVATE,
    ISSUED,
    KPAK,
    OTHER_KEY,
    OTHER_PRIVATE,
    PARTNER,
    PARTNERS_REVOKED,
    Z,
)

CONTENT = PartnerFile(PARTNER, 3, ISSUED, PARTNERS_REVOKED)
OCTETS = partner_file.build(CONTENT, domain_private=OTHER_PRIVATE)
VECTOR = json.loads((pathlib.Path(__file__).parents[1] / "vectors" / "partner.json").read_text())


def refusal(octets):
    with pytest.raises(PackageError) as refused:
        partner_file.parse(octets)
    return refused.value.code


def signed_anew(change, private=OTHER_PRIVATE):
    """A file whose content was changed by whoever holds a key."""
    body = cbor.decode(OCTETS[1:-64], max_octets=10**6)
    change(body)
    return signed.sign("KMS certificate", partner_file.VERSION, body, private)


def test_a_file_is_read_as_it_was_written():
    assert partner_file.parse(OCTETS) == CONTENT


def test_a_file_has_these_octets_for_ever():
    assert OCTETS.hex() == VECTOR["octets"]


def test_the_check_code_is_the_fingerprint_of_the_key_that_signed():
    assert partner_file.parse(OCTETS).check_code == fingerprint(OTHER_KEY) == VECTOR["check_code"]


def test_whoever_signs_in_another_name_has_another_check_code():
    mine = replace(PARTNER, domain=replace(PARTNER.domain, domain_key=signed.public_key(DOMAIN_PRIVATE)))
    forged = partner_file.build(replace(CONTENT, partner=mine), domain_private=DOMAIN_PRIVATE)
    assert partner_file.parse(forged).check_code != VECTOR["check_code"]


def test_nobody_signs_with_a_key_that_the_file_does_not_name():
    with pytest.raises(ValueError, match="the key that it names"):
        partner_file.build(CONTENT, domain_private=DOMAIN_PRIVATE)
    assert refusal(signed_anew(lambda body: None, DOMAIN_PRIVATE)) == "E04"


def test_a_newer_version_asks_for_an_update():
    assert refusal(bytes([partner_file.VERSION + 1]) + OCTETS[1:]) == "E02"


def test_points_off_their_curves_are_refused():
    for wrong in (
        Generation("2027-01", b"\x04" + bytes(256), KPAK),
        Generation("2027-01", Z, b"\x04" + bytes(64)),
    ):
        partner = replace(PARTNER, domain=replace(PARTNER.domain, generations=(wrong,)))
        assert (
            refusal(partner_file.build(replace(CONTENT, partner=partner), domain_private=OTHER_PRIVATE))
            == "E09"
        )


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("E03", lambda body: body.update({2: 0})),
        ("E03", lambda body: body.update({3: -1})),
        ("E03", lambda body: body.update({9: 1})),
        ("E03", lambda body: body.pop(4)),
        ("E03", lambda body: body[1].__setitem__(0, "")),
        ("E03", lambda body: body[1].__setitem__(6, [])),
        ("E04", lambda body: body[4].update({1: "sv.example"})),
    ],
)
def test_what_a_domain_cannot_mean_is_refused(code, change):
    assert refusal(signed_anew(change)) == code


@settings(max_examples=1000)
@given(at=st.integers(0, len(OCTETS) - 1), flip=st.integers(1, 255))
def test_no_octet_of_a_file_can_be_changed(at, flip):
    damaged = bytearray(OCTETS)
    damaged[at] ^= flip
    with pytest.raises(PackageError):
        partner_file.parse(bytes(damaged))


@settings(max_examples=500)
@given(st.integers(0, len(OCTETS) - 1), st.binary(max_size=8))
def test_no_file_cut_short_or_with_something_added_is_read(length, more):
    with pytest.raises(PackageError):
        partner_file.parse(OCTETS[:length] + more)
    if more:
        with pytest.raises(PackageError):
            partner_file.parse(OCTETS + more)


@settings(max_examples=500)
@given(st.binary(max_size=600))
def test_any_other_octets_are_refused(octets):
    with suppress(PackageError):
        partner_file.parse(octets)
        raise AssertionError("it was read")
