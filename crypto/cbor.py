"""Deterministic CBOR (RFC 8949 §4.2.1): one encoding for one value, and nothing read that is not it.

Values are integers of 64 bits, octets, text, booleans, null, arrays, and maps whose keys are all unsigned
integers or all text. Tags, floats, indefinite lengths, duplicate keys and over-long heads are refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import cbor2

from crypto.errors import PackageError

MAX_DEPTH = 8
_INTEGER, _NEGATIVE, _OCTETS, _TEXT, _ARRAY, _MAP, _TAG, _SIMPLE = range(8)
_FALSE, _TRUE, _NULL = 20, 21, 22
_FIRST_LONG = 24
_INDEFINITE = 28
_ANY_KEY = -1


def encode(value: object) -> bytes:
    """Return the one encoding of a value. Raises ValueError for a value that `decode` would refuse."""
    octets = cbor2.dumps(value, canonical=True)
    try:
        _scan(octets, MAX_DEPTH)
    except PackageError as error:
        raise ValueError(f"this value has no deterministic encoding here: {error}") from error
    return octets


def decode(octets: bytes, *, max_octets: int, max_depth: int = MAX_DEPTH) -> Any:
    """Return the value of exactly one deterministic encoding. Raises PackageError E03 for anything else."""
    if len(octets) > max_octets:
        raise damaged(f"{len(octets)} octets, at most {max_octets} are read")
    _scan(octets, max_depth)
    try:
        value = cbor2.loads(octets)
    except (cbor2.CBORDecodeError, ValueError) as error:
        raise damaged("not CBOR") from error
    # The scan bounds the work; the comparison settles key order, duplicates and everything else at once.
    if cbor2.dumps(value, canonical=True) != octets:
        raise damaged("not the deterministic encoding")
    return value


def fields(
    value: object, required: Mapping[int, type], optional: Mapping[int, type] | None = None
) -> dict[int, Any]:
    """Return a map of integer keys if it holds exactly these keys and types; PackageError E03 otherwise."""
    optional = optional or {}
    if type(value) is not dict:
        raise damaged("not a map")
    known = {**required, **optional}
    for key, content in value.items():
        if key not in known:
            raise damaged(f"unknown field {key!r}")
        if type(content) is not known[key]:
            raise damaged(f"field {key} has the wrong type")
    missing = [key for key in required if key not in value]
    if missing:
        raise damaged(f"field {missing[0]} is missing")
    return value


def rows(value: object, columns: tuple[type, ...], *, at_most: int) -> list[Any]:
    """Return an array of arrays after checking the type of each column; E03 otherwise."""
    if type(value) is not list or len(value) > at_most:
        raise damaged(f"not a list of at most {at_most} rows")
    for row in value:
        if type(row) is not list or tuple(type(cell) for cell in row) != columns:
            raise damaged("a row has the wrong shape")
    return value


def damaged(reason: str) -> PackageError:
    """Return the error for content that cannot be read. `reason` must not quote a secret."""
    return PackageError("E03", f"damaged: {reason}")


def _scan(octets: bytes, max_depth: int) -> None:
    """Walk the heads without building anything: bounded by the length of the input."""
    at = 0
    open_items: list[int] = [1]  # items still to come, innermost container last
    key_kinds: list[int | None] = [None]  # None: not a map; _ANY_KEY: a map whose keys may still be either
    while open_items:
        if open_items[-1] == 0:
            open_items.pop()
            key_kinds.pop()
            continue
        is_key = key_kinds[-1] is not None and open_items[-1] % 2 == 0
        open_items[-1] -= 1
        kind, argument, at = _head(octets, at)
        if is_key:
            # One kind of key only: then the orders of RFC 7049 and RFC 8949 are the same.
            if kind not in (_INTEGER, _TEXT) or key_kinds[-1] not in (_ANY_KEY, kind):
                raise damaged("the keys of a map are neither all unsigned integers nor all text")
            key_kinds[-1] = kind
        if kind in (_OCTETS, _TEXT):
            at += argument
            if at > len(octets):
                raise damaged("cut short")
        elif kind in (_ARRAY, _MAP):
            count = argument * 2 if kind == _MAP else argument
            if count > len(octets) - at:
                raise damaged("cut short")
            if len(open_items) > max_depth:
                raise damaged("nested too deeply")
            open_items.append(count)
            key_kinds.append(_ANY_KEY if kind == _MAP else None)
    if at != len(octets):
        raise damaged("octets after the end")


def _head(octets: bytes, at: int) -> tuple[int, int, int]:
    """Read one head: (major type, argument, offset after it)."""
    if at >= len(octets):
        raise damaged("cut short")
    kind, short = octets[at] >> 5, octets[at] & 31
    at += 1
    if kind == _TAG:
        raise damaged("a tag")
    if kind == _SIMPLE and short not in (_FALSE, _TRUE, _NULL):
        raise damaged("a float or an unknown simple value")
    if short < _FIRST_LONG:
        return kind, short, at
    if short >= _INDEFINITE:
        raise damaged("an indefinite length")
    width = 1 << (short - _FIRST_LONG)
    if at + width > len(octets):
        raise damaged("cut short")
    return kind, int.from_bytes(octets[at : at + width], "big"), at + width
