"""What the CRS says it sees, from its socket or its file."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from board.desk.observed import LINE_OCTETS, observations, parse

PATIENCE_S = 10


def line(event: str, **detail: Any) -> bytes:
    return json.dumps({"at": 1.0, "event": event, **detail}).encode() + b"\n"


def following(
    path: Path, play: Callable[[AsyncIterator[dict[str, object]]], Coroutine[Any, Any, None]]
) -> None:
    async def run() -> None:
        async with asyncio.timeout(PATIENCE_S):
            events = observations(path)
            await play(events)
            await events.aclose()  # type: ignore[attr-defined]

    asyncio.run(run())


def test_a_socket_is_followed_even_when_the_crs_starts_anew(tmp_path: Path) -> None:
    path = tmp_path / "observe.sock"

    async def play(events: AsyncIterator[dict[str, object]]) -> None:
        for name in ("first", "second"):

            async def speak(
                _reader: asyncio.StreamReader, writer: asyncio.StreamWriter, name: str = name
            ) -> None:
                writer.write(b"garbage\n" + b"x" * (3 * LINE_OCTETS) + b"\n" + line(name))
                await writer.drain()
                writer.close()
                await writer.wait_closed()

            server = await asyncio.start_unix_server(speak, path)
            assert await anext(events) == {"at": 1.0, "event": name}
            server.close()
            await server.wait_closed()
            path.unlink(missing_ok=True)

    following(path, play)


def test_a_file_is_followed_from_its_end(tmp_path: Path) -> None:
    path = tmp_path / "observed.jsonl"
    path.write_bytes(line("old"))

    async def play(events: AsyncIterator[dict[str, object]]) -> None:
        coming = asyncio.ensure_future(anext(events))
        while not coming.done():
            with path.open("ab") as file:
                file.write(line("new")[:9])
                file.flush()
                await asyncio.sleep(0.01)
                file.write(line("new")[9:])
            await asyncio.sleep(0.01)
        assert (await coming)["event"] == "new"

    following(path, play)


def test_a_file_that_comes_later_is_followed(tmp_path: Path) -> None:
    path = tmp_path / "observed.jsonl"

    async def play(events: AsyncIterator[dict[str, object]]) -> None:
        coming = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0)
        while not coming.done():
            with path.open("ab") as file:
                file.write(line("new"))
            await asyncio.sleep(0.01)
        assert (await coming)["event"] == "new"

    following(path, play)


@given(st.binary(max_size=300))
def test_any_octets_are_an_event_or_nothing(octets: bytes) -> None:
    assert parse(octets) is None or "event" in (parse(octets) or {})


def test_what_is_too_long_or_deep_is_nothing() -> None:
    assert parse(line("x", long="x" * LINE_OCTETS)) is None
    assert parse(b"[" * LINE_OCTETS) is None
    assert parse(line("x", deep=[[1]])) == {"at": 1.0, "event": "x"}
