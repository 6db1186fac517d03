"""`cms month` and every export: keys made, sealed, known to the store, and only then on media."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cms import exports
from cms.options import DEFAULT_STORE, Media, PassphraseFile, StoreFolder, now, progress, say
from cms.session import Commands, opened

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
    with opened(folder, passphrase_file) as store, progress() as bar:
        said = exports.export(store, target, bar, month=month, at=now())
    say(said)
