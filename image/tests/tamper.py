"""A card that somebody has changed runs no phone: python -m image.tests.tamper CARD

Each case changes one thing and boots in QEMU (virt). Where the root was changed, the machine must refuse in
its first program, or start anew because dm-verity found it; it may never come to a system that runs. Where
the data partition came to another board, or was damaged, the system runs and says so; its vault may not.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from board.pi_secret import FILE
from image.machine import Machine, NotReached
from image.partitions import read_partitions
from image.progress import BuildFailed, run
from image.tests.proof import step

LIMIT_S = 600.0
RUNS = rb"systemd\[1\]: Reached target|Sottovoce: vault|service starts"
CORRUPTED = rb"dm-verity device corrupted"
SETTLED = rb"Reached target multi-user\.target"
KEYS = rb"Started sottovoce-keys\.service"
COMMAND_LINE = "boot_a", "cmdline.txt"
LUKS_HEADERS = 32 * 2**20
"""Both headers of the data partition lie within its first 32 MiB."""


@dataclass(frozen=True, slots=True)
class Case:
    """One change, and what the serial port must say then."""

    name: str
    change: Callable[[Path], None]
    refused: bytes
    never: bytes = RUNS
    used: bool = False
    """Whether it ran before, so that it holds a data partition."""


def flip(card: Path, partition: str, where: int) -> None:
    """Change one bit of a partition; `where` counts from its end if it is negative."""
    place = read_partitions(card)[partition]
    with card.open("r+b") as file:
        file.seek(place.start + where)
        octet = file.read(1)[0]
        file.seek(place.start + where)
        file.write(bytes([octet ^ 1]))


def read_file(card: Path, partition: str, name: str) -> bytes:
    """A file of a FAT partition. Raises BuildFailed."""
    at = f"{card}@@{read_partitions(card)[partition].start}"
    return run(["mtype", "-i", at, f"::/{name}"])


def write_file(card: Path, partition: str, name: str, octets: bytes) -> None:
    """Put a file into a FAT partition, in place of what has its name. Raises BuildFailed."""
    at = f"{card}@@{read_partitions(card)[partition].start}"
    with tempfile.NamedTemporaryFile() as file:
        file.write(octets)
        file.flush()
        run(["mcopy", "-o", "-i", at, file.name, f"::/{name}"])


def edit_command_line(card: Path, edit: Callable[[str], str]) -> None:
    """Change cmdline.txt in boot_a. Raises BuildFailed."""
    line = read_file(card, *COMMAND_LINE).decode("ascii")
    write_file(card, *COMMAND_LINE, edit(line).encode("ascii"))


def verity(line: str) -> list[str]:
    """DATA_BLOCKS, HASH_START, ROOT_HASH, SALT."""
    (word,) = (word for word in line.split() if word.startswith("phone.verity="))
    return word.removeprefix("phone.verity=").split(",")


def without_verity(line: str) -> str:
    """Ask for a root that nobody checks."""
    return " ".join(word for word in line.split() if not word.startswith("phone.verity="))


def another_root_hash(line: str) -> str:
    """Ask for a root that is not this one."""
    digest = verity(line)[2]
    return line.replace(digest, digest[:-1] + ("0" if digest[-1] != "0" else "1"))


def table_of_inodes(card: Path) -> int:
    """Where the squashfs in root_a has its table of inodes, which every start reads."""
    place = read_partitions(card)["root_a"]
    with card.open("rb") as file:
        file.seek(place.start + 64)
        return int.from_bytes(file.read(8), "little")


def another_board(card: Path) -> None:
    """Replace the device secret, as if the card had been put into another phone. Raises BuildFailed."""
    secret = "bootcfg", FILE
    write_file(card, *secret, os.urandom(len(read_file(card, *secret))))


def without_headers(card: Path) -> None:
    """Overwrite the beginning of the data partition."""
    place = read_partitions(card)["data"]
    with card.open("r+b") as file:
        file.seek(place.start)
        file.write(bytes(LUKS_HEADERS))


def cases(card: Path) -> list[Case]:
    """Every change."""
    inodes = table_of_inodes(card)
    blocks = int(verity(read_file(card, *COMMAND_LINE).decode("ascii"))[0])
    return [
        Case("one bit in the first block of the root", lambda c: flip(c, "root_a", 40), CORRUPTED),
        Case(
            "one bit where the root's files are listed", lambda c: flip(c, "root_a", inodes + 100), CORRUPTED
        ),
        Case("one bit in the tree of hashes", lambda c: flip(c, "root_a", blocks * 4096 + 10), CORRUPTED),
        Case(
            "another root hash on the command line",
            lambda c: edit_command_line(c, another_root_hash),
            CORRUPTED,
        ),
        Case(
            "no hash on the command line",
            lambda c: edit_command_line(c, without_verity),
            rb"REFUSED: the command line must have phone.verity once",
        ),
        Case(
            "two hashes on the command line",
            lambda c: edit_command_line(
                c, lambda line: f"{line.strip()} phone.verity=1,1,{'0' * 64},{'0' * 64}"
            ),
            rb"REFUSED: the command line must have phone.verity once",
        ),
        Case(
            "an empty hash on the command line",
            lambda c: edit_command_line(c, lambda line: without_verity(line) + " phone.verity=1,1,,"),
            rb"REFUSED: phone.verity is not",
        ),
        Case(
            "the data of another board",
            another_board,
            rb"the data on this card belong to another phone",
            never=KEYS,
            used=True,
        ),
        Case(
            "a data partition whose beginning was overwritten",
            without_headers,
            rb"the data partition is damaged",
            never=KEYS,
            used=True,
        ),
    ]


def main(arguments: list[str] | None = None) -> int:
    """Enter here."""
    parser = argparse.ArgumentParser(
        prog="image.tests.tamper",
        description="Change a card in many ways; none may run.",
        epilog="Example: make image-tamper",
    )
    parser.add_argument("card", type=Path, metavar="CARD")
    card = parser.parse_args(arguments).card
    failed = 0
    for case in cases(card):
        folder = Path(tempfile.mkdtemp(prefix="sottovoce-tamper-"))
        try:
            with step(case.name), Machine("virt", folder) as machine:
                machine.insert(card)
                if case.used:
                    machine.start()
                    machine.wait_for(KEYS, LIMIT_S)
                    machine.stop()
                case.change(machine.card)
                machine.start()
                machine.wait_for(case.refused, LIMIT_S, refused=case.never)
                if case.used:
                    machine.wait_for(SETTLED, LIMIT_S, refused=case.never)
        except (NotReached, BuildFailed) as reason:
            failed += 1
            print(f"  NOT {case.name}: {reason}", file=sys.stderr)
        finally:
            shutil.rmtree(folder)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
