"""The partners' revocation lists, as their servers gave them: the newest of each, for our phones. Pure.

Each list is signed by its own domain, and phones believe that signature alone. What is checked here keeps
rubbish and old lists from being passed on; it makes nothing true.
"""

from __future__ import annotations

from crs.partners import Partner, Partners
from crypto import revocation
from crypto.errors import PackageError
from crypto.revocation import RevocationList


class ForeignLists:
    """One list for each partner at most, in memory: where no link is, no call comes from either."""

    def __init__(self) -> None:
        self._lists: dict[str, tuple[RevocationList, bytes, bytes]] = {}
        self._bundle = b""

    def take(self, partner: Partner, octets: bytes) -> RevocationList | None:
        """Keep a list if it is newer than the one there is, and return it; None if it is the same.

        Raises PackageError: E03 (damaged, or too large), E04 (not signed by this partner, or older).
        """
        read = revocation.parse(octets, partner.domain_key, max_octets=revocation.MAX_FOREIGN_OCTETS)
        if read.domain != partner.domain:
            raise PackageError("E04", "this revocation list is of another domain")
        known = self._lists.get(partner.domain)
        if known is not None and known[2] == partner.domain_key:
            if octets == known[1]:
                return None
            if read.number <= known[0].number:
                raise PackageError("E04", f"this is list {read.number}, and {known[0].number} is known")
        self._lists[partner.domain] = read, octets, partner.domain_key
        self._put_together()
        return read

    def change(self, partners: Partners) -> None:
        """Forget the lists of those who are no partners any more, or have another key."""
        for domain in list(self._lists):
            partner = partners.find(domain)
            if partner is None or partner.domain_key != self._lists[domain][2]:
                del self._lists[domain]
        self._put_together()

    @property
    def bundle(self) -> bytes:
        """All lists together (`crypto.revocation.bundle`); b'' if there is none."""
        return self._bundle

    def _put_together(self) -> None:
        lists = [octets for _, octets, _ in self._lists.values()]
        self._bundle = revocation.bundle(lists) if lists else b""
