"""`crs report`: a month, for the file."""

from __future__ import annotations

import dataclasses
import json
import re
import time
from pathlib import Path
from typing import Annotated

import typer

from crs import certificate_words, tls
from crs import report as reports
from crs.database import FILE, Database
from crs.errors import OperatorError
from crs.report import Report
from crypto.fields import month_of

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])", re.ASCII)


def report(
    month: Annotated[
        str, typer.Option("--month", metavar="YYYY-MM", help="The month (UTC) [the running one].")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    home: Annotated[Path, typer.Option("--home", help="Directory with everything this CRS knows.")] = Path(
        "/var/lib/crs"
    ),
) -> None:
    """Say what a month was like: enrolments, alarms, blocks, media, reviews, and the head of the log.

    All of it is from the log, whose chain is verified first, but for how long the TLS certificate lasts now.
    """
    month = month or month_of(int(time.time()))
    if not _MONTH.fullmatch(month):
        raise OperatorError(f"{month!r} is not a month; a month is written like 2026-11")
    database = Database(home / FILE)
    try:
        made, domain = reports.make(database, month), database.domain().name
        until = tls.certificate_until(home)
    finally:
        database.close()
    if as_json:
        typer.echo(
            json.dumps({"domain": domain, "certificate_until": until, **dataclasses.asdict(made)}, indent=2)
        )
    else:
        _show(domain, made, certificate_words.lines(until, time.time()))


def _show(domain: str, made: Report, certificate: list[str]) -> None:
    media = ", ".join(f"number {number}" for number in made.media_loaded) or "none"
    lines = [
        ("domain", domain),
        ("month", f"{made.month}, {made.month_entries} entries in the log"),
        ("enrolled", f"{made.enrolled}, and {made.enrolled_before} that an earlier CRS had enrolled"),
        ("refused", f"{made.enrolments_refused} enrolments"),
        ("registered", "not counted" if made.registered is None else f"{made.registered} phones at most"),
        *(
            ("partner", f"{partner}: {there} calls to, {back} from")
            for partner, (there, back) in made.partner_calls.items()
        ),
        ("blocked", f"{made.blocked} here, {made.unblocked} lifted; {made.cut_off} connections cut off"),
        ("media", f"loaded: {media}"),
        ("reviews", str(made.reviews)),
        ("backups", f"{made.backups}; restored {made.restored} times"),
        *(("certificate", line) for line in certificate),
        *(("alarm", f"{event}: {count}") for event, count in made.alarms.items()),
        ("log", f"{made.entries} entries, chain whole. Head: {made.head}"),
    ]
    for name, text in lines:
        typer.echo(f"{name:12} {text}")
    if not made.alarms:
        typer.echo(f"{'alarm':12} none")
