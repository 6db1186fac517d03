"""What the CRS sees, as it says itself: JSON lines from its socket, or from a file that it appends to."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
from collections.abc import AsyncIterator
from pathlib import Path

LINE_OCTETS = 8192
RETRY_S = 0.5
LOOK_S = 0.1


async def observations(path: Path) -> AsyncIterator[dict[str, object]]:
    """Yield every event that comes from now on, whether the CRS is there already, later, or again."""
    while True:
        with contextlib.suppress(OSError):
            if await asyncio.to_thread(path.is_socket):
                async for event in _from_socket(path):
                    yield event
            else:
                async for event in _from_file(path):
                    yield event
        await asyncio.sleep(RETRY_S)


def parse(line: bytes) -> dict[str, object] | None:
    """Return the event of one line, or None if the line is no event."""
    if len(line) > LINE_OCTETS:
        return None
    try:
        event = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(event, dict) or not isinstance(event.get("event"), str):
        return None
    return {str(name): value for name, value in event.items() if isinstance(value, str | int | float)}


async def _from_socket(path: Path) -> AsyncIterator[dict[str, object]]:
    reader, writer = await asyncio.open_unix_connection(path, limit=LINE_OCTETS)
    try:
        while True:
            try:
                line = await reader.readuntil(b"\n")
            except asyncio.IncompleteReadError:
                return
            except asyncio.LimitOverrunError as error:
                await reader.readexactly(error.consumed)
                continue
            event = parse(line)
            if event is not None:
                yield event
    finally:
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


async def _from_file(path: Path) -> AsyncIterator[dict[str, object]]:
    with path.open("rb") as file:
        file.seek(0, os.SEEK_END)
        rest = b""
        while True:
            octets = file.read(64 * 1024)
            if not octets:
                if os.stat(path).st_ino != os.fstat(file.fileno()).st_ino:
                    return  # another file has its name now
                await asyncio.sleep(LOOK_S)
                continue
            *lines, rest = (rest + octets).split(b"\n")
            rest = rest if len(rest) <= LINE_OCTETS else b""
            for line in lines:
                event = parse(line)
                if event is not None:
                    yield event
