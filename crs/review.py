"""The monthly review: an administrator looks at the log before the next month's keys are loaded.

What counts is an acknowledgement in the running month (UTC). It names the head of the log as it was, so that
the log says of itself what was looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from crs.database import Database
from crs.errors import OperatorError
from crs.journal import Entry, Journal, LogTampered
from crypto.fields import month_of

REVIEWED = "log-reviewed"
ALARMS = frozenset(
    {
        "card-used-twice",
        "certificate-refused",
        "clone-suspected",
        "domain-recovered",
        "downgrade-refused",
        "enrolled-before",
        "enrolment-refused",
        "flow-closed",
        "identity-refused",
        "media-elsewhere-refused",
        "not-admitted",
        "record-not-forgotten",
        "record-not-written",
        "restored",
        "second-device-refused",
    }
)
"""Events that somebody should be able to explain."""


@dataclass(frozen=True, slots=True)
class Review:
    """What has happened since the last review: how often each event, and everything that was an alarm."""

    since: int | None
    counts: tuple[tuple[str, int], ...]
    alarms: tuple[Entry, ...]
    entries: int
    head: str


def look(database: Database) -> Review:
    """Return what there is to review. Raises OperatorError if the chain does not hold."""
    journal = Journal(database)
    try:
        head = journal.verify()
    except LogTampered as error:
        raise OperatorError(f"{error}: the log was tampered with; keep the file and tell security") from error
    entries = list(journal.entries())
    reviews = [entry for entry in entries if entry.event == REVIEWED]
    last = reviews[-1] if reviews else None
    new = [entry for entry in entries if last is None or entry.number > last.number]
    return Review(
        since=None if last is None else last.at,
        counts=tuple(sorted(Counter(entry.event for entry in new).items())),
        alarms=tuple(entry for entry in new if entry.event in ALARMS),
        entries=len(new),
        head=head.chain.hex(),
    )


def acknowledge(database: Database, *, now: float) -> None:
    """Write down that the log was reviewed. Raises OperatorError if the chain does not hold."""
    review = look(database)
    detail = {"entries": str(review.entries), "alarms": str(len(review.alarms)), "head": review.head}
    Journal(database).append(REVIEWED, detail, now)


def require(database: Database, months: Iterable[str], *, now: float) -> None:
    """Raise OperatorError if these months' keys are new here and nobody has reviewed the log this month."""
    held = {str(row[0]) for row in database.rows("SELECT DISTINCT month FROM packs WHERE kind = 1")}
    new = sorted(set(months) - held)
    if not new:
        return
    this = month_of(int(now))
    reviewed = database.rows("SELECT at FROM log WHERE event = ? ORDER BY number DESC LIMIT 1", REVIEWED)
    if not reviewed or month_of(int(str(reviewed[0][0]))) != this:
        raise OperatorError(
            f"the log was not reviewed in {this}, and these media bring the keys of {', '.join(new)};"
            " nothing was changed. Look at it with  crs log review  and then  crs log review --ack"
        )
