"""What a person may see of an update of this phone's software. Pure."""

from __future__ import annotations

from firmware.record import record

TOLD = {
    "ready": "update ready",
    "updated": "updated",
    "rolled-back": "rolled back",
    "failed": "update {code}",
    "not-restarted": "restart {code}",
    "none": "update none",
    "unanswered": "update unanswered",
}
"""The kinds that are told once, and the keys of their words."""
GONE_BY = frozenset({"updated", "rolled back"})
"""Notices after whose reading the update service need not tell them again."""


@record
class News:
    """`kind`: '' (nothing), 'fetching', 'writing' (each with `percent`), 'ready', 'updated', 'rolled-back'
    (each with `version`), 'failed' (with `code`, E60 to E65), 'restarting', 'not-restarted' (with `code`, and
    the version if one is ready); and for whoever asked 'none' (nothing newer) and 'unanswered'.
    """

    kind: str = ""
    percent: int = 0
    version: str = ""
    code: str = ""
