"""The console as a whole: nine pages, one key each; it closes itself when nobody is there."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen

from cms.console.escrow import EscrowPage
from cms.console.keys import KeysPage
from cms.console.letters import LettersPage
from cms.console.log import LogPage
from cms.console.look import CONTRAST, STYLES
from cms.console.month import MediaPage, MonthPage
from cms.console.operators import OperatorsPage
from cms.console.pages import NAMES, Showing
from cms.console.partners import PartnersPage
from cms.console.people import PeoplePage
from cms.sitting import Sitting

_PAGES: tuple[Callable[[Sitting, Showing], Screen[None]], ...] = (
    PeoplePage,
    LettersPage,
    MonthPage,
    MediaPage,
    LogPage,
    OperatorsPage,
    KeysPage,
    PartnersPage,
    EscrowPage,
)
_LOOKS_S = 1.0


class OperatorConsole(App[str]):
    """The full-screen interface of the CMS. It ends with what is to be said when it is gone."""

    TITLE = "Sottovoce CMS"
    CSS = STYLES
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(number), f"page({number})", name, show=False) for number, name in enumerate(NAMES, 1)),
        Binding("q", "quit", "Leave"),
    ]

    def __init__(
        self,
        sitting: Sitting,
        *,
        showing: Showing | None = None,
        idle_s: float = 600,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._sitting = sitting
        self._showing = showing or Showing(clock=clock)
        self._idle_s = idle_s
        self._clock = clock
        self._touched = clock()

    def on_mount(self) -> None:
        self.animation_level = "none"
        self.register_theme(CONTRAST)
        self.theme = CONTRAST.name
        for name, page in zip(NAMES, _PAGES, strict=True):
            self.add_mode(name, partial(page, self._sitting, self._showing))
        self.switch_mode(NAMES[0])
        self.set_interval(_LOOKS_S, self._look)

    async def on_event(self, event: events.Event) -> None:
        """Note that somebody is there."""
        if isinstance(event, events.Key | events.Paste):
            self._touched = self._clock()
        await super().on_event(event)

    def _look(self) -> None:
        if self._clock() - self._touched > self._idle_s and not self._sitting.busy:
            self.exit(f"Closed: no key was pressed for {self._idle_s / 60:g} minutes.")

    def action_page(self, number: int) -> None:
        """Show a page, as it is before one of its rows was opened."""
        name = NAMES[number - 1]
        if self.current_mode != name:
            self.switch_mode(name)
        elif len(self.screen_stack) > 1:
            self.pop_screen()

    async def action_quit(self) -> None:
        """Leave, unless a command is running: it must come to its end."""
        if self._sitting.busy:
            self.bell()
        else:
            self.exit()

    def copy_to_clipboard(self, text: str) -> None:
        """Copy nothing: no text of the CMS leaves it through a terminal."""

    def _fatal_error(self) -> None:
        # Textual's own shows the values of all variables on the way, secrets among them.
        self._close_messages_no_wait()


def run(sitting: Sitting, *, seconds: int, idle_s: float) -> str | None:
    """Run the console on this terminal until it is left; return what is to be said then.

    Raises what went wrong inside it, if something did that is nobody's mistake.
    """
    console = OperatorConsole(sitting, showing=Showing(seconds), idle_s=idle_s)
    said = console.run(mouse=False)
    if console._exception is not None:
        raise console._exception
    return said
