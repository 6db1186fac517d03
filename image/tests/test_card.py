"""The card has its partitions where its table says, and nothing else is taken for a card."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from image.card import MB, TYPE_DATA, TYPE_FAT, Partition, configuration, make_card, make_fat, write_blank
from image.partitions import read_partitions

NAMES = ("bootcfg", "boot_a", "data")

LUKS2_HEADER_OCTETS = 16 * 1024
"""Of each of the two copies that this phone makes."""

needs_tools = pytest.mark.skipif(
    not all(shutil.which(tool) for tool in ("genimage", "mkfs.vfat", "mcopy")),
    reason="needs the packages of group image",
)


def partitions(folder: Path) -> list[Partition]:
    """Three partitions; the first has a file in it."""
    tree = folder / "tree" / "deeper"
    tree.mkdir(parents=True)
    (tree / "file.txt").write_text("one")
    make_fat(folder / "tree", folder / "first.vfat", label="BOOTCFG", size_mb=34, epoch=1767225600)
    return [
        Partition("bootcfg", TYPE_FAT, 34, folder / "first.vfat", in_mbr=True),
        Partition("boot_a", TYPE_FAT, 4, in_mbr=True),
        Partition("data", TYPE_DATA, 4),
    ]


@needs_tools
def test_the_table_has_every_partition_by_name(tmp_path: Path) -> None:
    make_card(partitions(tmp_path), tmp_path / "card.img", tmp_path)
    assert tuple(read_partitions(tmp_path / "card.img")) == NAMES


@needs_tools
def test_a_partition_begins_with_its_file(tmp_path: Path) -> None:
    make_card(partitions(tmp_path), tmp_path / "card.img", tmp_path)
    place = read_partitions(tmp_path / "card.img")["bootcfg"]
    with (tmp_path / "card.img").open("rb") as card:
        card.seek(place.start)
        assert card.read(34 * MB) == (tmp_path / "first.vfat").read_bytes()


@needs_tools
def test_flashing_by_a_block_map_overwrites_both_headers_of_an_earlier_phone(tmp_path: Path) -> None:
    write_blank(tmp_path / "blank")
    table = [*partitions(tmp_path)[:2], Partition("data", TYPE_DATA, 4, tmp_path / "blank")]
    make_card(table, tmp_path / "card.img", tmp_path)
    place = read_partitions(tmp_path / "card.img")["data"]
    with (tmp_path / "card.img").open("rb") as card:
        mapped = (
            os.lseek(card.fileno(), place.start, os.SEEK_DATA),
            os.lseek(card.fileno(), place.start, os.SEEK_HOLE),
        )
    assert mapped[0] == place.start
    assert mapped[1] >= place.start + 2 * LUKS2_HEADER_OCTETS


@needs_tools
def test_two_cards_of_the_same_content_are_the_same(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        make_card(partitions(tmp_path / name), tmp_path / name / "card.img", tmp_path / name)
        made.append((tmp_path / name / "card.img").read_bytes())
    assert made[0] == made[1]


def test_an_empty_partition_gets_no_file() -> None:
    assert "image =" not in configuration([Partition("boot_b", TYPE_FAT, 64)], "card.img").replace(
        "image card", ""
    )


@pytest.mark.parametrize("octets", [b"", bytes(512), bytes(4096), b"EFI PART" * 1000])
def test_what_has_no_table_is_no_card(tmp_path: Path, octets: bytes) -> None:
    (tmp_path / "card.img").write_bytes(octets)
    with pytest.raises(ValueError, match=r"no card|GPT"):
        read_partitions(tmp_path / "card.img")
