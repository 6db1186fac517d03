"""What an operator has to do when master secrets begin and end: tell partners, destroy backups. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from cms import masters
from cms.audit import Entry
from cms.domain import Domain
from cms.generations import MasterGeneration

MADE = "backup to "
"""How the log entry of a backup begins."""


def begun(domain: Domain, month: str) -> str:
    """Return what the operator has to know of new master secrets that serve from a month on."""
    said = f"New master secrets serve from {month} on."
    if domain.partners or domain.prefixes:
        said += "\nPartners need to know: give each a new certificate with  cms partner export FILE"
    return said


def holding(entries: Sequence[Entry], generation: MasterGeneration) -> list[Entry]:
    """Return the entries of the backups that were made while a generation had its secrets."""
    end = generation.destroyed or None
    return [
        entry
        for entry in entries
        if entry.details.startswith(MADE) and entry.at >= generation.made and (end is None or entry.at <= end)
    ]


def numbers(entries: Sequence[Entry]) -> str:
    """Return which entries these are."""
    return ", ".join(str(entry.number) for entry in entries)


def left(entries: Sequence[Entry], before: Domain, after: Domain) -> list[Entry]:
    """Return the backups that hold what was destroyed from one domain to the next."""
    found = {
        entry.number: entry for one in masters.destroyed(before, after) for entry in holding(entries, one)
    }
    return list(found.values())


def told(entries: Sequence[Entry], before: Domain, after: Domain) -> str:
    """Return what the log says about it, '' if there is nothing to say."""
    if not masters.destroyed(before, after):
        return ""
    found = left(entries, before, after)
    return f"backups that still hold them: {numbers(found) or 'none'}"


def report(entries: Sequence[Entry], before: Domain, after: Domain) -> str:
    """Return what the operator has to know, '' if nothing was destroyed."""
    ended = {one.first for one in masters.destroyed(before, after)}
    if not ended:
        return ""
    spans = ", ".join(str(span) for one, span in masters.spans(after) if one.first in ended)
    found = left(entries, before, after)
    lines = [f"The master secrets for {spans} are destroyed: no key of these months is made again."]
    if found:
        lines.append(
            "Backups still hold them, and open every call of those months. Destroy the backups of:  "
            + "; ".join(f"log entry {entry.number} ({entry.details.removeprefix(MADE)})" for entry in found)
        )
    else:
        lines.append("The log knows of no backup that holds them.")
    return "\n".join(lines)
