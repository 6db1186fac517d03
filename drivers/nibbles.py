"""Pictures of sixteen greys, two pixels in an octet: the left one in the high nibble, 15 is full white.

Without numpy, whose import takes longer than everything that is ever packed.
"""

from __future__ import annotations

from PIL import Image

_CUT = bytes(grey >> 4 for grey in range(256))
_HIGH = bytes((octet >> 4) * 17 for octet in range(256))
_LOW = bytes((octet & 15) * 17 for octet in range(256))


def pack(picture: Image.Image) -> bytes:
    """Cut an 'L' picture of an even width to four bits a pixel, row by row; no curve, no dither."""
    octets = picture.tobytes().translate(_CUT)
    high, low = int.from_bytes(octets[::2], "big"), int.from_bytes(octets[1::2], "big")
    return (high << 4 | low).to_bytes(len(octets) // 2, "big")


def unpack(packed: bytes, size: tuple[int, int]) -> Image.Image:
    """The 'L' picture of packed pixels. Raises ValueError if they are not `size`."""
    octets = bytearray(2 * len(packed))
    octets[::2], octets[1::2] = packed.translate(_HIGH), packed.translate(_LOW)
    return Image.frombytes("L", size, bytes(octets))
