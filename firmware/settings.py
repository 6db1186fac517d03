"""What the person has chosen. Applied at once; kept in a record that opens without the PIN."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from firmware.record import record

LANGUAGES = ("en", "de", "fr")
COUNTRIES = (
    *("uk", "us", "de", "fr", "es", "it", "au"),
    *("at", "be", "ch", "nl", "pl", "pt", "se", "in", "jp", "nz"),
)
"""Every tone plan that there is (media.plans); digits choose from the first nine."""
MELODIES = ("classic", "soft", "trill", "silent")
LOUDEST = 10
AS_RECORDED = 5
LOCK_MINUTES = (0, 1, 5, 15, 60)
"""0 is never."""
BLANK_MINUTES = (0, 5, 15, 60)
NIGHTS = ((0, 0), (20, 6), (21, 7), (22, 7), (23, 8))
"""From this hour to that one; two equal hours are no night at all."""

Sound = Literal["ear", "speaker", "ring"]


@record
class Settings:
    """All choices, with what a new phone starts with. Volumes are 0 to 10; times are minutes and hours."""

    language: str = "en"
    country: str = "uk"
    melody: str = "classic"
    ear: int = AS_RECORDED
    speaker: int = AS_RECORDED
    ring: int = AS_RECORDED
    big: bool = False
    quiet: bool = False
    """Do not disturb."""
    logging: bool = True
    lock_after: int = 0
    blank_after: int = 60
    night: tuple[int, int] = (22, 7)

    def volume(self, sound: Sound) -> int:
        """Return one of the three volumes."""
        return {"ear": self.ear, "speaker": self.speaker, "ring": self.ring}[sound]

    def with_volume(self, sound: Sound, level: int) -> Settings:
        """Return the settings with one volume changed, kept within 0 and 10."""
        level = min(max(level, 0), LOUDEST)
        match sound:
            case "ear":
                return replace(self, ear=level)
            case "speaker":
                return replace(self, speaker=level)
            case "ring":
                return replace(self, ring=level)

    def at_night(self, hour: int) -> bool:
        """Say whether an hour of the day (0 to 23) is one of the night's."""
        begins, ends = self.night
        return begins <= hour < ends if begins <= ends else hour >= begins or hour < ends
