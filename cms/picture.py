"""The card as a picture: PNG, and half-block characters for a terminal."""

from __future__ import annotations

import io

import segno

QUIET_ZONE = 4
PIXELS_PER_MODULE = 8
_HALF_BLOCKS = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}


def qr_code(text: str) -> segno.QRCode:
    """Return the QR code of a card: low redundancy, because bigger modules read better than repaired ones."""
    return segno.make_qr(text, error="l", boost_error=False)


def png(text: str) -> bytes:
    """Return the PNG of a card's QR code with its quiet zone, eight pixels a module."""
    out = io.BytesIO()
    qr_code(text).save(out, kind="png", scale=PIXELS_PER_MODULE, border=QUIET_ZONE)
    return out.getvalue()


def half_blocks(text: str) -> list[str]:
    """Return the QR code as lines of half blocks, two modules high each, to be shown white on black."""
    rows = [[bool(module) for module in row] for row in qr_code(text).matrix_iter(border=QUIET_ZONE)]
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    return [
        "".join(_HALF_BLOCKS[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    ]
