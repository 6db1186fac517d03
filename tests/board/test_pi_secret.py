"""The device secret of a Raspberry Pi: from OTP, from a file that is there, or made and said so."""

from __future__ import annotations

import errno
import os
import stat
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.pi import PiBoard
from board.pi_secret import (
    CUSTOMER_ROWS,
    PRIVATE_KEY,
    ROWS,
    SecretUnavailable,
    device_secret,
    has_firmware,
    otp_request,
    parse_answer,
    read_otp,
)

KEY = tuple(0x01020304 + row for row in range(ROWS))
BLANK = (0,) * ROWS


class Firmware:
    """The property mailbox: answers the tags that it knows."""

    def __init__(self, **rows: tuple[int, ...]) -> None:
        self.rows = {"private": PRIVATE_KEY, "customer": CUSTOMER_ROWS}
        self.known = {self.rows[name]: value for name, value in rows.items()}
        self.asked: list[int] = []

    def __call__(self, message: bytes) -> bytes:
        words = list(struct.unpack("<16I", message))
        assert words[0] == len(message) == 64
        assert (words[3], words[6], words[15]) == (40, ROWS, 0)
        self.asked.append(words[2])
        words[1] = 0x80000000
        if words[2] in self.known:
            words[4] = 0x80000000 | 40
            words[7:15] = self.known[words[2]]
        return struct.pack("<16I", *words)


def test_a_private_key_in_otp_is_the_source_of_the_secret_and_nothing_is_written(tmp_path: Path) -> None:
    secret = device_secret(tmp_path, Firmware(private=KEY, customer=BLANK))
    assert len(secret) == 32
    assert secret == device_secret(tmp_path, Firmware(private=KEY, customer=BLANK))
    assert list(tmp_path.iterdir()) == []


def test_the_secret_is_not_the_key_itself(tmp_path: Path) -> None:
    assert device_secret(tmp_path, Firmware(private=KEY)) != struct.pack(f">{ROWS}I", *KEY)


def test_customer_rows_serve_where_the_firmware_knows_no_private_key(tmp_path: Path) -> None:
    firmware = Firmware(customer=KEY)
    assert device_secret(tmp_path, firmware) == device_secret(tmp_path, Firmware(private=KEY))
    assert firmware.asked == [PRIVATE_KEY, CUSTOMER_ROWS]


@pytest.mark.parametrize("rows", [BLANK, (1,) + (0,) * 7, (*KEY[:7], 0), (0, *KEY[1:])])
def test_rows_that_were_never_written_or_not_all_are_no_key(
    tmp_path: Path, rows: tuple[int, ...], caplog: pytest.LogCaptureFixture
) -> None:
    secret = device_secret(tmp_path, Firmware(private=rows, customer=rows))
    assert (tmp_path / "device-secret").read_bytes() == secret
    assert stat.S_IMODE((tmp_path / "device-secret").stat().st_mode) == 0o600
    assert "whoever copies the card has it" in caplog.text
    assert secret.hex() not in caplog.text


@pytest.mark.parametrize("node", ["firmware/rpi-firmware", "soc/firmware", "soc@107c000000/firmware"])
def test_the_device_tree_says_whether_there_is_a_firmware_to_ask(tmp_path: Path, node: str) -> None:
    assert not has_firmware(tmp_path)
    (tmp_path / node).mkdir(parents=True)
    (tmp_path / node / "compatible").write_bytes(b"linaro,optee-tz\0")
    assert not has_firmware(tmp_path)
    (tmp_path / node / "compatible").write_bytes(b"raspberrypi,bcm2835-firmware\0simple-mfd\0")
    assert has_firmware(tmp_path)


def test_a_computer_without_the_mailbox_uses_a_file(tmp_path: Path) -> None:
    def nobody(_: bytes) -> bytes:
        raise FileNotFoundError("/dev/vcio")

    assert device_secret(tmp_path, nobody) == (tmp_path / "device-secret").read_bytes()


def test_a_phone_that_began_with_a_file_keeps_to_it(tmp_path: Path) -> None:
    first = device_secret(tmp_path, Firmware(private=BLANK))
    firmware = Firmware(private=KEY)
    assert device_secret(tmp_path, firmware) == first
    assert firmware.asked == []


def test_a_mailbox_that_may_not_be_opened_is_no_reason_to_make_another_secret(tmp_path: Path) -> None:
    def forbidden(_: bytes) -> bytes:
        raise PermissionError(13, "Permission denied")

    with pytest.raises(SecretUnavailable, match="group video"):
        device_secret(tmp_path, forbidden)
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_is_refused_and_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "device-secret").write_bytes(b"short")
    with pytest.raises(ValueError, match="must hold 32 octets"):
        device_secret(tmp_path, Firmware(private=KEY))


@given(st.binary(max_size=80))
def test_any_answer_is_rows_or_none(answer: bytes) -> None:
    rows = parse_answer(PRIVATE_KEY, answer)
    assert rows is None or len(rows) == ROWS
    read_otp(lambda _: answer)


@pytest.mark.parametrize("word", [0, 1, 2, 4, 6])
def test_an_answer_that_is_not_to_this_question_is_none(word: int) -> None:
    words = list(struct.unpack("<16I", Firmware(private=KEY)(otp_request(PRIVATE_KEY))))
    assert parse_answer(PRIVATE_KEY, struct.pack("<16I", *words)) == KEY
    words[word] ^= 0x80000001
    answer = struct.pack("<16I", *words)
    assert (parse_answer(PRIVATE_KEY, answer) is None) == (word != 0)


def nobody(_message: bytes) -> bytes:
    raise FileNotFoundError


def test_on_a_file_system_without_links_a_secret_is_made_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(source: object, target: object) -> None:
        raise PermissionError(errno.EPERM, "no links")

    monkeypatch.setattr(os, "link", no_links)
    first = device_secret(tmp_path, nobody)
    assert first == device_secret(tmp_path, nobody) == (tmp_path / "device-secret").read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["device-secret"]


def test_a_secret_that_the_service_manager_hands_over_is_the_boards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    (tmp_path / "device-secret").write_bytes(bytes(range(32)))
    assert PiBoard(tmp_path / "home").device_secret() == bytes(range(32))
    (tmp_path / "device-secret").write_bytes(b"short")
    with pytest.raises(ValueError, match="32 octets"):
        PiBoard(tmp_path / "home").device_secret()
