"""What a vault of version 3 holds, as one of version 4 says it. Pure.

    4 has, of the identity in use:   10 issuance rows with a count of openings; early ones of 3 had none
                                     12 the lists that partners' servers have given: none yet

A phone that was updated opens its vault as ever; the next time that anything changes it is written as 4.
"""

from __future__ import annotations

from typing import Any

from crypto import cbor
from firmware.vault import MAX_OCTETS

VERSION = 3
_CURRENT, _ISSUANCE, _FETCHED = 1, 10, 12
_WITHOUT_OPENINGS = 4


def migrated(octets: bytes) -> dict[int, Any] | None:
    """Return the content of a vault of version 3 as version 4 has it; None if it is of another version.

    Says nothing about whether it is sound: who reads version 4 does. Raises PackageError E03.
    """
    if octets[:1] != bytes([VERSION]):
        return None
    body = cbor.decode(octets[1:], max_octets=MAX_OCTETS)
    if type(body) is not dict:
        raise cbor.damaged("not a map")
    current = body.get(_CURRENT)
    if type(current) is dict:
        rows = current.get(_ISSUANCE)
        if type(rows) is list:
            current[_ISSUANCE] = [_with_openings(row) for row in rows]
        current[_FETCHED] = []
    return body


def _with_openings(row: object) -> object:
    return [*row, 0] if type(row) is list and len(row) == _WITHOUT_OPENINGS else row
