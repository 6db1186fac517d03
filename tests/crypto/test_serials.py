"""A card's serial, printed alike everywhere, and understood as anybody has it before them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto.serials import serial_text, serials_of

SERIALS = st.integers(1, 2**64 - 1)


def test_it_is_sixteen_hexadecimal_digits_in_groups_of_four():
    assert serial_text(0x4DA1E8C7DE240C84) == "4DA1 E8C7 DE24 0C84"


@given(SERIALS)
def test_what_is_printed_is_understood(serial):
    assert serial in serials_of(serial_text(serial))


@given(SERIALS, st.sampled_from(["", "-", ":", "  "]))
def test_it_is_understood_however_it_is_grouped_and_in_either_case(serial, between):
    assert serial in serials_of(between.join(serial_text(serial).lower().split()))


@given(SERIALS)
def test_the_decimal_number_of_a_certificate_is_understood(serial):
    assert serial in serials_of(str(serial))


def test_sixteen_digits_may_be_either():
    assert serials_of("1000000000000000") == {10**15, 16**15}


@pytest.mark.parametrize("typed", ["", " ", "12G4", "+5", "5.0", "1" * 21, "²", "٣", "4DA1E8C7DE240C8"])
def test_what_is_no_serial_is_none(typed):
    assert serials_of(typed) == frozenset()


@given(st.text(max_size=40))
def test_anything_is_none_one_or_two(typed):
    assert len(serials_of(typed)) <= 2
