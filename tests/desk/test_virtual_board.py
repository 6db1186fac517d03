"""The virtual board in a home directory."""

from __future__ import annotations

import asyncio
import stat
import threading
import time
from pathlib import Path

import pytest

from board.desk.link import DeskClient
from board.ports import open_board
from board.virtual import VirtualBoard
from drivers.sound_alsa import ALSASoundCard
from drivers.sound_desk import DeskSoundCard


def test_the_board_is_opened_by_name(tmp_path: Path) -> None:
    assert isinstance(open_board("virtual", tmp_path), VirtualBoard)
    with pytest.raises(ValueError, match="unknown board"):
        open_board("toaster", tmp_path)


def test_the_device_secret_is_made_once_and_stays(tmp_path: Path) -> None:
    secret = VirtualBoard(tmp_path).device_secret()
    assert len(secret) == 32
    assert VirtualBoard(tmp_path).device_secret() == secret
    assert stat.S_IMODE((tmp_path / "device-secret").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["device-secret"]


def test_two_boards_have_two_secrets(tmp_path: Path) -> None:
    assert VirtualBoard(tmp_path / "a").device_secret() != VirtualBoard(tmp_path / "b").device_secret()


def test_services_that_ask_at_the_same_time_get_the_same_secret(tmp_path: Path) -> None:
    start = threading.Barrier(8)
    secrets: list[bytes] = []

    def ask() -> None:
        start.wait()
        secrets.append(VirtualBoard(tmp_path).device_secret())

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(secrets) == 8
    assert len(set(secrets)) == 1


@pytest.mark.parametrize("octets", [b"", bytes(31), bytes(33)])
def test_a_damaged_device_secret_is_an_error_and_is_not_replaced(tmp_path: Path, octets: bytes) -> None:
    (tmp_path / "device-secret").write_bytes(octets)
    with pytest.raises(ValueError, match="must hold 32 octets"):
        VirtualBoard(tmp_path).device_secret()
    assert (tmp_path / "device-secret").read_bytes() == octets


def test_the_clock_is_right_unless_told_to_be_wrong(tmp_path: Path) -> None:
    board = VirtualBoard(tmp_path)
    assert abs(board.now() - time.time()) < 5
    (tmp_path / "clock-offset").write_text("-86400\n")
    assert abs(board.now() - (time.time() - 86400)) < 5


@pytest.mark.parametrize("text", ["", "soon", "1 2"])
def test_an_offset_that_is_no_number_is_an_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "clock-offset").write_text(text)
    with pytest.raises(ValueError, match="one number of seconds"):
        VirtualBoard(tmp_path).now()


@pytest.mark.parametrize(
    ("toml", "kind"),
    [
        (None, DeskSoundCard),
        ("", DeskSoundCard),
        ('sound = "desk"', DeskSoundCard),
        ('sound = "file"', ALSASoundCard),
        ('sound = "null"', ALSASoundCard),
        ('sound = "pulse"\n[pulse]\nserver = "unix:/x"\nsink = "a"\nsource = "b"', ALSASoundCard),
        ('sound = "alsa"\n[alsa]\near = "a"\nhandset = "b"\nring = "c"', ALSASoundCard),
    ],
)
def test_board_toml_chooses_the_sound(tmp_path: Path, toml: str | None, kind: type) -> None:
    if toml is not None:
        (tmp_path / "board.toml").write_text(toml)
    sound = VirtualBoard(tmp_path).sound()
    assert isinstance(sound, kind)
    assert (sound.rate, sound.period) == (16000, 320)
    sound.close()


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('sound = "trumpet"', 'use "desk", "file", "null", "pulse" or "alsa"'),
        ('sound = "alsa"', "needs a table"),
        ('sound = "alsa"\n[alsa]\near = "a"', "needs a table"),
        ('sound = "alsa"\n[alsa]\near = "a"\nhandset = "b"\nring = 5', "needs a table"),
        ('sound = "alsa"\n[alsa]\near = "a"\nhandset = "b"\nbell = "c"', "needs a table"),
        ('sound = "alsa"\n[alsa]\near = "hw:0"\nhandset = "b"', "CARD=NAME"),
        ("sound = 5", 'use "desk"'),
        ('sound = "pulse"', "needs a table"),
        ('sound = "pulse"\n[pulse]\nserver = 5', "needs a table"),
        ("sound = desk", "is not TOML"),
        ("\xff", "is not TOML"),
    ],
)
def test_a_wrong_board_toml_says_what_is_right(tmp_path: Path, toml: str, said: str) -> None:
    (tmp_path / "board.toml").write_bytes(toml.encode("latin-1"))
    with pytest.raises(ValueError, match=said):
        VirtualBoard(tmp_path).sound()


def test_speech_that_is_no_wav_is_refused(tmp_path: Path) -> None:
    (tmp_path / "board.toml").write_text('sound = "file"')
    (tmp_path / "sound").mkdir()
    (tmp_path / "sound" / "say.wav").write_bytes(b"noise")
    with pytest.raises(ValueError, match=r"say\.wav"):
        VirtualBoard(tmp_path).sound()


def test_a_handset_off_its_cradle_stays_there_when_the_phone_starts_anew(tmp_path: Path) -> None:
    async def lift(lifted: bool) -> None:
        async with DeskClient(tmp_path) as desk:
            await (desk.lift() if lifted else desk.hang_up())
            await desk.until(lambda client: client.lifted is lifted)

    for lifted in (True, False):
        board = VirtualBoard(tmp_path)
        hook = board.hook()
        asyncio.run(lift(lifted))
        board.close()
        again = VirtualBoard(tmp_path)
        assert again.hook().lifted is lifted is hook.lifted
        again.close()
