"""One phone on the virtual desk: its link, its handset and what is before its camera."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import io
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from board.desk.held import Holding, Sight, Webcam
from board.desk.link import DeskClient
from board.desk.sound import Handset
from drivers.virtual_wire import LAMPS, MICROPHONE, MUTE

RETRY_S = 0.25
LARGEST_SCALE = 8
AMBER = (255, 184, 77)
WEBCAM = "the webcam"


class DeskPhone:
    """The phone number `number` on the desk, living in `home`. `tell` hears of everything that changes.

    Connects, and connects again when the phone was started anew, while `run` runs.
    """

    def __init__(self, number: int, home: Path, tell: Callable[[dict[str, object]], None]) -> None:
        self.number = number
        self.home = home
        self.client = DeskClient(home, patience_s=0.0)
        self.handset = Handset(home / "run" / "sound.sock")
        self._tell = tell
        self._sight: Sight | None = None
        self._held_name = ""
        self._watching: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Be at the desk until cancelled."""
        hearing = asyncio.get_running_loop().create_task(self.handset.run())
        try:
            while True:
                with contextlib.suppress(ConnectionError):
                    await self._follow()
                self._say(connected=False)
                await asyncio.sleep(RETRY_S)
        finally:
            hearing.cancel()
            self.handset.hush()
            await self.put_away()
            await self.client.close()

    async def _follow(self) -> None:
        self.client = DeskClient(self.home, patience_s=0.0)
        try:
            await self.client.connect()
            self._say(connected=True)
            told: dict[str, object] = {}
            news_count = 0
            while self.client.connected:
                for subject, news in self._state().items():
                    if told.get(subject) != news:
                        told[subject] = news
                        self._say(**news)
                news_count = await self.client.changed(news_count)
        finally:
            await self.client.close()

    def _say(self, **news: object) -> None:
        self._tell({"phone": self.number, **news})

    def _state(self) -> dict[str, dict[str, object]]:
        client = self.client
        state: dict[str, dict[str, object]] = {
            "screen": {"frame": base64.b64encode(client.pixels).decode(), "text": list(client.text)},
            "hook": {"lifted": client.lifted},
            "contrast": {"contrast": client.contrast},
        }
        for lamp in (*LAMPS, MUTE, MICROPHONE):
            state[f"lamp {lamp}"] = {"lamp": lamp, "pattern": client.lamps.get(lamp, "off")}
        return state

    def whole_state(self) -> list[dict[str, object]]:
        """Everything there is to say to somebody who has just come to the desk."""
        news: list[dict[str, object]] = [{"connected": self.client.connected}, {"held": self._held_name}]
        return [{"phone": self.number, **item} for item in (*news, *self._state().values())]

    def summary(self) -> dict[str, object]:
        """What a script wants to know."""
        return {
            "id": self.number,
            "connected": self.client.connected,
            "text": list(self.client.text),
            "lifted": self.client.lifted,
            "lamps": dict(self.client.lamps),
            "held": self._held_name,
            "speaking": self.handset.speaking,
        }

    async def lift(self, lifted: bool) -> None:
        """Take the handset up or put it down. Raises ConnectionError if the phone is not there."""
        await (self.client.lift() if lifted else self.client.hang_up())

    async def hold(self, picture: Image.Image, name: str) -> None:
        """Hold a picture before the camera, in place of what is there."""
        await self.put_away()
        self._place(Holding(self.home, picture), name)

    async def connect_webcam(self) -> Webcam:
        """Put a webcam before the camera, in place of what is there."""
        await self.put_away()
        webcam = Webcam(self.home)
        self._place(webcam, WEBCAM)
        return webcam

    def _place(self, sight: Sight, name: str) -> None:
        self._sight, self._held_name = sight, name
        self._watching = asyncio.get_running_loop().create_task(self._watch(sight))
        self._say(held=name)

    async def put_away(self) -> None:
        """Take away what is before the camera."""
        sight, watching = self._sight, self._watching
        if sight is not None and watching is not None:
            await sight.put_away()
            await watching

    async def _watch(self, sight: Sight) -> None:
        await sight.wait()
        self._sight, self._held_name = None, ""
        self._say(held="")

    def camera_view(self) -> bytes:
        """What the camera saw last, as a JPEG; empty if nothing is before it."""
        return self._sight.view if self._sight is not None else b""

    def screen_png(self, *, scale: int = 4, amber: bool = True) -> bytes:
        """The display as a picture, each pixel `scale` wide, 1 to 8."""
        image = self.client.screen()
        if amber:
            image = Image.merge("RGB", [image.point([v * tint // 255 for v in range(256)]) for tint in AMBER])
        width = max(1, min(LARGEST_SCALE, scale))
        file = io.BytesIO()
        image.resize((image.width * width, image.height * width), Image.Resampling.NEAREST).save(file, "PNG")
        return file.getvalue()
