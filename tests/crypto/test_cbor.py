"""One encoding for one value; nothing else is read."""

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto import cbor
from crypto.errors import PackageError

INTEGERS = st.integers(-(2**64), 2**64 - 1)
SCALARS = st.one_of(INTEGERS, st.binary(max_size=40), st.text(max_size=20), st.booleans(), st.none())
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=5),
        st.dictionaries(st.integers(0, 2**64 - 1), inner, max_size=5),
        st.dictionaries(st.text(max_size=8), inner, max_size=5),
    ),
    max_leaves=12,
)


@given(VALUES)
def test_what_is_encoded_is_decoded(value):
    try:
        octets = cbor.encode(value)
    except ValueError:
        return  # deeper than allowed
    assert cbor.decode(octets, max_octets=len(octets)) == value


@given(st.binary(max_size=64))
def test_any_octets_are_either_refused_or_the_only_encoding_of_what_they_say(octets):
    try:
        value = cbor.decode(octets, max_octets=64)
    except PackageError:
        return
    assert cbor.encode(value) == octets


@pytest.mark.parametrize(
    ("octets", "why"),
    [
        ("", "nothing"),
        ("1801", "a small integer in two octets"),
        ("190001", "a small integer in three octets"),
        ("1b0000000000000001", "a small integer in nine octets"),
        ("5801aa", "a length in two octets that fits into one"),
        ("a201000100", "the same key twice"),
        ("a202000100", "keys out of order"),
        ("a16161f5f5", "octets after the end"),
        ("9f01ff", "an array of indefinite length"),
        ("bf0101ff", "a map of indefinite length"),
        ("5f4101ff", "octets of indefinite length"),
        ("c074323031332d30332d32315432303a30343a30305a", "a tag"),
        ("c249010000000000000000", "a big number"),
        ("f93c00", "a half float"),
        ("fb3ff199999999999a", "a double float"),
        ("f7", "undefined"),
        ("f818", "a simple value in two octets"),
        ("e0", "an unknown simple value"),
        ("ff", "a break alone"),
        ("1c", "a reserved length"),
        ("a1410101", "octets as a key"),
        ("a1800101", "an array as a key"),
        ("a1f501", "a boolean as a key"),
        ("a12001", "a negative key"),
        ("a201016001", "keys of two kinds"),
        ("61ff", "text that is not UTF-8"),
        ("4201", "octets cut short"),
        ("9affffffff", "an array of four thousand million"),
        ("bbffffffffffffffff", "a map of more than there is"),
        ("5bffffffffffffffff", "octets of more than there is"),
        ("81" * 9 + "01", "nine arrays deep"),
    ],
)
def test_what_is_refused(octets, why):
    with pytest.raises(PackageError) as refused:
        cbor.decode(bytes.fromhex(octets), max_octets=100)
    assert refused.value.code == "E03", why


def test_more_than_the_caller_allows_is_refused_unread():
    with pytest.raises(PackageError):
        cbor.decode(cbor.encode(bytes(100)), max_octets=100)


@pytest.mark.parametrize(
    "value",
    [1.5, {1.5: 1}, {-1: 1}, {1: 1, "": 1}, 2**64, -(2**64) - 1, {(1,): 2}, {1, 2}, [[[[[[[[[1]]]]]]]]]],
)
def test_a_value_that_would_be_refused_is_not_encoded(value):
    with pytest.raises(ValueError):
        cbor.encode(value)


def test_the_order_of_keys_is_that_of_rfc_8949():
    assert cbor.encode({100: 1, 10: 2, 24: 3, 256: 4}) == cbor2.dumps({10: 2, 24: 3, 100: 1, 256: 4})
