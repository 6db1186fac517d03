"""Run a phone on this computer, look at it, and test it."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from firmware.__main__ import main as run_phone
from firmware.interfaces import PhoneInterface, Refused, SelfTestEvent
from firmware.self_test_hand import Hand, hand
from firmware.text import Words
from firmware.varlink import connect, socket_path

HOME = Path("phone")
START_S = 20.0
Home = Annotated[Path, typer.Option(help="the phone's directory", show_default=True)]
Board = Annotated[str, typer.Option(help="the board's name")]
app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.command(epilog="Example: deskphone run --home ~/phone")
def run(home: Home = HOME, board: Board = "virtual") -> None:
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


@app.command(epilog="Example: deskphone selftest --board pi --home /var/lib/sottovoce")
def selftest(
    home: Home = HOME,
    board: Board = "virtual",
    by_hand: Annotated[
        bool, typer.Option("--hand", help="have the person's part done, at the virtual desk")
    ] = False,
) -> None:
    """Test keys, hook, lamps, display, sound, camera, network, clock and keys; exit status 1 if a part fails.

    The phone in HOME is used if it runs; otherwise one is started for the test. Do what the display asks for.
    """
    console = Console()
    try:
        failed = asyncio.run(_selftest(home.absolute(), board, by_hand, console))
    except (ConnectionError, Refused) as error:
        text = error.p_text if isinstance(error, Refused) else str(error)
        console.print(text, style="red", highlight=False, markup=False)
        raise typer.Exit(2) from error
    if failed:
        raise typer.Exit(1)


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


async def _selftest(home: Path, board: str, by_hand: bool, console: Console) -> int:
    """Follow the self-test; return how many parts failed, or 1 if it was left."""
    words, failed = Words(), 0
    async with contextlib.AsyncExitStack() as stack:
        await stack.enter_async_context(_phone(home, board))
        person = await stack.enter_async_context(hand(home)) if by_hand else None
        connection = await connect(socket_path(home, "phone"), PhoneInterface, patience_s=START_S)
        stack.callback(connection.close)
        async for reply in connection.call.SelfTest():
            event: SelfTestEvent = reply["event"]
            failed += event.state in ("failed", "left")
            for line in _lines(event, words):
                console.print(line, highlight=False, markup=False)
            await _do(person, event)
    return failed


async def _do(person: Hand | None, event: SelfTestEvent) -> None:
    if person is not None:
        await person.do(event)


def _lines(event: SelfTestEvent, words: Words) -> list[str]:
    name = words(f"test {event.part}") if event.part else ""
    match event.state:
        case "asks":
            wanted = event.detail if words.has(event.detail) else "press every key"
            return [f"{name:<12} {words(wanted)}"]
        case "failed":
            advice = words("failed hook polarity" if event.detail == "polarity" else f"failed {event.part}")
            return [f"{name:<12} FAILED {event.code}  {event.detail}".rstrip(), f"{'':<12} {advice}"]
        case "passed" | "skipped":
            return [f"{name:<12} {words(f'outcome {event.state}')}  {event.detail}".rstrip()]
        case "left":
            return ["The self-test was left before its end."]
        case _:
            return []


@contextlib.asynccontextmanager
async def _phone(home: Path, board: str) -> AsyncIterator[None]:
    """Have a phone running in `home`: the one that does, or one of our own until the block ends."""
    try:
        (await connect(socket_path(home, "phone"), PhoneInterface, patience_s=0.0)).close()
    except ConnectionError:
        running = False
    else:
        running = True
    if running:
        yield
        return
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "firmware",
        "--board",
        board,
        "--home",
        str(home),
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def main() -> None:
    """Enter here."""
    app()
