"""Who may connect: the cards of the domain, as the newest CRS media list them.

A CRS that was initialised anew, or restored from an older backup, has forgotten first contacts. It cannot
ask anybody, but the phones can prove theirs: a certificate of the domain comes to a phone in its first pack
alone, sealed to the card, and the CRS hands that pack out at the first contact alone. So a phone that brings
a verified certificate of an active card is admitted although its first contact is not remembered; its serial
counts as used from then on, and whoever comes later with a copy of the card is refused with the alarm.

Why that gives nobody more than they had:
- A certificate without the card's key ends in the handshake; a card without its pack has no certificate, and
  getting the pack is the first contact, which was open to the card's holder anyway.
- Somebody with a card *and* with the disc of a CRS or its media, who need not ask for the pack, could be
  admitted without first contact, even after the card has expired. The true holder's first contact is refused
  then with the alarm, as after any theft of a card, and the log has an `enrolled-before` that nothing but a
  lost memory explains: the monthly review shows it.
- What is left of the loss: until the true phone comes, a copy of its card may have a first contact, if the
  card has not expired. The true phone is still admitted, and two phones of one card are told as
  `clone-suspected`.
- A blocked card is refused, whatever it brings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from crs.database import Account
from crs.effects import Identity


class Roster:
    """All cards by serial. Replaced as a whole when new media are loaded."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self._by_serial: Mapping[str, Account] = {account.serial: account for account in accounts}

    def __len__(self) -> int:
        return len(self._by_serial)

    @property
    def numbers(self) -> frozenset[str]:
        """Every number that a card was issued for, blocked ones included."""
        return frozenset(account.tel for account in self._by_serial.values())

    def find(self, identity: Identity) -> Account | None:
        """Return the account of this card, if number and serial belong together."""
        account = self._by_serial.get(identity.serial)
        return account if account is not None and account.tel == identity.tel else None

    def admits(self, identity: Identity) -> bool:
        """Say whether a phone may connect whose certificate TLS has verified: its card is active."""
        account = self.find(identity)
        return account is not None and account.active

    def remembers(self, identity: Identity) -> bool:
        """Say whether this card is known to be used."""
        account = self.find(identity)
        return account is not None and account.enrolled

    def with_enrolled(self, identity: Identity) -> Roster:
        """Return the roster after this card's first contact."""
        account = self.find(identity)
        if account is None or account.enrolled:
            return self
        after = Roster(())
        after._by_serial = {**self._by_serial, identity.serial: replace(account, enrolled=True)}
        return after
