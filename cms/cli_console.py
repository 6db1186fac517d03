"""`cms console`: everything on one screen, with the keyboard."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from cms.errors import OperatorMistake
from cms.options import DEFAULT_STORE, PassphraseFile, StoreFolder, say
from cms.session import accepts_network, opened
from cms.sitting import Sitting

EXAMPLES = "Examples:  cms console\n\ncms console --operator bob --hide-after 30"


def console(
    hide_after: Annotated[
        int, typer.Option(min=5, max=600, help="Seconds after which a card or code on the screen hides.")
    ] = 60,
    close_after: Annotated[
        int, typer.Option(min=1, max=60, help="Minutes without a key after which the console closes.")
    ] = 10,
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Work on the whole screen: people, letters, the month, media, the log, operators, master
    secrets, partners, escrow, and what is done after a loss.

    Keys 1 to 9 are its pages, ? is help, q leaves. The store stays open and locked meanwhile. What needs two
    people asks for the second one's passphrase in place.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise OperatorMistake("the console needs a terminal: without one use the commands, see  cms --help")
    # Imported here: one library asks other programs where it is, one looks at its environment, which must be
    # clean by then; and no other command waits for them.
    from cms.console import isolation

    isolation.leave_networks()
    isolation.forget_watchers()
    from cms.console import app

    with opened(folder, passphrase_file) as held:
        sitting = Sitting(held, accepts_network=accepts_network())
        said = app.run(sitting, seconds=hide_after, idle_s=60.0 * close_after)
    if said:
        say(said)
