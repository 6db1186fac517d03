"""A card's serial as people read and type it: on the CMS's screen, on the CRS's, and on paper."""

from __future__ import annotations

from crypto.fields import MAX_SERIAL

DIGITS = 16
_DECIMAL_DIGITS = 20


def serial_text(serial: int) -> str:
    """Return a serial (1 to 2^64 - 1) as sixteen hexadecimal digits in groups of four."""
    digits = f"{serial:0{DIGITS}X}"
    return " ".join(digits[at : at + 4] for at in range(0, DIGITS, 4))


def serials_of(typed: str) -> frozenset[int]:
    """Return the serials that somebody may mean: sixteen hexadecimal digits, however they are grouped and in
    either case, or a decimal number, as certificates have it. None if it is neither, two if it is both.
    """
    digits = "".join(typed.split()).replace("-", "").replace(":", "")
    if not digits.isascii() or not digits.isalnum():
        return frozenset()
    found = set()
    if len(digits) == DIGITS and not set(digits.upper()) - set("0123456789ABCDEF"):
        found.add(int(digits, 16))
    if digits.isdecimal() and len(digits) <= _DECIMAL_DIGITS:
        found.add(int(digits))
    return frozenset(one for one in found if 0 < one <= MAX_SERIAL)
