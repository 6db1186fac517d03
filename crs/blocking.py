"""Blocking a card at once, without waiting for media: a phone was lost a minute ago.

A block made here stays until it is lifted here, whatever media say in the meantime; and lifting it does not
lift what the media say. It is of cards: a new card for the same number is not blocked with the lost one.
"""

from __future__ import annotations

import functools
import sqlite3
from collections.abc import Set
from typing import Protocol

from crs.database import Block, Database
from crs.errors import OperatorError
from crs.journal import Journal
from crypto.serials import serials_of


class Change(Protocol):
    """`block` or `unblock`."""

    def __call__(self, database: Database, name: str, *, now: float) -> list[Block]: ...


def block(database: Database, name: str, *, now: float) -> list[Block]:
    """Block a card by its serial, or every active card of a number; returns what was blocked.

    Raises OperatorError if there is none, or it is blocked already.
    """
    serial = _serial(name, {card.serial for card in database.accounts()})
    cards = [card for card in database.accounts() if card.tel == name or card.serial == serial]
    if not cards:
        raise OperatorError(
            f"no card has the number or serial {name}; a number is written like +441632960001"
        )
    blocked = {known.serial for known in database.blocks()}
    new = [
        Block(card.serial, card.tel, int(now))
        for card in cards
        if card.serial not in blocked and (card.active or card.serial == serial)
    ]
    if not new:
        raise OperatorError(f"{name} is blocked already; nothing was changed")
    for one in new:
        detail = {"serial": one.serial, "tel": one.tel}
        Journal(database).append("blocked", detail, now, also=functools.partial(_put, one))
    return new


def unblock(database: Database, name: str, *, now: float) -> list[Block]:
    """Lift what was blocked here, by serial or number; returns it. Raises OperatorError if nothing was."""
    serial = _serial(name, {known.serial for known in database.blocks()})
    lifted = [known for known in database.blocks() if known.tel == name or known.serial == serial]
    if not lifted:
        raise OperatorError(
            f"{name} was not blocked with `crs block`; nothing was changed."
            " What media block is lifted by newer media: cms user resume"
        )
    for one in lifted:
        detail = {"serial": one.serial, "tel": one.tel}
        Journal(database).append("unblocked", detail, now, also=functools.partial(_take, one))
    return lifted


def _serial(name: str, known: Set[str]) -> str:
    """Return which of the serials a name is, hexadecimal as printed or decimal; '' if it is none.

    Raises OperatorError if it is one serial in hexadecimal and another in decimal.
    """
    meant = {str(serial) for serial in serials_of(name)} & known
    if len(meant) > 1:
        raise OperatorError(f"{name} is a serial of two cards, hexadecimal and decimal: name the number")
    return meant.pop() if meant else ""


def _put(one: Block, connection: sqlite3.Connection) -> None:
    connection.execute(
        "INSERT INTO blocks (serial, tel, blocked_at) VALUES (?, ?, ?)", (one.serial, one.tel, one.blocked_at)
    )


def _take(one: Block, connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM blocks WHERE serial = ?", (one.serial,))
