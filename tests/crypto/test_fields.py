"""Numbers, months and addresses, and their compact forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto import fields
from crypto.errors import PackageError


@given(st.integers(10, 10**15 - 1))
def test_a_number_survives_its_compact_form(number):
    assert fields.tel_to_int(fields.tel_from_int(number)) == number


@given(st.integers(2000, 9998), st.integers(1, 12))
def test_a_month_survives_its_compact_form_and_follows_the_one_before(year, index):
    month = f"{year:04}-{index:02}"
    number = fields.month_to_int(month)
    assert fields.month_from_int(number) == month
    if number + 1 < 9999 * 12:
        assert fields.month_end(month) == fields.month_start(fields.month_from_int(number + 1))
    assert fields.month_of(fields.month_start(month)) == month
    assert fields.month_of(fields.month_start(month) - 1) != month


@pytest.mark.parametrize("number", [0, 9, -1, 10**15, 2**64])
def test_what_is_not_a_number_is_damage(number):
    with pytest.raises(PackageError):
        fields.tel_from_int(number)


@pytest.mark.parametrize("number", [0, 23_999, 9999 * 12, -1, 2**70])
def test_what_is_not_a_month_is_damage(number):
    with pytest.raises(PackageError):
        fields.month_from_int(number)


@pytest.mark.parametrize(
    "month", ["2026-00", "2026-13", "2026-1", "26-01", "2026/01", "2026-01 ", "２０２６-01"]
)
def test_what_is_not_written_as_a_month_is_refused(month):
    with pytest.raises(ValueError):
        fields.month_to_int(month)


@pytest.mark.parametrize(
    ("crs", "parts"),
    [
        ("crs.sv.example:5061", ("crs.sv.example", 5061)),
        ("localhost:1", ("localhost", 1)),
        ("127.0.0.1:65534", ("127.0.0.1", 65534)),
        ("[2001:DB8::1]:5061", ("2001:db8::1", 5061)),
    ],
)
def test_an_address_of_a_crs(crs, parts):
    assert fields.split_crs(crs) == parts
    assert fields.split_crs(fields.join_crs(*parts)) == parts


@pytest.mark.parametrize(
    "crs",
    [
        "",
        ":",
        "crs",
        "crs:",
        ":5061",
        "crs:0",
        "crs:65535",
        "crs:5061x",
        "crs:٥",
        "a b:1",
        "[::g]:1",
        "[1.2.3.4]:1",
        "::1:5061",
    ],
)
def test_what_is_not_an_address_of_a_crs(crs):
    with pytest.raises(ValueError):
        fields.split_crs(crs)


def test_a_port_leaves_room_for_https_on_the_next():
    assert fields.split_crs("crs:65534")[1] + 1 == 65535
