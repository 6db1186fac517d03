"""`crs recover`: the CMS was compromised, and a domain with new keys takes the place of the old one."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from crs import loading
from crs.cli_backup import HOME, Home
from crs.confirming import check_fingerprint
from crs.database import FILE, Database
from crs.errors import OperatorError
from crs.media_directory import read_media
from crs.server import only_one
from crypto.fingerprint import fingerprint

Media = Annotated[
    Path, typer.Option("--media", help="Directory or disc image (.iso): the first export of the new domain.")
]


def recover(
    media: Media,
    home: Home = HOME,
    expected: Annotated[
        str, typer.Option("--fingerprint", help="The new domain key's fingerprint as the CMS shows it.")
    ] = "",
) -> None:
    """Put a domain with new keys in the place of the old one, after `cms recover cms`. Stop the server first.

    Roster, packs, blocks and used cards of the old domain go, and its phones are refused until they enrol
    anew. The log goes on. Whoever has the old keys can make media as well: the fingerprint comes by another
    way than they do.
    """
    database = Database(home / FILE)
    try:
        lock = only_one(home)
        try:
            loading.settle(home, database)
            content = read_media(media, domain_key=None)
            key, known = content.own.domain_key, database.domain()
            typer.echo(f"domain       {content.domain} ({content.organisation})")
            typer.echo(f"fingerprint  {fingerprint(key)}\nuntil now    {fingerprint(known.domain_key)}")
            check_fingerprint(key, expected or _typed())
            loading.recover(home, database, content, now=time.time())
        finally:
            os.close(lock)
    finally:
        database.close()
    typer.echo(
        f"media {content.sequence}: {len(content.roster)} cards, {len(content.packs)} packs of the new"
        f" domain. Every phone enrols anew. Start with: crs serve --home {home}"
    )


def _typed() -> str:
    if not sys.stdin.isatty():
        raise OperatorError(
            "nobody is here to type the fingerprint; nothing was changed. Give --fingerprint '…' as"
            " `cms status` shows it after  cms recover cms"
        )
    return str(typer.prompt("Type the fingerprint that the CMS shows"))
