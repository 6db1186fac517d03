"""Bundles on a USB stick: which of them a phone looks into. Pure.

The name only chooses; whether it is true is told by the bundle, when its signature has been verified.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from firmware.update_check import Version, read_version

MOST_NAMES = 1000
"""Of what lies on a stick no more is looked at."""
_NAME = re.compile(r"sottovoce-([0-9]{1,6}(?:\.[0-9]{1,6}){2})-([a-z0-9-]{1,64})\.raucb")


def choose(names: Iterable[str], *, kind: str, have: Version) -> str:
    """Return the newest bundle for phones that call themselves `kind`, if it is newer than `have`; or ''."""
    newest, chosen = have, ""
    for name in names:
        found = _NAME.fullmatch(name)
        if found is None or f"sottovoce-{found[2]}" != kind:
            continue
        try:
            version = read_version(found[1])
        except ValueError:
            continue
        if version > newest:
            newest, chosen = version, name
    return chosen
