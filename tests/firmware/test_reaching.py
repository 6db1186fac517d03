"""The phone tells the image's fence which server it is about to reach, and nobody where there is no fence."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from firmware.services.reaching import Reaching
from firmware.system.fence import read_order


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "run" / "fence"
    folder.mkdir(parents=True)
    return folder


def announce(home: Path, *servers: str) -> None:
    async def run() -> None:
        reaching = Reaching(home)
        for server in servers:
            await reaching.announce(server)

    asyncio.run(run())


@pytest.mark.parametrize("server", ["192.0.2.7:5061", "[2001:db8::5]:5061"])
def test_the_order_is_one_that_the_fence_takes(tmp_path: Path, folder: Path, server: str) -> None:
    announce(tmp_path, server)
    order = read_order((folder / "order").read_bytes())
    assert f"{order.addresses[0]}" in server
    assert order.port == 5061


def test_the_fence_can_read_it_and_nobody_else_can_write_it(tmp_path: Path, folder: Path) -> None:
    announce(tmp_path, "192.0.2.7:5061")
    assert (folder / "order").stat().st_mode & 0o777 == 0o644


def test_the_same_server_is_announced_once_and_another_at_once(tmp_path: Path, folder: Path) -> None:
    async def run() -> None:
        reaching = Reaching(tmp_path)
        await reaching.announce("192.0.2.7:5061")
        (folder / "order").unlink()
        await reaching.announce("192.0.2.7:5061")
        assert not (folder / "order").exists()
        await reaching.announce("192.0.2.8:5061")

    asyncio.run(run())
    assert (folder / "order").read_bytes() == b"192.0.2.8:5061\n"


def test_a_server_that_cannot_be_found_is_not_announced(tmp_path: Path, folder: Path) -> None:
    announce(tmp_path, "no-such-host.invalid:5061")
    assert list(folder.iterdir()) == []


def test_a_desk_computer_has_no_fence(tmp_path: Path) -> None:
    announce(tmp_path, "192.0.2.7:5061")
    assert list(tmp_path.iterdir()) == []


def test_a_fence_that_takes_no_order_does_not_keep_the_phone_from_trying(
    tmp_path: Path, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / "order").mkdir()
    announce(tmp_path, "192.0.2.7:5061")
    assert "the fence is not told" in caplog.text
