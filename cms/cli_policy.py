"""`cms policy`: what the operators have agreed on, for themselves and for the phones of the domain."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from cms import operators, policy
from cms.errors import OperatorMistake
from cms.options import DEFAULT_STORE, PassphraseFile, StoreFolder, say
from cms.session import GRAVE, Commands, opened

app = Commands(no_args_is_help=True, help="What the operators have agreed on.")


class Agreement(StrEnum):
    """What can be agreed on."""

    TWO_PERSON = "two-person"
    MODE = "mode"
    ROTATE = "rotate"
    CALL_LOG = "call-log"
    ESCROW_MONTHS = "escrow-months"


@app.command(
    "set",
    epilog="Examples:  cms policy set two-person on\n\ncms policy set mode escrow\n\n"
    "cms policy set rotate monthly\n\ncms policy set call-log off\n\ncms policy set escrow-months 12",
)
def policy_set(
    what: Annotated[Agreement, typer.Argument(help="What is agreed on.")],
    value: Annotated[
        str,
        typer.Argument(
            help="two-person, call-log: on or off. mode: compatible, escrow or forward-secret. "
            "rotate: never, monthly or quarterly. escrow-months: 1, 3, 6, 12, 24, 36, 60, 120 or no-end."
        ),
    ],
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Agree that what is grave needs two operators, or on what every phone of the domain enforces and shows.

    The phones hear of their part with the next export: it is signed, and travels in the bulletin.
    """
    with opened(folder, passphrase_file) as held:
        if what is Agreement.TWO_PERSON:
            operators.agree_on_two(held, on=_on(value))
        else:
            operators.agree(held, what, value)
    say(f"{what} is {value}")
    if what is not Agreement.TWO_PERSON:
        say("The phones hear of it with the next export.")


@app.command("show", epilog="Example:  cms policy show")
def policy_show(folder: StoreFolder = DEFAULT_STORE, passphrase_file: PassphraseFile = None) -> None:
    """Show what is agreed on."""
    with opened(folder, passphrase_file) as held:
        on, agreed = held.policy.two_person, held.domain.policy
    say("two-person on" if on else "two-person off: one operator is enough")
    if on:
        say("Two operators are needed for:  " + ", ".join(sorted(GRAVE)))
    say(f"mode {agreed.mode}: {policy.MEANING[agreed.mode]}")
    say(f"rotate {agreed.rotate}")
    say(policy.kept(agreed))
    say("call-log on" if agreed.call_log else "call-log off: no phone keeps a list of calls")


def _on(value: str) -> bool:
    if value not in ("on", "off"):
        raise OperatorMistake(f"{Agreement.TWO_PERSON} cannot be {value!r}: take on or off")
    return value == "on"
