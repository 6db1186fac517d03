"""Follow the self-test of a phone from outside, and have a phone to test if none runs."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

from firmware.phone_interface import PhoneInterface, SelfTestEvent
from firmware.text import Words
from firmware.varlink import connect, socket_path

START_S = 20.0

Person = Callable[[SelfTestEvent], Awaitable[None]]
"""Does what the self-test asks for."""
Sitting = Callable[[Path], contextlib.AbstractAsyncContextManager[Person]]
"""Sits somebody down at the phone in a directory."""


async def follow_self_test(
    home: Path, board: str, *, say: Callable[[str], None], sitting: Sitting | None = None
) -> int:
    """Say line by line what is asked for and how each part did; return how many failed, or 1 if it was left.

    The phone in `home` is used if it runs, else one is started. Raises ConnectionError, interfaces.Refused.
    """
    words, failed = Words(), 0
    async with contextlib.AsyncExitStack() as stack:
        await stack.enter_async_context(_phone(home, board))
        person = None if sitting is None else await stack.enter_async_context(sitting(home))
        connection = await connect(socket_path(home, "phone"), PhoneInterface, patience_s=START_S)
        stack.callback(connection.close)
        async for reply in connection.call.SelfTest():
            event: SelfTestEvent = reply["event"]
            failed += event.state in ("failed", "left")
            for line in _lines(event, words):
                say(line)
            if person is not None:
                await person(event)
    return failed


def _lines(event: SelfTestEvent, words: Words) -> list[str]:
    name = words(f"test {event.part}") if event.part else ""
    match event.state:
        case "asks":
            wanted = event.detail if words.has(event.detail) else "press every key"
            return [f"{name:<12} {words(wanted)}"]
        case "failed":
            advice = words("failed hook polarity" if event.detail == "polarity" else f"failed {event.part}")
            return [f"{name:<12} FAILED {event.code}  {event.detail}".rstrip(), f"{'':<12} {advice}"]
        case "passed" | "skipped":
            return [f"{name:<12} {words(f'outcome {event.state}')}  {event.detail}".rstrip()]
        case "left":
            return ["The self-test was left before its end."]
        case _:
            return []


@contextlib.asynccontextmanager
async def _phone(home: Path, board: str) -> AsyncIterator[None]:
    """Have a phone running in `home`: the one that does, or one of our own until the block ends."""
    try:
        (await connect(socket_path(home, "phone"), PhoneInterface, patience_s=0.0)).close()
    except ConnectionError:
        running = False
    else:
        running = True
    if running:
        yield
        return
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "firmware",
        "--board",
        board,
        "--home",
        str(home),
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
