"""What the self-test has to tell, from one moment to the next."""

from __future__ import annotations

from firmware.phone_interface import SelfTestEvent
from firmware.self_test import Test


def report(before: Test | None, after: Test | None) -> tuple[SelfTestEvent, ...]:
    """Return what is new since `before` (None at first); `after` is None if somebody left the test."""
    if after is None:
        return (SelfTestEvent("", "left", "", ""),)
    known = len(before.results) if before is not None else 0
    said = [
        SelfTestEvent(result.part, result.outcome, result.code, result.detail)
        for result in after.results[known:]
    ]
    if not after.part:
        return (*said, SelfTestEvent("", "done", "", ""))
    if after.wants and (before is None or (before.part, before.wants) != (after.part, after.wants)):
        missing = " ".join(sorted(after.missing)) if after.part == "keys" else ""
        said.append(SelfTestEvent(after.part, "asks", "", f"{after.wants} {missing}".strip()))
    return tuple(said)
