"""A file from our CRS over HTTPS, large and therefore fetched in parts: a cut goes on where it was."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from firmware.services.https import answered

CHUNK = 65536
_LONGEST = 128


@dataclass(frozen=True)
class Offer:
    """What the CRS offers. `since` is its Last-Modified: with another one it is another file."""

    name: str
    since: str
    size: int


class Unwanted(Exception):
    """The CRS offers a file that is not to be fetched."""


class Partial:
    """What has come of a file, and of which: PATH, and PATH.since beside it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._since = path.with_name(f"{path.name}.since")

    def come(self) -> tuple[int, str]:
        """How many octets there are, and of the file from when; 0 and '' to begin."""
        try:
            return self.path.stat().st_size, self._since.read_text("ascii", "replace")[:_LONGEST]
        except FileNotFoundError:
            return 0, ""

    def go_on(self, at: int, since: str) -> BinaryIO:
        """Open it to be written from octet `at` on; 0 begins anew."""
        if at == 0:
            self.path.unlink(missing_ok=True)
            self._since.write_text(since, "ascii", "replace")
        file = self.path.open("r+b" if at else "wb")
        file.seek(at)
        return file

    def remove(self) -> None:
        """Forget it."""
        self.path.unlink(missing_ok=True)
        self._since.unlink(missing_ok=True)


async def download(
    crs: str,
    path: str,
    context: ssl.SSLContext,
    partial: Partial,
    *,
    most: int,
    wanted: Callable[[Offer], bool],
    progress: Callable[[int], None],
) -> Offer | None:
    """Fetch a file of at most `most` octets, the rest of it if some has come. None: there is nothing.

    `wanted` may refuse it before it is fetched, `progress` is told the percentage. Raises Unwanted,
    NotTrusted, NotAnswered, TimeoutError, OSError, or ValueError for an answer too long or without sense.
    """
    have, since = partial.come()
    headers = {"Range": f"bytes={have}-", "If-Range": since} if have else {}
    async with answered(crs, path, context, headers=headers) as response:
        if response.status == 404:
            return None
        if response.status == 416 and have:
            # The whole of it was there and was not handed over: a power cut, and who knows what it left.
            partial.remove()
            return await download(crs, path, context, partial, most=most, wanted=wanted, progress=progress)
        if response.status not in (200, 206) or response.content_length is None:
            partial.remove()
            raise ValueError(f"the server answered {response.status}")
        at = have if response.status == 206 else 0
        offer = Offer(
            response.headers.get("X-Sottovoce-Bundle", "")[:_LONGEST],
            response.headers.get("Last-Modified", "")[:_LONGEST],
            at + response.content_length,
        )
        if offer.size > most:
            raise ValueError("the file is too long")
        if not wanted(offer):
            raise Unwanted(offer.name)
        with partial.go_on(at, offer.since) as file:
            async for chunk in response.content.iter_chunked(CHUNK):
                at += len(chunk)
                file.write(chunk)
                progress(100 * at // offer.size)
    if at != offer.size:
        raise ValueError("the answer was cut")
    return offer
