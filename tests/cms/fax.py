"""The pages of a PDF of scans, through a TIFF head of our own (TIFF 6.0: CCITT Group 4)."""

import io
import re
import struct

from PIL import Image


def pages(pdf):
    """Return the pictures in a PDF in their order, grey."""
    found = re.findall(rb"<<([^>]*/Subtype /Image.*?)>>\s*stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return [_picture(head, stream) for head, stream in found]


def _picture(head, stream):
    assert b"CCITTFaxDecode" in head
    width, height = (int(re.search(key + rb" (\d+)", head)[1]) for key in (rb"/Width", rb"/Height"))
    white_is_zero = 1 if b"/BlackIs1 true" in head else 0
    tags = [(256, width), (257, height), (258, 1), (259, 4), (262, white_is_zero), (273, 8), (278, height)]
    tags.append((279, len(stream)))
    padded = stream + b"\0" * (len(stream) % 2)
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    tiff = b"II*\0" + struct.pack("<I", 8 + len(padded)) + padded
    tiff += struct.pack("<H", len(tags)) + entries + struct.pack("<I", 0)
    return Image.open(io.BytesIO(tiff)).convert("L")
