"""The change of master secrets: new ones for months to come, the end of those whose months are over. Pure.

    2026-11 ───────────── 2026-12 ───────────── 2027-01 ──────────
    first generation                           │ next generation
                                    rotate     │      destroy: z and KSAK of the first, and every seed
                                               │      that opens a pack of its months

A month has one generation, and what was issued for it was made under that one: so only months that nobody has
keys of may get another. Whoever takes the store after `destroy` makes no key of the months before again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from cms import generations
from cms.domain import Domain
from cms.errors import OperatorMistake
from cms.generations import GONE, MasterGeneration
from cms.records import IssuedCard
from crypto import fields, identifier, sakke
from crypto.policy import Mode, Rotation
from crypto.secret import Secret

AHEAD = 2
"""How many months ahead master secrets may be made, as keys may."""
GRACE_S = 72 * 3600
"""How long after their last month they stay by themselves: as long as phones keep the keys of a month."""
_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Span:
    """The months that a generation serves: from `first` to `last`, '' if no end is in sight."""

    first: str
    last: str

    def __str__(self) -> str:
        return f"{self.first} to {self.last}" if self.last else f"{self.first} on"


def rotate(domain: Domain, first: str, *, now: int) -> Domain:
    """Make master secrets for the months from `first` on. Raises OperatorMistake if they would come late."""
    this = fields.month_of(now)
    try:
        last = fields.month_from_int(fields.month_to_int(this) + AHEAD)
        fields.month_to_int(first)
    except ValueError as error:
        raise OperatorMistake(f"{first!r} is not a month: write it like {this}") from error
    if not this <= first <= last:
        raise OperatorMistake(f"{first} is over, or more than {AHEAD} months ahead: take {this} to {last}")
    if domain.generations[-1].first >= first:
        raise OperatorMistake(
            f"there are master secrets from {domain.generations[-1].first} on already: see  cms master list"
        )
    issued = newest_issued(domain)
    if issued >= first:
        after = fields.month_from_int(fields.month_to_int(issued) + 1)
        raise OperatorMistake(
            f"keys of {issued} are issued, under the master secrets that there are: take {after} or later"
        )
    return replace(
        domain, generations=(*domain.generations, generations.generate(first, now=now)), changed=True
    )


def due(domain: Domain, month: str) -> bool:
    """Whether the policy asks for new master secrets before keys of a month are made."""
    begin = period(month, domain.policy.rotate)
    return begin > domain.generations[-1].first and newest_issued(domain) < month


def period(month: str, rotation: Rotation) -> str:
    """Return the first month of the period that a month lies in; '' if nothing ever changes by itself."""
    match rotation:
        case Rotation.MONTHLY:
            return month
        case Rotation.QUARTERLY:
            number = fields.month_to_int(month)
            return fields.month_from_int(number - number % _QUARTER)
        case Rotation.NEVER:
            return ""


def period_end(month: str, rotation: Rotation) -> str:
    """Return the last month of the period that a month lies in; '' if none is in sight."""
    if rotation is Rotation.NEVER:
        return ""
    months = 1 if rotation is Rotation.MONTHLY else _QUARTER
    return fields.month_from_int(fields.month_to_int(period(month, rotation)) + months - 1)


def newest_issued(domain: Domain) -> str:
    """Return the last month that anybody has keys of; '' if nobody has any."""
    return max((card.newest for card in domain.cards), default="")


def spans(domain: Domain) -> list[tuple[MasterGeneration, Span]]:
    """Return every generation with the months that it serves."""
    lasts = [fields.month_from_int(fields.month_to_int(after.first) - 1) for after in domain.generations[1:]]
    return [(one, Span(one.first, last)) for one, last in zip(domain.generations, [*lasts, ""], strict=True)]


def over(domain: Domain, *, before: str) -> list[MasterGeneration]:
    """Return the generations that serve only months before one, and are not destroyed."""
    return [one for one, span in spans(domain) if span.last and span.last < before and not one.destroyed]


def destroy(domain: Domain, *, before: str, now: int) -> Domain:
    """Destroy the master secrets that serve only months before one, and every seed that opens a pack of them.

    Raises OperatorMistake for a month that is not over, or if there is nothing to destroy.
    """
    this = fields.month_of(now)
    try:
        fields.month_to_int(before)
    except ValueError as error:
        raise OperatorMistake(f"{before!r} is not a month: write it like {this}") from error
    if before > this:
        raise OperatorMistake(f"{this} is not over: what serves it stays; take {this} or an earlier month")
    ending = over(domain, before=before)
    if not ending:
        raise OperatorMistake(f"no master secrets serve only months before {before}: see  cms master list")
    gone = {one.first for one in ending}
    left = tuple(one.without_secrets(now) if one.first in gone else one for one in domain.generations)
    cut = next(span.last for one, span in reversed(spans(domain)) if one.first in gone)
    cards = tuple(_without_seeds(card, cut) for card in domain.cards)
    return replace(domain, generations=left, cards=cards)


def kept_from(domain: Domain, *, now: int) -> str:
    """Return the month before which the policy keeps nothing; '' if it keeps all.

    A forward-secret domain keeps master secrets 72 hours, one in escrow mode as many months as were agreed on
    after their last month.
    """
    months = domain.policy.escrow_months
    if domain.policy.mode is Mode.FORWARD_SECRET:
        return fields.month_of(max(0, now - GRACE_S))
    if domain.policy.mode is Mode.ESCROW and months:
        return fields.month_from_int(fields.month_to_int(fields.month_of(now)) - months)
    return ""


def destroy_due(domain: Domain, *, now: int) -> Domain:
    """Destroy what the policy keeps no longer. `domain` itself if there is nothing."""
    before = kept_from(domain, now=now)
    if not before or not over(domain, before=before):
        return domain
    return destroy(domain, before=before, now=now)


def destroyed(before: Domain | None, after: Domain) -> list[MasterGeneration]:
    """Return the generations, as they are after, that lost their secrets from one domain to the next."""
    kept = {one.first for one in before.generations if not one.destroyed} if before else set()
    return [one for one in after.generations if one.destroyed and one.first in kept]


def rsk_of(domain: Domain, tel: str, month: str) -> Secret:
    """Return the RSK (257 octets) of a number for a month, whoever has it or had it.

    Raises OperatorMistake if the master secrets of that month are destroyed, ValueError for what is neither
    number nor month.
    """
    serving = domain.generation(month).check_kept()
    identity = identifier.monthly(tel, fields.month_moment(month))
    return Secret(sakke.extract_rsk(serving.sakke.expose(), identity))


def _without_seeds(card: IssuedCard, last: str) -> IssuedCard:
    """Return a card without the seeds that open its packs up to a month: they hold that month's RSK."""
    if not card.months or card.months[0].month > last:
        return card
    months = []
    for at, month in enumerate(card.months):
        opens = card.months[at + 1].month if at + 1 < len(card.months) else ""
        kept = not opens or opens > last
        months.append(month if kept else replace(month, next_transport_seed=GONE))
    return replace(card, next_transport_seed=GONE, months=tuple(months))
