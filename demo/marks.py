"""The marks that a phone service leaves in its log: what happened when, without a number or a digit."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from demo.house import CommandFailed


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one phone, in order. Times are milliseconds of this computer's monotonic clock."""

    marks: Sequence[Mapping[str, object]]

    @classmethod
    def read(cls, home: Path) -> Marks:
        """Read HOME/log/phone.jsonl."""
        lines = (home / "log" / "phone.jsonl").read_text().splitlines()
        return cls([json.loads(line) for line in lines])

    def at(self, mark: str) -> float:
        """Return when `mark` last happened. Raises CommandFailed if it never did."""
        return self._value(mark, "ms")

    def took(self, mark: str) -> float:
        """Return the duration noted with the last `mark`, in ms. Raises CommandFailed if there is none."""
        return self._value(mark, "took_ms")

    def _value(self, mark: str, key: str) -> float:
        for entry in reversed(self.marks):
            value = entry.get(key)
            if entry.get("mark") == mark and isinstance(value, int | float):
                return float(value)
        raise CommandFailed(f"the phone never noted {mark!r} with {key!r}")
