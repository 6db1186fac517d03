"""What a new phone starts with: what its site has set (firmware/system/site.py), or what every phone has."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from firmware.settings import COUNTRIES, LANGUAGES, Settings

LARGEST = 4096


def site_settings(home: Path) -> Settings:
    """Return the settings for who has not chosen any; anything strange in the file counts as unset."""
    settings = Settings()
    try:
        with (home / "run" / "site.json").open("rb") as file:
            told = json.loads(file.read(LARGEST))
    except (OSError, ValueError, RecursionError):
        return settings
    if isinstance(told, dict):
        if told.get("language") in LANGUAGES:
            settings = replace(settings, language=told["language"])
        if told.get("tones") in COUNTRIES:
            settings = replace(settings, country=told["tones"])
    return settings
