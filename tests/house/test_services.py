"""Any one of the four services dies in a call: it comes back, the person is told, no secret stays behind."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import pytest

from demo.house import wait_until
from tests.house.conftest import WatchedHouse, call, processes


@pytest.mark.parametrize(
    ("service", "here_says", "there_says"),
    [
        ("keys", "key service restarted", "Secure – verified"),
        ("media", "sound service restarted", "call ended"),
        ("scan", "Secure – verified", "Secure – verified"),
        ("phone", "phone service restarted", "connection lost"),
    ],
)
def test_a_service_killed_in_a_call_comes_back(
    house: WatchedHouse, service: str, here_says: str, there_says: str
) -> None:
    home = house.phone(house.people[0])

    async def story() -> None:
        async with house.desks() as (here, there):
            await call(here, there, house.people[1])
            old = processes(home, service)
            assert old
            for process in old:
                os.kill(process, signal.SIGKILL)
            await asyncio.to_thread(wait_until, lambda: _another(home, service, old), f"{service} stays dead")
            if service == "phone":
                await here.close()
                await here.connect()
            await here.until(here_says, 15)
            await there.until(there_says, 20)
        async with house.desks() as (here, there):
            await call(here, there, house.people[1])

    asyncio.run(story())
    assert not list(home.rglob("core*"))


def _another(home: Path, service: str, old: list[int]) -> bool:
    return any(process not in old for process in processes(home, service))


def test_no_service_can_leave_a_core_or_be_read_by_a_neighbour(house: WatchedHouse) -> None:
    home = house.phone(house.people[0])
    for service in ("keys", "media", "scan", "phone"):
        for process in processes(home, service):
            limits = Path(f"/proc/{process}/limits").read_text()
            (core,) = (line for line in limits.splitlines() if line.startswith("Max core file size"))
            assert core.split()[4:6] == ["0", "0"], service
