"""`crs update …`: which software is offered to the phones."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from crs import updates
from crs.database import FILE, Database
from crs.journal import Journal

app = typer.Typer(no_args_is_help=True, help="Software for the phones: signed bundles, handed on unopened.")
Home = Annotated[Path, typer.Option("--home", help="Directory with everything this CRS knows.")]
HOME = Path("/var/lib/crs")


@app.command(epilog="Example: crs update add sottovoce-1.2.0-debian-arm64.raucb --home /var/lib/crs")
def add(
    bundle: Annotated[Path, typer.Argument(metavar="BUNDLE", help="The .raucb of a release folder.")],
    home: Home = HOME,
) -> None:
    """Offer a bundle to the phones. They fetch it when they are idle, and judge it themselves."""
    database = Database(home / FILE)
    try:
        update, digest = updates.add(home, bundle)
        detail = {"name": update.path.name, "sha256": digest}
        Journal(database).append("update-added", detail, time.time())
    finally:
        database.close()
    typer.echo(f"{update.path.name}\nsha256  {digest}\nCompare it with SHA256SUMS of the release.")


@app.command("list", epilog="Example: crs update list --home /var/lib/crs")
def list_(home: Home = HOME) -> None:
    """Show what is offered."""
    for update in updates.listed(home):
        typer.echo(f"{update.path.name}  for {update.kind}, version {update.version_text}")


@app.command(epilog="Example: crs update remove sottovoce-1.2.0-debian-arm64.raucb --home /var/lib/crs")
def remove(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As `crs update list` shows it.")],
    home: Home = HOME,
) -> None:
    """Offer a bundle no more. Phones that have it keep it."""
    database = Database(home / FILE)
    try:
        update = updates.remove(home, name)
        Journal(database).append("update-removed", {"name": update.path.name}, time.time())
    finally:
        database.close()
    typer.echo(f"{update.path.name} is not offered any more")
