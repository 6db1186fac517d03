"""The viewfinder: 112 x 64 grey pixels of what the camera sees, and where in them a code is. Pure.

It is no mirror: the camera looks away from the display, as a pocket camera does, and what is held to the
right of it shows on the right. Lettering on the card can be read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

VIEW = (112, 64)
"""Width and height in pixels."""
VIEW_OCTETS = VIEW[0] * VIEW[1]

HINTS = frozenset({"", "closer", "back", "flat", "still", "light", "glare", "stuck"})
"""What may be said to who holds a card before the camera."""

Corners = tuple[tuple[int, int], ...]
"""Four points of the view, round the code; () if there is none."""

_CORNERS = re.compile("[0-9]{1,3},[0-9]{1,3}(?: [0-9]{1,3},[0-9]{1,3}){3}")


def window(size: tuple[int, int]) -> tuple[float, float, float, float]:
    """Return the box (left, top, right, bottom) of a frame of `size` that the view shows."""
    width, height = size
    side = min(width, height * VIEW[0] / VIEW[1])
    top = side * VIEW[1] / VIEW[0]
    return (width - side) / 2, (height - top) / 2, (width + side) / 2, (height + top) / 2


def in_view(corners: Sequence[tuple[float, float]], size: tuple[int, int]) -> Corners:
    """Carry corners from a frame of `size` to the view; what lies outside comes to its edge."""
    left, top, right, bottom = window(size)
    across, down = VIEW[0] / (right - left), VIEW[1] / (bottom - top)
    return tuple(
        (
            min(max(int((x - left) * across), 0), VIEW[0] - 1),
            min(max(int((y - top) * down), 0), VIEW[1] - 1),
        )
        for x, y in corners
    )


def write_corners(corners: Corners) -> str:
    """Write corners as 'x,y x,y x,y x,y'."""
    return " ".join(f"{x},{y}" for x, y in corners)


def read_corners(text: str) -> Corners:
    """Read what `write_corners` wrote; () for anything else: the process that sends it meets strangers."""
    if not _CORNERS.fullmatch(text):
        return ()
    points = [tuple(int(number) for number in point.split(",")) for point in text.split(" ")]
    if any(x >= VIEW[0] or y >= VIEW[1] for x, y in points):
        return ()
    return tuple((x, y) for x, y in points)
