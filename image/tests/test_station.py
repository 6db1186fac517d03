"""The stranger on the phone's cable: what is lost on the way is sent again, and silence has an end."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from image.tests import station
from image.tests.station import GATEWAY_MAC, PHONE, PHONE_MAC, Station

ARP = struct.pack(">H", station.ARP)


@contextlib.contextmanager
def phone(folder: Path, lost: set[int]) -> Iterator[list[bytes]]:
    """A phone behind its fence: it says where it is, but for the questions (from 1) that its card has `lost`;
    yields all other frames that it was sent.
    """
    (folder / "run").mkdir()
    doors = [socket.socket(socket.AF_UNIX) for _ in range(2)]
    for door, name in zip(doors, ("inject.sock", "heard.sock"), strict=True):
        door.bind(str(folder / "run" / name))
        door.listen()
    taken: list[bytes] = []

    def answer() -> None:
        cables = [door.accept()[0] for door in doors]
        rest, asked = b"", 0
        while octets := cables[0].recv(65536):
            rest += octets
            while len(rest) >= 4 and len(rest) >= (end := 4 + int.from_bytes(rest[:4])):
                frame, rest = rest[4:end], rest[end:]
                if frame[12:14] != ARP:
                    taken.append(frame)
                    continue
                asked += 1
                if asked not in lost:
                    said = PHONE_MAC + socket.inet_aton(PHONE) + frame[22:32]
                    reply = GATEWAY_MAC + PHONE_MAC + frame[12:20] + b"\0\2" + said
                    cables[1].sendall(struct.pack(">I", len(reply)) + reply)
        for cable in cables:
            cable.close()

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    yield taken
    for door in doors:
        door.close()
    thread.join(10)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(station, "AGAIN_S", 0.05)


@pytest.mark.parametrize("lost", [set(), {1}, {1, 2, 4}, {7}], ids=str)
def test_every_port_is_asked_although_a_card_loses_frames(tmp_path: Path, lost: set[int]) -> None:
    with phone(tmp_path, lost) as taken, Station(tmp_path, timeout_s=10) as stranger:
        answers = stranger.ask(range(500), range(300))
    assert (answers.opened, answers.closed) == (frozenset(), frozenset())
    assert {station.syn(port) for port in range(500)} <= set(taken)
    assert {station.datagram(port) for port in range(300)} <= set(taken)


def test_a_phone_that_says_nothing_is_not_waited_for_without_end(tmp_path: Path) -> None:
    with (
        phone(tmp_path, set(range(1000))),
        Station(tmp_path, timeout_s=0.2) as stranger,
        pytest.raises(TimeoutError),
    ):
        stranger.ask(range(10))
