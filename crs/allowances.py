"""How much anybody may ask for: each phone by itself, and each partner as a whole. Pure; told the time.

A partner that floods us has used up what is the partner's. Nothing of it is taken from a phone of ours.
"""

from __future__ import annotations

from crs.calls import Calls
from crs.config import Config
from crs.effects import Identity
from crs.limits import Rate, TokenBuckets
from sip.errors import TheirMistake

CALLS_PER_PHONE = 4
TRANSACTIONS_PER_PHONE = 64
RENEWALS = Rate(burst=20, per_second=1)
"""Offers within calls: a person who swaps two calls makes two each time."""

TRANSACTIONS_PER_CALL = 8
"""With a partner: of each call that there may be with it."""


class Allowances:
    """What is left to whom. Every refusal is TheirMistake(503)."""

    def __init__(self, config: Config) -> None:
        self.invites = TokenBuckets(Rate(config.invites_burst, config.invites_per_minute / 60))
        """First offers of phones, test calls included."""
        self._renewals = TokenBuckets(RENEWALS)
        self._calls = config.partner_calls
        self._from_partners = TokenBuckets(
            Rate(config.partner_invites_burst, config.partner_invites_per_minute / 60)
        )
        self._partners_renewals = TokenBuckets(
            Rate(RENEWALS.burst * config.partner_calls, RENEWALS.per_second * config.partner_calls)
        )

    def offer(self, caller: Identity, now: float) -> None:
        """Take a token for a first offer, which costs the callee a signature check and a pairing."""
        _take(self._from_partners if caller.partner else self.invites, caller, now)

    def renewal(self, party: Identity, now: float) -> None:
        """Take a token for an offer within a call: it repeats the keys, so it costs no pairing."""
        _take(self._partners_renewals if party.partner else self._renewals, party, now)

    def transaction(self, party: Identity, under_way: int) -> None:
        """Refuse a request of somebody who has so many under way."""
        most = self._calls * TRANSACTIONS_PER_CALL if party.partner else TRANSACTIONS_PER_PHONE
        if under_way >= most:
            raise TheirMistake(503, "Too many requests")

    def call(self, caller: Identity, callee: Identity, calls: Calls) -> None:
        """Refuse a call beside those that there are."""
        if not caller.partner and calls.begun_by(caller) >= CALLS_PER_PHONE:
            raise TheirMistake(503, "Too many calls")
        partner = caller.partner or callee.partner
        if partner and calls.with_partner(partner) >= self._calls:
            raise TheirMistake(503, "Too many calls with this partner")


def _take(buckets: TokenBuckets, identity: Identity, now: float) -> None:
    if not buckets.take(identity.account, now):
        raise TheirMistake(503, "Too many calls")
