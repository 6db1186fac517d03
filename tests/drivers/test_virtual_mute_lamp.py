"""The mute lamp of the virtual phone, seen over its socket."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.virtual_mute_lamp import CLIENTS, VirtualMuteLamp
from drivers.virtual_wire import MUTE, parse_report, report


@pytest.fixture
def lamp(tmp_path: Path) -> Iterator[VirtualMuteLamp]:
    lamp = VirtualMuteLamp(tmp_path / "run" / "mute.sock")
    yield lamp
    lamp.close()


class Eye:
    """Looks at the lamp."""

    def __init__(self, path: Path) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(10)
        self.sock.connect(str(path))
        self._file = self.sock.makefile("rb")

    def next(self) -> object:
        """The next pattern, None when the lamp is gone."""
        line = self._file.readline()
        if not line:
            return None
        fields = parse_report(line)
        assert fields["lamp"] == MUTE
        return fields["pattern"]


def test_who_comes_is_told_the_state_and_then_every_change(lamp: VirtualMuteLamp, tmp_path: Path) -> None:
    early = Eye(tmp_path / "run" / "mute.sock")
    assert early.next() == "off"
    lamp.set(True)
    assert early.next() == "on"
    late = Eye(tmp_path / "run" / "mute.sock")
    assert late.next() == "on"
    lamp.set(True)
    lamp.set(False)
    assert (early.next(), late.next()) == ("off", "off")


def test_it_speaks_as_the_desk_link_does(lamp: VirtualMuteLamp, tmp_path: Path) -> None:
    eye = Eye(tmp_path / "run" / "mute.sock")
    assert eye._file.readline() == report(lamp=MUTE, pattern="off")


def test_who_goes_away_or_does_not_read_costs_nothing(lamp: VirtualMuteLamp, tmp_path: Path) -> None:
    path = tmp_path / "run" / "mute.sock"
    gone, deaf, eye = Eye(path), Eye(path), Eye(path)
    assert eye.next() == "off"
    gone.sock.shutdown(socket.SHUT_RDWR)
    for n in range(20_000):
        lamp.set(n % 2 == 0)
        if n < 4:
            assert eye.next() == ("on" if n % 2 == 0 else "off")
    assert deaf.next() == "off"


def test_no_more_than_eight_look_and_the_oldest_goes(lamp: VirtualMuteLamp, tmp_path: Path) -> None:
    path = tmp_path / "run" / "mute.sock"
    eyes = [Eye(path) for _ in range(CLIENTS + 1)]
    assert eyes[-1].next() == "off"
    assert [eyes[0].next(), eyes[0].next()] == ["off", None]
    lamp.set(True)
    assert [eyes[-1].next(), eyes[1].next(), eyes[1].next()] == ["on", "off", "on"]


def test_nobody_else_may_look(lamp: VirtualMuteLamp, tmp_path: Path) -> None:
    assert (tmp_path / "run" / "mute.sock").stat().st_mode & 0o777 == 0o600


def test_a_lamp_that_is_closed_goes_out_and_takes_its_socket_along(tmp_path: Path) -> None:
    path = tmp_path / "run" / "mute.sock"
    lamp = VirtualMuteLamp(path)
    eye = Eye(path)
    assert eye.next() == "off"
    lamp.set(True)
    lamp.close()
    lamp.close()
    assert [eye.next(), eye.next(), eye.next()] == ["on", "off", None]
    assert not path.exists()


def test_a_socket_left_by_a_dead_process_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "mute.sock"
    path.touch()
    lamp = VirtualMuteLamp(path)
    assert Eye(path).next() == "off"
    lamp.close()
