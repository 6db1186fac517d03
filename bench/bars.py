"""Bars on a logarithmic scale, as SVG."""

from __future__ import annotations

import math

WIDTH, LEFT, RIGHT = 900, 190, 90
BAR, GAP, GROUP = 16, 3, 20
COLOURS = ["#9aa0a6", "#5f86b3", "#2f6f4f", "#b3541e", "#222222"]


def draw_bars(rows: list[str], columns: dict[str, dict[str, float]]) -> str:
    """One group of bars for each row, one bar for each column that has the row; values in milliseconds."""
    values = [values[row] for values in columns.values() for row in rows if row in values]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    scale = (WIDTH - LEFT - RIGHT) / (high - low)

    def x(value: float) -> float:
        return LEFT + (math.log10(value) - low) * scale

    parts = []
    y = 50.0
    for place, (column, colour) in enumerate(zip(columns, COLOURS, strict=False)):
        key = 20 + place * 175
        parts.append(f'<rect x="{key}" y="14" width="12" height="12" fill="{colour}"/>')
        parts.append(f'<text x="{key + 18}" y="24">{column}</text>')
    for row in rows:
        present = [
            (colour, columns[c][row])
            for c, colour in zip(columns, COLOURS, strict=False)
            if row in columns[c]
        ]
        middle = y + len(present) * (BAR + GAP) / 2
        parts.append(f'<text x="{LEFT - 10}" y="{middle + 3:.0f}" text-anchor="end">{row}</text>')
        for colour, value in present:
            width = x(value) - LEFT
            parts.append(f'<rect x="{LEFT}" y="{y:.0f}" width="{width:.1f}" height="{BAR}" fill="{colour}"/>')
            parts.append(f'<text x="{x(value) + 5:.1f}" y="{y + BAR - 4:.0f}">{value:.3g} ms</text>')
            y += BAR + GAP
        y += GROUP
    for power in range(low, high + 1):
        at = LEFT + (power - low) * scale
        parts.append(f'<line x1="{at:.1f}" y1="40" x2="{at:.1f}" y2="{y:.0f}" stroke="#00000022"/>')
        parts.append(f'<text x="{at:.1f}" y="{y + 16:.0f}" text-anchor="middle">{10.0**power:g} ms</text>')
    height = y + 30
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height:.0f}" '
        f'viewBox="0 0 {WIDTH} {height:.0f}" font-family="sans-serif" font-size="12">\n'
        f'<rect width="{WIDTH}" height="{height:.0f}" fill="white"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )
