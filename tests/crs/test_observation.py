"""What the observer gets to see, and that a slow one disturbs nobody."""

from __future__ import annotations

import asyncio
import json
import socket
from pathlib import Path
from typing import Any

import pytest

from crs.errors import OperatorError
from crs.observation import MAX_READERS, MAX_UNREAD, SAMPLE_EVERY, SAMPLE_OCTETS, Observation
from crs.relay import RelayedCall, Side
from tests.crs.office import TIMEOUT, TurnedClock

PACKET = memoryview(bytes([0x80, 96]) + bytes(range(90)))


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_events_are_appended_to_a_file_one_a_line(tmp_path: Path) -> None:
    async def run() -> None:
        for _ in range(2):
            observation = Observation(clock=TurnedClock(), to_file=tmp_path / "seen")
            await observation.start()
            observation.event("invite", {"from": "+44", "octets": 7})
            await observation.stop()

    asyncio.run(run())
    first, second = lines(tmp_path / "seen")
    assert {key: first[key] for key in ("event", "from", "octets")} == {
        "event": "invite",
        "from": "+44",
        "octets": 7,
    }
    assert second["at"] > 1_700_000_000
    assert (tmp_path / "seen").stat().st_mode & 0o777 == 0o600


def test_a_full_disk_ends_the_file_aloud_and_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    async def run() -> None:
        observation = Observation(clock=TurnedClock(), to_file=Path("/dev/full"))
        await observation.start()
        assert observation.watched
        for _ in range(3):
            observation.event("invite", {"from": "+44"})
        assert not observation.watched
        await observation.stop()

    asyncio.run(run())
    assert caplog.text.count("/dev/full is not written any more: No space left on device") == 1


def test_packets_are_shown_by_their_beginning_and_not_too_often(tmp_path: Path) -> None:
    clock = TurnedClock()

    async def run() -> None:
        observation = Observation(clock=clock, to_file=tmp_path / "seen")
        await observation.start()
        for _ in range(100):
            observation.packet("call", Side.CALLER, PACKET)
        observation.packet("call", Side.CALLEE, PACKET)
        clock.turn(SAMPLE_EVERY)
        observation.packet("call", Side.CALLER, PACKET)
        await observation.stop()

    asyncio.run(run())
    seen = lines(tmp_path / "seen")
    assert [event["side"] for event in seen] == ["caller", "callee", "caller"]
    assert seen[0]["octets"] == len(PACKET)
    assert seen[0]["sample"] == PACKET[:SAMPLE_OCTETS].hex()


def test_counters_of_a_call_are_shown(tmp_path: Path) -> None:
    call = RelayedCall.begin(0.0)
    call.expect(Side.CALLER, frozenset({"a"}))
    call.receive(Side.CALLER, PACKET, ("a", 1), 0.0)

    async def run() -> None:
        observation = Observation(clock=TurnedClock(), to_file=tmp_path / "seen")
        await observation.start()
        observation.media({"call": call})
        await observation.stop()

    asyncio.run(run())
    (seen,) = lines(tmp_path / "seen")
    assert (seen["caller_packets"], seen["caller_octets"], seen["callee_packets"]) == (1, len(PACKET), 0)


def test_a_reader_that_does_not_read_is_dropped_and_others_go_on(tmp_path: Path) -> None:
    async def run() -> None:
        observation = Observation(clock=TurnedClock(), to_socket=tmp_path / "s")
        await observation.start()
        with socket.socket(socket.AF_UNIX) as slow:
            slow.connect(str(tmp_path / "s"))
            good, held = await asyncio.open_unix_connection(str(tmp_path / "s"), limit=2 * MAX_UNREAD)
            await _until(lambda: len(observation._readers) == 2)
            for _ in range(10_000):
                observation.event("padding", {"text": "x" * 1000})
                assert b"padding" in await asyncio.wait_for(good.readline(), TIMEOUT)
                if len(observation._readers) == 1:
                    break
            assert len(observation._readers) == 1
            observation.event("after", {})
            assert b"after" in await asyncio.wait_for(good.readline(), TIMEOUT)
            held.close()
            await held.wait_closed()
        await observation.stop()

    asyncio.run(run())


async def _until(condition: Any) -> None:
    async with asyncio.timeout(TIMEOUT):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0)


def test_only_so_many_may_look(tmp_path: Path) -> None:
    async def run() -> None:
        observation = Observation(clock=TurnedClock(), to_socket=tmp_path / "s")
        await observation.start()
        readers = [await asyncio.open_unix_connection(str(tmp_path / "s")) for _ in range(MAX_READERS)]
        await _until(lambda: len(observation._readers) == MAX_READERS)
        late, writer = await asyncio.open_unix_connection(str(tmp_path / "s"))
        assert await asyncio.wait_for(late.read(), TIMEOUT) == b""
        for _, open_writer in [*readers, (late, writer)]:
            open_writer.close()
            await open_writer.wait_closed()
        await observation.stop()

    asyncio.run(run())


def test_a_socket_left_by_a_dead_process_is_replaced(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(tmp_path / "s"))

    async def run() -> None:
        observation = Observation(clock=TurnedClock(), to_socket=tmp_path / "s")
        await observation.start()
        await asyncio.open_unix_connection(str(tmp_path / "s"))
        await observation.stop()

    asyncio.run(run())


def test_a_living_socket_or_another_file_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("precious")
    with socket.socket(socket.AF_UNIX) as living:
        living.bind(str(tmp_path / "s"))
        living.listen()
        for name in ("s", "file"):
            with pytest.raises(OperatorError, match="another path"):
                asyncio.run(Observation(clock=TurnedClock(), to_socket=tmp_path / name).start())
    assert (tmp_path / "file").read_text() == "precious"
