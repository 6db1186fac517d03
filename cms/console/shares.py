"""Shares on the screen, one after the other, each for its custodian's eyes only; then one question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from cms import custodians, shares
from cms.console.card import Fleeting
from cms.console.pages import Showing

_LONGER = 10
"""A share is written down by hand: it stays this many times as long as a card does."""


class SharesScreen(Fleeting):
    """The shares of all custodians. `handed` hears once whether everybody has theirs: not if it is left, nor
    if nobody answers in time.
    """

    KEY = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", "Next", show=False),
        Binding("y", "yes", "Yes", show=False),
        Binding("n,escape", "leave", "Leave", show=False),
    ]

    def __init__(self, words: Sequence[str], showing: Showing, handed: Callable[[bool], None]) -> None:
        self._longer = replace(showing, seconds=showing.seconds * _LONGER)
        super().__init__(self._longer)
        self._words = list(words)
        self._number = len(words)
        self._handed = handed
        self._ended = False
        self._at = 0

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static("", id="title", markup=False)
            yield Static("", id="text", markup=False)
            yield Static("", id="line", markup=False)

    def on_mount(self) -> None:
        self._show()
        super().on_mount()

    @property
    def _asking(self) -> bool:
        return self._at == self._number

    def caption(self) -> str:
        """What the keys do."""
        return "Y  yes   N  no:" if self._asking else "Enter  it is written down   Esc  leave:"

    def action_next(self) -> None:
        """Hide a share and show the next one; after the last comes the question."""
        if not self._asking:
            self._at += 1
            self._show()

    def action_yes(self) -> None:
        """Everybody has theirs."""
        if self._asking:
            self._end(handed=True)

    def action_leave(self) -> None:
        """Somebody has not."""
        self._end(handed=False)

    def _show(self) -> None:
        self.begin(self._longer)
        title, text = self.query_one("#title", Static), self.query_one("#text", Static)
        if self._asking:
            title.update("The store changes now")
            text.update(f"Does every custodian have their {shares.WORDS} words?")
        else:
            title.update(f"Share {self._at + 1} of {self._number}, for its custodian's eyes only")
            text.update("\n" + "\n".join(custodians.lines(self._words[self._at])) + "\n")
        self._look()

    def _end(self, *, handed: bool) -> None:
        # The clock may look once more while the screen goes.
        if not self._ended:
            self._ended, self._words = True, []
            self.dismiss(None)
            self._handed(handed)
