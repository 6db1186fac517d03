"""How bright a display shines, and where its picture stands, so that it neither dazzles nor burns in.

A phone that is used shines fully (at night: half); after a minute alone it is dim; after a while, if the
person so chose, dark. Any key, the handset or a caller wakes it. The waking key does what it always does,
except a soft key on a dark display: nobody can know what a label says that does not show.
"""

from __future__ import annotations

from PIL import Image

from firmware.settings import Settings

FULL, EASY, DIM, DARK = 0xFF, 0x50, 0x10, 0
DIM_AFTER_S = 60.0
_PLACES = ((0, 0), (1, 0), (2, -1), (1, -2), (0, -1), (-1, -2), (-2, -1), (-1, 0))
"""Where the picture stands, minute by minute; up and aside, since the last row of pixels is in use."""


def contrast(settings: Settings, *, hour: int, alone_s: float, busy: bool) -> int:
    """Return the brightness, 0 (dark) to 255. `alone_s`: seconds since anything was touched or happened."""
    night = settings.at_night(hour)
    if busy or alone_s < DIM_AFTER_S:
        return EASY if night else FULL
    if settings.blank_after and alone_s >= settings.blank_after * 60:
        return DARK
    return DIM if night else EASY


def place(minute: int) -> tuple[int, int]:
    """Return by how many pixels (at most 2, right and down) the idle picture is moved in this minute."""
    return _PLACES[minute % len(_PLACES)]


def moved(picture: Image.Image, minute: int) -> Image.Image:
    """Return the picture, moved as this minute asks."""
    x, y = place(minute)
    canvas = Image.new(picture.mode, picture.size)
    canvas.paste(picture, (x, y))
    return canvas
