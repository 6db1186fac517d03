"""A camera before which somebody holds a picture: perspective, tremor, blur, noise and a lamp to one side."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

from drivers.ports import CameraCapabilities, Frame, Gray

SIZE = (1280, 720)
FOCAL_PX = 1100.0
"""A lens of 60° across 1280 pixels."""
_NOISES = 3


@dataclass(frozen=True, slots=True)
class Pose:
    """How a picture is held: `fill` of the frame's height, degrees, and `shift` of its middle in pixels."""

    fill: float = 0.8
    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    shift: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Conditions:
    """What light and lens do: `light`, `wall` and `noise` in grey levels, `blur` in pixels.

    `gradient` is how much darker the far corner of the frame is, 0 to 1.
    """

    light: float = 215.0
    wall: float = 58.0
    gradient: float = 0.25
    blur: float = 0.8
    noise: float = 5.0


class Hand:
    """Holds one picture up. The same seed makes the same tremor."""

    def __init__(
        self,
        picture: Image.Image,
        *,
        pose: Pose | None = None,
        conditions: Conditions | None = None,
        tremor: float = 1.0,
        approach_s: float = 0.0,
        seed: int = 0,
    ) -> None:
        self._picture = picture.convert("L")
        self._pose = pose or Pose()
        self._conditions = conditions or Conditions()
        self._tremor = tremor
        self._approach_s = approach_s
        random = np.random.default_rng(seed)
        # Each of six movements is a slow sway and a quick tremble, as a hand has both.
        self._phases = random.uniform(0, 2 * math.pi, size=(6, 2))
        self._rates = np.stack([random.uniform(0.25, 0.6, 6), random.uniform(5.0, 9.0, 6)], axis=1)
        noise = random.normal(0, self._conditions.noise, size=(_NOISES, SIZE[1], SIZE[0]))
        self._noise = noise.astype(np.float32)
        x, y = np.meshgrid(np.linspace(0, 1, SIZE[0]), np.linspace(0, 1, SIZE[1]))
        dim = 1 - self._conditions.gradient * (0.6 * x + 0.4 * y)
        self._light = (dim * self._conditions.light / 255).astype(np.float32)
        self._scaled: tuple[int, Image.Image] | None = None

    def see(self, at: float) -> Gray:
        """Return the frame of 1280 x 720 that a camera takes `at` seconds after the hand went up."""
        corners = self._corners(at)
        span = max(math.dist(corners[0], corners[1]), math.dist(corners[1], corners[2]))
        source = self._scaled_to(span)
        width, height = source.size
        edges = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=np.float64)
        coefficients = homography(corners, edges)
        card = source.transform(
            SIZE, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BILINEAR, fillcolor=0
        )
        mask = Image.new("L", source.size, 255)
        mask = mask.transform(
            SIZE, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BILINEAR, fillcolor=0
        )
        wall = Image.new("L", SIZE, round(self._conditions.wall))
        wall.paste(card, mask=mask)
        if self._conditions.blur > 0:
            wall = wall.filter(ImageFilter.BoxBlur(self._conditions.blur))
        frame = np.asarray(wall, dtype=np.float32) * self._light
        frame += self._noise[int(at * 1000) % _NOISES]
        seen: Gray = np.clip(frame, 0, 255).astype(np.uint8)
        return seen

    def _corners(self, at: float) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        sway = np.sin(2 * math.pi * self._rates * at + self._phases) @ np.array([1.0, 0.08])
        pose, tremor = self._pose, self._tremor
        fill = pose.fill * (1 + 0.03 * tremor * sway[0])
        if self._approach_s > 0 and at < self._approach_s:
            near = at / self._approach_s
            fill *= 0.3 + 0.7 * near * near * (3 - 2 * near)
        turned = _rotation(
            yaw=pose.yaw + 4 * tremor * sway[1],
            pitch=pose.pitch + 3 * tremor * sway[2],
            roll=pose.roll + 4 * tremor * sway[3],
        )
        aspect = self._picture.width / self._picture.height
        high = 1.0 if aspect <= SIZE[0] / SIZE[1] else SIZE[0] / SIZE[1] / aspect
        square = np.array([(-aspect, -1, 0), (aspect, -1, 0), (aspect, 1, 0), (-aspect, 1, 0)]) * high / 2
        placed = square @ turned.T + (0, 0, FOCAL_PX / (SIZE[1] * fill))
        middle = np.array(SIZE) / 2 + pose.shift + 14 * tremor * sway[4:6]
        projected: np.ndarray[tuple[int, int], np.dtype[np.float64]] = (
            placed[:, :2] / placed[:, 2:] * FOCAL_PX + middle
        )
        return projected

    def _scaled_to(self, span: float) -> Image.Image:
        """Shrink a large picture to about twice what is needed, or fine modules would turn to moiré."""
        longest = max(self._picture.size)
        steps = max(0, math.floor(math.log2(max(1.0, longest / max(span, 1.0)))))
        if steps == 0:
            return self._picture
        if self._scaled is None or self._scaled[0] != steps:
            self._scaled = steps, self._picture.reduce(2**steps)
        return self._scaled[1]


class SyntheticCamera:
    """The camera before which `hand` holds its picture."""

    def __init__(self, hand: Hand, *, rate: float = 12.0, start: float = 0.0) -> None:
        self._hand = hand
        self._rate = rate
        self._start = start
        self._closed = threading.Event()

    @property
    def reaches(self) -> tuple[Path, ...]:
        """Nothing: it draws."""
        return ()

    @property
    def capabilities(self) -> CameraCapabilities:
        """What is blurred is meant to be."""
        return CameraCapabilities()

    def open(self) -> None:
        """There is always a hand."""

    def lamp(self, lit: bool) -> None:
        """It has none."""

    def frames(self) -> Iterator[Frame]:
        """Yield frames `1 / rate` seconds apart in the hand's time, as quickly as they can be drawn."""
        sequence = 0
        while not self._closed.is_set():
            gray = self._hand.see(self._start + sequence / self._rate)
            yield Frame(gray=gray, taken=time.monotonic(), sequence=sequence)
            sequence += 1

    def close(self) -> None:
        """Stop at once."""
        self._closed.set()


def homography(
    source: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    target: np.ndarray[tuple[int, int], np.dtype[np.float64]],
) -> tuple[float, ...]:
    """Return the eight coefficients, in Pillow's order, that carry four `source` points onto `target`.

    Raises numpy.linalg.LinAlgError if three of the points lie on one line.
    """
    rows, values = [], []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return tuple(float(c) for c in np.linalg.solve(np.array(rows), np.array(values)))


def _rotation(*, yaw: float, pitch: float, roll: float) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    a, b, c = (math.radians(angle) for angle in (yaw, pitch, roll))
    around_y = np.array([[math.cos(a), 0, math.sin(a)], [0, 1, 0], [-math.sin(a), 0, math.cos(a)]])
    around_x = np.array([[1, 0, 0], [0, math.cos(b), -math.sin(b)], [0, math.sin(b), math.cos(b)]])
    around_z = np.array([[math.cos(c), -math.sin(c), 0], [math.sin(c), math.cos(c), 0], [0, 0, 1]])
    turned: np.ndarray[tuple[int, int], np.dtype[np.float64]] = around_y @ around_x @ around_z
    return turned
