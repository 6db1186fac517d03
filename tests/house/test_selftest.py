"""The self-test of a whole virtual phone, with a hand of its own."""

from __future__ import annotations

import asyncio
from pathlib import Path

from demo.hand import hand
from firmware.self_test import PARTS
from firmware.self_test_run import follow_self_test
from firmware.text import Words


def test_a_phone_out_of_the_box_passes_every_part_that_needs_no_enrolment(tmp_path: Path) -> None:
    said: list[str] = []
    failed = asyncio.run(follow_self_test(tmp_path, "virtual", say=said.append, sitting=hand))
    assert failed == 0, said
    words = Words()
    for part in PARTS:
        name = words(f"test {part}")
        outcome = "skipped" if part in ("network", "clock", "vault") else "passed"
        assert any(line.startswith(name) and outcome in line for line in said), (part, said)
