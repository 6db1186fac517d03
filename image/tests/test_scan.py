"""What no phone may carry is found wherever it lies, and a sound image is not accused."""

from __future__ import annotations

from pathlib import Path

import pytest

from image.scan import PIECE, faults, leftovers, patterns

WANTED = patterns(Path("/home/builder/sottovoce"), "workbench", Path("/home/builder"))
KEY = b"-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIIexamplenotakey"
HASH = b"root:$6$saltsalt$abcdefghijklmnopqrstuvwxyz0123456789:1::"


@pytest.mark.parametrize(
    ("octets", "said"),
    [
        (KEY, "a private key"),
        (HASH, "a password hash"),
        (b"x /home/builder/sottovoce/crypto/native/sakke.c", "the path of the tree"),
        (b"made on workbench", "the builder's host name"),
        (bytes(PIECE - 10) + KEY, "a private key"),
    ],
)
def test_it_is_found(tmp_path: Path, octets: bytes, said: str) -> None:
    (tmp_path / "root" / "etc").mkdir(parents=True)
    (tmp_path / "root" / "etc" / "file").write_bytes(octets)
    assert any(said in fault for fault in faults(tmp_path, WANTED))


def test_it_is_found_in_the_card_itself(tmp_path: Path) -> None:
    (tmp_path / "sottovoce.img").write_bytes(HASH)
    assert faults(tmp_path, WANTED)


def test_a_sound_file_is_not_accused(tmp_path: Path) -> None:
    (tmp_path / "boot").mkdir()
    (tmp_path / "boot" / "file").write_bytes(
        b"-----BEGIN PUBLIC KEY----- root:!*:19000 /home/builderx workbenches"
    )
    assert faults(tmp_path, WANTED) == []


@pytest.mark.parametrize(
    "name",
    ["usr/lib/sottovoce/lib/board/qemu.py", "usr/lib/modules/7/snd-aloop.ko", "etc/sottovoce/board.toml"],
)
def test_what_only_the_test_variant_has_is_found(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.touch()
    assert leftovers(tmp_path)


def test_a_root_without_it_is_not_accused(tmp_path: Path) -> None:
    (tmp_path / "usr").mkdir()
    (tmp_path / "usr" / "file").touch()
    assert leftovers(tmp_path) == []
