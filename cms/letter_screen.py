"""What the operator sees of letters: one, or all."""

from __future__ import annotations

from rich.console import Console

from cms.domain import Domain
from cms.letter import date, grouped, when
from cms.letter_record import LetterState, state, void
from cms.records import CardState, IssuedCard
from cms.screen import print_facts, print_list
from crypto.serials import serial_text

LETTER_COLUMNS = ("Serial", "Number", "Name", "Issued", "Letter")


def print_letters(console: Console, domain: Domain, now: int, *, only_open: bool) -> None:
    """Print every letter in the order of issue, or those that are not destroyed."""
    rows = letter_rows(domain, now, only_open=only_open)
    if not rows:
        console.print("No letters: make some with  cms letters --new -o DIR --codes FILE", highlight=False)
        return
    print_list(console, LETTER_COLUMNS, rows, wraps=("Name",))


def letter_rows(domain: Domain, now: int, *, only_open: bool) -> list[tuple[str, ...]]:
    """Return every letter, or those that are not destroyed: a text for each of LETTER_COLUMNS."""
    names = {user.tel: user.name for user in domain.users}
    return [
        (
            serial_text(card.serial),
            card.tel,
            names.get(card.tel, "(removed)"),
            date(card.issued),
            said(card, now),
        )
        for card in domain.cards
        if not (only_open and state(card) is LetterState.DESTROYED)
    ]


def print_letter_status(console: Console, domain: Domain, card: IssuedCard, now: int) -> None:
    """Print whose a letter is, and what became of it and of its card."""
    print_facts(console, letter_facts(domain, card, now))


def letter_facts(domain: Domain, card: IssuedCard, now: int) -> list[tuple[str, str]]:
    """Return whose a letter is, and what became of it and of its card: labels and values."""
    name = next((user.name for user in domain.users if user.tel == card.tel), "(removed)")
    return [
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
    ]


def said(card: IssuedCard, now: int) -> str:
    """Return the state of a letter in words."""
    return f"{state(card).value}, void" if void(card, now) else state(card).value
