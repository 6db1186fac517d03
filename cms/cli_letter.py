"""`cms letter`: what became of each letter. `cms letters`: many letters at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cms import issuing, letter_record, letter_screen, screen
from cms.letter_files import StagedLetters
from cms.options import DEFAULT_STORE, PassphraseFile, StoreFolder, Yes, now, progress, say
from cms.session import Commands, counts_as, opened
from crypto.serials import serial_text

Serial = Annotated[
    str, typer.Argument(metavar="SERIAL", help="Serial of the letter, or its first digits (four or more).")
]

LETTERS_EXAMPLES = (
    "Examples:  cms letters --new -o letters --codes codes.pdf\n\n"
    "cms letters --new --one-file -o letters.pdf --codes codes.pdf"
)

app = Commands(no_args_is_help=True, help="Letters by their serial: issued, used, destroyed.")


@app.command("list", epilog="Examples:  cms letter list\n\ncms letter list --open")
def letter_list(
    to_do: Annotated[bool, typer.Option("--open", help="Only those not destroyed yet.")] = False,
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """List letters, the newest last."""
    with opened(folder, passphrase_file) as store:
        letter_screen.print_letters(Console(), store.domain, now(), only_open=to_do)


@app.command("used", epilog="Example:  cms letter used '3F2A 91C0 77D4 E812'")
def letter_used(
    serial: Serial, folder: StoreFolder = DEFAULT_STORE, passphrase_file: PassphraseFile = None
) -> None:
    """Note that a phone was enrolled with a letter."""
    with opened(folder, passphrase_file) as store:
        card = letter_record.find(store.domain, serial)
        store.save(letter_record.mark_used(store.domain, card, now=now()))
    shown = serial_text(card.serial)
    say(f"Letter {shown} of {card.tel} is used. Once it is destroyed:  cms letter destroyed '{shown}'")


@app.command("destroyed", epilog="Example:  cms letter destroyed '3F2A 91C0 77D4 E812'")
def letter_destroyed(
    serial: Serial, folder: StoreFolder = DEFAULT_STORE, passphrase_file: PassphraseFile = None
) -> None:
    """Note that a letter was destroyed by the rules of its marking."""
    with opened(folder, passphrase_file) as store:
        card = letter_record.find(store.domain, serial)
        store.save(letter_record.mark_destroyed(store.domain, card, now=now()))
    said = f"Letter {serial_text(card.serial)} of {card.tel} is destroyed."
    if not card.used:
        said += (
            f" No phone was enrolled with it; for another letter:  cms user card --tel {card.tel} --reissue"
        )
    say(said)


@app.command("status", epilog="Example:  cms letter status --serial '3F2A 91C0 77D4 E812'")
def letter_status(
    serial: Annotated[str, typer.Option(help="Serial of the letter, or its first digits.")],
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Show one letter: whose it is and what became of it."""
    with opened(folder, passphrase_file) as store:
        card = letter_record.find(store.domain, serial)
        letter_screen.print_letter_status(Console(), store.domain, card, now())


def letters(
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR|FILE.pdf", help="New folder; or file, --one-file.")
    ],
    codes: Annotated[
        Path,
        typer.Option(help="Transfer codes on their own: sheets if it ends in .pdf, otherwise lines of text."),
    ],
    new: Annotated[bool, typer.Option("--new", help="For everybody who has no card yet.")] = False,
    everybody: Annotated[
        bool, typer.Option("--all", help="For everybody; the cards they have are blocked.")
    ] = False,
    one_file: Annotated[
        bool, typer.Option("--one-file", help="All letters in one PDF, to be printed.")
    ] = False,
    yes: Yes = False,
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Make letters for many: one PDF each, or one for all, and the transfer codes apart from them.

    Letters and codes go different ways. Neither is kept. Who is suspended gets none.
    """
    if new == everybody:
        raise typer.BadParameter("say for whom: --new or --all")
    if everybody:
        counts_as("cms letters --all")
    with opened(folder, passphrase_file) as store, StagedLetters(output, one_file=one_file) as staged:
        users = issuing.addressees(store.domain, everybody=everybody)
        replaced = issuing.replaced(store.domain, users)
        if replaced and not yes:
            screen.confirm(f"Block the cards that {replaced} people have? Their phones must enrol again.")
        with progress() as bar:
            issuing.letters(store, users, staged, codes, bar, at=now(), reissue=everybody)
    say(
        f"{len(users)} letters are in {output}, their transfer codes in {codes}.\n"
        "Print both, send them different ways, and remove both files. Next:  cms export --media DIR"
    )
