"""What is read in the picture of a card."""

from __future__ import annotations

import zxingcpp
from PIL import Image


def qr_codes(picture: Image.Image) -> list[zxingcpp.Barcode]:
    """The QR codes in a picture; now and then a part of one looks like a code of another kind."""
    return list(zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode))
