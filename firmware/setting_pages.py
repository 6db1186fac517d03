"""The pages of settings: each is a list of values, or a volume. A choice is applied at once and kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from firmware import desk_words as dk
from firmware import pages as p
from firmware import records_kept
from firmware import settings as choices
from firmware.acts import Act
from firmware.desk_state import Desk
from firmware.house import House
from firmware.lists import choice
from firmware.settings import Settings

ENTRIES = (
    "language",
    "melody",
    "ring",
    "ear",
    "speaker",
    "quiet",
    "logging",
    "pin",
    "lock_after",
    "big",
    "country",
    "night",
    "blank_after",
)
"""Those that are changed most come first."""

VALUES: dict[str, tuple[Any, ...]] = {
    "language": choices.LANGUAGES,
    "country": choices.COUNTRIES,
    "melody": choices.MELODIES,
    "big": (False, True),
    "quiet": (False, True),
    "logging": (True, False),
    "lock_after": choices.LOCK_MINUTES,
    "blank_after": choices.BLANK_MINUTES,
    "night": choices.NIGHTS,
    "pin": ("change", "remove"),
}

SettingPage = p.Preferences | p.Options | p.Loudness
Step = tuple[Desk, tuple[dk.Effect, ...]]


def step(house: House, page: SettingPage, event: Act | dk.Chosen) -> Step:
    """Take a soft key or a key of the dial pad."""
    match page, event:
        case p.Preferences(), Act.BACK:
            return _turn(house, p.Main(2))
        case p.Preferences(chosen), _:
            at, select = choice(event, chosen, len(ENTRIES))
            here = p.Preferences(at)
            return _open(house, ENTRIES[at], here) if select else _turn(house, here)
        case ((p.Options(_, _, back) | p.Loudness(_, back)), (Act.BACK | Act.OK)):
            return _turn(house, back)
        case p.Options(setting, chosen, back), _:
            values = VALUES[setting]
            at, select = choice(event, chosen, len(values))
            if not select:
                return _turn(house, replace(page, chosen=at))
            if setting == "pin":
                return _turn(house, p.Code("old" if values[at] == "change" else "remove"))
            return _apply(house, replace(house.desk.settings, **{setting: values[at]}), back)
        case p.Loudness(sound), (Act.LOUDER | Act.SOFTER):
            by = 1 if event is Act.LOUDER else -1
            settings = house.desk.settings
            return _apply(house, settings.with_volume(sound, settings.volume(sound) + by), page)
        case _:
            return house.desk, ()


def _open(house: House, entry: str, here: p.Preferences) -> Step:
    match entry:
        case "ring" | "ear" | "speaker":
            return _turn(house, p.Loudness(entry, here))
        case "pin":
            return _turn(house, p.Options("pin", 0, here) if house.held.pin else p.Code("new"))
        case "logging" if not house.held.call_log:
            return _turn(house, p.Told("log by policy", here))
        case _:
            now = VALUES[entry].index(getattr(house.desk.settings, entry))
            return _turn(house, p.Options(entry, now, here))


def _apply(house: House, settings: Settings, page: p.Page) -> Step:
    desk = replace(house.desk, settings=settings, page=page)
    return desk, (dk.Choose(), *records_kept.keep(desk, "settings"))


def _turn(house: House, page: p.Page, *effects: dk.Effect) -> Step:
    return replace(house.desk, page=page), effects
