"""What a phone's camera sees: a picture that a hand at the desk holds up, or what a webcam sees."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path
from typing import Protocol

from PIL import Image

from board.desk.link import hold_up, put_away
from drivers.camera_synthetic import Hand, Pose

PICTURE_OCTETS = 8 * 1024 * 1024
PICTURE_PIXELS = 4096 * 4096
FRAME_S = 0.1
HELD_S = 25.0
"""A hand gets tired: after so many seconds the picture is put away."""
VIEW = (480, 270)
FRAME_OCTETS = 512 * 1024
"""The largest frame of a webcam."""
FRAME_PIXELS = 1920 * 1080


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


class Sight(Protocol):
    """Something before the camera, until put away. `view` is what the camera saw last, as a JPEG."""

    @property
    def view(self) -> bytes: ...
    async def wait(self) -> None: ...
    async def put_away(self) -> None: ...


class Webcam:
    """What a webcam sees, frame by frame, put before the camera of the phone in `home`."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._view = b""
        self._away = asyncio.Event()

    @property
    def view(self) -> bytes:
        """The last frame."""
        return self._view

    @property
    def ended(self) -> bool:
        """True once the webcam was put away: something else is before the camera now, or nothing."""
        return self._away.is_set()

    async def see(self, frame: bytes) -> None:
        """Show one JPEG of at most FRAME_OCTETS and FRAME_PIXELS. Raises NoPicture."""
        if len(frame) > FRAME_OCTETS:
            raise NoPicture(f"a frame has at most {FRAME_OCTETS // 1024} KiB")
        check_frame(frame)
        if not self.ended:
            # In one breath with the check above: a frame must not come back after it was put away.
            hold_up(self._home, frame)
            self._view = frame

    async def wait(self) -> None:
        """Return once the webcam was put away."""
        await self._away.wait()

    async def put_away(self) -> None:
        """Take it away; the file is gone when this returns."""
        self._away.set()
        put_away(self._home)


def check_frame(frame: bytes) -> None:
    """Look at the head of a JPEG frame; its pixels are for the phone to decode. Raises NoPicture."""
    try:
        with Image.open(io.BytesIO(frame), formats=("JPEG",)) as image:
            width, height = image.size
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise NoPicture("that is no JPEG frame") from error
    if width * height > FRAME_PIXELS:
        raise NoPicture("a frame has at most 1920 x 1080 pixels")


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
