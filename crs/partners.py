"""Partners: other domains, whose numbers begin in a way that the media of our own domain say. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Partner:
    """One partner as the newest media have it: `domain_key` is Ed25519, 32 octets, the anchor of its CRS's
    certificate; `address` is its CRS's host:port; `prefixes` are beginnings of its numbers, such as '+4930'.
    """

    domain: str
    domain_key: bytes
    address: str
    prefixes: tuple[str, ...]


class Partners:
    """All partners. Replaced as a whole when new media are loaded.

    A number belongs to the partner with the longest prefix that fits. Numbers in `own` are ours, whatever a
    prefix says; a prefix that two partners have is nobody's.
    """

    def __init__(self, partners: Iterable[Partner] = (), *, own: Collection[str] = frozenset()) -> None:
        self._by_domain = {partner.domain: partner for partner in partners}
        self._own = own
        claims = Counter(prefix for partner in self for prefix in set(partner.prefixes))
        self._domains = {
            prefix: partner.domain if claims[prefix] == 1 else ""
            for partner in self
            for prefix in partner.prefixes
        }
        self._longest = max(map(len, self._domains), default=0)

    def __iter__(self) -> Iterator[Partner]:
        return iter(self._by_domain.values())

    @property
    def domains(self) -> frozenset[str]:
        """The names of all partners."""
        return frozenset(self._by_domain)

    def find(self, domain: str) -> Partner | None:
        """Return the partner of this name."""
        return self._by_domain.get(domain)

    def of(self, tel: str) -> str:
        """Return the domain whose number this is, empty if it is no partner's."""
        if tel in self._own:
            return ""
        for length in range(min(len(tel), self._longest), 0, -1):
            domain = self._domains.get(tel[:length])
            if domain is not None:
                return domain
        return ""

    def changed(self, before: Partners) -> frozenset[str]:
        """Return the domains that were partners before and are so no more, or have another key."""
        return frozenset(
            old.domain
            for old in before
            if (new := self.find(old.domain)) is None or new.domain_key != old.domain_key
        )
