"""What is done after a loss: one person's keys, or all of a domain's. Pure.

user     the card they had is blocked, every signing key of it revoked, its letter void; a new card
renewed  new master secrets, domain key and CRS TLS key; nobody has a card any more
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from cms import domain as domains
from cms import month as months
from cms.domain import Domain, Letter
from cms.errors import OperatorMistake
from cms.records import IssuedCard
from crypto import fields
from crypto.policy import DomainPolicy, Mode


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Recovered:
    """A person recovered. `ahead`: the months after this one that their new card has keys for already."""

    domain: Domain
    lost: IssuedCard
    letter: Letter
    ahead: tuple[str, ...]

    @property
    def revoked(self) -> int:
        """How many signing keys the next revocation list has more."""
        return 1 + len(self.lost.months)


def user(domain: Domain, *, tel: str, now: int) -> Recovered:
    """Put a new card in the place of one that is lost, stolen or leaked, for all months that it had keys of.

    Raises OperatorMistake if the number has no card, or its holder is suspended.
    """
    person = domain.user(tel)
    lost = domain.card_of(tel)
    if lost is None:
        raise OperatorMistake(
            f"{person.name} has no card that could be lost: make one with  cms user card --tel {tel}"
        )
    after, letter = domains.issue_card(domain, tel=tel, now=now, reissue=True)
    this = fields.month_of(now)
    ahead = tuple(later.month for later in lost.months if later.month > this)
    for month in ahead:
        after = months.issue(after, month, now=now)
    return Recovered(after, lost, letter, ahead)


def renewed(domain: Domain, *, now: int) -> Domain:
    """Return the domain with new secrets and the same people, none of whom has a card.

    Exports and signing keys are counted on: whoever compares two lists must see which is the later one. The
    policy stays, but for escrow: custodians have to be found anew first. Partners do not: whoever had the
    store may have put some in.
    """
    fresh = domains.create(
        domain.name, organisation=domain.organisation, crs=domain.crs, marking=domain.marking, now=now
    )
    return replace(
        fresh,
        users=domain.users,
        exports=domain.exports,
        exported=domain.exported,
        issuances=domain.issuances,
        openings=domain.openings,
        changed=True,
        policy=_kept_policy(domain.policy),
        prefixes=domain.prefixes,
        certificates=domain.certificates,
    )


def _kept_policy(policy: DomainPolicy) -> DomainPolicy:
    # The new store has no custodians yet: a phone must not say that there are any.
    return replace(policy, mode=Mode.COMPATIBLE) if policy.mode is Mode.ESCROW else policy
