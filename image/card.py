"""The card: six partitions in one file, without a mount or a loop device, and the same in every build.

    1 bootcfg    which slot the firmware boots       4 root_a, 5 root_b    squashfs and its hashes
    2 boot_a, 3 boot_b    kernel and its friends     6 data                encrypted and grown on the phone

Slot B is empty until the first update.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from image.progress import run

MB = 1024 * 1024
BOOTCFG_MB = 34
"""The least that is FAT32 with clusters of 512 octets."""
BOOT_MB, ROOT_MB, DATA_MB = 64, 320, 64
TYPE_FAT = "ebd0a0a2-b9e5-4433-87c0-68b6b72699c7"
TYPE_ROOT = "b921b045-1df0-41c3-af44-4c6f280d3fae"
TYPE_DATA = "0fc63daf-8483-4772-8e79-3d69d8477de4"
IDENTIFIER = "5077060c-0000-4000-8000-0000000000"
"""Of the table and of each partition, with two more digits: the same on every card, and secret on none."""

BLANK = b"This part of the card is made when its phone first starts here.\n"
BLANK_OCTETS = 1 * MB
"""More than both headers of an encrypted partition (LUKS2)."""


@dataclass(frozen=True, slots=True)
class Partition:
    """One entry of the table; `file` is its content, if it has any."""

    name: str
    kind: str
    size_mb: int
    file: Path | None = None
    in_mbr: bool = False
    """Whether the boot ROM of a Pi 3, which reads an MBR, finds it too."""


def make_fat(tree: Path, image: Path, *, label: str, size_mb: int, epoch: int) -> None:
    """A FAT32 file system with the files of `tree`, all of one time. Raises BuildFailed."""
    image.unlink(missing_ok=True)
    image.touch()
    os.truncate(image, size_mb * MB)
    # --invariant: neither the time nor a number of chance. mcopy writes files in the order it is told.
    run(["mkfs.vfat", "-F", "32", "-s", "1", "-n", label, "--invariant", image])
    for path in sorted(tree.rglob("*")):
        inside = f"::/{path.relative_to(tree)}"
        if path.is_dir():
            # mmd would give a folder the time of now; a copied one keeps its own.
            with tempfile.TemporaryDirectory() as empty:
                folder = Path(empty) / path.name
                folder.mkdir()
                os.utime(folder, (epoch, epoch))
                run(["mcopy", "-Qms", "-i", image, folder, inside])
        else:
            os.utime(path, (epoch, epoch))
            run(["mcopy", "-Qm", "-i", image, path, inside])


def write_blank(image: Path) -> None:
    """What `data` begins with: something that is written whenever a card is flashed.

    Who flashes by a block map leaves alone what an image does not have. The header of an earlier phone would
    stay, and this one would refuse to take over what it cannot open.
    """
    image.write_bytes((BLANK * (BLANK_OCTETS // len(BLANK) + 1))[:BLANK_OCTETS])


def make_card(partitions: list[Partition], card: Path, work: Path) -> None:
    """Write `card` with these partitions in their order. Raises BuildFailed."""
    given, empty, scratch = work / "given", work / "empty", work / "genimage"
    for folder in (given, empty, scratch):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    for partition in partitions:
        if partition.file is not None:
            (given / partition.name).symlink_to(partition.file.resolve())
    config = work / "genimage.cfg"
    config.write_text(configuration(partitions, card.name), encoding="utf-8")
    command: list[str | Path] = ["genimage", "--config", config, "--inputpath", given]
    command += ["--outputpath", card.parent, "--tmppath", scratch, "--rootpath", empty]
    run(command, log=work / "genimage.log")
    shutil.rmtree(given)


def configuration(partitions: list[Partition], card: str) -> str:
    """What genimage is told."""
    lines = [f"image {card} {{", "\thdimage {", '\t\tpartition-table-type = "hybrid"', "\t\talign = 1M"]
    lines += [f'\t\tdisk-uuid = "{IDENTIFIER}aa"', "\t}"]
    for number, partition in enumerate(partitions, 1):
        lines.append(f"\tpartition {partition.name} {{")
        if partition.file is not None:
            lines.append(f'\t\timage = "{partition.name}"')
        if partition.in_mbr:
            lines.append("\t\tpartition-type = 0x0C")
        if number == 1:
            lines.append("\t\tbootable = true")
        lines.append(f"\t\tsize = {partition.size_mb}M")
        lines.append(f'\t\tpartition-type-uuid = "{partition.kind}"')
        lines.append(f'\t\tpartition-uuid = "{IDENTIFIER}{number:02d}"')
        lines.append("\t}")
    return "\n".join([*lines, "}", ""])
