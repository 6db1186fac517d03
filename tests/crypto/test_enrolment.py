"""First contact: signed by the card's own key, once."""

import json
import pathlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto import cbor, eccsi, enrolment, revocation
from crypto.errors import PackageError, SignatureRejected
from crypto.fields import month_moment
from crypto.identifier import monthly
from crypto.secret import Secret
from tests.crypto import issued
from tests.crypto.issued import KPAK, NOW, PVT, SERIAL, TEL

VECTOR = json.loads((pathlib.Path(__file__).parents[1] / "vectors" / "enrolment.json").read_text())
NONCE = bytes(range(16))
PVT_HASH = revocation.pvt_hash(PVT)


def request(*, ssk=issued.SSK, pvt=PVT, when=NOW, nonce=NONCE, serial=SERIAL, tel=TEL):
    return enrolment.build(
        serial=serial, tel=tel, when=when, nonce=nonce, ssk=Secret(ssk), pvt=pvt, kpak=KPAK
    )


OCTETS = request()


def verify(octets, *, kpak=KPAK, now=NOW, card_pvt_hash=PVT_HASH, **how):
    enrolment.verify(enrolment.parse(octets), kpak=kpak, now=now, card_pvt_hash=card_pvt_hash, **how)


def test_a_first_contact_is_read_and_verified():
    read = enrolment.parse(OCTETS)
    assert (read.serial, read.tel, read.when, read.nonce) == (SERIAL, TEL, NOW, NONCE)
    verify(OCTETS, now=NOW + 5)


def test_the_first_contact_of_the_vector_verifies():
    verify(bytes.fromhex(VECTOR["request"]), kpak=bytes.fromhex(VECTOR["kpak"]))


def test_a_retry_after_a_power_cut_carries_the_same_nonce_and_verifies():
    again = request(when=NOW + 600)
    assert enrolment.parse(again).nonce == enrolment.parse(OCTETS).nonce
    verify(again, now=NOW + 601)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(OCTETS) - 1), st.integers(0, 7))
def test_no_first_contact_with_a_flipped_bit_is_accepted(at, bit):
    changed = bytearray(OCTETS)
    changed[at] ^= 1 << bit
    with pytest.raises((PackageError, SignatureRejected)):
        verify(bytes(changed))


@given(st.binary(max_size=300))
def test_any_octets_are_refused(octets):
    with pytest.raises(PackageError) as refused:
        enrolment.parse(octets)
    assert refused.value.code in ("E02", "E03")


def test_a_newer_version_is_told_from_damage():
    for first, code in ((2, "E02"), (0, "E03")):
        with pytest.raises(PackageError) as refused:
            enrolment.parse(bytes([first]) + OCTETS[1:])
        assert refused.value.code == code


@pytest.mark.parametrize("body", [{}, [1], {1: 0, 2: 447, 3: 1, 4: NONCE}, {1: 1, 2: 447, 3: -1, 4: NONCE}])
def test_an_impossible_field_is_damage(body):
    with pytest.raises(PackageError) as refused:
        enrolment.parse(b"\1" + cbor.encode(body) + bytes(129))
    assert refused.value.code == "E03"


def test_a_nonce_of_another_length_is_damage():
    with pytest.raises(PackageError):
        request(nonce=bytes(15))


@pytest.mark.parametrize("late", [-enrolment.WINDOW_S - 1, enrolment.WINDOW_S + 1])
def test_a_phone_with_a_wrong_clock_is_told_so(late):
    with pytest.raises(PackageError) as refused:
        verify(OCTETS, now=NOW + late)
    assert refused.value.code == "E06"


def test_an_older_card_of_the_same_number_does_not_pass_for_the_new_one():
    ksak = (1).to_bytes(32, "big")
    identity = monthly(TEL, month_moment("2011-02"))
    kpak = eccsi.kms_public_key(ksak)
    old_ssk, old_pvt = eccsi.extract_ssk(ksak, identity)
    _, new_pvt = eccsi.extract_ssk(ksak, identity)
    octets = enrolment.build(
        serial=SERIAL, tel=TEL, when=NOW, nonce=NONCE, ssk=Secret(old_ssk), pvt=old_pvt, kpak=kpak
    )
    verify(octets, kpak=kpak, card_pvt_hash=revocation.pvt_hash(old_pvt))
    with pytest.raises(SignatureRejected):
        verify(octets, kpak=kpak, card_pvt_hash=revocation.pvt_hash(new_pvt))


def test_another_month_is_another_identity():
    later = request(when=NOW + 40 * 86_400)
    with pytest.raises(SignatureRejected):
        verify(later, now=NOW + 40 * 86_400)


def test_another_kms_did_not_issue_it():
    with pytest.raises(SignatureRejected):
        verify(OCTETS, kpak=eccsi.kms_public_key((2).to_bytes(32, "big")))
