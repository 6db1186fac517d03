"""What lies ahead: the months that keys may be issued for, and who has them."""

from __future__ import annotations

from dataclasses import dataclass

from cms import month as months
from cms.domain import Domain
from cms.records import CardState
from crypto import fields


@dataclass(frozen=True, slots=True)
class Outlook:
    """A month: how many cards that are served have its keys, and how many would get them now."""

    month: str
    have: int
    due: int


def outlook(domain: Domain, *, now: int) -> list[Outlook]:
    """Return this month and every later one that keys may be issued for."""
    this = fields.month_to_int(fields.month_of(now))
    served = [card for card in domain.cards if card.state is CardState.ISSUED]
    found = []
    for month in map(fields.month_from_int, range(this, this + months.AHEAD + 1)):
        have = sum(month == card.month or any(month == one.month for one in card.months) for card in served)
        found.append(Outlook(month, have, len(months.due(domain, month))))
    return found
