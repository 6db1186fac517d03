"""The boards that one image serves, as image/boards.toml has them."""

from __future__ import annotations

import shutil
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

BOARDS = Path(__file__).with_name("boards.toml")


@dataclass(frozen=True, slots=True)
class BoardOnCard:
    """What the card must carry for one kind of board, and what may be claimed about it."""

    name: str
    title: str
    trees: tuple[str, ...]
    """Device trees, without .dtb."""
    firmware: tuple[str, ...]
    """Files of the VideoCore firmware."""
    secure_boot: bool
    """Whether its boot ROM can be made to refuse an unsigned boot partition."""
    state: str


def read_boards(path: Path = BOARDS) -> list[BoardOnCard]:
    """Read the boards. Raises ValueError if the file is not as it must be."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        return [
            BoardOnCard(
                name=name,
                title=str(table["title"]),
                trees=tuple(table["trees"]),
                firmware=tuple(table["firmware"]),
                secure_boot=bool(table["secure_boot"]),
                state=str(table["state"]),
            )
            for name, table in tables.items()
        ]
    except (KeyError, TypeError) as error:
        raise ValueError(f"{path.name}: a board lacks {error}") from error


def install(unpacked: Path, boot: Path) -> list[str]:
    """Copy what the boards need from unpacked packages into a boot partition; return what is not there."""
    missing = []
    for file in sorted({f"{tree}.dtb" for board in read_boards() for tree in board.trees}):
        found = sorted(unpacked.rglob(f"broadcom/{file}"))
        missing += [] if found else [file]
        for path in found[:1]:
            shutil.copyfile(path, boot / file)
    for file in sorted({name for board in read_boards() for name in board.firmware}):
        shutil.copyfile(unpacked / "usr" / "lib" / "raspi-firmware" / file, boot / file)
    return missing


def main(arguments: list[str]) -> int:
    """python -m image.boards UNPACKED BOOT"""
    missing = install(Path(arguments[0]), Path(arguments[1]))
    for file in missing:
        print(f"  this kernel has no {file}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
