"""The scan service as the phone sees it, with real frames; and what it can no longer do."""

from __future__ import annotations

import asyncio
import base64
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import segno
from PIL import Image

from board.desk.link import hold_up
from drivers.camera_synthetic import Hand, Pose
from firmware import varlink
from firmware.interfaces import Refused, ScanEvent, ScanInterface
from firmware.viewfinder import read_corners
from tests.drivers.cards import card, card_text, picture

TEXT = card_text()
CARD = card(TEXT)
PATIENCE_S = 15


@pytest.fixture
def service(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    arguments = ["--board", "virtual", "--home", str(tmp_path)]
    with (tmp_path / "scan.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "firmware.services.scan", *arguments], stdout=log, stderr=log
        )
    yield process
    process.kill()
    process.wait()


def scanning(
    home: Path, play: Callable[[varlink.Connection, AsyncIterator[ScanEvent]], Coroutine[Any, Any, None]]
) -> None:
    async def events(connection: varlink.Connection) -> AsyncIterator[ScanEvent]:
        async for reply in connection.call.Scan():
            yield reply["event"]

    async def run() -> None:
        async with asyncio.timeout(PATIENCE_S):
            connection = await varlink.connect(varlink.socket_path(home, "scan"), ScanInterface)
            try:
                await play(connection, events(connection))
            finally:
                connection.close()

    asyncio.run(run())


def decoder_of(service: subprocess.Popen[bytes]) -> int:
    children = Path(f"/proc/{service.pid}/task/{service.pid}/children").read_text().split()
    assert len(children) == 1
    return int(children[0])


def assert_confined(pid: int) -> None:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    assert {"Seccomp:\t2", "NoNewPrivs:\t1"} <= set(lines)
    limits = Path(f"/proc/{pid}/limits").read_text()
    assert "Max core file size        0 " in limits
    assert "Max address space         unlimited" not in limits


def test_a_card_held_up_is_read_and_the_service_is_gone(
    tmp_path: Path, service: subprocess.Popen[bytes]
) -> None:
    async def play(connection: varlink.Connection, events: AsyncIterator[ScanEvent]) -> None:
        first = await anext(events)
        assert (first.kind, first.text) == ("view", "")
        assert len(base64.b64decode(first.view)) == 112 * 64
        hold_up(tmp_path, Image.fromarray(Hand(CARD, pose=Pose(yaw=15)).see(0.5)))
        seen = [event async for event in events]
        assert [event.kind for event in seen[-2:]] == ["view", "code"]
        assert {event.kind for event in seen[:-2]} <= {"view"}
        assert seen[-1].text == TEXT
        # The last view is the picture that was read, and both say where in it the code is.
        assert seen[-1].corners == seen[-2].corners
        assert seen[-1].focus == seen[-2].focus > 50
        xs, ys = zip(*read_corners(seen[-1].corners), strict=True)
        view = np.frombuffer(base64.b64decode(seen[-2].view), np.uint8).reshape(64, 112)
        code = view[min(ys) : max(ys), min(xs) : max(xs)]
        assert max(ys) - min(ys) > 40
        assert code.mean() > 1.4 * view[:, :20].mean()

    scanning(tmp_path, play)
    assert service.wait(PATIENCE_S) == 0
    assert not varlink.socket_path(tmp_path, "scan").exists()
    assert TEXT[:20] not in (tmp_path / "scan.log").read_text()


def test_views_are_at_most_ten_a_second(tmp_path: Path, service: subprocess.Popen[bytes]) -> None:
    async def play(connection: varlink.Connection, events: AsyncIterator[ScanEvent]) -> None:
        await anext(events)
        began = time.monotonic()
        for _ in range(8):
            assert (await anext(events)).kind == "view"
        assert time.monotonic() - began > 0.65

    scanning(tmp_path, play)


def test_a_card_too_far_away_gets_a_hint(tmp_path: Path, service: subprocess.Popen[bytes]) -> None:
    hold_up(tmp_path, Image.fromarray(Hand(CARD, pose=Pose(fill=0.2)).see(0.5)))

    async def play(connection: varlink.Connection, events: AsyncIterator[ScanEvent]) -> None:
        async for event in events:
            assert event.kind == "view"
            if event.hint == "closer":
                return

    scanning(tmp_path, play)


def test_darkness_gets_a_hint(tmp_path: Path, service: subprocess.Popen[bytes]) -> None:
    async def play(connection: varlink.Connection, events: AsyncIterator[ScanEvent]) -> None:
        async for event in events:
            if event.hint == "light":
                return

    scanning(tmp_path, play)


def test_another_code_is_reported_so_that_the_phone_can_say_so(
    tmp_path: Path, service: subprocess.Popen[bytes]
) -> None:
    hold_up(tmp_path, picture(segno.make_qr("https://example.org/", error="l")))

    async def play(connection: varlink.Connection, events: AsyncIterator[ScanEvent]) -> None:
        last = [event async for event in events][-1]
        assert (last.kind, last.text) == ("code", "https://example.org/")

    scanning(tmp_path, play)


def test_a_part_of_a_structured_append_code_does_not_end_the_scan(
    tmp_path: Path, service: subprocess.Popen[bytes]
) -> None:
    # The part's own text is binary here, so that neither decoder may call it a text of another kind.
    parts = segno.make_sequence(np.random.default_rng(1).bytes(400), version=8, error="l", boost_error=False)
    hold_up(tmp_path, picture(parts[0]))

    async def play(connection: varlink.Connection, events: AsyncIterator[ScanEvent]) -> None:
        looked_at = 0
        while looked_at < 10:
            event = await anext(events)
            if event.kind != "view":
                return  # one decoder made a text of it: the phone will say what it is not
            looked_at += event.focus > 0  # the first ones are seen by nobody yet
        assert service.poll() is None
        hold_up(tmp_path, CARD)
        assert [event async for event in events][-1].text == TEXT

    scanning(tmp_path, play)


@pytest.mark.parametrize("death", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS])
def test_a_decoder_that_a_code_kills_ends_the_scan_with_a_word(
    tmp_path: Path, service: subprocess.Popen[bytes], death: signal.Signals
) -> None:
    async def play(connection: varlink.Connection, events: AsyncIterator[ScanEvent]) -> None:
        assert (await anext(events)).kind == "view"
        os.kill(decoder_of(service), death)
        last = [event async for event in events][-1]
        assert (last.kind, last.text) == ("failed", "")

    scanning(tmp_path, play)
    assert service.wait(PATIENCE_S) == 0


