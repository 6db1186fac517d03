"""A walk at random that fails says where every phone stood."""

from __future__ import annotations

import asyncio
import json
import random
from pathlib import Path

import pytest

from board.desk.link import DeskClient
from demo import soak
from demo.house import Person

MARKS = 40


@pytest.fixture
def desk(tmp_path: Path) -> soak.Desk:
    client = DeskClient(tmp_path)
    client.text = ("> 1 Contacts", "Back | - | Next | Select")
    client.lamps = {"ring": "fast", "mute": "off"}
    client.lifted = True
    (tmp_path / "log").mkdir()
    lines = [json.dumps({"ms": 1000.0 * n, "mark": f"mark-{n}", "call": n}) + "\n" for n in range(MARKS)]
    (tmp_path / "log" / "phone.jsonl").write_text("".join(lines))
    return soak.Desk(Person("+441632960002", "Łukasz Żak"), tmp_path, client)


def failure(desk: soak.Desk) -> str:
    async def stuck(_: soak.Soak) -> None:
        raise TimeoutError("waited 40 s for 'Incoming secure call'")

    class Only(random.Random):
        def choice(self, _: object) -> object:  # type: ignore[override]
            return stuck

    with pytest.raises(soak.SoakFailed) as raised:
        asyncio.run(soak.Soak([desk], Only()).round())
    return str(raised.value)


@pytest.mark.parametrize(
    "told",
    [
        "round 1, stuck: waited 40 s for 'Incoming secure call'",
        "Łukasz Żak",
        "handset lifted",
        "ring fast",
        "> 1 Contacts\n",
        "   -1.000  mark-38 call=38\n",
        f"mark-{MARKS - soak.MARKS_TOLD} ",
    ],
)
def test_a_walk_that_fails_tells_screen_lamps_handset_and_marks(desk: soak.Desk, told: str) -> None:
    assert told in failure(desk)


def test_only_the_last_marks_are_told(desk: soak.Desk) -> None:
    assert f"mark-{MARKS - soak.MARKS_TOLD - 1} " not in failure(desk)


def test_a_phone_without_marks_is_told_of_all_the_same(desk: soak.Desk) -> None:
    (desk.home / "log" / "phone.jsonl").unlink()
    assert "no marks" in failure(desk)
    assert "ring fast" in failure(desk)
