"""A card on the screen, for a camera, and its transfer code: each hides itself when its time is over."""

from __future__ import annotations

import math
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from cms.console.pages import Showing
from cms.domain import Letter
from cms.letter import grouped
from cms.picture import half_blocks
from cms.screen import CODE_COLUMNS, CODE_LINES, too_small

_LOOKS_A_SECOND = 4
_STYLE = Style(color="#ffffff", bgcolor="#000000")


def room_fault(size: Size) -> str | None:
    """Return what to say if a terminal has no room for a card, None if it has."""
    if size.width >= CODE_COLUMNS and size.height > CODE_LINES:
        return None
    return too_small(size.width, size.height)


class Fleeting(ModalScreen[None]):
    """Something that is shown for so many seconds at most, with what is left of them."""

    KEY: ClassVar[str] = "  Enter hides it"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,escape", "leave", "Hide", show=False)]

    def __init__(self, showing: Showing) -> None:
        super().__init__()
        self.begin(showing)

    def begin(self, showing: Showing) -> None:
        """Let the time run from now on."""
        self._clock = showing.clock
        self._until = showing.clock() + showing.seconds

    def on_mount(self) -> None:
        self.set_interval(1 / _LOOKS_A_SECOND, self._look)
        self._look()

    @property
    def left(self) -> int:
        """Seconds until it hides itself."""
        return math.ceil(self._until - self._clock())

    def action_leave(self) -> None:
        """Hide it."""
        self.dismiss(None)

    def _look(self) -> None:
        if self.left <= 0:
            self.action_leave()
        else:
            self.query_one("#line", Static).update(f"{self.caption()}  hides in {self.left} s{self.KEY}")

    def caption(self) -> str:
        """What stands beside the count."""
        raise NotImplementedError


class Code(Widget):
    """The QR code of a card. Its lines are known to nobody else and forgotten when it goes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._lines = half_blocks(text)
        self.styles.width = len(self._lines[0])
        self.styles.height = len(self._lines)

    def render_line(self, y: int) -> Strip:
        """Return a line of half blocks, white on black."""
        if y >= len(self._lines):
            return Strip.blank(self.size.width, _STYLE)
        return Strip([Segment(self._lines[y], _STYLE)])

    def on_unmount(self) -> None:
        self._lines = []


class CardScreen(Fleeting):
    """A card that fills the screen."""

    def __init__(self, letter: Letter, showing: Showing) -> None:
        super().__init__(showing)
        self._tel = letter.card.tel
        self._check = grouped(letter.card.check_code)
        self._text = letter.text

    def compose(self) -> ComposeResult:
        yield Code(self._text)
        yield Static("", id="line", markup=False)
        self._text = ""

    def caption(self) -> str:
        """Whose it is, or that it has no room any more."""
        fault = room_fault(self.size)
        return fault if fault else f"{self._tel}  check code {self._check}"


class TransferCodeScreen(Fleeting):
    """The transfer code of a card that was shown, to be told by another way."""

    def __init__(self, letter: Letter, showing: Showing) -> None:
        super().__init__(showing)
        self._name = letter.name
        self._code = grouped(letter.transfer_code or "")

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(f"Transfer code for {self._name}: {self._code}", id="title", markup=False)
            yield Static("Tell it separately from the card. It is not kept.", id="text", markup=False)
            yield Static("", id="line", markup=False)
        self._code = ""

    def caption(self) -> str:
        """Nothing but the count."""
        return ""
