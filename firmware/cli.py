"""Run a phone on this computer, look at it, and test it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from firmware.__main__ import main as run_phone
from firmware.interfaces import Refused
from firmware.phone_interface import PhoneInterface
from firmware.self_test_run import follow_self_test
from firmware.system.atomic import write
from firmware.system.site import LARGEST, read_site, summary
from firmware.varlink import connect, socket_path

HOME = Path("phone")
Home = Annotated[Path, typer.Option(help="the phone's directory", show_default=True)]
Board = Annotated[str, typer.Option(help="the board's name")]
app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.command(epilog="Example: deskphone run --home ~/phone")
def run(home: Home = HOME, board: Board = "virtual") -> None:
    """Run the phone until Ctrl-C."""
    run_phone(["--board", board, "--home", str(home)])


@app.command(epilog="Example: deskphone apply site.toml --dry-run")
def apply(
    site: Annotated[Path, typer.Argument(help="the site's settings")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only say what it would set")] = False,
    to: Annotated[
        Path | None, typer.Option(help="the first partition of a card, as it is mounted here")
    ] = None,
) -> None:
    """Check a site's settings and put them on a card; exit status 1 if something in them is wrong."""
    console = Console()
    try:
        with site.open("rb") as file:
            octets = file.read(LARGEST + 1)
    except OSError as error:
        console.print(f"{site}: {error.strerror}", style="red", highlight=False, markup=False)
        raise typer.Exit(2) from error
    wanted, faults = read_site(octets)
    for line in summary(wanted):
        console.print(line, highlight=False, markup=False)
    for fault in faults:
        console.print(f"{site.name}: {fault}", style="red", highlight=False, markup=False)
    if faults:
        raise typer.Exit(1)
    if dry_run:
        return
    if to is None or not (to / "autoboot.txt").is_file():
        told = "say with --to where the first partition of the card is mounted: it holds autoboot.txt"
        console.print(told, style="red", highlight=False, markup=False)
        raise typer.Exit(2)
    write(to / "site.toml", octets, mode=0o644)
    console.print(
        f"written to {to / 'site.toml'}: the phone applies it when it starts", highlight=False, markup=False
    )


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


@app.command(epilog="Example: deskphone selftest --board pi --home /var/lib/sottovoce")
def selftest(home: Home = HOME, board: Board = "virtual") -> None:
    """Test keys, hook, lamps, display, sound, camera, network, clock and keys; exit status 1 if a part fails.

    The phone in HOME is used if it runs; otherwise one is started for the test. Do what the display asks for.
    """
    console = Console()
    try:
        failed = asyncio.run(follow_self_test(home.absolute(), board, say=_saying(console)))
    except (ConnectionError, Refused) as error:
        text = error.p_text if isinstance(error, Refused) else str(error)
        console.print(text, style="red", highlight=False, markup=False)
        raise typer.Exit(2) from error
    if failed:
        raise typer.Exit(1)


def _saying(console: Console) -> Callable[[str], None]:
    return lambda line: console.print(line, highlight=False, markup=False)


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
