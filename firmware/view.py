"""From where everything stands to the one screen that shows it, and to what the soft keys then do.

Whose turn it is says `firmware.foreground`; a volume that is being changed shows over everything.
"""

from __future__ import annotations

from firmware.call_view import call_view, in_a_call
from firmware.desk_view import desk_view, erase_view, idle_view, lock_view, notice_view
from firmware.enrol_view import enrol_view
from firmware.foreground import foreground
from firmware.house import KEYS_SHUT, NOTHING_HELD, House
from firmware.screens import models as m
from firmware.version import VERSION

__all__ = ["KEYS_SHUT", "NOTHING_HELD", "VERSION", "House", "in_a_call", "view"]


def view(house: House) -> m.Model:
    """Return what to show; its `keys` are what soft keys 1 to 4 do now."""
    under = _under(house)
    bar = house.desk.bar
    if bar is None or isinstance(under, m.ScaleScreen):
        return under
    sound = bar.sound
    return m.VolumeScreen(under, sound, house.desk.settings.volume(sound))


def _under(house: House) -> m.Shown:
    shows: m.Shown | None = None
    match foreground(house):
        case "erase":
            shows = erase_view(house)
        case "lock":
            shows = lock_view(house)
        case "call":
            shows = call_view(house)
        case "enrolment":
            shows = enrol_view(house)
        case "page":
            shows = desk_view(house)
        case "notice":
            shows = notice_view(house)
        case "idle":
            pass
    return idle_view(house) if shows is None else shows
