"""What the commands have in common: their options, the bar of a long one, saying what was done."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

DEFAULT_STORE = Path("~/.local/share/sottovoce/cms")

StoreFolder = Annotated[
    Path,
    typer.Option("--store", envvar="CMS_STORE", help="Folder of the store.", show_default=str(DEFAULT_STORE)),
]
PassphraseFile = Annotated[
    Path | None,
    typer.Option(
        envvar="CMS_PASSPHRASE_FILE",
        help="File whose first line is the passphrase; without it you are asked.",
    ),
]
Tel = Annotated[str, typer.Option(help="Number in international form, such as +447700900123.")]
Media = Annotated[
    Path,
    typer.Option("--media", metavar="DIR|FILE.iso", help="New folder for the media, or a disc image."),
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


def progress() -> Progress:
    """Return the bar of a long command: on a terminal only, and gone when the work is done."""
    errors = Console(stderr=True)
    return Progress(console=errors, transient=True, disable=not errors.is_terminal)


def say(text: str) -> None:
    """Print what was done, as it is: names may hold brackets, and no line is broken."""
    Console().print(text, highlight=False, markup=False, soft_wrap=True)


def now() -> int:
    """Return the time, in Unix seconds."""
    return int(time.time())
