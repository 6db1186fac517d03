"""The identifiers that are public keys (RFC 6509 §3.2; 3GPP TS 33.180 F.2.1)."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto.identifier import hashed_uid, month_of, monthly

RFC_IDENTIFIER = bytes.fromhex("323031312d30320074656c3a2b34343737303039303031323300")
"""RFC 6508 Appendix A, b: the identifier of +447700900123 in February 2011."""


def test_the_identifier_of_rfc_6508_appendix_a() -> None:
    assert monthly("+447700900123", datetime(2011, 2, 28, 23, 59, 59, tzinfo=UTC)) == RFC_IDENTIFIER


def test_the_month_is_that_of_utc() -> None:
    berlin = timezone(timedelta(hours=1))
    assert month_of(datetime(2026, 12, 1, 0, 30, tzinfo=berlin)) == "2026-11"
    assert monthly("+49301234", datetime(2026, 12, 1, 0, 30, tzinfo=berlin)) == b"2026-11\0tel:+49301234\0"


def test_a_moment_without_a_time_zone_names_no_month() -> None:
    with pytest.raises(ValueError, match="time zone"):
        monthly("+447700900123", datetime(2026, 12, 1))
    with pytest.raises(ValueError, match="time zone"):
        month_of(datetime(2026, 12, 1))


@pytest.mark.parametrize(
    "tel",
    [
        "",
        "+",
        "447700900123",
        "00447700900123",
        "+0447700900123",
        "+44 7700 900123",
        "+44-7700-900123",
        "+447700900123;ext=1",
        "+447700900123\0",
        "+447700900123\n",
        "tel:+447700900123",
        "+1234567890123456",
        "+4477009001٢٣",
    ],
)
def test_a_number_that_is_not_in_global_form_is_refused(tel: str) -> None:
    with pytest.raises(ValueError, match="digits"):
        monthly(tel, datetime(2026, 12, 1, tzinfo=UTC))


@given(
    tel=st.from_regex(r"\A\+[1-9][0-9]{0,14}\Z"),
    when=st.datetimes(timezones=st.just(UTC)),
)
def test_every_identifier_says_its_month_and_number_and_nothing_else(tel: str, when: datetime) -> None:
    month, uri, rest = monthly(tel, when).split(b"\0")
    assert (len(month), uri, rest) == (7, b"tel:" + tel.encode(), b"")


def test_the_hashed_uid_is_the_hash_of_parameters_each_followed_by_its_length() -> None:
    octets = (
        b"\x00"
        + b"MIKEY-SAKKE-UID\x00\x0f"
        + b"user@example.org\x00\x10"
        + b"kms.example.org\x00\x0f"
        + b"\x27\x8d\x00\x00\x03"  # 2592000 s in three octets, not four
        + b"\x00\x00\x01"  # zero is one octet
        + b"\x06\x04\x00\x02"
    )
    uid = hashed_uid(
        "user@example.org", "kms.example.org", period_s=2592000, offset_s=0, period_number=0x0604
    )
    assert uid == hashlib.sha256(octets).digest()


GOOD: dict[str, Any] = {
    "user_uri": "user@example.org",
    "kms_uri": "kms.example.org",
    "period_s": 2592000,
    "offset_s": 0,
    "period_number": 1544,
}


@pytest.mark.parametrize(
    "change",
    [
        {"user_uri": "sip:user@example.org"},
        {"kms_uri": "kms.example.com"},
        {"period_s": 2592001},
        {"offset_s": 1},
        {"period_number": 1545},
    ],
)
def test_every_parameter_of_the_hashed_uid_counts(change: dict[str, Any]) -> None:
    assert hashed_uid(**{**GOOD, **change}) != hashed_uid(**GOOD)


@pytest.mark.parametrize(
    "change",
    [
        {"user_uri": ""},
        {"kms_uri": ""},
        {"user_uri": "x" * 65536},
        {"period_s": 0},
        {"period_s": -1},
        {"offset_s": -1},
        {"offset_s": 2592000},
        {"period_number": -1},
    ],
)
def test_an_impossible_hashed_uid_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        hashed_uid(**{**GOOD, **change})
