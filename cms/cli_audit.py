"""`cms audit`: the log, shown, checked, exported."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cms import audit_file, log_check, screen, store_file
from cms.errors import OperatorMistake
from cms.options import DEFAULT_STORE, PassphraseFile, StoreFolder, say
from cms.session import Commands, opened

app = Commands(no_args_is_help=True, help="The log: who did what, signed and chained.")
HeadOption = Annotated[
    str | None,
    typer.Option(metavar="COUNT:HASH", help="A head of the log that you noted, as commands print it."),
]


@app.command("show", epilog="Example:  cms audit show --last 20")
def show(
    last: Annotated[int, typer.Option(min=1, help="How many entries.")] = 50,
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Show the newest entries of the log."""
    with opened(folder, passphrase_file) as held:
        entries, end = held.entries, held.mark
    rows = log_check.rows(entries[-last:])
    screen.print_list(Console(), log_check.COLUMNS, rows, wraps=log_check.COLUMNS[2:])
    say(f"Log  {end}")


@app.command(
    "verify",
    epilog="Examples:  cms audit verify\n\ncms audit verify --file log.jsonl --head 17:0123456789abcdef…",
)
def verify(
    file: Annotated[
        Path | None,
        typer.Option(help="A log that was exported, instead of the store's: needs no passphrase."),
    ] = None,
    head: HeadOption = None,
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Check every signature and the chain of the log; with --head also that it continues what was noted."""
    noted = None if head is None else log_check.noted(head)
    if file is not None:
        log = _log(file)
        log_check.refuse(audit_file.find_fault(log, head=noted))
        end = log.mark
    else:
        with opened(folder, passphrase_file) as held:
            log_check.check(held, noted)
            end = held.mark
    say(log_check.whole(end))
    if noted is None:
        say("Compare this head with the one you noted last, or give that with  --head")


@app.command("export", epilog="Example:  cms audit export /media/usb/log.jsonl")
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="New file for the log.")],
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Write the log as a file that anybody can check without the store. It names people and numbers."""
    with opened(folder, passphrase_file) as held:
        log_check.export(held, file)
        end = held.mark
    say(f"The log is in {file}.\nLog  {end}")


def _log(file: Path) -> audit_file.LogFile:
    try:
        return audit_file.read(store_file.read(file))
    except ValueError as error:
        raise OperatorMistake(f"{file} is not a whole log: {error}") from error
