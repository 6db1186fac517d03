"""Many letters on their way to disk: a PDF each in a new folder, or one PDF; their transfer codes apart."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from cms import codes, letter
from cms.codes import Code
from cms.domain import Letter
from cms.files import StagedFiles, StagedFolder
from cms.pdf import PDF


class StagedLetters:
    """Letters that wait until they may appear: after the store has been saved. One is in memory at a time."""

    def __init__(self, output: Path, *, one_file: bool) -> None:
        """Raise OperatorMistake unless `output` is free and can be written."""
        self._codes: list[Code] = []
        self._files = StagedFiles()
        self._folder = None if one_file else StagedFolder(output)
        self._writing = ExitStack()
        self._book: PDF | None = None
        if one_file:
            self._book = PDF(self._writing.enter_context(self._files.writing(output)), title="Letters")

    def add(self, made: Letter) -> None:
        """Write a letter. Raises OperatorMistake if it cannot be written."""
        if self._book is not None:
            self._book.add(letter.picture(made))
        if self._folder is not None:
            self._folder.add(f"{made.card.tel}.pdf", letter.pdf(made))
        self._codes.append(codes.code_of(made))

    def finish(self, path: Path, *, marking: str) -> None:
        """Write the transfer codes: sheets if `path` ends in .pdf, otherwise lines of text."""
        if self._book is not None:
            self._book.close()
        self._writing.close()
        with self._files.writing(path) as file:
            if path.suffix.lower() == ".pdf":
                codes.write_pdf(file, self._codes, marking=marking)
            else:
                codes.write_text(file, self._codes)

    def appear(self) -> None:
        """Give everything its name."""
        if self._folder is not None:
            self._folder.appear()
        self._files.appear()

    def __enter__(self) -> StagedLetters:
        return self

    def __exit__(self, *error: object) -> None:
        """Remove what has not appeared; wipe the codes."""
        for one in self._codes:
            one.code.wipe()
        with ExitStack() as left:
            left.callback(self._files.discard)
            if self._folder is not None:
                left.callback(self._folder.__exit__, *error)
            self._writing.close()
