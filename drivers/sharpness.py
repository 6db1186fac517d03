"""How sharp a frame is, as one number that a person can follow while turning a lens or moving a page."""

from __future__ import annotations

import numpy as np

from drivers.ports import Gray

Floats = np.ndarray[tuple[int, int], np.dtype[np.float32]]

BLOCK = 40
"""Pixels of the half-size frame a side of each square that is judged."""
FLAT = 36.0
"""Variance in grey levels squared: squares of less have nothing in them that could be sharp."""
FEWEST = 4
SOFT, CRISP = 0.05, 2.5
"""Laplacian variance by variance: lines of a page out of focus, and printed modules of 5 pixels."""


def sharpness(gray: Gray) -> int:
    """Return how sharp the sharpest things in a frame are, 0 to 100; 0 where nothing is to be seen.

    It is the variance of the Laplacian over the variance itself, so that light and contrast do not count, on
    a logarithmic scale; of the half-size frame, so that noise counts less.
    """
    high, wide = (n // (2 * BLOCK) * (2 * BLOCK) for n in gray.shape)
    if not high or not wide:
        return 0
    part = gray[:high, :wide].astype(np.float32)
    half = (part[::2, ::2] + part[1::2, ::2] + part[::2, 1::2] + part[1::2, 1::2]) * np.float32(0.25)
    second = np.zeros_like(half)
    second[1:-1, 1:-1] = (
        half[:-2, 1:-1] + half[2:, 1:-1] + half[1:-1, :-2] + half[1:-1, 2:] - 4 * half[1:-1, 1:-1]
    )
    contrast, detail = _variances(half), _variances(second)
    # Where nothing is to be seen there is noise, and as much of it lies over the rest.
    noise = _quantile(detail, 0.05)
    contrast, detail = contrast - noise / 20, np.maximum(detail - noise, 0)
    worth = contrast > FLAT
    if int(worth.sum()) < FEWEST:
        return 0
    ratio = _quantile(detail[worth] / contrast[worth], 0.75)
    share = np.log(max(ratio, 1e-6) / SOFT) / np.log(CRISP / SOFT)
    return round(100 * min(max(float(share), 0.0), 1.0))


def _variances(values: Floats) -> Floats:
    high, wide = values.shape
    squares = values.reshape(high // BLOCK, BLOCK, wide // BLOCK, BLOCK)
    found: Floats = squares.var(axis=(1, 3))
    return found


def _quantile(values: np.ndarray[tuple[int, ...], np.dtype[np.float32]], share: float) -> float:
    # numpy's own loads a module when it is first called, and where this runs there are no files any more.
    return float(np.sort(values, axis=None)[int(share * (values.size - 1))])
