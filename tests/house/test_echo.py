"""The test call of a whole phone: through its CRS and back, and it hears itself."""

from __future__ import annotations

import asyncio
import re

import numpy as np

from crs.relay import Side
from demo.call import SPEECH, _last_recording
from demo.house import wait_until
from demo.measure import RATE, compare, read_wave
from tests.house.conftest import WatchedHouse

SPOKEN_S = 6
ECHOED = 0.5
"""How loud an echo is at least, measured against what was said; the sidetone alone has 0.16."""


def test_a_phone_on_its_own_hears_itself_through_the_server(house: WatchedHouse) -> None:
    caller = house.people[0]
    house.datagrams.clear()

    async def story() -> None:
        async with house.desks() as (here, there):
            await here.press("soft4")
            await here.until("call log")
            await here.press("4")
            await here.until("lift the handset")
            await here.lift()
            await here.until("you hear yourself")
            await here.until(lambda desk: "00:07" in " ".join(desk.text), 20)
            assert "ready for secure calls" in " ".join(there.text).casefold(), "nobody else is rung"

    asyncio.run(story())
    wait_until(lambda: house.crs.switchboard.engine.calls == 0, "the end of the echo")
    assert {side for side, _ in house.datagrams} == {Side.CALLER}
    assert len({len(octets) for _, octets in house.datagrams}) == 1
    said = read_wave(SPEECH)[: SPOKEN_S * RATE]
    recording = read_wave(_last_recording(house.phone(caller) / "sound"))
    heard = compare(said, recording)
    part = recording[heard.offset : heard.offset + len(said)]
    assert heard.stoi > 0.8
    assert np.linalg.norm(part) > ECHOED * np.linalg.norm(said)
    log = (house.phone(caller) / "log" / "media.log").read_text().splitlines()
    account = next(line for line in reversed(log) if "call over:" in line)
    counted = {name: int(value) for name, value in re.findall(r"(\w+)=(\d+)", account)}
    assert counted["received"] > 50 * SPOKEN_S, account
    assert counted["rejected"] == 0, account
