"""A handset on a socket."""

from __future__ import annotations

import socket
import stat
import time

import pytest

from drivers.sound_alsa import PERIOD_OCTETS, SoundUnavailable
from drivers.sound_desk import BACKLOG, SILENCE, DeskSoundCard


def tone(number: int) -> bytes:
    return bytes([number, 0]) * (PERIOD_OCTETS // 2)


@pytest.fixture
def card(tmp_path):
    card = DeskSoundCard(tmp_path / "run" / "sound.sock")
    yield card
    card.close()


@pytest.fixture
def connect(tmp_path):
    desks = []

    def build() -> socket.socket:
        desk = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        desk.settimeout(5)
        desk.connect(str(tmp_path / "run" / "sound.sock"))
        desks.append(desk)
        return desk

    yield build
    for desk in desks:
        desk.close()


def receive(desk: socket.socket, octets: int) -> bytes:
    received = b""
    while len(received) < octets:
        more = desk.recv(octets - len(received))
        assert more
        received += more
    return received


def test_only_its_user_may_connect(card, tmp_path):
    assert stat.S_IMODE((tmp_path / "run" / "sound.sock").stat().st_mode) == 0o600


def test_without_a_desk_there_is_silence_in_real_time(card):
    card.open_capture("handset")
    card.open_playback("ear")
    began = time.monotonic()
    for _ in range(6):
        assert card.read() == SILENCE
        assert card.write(tone(1))
    assert time.monotonic() - began >= 0.099


def test_the_desk_hears_what_is_played(card, connect):
    desk = connect()
    card.open_playback("ear")
    for n in range(5):
        card.write(tone(n))
    assert receive(desk, 5 * PERIOD_OCTETS) == b"".join(map(tone, range(5)))


def test_the_microphone_hears_what_the_desk_says(card, connect):
    desk = connect()
    card.open_capture("handset")
    desk.sendall(tone(1) + tone(2) + tone(3)[:100])
    assert [card.read(), card.read()] == [tone(1), tone(2)]
    assert card.read() == SILENCE
    desk.sendall(tone(3)[100:])
    assert card.read() == tone(3)


def test_what_was_said_before_the_microphone_opened_is_not_heard(card, connect):
    desk = connect()
    desk.sendall(tone(9) * 3)
    card.open_playback("ear")
    card.write(SILENCE)
    desk.sendall(tone(8) * 3)
    card.open_capture("handset")
    assert card.read() == SILENCE
    card.close_capture()
    with pytest.raises(SoundUnavailable):
        card.read()


def test_a_desk_that_speaks_too_fast_is_heard_with_little_delay(card, connect):
    desk = connect()
    card.open_capture("handset")
    desk.sendall(b"".join(map(tone, range(60))))
    heard = [card.read() for _ in range(BACKLOG + 1)]
    assert heard == [*map(tone, range(60 - BACKLOG, 60)), SILENCE]


def test_a_desk_that_does_not_fetch_its_sound_stops_nobody(card, connect):
    desk = connect()
    desk.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    card.open_playback("ear")
    card._playback_pace._period_s = 0.0  # no need to wait for a thousand periods
    began = time.monotonic()
    for n in range(1000):
        assert card.write(tone(n % 200))
    assert time.monotonic() - began < 5
    heard = desk.recv(64 * PERIOD_OCTETS)
    assert heard[:PERIOD_OCTETS] == tone(0)


def test_a_new_desk_takes_the_place_of_the_old_one(card, connect):
    first = connect()
    card.open_playback("ear")
    card.write(tone(1))
    second = connect()
    card.write(tone(2))
    assert receive(first, PERIOD_OCTETS) == tone(1)
    assert first.recv(1) == b""
    assert receive(second, PERIOD_OCTETS) == tone(2)


def test_a_desk_that_goes_away_leaves_silence(card, connect):
    desk = connect()
    card.open_capture("handset")
    card.open_playback("ear")
    desk.sendall(tone(1)[:17])
    card.write(tone(1))
    desk.close()
    assert card.read() in (SILENCE,)
    assert card.write(tone(2))
    assert card.read() == SILENCE


def test_a_socket_of_a_dead_process_is_replaced_and_a_closed_one_is_gone(tmp_path):
    path = tmp_path / "sound.sock"
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(path))
    card = DeskSoundCard(path)
    with socket.socket(socket.AF_UNIX) as desk:
        desk.connect(str(path))
    card.close()
    assert not path.exists()
