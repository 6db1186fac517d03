"""The keys of a month: issued before it begins, made again from little for every export. Pure.

Of a month's keys the CMS keeps a seed and the PVT. RSK and SSK follow from the master secrets, so the same
export gives the same octets, however often it is made.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from cms.domain import Domain
from cms.errors import OperatorMistake
from cms.generations import MasterGeneration
from cms.records import CardState, IssuedCard, IssuedMonth
from crypto import eccsi, fields, identifier, sakke, sealing
from crypto.errors import InvalidKey
from crypto.secret import Secret

AHEAD = 2
"""How many months ahead keys may be issued: what is not issued cannot be lost."""
BATCH = 256
"""RSKs made at once; between two batches the progress bar moves."""
DRAWS = 4
"""How often v is drawn: 32 octets lie outside 1..q−1 once in 2^32."""


@dataclass(frozen=True, slots=True)
class Work:
    """One card's keys of one month, and the public transport key that their pack is sealed to."""

    card: IssuedCard
    month: IssuedMonth
    transport_public: bytes


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class MonthSecrets:
    """RSK (257 octets), SSK (32) and PVT (65) of one number for one month, and what they were made from."""

    rsk: Secret
    ssk: Secret
    pvt: bytes
    masters: MasterGeneration


def issue(domain: Domain, month: str, *, now: int, done: Callable[[], None] = lambda: None) -> Domain:
    """Give every card that is served its keys of a month. Those that have them keep them.

    `done` is called after each card. Raises OperatorMistake for a month that is over, or too far ahead.
    """
    check_month(month, now)
    wanting = {card.serial for card in due(domain, month)}
    cards, issuances = [], domain.issuances
    for card in domain.cards:
        if card.serial in wanting:
            seed = Secret(secrets.token_bytes(32))
            _, pvt = _sign_keys(domain, card.tel, month, seed)
            card = replace(card, months=(*card.months, IssuedMonth(month, issuances, now, pvt, seed)))
            issuances += 1
            done()
        cards.append(card)
    changed = domain.changed or issuances != domain.issuances
    return replace(domain, cards=tuple(cards), issuances=issuances, changed=changed)


def due(domain: Domain, month: str) -> list[IssuedCard]:
    """Return the cards that would get keys of a month now: not those of people who are suspended."""
    suspended = domain.suspended
    return [
        card
        for card in domain.cards
        if card.state is CardState.ISSUED and card.newest < month and card.tel not in suspended
    ]


def check_month(month: str, now: int) -> str:
    """Return a month that keys may be issued for. Raises OperatorMistake."""
    this = fields.month_of(now)
    last = fields.month_from_int(fields.month_to_int(this) + AHEAD)
    try:
        fields.month_to_int(month)
    except ValueError as error:
        raise OperatorMistake(f"{month!r} is not a month: write it like {this}") from error
    if not this <= month <= last:
        raise OperatorMistake(f"{month} is over, or more than {AHEAD} months ahead: take {this} to {last}")
    return month


def work(domain: Domain, *, now: int) -> list[Work]:
    """Return what an export must pack: the months of every card that is not blocked, from this one on.

    Those of people who are suspended too: whoever is resumed needs every pack, and the CRS gives none before.
    """
    this = fields.month_of(now)
    return [
        Work(card, month, sealing.transport_public(sealing.transport_key(before)))
        for card in domain.cards
        if card.state is CardState.ISSUED
        for before, month in _chain(card)
        if month.month >= this
    ]


def make(domain: Domain, works: Sequence[Work]) -> Iterator[tuple[Work, MonthSecrets]]:
    """Make the keys again, in batches, in the order of `works`."""
    for at in range(0, len(works), BATCH):
        batch = works[at : at + BATCH]
        for one, rsk in zip(batch, _rsks(domain, batch), strict=True):
            masters = domain.generation(one.month.month)
            ssk, pvt = _sign_keys(domain, one.card.tel, one.month.month, one.month.next_transport_seed)
            if pvt != one.month.pvt:
                raise OperatorMistake(f"the keys of {one.card.tel} do not fit their seed: restore a backup")
            yield one, MonthSecrets(Secret(rsk), Secret(ssk), pvt, masters)


def _rsks(domain: Domain, batch: Sequence[Work]) -> list[bytes]:
    """The RSKs of a batch, those of one generation together."""
    made: dict[int, bytes] = {}
    for masters in domain.generations:
        places = [at for at, one in enumerate(batch) if domain.generation(one.month.month) is masters]
        if places:
            identities = [_identity(batch[at].card.tel, batch[at].month.month) for at in places]
            rsks = sakke.extract_rsks(masters.check_kept().sakke.expose(), identities)
            made |= zip(places, rsks, strict=True)
    return [made[at] for at in range(len(batch))]


def _chain(card: IssuedCard) -> Iterator[tuple[Secret, IssuedMonth]]:
    """Each month of a card with the seed of the transport key that its pack is sealed to."""
    seed = card.next_transport_seed
    for month in card.months:
        yield seed, month
        seed = month.next_transport_seed


def _identity(tel: str, month: str) -> bytes:
    return identifier.monthly(tel, fields.month_moment(month))


def _sign_keys(domain: Domain, tel: str, month: str, seed: Secret) -> tuple[bytes, bytes]:
    """SSK and PVT, with a v (RFC 6507 §5.1.1) that follows from the seed."""
    masters = domain.generation(month).check_kept()
    for draw in range(DRAWS):
        v = sealing.derive(seed, f"ECCSI v {month} {draw}")
        try:
            return eccsi.extract_ssk(masters.eccsi.expose(), _identity(tel, month), v=v.expose())
        except InvalidKey:
            continue
    raise OperatorMistake("the store holds no usable signing secret: restore a backup")
