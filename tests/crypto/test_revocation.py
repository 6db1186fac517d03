"""The list of revoked signing keys."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto import cbor, revocation, signed
from crypto.errors import PackageError
from tests.crypto.issued import DOMAIN_KEY, DOMAIN_PRIVATE, OTHER_KEY, PVT, REVOKED

OCTETS = revocation.build(REVOKED, domain_private=DOMAIN_PRIVATE)


def refusal(octets, domain_key=DOMAIN_KEY):
    with pytest.raises(PackageError) as refused:
        revocation.parse(octets, domain_key)
    return refused.value.code


def test_a_list_says_what_was_revoked():
    assert revocation.parse(OCTETS, DOMAIN_KEY) == REVOKED
    empty = replace(REVOKED, hashes=frozenset())
    assert revocation.parse(revocation.build(empty, domain_private=DOMAIN_PRIVATE), DOMAIN_KEY) == empty


def test_the_same_list_is_signed_to_the_same_octets():
    assert revocation.build(REVOKED, domain_private=DOMAIN_PRIVATE) == OCTETS


def test_a_pvt_is_named_by_its_hash():
    assert revocation.pvt_hash(PVT).hex() == (
        "f07f8a95c6047137333a0714016d4d5f3da4324df63bd49d4b91600c4ba2b540"
    )


@pytest.mark.parametrize("at", range(len(OCTETS)))
def test_no_list_with_a_changed_octet_is_read(at):
    changed = bytearray(OCTETS)
    changed[at] ^= 0x40
    assert refusal(bytes(changed)) in ("E02", "E03", "E04")


@given(st.binary(max_size=200))
def test_any_octets_are_refused(octets):
    assert refusal(octets) in ("E02", "E03", "E04")


def test_another_domains_list_is_not_genuine():
    assert refusal(OCTETS, OTHER_KEY) == "E04"


def test_a_list_does_not_pass_for_a_card_or_a_pack():
    for label in ("card", "pack", "CRS media"):
        assert refusal(signed.sign(label, 1, REVOKED.body(), DOMAIN_PRIVATE)) == "E04"


@pytest.mark.parametrize(
    "change",
    [
        {1: "NOT A DOMAIN"}, {2: -1}, {3: -1}, {4: bytes(31)}, {4: bytes(64)}, {4: b"\2" * 32 + b"\1" * 32},
        {4: bytes(33)}, {5: 1},
    ],
)  # fmt: skip
def test_an_impossible_list_is_damage_even_when_signed(change):
    assert refusal(signed.sign("revocation list", 1, {**REVOKED.body(), **change}, DOMAIN_PRIVATE)) == "E03"


def test_a_list_says_whose_it_is_before_anybody_has_verified_it():
    assert revocation.says(OCTETS) == REVOKED.domain
    with pytest.raises(PackageError):
        revocation.says(bytes(revocation.MAX_FOREIGN_OCTETS + 1))


def test_lists_put_together_come_apart_again_each_with_its_signature():
    other = revocation.build(replace(REVOKED, number=9), domain_private=DOMAIN_PRIVATE)
    assert sorted(revocation.unbundle(revocation.bundle([OCTETS, other]))) == sorted([OCTETS, other])


@pytest.mark.parametrize("value", [0, {}, "", [0], [[b""]], ["x"], [b""] * 257])
def test_what_is_no_bundle_is_damage(value):
    with pytest.raises(PackageError) as refused:
        revocation.unbundle(cbor.encode(value))
    assert refused.value.code == "E03"


@given(st.binary(max_size=200))
def test_any_octets_are_a_bundle_or_damage(octets):
    try:
        lists = revocation.unbundle(octets)
    except PackageError:
        return
    assert cbor.encode(lists) == octets
