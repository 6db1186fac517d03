"""The bulletin: one for all phones of a month, opaque to the CRS, opened whole or not at all."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto import bulletin, cbor, signed
from crypto.errors import PackageError
from crypto.secret import Secret
from tests.crypto import issued
from tests.crypto.issued import DOMAIN, DOMAIN_KEY, DOMAIN_PRIVATE, OTHER_KEY, OTHER_PRIVATE, TEL

CONTENT = issued.board()
OCTETS = issued.bulletin_octets()
KEY = bulletin.key_of(DOMAIN_PRIVATE, "2011-02")


def refusal(octets, *, key=KEY, domain_key=DOMAIN_KEY):
    with pytest.raises(PackageError) as refused:
        bulletin.open(octets, key=key, domain_key=domain_key)
    return refused.value.code


def resealed(change):
    """A bulletin whose content was changed by the domain itself."""
    outside = cbor.decode(OCTETS[1:-64], max_octets=10**6)
    sealed = outside.pop(4)
    cipher = bulletin._cipher(KEY, outside[3])
    inside = cbor.decode(
        cipher.decrypt(bytes(12), sealed, b"bulletin\0" + cbor.encode(outside)), max_octets=10**6
    )
    change(outside, inside)
    context = b"bulletin\0" + cbor.encode(outside)
    number = outside[3] if outside[3] >= 0 else 0
    outside[4] = bulletin._cipher(KEY, number).encrypt(bytes(12), cbor.encode(inside), context)
    return signed.sign("bulletin", bulletin.VERSION, outside, DOMAIN_PRIVATE)


def test_a_bulletin_says_what_was_written():
    read = bulletin.open(OCTETS, key=KEY, domain_key=DOMAIN_KEY)
    assert read == replace(CONTENT, policy=dict(CONTENT.policy))


def test_the_same_bulletin_has_the_same_octets():
    assert issued.bulletin_octets() == OCTETS


def test_the_outside_says_what_it_is_without_opening_it():
    assert bulletin.address(OCTETS, DOMAIN_KEY) == bulletin.BulletinAddress(DOMAIN, "2011-02", 7)


def test_no_name_and_no_number_can_be_read_from_outside():
    for known in (
        b"Alice",
        b"Bob",
        b"ESCROW",
        b"partner",
        TEL[1:].encode(),
        int(TEL[1:]).to_bytes(8, "big")[1:],
    ):
        assert known not in OCTETS


def test_each_month_has_a_key_of_its_own():
    assert bulletin.key_of(DOMAIN_PRIVATE, "2011-03") != KEY
    assert refusal(OCTETS, key=bulletin.key_of(DOMAIN_PRIVATE, "2011-03")) == "E03"


def test_a_bulletin_of_another_domain_is_not_genuine():
    assert refusal(OCTETS, domain_key=OTHER_KEY) == "E04"
    assert refusal(issued.bulletin_octets(domain_private=OTHER_PRIVATE)) == "E04"


def test_a_bulletin_of_a_newer_version_asks_for_an_update():
    assert refusal(bytes([bulletin.VERSION + 1]) + OCTETS[1:]) == "E02"


@settings(max_examples=300)
@given(st.integers(0, len(OCTETS) - 1), st.integers(0, 7))
def test_no_bulletin_with_a_flipped_bit_opens(at, bit):
    changed = bytearray(OCTETS)
    changed[at] ^= 1 << bit
    assert refusal(bytes(changed)) in ("E02", "E03", "E04")


@pytest.mark.parametrize("keep", [0, 1, 64, 66, 200, len(OCTETS) - 1])
def test_a_truncated_bulletin_is_refused(keep):
    assert refusal(OCTETS[:keep]) in ("E03", "E04")


def test_the_content_of_one_number_does_not_fit_under_another():
    outside = cbor.decode(OCTETS[1:-64], max_octets=10**6)
    outside[3] += 1
    assert refusal(signed.sign("bulletin", bulletin.VERSION, outside, DOMAIN_PRIVATE)) == "E03"


@pytest.mark.parametrize(
    "change",
    [
        lambda outside, inside: inside.update({3: [["a"]]}),
        lambda outside, inside: inside.update({3: inside[3] * 2}),
        lambda outside, inside: inside.update({3: [["A B", *inside[3][0][1:]]]}),
        lambda outside, inside: inside.update({2: {"a": []}}),
        lambda outside, inside: inside.update({2: {1: 1}}),
        lambda outside, inside: inside.update({2: {str(n): n for n in range(65)}}),
        lambda outside, inside: inside.update({4: [[1, "x"]]}),
        lambda outside, inside: inside.update({4: inside[4] * 2}),
        lambda outside, inside: inside.update({4: [[447700900123, "a\x1bb"]]}),
        lambda outside, inside: inside.update({4: [[447700900123, "x" * 65]]}),
        lambda outside, inside: inside.update({1: -1}),
        lambda outside, inside: inside.update({9: 1}),
        lambda outside, inside: inside.pop(1),
        lambda outside, inside: outside.update({1: "NOT A DOMAIN"}),
        lambda outside, inside: outside.update({2: 5}),
        lambda outside, inside: outside.update({3: -1}),
    ],
)
def test_an_impossible_content_is_refused_even_when_the_domain_signed_it(change):
    assert refusal(resealed(change)) == "E03"


def test_a_hundred_thousand_names_fit():
    directory = tuple((f"+4477{number:08}", f"Nobody in particular {number}") for number in range(100_000))
    octets = issued.bulletin_octets(replace(CONTENT, directory=directory))
    assert len(bulletin.open(octets, key=KEY, domain_key=DOMAIN_KEY).directory) == 100_000


def test_the_key_is_a_secret():
    assert isinstance(KEY, Secret)
