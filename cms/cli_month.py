"""`cms month` and every export: keys made, sealed, known to the store, and only then on media."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cms import disc, media
from cms import month as months
from cms.options import DEFAULT_STORE, Media, PassphraseFile, StoreFolder, now, progress, say
from cms.session import Commands, opened
from crypto.fingerprint import fingerprint

app = Commands(no_args_is_help=True, help="The keys of a month, made before it begins.")


@app.command(
    "export",
    epilog="Examples:  cms month export 2026-12 --media /media/usb/december\n\n"
    "cms month export 2026-12 --media december.iso",
)
def month_export(
    month: Annotated[str, typer.Argument(metavar="MONTH", help="The month, such as 2026-12 (UTC).")],
    target: Media,
    folder: StoreFolder = DEFAULT_STORE,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Make everybody's keys for a month and write them, sealed to each phone, on media for the CRS.

    Do it in the last week of the month before; phones fetch their keys as soon as the CRS has them and
    change at the month's first second. Made again, it gives the same keys, and new ones to newcomers only.
    """
    export_to(target, folder, passphrase_file, month=month)


def export_to(target: Path, folder: Path, passphrase_file: Path | None, *, month: str | None) -> None:
    """Export the domain, with a month's keys if one is named. If it raises, nothing was changed."""
    at = now()
    with opened(folder, passphrase_file) as store, disc.staged(target, at=at) as staged, progress() as bar:
        domain = store.domain
        if month is not None:
            making = bar.add_task("Making keys", total=len(months.due(domain, month)))
            domain = months.issue(domain, month, now=at, done=lambda: bar.advance(making))
        total = media.packs_in(domain, now=at)
        packing = bar.add_task("Packing", total=total)
        after, files = media.export(domain, now=at, packed=lambda: bar.advance(packing))
        writing = bar.add_task("Writing", total=len(files))
        staged.fill(files, written=lambda: bar.advance(writing))
        # The store first: keys that got out without being known could never be revoked.
        store.save(after)
        staged.appear()
    load = f"crs init --media {target}" if after.exports == 1 else f"crs load --media {target}"
    say(
        f"Export {after.exports} is in {target}: {total} packs for {after.crs}.\n"
        f"Fingerprint  {fingerprint(after.domain_key)}\n"
        f"Next, at the CRS:  {load}   Then destroy the media."
    )
