"""Flat things seen at a slant: their corners, the map between them and a square, and their tilt."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PIL import Image

FOCAL_PX = 1100.0
"""A lens of 60° across 1280 pixels."""

Point = tuple[float, float]
Points = np.ndarray[tuple[int, int], np.dtype[np.float64]]
Coefficients = tuple[float, ...]
"""Eight, in Pillow's order."""


def homography(source: Points, target: Points) -> Coefficients:
    """Return what carries four `source` points onto `target`.

    Raises numpy.linalg.LinAlgError if three of the points lie on one line.
    """
    rows, values = [], []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return tuple(float(c) for c in np.linalg.solve(np.array(rows), np.array(values)))


def carry(coefficients: Coefficients, point: Point) -> Point:
    """Carry one point. Raises ZeroDivisionError for a point on the horizon."""
    a, b, c, d, e, f, g, h = coefficients
    x, y = point
    w = g * x + h * y + 1
    return (a * x + b * y + c) / w, (d * x + e * y + f) / w


def warp(image: Image.Image, coefficients: Coefficients, size: tuple[int, int]) -> Image.Image:
    """Return a picture of `size` each of whose points shows what `coefficients` carry it to."""
    return image.transform(size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BILINEAR)


def rotation(*, yaw: float, pitch: float, roll: float) -> Points:
    """Return the matrix of a turn by these degrees: roll first, yaw last."""
    a, b, c = (math.radians(angle) for angle in (yaw, pitch, roll))
    around_y = np.array([[math.cos(a), 0, math.sin(a)], [0, 1, 0], [-math.sin(a), 0, math.cos(a)]])
    around_x = np.array([[1, 0, 0], [0, math.cos(b), -math.sin(b)], [0, math.sin(b), math.cos(b)]])
    around_z = np.array([[math.cos(c), -math.sin(c), 0], [math.sin(c), math.cos(c), 0], [0, 0, 1]])
    turned: Points = around_y @ around_x @ around_z
    return turned


def untilting(yaw: float, pitch: float, size: tuple[int, int]) -> Coefficients:
    """Return what shows a frame of `size` as if the plane in it were turned back by these degrees."""
    width, height = size
    focal = FOCAL_PX * width / 1280
    flat = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=np.float64)
    rays = np.column_stack([flat - (width / 2, height / 2), np.zeros(4)])
    rays = rays @ rotation(yaw=yaw, pitch=pitch, roll=0).T
    tilted = rays[:, :2] * focal / (focal + rays[:, 2:]) + (width / 2, height / 2)
    return homography(flat, tilted)


def squaring(corners: Sequence[Point], side: int, margin: int) -> Coefficients | None:
    """Return what shows four corners as a square of `side` with `margin` around it; None if they are none."""
    near, far = margin, margin + side
    square = np.array([(near, near), (far, near), (far, far), (near, far)], dtype=np.float64)
    try:
        return homography(square, np.array(corners, dtype=np.float64))
    except np.linalg.LinAlgError:
        return None


def tilt(corners: Sequence[Point], size: tuple[int, int]) -> float:
    """Degrees between a square with these corners and the camera, in a frame of `size`; 0 if unknown."""
    middle = np.array(size) / 2
    focal = FOCAL_PX * size[0] / 1280
    try:
        a, b, _, d, e, _, g, h = homography(
            np.array([(0, 0), (1, 0), (1, 1), (0, 1)], dtype=np.float64),
            (np.array(corners) - middle) / focal,
        )
    except np.linalg.LinAlgError:
        return 0.0
    normal = np.cross([a, d, g], [b, e, h])
    length = float(np.linalg.norm(normal))
    return math.degrees(math.acos(min(1.0, abs(float(normal[2])) / length))) if length else 0.0
