"""The self-test of the phone service, asked for by Varlink and walked by a person."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from firmware.interfaces import Refused
from firmware.phone_interface import PhoneInterface, SelfTestEvent
from firmware.varlink import connect, socket_path
from tests.firmware.paper_server import ASHA, PATIENCE_S
from tests.firmware.town import Town, play, town


async def walked(t: Town) -> list[SelfTestEvent]:
    """Do the person's part and return all that was told."""
    told: list[SelfTestEvent] = []
    phone = await connect(socket_path(t.home, "phone"), PhoneInterface, patience_s=PATIENCE_S)
    try:
        async for reply in phone.call.SelfTest():
            event: SelfTestEvent = reply["event"]
            told.append(event)
            if event.state != "asks":
                continue
            match event.detail.split()[0:2]:
                case ["press", "every"]:
                    for key in event.detail.removeprefix("press every key").split():
                        await t.desk.press(key)
                case ["lift"] | ["lift", "to"]:
                    await t.desk.lift()
                case ["lay", "down"]:
                    await t.desk.hang_up()
                    if event.detail.endswith("OK"):
                        await t.desk.press("soft4")
                case ["show", "something"]:
                    t.scan.view()
                case (
                    [_, "lit?"] | [_, "whole?"] | [_, "heard?"] | ["lamps", _] | ["patterns", _] | ["tone", _]
                ):
                    await t.desk.press("soft4")
    finally:
        phone.close()
    return told


def test_the_self_test_walks_every_part_and_ends(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            t.crs.date = time.time()
            async with asyncio.timeout(60):
                told = await walked(t)
            outcomes = {event.part: event.state for event in told if event.state != "asks"}
            assert outcomes.pop("") == "done"
            assert set(outcomes.values()) <= {"passed", "failed"}
            assert [part for part, state in outcomes.items() if state == "failed"] in ([], ["clock"])
            assert "Listen" in t.media.did
            assert "Tone test" in t.media.did
            assert "InitiateEcho" in t.keys.asked
            await t.desk.until("Keys: passed")
            await t.desk.hang_up()
            await t.desk.press("soft4")
            await t.desk.until("Ready")

    play(story)


def test_the_self_test_is_refused_in_a_call_and_a_caller_ends_it(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            phone = await connect(socket_path(t.home, "phone"), PhoneInterface, patience_s=PATIENCE_S)
            told: list[str] = []
            async for reply in phone.call.SelfTest():
                told.append(reply["event"].state)
                if told == ["asks"]:
                    t.crs.invite()
            assert told == ["asks", "left"]
            await t.desk.until("Incoming secure call")
            await t.desk.lift()
            with pytest.raises(Refused) as refused:
                await anext(phone.call.SelfTest())
            assert refused.value.p_code == "E42"
            phone.close()

    play(story)


def test_whoever_goes_away_ends_the_self_test(tmp_path: Path) -> None:
    async def story() -> None:
        async with town(tmp_path) as t:
            await t.desk.until("Ready")
            phone = await connect(socket_path(t.home, "phone"), PhoneInterface, patience_s=PATIENCE_S)
            stream = phone.call.SelfTest()
            await anext(stream)
            await t.desk.until("Press every key once")
            phone.close()
            # The next thing that is told finds nobody there.
            for _ in range(2):
                await t.desk.press("soft1")
            await t.desk.until("Ready")
            assert ASHA not in " ".join(t.desk.text)

    play(story)
