"""Choosing from a list: soft keys Next and Select, the keys 'up' and 'down', or a digit."""

from __future__ import annotations

from firmware import desk_words as dk
from firmware.acts import Act


def choice(event: Act | dk.Chosen, chosen: int, entries: int) -> tuple[int, bool]:
    """Return which of `entries` is chosen after an event, and whether it is meant to open."""
    match event:
        case Act.NEXT | dk.Chosen("down"):
            return (chosen + 1) % max(1, entries), False
        case dk.Chosen("up"):
            return (chosen - 1) % max(1, entries), False
        case Act.SELECT:
            return chosen, chosen < entries
        case dk.Chosen(key) if key.isdigit() and 1 <= int(key) <= entries:
            return int(key) - 1, True
        case _:
            return chosen, False
