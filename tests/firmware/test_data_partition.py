"""The data partition is made once, whatever happens meanwhile, and never over what may be somebody's."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from board.pi_secret import SecretUnavailable
from firmware.system import data_partition
from firmware.system.data_partition import (
    COPY_OCTETS,
    MAPPED,
    MARK,
    MARK_AT,
    NOTE,
    Partition,
    Places,
    board_secret,
)
from firmware.system.volume import Found, Step, VolumeRefused, disk_key, next_step, vault_secret

SECRET, OTHER = bytes(range(32)), bytes(range(1, 33))
DEVICE_OCTETS = 40 * 1024 * 1024


class Cut(BaseException):
    """The power fails."""


class Hands:
    """Runs cryptsetup as it is; stands in for what needs the kernel's device mapper."""

    def __init__(self, mapper: Path) -> None:
        self.mapper = mapper
        self.ran: list[str] = []
        self.words: list[str] = []

    def __call__(self, command: Sequence[str | Path], given: bytes | None) -> int:
        words = [str(word) for word in command]
        self.words += words
        self.ran.append(words[0] if words[0] != "cryptsetup" else words[1])
        match words:
            case ["cryptsetup", "open", *options]:
                options = [option for option in options if option != MAPPED]
                tested = ["cryptsetup", "open", "--test-passphrase", *options]
                status = subprocess.run(tested, input=given, capture_output=True, check=False).returncode
                if status == 0:
                    # What the mapper would show: the file system, if one was made.
                    known = self.disk().read_bytes() if self.disk().exists() else b""
                    (self.mapper / MAPPED).write_bytes(known)
                return status
            case ["cryptsetup", *_]:
                return subprocess.run(words, input=given, capture_output=True, check=False).returncode
            case ["blkid", *_, opened]:
                return 0 if Path(opened).read_bytes() == b"ext4" else 2
            case ["mkfs.ext4", *_, opened]:
                Path(opened).write_bytes(b"ext4")
                self.disk().write_bytes(b"ext4")
                return 0
            case ["e2fsck", *_]:
                return 0
        raise AssertionError(words)

    def disk(self) -> Path:
        return self.mapper.parent / "disk"


class Card:
    """A card in a folder: its data partition is a file, its first partition a folder."""

    def __init__(self, folder: Path) -> None:
        if shutil.which("cryptsetup") is None and shutil.which("cryptsetup", path="/usr/sbin") is None:
            pytest.skip("cryptsetup is missing: install cryptsetup-bin")
        self.places = Places(
            device=folder / "data",
            first=folder / "first",
            mapper=folder / "mapper",
            vault=folder / "run/secret/device",
        )
        for made in (self.places.first, self.places.mapper, folder / "run"):
            made.mkdir()
        with self.places.device.open("wb") as file:
            file.truncate(DEVICE_OCTETS)
        self.hands = Hands(self.places.mapper)

    def start(self, secret: bytes = SECRET) -> Partition:
        """Switch on."""
        for opened in self.places.mapper.iterdir():
            opened.unlink()
        return Partition(self.places, secret, self.hands)

    def header(self) -> bytes:
        with self.places.device.open("rb") as file:
            return file.read(2 * COPY_OCTETS)


@pytest.fixture
def card(tmp_path: Path) -> Card:
    return Card(tmp_path)


def test_a_new_card_is_formatted_once_and_then_opened(card: Card) -> None:
    card.start().open()
    assert card.hands.ran.count("luksFormat") == card.hands.ran.count("mkfs.ext4") == 1
    assert (card.places.first / NOTE).exists()
    before = card.header()
    card.start().open()
    assert card.header() == before
    assert card.hands.ran.count("luksFormat") == card.hands.ran.count("mkfs.ext4") == 1


def test_no_program_is_run_for_what_the_volume_says_itself(card: Card) -> None:
    card.start().open()
    card.hands.disk().write_bytes(bytes(MARK_AT) + MARK)
    card.hands.ran.clear()
    card.start().open()
    assert card.hands.ran == ["open", "e2fsck"]


def test_another_boards_secret_opens_nothing_and_changes_nothing(card: Card) -> None:
    card.start().open()
    before = card.places.device.read_bytes()
    with pytest.raises(VolumeRefused, match="belong to another phone"):
        card.start(OTHER).open()
    assert card.places.device.read_bytes() == before


def test_the_same_without_the_note_is_refused_all_the_same(card: Card) -> None:
    card.start().open()
    (card.places.first / NOTE).unlink()
    with pytest.raises(VolumeRefused, match="belong to another phone"):
        card.start(OTHER).open()


def test_what_was_in_use_and_is_no_volume_any_more_is_not_formatted(card: Card) -> None:
    card.start().open()
    with card.places.device.open("r+b") as file:
        file.write(bytes(2 * COPY_OCTETS))
    with pytest.raises(VolumeRefused, match="damaged"):
        card.start().open()
    assert card.header() == bytes(2 * COPY_OCTETS)


def test_the_first_copy_of_the_header_may_be_lost(card: Card) -> None:
    card.start().open()
    with card.places.device.open("r+b") as file:
        file.write(bytes(COPY_OCTETS))
    card.start().open()
    assert card.hands.ran.count("luksFormat") == 1


