"""`cms partner`: certificates out to other organisations, and theirs in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cms import partnering, partners, screen
from cms.errors import OperatorMistake
from cms.options import DEFAULT_STORE, PassphraseFile, StoreFolder, now, say
from cms.session import Commands, opened

app = Commands(no_args_is_help=True, help="Other organisations that our phones may call, and be called by.")


@app.command("export", epilog="Example:  cms partner export sv.example.kms --prefix +44163296")
def partner_export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="New file for our own certificate.")],
    prefix: Annotated[
        list[str] | None,
        typer.Option(help="What our numbers begin with, once for each; remembered for the next time."),
    ] = None,
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Write our certificate for partners: name, keys, CRS, numbers, revoked keys. Nothing in it is secret.

    Send it as you like, and read the check code to them over the telephone: it is what they believe.
    """
    with opened(folder, passphrase_file) as held:
        said = partnering.give(held, file, prefix or [], at=now())
    say(said)


@app.command(
    "import",
    epilog="Example:  cms partner import partner.kms --check '1A2B 3C4D 5E6F 7081 92A3 B4C5 D6E7 F809'",
)
def partner_import(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Their certificate.")],
    check: Annotated[
        str, typer.Option(help="The check code that they read to you; without it you are asked.")
    ] = "",
    replacing: Annotated[
        bool,
        typer.Option("--replace", help="They had to begin anew: take another key, or a lower number."),
    ] = False,
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Make an organisation a partner, or bring what is known of it up to date.

    Call them on a number that you know, and type the check code that they read to you. A newer certificate of
    the same key needs none, unless it claims more numbers. Phones hear of it with the next export.
    """
    octets = partnering.read(file)
    with opened(folder, passphrase_file) as held:
        asked = partners.ask(held.domain, octets, now=now(), replacing=replacing)
        say(partnering.shown(asked))
        if asked.confirm and not check:
            check = _typed()
        said = partnering.take(held, asked, check, at=now())
    say(said)


@app.command("list", epilog="Example:  cms partner list")
def partner_list(folder: StoreFolder = DEFAULT_STORE, passphrase_file: PassphraseFile = None) -> None:
    """List the partners, their numbers, and how long their certificates speak for them."""
    with opened(folder, passphrase_file) as held:
        screen.print_list(Console(), partnering.COLUMNS, partnering.rows(held.domain))


@app.command("remove", epilog="Example:  cms partner remove partner.example")
def partner_remove(
    name: Annotated[str, typer.Argument(metavar="DOMAIN", help="The partner's domain.")],
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Let an organisation be no partner any more: with the next export no call goes either way."""
    with opened(folder, passphrase_file) as held:
        said = partnering.remove(held, name)
    say(said)


def _typed() -> str:
    """What was heard on the telephone. It is not shown before: what is on the screen is not heard."""
    if not sys.stdin.isatty():
        raise OperatorMistake(
            "nothing was changed: call them on a number that you know, and add  --check '1A2B …'  "
            "with the check code that they read to you"
        )
    return str(typer.prompt("Check code, as they read it to you on a number that you know"))
