"""Runs the whole phone on a desk computer: four services as child processes, each started again when it ends.

    python -m firmware --board virtual --home DIR

On the phone itself the service manager does this, with a user and a sandbox for each.
"""

from __future__ import annotations

import argparse
import asyncio
import ctypes
import logging
import os
import signal
import sys
from pathlib import Path
from typing import BinaryIO

SERVICES = ("keys", "media", "scan", "phone")
FIRST_WAIT_S, LONGEST_WAIT_S = 0.05, 10.0
STEADY_S = 5.0
"""A service that ran this long is well; the next wait is short again."""
STOP_S = 5.0
LARGEST_LOG = 1_000_000
PR_SET_PDEATHSIG = 1

# Looked up here, because a child that was only just forked should not have to.
_prctl = ctypes.CDLL(None).prctl
_log = logging.getLogger("sottovoce.supervisor")


class Supervisor:
    """Keeps the four services of the phone in `home` running."""

    def __init__(self, board: str, home: Path) -> None:
        self._board = board
        self._home = home
        self._processes: dict[str, asyncio.subprocess.Process] = {}

    @property
    def running(self) -> dict[str, int]:
        """The process number of every service that runs now."""
        return {name: process.pid for name, process in self._processes.items()}

    async def run(self) -> None:
        """Run until cancelled; then stop all four, the phone first, so that it can say goodbye."""
        async with asyncio.TaskGroup() as group:
            for name in SERVICES:
                group.create_task(self._keep(name))

    async def _keep(self, name: str) -> None:
        wait = FIRST_WAIT_S
        loop = asyncio.get_running_loop()
        while True:
            began = loop.time()
            process = await self._start(name)
            _log.info("%s: started as process %d", name, process.pid)
            try:
                code = await process.wait()
            except asyncio.CancelledError:
                await self._stop(name, process)
                raise
            finally:
                del self._processes[name]
            _log.info("%s: ended with %s", name, _say(code))
            wait = FIRST_WAIT_S if loop.time() - began > STEADY_S else min(wait * 2, LONGEST_WAIT_S)
            await asyncio.sleep(FIRST_WAIT_S if code == 0 else wait)

    async def _start(self, name: str) -> asyncio.subprocess.Process:
        with _open_log(self._home / "log" / f"{name}.log") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                f"firmware.services.{name}",
                "--board",
                self._board,
                "--home",
                str(self._home),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=_end_with_parent,
            )
        self._processes[name] = process
        return process

    async def _stop(self, name: str, process: asyncio.subprocess.Process) -> None:
        if name != "phone" and "phone" in self._processes:
            # The phone hangs up through the others.
            phone = self._processes["phone"]
            await asyncio.wait([asyncio.ensure_future(phone.wait())], timeout=STOP_S)
        if process.returncode is not None:
            return
        process.terminate()
        try:
            async with asyncio.timeout(STOP_S):
                await process.wait()
        except TimeoutError:
            _log.warning("%s: does not stop; killed", name)
            process.kill()
            await process.wait()


def _end_with_parent() -> None:
    """In the child: be told to stop when the supervisor is killed."""
    _prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def _say(code: int) -> str:
    return f"code {code}" if code >= 0 else f"signal {signal.Signals(-code).name}"


def _open_log(path: Path) -> BinaryIO:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > LARGEST_LOG:
        path.replace(path.with_suffix(".old.log"))
    return path.open("ab")


async def supervise(board: str, home: Path) -> None:
    """Run the phone until SIGTERM or SIGINT."""
    running = asyncio.get_running_loop().create_task(Supervisor(board, home).run())
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, running.cancel)
    await asyncio.wait([running])
    if not running.cancelled():
        running.result()


def main(argv: list[str] | None = None) -> None:
    """Run the phone."""
    parser = argparse.ArgumentParser(prog="python -m firmware", description="The Sottovoce desk phone")
    parser.add_argument("--board", default="virtual", help="the board's name (default: virtual)")
    parser.add_argument("--home", required=True, type=Path, help="the phone's directory")
    arguments = parser.parse_args(argv)
    os.umask(0o077)
    arguments.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    asyncio.run(supervise(arguments.board, arguments.home.absolute()))


if __name__ == "__main__":
    main()
