"""Run a phone on this computer and look at it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from firmware.__main__ import main as run_phone
from firmware.interfaces import PhoneInterface
from firmware.varlink import connect, socket_path

HOME = Path("phone")
Home = Annotated[Path, typer.Option(help="the phone's directory", show_default=True)]
app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.command(epilog="Example: deskphone run --home ~/phone")
def run(home: Home = HOME, board: Annotated[str, typer.Option(help="the board's name")] = "virtual") -> None:
    """Run the phone until Ctrl-C."""
    run_phone(["--board", board, "--home", str(home)])


@app.command(epilog="Example: deskphone status --home ~/phone")
def status(home: Home = HOME) -> None:
    """Say what the phone shows and whether it is registered."""
    console = Console()
    try:
        said = asyncio.run(_status(home))
    except ConnectionError as error:
        console.print(f"{error}", style="red", highlight=False)
        raise typer.Exit(1) from error
    for line in said:
        console.print(line, highlight=False, markup=False)


async def _status(home: Path) -> list[str]:
    connection = await connect(socket_path(home, "phone"), PhoneInterface, patience_s=1.0)
    try:
        now = (await connection.call.Status())["status"]
    finally:
        connection.close()
    return [
        *now.text,
        f"screen: {now.screen}",
        f"call: {now.call}",
        f"registered: {'yes' if now.registered else 'no'}",
    ]


def main() -> None:
    """Enter here."""
    app()
