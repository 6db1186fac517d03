"""The values of RFC 6507, 6508 and 6509 (tests/vectors), as octets of the public faces."""

from __future__ import annotations

import json
from pathlib import Path

VECTORS = Path(__file__).resolve().parents[1] / "vectors"


class Values:
    """One file of RFC values; some scalars there have an odd number of hexadecimal digits."""

    def __init__(self, name: str) -> None:
        self._values = json.loads((VECTORS / name).read_text(encoding="utf-8"))["values"]

    def number(self, name: str) -> int:
        return int(self._values[name]["hex"], 16)

    def octets(self, name: str, length: int | None = None) -> bytes:
        if length is None:
            return bytes.fromhex(self._values[name]["hex"])
        return self.number(name).to_bytes(length, "big")

    def point(self, stem: str) -> bytes:
        return b"\x04" + self.octets(f"{stem}x", 128) + self.octets(f"{stem}y", 128)

    def names(self) -> list[str]:
        return list(self._values)

    def source(self, name: str) -> str:
        return str(self._values[name]["source"])


SAKKE = Values("sakke_rfc6508.json")
ECCSI = Values("eccsi_rfc6507.json")
