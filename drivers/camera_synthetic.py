"""A camera before which somebody holds a picture, printed or on a screen, in good light or in bad.

    picture ─► screen dots ─► perspective, tremor ─► motion and focus blur ─► light, glare, bands ─► noise

It ranks decoders and tries out a scan; it is no substitute for a lens and a hand.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

from drivers.perspective import FOCAL_PX, Points, homography, rotation
from drivers.ports import CameraCapabilities, Frame, Gray

SIZE = (1280, 720)
_NOISES = 3

Floats = np.ndarray[tuple[int, ...], np.dtype[np.float32]]


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

    `gradient` is how much darker the far corner of the frame is, 0 to 1. `exposure_s` smears what moves.
    `glare` is how bright a lamp's reflection is in grey levels. `dots` is how many dots of a screen a module
    takes, 0 for paper; `flicker` is how much darker the bands are that its backlight makes, 0 to 1.
    """

    light: float = 215.0
    wall: float = 58.0
    gradient: float = 0.25
    blur: float = 0.8
    noise: float = 5.0
    exposure_s: float = 0.0
    glare: float = 0.0
    dots: int = 0
    flicker: float = 0.0


class Grade(Enum):
    """How hard a picture is to read."""

    GOOD = "good"
    TYPICAL = "typical"
    HARD = "hard"


_STEEPEST = {Grade.GOOD: 10.0, Grade.TYPICAL: 22.0, Grade.HARD: 35.0}
_PAPER = {
    Grade.GOOD: Conditions(blur=0.5, noise=3.0, exposure_s=0.006),
    Grade.TYPICAL: Conditions(light=165, wall=45, blur=1.0, noise=6.0, exposure_s=0.012, glare=60),
    Grade.HARD: Conditions(
        light=95, wall=22, gradient=0.4, blur=1.5, noise=10.0, exposure_s=1 / 60, glare=110
    ),
}
_SCREEN = {
    Grade.GOOD: Conditions(light=225, wall=30, gradient=0.05, blur=0.5, noise=3.0, dots=8, flicker=0.03),
    Grade.TYPICAL: Conditions(
        light=205, wall=18, gradient=0.1, blur=0.9, noise=5.0, exposure_s=0.01, glare=50, dots=6, flicker=0.1
    ),
    Grade.HARD: Conditions(
        light=150,
        wall=10,
        gradient=0.3,
        blur=1.3,
        noise=9.0,
        exposure_s=1 / 60,
        glare=90,
        dots=5,
        flicker=0.2,
    ),
}


