"""What a month was like, from the log alone: for the administrator's file and the monthly review.

Entries keep their event and time for ever; what was in their detail is there while retention lasts.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from crs.database import Database
from crs.errors import OperatorError
from crs.journal import Entry, Journal, LogTampered
from crs.review import ALARMS, REVIEWED
from crypto.fields import month_of

REFUSED = frozenset({"enrolment-refused", "card-used-twice"})
REGISTERED = "registered-at-most"
"""Entries with how many phones were registered at once, at most, since the last of them; not whose."""


PARTNER_CALLS = "partner-calls"
"""Entries with how many calls there were to and from a partner since the last of them; not whose."""


@dataclass(frozen=True, slots=True)
class Report:
    """One month ('2026-11', UTC). `alarms` by event. `entries` and `head` are of the log up to its end.

    `registered` is the most at once, None if nobody counted. `partner_calls` are (to, from) by partner, as
    far as retention lasts.
    """

    month: str
    enrolled: int
    enrolled_before: int
    enrolments_refused: int
    alarms: dict[str, int]
    blocked: int
    unblocked: int
    cut_off: int
    registered: int | None
    partner_calls: dict[str, tuple[int, int]]
    media_loaded: list[str]
    reviews: int
    backups: int
    restored: int
    month_entries: int
    entries: int
    head: str


def make(database: Database, month: str) -> Report:
    """Return the report of a month. Raises OperatorError if the chain does not hold."""
    journal = Journal(database)
    try:
        journal.verify()
    except LogTampered as error:
        raise OperatorError(f"{error}: the log was tampered with; keep the file and tell security") from error
    past = [entry for entry in journal.entries() if month_of(entry.at) <= month]
    entries = [entry for entry in past if month_of(entry.at) == month]
    counts: Counter[str] = Counter()
    for entry in entries:
        counts[entry.event] += 1 + _number(entry, "left_out")
    registered = [_number(entry, "phones") for entry in entries if entry.event == REGISTERED]
    last = past[-1].number if past else 0
    return Report(
        month=month,
        enrolled=counts["enrolled"],
        enrolled_before=counts["enrolled-before"],
        enrolments_refused=sum(counts[event] for event in REFUSED),
        alarms={event: counts[event] for event in sorted(ALARMS) if counts[event]},
        blocked=counts["blocked"],
        unblocked=counts["unblocked"],
        cut_off=counts["flow-of-blocked-phone-closed"],
        registered=max(registered) if registered else None,
        partner_calls=_partner_calls(entries),
        media_loaded=[_text(entry, "sequence") for entry in entries if entry.event == "media-loaded"],
        reviews=counts[REVIEWED],
        backups=counts["backed-up"],
        restored=counts["restored"],
        month_entries=len(entries),
        entries=last,
        head=journal.head_after(last).hex(),
    )


def _partner_calls(entries: list[Entry]) -> dict[str, tuple[int, int]]:
    there: Counter[str] = Counter()
    back: Counter[str] = Counter()
    for entry in entries:
        if entry.event == PARTNER_CALLS and entry.detail is not None:
            there[_text(entry, "partner")] += _number(entry, "to")
            back[_text(entry, "partner")] += _number(entry, "from")
    return {partner: (there[partner], back[partner]) for partner in sorted(there)}


def _number(entry: Entry, name: str) -> int:
    value = (entry.detail or {}).get(name, "0")
    return int(value) if value.isdecimal() else 0


def _text(entry: Entry, name: str) -> str:
    return (entry.detail or {}).get(name, "?")
