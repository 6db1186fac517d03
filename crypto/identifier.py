"""The identifiers that are public keys: number and month (RFC 6509 §3.2), or the 3GPP hashed UID."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime

_E164 = re.compile(r"\+[1-9][0-9]{0,14}", re.ASCII)
_UID_FIXED_STRING = b"MIKEY-SAKKE-UID"


def check_tel(tel: str) -> str:
    """Return `tel` if it is a number in global form, '+' and 1 to 15 digits (E.164). Else ValueError."""
    if not _E164.fullmatch(tel):
        raise ValueError("a number is '+' and 1 to 15 digits, without spaces")
    return tel


def month_of(when: datetime) -> str:
    """Return the UTC month of a moment, ``YYYY-MM``. Raises ValueError for a naive datetime."""
    if when.tzinfo is None or when.utcoffset() is None:
        raise ValueError("a moment without a time zone names no month")
    return when.astimezone(UTC).strftime("%Y-%m").zfill(7)


def monthly(tel: str, when: datetime) -> bytes:
    """Return the identifier of a number in the UTC month of `when` (RFC 6509 §3.2, ID scheme 1).

    ``YYYY-MM``, NUL, ``tel:`` and the number, NUL; both NULs belong to it.
    Raises ValueError for a number not in global form or a naive datetime.
    """
    return f"{month_of(when)}\0tel:{check_tel(tel)}\0".encode("ascii")


def hashed_uid(user_uri: str, kms_uri: str, *, period_s: int, offset_s: int, period_number: int) -> bytes:
    """Return the 32-octet UID of a user in one key period (3GPP TS 33.180 F.2.1, ID scheme 2).

    `period_s` and `offset_s` are in seconds, `period_number` counts periods since 1900-01-01.
    Raises ValueError for an empty URI, one longer than 65535 octets, or an impossible period.
    """
    if period_s < 1 or not 0 <= offset_s < period_s or period_number < 0:
        raise ValueError("the period must be positive, its offset shorter than it, its number not negative")
    uid = hashlib.sha256(b"\x00")
    for parameter in (
        _UID_FIXED_STRING,
        user_uri.encode(),
        kms_uri.encode(),
        _minimal(period_s),
        _minimal(offset_s),
        _minimal(period_number),
    ):
        if not 1 <= len(parameter) <= 0xFFFF:
            raise ValueError("a URI is between 1 and 65535 octets")
        uid.update(parameter + len(parameter).to_bytes(2, "big"))  # Pi ‖ Li: the length comes after
    return uid.digest()


def _minimal(number: int) -> bytes:
    """The shortest big-endian form; zero is one zero octet."""
    return number.to_bytes(max(1, (number.bit_length() + 7) // 8), "big")
