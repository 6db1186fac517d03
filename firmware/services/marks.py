"""When things happened, without what they were: HOME/log/phone.jsonl, one JSON object a line.

    {"ms": 1234567.8, "mark": "invite sent", "call": 3}

`ms` is CLOCK_MONOTONIC, so the marks of two phones on one computer can be compared. No number, no digit.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from types import TracebackType

LARGEST = 1_000_000
"""Octets after which the file begins anew at the next start."""


class Marks:
    """The file of marks; a context manager."""

    def __init__(self, home: Path) -> None:
        path = home / "log" / "phone.jsonl"
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > LARGEST:
            path.replace(path.with_suffix(".old.jsonl"))
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        self._file = os.fdopen(descriptor, "w", buffering=1)

    def __call__(self, mark: str, call: int | None = None, **values: float | str) -> None:
        """Note that `mark` happened now. Values are durations (`took_ms`) or reasons from the catalogue."""
        line: dict[str, float | str | int] = {"ms": round(time.monotonic() * 1000, 3), "mark": mark}
        if call is not None:
            line["call"] = call
        self._file.write(json.dumps(line | values) + "\n")

    def __enter__(self) -> Marks:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
