"""What is on a card: the names and places of its partitions, out of its GPT."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

SECTOR = 512
MOST_ENTRIES = 128
_HEADER = struct.Struct("<8s4sIIIQQQQ16sQIII")
_ENTRY = struct.Struct("<16s16sQQQ72s")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a partition lies in its card, in octets."""

    name: str
    start: int
    size: int


def read_partitions(card: Path) -> dict[str, Place]:
    """The partitions of a card by name. Raises ValueError if it has no GPT."""
    with card.open("rb") as file:
        file.seek(SECTOR)
        header = file.read(SECTOR)
        if len(header) < SECTOR or header[:8] != b"EFI PART":
            raise ValueError(f"{card} is no card: it has no GPT")
        fields = _HEADER.unpack(header[: _HEADER.size])
        table, count, size = fields[10], fields[11], fields[12]
        if count > MOST_ENTRIES or size != _ENTRY.size:
            raise ValueError(f"{card} has a GPT of {count} entries of {size} octets")
        file.seek(table * SECTOR)
        octets = file.read(count * size)
    found = {}
    for number in range(len(octets) // size):
        kind, _, first, last, _, label = _ENTRY.unpack_from(octets, number * size)
        if any(kind):
            name = label.decode("utf-16-le").rstrip("\0")
            found[name] = Place(name, first * SECTOR, (last - first + 1) * SECTOR)
    return found