def held(
    picture: Image.Image, grade: Grade, *, modules: int, screen: bool, approach_s: float = 0.0, seed: int
) -> Hand:
    """Return somebody who holds a code of so many `modules` a side, quiet zone and all, as `grade` says.

    Tilt goes to 35°, roll to 45°; the whole code is in the frame. The same seed gives the same hand.
    """
    random = np.random.default_rng(seed)
    tilt, towards = _STEEPEST[grade] * math.sqrt(random.uniform()), random.uniform(0, 2 * math.pi)
    roll = random.uniform(-45, 45) if random.uniform() < 0.3 else random.uniform(-12, 12)
    turned = math.radians(abs(roll))
    whole = 0.92 / (math.cos(turned) + math.sin(turned)) / (1 + 0.25 * math.sin(math.radians(tilt)))
    pose = Pose(
        fill=min(whole, random.uniform(0.68, 0.9)),
        yaw=tilt * math.cos(towards),
        pitch=tilt * math.sin(towards),
        roll=roll,
        shift=(random.uniform(-90, 90), random.uniform(-10, 10)),
    )
    conditions = (_SCREEN if screen else _PAPER)[grade]
    return Hand(picture, pose=pose, conditions=conditions, approach_s=approach_s, modules=modules, seed=seed)


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
        modules: int = 97,
        seed: int = 0,
    ) -> None:
        self.pose = pose or Pose()
        self.conditions = conditions or Conditions()
        shown = picture.convert("L")
        self._picture = _on_screen(shown, modules * self.conditions.dots) if self.conditions.dots else shown
        self._tremor = tremor
        self._approach_s = approach_s
        random = np.random.default_rng(seed)
        # Each of six movements is a slow sway and a quick tremble, as a hand has both.
        self._phases = random.uniform(0, 2 * math.pi, size=(6, 2))
        self._rates = np.stack([random.uniform(0.25, 0.6, 6), random.uniform(5.0, 9.0, 6)], axis=1)
        noise = random.normal(0, self.conditions.noise, size=(_NOISES, SIZE[1], SIZE[0]))
        self._noise = noise.astype(np.float32)
        x, y = np.meshgrid(np.linspace(0, 1, SIZE[0]), np.linspace(0, 1, SIZE[1]))
        dim = 1 - self.conditions.gradient * (0.6 * x + 0.4 * y)
        self._light = (dim * self.conditions.light / 255).astype(np.float32)
        spot = random.uniform((0.3, 0.2), (0.7, 0.8))
        far = ((x - spot[0]) / 0.09) ** 2 + ((y - spot[1]) / 0.13) ** 2
        self._glare = (self.conditions.glare * np.exp(-far)).astype(np.float32)
        self._scaled: tuple[int, Image.Image] | None = None

    def see(self, at: float) -> Gray:
        """Return the frame of 1280 x 720 that a camera takes `at` seconds after the hand went up."""
        corners = self.corners(at)
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
        wall = Image.new("L", SIZE, round(self.conditions.wall))
        wall.paste(card, mask=mask)
        if self.conditions.blur > 0:
            wall = wall.filter(ImageFilter.BoxBlur(self.conditions.blur))
        frame = self._smeared(np.asarray(wall, dtype=np.float32), at) * self._light
        if self.conditions.flicker > 0:
            rows = np.arange(SIZE[1], dtype=np.float32)[:, np.newaxis]
            frame *= 1 - self.conditions.flicker * (0.5 + 0.5 * np.sin(rows / 70 + 9 * at))
        # A reflection stays where the lamp is, and wanders as the page is turned.
        frame += np.roll(
            self._glare, (round(40 * math.sin(2.1 * at)), round(60 * math.sin(1.3 * at))), (0, 1)
        )
        frame += self._noise[int(at * 1000) % _NOISES]
        seen: Gray = np.clip(frame, 0, 255).astype(np.uint8)
        return seen

    def _smeared(self, frame: Floats, at: float) -> Floats:
        """The mean of what passes before the lens while it is open."""
        exposure = self.conditions.exposure_s
        if exposure <= 0:
            return frame
        way = np.mean(self.corners(at + exposure) - self.corners(at), axis=0)
        steps = min(math.ceil(float(np.abs(way).max())), 12)
        if steps < 2:
            return frame
        total = np.zeros_like(frame)
        for step in range(steps):
            right, down = (round(float(part) * step / (steps - 1)) for part in way)
            total += np.roll(frame, (down, right), (0, 1))
        mean: Floats = total / np.float32(steps)
        return mean

    def corners(self, at: float) -> Points:
        """Where the picture's four corners are in the frame of that moment."""
        sway = np.sin(2 * math.pi * self._rates * at + self._phases) @ np.array([1.0, 0.08])
        pose, tremor = self.pose, self._tremor
        fill = pose.fill * (1 + 0.03 * tremor * sway[0])
        if self._approach_s > 0 and at < self._approach_s:
            near = at / self._approach_s
            fill *= 0.3 + 0.7 * near * near * (3 - 2 * near)
        turned = rotation(
            yaw=pose.yaw + 4 * tremor * sway[1],
            pitch=pose.pitch + 3 * tremor * sway[2],
            roll=pose.roll + 4 * tremor * sway[3],
        )
        aspect = self._picture.width / self._picture.height
        high = 1.0 if aspect <= SIZE[0] / SIZE[1] else SIZE[0] / SIZE[1] / aspect
        square = np.array([(-aspect, -1, 0), (aspect, -1, 0), (aspect, 1, 0), (-aspect, 1, 0)]) * high / 2
        placed = square @ turned.T + (0, 0, FOCAL_PX / (SIZE[1] * fill))
        middle = np.array(SIZE) / 2 + pose.shift + 14 * tremor * sway[4:6]
        projected: Points = placed[:, :2] / placed[:, 2:] * FOCAL_PX + middle
        return projected

    def _scaled_to(self, span: float) -> Image.Image:
        """Shrink a large print to about twice what is needed; the dots of a screen do turn to moiré."""
        if self.conditions.dots:
            return self._picture
        longest = max(self._picture.size)
        steps = max(0, math.floor(math.log2(max(1.0, longest / max(span, 1.0)))))
        if steps == 0:
            return self._picture
        if self._scaled is None or self._scaled[0] != steps:
            self._scaled = steps, self._picture.reduce(2**steps)
        return self._scaled[1]


def _on_screen(picture: Image.Image, across: int) -> Image.Image:
    """A picture as dots of a screen with dark lines between them: of a dot's three texels one is dark."""
    dots = picture.resize((across, round(across * picture.height / picture.width)), Image.Resampling.NEAREST)
    texels = np.asarray(dots.resize((dots.width * 3, dots.height * 3), Image.Resampling.NEAREST)).copy()
    texels[::3] = texels[::3] * 0.55
    texels[:, ::3] = texels[:, ::3] * 0.7
    # A pixel of the sensor takes the mean of what falls on it, which is less than a dot: hence the moiré.
    return Image.fromarray(texels).filter(ImageFilter.BoxBlur(0.5))


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
