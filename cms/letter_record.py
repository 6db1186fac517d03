"""What became of each letter: issued, used, destroyed. People tell it: nothing comes back to the CMS. Pure.

issued ── used ── destroyed
   └───────────────┘          a letter that is void, or was never needed
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

from cms.domain import Domain
from cms.errors import OperatorMistake
from cms.records import CardState, IssuedCard
from crypto.serials import DIGITS, serial_text, serials_of

_FEWEST = 4


class LetterState(Enum):
    """How far a letter has come."""

    ISSUED = "issued"
    USED = "used"
    DESTROYED = "destroyed"


def state(card: IssuedCard) -> LetterState:
    """Return how far the letter of a card has come."""
    if card.destroyed:
        return LetterState.DESTROYED
    return LetterState.USED if card.used else LetterState.ISSUED


def void(card: IssuedCard, now: int) -> bool:
    """Whether an unused letter is of no use any more: its card is blocked, or its time is over."""
    return state(card) is LetterState.ISSUED and (card.state is CardState.BLOCKED or now >= card.expires)


def find(domain: Domain, serial: str) -> IssuedCard:
    """Return the card with a serial, as printed, its first digits, or in decimal. Raises OperatorMistake."""
    typed = "".join(serial.split()).replace("-", "").replace(":", "").upper()
    meant = serials_of(serial) if len(typed) >= _FEWEST else frozenset()
    if not meant and (not _FEWEST <= len(typed) <= DIGITS or set(typed) - set("0123456789ABCDEF")):
        raise OperatorMistake(
            f"{serial!r} is not a serial: copy it from the letter, or its first {_FEWEST} digits or more"
        )
    found = [card for card in domain.cards if card.serial in meant or f"{card.serial:016X}".startswith(typed)]
    if not found:
        raise OperatorMistake(f"no letter has serial {serial}: see  cms letter list")
    if len(found) > 1:
        raise OperatorMistake(f"{len(found)} letters begin with {serial}: type more of its digits")
    return found[0]


def mark_used(domain: Domain, card: IssuedCard, *, now: int) -> Domain:
    """Note that a phone was enrolled with a letter. Raises OperatorMistake if it was, or it is destroyed."""
    if card.destroyed:
        raise OperatorMistake(
            f"letter {serial_text(card.serial)} is noted as destroyed: if a phone was enrolled with it, "
            f"tell security and block it:  cms recover user --tel {card.tel}"
        )
    if card.used:
        raise OperatorMistake(
            f"letter {serial_text(card.serial)} is noted as used already: "
            "if it was used a second time, tell security; otherwise nothing is to be done"
        )
    return _with(domain, replace(card, used=now))


def mark_destroyed(domain: Domain, card: IssuedCard, *, now: int) -> Domain:
    """Note that a letter was destroyed. Raises OperatorMistake if that was noted before."""
    if card.destroyed:
        raise OperatorMistake(f"letter {serial_text(card.serial)} is noted as destroyed already")
    return _with(domain, replace(card, destroyed=now))


def _with(domain: Domain, changed: IssuedCard) -> Domain:
    cards = tuple(changed if card.serial == changed.serial else card for card in domain.cards)
    return replace(domain, cards=cards)
