"""One QR code in a frame, as whoever does not read codes itself is told of it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from drivers import perspective
from drivers.perspective import Point


@dataclass(frozen=True, slots=True)
class Sighting:
    """One QR code in a frame. `text` is None if it was seen but could not be read.

    `corners` go round the code, in pixels of the frame. `modules` is how many it has a side, 0 if unknown.
    """

    text: str | None
    corners: tuple[Point, ...]
    modules: int

    @property
    def side_px(self) -> float:
        """Pixels of the shortest side."""
        return min(
            math.dist(a, b) for a, b in zip(self.corners, self.corners[1:] + self.corners[:1], strict=True)
        )

    @property
    def module_px(self) -> float:
        """Pixels per module along the shortest side; infinite if the size of the code is unknown."""
        return self.side_px / self.modules if self.modules else math.inf

    def tilt(self, size: tuple[int, int]) -> float:
        """Degrees between code and camera in a frame of `size` (width, height); 0 if unknown."""
        return perspective.tilt(self.corners, size)
