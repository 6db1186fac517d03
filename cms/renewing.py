"""Keys begun and ended at a store: master secrets, and the TLS key of the CRS; and what is said of them."""

from __future__ import annotations

from cms import domain as domains
from cms import master_words, masters
from cms.errors import OperatorMistake
from cms.letter import when
from cms.store import Store

COLUMNS = ("Months", "Made", "Secrets", "In backups (log entries)")


def rows(held: Store) -> list[tuple[str, ...]]:
    """Return every generation: the months that it serves, since when, whether destroyed, backups with it."""
    found: list[tuple[str, ...]] = []
    for one, span in masters.spans(held.domain):
        kept = f"destroyed {when(one.destroyed)}" if one.destroyed else "kept"
        backups = master_words.numbers(master_words.holding(held.entries, one))
        found.append((str(span), when(one.made), kept, backups or "none"))
    return found


def rotate(held: Store, first: str, *, at: int) -> str:
    """Make master secrets that serve from a month on; return what to tell. Raises OperatorMistake."""
    after = masters.rotate(held.domain, first, now=at)
    held.save(after)
    return master_words.begun(after, first)


def destroy(held: Store, before: str, *, at: int) -> str:
    """Destroy master secrets that serve only months before one; return what to tell, such as the backups
    that still hold them. Raises OperatorMistake.
    """
    was = held.domain
    held.save(masters.destroy(was, before=before, now=at))
    return master_words.report(held.entries, was, held.domain)


def destroy_due(held: Store, *, at: int) -> str:
    """Destroy what the policy keeps no longer, as an export does; return what to tell. Raises
    OperatorMistake if there is nothing.
    """
    was = held.domain
    after = masters.destroy_due(was, now=at)
    if after is was:
        raise OperatorMistake(
            "the policy still wants all master secrets that there are: see  cms policy show"
        )
    held.save(after)
    return master_words.report(held.entries, was, held.domain)


def crs_key(held: Store) -> str:
    """Make another TLS key for the CRS; return what to tell."""
    held.save(domains.with_new_crs_key(held.domain), act=held.act("new TLS key of the CRS"))
    return (
        "The CRS has a new TLS key with the next export:  cms export --media DIR\n"
        "Load it there, and destroy the media and older backups of the CRS: the old key's certificate is good"
        " until it ends."
    )
