"""The display: at most 20 pictures a second, as bright as the hour and the person ask, and never burnt in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from drivers.ports import Display
from firmware.house import House
from firmware.idle_care import DIM_AFTER_S, moved
from firmware.screens import models
from firmware.screens.render import render
from firmware.text import Words
from firmware.view import view

FRAME_S = 0.05


class Showing:
    """Draws what `house()` says, when it is asked to. `model` and `text` are what shows now."""

    def __init__(self, display: Display, house: Callable[[], House]) -> None:
        self.model: models.Model | None = None
        self.text: tuple[str, ...] = ()
        self._display = display
        self._house = house
        self._words = Words()
        self._language = "en"
        self._look: object = None
        self._contrast: int | None = None
        self._shown_at = 0.0
        self._later: asyncio.TimerHandle | None = None

    def show(self) -> None:
        """Draw now, or as soon as the last picture is old enough."""
        if self._later is not None:
            return
        loop = asyncio.get_running_loop()
        wait = self._shown_at + FRAME_S - loop.time()
        if wait <= 0:
            self._draw()
        else:
            self._later = loop.call_later(wait, self._draw)

    def close(self) -> None:
        """Draw no more, and let go of the display."""
        if self._later is not None:
            self._later.cancel()
        self._display.close()

    def _draw(self) -> None:
        self._later = None
        house = self._house()
        settings = house.desk.settings
        model = view(house)
        alone = not house.busy and house.alone_s >= DIM_AFTER_S
        minute = int(house.now.timestamp() // 60) if alone else 0
        look = (model, settings.language, settings.big, minute)
        if look != self._look:
            self._look, self.model = look, model
            self._shown_at = asyncio.get_running_loop().time()
            if settings.language != self._language:
                self._words, self._language = Words(settings.language), settings.language
            picture, self.text = render(model, self._words, big=settings.big)
            self._display.show(moved(picture, minute) if alone else picture, self.text)
        if house.contrast != self._contrast:
            self._contrast = house.contrast
            self._display.contrast(self._contrast)
