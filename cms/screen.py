"""What the operator sees: tables, and the card in the terminal."""

from __future__ import annotations

import select
import sys
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cms.domain import Domain, Letter, room_for_name, serial_text
from cms.errors import OperatorMistake
from cms.letter import day, grouped, when
from cms.picture import half_blocks
from crypto import fields
from crypto.fingerprint import fingerprint

CODE_COLUMNS = 97
"""Version 18, the largest card: 89 modules and the quiet zone."""
CODE_LINES = 49
_CODE_STYLE = "bright_white on black"
_SOON_S = 3 * 86_400


def check_room(console: Console, *, lines: int) -> None:
    """Raise OperatorMistake if the terminal is too small for a card; a pipe or file is never too small."""
    if console.is_terminal and (console.width < CODE_COLUMNS or console.height < lines):
        raise OperatorMistake(
            f"the terminal has {console.width} columns and {console.height} lines, "
            f"a card needs {CODE_COLUMNS} and {CODE_LINES}: "
            "enlarge it, choose a smaller font, or write a file with  -o card.png"
        )


def print_code(console: Console, text: str) -> None:
    """Print the QR code of a card."""
    for line in half_blocks(text):
        console.print(Text(line, style=_CODE_STYLE), no_wrap=True, overflow="ignore", crop=False)


def show_code(console: Console, letter: Letter, *, seconds: int) -> None:
    """Fill the screen with the card until Enter or the end of the time; nothing stays in the scrollback."""
    with console.screen():
        print_code(console, letter.text)
        check = grouped(letter.card.check_code)
        console.print(
            f"{letter.card.tel}  check code {check}  Enter hides it, at the latest after {seconds} s", end=""
        )
        select.select([sys.stdin], [], [], seconds)


def print_letter(console: Console, letter: Letter, *, with_code: bool) -> None:
    """Print what belongs to a card, with the transfer code to be told separately."""
    issued = letter.card
    facts = [
        ("Number", issued.tel),
        ("Name", letter.name),
        ("Serial", serial_text(issued.serial)),
        ("Keys for", issued.month),
        ("Use before", when(issued.expires)),
        ("Check code", grouped(issued.check_code)),
    ]
    if with_code and letter.transfer_code is not None:
        facts.append(
            ("Transfer code", f"{grouped(letter.transfer_code)}   (tell it separately; not kept here)")
        )
    _print_facts(console, facts)


def print_users(console: Console, domain: Domain, now: int) -> None:
    """Print everybody with the state of their card."""
    if not domain.users:
        console.print("Nobody yet: add somebody with  cms user add --tel … --name …", highlight=False)
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("Number", "Name", "Card", "Serial", "Check code"):
        table.add_column(heading, no_wrap=heading != "Name")
    for user in domain.users:
        issued = domain.card_of(user.tel)
        if issued is None:
            table.add_row(user.tel, Text(user.name), "none yet")
            continue
        state = f"until {day(issued.expires)}" if now < issued.expires else "letter expired"
        table.add_row(
            user.tel, Text(user.name), state, serial_text(issued.serial), grouped(issued.check_code)
        )
    console.print(table)


def print_status(console: Console, domain: Domain, now: int) -> None:
    """Print the domain at a glance."""
    issued = [one for one in map(domain.card_of, (user.tel for user in domain.users)) if one is not None]
    month = fields.month_of(now)
    end = fields.month_end(month)
    exported = "never" if not domain.exported else f"number {domain.exports}, {when(domain.exported)}"
    _print_facts(
        console,
        [
            ("Domain", domain.name),
            ("Organisation", domain.organisation),
            ("CRS", domain.crs),
            ("Fingerprint", fingerprint(domain.domain_key)),
            ("Users", f"{len(domain.users)}, {len(issued)} with a card"),
            ("Blocked cards", str(len(domain.cards) - len(issued))),
            (
                "Last export",
                exported + (": there were changes since, export again" if domain.changed else ""),
            ),
            ("Month", f"{month}, ends {when(end)}" + (": soon" if end - now < _SOON_S else "")),
        ],
    )


def print_new_domain(console: Console, domain: Domain) -> None:
    """Print what to write down about a new domain."""
    _print_facts(
        console,
        [
            ("Domain", domain.name),
            ("Fingerprint", fingerprint(domain.domain_key)),
            ("Room for a name", f"{room_for_name(domain)} octets"),
        ],
    )


def _print_facts(console: Console, facts: Iterable[tuple[str, str]]) -> None:
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold")
    for label, value in facts:
        table.add_row(label, Text(value))
    console.print(table)
