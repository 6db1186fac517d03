"""What the operator sees of letters: one, or all."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cms.domain import CardState, Domain, IssuedCard, serial_text
from cms.letter import date, grouped, when
from cms.letter_record import LetterState, state, void
from cms.screen import print_facts


def print_letters(console: Console, domain: Domain, now: int, *, only_open: bool) -> None:
    """Print every letter in the order of issue, or those that are not destroyed."""
    cards = [card for card in domain.cards if not (only_open and state(card) is LetterState.DESTROYED)]
    if not cards:
        console.print("No letters: make some with  cms letters --new -o DIR", highlight=False)
        return
    names = {user.tel: user.name for user in domain.users}
    table = Table(box=None, pad_edge=False)
    for heading in ("Serial", "Number", "Name", "Issued", "Letter"):
        table.add_column(heading, no_wrap=heading != "Name")
    for card in cards:
        name = names.get(card.tel, "(removed)")
        table.add_row(serial_text(card.serial), card.tel, Text(name), date(card.issued), said(card, now))
    console.print(table)


def print_letter_status(console: Console, domain: Domain, card: IssuedCard, now: int) -> None:
    """Print whose a letter is, and what became of it and of its card."""
    name = next((user.name for user in domain.users if user.tel == card.tel), "(removed)")
    print_facts(
        console,
        [
            ("Serial", serial_text(card.serial)),
            ("Number", card.tel),
            ("Name", name),
            ("Check code", grouped(card.check_code)),
            ("Issued", when(card.issued)),
            ("Use before", when(card.expires)),
            ("Letter", said(card, now) + (": destroy it" if void(card, now) else "")),
            ("Used", when(card.used) if card.used else "not noted"),
            ("Destroyed", when(card.destroyed) if card.destroyed else "not noted"),
            ("Card", "blocked" if card.state is CardState.BLOCKED else "served"),
        ],
    )


def said(card: IssuedCard, now: int) -> str:
    """Return the state of a letter in words."""
    return f"{state(card).value}, void" if void(card, now) else state(card).value
