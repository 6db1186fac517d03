"""`cms partner`: certificates out to other organisations, and theirs in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cms import partners
from cms.errors import OperatorMistake
from cms.files import StagedFiles
from cms.letter import when
from cms.options import DEFAULT_STORE, PassphraseFile, StoreFolder, now, say
from cms.partners import Asked
from cms.session import Commands, opened
from crypto.fingerprint import fingerprint
from crypto.partner_file import MAX_OCTETS

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
    with opened(folder, passphrase_file) as held, StagedFiles() as staged:
        after, octets = partners.own_file(held.domain, prefixes=prefix or [], now=now())
        staged.add(file, octets)
        held.save(after, act=held.act(f"certificate {after.certificates} for partners"))
        staged.appear()
        key = after.domain_key
    say(f"Certificate {after.certificates} is in {file}.\nCheck code  {fingerprint(key)}")


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
    octets = _read(file)
    with opened(folder, passphrase_file) as held:
        asked = partners.ask(held.domain, octets, now=now(), replacing=replacing)
        _show(asked)
        if asked.confirm and not check:
            check = _typed()
        after = partners.take(held.domain, asked, check=check, now=now())
        partner = asked.file.partner
        told = (
            f"partner {partner.name}, certificate {asked.file.number}, check code {asked.file.check_code}, "
            f"numbers {' '.join(partner.prefixes)}"
        )
        if asked.before is not None and asked.before.check_code != asked.file.check_code:
            told += f"; in place of {asked.before.check_code}"
        held.save(after, act=held.act(told))
    say(f"{partner.name} is a partner. Phones hear of it with the next export:  cms export --media DIR")


@app.command("list", epilog="Example:  cms partner list")
def partner_list(folder: StoreFolder = DEFAULT_STORE, passphrase_file: PassphraseFile = None) -> None:
    """List the partners, their numbers, and how long their certificates speak for them."""
    with opened(folder, passphrase_file) as held:
        table = Table(box=None, pad_edge=False)
        for heading in ("Domain", "Organisation", "Numbers", "CRS", "Certificate", "Until", "Check code"):
            table.add_column(heading, no_wrap=True)
        for known in held.domain.partners:
            read, partner = known.file, known.partner
            table.add_row(
                Text(partner.name),
                Text(partner.organisation),
                " ".join(partner.prefixes),
                Text(partner.crs),
                f"{read.number}, {when(read.issued)}",
                partner.domain.until or "open",
                read.check_code,
            )
        Console().print(table)


@app.command("remove", epilog="Example:  cms partner remove partner.example")
def partner_remove(
    name: Annotated[str, typer.Argument(metavar="DOMAIN", help="The partner's domain.")],
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Let an organisation be no partner any more: with the next export no call goes either way."""
    with opened(folder, passphrase_file) as held:
        held.save(partners.remove(held.domain, name), act=held.act(f"partner removed: {name}"))
    say(f"{name} is no partner any more. Phones hear of it with the next export:  cms export --media DIR")


def _show(asked: Asked) -> None:
    read, partner = asked.file, asked.file.partner
    say(
        f"Organisation  {partner.organisation}\nDomain        {partner.name}\n"
        f"Numbers       {' '.join(partner.prefixes)}…\nCRS           {partner.crs}\n"
        f"Certificate   {read.number}, made {when(read.issued)}, {len(read.revoked.hashes)} keys revoked\n"
        f"Keys          from {', '.join(one.first for one in partner.domain.generations)} on"
        + (f", until {partner.domain.until}" if partner.domain.until else "")
    )


def _typed() -> str:
    """What was heard on the telephone. It is not shown before: what is on the screen is not heard."""
    if not sys.stdin.isatty():
        raise OperatorMistake(
            "nothing was changed: call them on a number that you know, and add  --check '1A2B …'  "
            "with the check code that they read to you"
        )
    return str(typer.prompt("Check code, as they read it to you on a number that you know"))


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened_file:
            octets = opened_file.read(MAX_OCTETS + 1)
    except OSError as error:
        raise OperatorMistake(f"{file} cannot be read: {error.strerror}") from error
    if len(octets) > MAX_OCTETS:
        raise OperatorMistake(f"{file} is larger than any certificate: it is something else")
    return octets