def test_a_camera_that_goes_away_ends_the_scan_with_a_word(
    tmp_path: Path, service: subprocess.Popen[bytes]
) -> None:
    async def play(connection: varlink.Connection, events: AsyncIterator[ScanEvent]) -> None:
        assert (await anext(events)).kind == "view"
        (tmp_path / "camera").rename(tmp_path / "gone")
        last = [event async for event in events][-1]
        assert (last.kind, last.text) == ("failed", "")

    scanning(tmp_path, play)
    assert service.wait(PATIENCE_S) == 0


def test_a_decoder_that_dies_before_the_scan_takes_the_service_with_it(
    tmp_path: Path, service: subprocess.Popen[bytes]
) -> None:
    async def play(connection: varlink.Connection, events: AsyncIterator[ScanEvent]) -> None:
        os.kill(decoder_of(service), signal.SIGKILL)
        await connection.lost()

    scanning(tmp_path, play)
    assert service.wait(PATIENCE_S) == 0


def test_a_killed_service_takes_its_decoder_with_it(tmp_path: Path, service: subprocess.Popen[bytes]) -> None:
    async def play(connection: varlink.Connection, events: AsyncIterator[ScanEvent]) -> None:
        await anext(events)
        life = os.pidfd_open(decoder_of(service))
        service.kill()
        gone = asyncio.Event()
        asyncio.get_running_loop().add_reader(life, gone.set)
        await gone.wait()
        asyncio.get_running_loop().remove_reader(life)
        os.close(life)

    scanning(tmp_path, play)


def test_a_caller_who_leaves_turns_the_camera_off(tmp_path: Path, service: subprocess.Popen[bytes]) -> None:
    async def play(connection: varlink.Connection, events: AsyncIterator[ScanEvent]) -> None:
        assert (await anext(events)).kind == "view"

    scanning(tmp_path, play)
    assert service.wait(PATIENCE_S) == 0


def test_a_second_caller_is_refused(tmp_path: Path, service: subprocess.Popen[bytes]) -> None:
    async def play(connection: varlink.Connection, events: AsyncIterator[ScanEvent]) -> None:
        await anext(events)
        other = await varlink.connect(varlink.socket_path(tmp_path, "scan"), ScanInterface)
        with pytest.raises(Refused) as refusal:
            async for _ in other.call.Scan():
                pass
        assert refusal.value.p_code == "E43"
        other.close()
        assert (await anext(events)).kind == "view"

    scanning(tmp_path, play)


def test_the_service_stops_when_told(tmp_path: Path, service: subprocess.Popen[bytes]) -> None:
    async def play(connection: varlink.Connection, events: AsyncIterator[ScanEvent]) -> None:
        await anext(events)
        service.terminate()
        await connection.lost()

    scanning(tmp_path, play)
    assert service.wait(PATIENCE_S) == 0


def test_service_and_decoder_are_confined_before_a_frame_is_read(
    tmp_path: Path, service: subprocess.Popen[bytes]
) -> None:
    hold_up(tmp_path, Image.fromarray(Hand(CARD, pose=Pose(fill=0.2)).see(0.5)))

    async def play(connection: varlink.Connection, events: AsyncIterator[ScanEvent]) -> None:
        await anext(events)
        assert_confined(service.pid)
        while not (await anext(events)).hint:
            pass
        assert_confined(decoder_of(service))

    scanning(tmp_path, play)
