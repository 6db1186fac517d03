"""The boards that one image serves, as image/boards.toml has them."""

from __future__ import annotations

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
