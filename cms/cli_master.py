"""`cms master`: the secrets that every key is made from, new ones and the end of old ones."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from cms import renewing, screen
from cms.errors import OperatorMistake
from cms.options import DEFAULT_STORE, PassphraseFile, StoreFolder, now, say
from cms.session import Commands, opened

app = Commands(no_args_is_help=True, help="The master secrets: which months they serve, new ones, their end.")


@app.command("list", epilog="Example:  cms master list")
def master_list(folder: StoreFolder = DEFAULT_STORE, passphrase_file: PassphraseFile = None) -> None:
    """List the generations of master secrets: the months that each serves, and whether it is destroyed."""
    with opened(folder, passphrase_file) as held:
        screen.print_list(Console(), renewing.COLUMNS, renewing.rows(held))


@app.command("rotate", epilog="Example:  cms master rotate --from 2027-01")
def master_rotate(
    first: Annotated[
        str, typer.Option("--from", metavar="MONTH", help="The first month that the new ones serve.")
    ],
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Make new master secrets for the months from one on, of which nobody has keys yet.

    Phones need nothing new: their packs bring the public keys. Partners do: give them a new certificate.
    With  cms policy set rotate monthly  (or quarterly) it happens by itself with  cms month export.
    """
    with opened(folder, passphrase_file) as held:
        said = renewing.rotate(held, first, at=now())
    say(said)


@app.command("destroy", epilog="Examples:  cms master destroy --before 2026-12\n\ncms master destroy --due")
def master_destroy(
    before: Annotated[
        str, typer.Option(metavar="MONTH", help="What serves only months before this one is destroyed.")
    ] = "",
    due: Annotated[
        bool, typer.Option("--due", help="What the policy keeps no longer, without waiting for an export.")
    ] = False,
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Destroy master secrets whose months are over: nobody makes a key of those months from this store again.

    The store before this command is overwritten. Backups are not: destroy those that are named.
    A forward-secret domain does it by itself, with the first export 72 hours after the last month; one in
    escrow mode as many months after it as  cms policy set escrow-months  says.
    """
    if due == bool(before):
        raise OperatorMistake("say which:  --before MONTH  or  --due")
    with opened(folder, passphrase_file) as held:
        said = renewing.destroy_due(held, at=now()) if due else renewing.destroy(held, before, at=now())
    say(said)


def join(app_: Commands) -> None:
    """Add these commands to the others."""
    app_.add_typer(app, name="master")
