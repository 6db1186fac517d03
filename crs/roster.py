"""Who may connect: the cards of the domain, as the newest CRS media list them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from crs.database import Account
from crs.effects import Identity


class Roster:
    """All cards by serial. Replaced as a whole when new media are loaded."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self._by_serial = {account.serial: account for account in accounts}

    def __len__(self) -> int:
        return len(self._by_serial)

    def find(self, identity: Identity) -> Account | None:
        """Return the account of this card, if number and serial belong together."""
        account = self._by_serial.get(identity.serial)
        return account if account is not None and account.tel == identity.tel else None

    def admits(self, identity: Identity) -> bool:
        """Say whether a phone may connect: its card is active and its first contact has happened."""
        account = self.find(identity)
        return account is not None and account.active and account.enrolled

    def with_enrolled(self, identity: Identity) -> Roster:
        """Return the roster after this card's first contact."""
        return Roster(
            replace(account, enrolled=True) if account.serial == identity.serial else account
            for account in self._by_serial.values()
        )
