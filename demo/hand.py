"""The person's part of the self-test at the virtual desk: presses, lifts, speaks, looks, and says what is.

It answers honestly: Yes to the lamps only if they are lit, to the display only if every pattern was there, to
the tone only if it was heard.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import math
import wave
from array import array
from collections.abc import AsyncIterator
from pathlib import Path

from PIL import Image, ImageDraw

from board.desk.link import DeskClient, hold_up, put_away
from board.desk.sound import PERIOD_OCTETS, RATE, Handset
from firmware.phone_interface import SelfTestEvent

YES, NO, OK, SKIP = "soft4", "soft3", "soft4", "soft2"
SPEECH_S = 20
EAR_S = 5.0
HEARD = 300
"""Root mean square of what counts as a tone, of 32767."""


class Hand:
    """One person at the virtual phone in `home`. Calling it does what the self-test asks for."""

    def __init__(self, home: Path, desk: DeskClient, handset: Handset) -> None:
        self._home = home
        self._desk = desk
        self._handset = handset
        self._white = asyncio.Event()

    async def watch(self) -> None:
        """Look at the display, until cancelled."""
        while True:
            seen = self._desk.news
            if self._desk.pixels.count(0xFF) == len(self._desk.pixels):
                self._white.set()
            await self._desk.changed(seen)

    async def __call__(self, event: SelfTestEvent) -> None:
        if event.state == "passed" and event.part == "camera":
            put_away(self._home)
        if event.state == "done":
            await self._desk.hang_up()
        if event.state != "asks":
            return
        wanted = event.detail
        if wanted.startswith("press every key"):
            for key in wanted.removeprefix("press every key").split():
                await self._desk.press(key)
            return
        match wanted:
            case "lay down and OK":
                await self._desk.hang_up()
                await self._desk.press(OK)
            case "lift" | "lift to speak" | "lift to hear":
                await self._desk.lift()
            case "lay down":
                await self._desk.hang_up()
            case "lamps lit?":
                await self._answer(all(self._desk.lamps.get(lamp) == "on" for lamp in ("ring", "message")))
            case "patterns whole?":
                await self._answer(self._white.is_set())
            case "speak":
                self._handset.speak(_tone(SPEECH_S))
            case "tone heard?":
                self._handset.hush()
                await self._answer(await self._hears())
            case "show something near":
                hold_up(self._home, _page())

    async def _answer(self, yes: bool) -> None:
        await self._desk.press(YES if yes else NO)

    async def _hears(self) -> bool:
        """Listen for a tone, a few seconds at most."""
        self._handset.forget()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(EAR_S):
                while True:
                    await asyncio.sleep(0.1)
                    with wave.open(io.BytesIO(self._handset.heard())) as file:
                        last = file.readframes(file.getnframes())[-5 * PERIOD_OCTETS :]
                    if last and _loudness(last) > HEARD:
                        return True
        return False


@contextlib.asynccontextmanager
async def hand(home: Path) -> AsyncIterator[Hand]:
    """Sit down at the phone in `home` while the block runs. Raises ConnectionError if there is none."""
    handset = Handset(home / "run" / "sound.sock")
    async with DeskClient(home) as desk:
        person = Hand(home, desk, handset)
        tasks = [asyncio.create_task(handset.run()), asyncio.create_task(person.watch())]
        try:
            yield person
        finally:
            handset.hush()
            put_away(home)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


def _tone(seconds: float) -> bytes:
    samples = (round(9000 * math.sin(2 * math.pi * 440 * n / RATE)) for n in range(round(seconds * RATE)))
    return array("h", samples).tobytes()


def _loudness(pcm: bytes) -> float:
    samples = array("h", pcm)
    return math.sqrt(sum(sample * sample for sample in samples) / len(samples))


def _page() -> Image.Image:
    """A page with sharp edges: squares of many sizes."""
    picture = Image.new("L", (1280, 720), 235)
    draw = ImageDraw.Draw(picture)
    for row in range(12):
        for column in range(22):
            if (row * 7 + column * 5) % 3:
                left, top = 40 + column * 54, 40 + row * 54
                draw.rectangle((left, top, left + 30, top + 30), fill=25)
    return picture
