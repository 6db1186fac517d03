"""The commands of the CMS: a thin shell over cms.domain.

No command opens a socket. One other program is run: xorriso, for disc images.
"""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from cms import (
    cli_audit,
    cli_console,
    cli_crs,
    cli_escrow,
    cli_letter,
    cli_master,
    cli_month,
    cli_partner,
    cli_recover,
    cli_store,
    cli_user,
    screen,
    store,
)
from cms import domain as domains
from cms.domain import DEFAULT_MARKING
from cms.errors import OperatorMistake
from cms.options import DEFAULT_STORE, PassphraseFile, StoreFolder, now
from cms.session import Commands, created, opened

app = Commands(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="The air-gapped management system of a Sottovoce domain: it issues every key, never on a network.",
)
app.add_typer(cli_user.app, name="user")
app.add_typer(cli_letter.app, name="letter")
app.command("letters", epilog=cli_letter.LETTERS_EXAMPLES)(cli_letter.letters)
app.add_typer(cli_month.app, name="month")
app.add_typer(cli_audit.app, name="audit")
app.add_typer(cli_recover.app, name="recover")
app.add_typer(cli_escrow.app, name="escrow")
app.add_typer(cli_crs.app, name="crs")
cli_master.join(app)
app.add_typer(cli_partner.app, name="partner")
cli_store.join(app)
app.command("console", epilog=cli_console.EXAMPLES)(cli_console.console)


def main() -> None:
    """Run a command. Exit status: 0 done, 1 refused with nothing changed, 2 typed wrongly."""
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # the master secrets are in this process's memory
    try:
        app()
    except OperatorMistake as mistake:
        Console(stderr=True).print(
            f"[bold red]cms:[/] {escape(str(mistake))}", highlight=False, soft_wrap=True
        )
        sys.exit(1)


@app.command(
    epilog="Example:  cms init --domain sv.example --organisation 'Example Office' --crs crs.sv.example:5061"
)
def init(
    domain: Annotated[str, typer.Option(help="Name of the domain, such as sv.example; also its KMS URI.")],
    organisation: Annotated[
        str, typer.Option(help="Name of the organisation, shown when a phone is enrolled.")
    ],
    crs: Annotated[str, typer.Option(help="host:port of the CRS (SIP over TLS; HTTPS is on the next port).")],
    marking: Annotated[str, typer.Option(help="Marking at head and foot of every letter.")] = DEFAULT_MARKING,
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Make a new domain: master secrets, domain key, and the TLS key of its CRS."""
    new = domains.create(domain, organisation=organisation, crs=crs, marking=marking, now=now())
    if store.exists(folder.expanduser()):
        raise OperatorMistake(f"{folder} holds a domain already: choose another --store for a second one")
    with created(folder, passphrase_file, new):
        screen.print_new_domain(Console(), new)


@app.command(epilog="Example:  cms status")
def status(folder: StoreFolder = DEFAULT_STORE, passphrase_file: PassphraseFile = None) -> None:
    """Show the domain, its fingerprint, its cards and the last export."""
    with opened(folder, passphrase_file) as held:
        screen.print_status(Console(), held.domain, now())


@app.command(epilog="Examples:  cms export /media/usb/export-1\n\ncms export --media export-1.iso")
def export(
    target: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="New folder for the media; or name it with --media.")
    ] = None,
    medium: Annotated[
        Path | None,
        typer.Option("--media", metavar="DIR|FILE.iso", help="New folder for the media, or a disc image."),
    ] = None,
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Write the signed media for the CRS: roster, packs, certificates, lists.

    The media hold the TLS key of the CRS: destroy them once they are loaded. Nothing on them opens a call.
    """
    named = [path for path in (target, medium) if path is not None]
    if len(named) != 1:
        raise typer.BadParameter("name one place for the media: --media DIR, or --media FILE.iso")
    cli_month.export_to(named[0], folder, passphrase_file, month=None)
