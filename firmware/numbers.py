"""From the digits a person dials to the E.164 number that is a public key, and back to what is shown."""

from __future__ import annotations

import re

EXTENSION_DIGITS = 4
MOST_DIGITS = 15
"""ITU-T E.164 §6.2.1: a number has at most 15 digits, country code included."""

FEWEST_DIGITS = 7

_TWO_DIGIT_CODE = re.compile("2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]")
# Italy and San Marino dial the leading zero even from abroad: it is part of the number, not a prefix.
_ZERO_BELONGS = frozenset({"39", "378"})
_E164 = re.compile(rf"\+[1-9][0-9]{{{FEWEST_DIGITS - 1},{MOST_DIGITS - 1}}}")


class NotDiallable(ValueError):
    """What was dialled is no number from here."""


def is_e164(number: str) -> bool:
    """Say whether `number` is `+` and 7 to 15 digits, as identities are written."""
    return _E164.fullmatch(number) is not None


def country_code(number: str) -> str:
    """Return the country code of an E.164 number, without `+` (ITU-T E.164, list of assigned codes)."""
    digits = number.removeprefix("+")
    if digits[:1] in ("1", "7"):
        return digits[:1]
    return digits[:2] if _TWO_DIGIT_CODE.match(digits) else digits[:3]


def normalise(dialled: str, own: str) -> str:
    """Return the E.164 number that `dialled` means on the phone whose number is `own`.

    Four digits are a neighbour's: they replace the end of our own number, whatever they start with.
    Otherwise `+` or `00` (`011` in the North American plan) starts an international number, `0` a national
    one; a number of our own length that starts with our country code is taken as it is, and a shorter one
    replaces the end of our own. Raises NotDiallable.
    """
    code = country_code(own)
    international = "011" if code == "1" else "00"
    own_digits = own.removeprefix("+")
    if dialled.startswith("+"):
        digits = dialled[1:]
    elif len(dialled) == EXTENSION_DIGITS:
        digits = own_digits[:-EXTENSION_DIGITS] + dialled
    elif dialled.startswith(international):
        digits = dialled[len(international) :]
    elif dialled.startswith("0") and code not in _ZERO_BELONGS and code != "1":
        digits = code + dialled[1:]
    elif len(dialled) == len(own_digits) and dialled.startswith(code):
        digits = dialled
    elif 0 < len(dialled) <= len(own_digits) - len(code):
        digits = own_digits[: -len(dialled)] + dialled
    else:
        digits = ""
    number = "+" + digits
    if not is_e164(number):
        raise NotDiallable("this is not a number that can be dialled from here")
    return number


def shown(number: str, own: str) -> str:
    """Return `number` as people here know it: its last four digits if the rest is ours, else all of it."""
    if own and number[:-EXTENSION_DIGITS] == own[:-EXTENSION_DIGITS] and len(number) == len(own):
        return number[-EXTENSION_DIGITS:]
    return number
