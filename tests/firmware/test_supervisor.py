"""The supervisor and its four children, as processes."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from board.desk.link import DeskClient
from firmware.__main__ import SERVICES, Supervisor

PATIENCE_S = 30.0
Children = dict[str, int]


class Running:
    """`python -m firmware` on the virtual board."""

    def __init__(self, home: Path) -> None:
        self.home = home
        home.mkdir(mode=0o700)
        (home / "board.toml").write_text('sound = "null"\n')
        self.log = home.parent / "supervisor.log"
        command = [sys.executable, "-m", "firmware", "--board", "virtual", "--home", str(home)]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)

    def children(self) -> Children:
        """Process numbers of the services that run now, by name."""
        found = {}
        pid = self.process.pid
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                words = Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
                name = next((word for word in words if word.startswith(b"firmware.services.")), b"")
                found[name.decode().rpartition(".")[2]] = int(child)
        return found

    async def until(self, condition: Callable[[Children], bool]) -> Children:
        """Wait until the children are as they should be."""
        async with asyncio.timeout(PATIENCE_S):
            while not condition(now := self.children()):
                assert self.process.poll() is None, self.log.read_text()
                await asyncio.sleep(0.02)
        return now


def _alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    phone = Running(tmp_path / "home")
    yield phone
    if phone.process.poll() is None:
        phone.process.kill()
    phone.process.wait()


def test_four_services_start_each_comes_back_and_all_stop_together(running: Running) -> None:
    async def story() -> Children:
        first = await running.until(lambda now: set(now) == set(SERVICES))
        async with DeskClient(running.home, patience_s=PATIENCE_S) as desk:
            await desk.until("Not enrolled", PATIENCE_S)
            killed = ("keys", "media", "scan")
            for name in killed:
                os.kill(first[name], signal.SIGKILL)
            second = await running.until(
                lambda now: all(now.get(name, first[name]) != first[name] for name in killed)
            )
            assert second["phone"] == first["phone"]
            await desk.until("Not enrolled", PATIENCE_S)
            os.kill(first["phone"], signal.SIGKILL)
        await running.until(lambda now: now.get("phone", first["phone"]) != first["phone"])
        async with DeskClient(running.home, patience_s=PATIENCE_S) as desk:
            await desk.until("Not enrolled", PATIENCE_S)
        return running.children()

    last = asyncio.run(story())
    running.process.terminate()
    assert running.process.wait(PATIENCE_S) == 0
    assert not any(_alive(pid) for pid in last.values())
    assert running.log.read_text().count("signal SIGKILL") == len(SERVICES)
    for folder, _, files in os.walk(running.home):
        for path in [Path(folder), *(Path(folder) / file for file in files)]:
            assert path.name == "board.toml" or path.stat().st_mode & 0o077 == 0, path


def test_no_service_outlives_a_supervisor_that_is_killed(running: Running) -> None:
    async def story() -> None:
        last = await running.until(lambda now: set(now) == set(SERVICES))
        running.process.kill()
        async with asyncio.timeout(PATIENCE_S):
            while any(_alive(pid) for pid in last.values()):  # noqa: ASYNC110 - other processes have no events
                await asyncio.sleep(0.02)

    asyncio.run(story())


def test_a_service_that_cannot_start_is_not_hammered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    ends: list[float] = []

    async def story() -> None:
        enough = asyncio.Event()
        supervisor = Supervisor("virtual", tmp_path)
        start = supervisor._start

        async def counted(name: str) -> asyncio.subprocess.Process:
            process = await start(name)
            if name == "keys":
                ends.append(time.monotonic())
                if len(ends) == 5:
                    enough.set()
            return process

        monkeypatch.setattr(supervisor, "_start", counted)
        task = asyncio.create_task(supervisor.run())
        await asyncio.wait_for(enough.wait(), PATIENCE_S)
        task.cancel()
        await asyncio.wait([task])

    asyncio.run(story())
    gaps = [later - earlier for earlier, later in pairwise(ends)]
    assert all(gap >= wait for gap, wait in zip(gaps, (0.1, 0.2, 0.4, 0.8), strict=True))
