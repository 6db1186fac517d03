"""A PDF of scanned pages (PDF 1.4, CCITT Group 4), written page by page: no more than one is in memory.

The same pages give the same octets: there is no date in it.
"""

from __future__ import annotations

import io
import math
from typing import BinaryIO

from PIL import Image

from cms.page import DPI

_STRIP_OFFSET, _STRIP_OCTETS, _PHOTOMETRIC = 273, 279, 262
_CATALOG, _PAGES, _INFO = 1, 2, 3


class PDF:
    """A PDF that is being written to a file. It is whole after `close`."""

    def __init__(self, file: BinaryIO, *, title: str) -> None:
        self._file = file
        self._at = 0
        self._offsets: dict[int, int] = {}
        self._last = _INFO
        self._pages: list[int] = []
        self._write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
        text = (b"\xfe\xff" + title.encode("utf-16-be")).hex().encode()
        self._object(_INFO, b"<< /Title <" + text + b"> >>")

    def add(self, image: Image.Image) -> None:
        """Add a page. Grey becomes black or white, without dots between."""
        width, height = image.size
        data, black_is_1 = _group4(image)
        picture = self._next()
        self._object(
            picture,
            f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray\n"
            f"/BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms << /K -1 /BlackIs1 {black_is_1}\n"
            f"/Columns {width} /Rows {height} >> /Length {len(data)} >>".encode(),
            data,
        )
        size = [f"{side * 72 / DPI:.2f}" for side in image.size]
        drawn = f"{size[0]} 0 0 {size[1]} 0 0 cm /page Do".encode()
        content = self._next()
        self._object(content, f"<< /Length {len(drawn)} >>".encode(), drawn)
        self._pages.append(self._next())
        self._object(
            self._pages[-1],
            f"<< /Type /Page\n/Parent {_PAGES} 0 R /MediaBox [0 0 {size[0]} {size[1]}]\n"
            f"/Contents {content} 0 R /Resources << /XObject << /page {picture} 0 R >> >> >>".encode(),
        )

    def close(self) -> None:
        """Write what stands at the end of a PDF. The file stays open."""
        listed = " ".join(f"{page} 0 R" for page in self._pages)
        self._object(_PAGES, f"<< /Type /Pages /Count {len(self._pages)} /Kids [{listed}] >>".encode())
        self._object(_CATALOG, f"<< /Type /Catalog /Pages {_PAGES} 0 R >>".encode())
        start, count = self._at, self._last + 1
        self._write(f"xref\n0 {count}\n0000000000 65535 f \n".encode())
        for number in range(1, count):
            self._write(f"{self._offsets[number]:010} 00000 n \n".encode())
        self._write(f"trailer\n<< /Size {count} /Root {_CATALOG} 0 R /Info {_INFO} 0 R >>\n".encode())
        self._write(f"startxref\n{start}\n%%EOF\n".encode())

    def _next(self) -> int:
        self._last += 1
        return self._last

    def _object(self, number: int, head: bytes, stream: bytes | None = None) -> None:
        self._offsets[number] = self._at
        self._write(f"{number} 0 obj\n".encode() + head)
        if stream is not None:
            self._write(b"\nstream\n" + stream + b"\nendstream")
        self._write(b"\nendobj\n")

    def _write(self, octets: bytes) -> None:
        self._file.write(octets)
        self._at += len(octets)


def of_one(image: Image.Image, *, title: str) -> bytes:
    """Return a PDF of one page."""
    out = io.BytesIO()
    pdf = PDF(out, title=title)
    pdf.add(image)
    pdf.close()
    return out.getvalue()


def _group4(image: Image.Image) -> tuple[bytes, str]:
    """Return a page as CCITT Group 4 (ITU-T T.6) in one strip, and PDF's word for whether a 1 is white."""
    out = io.BytesIO()
    width, height = image.size
    bits = image.convert("1", dither=Image.Dither.NONE)
    bits.save(out, "TIFF", compression="group4", strip_size=math.ceil(width / 8) * height)
    with Image.open(out) as tiff:
        tags = tiff.getexif()
        [at], [octets] = _one(tags[_STRIP_OFFSET]), _one(tags[_STRIP_OCTETS])
        white_is_0 = tags[_PHOTOMETRIC] == 0
    return out.getvalue()[at : at + octets], "false" if white_is_0 else "true"


def _one(value: int | tuple[int, ...]) -> tuple[int, ...]:
    return value if isinstance(value, tuple) else (value,)
