"""QR codes in grey frames, read by two libraries on the same frame.

zxing-cpp copes with tilt; zbar (through pyzbar) is the second opinion. zbar fails from 15° of tilt on and on
modules over 10 pixels, so it sees the half-size frame on even turns, the full one on odd turns, and if that
did not help the half-size frame turned against one of twelve tilts.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import zxingcpp
from PIL import Image
from pyzbar import pyzbar

from drivers.camera_synthetic import FOCAL_PX, homography
from drivers.ports import Gray

TEXT_CHARACTERS = 4096
"""A longer text is no code that anybody here wants."""
LARGEST_VERSION = 40
SMALLEST_FRAME = 64
"""Pixels a side; no code that matters fits into less."""

BLOCK = 16
"""Pixels a side of the squares in which roughness is measured."""
ROUGH = 14.0
"""Mean difference of neighbouring pixels, in grey levels: noise stays below, a code does not."""
FEWEST_BLOCKS = 16

_MOST = (0.03, 0.97)

Point = tuple[float, float]

_FORMATS = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
_TILTS = tuple(
    [(15.0 * s, 0.0) for s in (1, -1)]
    + [(0.0, 15.0 * s) for s in (1, -1)]
    + [(13.0 * s, 13.0 * t) for s in (1, -1) for t in (1, -1)]
    + [(30.0 * s, 0.0) for s in (1, -1)]
    + [(0.0, 30.0 * s) for s in (1, -1)]
)


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
        middle = np.array(size) / 2
        focal = FOCAL_PX * size[0] / 1280
        try:
            a, b, _, d, e, _, g, h = homography(
                np.array([(0, 0), (1, 0), (1, 1), (0, 1)], dtype=np.float64),
                (np.array(self.corners) - middle) / focal,
            )
        except np.linalg.LinAlgError:
            return 0.0
        normal = np.cross([a, d, g], [b, e, h])
        length = float(np.linalg.norm(normal))
        return math.degrees(math.acos(min(1.0, abs(float(normal[2])) / length))) if length else 0.0


def read(gray: Gray, *, turn: int, prefix: str, zxing: bool = True, zbar: bool = True) -> Sighting | None:
    """Return the QR code that tells most: with a text that begins with `prefix`, else with any text.

    `turn` counts frames; it chooses what zbar looks at. Never raises for what is in the picture.
    """
    if min(gray.shape) < SMALLEST_FRAME:
        return None
    seen: list[Sighting] = []
    if zxing:
        seen += read_zxing(gray)
    if zbar and not any(sighting.text is not None for sighting in seen):
        seen += read_zbar(gray, turn=turn)
    if not seen:
        seen = [sighting for sighting in [_texture(gray)] if sighting is not None]
    return min(seen, key=lambda s: (not (s.text or "").startswith(prefix), s.text is None), default=None)


def read_zxing(gray: Gray) -> list[Sighting]:
    """Return what zxing-cpp sees, also what it cannot read."""
    found = zxingcpp.read_barcodes(
        gray,
        formats=_FORMATS,
        text_mode=zxingcpp.TextMode.Plain,
        return_errors=True,
    )
    return [sighting for barcode in found if (sighting := _zxing_sighting(barcode)) is not None]


def _zxing_sighting(barcode: zxingcpp.Barcode) -> Sighting | None:
    # 'M1' to 'M4' are Micro QR codes: no card is one, and noise often looks like one.
    version = str(barcode.extra.get("Version", "")) if isinstance(barcode.extra, dict) else ""
    if not version.isdecimal() or not 1 <= int(version) <= LARGEST_VERSION:
        return None
    p = barcode.position
    corners = tuple(
        (float(c.x), float(c.y)) for c in (p.top_left, p.top_right, p.bottom_right, p.bottom_left)
    )
    text = barcode.text if barcode.valid and len(barcode.text) <= TEXT_CHARACTERS else None
    return Sighting(text, corners, 17 + 4 * int(version))


def read_zbar(gray: Gray, *, turn: int) -> list[Sighting]:
    """Return what zbar reads in the frame, half and full size by turns, or in the frame turned flat."""
    full = Image.fromarray(gray)
    half = full.reduce(2)
    seen = _zbar(half, scale=2.0) if turn % 2 == 0 else _zbar(full, scale=1.0)
    if seen:
        return seen
    coefficients = _flattening(*_TILTS[turn % len(_TILTS)], size=half.size)
    turned = half.transform(half.size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BILINEAR)
    return [
        Sighting(s.text, tuple(_carry(coefficients, corner) for corner in s.corners), s.modules)
        for s in _zbar(turned, scale=1.0)
    ]


def _zbar(image: Image.Image, *, scale: float) -> list[Sighting]:
    try:
        found = pyzbar.decode(image, symbols=[pyzbar.ZBarSymbol.QRCODE])
    except ValueError:
        # pyzbar knows no orientation 4294967295, which zbar gives to a part of a structured-append code.
        return []
    seen = []
    for code in found:
        try:
            text = code.data.decode()
        except UnicodeDecodeError:
            continue
        if len(text) <= TEXT_CHARACTERS:
            seen.append(Sighting(text, tuple((p.x * scale, p.y * scale) for p in code.polygon), 0))
    return seen


def _texture(gray: Gray) -> Sighting | None:
    """Find one square patch of fine black and white, as a code looks that is too far away to be read."""
    high, wide = (n // BLOCK * BLOCK for n in gray.shape)
    steps = np.abs(np.diff(gray[:high, :wide].astype(np.int16), axis=1, append=0))
    rough = steps.reshape(high // BLOCK, BLOCK, wide // BLOCK, BLOCK).mean(axis=(1, 3)) > ROUGH
    rough[:, -1] = False
    rows, columns = np.nonzero(rough)
    if len(rows) < FEWEST_BLOCKS:
        return None
    (top, bottom), (left, right) = np.quantile(rows, _MOST), np.quantile(columns, _MOST)
    bottom, right = bottom + 1, right + 1
    high, wide = bottom - top, right - left
    if not 0.5 < wide / high < 2.0 or len(rows) < 0.5 * wide * high:
        return None
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    return Sighting(None, tuple((float(x) * BLOCK, float(y) * BLOCK) for x, y in corners), 0)


def _flattening(yaw: float, pitch: float, *, size: tuple[int, int]) -> tuple[float, ...]:
    """Coefficients with which Pillow shows a frame as if its plane were turned back by these degrees."""
    a, b = math.radians(yaw), math.radians(pitch)
    around_y = np.array([[math.cos(a), 0, math.sin(a)], [0, 1, 0], [-math.sin(a), 0, math.cos(a)]])
    around_x = np.array([[1, 0, 0], [0, math.cos(b), -math.sin(b)], [0, math.sin(b), math.cos(b)]])
    width, height = size
    focal = FOCAL_PX * width / 1280
    flat = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=np.float64)
    rays = np.column_stack([flat - (width / 2, height / 2), np.zeros(4)]) @ (around_y @ around_x).T
    tilted = rays[:, :2] * focal / (focal + rays[:, 2:]) + (width / 2, height / 2)
    return homography(flat, tilted)


def _carry(coefficients: Sequence[float], corner: Point) -> Point:
    """A corner in the flattened half-size frame, carried back to the full frame."""
    a, b, c, d, e, f, g, h = coefficients
    x, y = corner
    w = g * x + h * y + 1
    return 2 * (a * x + b * y + c) / w, 2 * (d * x + e * y + f) / w
