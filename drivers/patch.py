"""Where in a frame a code may be, without reading it: a patch of fine black and white with four corners.

roughness of each cell ─► the largest connected patch ─► its hull ─► the four sides that fit best
"""

from __future__ import annotations

import math

import numpy as np

from drivers.perspective import Point
from drivers.ports import Gray

CELL = 8
"""Pixels a side of the squares in which roughness is measured."""
ROUGH = 10.0
"""Mean difference of neighbouring pixels of the half-size frame, in grey levels: noise stays below, a code
does not.
"""
FEWEST = 40
"""Cells; what is smaller is no code that anybody could read."""
_CORNERS = 4
_NEIGHBOURS = [(dy, dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1) if dy or dx]

Cells = np.ndarray[tuple[int, int], np.dtype[np.bool_]]


def find(gray: Gray) -> tuple[Point, ...] | None:
    """Return four corners, in pixels, around the one patch that may be a code; None if there is none."""
    rough = _largest(_opened(_rough(gray)))
    if rough is None:
        return None
    hull = _hull(rough)
    while len(hull) > _CORNERS:
        hull = _one_side_less(hull)
    if len(hull) != _CORNERS or not _is_square_enough(hull, area=float(rough.sum())):
        return None
    return tuple((x * CELL, y * CELL) for x, y in hull)


def _rough(gray: Gray) -> Cells:
    high, wide = (n // CELL * CELL for n in gray.shape)
    part = gray[:high, :wide].astype(np.int16)
    half = (part[::2, ::2] + part[1::2, ::2] + part[::2, 1::2] + part[1::2, 1::2]) >> 2
    steps = np.zeros(half.shape, dtype=np.int16)
    steps[:, :-1] = np.abs(np.diff(half, axis=1))
    steps[:-1] += np.abs(np.diff(half, axis=0))
    side = CELL // 2
    cells: Cells = steps.reshape(high // CELL, side, wide // CELL, side).mean(axis=(1, 3)) > 2 * ROUGH
    return cells


def _opened(cells: Cells) -> Cells:
    """Without what is thin: lines of text, edges of furniture."""
    return _spread(_count(cells) >= 6, cells)


def _count(cells: Cells) -> np.ndarray[tuple[int, int], np.dtype[np.int8]]:
    padded = np.pad(cells.astype(np.int8), 1)
    high, wide = cells.shape
    total = np.zeros(cells.shape, dtype=np.int8)
    for dy, dx in _NEIGHBOURS:
        total += padded[1 + dy : 1 + dy + high, 1 + dx : 1 + dx + wide]
    return total


def _spread(core: Cells, within: Cells) -> Cells:
    spread: Cells = within & (core | (_count(core) > 0))
    return spread


def _largest(cells: Cells) -> Cells | None:
    """The largest connected patch: the smallest number among neighbours spreads until nothing changes."""
    left = {(int(y), int(x)) for y, x in zip(*np.nonzero(cells), strict=True)}
    best: set[tuple[int, int]] = set()
    while left and len(left) > len(best):
        start = left.pop()
        patch, edge = {start}, [start]
        while edge:
            y, x = edge.pop()
            near = {(y + dy, x + dx) for dy, dx in _NEIGHBOURS} & left
            left -= near
            patch |= near
            edge += near
        best = max(best, patch, key=len)
    if len(best) < FEWEST:
        return None
    found = np.zeros_like(cells)
    for y, x in best:
        found[y, x] = True
    return found


def _hull(cells: Cells) -> list[Point]:
    """The convex hull of the cells' corners, clockwise on the screen from the left."""
    points: list[Point] = []
    for y in np.nonzero(cells.any(axis=1))[0]:
        (columns,) = np.nonzero(cells[y])
        left, right = float(columns[0]), float(columns[-1] + 1)
        points += [(x, float(y + down)) for x in (left, right) for down in (0, 1)]
    points = sorted(set(points))
    return _chain(points)[:-1] + _chain(points[::-1])[:-1]


def _chain(points: list[Point]) -> list[Point]:
    chain: list[Point] = []
    for point in points:
        while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 0:
            chain.pop()
        chain.append(point)
    return chain


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _one_side_less(hull: list[Point]) -> list[Point]:
    """Take away the side without which the hull grows least: its neighbours meet beyond it."""
    best: tuple[float, int, Point] | None = None
    for i in range(len(hull)):
        a, b, c, d = (hull[(i + k) % len(hull)] for k in range(-1, 3))
        meeting = _meet(a, b, c, d)
        if meeting is not None:
            grown = abs(_turn(b, meeting, c))
            if best is None or grown < best[0]:
                best = grown, i, meeting
    if best is None:
        return hull[:3]  # no side can go: whatever this is, it is no code
    _, i, meeting = best
    following = (i + 1) % len(hull)
    return [meeting if k == i else point for k, point in enumerate(hull) if k != following]


def _meet(a: Point, b: Point, c: Point, d: Point) -> Point | None:
    """Where the side from a through b and the one from d through c meet, beyond b and c."""
    ux, uy, vx, vy = b[0] - a[0], b[1] - a[1], c[0] - d[0], c[1] - d[1]
    across = ux * vy - uy * vx
    if abs(across) < 1e-9:
        return None
    t = ((d[0] - b[0]) * vy - (d[1] - b[1]) * vx) / across
    s = ((b[0] - c[0]) * uy - (b[1] - c[1]) * ux) / -across
    return (b[0] + t * ux, b[1] + t * uy) if t >= 0 and s >= 0 else None


def _is_square_enough(corners: list[Point], *, area: float) -> bool:
    sides = [math.dist(a, b) for a, b in zip(corners, corners[1:] + corners[:1], strict=True)]
    inside = abs(
        sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(corners, corners[1:] + corners[:1], strict=True))
    )
    return max(sides) < 2 * min(sides) and area > 0.7 * inside / 2
