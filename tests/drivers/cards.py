"""Pictures of QR codes such as a phone is shown."""

from __future__ import annotations

import io

import base45
import numpy as np
import segno
from PIL import Image


def card_text(octets: int = 610, seed: int = 1) -> str:
    """A text like a card's; v17-L at 610 octets."""
    return "SV1:" + str(base45.b45encode(np.random.default_rng(seed).bytes(octets)).decode())


def picture(code: segno.QRCode, *, scale: int = 8) -> Image.Image:
    """A code in black and white with its quiet zone."""
    file = io.BytesIO()
    code.save(file, kind="png", scale=scale, border=4)
    return Image.open(file).convert("L")


def card(text: str, *, scale: int = 8) -> Image.Image:
    """The picture of a card."""
    return picture(segno.make_qr(text, error="l", boost_error=False), scale=scale)
