"""The hand at the desk that holds a picture before a phone's camera, and what the camera sees of it."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path

from PIL import Image

from board.desk.link import hold_up, put_away
from drivers.camera_synthetic import Hand, Pose

PICTURE_OCTETS = 8 * 1024 * 1024
PICTURE_PIXELS = 4096 * 4096
FRAME_S = 0.1
HELD_S = 25.0
"""A hand gets tired: after so many seconds the picture is put away."""
VIEW = (480, 270)


class NoPicture(ValueError):
    """What was to be held up is no PNG or JPEG that can be shown; the text says why."""


def picture_of(octets: bytes) -> Image.Image:
    """Open a PNG or JPEG of at most PICTURE_OCTETS. Raises NoPicture."""
    if len(octets) > PICTURE_OCTETS:
        raise NoPicture(f"a picture has at most {PICTURE_OCTETS // 2**20} MiB")
    try:
        with Image.open(io.BytesIO(octets), formats=("PNG", "JPEG")) as image:
            if image.width * image.height > PICTURE_PIXELS:
                raise NoPicture("a picture has at most 4096 x 4096 pixels")
            return image.convert("L")
    # Pillow's word for a broken PNG is SyntaxError.
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise NoPicture("that is no PNG or JPEG picture") from error


class Holding:
    """One picture before the camera of the phone in `home`, moving as a hand moves, until put away."""

    def __init__(self, home: Path, picture: Image.Image) -> None:
        self._home = home
        self._picture = picture
        self._view = b""
        self._task = asyncio.get_running_loop().create_task(self._run())

    @property
    def view(self) -> bytes:
        """What the camera saw last: a JPEG of 480 x 270."""
        return self._view

    @property
    def ended(self) -> bool:
        """True once the picture was put away."""
        return self._task.done()

    async def wait(self) -> None:
        """Return once the picture was put away."""
        await asyncio.wait([self._task])

    async def put_away(self) -> None:
        """Take the picture down; the file is gone when this returns."""
        self._task.cancel()
        await asyncio.wait([self._task])

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            hand = await asyncio.to_thread(
                Hand, self._picture, pose=Pose(fill=0.86, yaw=4, roll=-3), approach_s=1.2
            )
            while (at := loop.time() - began) < HELD_S:
                showing = asyncio.ensure_future(asyncio.to_thread(self._show, hand, at))
                try:
                    self._view = await asyncio.shield(showing)
                finally:
                    # A thread does not stop halfway: it must not hold up what was put away meanwhile.
                    await asyncio.wait([showing])
                await asyncio.sleep(max(0.0, FRAME_S - (loop.time() - began - at)))
        finally:
            put_away(self._home)

    def _show(self, hand: Hand, at: float) -> bytes:
        frame = Image.fromarray(hand.see(at))
        hold_up(self._home, frame)
        file = io.BytesIO()
        frame.resize(VIEW, Image.Resampling.BOX).save(file, "JPEG", quality=70)
        return file.getvalue()