@pytest.mark.parametrize("at", range(8))
def test_a_power_cut_at_any_line_ends_in_a_volume_at_the_next_start(
    card: Card, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn = itertools.count()

    def until_the_cut(step: object) -> object:
        def counted(*arguments: object, **named: object) -> object:
            if next(turn) == at:
                raise Cut
            return step(*arguments, **named)  # type: ignore[operator]

        return counted

    with monkeypatch.context() as patched:
        for owner, name in ((os, "pwrite"), (os, "fsync"), (Path, "replace")):
            patched.setattr(owner, name, until_the_cut(getattr(owner, name)))
        with pytest.raises(Cut):
            card.start().open()
    card.start().open()
    assert (card.places.first / NOTE).exists()
    card.start().open()


@pytest.mark.parametrize("torn", [1, 512, 4200])
def test_a_header_that_was_half_written_is_none(card: Card, torn: int) -> None:
    """The second copy is written before the first: torn in its middle it does not count as a volume."""
    card.start().open()
    (card.places.first / NOTE).unlink()
    whole = card.header()
    with card.places.device.open("r+b") as file:
        file.write(bytes(COPY_OCTETS) + whole[COPY_OCTETS : COPY_OCTETS + torn] + bytes(COPY_OCTETS - torn))
    card.start().open()
    assert card.hands.ran.count("luksFormat") == 2


def test_no_key_is_on_a_command_line_and_the_vaults_secret_is_another(card: Card) -> None:
    partition = card.start()
    partition.open()
    partition.hand_over()
    line = " ".join(card.hands.words)
    for secret in (SECRET, disk_key(SECRET)):
        assert secret.hex() not in line
    assert card.places.vault.read_bytes() == vault_secret(SECRET)
    assert card.places.vault.stat().st_mode & 0o777 == 0o400
    assert len({SECRET, disk_key(SECRET), vault_secret(SECRET)}) == 3


@pytest.mark.parametrize(("size", "grows"), [(131072, True), (1_998_960, False)])
def test_the_partition_grows_to_the_end_of_the_card_and_no_table_is_written(
    card: Card, tmp_path: Path, size: int, grows: bool
) -> None:
    disk = tmp_path / "devices/mmcblk0"
    partition = disk / "mmcblk0p6"
    partition.mkdir(parents=True)
    for path, value in ((disk / "size", 2_000_000), (partition / "start", 1000), (partition / "size", size)):
        path.write_text(f"{value}\n")
    (partition / "partition").write_text("6\n")
    blocks = tmp_path / "block"
    blocks.mkdir()
    (blocks / "mmcblk0p6").symlink_to(partition)
    told: list[tuple[Path, int, int, int]] = []
    places = Places(device=tmp_path / "mmcblk0p6", blocks=blocks)
    Partition(places, SECRET, resize=lambda *words: told.append(words)).grow()
    most = (2_000_000 - 33 - 1000) // 8 * 8
    assert told == ([(Path("/dev/mmcblk0"), 6, 512 * 1000, 512 * most)] if grows else [])


ANY = [Found(*flags) for flags in itertools.product((False, True), repeat=4)]


@pytest.mark.parametrize("found", ANY)
def test_what_may_be_somebodys_is_never_formatted(found: Found) -> None:
    try:
        step = next_step(found)
    except VolumeRefused:
        return
    assert not (step is Step.FORMAT and (found.noted or found.encrypted))
    assert not (step is Step.MAKE_FILE_SYSTEM and found.noted)
    assert step is not Step.MOUNT or (found.opens and found.file_system)


def test_a_tool_that_fails_is_not_taken_for_a_foreign_volume(card: Card) -> None:
    card.start().open()
    works = card.hands

    def fails(command: Sequence[str | Path], given: bytes | None) -> int:
        return 5 if "open" in command else works(command, given)

    for opened in card.places.mapper.iterdir():
        opened.unlink()
    with pytest.raises(OSError, match="cryptsetup said 5"):
        Partition(card.places, SECRET, fails).open()


def test_it_says_what_to_do_and_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(home: Path) -> bytes:
        raise OSError("no secret can be read: do this")

    monkeypatch.setattr(data_partition, "device_secret", refuse)
    with pytest.raises(SystemExit):
        data_partition.main()
    assert "do this" in capsys.readouterr().err


def board(tmp_path: Path, compatible: bytes) -> Places:
    """A board whose device tree says this, and whose kernel has no mailbox."""
    node = tmp_path / "tree/firmware/rpi-firmware"
    node.mkdir(parents=True)
    (node / "compatible").write_bytes(compatible)
    (tmp_path / "first").mkdir()
    return Places(first=tmp_path / "first", device_tree=tmp_path / "tree", mailbox=tmp_path / "vcio")


PI = b"raspberrypi,bcm2835-firmware\0simple-mfd\0"


def test_a_board_that_cannot_be_asked_gets_no_secret_in_a_file(tmp_path: Path) -> None:
    places = board(tmp_path, PI)
    with pytest.raises(SecretUnavailable, match="anew"):
        board_secret(places)
    assert not list(places.first.iterdir())


def test_a_board_that_began_with_a_file_need_not_be_asked(tmp_path: Path) -> None:
    places = board(tmp_path, PI)
    (places.first / "device-secret").write_bytes(SECRET)
    assert board_secret(places) == SECRET


def test_a_board_without_such_a_firmware_has_its_secret_in_a_file(tmp_path: Path) -> None:
    places = board(tmp_path, b"linux,dummy-virt\0")
    assert board_secret(places) == (places.first / "device-secret").read_bytes()
