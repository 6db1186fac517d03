"""QR codes in grey frames, read by two libraries on the same frame.

    zxing-cpp                  copes with tilt
    zxing-cpp, smoothed frame  copes with noise
    zbar, half or full size    wants modules of 2.5 to 10 pixels, so by turns, and no tilt over 10°
    zbar, code turned square   between the corners that zxing-cpp saw, or of a patch that is like a code
    zbar, frame turned back    against one of twelve tilts, by turns

The first text of ours ends the climb, and so does the time that a frame may take; zbar's rungs therefore
change places from frame to frame. What each rung finds is kept: another text, a code seen but not read.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import numpy as np
import zxingcpp
from PIL import Image, ImageFilter
from pyzbar import pyzbar

from drivers import patch, perspective
from drivers.perspective import Point
from drivers.ports import Gray
from drivers.sighting import Sighting

TEXT_CHARACTERS = 4096
"""A longer text is no code that anybody here wants."""
LARGEST_VERSION = 40
SMALLEST_FRAME = 64
"""Pixels a side; no code that matters fits into less."""
MOST_CODES = 32
"""What is beyond in one frame is not looked at."""
BUDGET_S = 0.1
"""After so long with one frame, the next frame is worth more than the next rung."""

_SQUARE, _MARGIN = 560, 40
"""Pixels of a code turned square: six for each module of a card."""
_CORNERS = 4
_ZXING = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
_TILTS = tuple(
    [(15.0 * s, 0.0) for s in (1, -1)]
    + [(0.0, 15.0 * s) for s in (1, -1)]
    + [(13.0 * s, 13.0 * t) for s in (1, -1) for t in (1, -1)]
    + [(30.0 * s, 0.0) for s in (1, -1)]
    + [(0.0, 30.0 * s) for s in (1, -1)]
)


def read(
    gray: Gray,
    *,
    turn: int,
    prefix: str,
    zxing: bool = True,
    zbar: bool = True,
    clock: Callable[[], float] = time.monotonic,
) -> Sighting | None:
    """Return the QR code that tells most: with a text that begins with `prefix`, else with any text.

    `turn` counts frames: when there is no time for every rung, the next frame begins with others. Never
    raises for what is in the picture.
    """
    if min(gray.shape) < SMALLEST_FRAME:
        return None
    began = clock()
    seen: list[Sighting] = []
    for found in _rungs(gray, turn, seen, zxing=zxing, zbar=zbar):
        seen += found
        if any((sighting.text or "").startswith(prefix) for sighting in found) or clock() - began > BUDGET_S:
            break
    return min(seen, key=lambda s: (not (s.text or "").startswith(prefix), s.text is None), default=None)


def _rungs(
    gray: Gray, turn: int, seen: list[Sighting], *, zxing: bool, zbar: bool
) -> Iterator[list[Sighting]]:
    """Climb; `seen` is what the rungs below have found."""
    if zxing:
        yield read_zxing(gray)
        yield read_zxing(_smooth(gray))
    rungs = [
        lambda: read_zbar(gray, half=turn % 2 == 0),
        lambda: _between_corners(gray, seen, zbar=zbar),
        lambda: read_untilted(gray, *_TILTS[turn % len(_TILTS)]),
    ]
    for number in [(turn + k) % len(rungs) for k in range(len(rungs))] if zbar else [1]:
        yield rungs[number]()


def _between_corners(gray: Gray, seen: list[Sighting], *, zbar: bool) -> list[Sighting]:
    """Read what was seen and not read, or what looks like a code; tell where it is in any case."""
    corners = next((s.corners for s in seen if s.text is None), None) or patch.find(gray)
    if corners is None:
        return []
    read = read_square(gray, corners) if zbar else []
    return read or [Sighting(None, corners, 0)]


def read_zxing(gray: Gray) -> list[Sighting]:
    """Return what zxing-cpp sees, also what it cannot read."""
    found = zxingcpp.read_barcodes(
        gray,
        formats=_ZXING,
        text_mode=zxingcpp.TextMode.Plain,
        return_errors=True,
    )
    seen = (_zxing_sighting(barcode) for barcode in found[:MOST_CODES])
    return [sighting for sighting in seen if sighting is not None]


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


def _smooth(gray: Gray) -> Gray:
    smoothed: Gray = np.asarray(Image.fromarray(gray).filter(ImageFilter.BoxBlur(1)))
    return smoothed


def read_zbar(gray: Gray, *, half: bool) -> list[Sighting]:
    """Return what zbar reads in the frame, at half its size or at its full one."""
    full = Image.fromarray(gray)
    seen = _zbar(full.reduce(2)) if half else _zbar(full)
    return [_moved(s, lambda p: (2 * p[0], 2 * p[1])) for s in seen] if half else seen


def read_square(gray: Gray, corners: tuple[Point, ...]) -> list[Sighting]:
    """Return what zbar reads between four corners when they are turned into a square's."""
    coefficients = perspective.squaring(corners, _SQUARE, _MARGIN)
    if coefficients is None:
        return []
    side = _SQUARE + 2 * _MARGIN
    return _zbar_warped(Image.fromarray(gray), coefficients, (side, side), scale=1)


def read_untilted(gray: Gray, yaw: float, pitch: float) -> list[Sighting]:
    """Return what zbar reads in the half-size frame when it is turned back by these degrees."""
    half = Image.fromarray(gray).reduce(2)
    return _zbar_warped(half, perspective.untilting(yaw, pitch, half.size), half.size, scale=2)


def _zbar_warped(
    image: Image.Image, coefficients: perspective.Coefficients, size: tuple[int, int], *, scale: int
) -> list[Sighting]:
    def back(point: Point) -> Point:
        x, y = perspective.carry(coefficients, point)
        return scale * x, scale * y

    return [_moved(s, back) for s in _zbar(perspective.warp(image, coefficients, size))]


def _moved(sighting: Sighting, move: Callable[[Point], Point]) -> Sighting:
    return Sighting(sighting.text, tuple(move(corner) for corner in sighting.corners), sighting.modules)


def _zbar(image: Image.Image) -> list[Sighting]:
    try:
        found = pyzbar.decode(image, symbols=[pyzbar.ZBarSymbol.QRCODE])
    except ValueError:
        # pyzbar knows no orientation 4294967295, which zbar gives to a part of a structured-append code.
        return []
    seen = []
    for code in found[:MOST_CODES]:
        try:
            text = code.data.decode()
        except UnicodeDecodeError:
            continue
        if len(text) <= TEXT_CHARACTERS and len(code.polygon) == _CORNERS:
            seen.append(Sighting(text, tuple((float(p.x), float(p.y)) for p in code.polygon), 0))
    return seen
