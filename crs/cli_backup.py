"""`crs backup` and `crs restore`, `crs block` and `crs unblock`."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from crs import backup as backups
from crs import blocking
from crs.backup_file import Header
from crs.confirming import confirm
from crs.database import FILE, Block, Database
from crypto.fingerprint import fingerprint
from crypto.serials import serial_text

Home = Annotated[Path, typer.Option("--home", help="Directory with everything this CRS knows.")]
Name = Annotated[
    str, typer.Argument(metavar="SERIAL|NUMBER", help="A card's serial as printed, or a number: +44….")
]
HOME = Path("/var/lib/crs")


def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="New file for the backup.")],
    home: Home = HOME,
) -> None:
    """Write everything this CRS knows into one file. A running server goes on meanwhile.

    No key of anybody's calls is in it, as none is on the CRS. The CRS's own TLS key is: keep the file so.
    """
    header = backups.make(home, target, now=time.time())
    _show(header)
    typer.echo(f"Backup in {target}. Write the head of the log down elsewhere.")


def restore(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="What `crs backup` wrote.")],
    home: Home = HOME,
    expected: Annotated[
        str, typer.Option("--fingerprint", help="The domain key's fingerprint as the CMS shows it.")
    ] = "",
    head: Annotated[
        str, typer.Option("--head", help="A head of the log that was written down: it must be in this log.")
    ] = "",
) -> None:
    """Make a CRS from a backup, where none is. Compare the fingerprint shown with the one on the CMS: you are
    asked before anything is restored. Where nobody can be asked (no terminal), --fingerprint must be given.

    Then load the newest media. Phones that enrolled after the backup are admitted by their certificates.
    """

    def accept(header: Header) -> None:
        _show(header)
        confirm(header.domain_key, expected)

    backups.restore(source, home, now=time.time(), log_head=head, accept=accept)
    typer.echo(f"Restored. Next:  crs load --media DIR --home {home}   then  crs serve --home {home}")


def block(name: Name, home: Home = HOME) -> None:
    """Block a card at once, without media: its connection and its calls end, and it is not admitted.

    A number means the cards that it has now. The block stays, whatever media say, until `crs unblock`.
    """
    _told("blocked", _with_database(home, blocking.block, name))
    typer.echo("A lost phone's keys are revoked at the CMS:  cms recover user, or cms user remove")


def unblock(name: Name, home: Home = HOME) -> None:
    """Lift a block that `crs block` made. What the media block stays blocked."""
    _told("unblocked", _with_database(home, blocking.unblock, name))


def _with_database(home: Path, change: blocking.Change, name: str) -> list[Block]:
    database = Database(home / FILE)
    try:
        return change(database, name, now=time.time())
    finally:
        database.close()


def _told(what: str, blocks: list[Block]) -> None:
    for one in blocks:
        typer.echo(f"{what}: card {serial_text(int(one.serial))} of {one.tel}")


def _show(header: Header) -> None:
    made = datetime.fromtimestamp(header.made, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    typer.echo(f"domain       {header.domain}\nfingerprint  {fingerprint(header.domain_key)}")
    typer.echo(f"made         {made}, with media number {header.sequence}")
    typer.echo(f"log          {header.entries} entries. Head: {header.head.hex()}")
