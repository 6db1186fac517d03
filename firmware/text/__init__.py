"""All words of the phone, in one catalogue.

A language is one module with one dictionary: the same keys and the same places to fill in (`{…}`) as English.
A text that ends with a code (E21) keeps it at the end of the line, and the second line of a trouble, its
`… hint`, names the next step.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from firmware.text.english import ENGLISH
from firmware.text.french import FRENCH
from firmware.text.german import GERMAN

CATALOGUES: Mapping[str, Mapping[str, str]] = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH}
"""By ISO 639-1 code, in the order in which they are offered."""

__all__ = ["CATALOGUES", "ENGLISH", "FRENCH", "GERMAN", "Words"]


class Words:
    """The words of one language. Raises KeyError for an unknown language or an unknown key."""

    def __init__(self, language: str = "en") -> None:
        self._catalogue = CATALOGUES[language]

    def __call__(self, key: str, **values: object) -> str:
        """Return the text `key` with its places filled in."""
        return self._catalogue[key].format(**values) if values else self._catalogue[key]

    def has(self, key: str) -> bool:
        """Say whether there is a text `key`."""
        return key in self._catalogue

    def day(self, when: date) -> str:
        """Return e.g. 'Sun 22 Nov'."""
        return self("day", weekday=self("weekdays").split()[when.weekday()], **self._parts(when))

    def short_date(self, when: date) -> str:
        """Return e.g. '22 Nov'."""
        return self("date", **self._parts(when))

    def full_date(self, when: date) -> str:
        """Return e.g. '22 Nov 2026'."""
        return self("full date", **self._parts(when))

    def month(self, when: date) -> str:
        """Return e.g. 'Nov 2026'."""
        return self("month", **self._parts(when))

    def _parts(self, when: date) -> dict[str, object]:
        return {"day": when.day, "month": self("months").split()[when.month - 1], "year": when.year}
