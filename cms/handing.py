"""How a new card leaves the CMS: as a picture, a letter, or on the screen; its code by another way."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cms import letter as letters
from cms import picture, screen
from cms.domain import Letter
from cms.errors import OperatorMistake
from cms.files import StagedFiles

Picture = Annotated[Path | None, typer.Option("--output", "-o", help="Write the card as a PNG picture.")]
LetterFile = Annotated[Path | None, typer.Option("--pdf", help="Write the letter, one A4 page.")]
CodeFile = Annotated[
    Path | None, typer.Option(help="Write the transfer code to a file of its own instead of the screen.")
]


@dataclass(frozen=True, slots=True)
class Handing:
    """Where one card goes. Without picture and letter it is printed in the terminal.

    `show` fills the screen with it for so many `seconds`.
    """

    png: Path | None = None
    pdf: Path | None = None
    code_file: Path | None = None
    show: bool = False
    seconds: int = 60

    @property
    def on_screen(self) -> bool:
        return self.show or not (self.png or self.pdf)

    @property
    def how(self) -> str:
        """How the card leaves, in the words of the log."""
        return "shown on the screen" if self.on_screen else "written to a file"

    def check(self, console: Console) -> None:
        """Raise OperatorMistake if there is no room, or no terminal, for what is to be shown."""
        if self.show and not console.is_terminal:
            raise OperatorMistake("--show needs a terminal: write a file with  -o card.png")
        if self.on_screen:
            screen.check_room(console, lines=screen.CODE_LINES + 1 if self.show else 0)

    def stage(self, staged: StagedFiles, letter: Letter) -> None:
        """Write the files beside their places. Raises OperatorMistake."""
        if self.png is not None:
            staged.add(self.png, picture.png(letter.text))
        if self.pdf is not None:
            staged.add(self.pdf, letters.pdf(letter))
        if self.code_file is not None and letter.transfer_code is not None:
            staged.add(self.code_file, f"{letter.transfer_code}\n".encode())

    def present(self, console: Console, letter: Letter) -> None:
        """Show the card, if it is to be shown, and what belongs to it."""
        if self.show:
            screen.show_code(console, letter, seconds=self.seconds)
        elif self.on_screen:
            screen.print_code(console, letter.text)
        screen.print_letter(console, letter, with_code=self.code_file is None)
