"""An export, whole: keys made and sealed, known to the store, and only then on media."""

from __future__ import annotations

from pathlib import Path

from cms import disc, master_words, masters, media
from cms import month as months
from cms.domain import Domain
from cms.files import StagedFolder
from cms.progress import Bar
from cms.store import Store
from crypto.fingerprint import fingerprint


def export(store: Store, target: Path, bar: Bar, *, month: str | None, at: int) -> str:
    """Export the domain, with a month's keys if one is named; return what to tell the operator.

    If it raises, nothing was changed.
    """
    with disc.staged(target, at=at) as staged:
        before = domain = store.domain
        said: list[str] = []
        if month is not None and masters.due(domain, month):
            domain = masters.rotate(domain, month, now=at)
            said += [master_words.begun(domain, month)]
        if month is not None:
            making = bar.add_task("Making keys", total=len(months.due(domain, month)))
            domain = months.issue(domain, month, now=at, done=lambda: bar.advance(making))
        after = write(masters.destroy_due(domain, now=at), staged, bar, at=at)
        # The store first: keys that got out without being known could never be revoked.
        said += filter(None, [master_words.report(store.entries, before, after)])
        store.save(after)
        staged.appear()
    load = f"crs init --media {target}" if after.exports == 1 else f"crs load --media {target}"
    said += [
        f"Export {after.exports} is in {target}: {media.packs_in(after, now=at)} packs for {after.crs}.",
        f"Fingerprint  {fingerprint(after.domain_key)}",
        f"Next, at the CRS:  {load}   Then destroy the media.",
    ]
    return "\n".join(said)


def write(domain: Domain, staged: StagedFolder | disc.StagedImage, bar: Bar, *, at: int) -> Domain:
    """Write a domain on media that are about to appear; return it as it is after that export."""
    packing = bar.add_task("Packing", total=media.packs_in(domain, now=at))
    after, files = media.export(domain, now=at, packed=lambda: bar.advance(packing))
    writing = bar.add_task("Writing", total=len(files))
    staged.fill(files, written=lambda: bar.advance(writing))
    return after
