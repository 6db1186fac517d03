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

from firmware import call_events as on
from firmware import call_state as at

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


def mark_step(marks: Marks, before: at.State, after: at.State, event: on.Event) -> None:
    """Note what a step of the call machine changed."""
    phase = after.phase
    if isinstance(event, on.Key):
        marks("key")
    if isinstance(event, on.Lifted | on.HungUp):
        marks("lifted" if isinstance(event, on.Lifted) else "hung up")
    if type(phase) is not type(before.phase):
        why = {"why": phase.why.value} if isinstance(phase, at.Over) else {}
        marks(_PHASES[type(phase)], after.call or before.call, **why)
    elif isinstance(phase, at.Talking) and isinstance(event, on.Media):
        marks(event.kind, event.call)
    for call in _held(after) ^ _held(before):
        if call in _held(after):
            marks("held", call)
        elif after.heard is not None and after.heard.call == call:
            marks("resumed", call)


def _held(state: at.State) -> set[int]:
    return {call.call for call in (state.phase, state.other) if isinstance(call, at.Talking) and call.held}


_PHASES: dict[type[at.Phase], str] = {
    at.Idle: "idle",
    at.OffHook: "off-hook",
    at.Dialling: "dialling",
    at.Preparing: "dialled",
    at.Calling: "calling",
    at.RingingOut: "peer rings",
    at.Incoming: "rings",
    at.Answering: "answering",
    at.Waiting: "peer answered",
    at.Talking: "talking",
    at.Over: "over",
}
