"""What is said of a process that grows."""

from __future__ import annotations

from demo.health import Vitals, growth


def looks(*private_kb: int) -> list[Vitals]:
    return [Vitals(private_kb=kb, descriptors=8, threads=2) for kb in private_kb]


STEP = looks(*[25_000] * 8, *[32_000] * 8)


def test_what_grows_is_told() -> None:
    assert growth(STEP) == "memory from 25000 to 32000 kB"
    assert growth(looks(*[25_000] * 16)) == ""


def test_what_a_process_may_come_to_keep_is_none_of_it() -> None:
    assert growth(STEP, room_kb=10_000) == ""
    assert growth(looks(*[25_000] * 8, *[38_000] * 8), room_kb=10_000) != ""
