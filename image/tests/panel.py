"""A person at an emulated phone: the client of the virtual desk, over the machine's serial channel."""

from __future__ import annotations

import asyncio
import base64
import io
import json
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from board.desk.link import DeskClient

CAMERA = (1280, 720)
CARD_HEIGHT = 640
PAPER = 230
DRAWN_S = 10.0
"""A key in the machine shows within this."""
ANSWERS = frozenset({"heard", "survey", "fence", "filled"})
"""What the panel says once, because it was asked."""


class PanelClient(DeskClient):
    """One person at the phone of the machine in `folder`. Their finger waits for the phone, however slow."""

    def __init__(self, folder: Path, *, patience_s: float) -> None:
        super().__init__(folder, patience_s=patience_s)
        self._finger_s = patience_s
        self._moved = self._done = 0
        self._told: dict[str, dict[str, object]] = {}
        self._answers: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def key(self, key: str, *, down: bool) -> None:
        """Move one key; return when the phone has seen it. Raises ValueError, TimeoutError."""
        await super().key(key, down=down)
        await self._seen()

    async def lift(self) -> None:
        """Take the handset off the cradle; return when the phone has seen it."""
        await super().lift()
        await self._seen()

    async def hang_up(self) -> None:
        """Put the handset back; return when the phone has seen it."""
        await super().hang_up()
        await self._seen()

    async def _seen(self) -> None:
        self._moved += 1
        await self.until(lambda _: self._done >= self._moved, self._finger_s)

    async def hold_card(self, card: Path) -> None:
        """Hold a card's picture straight before the camera."""
        with Image.open(card) as picture:
            held = ImageOps.contain(picture.convert("L"), (CAMERA[0], CARD_HEIGHT))
        frame = Image.new("L", CAMERA, PAPER)
        frame.paste(held, ((CAMERA[0] - held.width) // 2, (CAMERA[1] - held.height) // 2))
        file = io.BytesIO()
        frame.save(file, "JPEG", quality=80)
        await self._tell_panel(picture=base64.b64encode(file.getvalue()).decode())

    async def lower_card(self) -> None:
        """Take the card away from the camera."""
        await self._tell_panel(picture=None)

    async def say(self, frequency: int | None) -> None:
        """Say a tone into the microphone; None ends it."""
        await self._tell_panel(say=frequency)

    async def survey(self, timeout_s: float) -> dict[str, Any]:
        """What there is on the phone (image/guest/survey.py). Raises TimeoutError."""
        await self._tell_panel(survey=True)
        return dict((await self._answer(timeout_s))["survey"])

    async def drop_fence(self, timeout_s: float) -> None:
        """Take the phone's network rules away. Raises TimeoutError."""
        await self._tell_panel(fence=False)
        await self._answer(timeout_s)

    async def fill(self, leave: int | None, timeout_s: float) -> None:
        """Fill the phone's data but for `leave` octets; None frees them. Raises TimeoutError."""
        await self._tell_panel(fill=leave)
        await self._answer(timeout_s)

    async def hear(self, frequency: int, seconds: float, timeout_s: float) -> dict[str, Any]:
        """Listen to the earpiece. Raises TimeoutError."""
        await self._tell_panel(hear=frequency, seconds=seconds)
        return await self._answer(timeout_s)

    async def _answer(self, timeout_s: float) -> dict[str, Any]:
        async with asyncio.timeout(timeout_s):
            return await self._answers.get()

    async def _tell_panel(self, **fields: object) -> None:
        await self._send(json.dumps(fields).encode() + b"\n")

    def _take(self, fields: dict[str, object]) -> None:
        """The panel tells again and again what it told: that is no news."""
        kind = f"{next(iter(fields), '')} {fields.get('lamp', '')}"
        if self._told.get(kind) == fields and not ANSWERS & fields.keys():
            return
        self._told[kind] = fields
        super()._take(fields)
        match fields:
            case {"done": int(count)}:
                self._done = count
            case _ if ANSWERS & fields.keys():
                self._answers.put_nowait(dict(fields))
