"""A page of the console: what it shows is gathered in a thread, and what it does goes through one form."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Footer, Static

from cms.console.forms import Form, Order, Told
from cms.console.widgets import Pages, Standing
from cms.sitting import Sitting

NAMES = ("People", "Letters", "Month", "Media", "Log", "Operators", "Keys", "Partners", "Escrow")
_Gathered = TypeVar("_Gathered")


@dataclass(frozen=True, slots=True)
class Showing:
    """For how many seconds a card or a code is shown, by which clock (seconds, never set back)."""

    seconds: int = 60
    clock: Callable[[], float] = time.monotonic


class Page(Screen[None], Generic[_Gathered]):
    """A page. `gather` runs in a thread and may take its time; `fill` shows what it found."""

    SHOWN: ClassVar[str] = ""
    HELP: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = [Binding("question_mark", "help", "Help", key_display="?")]

    def __init__(self, sitting: Sitting, showing: Showing) -> None:
        super().__init__()
        self.sitting = sitting
        self.showing = showing

    def compose(self) -> ComposeResult:
        yield Standing(self.sitting)
        yield Pages(NAMES, self.SHOWN)
        yield from self.body()
        yield Static("", id="said", markup=False)
        yield Footer(show_command_palette=False, compact=True)

    def body(self) -> ComposeResult:
        """What the page consists of."""
        raise NotImplementedError

    def gather(self) -> _Gathered:
        """Find what to show."""
        raise NotImplementedError

    def fill(self, gathered: _Gathered) -> None:
        """Show it."""
        raise NotImplementedError

    def on_screen_resume(self) -> None:
        self.reload()

    def reload(self) -> None:
        """Show what there is now."""
        self.query_one(Standing).show()
        self.run_worker(self._gather, thread=True, exclusive=True, group="gather")

    def _gather(self) -> None:
        found = self.gather()
        if self.is_attached:
            self.app.call_from_thread(self._gathered, found)

    def _gathered(self, found: _Gathered) -> None:
        """Show it, unless the page was left meanwhile, or the console: then its lists may be gone."""
        if self.app.is_running and self in self.app.screen_stack:
            self.fill(found)

    def say(self, text: str, *, wrong: bool = False) -> None:
        """Show a line or two below the list; of more, a box that is read first."""
        line = self.query_one("#said", Static)
        line.set_class(wrong, "wrong")
        if text.count("\n") > 1:
            line.update("")
            self.app.push_screen(Told("Done", text))
        else:
            line.update(text)

    def order(self, order: Order, then: Callable[[], Any] = lambda: None) -> None:
        """Ask for a command, do it, and tell what was done; `then` follows if it was."""

        def ended(said: str | None) -> None:
            if not self.sitting.held.sound:
                self.app.exit("The store could not be written: nothing was changed. Open it anew.")
                return
            if said is not None:
                self.say(said)
                then()

        self.say("")
        self.app.push_screen(Form(self.sitting, order), ended)

    def action_help(self) -> None:
        """Show what can be done here."""
        self.app.push_screen(Told(f"Help: {self.SHOWN}", self.HELP))
