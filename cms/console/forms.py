"""One command, asked for and done: its fields, the second operator if one is needed, how far it has come.

fields ── Enter ──► a thread: sitting.doing(…) ──► done: what to tell
   ▲                                          │
   └────────── refused: why, what next ◄──────┘   what was typed is still there, but no passphrase
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.dom import DOMNode
from textual.screen import ModalScreen
from textual.widgets import Input, Label, Static

from cms.console.widgets import SecretInput, Tick
from cms.errors import OperatorMistake
from cms.sitting import Sitting
from cms.store import Store

_SECOND, _SECOND_WORDS = "second", "second-words"
_BAR = 30
_LOOKS_A_SECOND = 10
_FEW_LINES, _MOST_LINES = 10, 1000
"""Lines of a refusal that show at once, and at all."""


@dataclass(frozen=True, slots=True)
class Field:
    """Something to be typed. `secret`: a passphrase; `hint` stands there while nothing does."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """Something to be ticked."""

    name: str
    label: str


class Typed:
    """What was typed and ticked, by name. Not shown in any repr: there are passphrases in it."""

    def __init__(self, texts: Mapping[str, str], ticked: frozenset[str]) -> None:
        self._texts = texts
        self.ticked = ticked

    def __getitem__(self, name: str) -> str:
        return self._texts[name]

    def second(self) -> tuple[str, str] | None:
        """The second operator's name and passphrase, if they were asked for and typed."""
        words = self._texts.get(_SECOND_WORDS, "")
        return (self._texts[_SECOND].strip(), words) if words else None


class Work:
    """How far the command has come: told by its thread, looked at by the screen."""

    def __init__(self) -> None:
        self._tasks: list[tuple[str, float | None]] = []
        self._done: list[int] = []

    def add_task(self, description: str, *, total: float | None) -> int:
        """Begin a task."""
        self._done.append(0)
        self._tasks.append((description, total))
        return len(self._tasks) - 1

    def advance(self, task_id: int, /) -> None:
        """One step of it is done."""
        self._done[task_id] += 1

    def __str__(self) -> str:
        if not self._tasks:
            return "Working …"
        (what, total), done = self._tasks[-1], self._done[-1]
        share = done / total if total else 1.0
        full = round(share * _BAR)
        return f"{what:<12} {'█' * full}{'░' * (_BAR - full)} {done:,.0f} of {total or 0:,.0f}"


@dataclass(frozen=True, slots=True)
class Order:
    """A command: its words, what it is called on the screen, what it asks for, and what does it.

    `do` returns what to tell the operator. It runs in a thread of its own, with the store open.
    """

    action: str
    title: str
    do: Callable[[Store, Typed, Work], str]
    asks: Sequence[Field | Box] = ()
    text: str = ""
    verb: str = "do it"
    faults: Callable[[OperatorMistake], None] = field(default=lambda mistake: None)


class Form(ModalScreen[str | None]):
    """A command on the screen. It ends with what to tell, or with None if it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the fields get it: what is typed on quickly then is typed into the next one.
        Binding("enter", "next", "Next", show=False, priority=True),
        Binding("down", "app.focus_next", "Next", show=False),
        Binding("up", "app.focus_previous", "Back", show=False),
        Binding("pagedown", "turn(1)", "On", show=False),
        Binding("pageup", "turn(-1)", "Back", show=False),
        Binding("y", "yes", "Yes", show=False),
        Binding("n,escape", "leave", "Leave", show=False),
    ]

    def __init__(self, sitting: Sitting, order: Order) -> None:
        super().__init__()
        self._sitting = sitting
        self._order = order
        self._work: Work | None = None
        self._asks: list[Field | Box] = list(order.asks)
        others = sitting.seconds(order.action)
        if others:
            self._asks.append(Field(_SECOND, "Second operator", others[0], " or ".join(others)))
            self._asks.append(Field(_SECOND_WORDS, "Their passphrase", secret=True))

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(self._order.title, id="title", markup=False)
            if self._order.text:
                yield Static(self._order.text, id="text", markup=False)
            for ask in self._asks:
                with Horizontal(classes="row"):
                    if isinstance(ask, Box):
                        yield Tick(ask.label, id=ask.name)
                        continue
                    yield Label(ask.label, markup=False)
                    if ask.secret:
                        yield SecretInput(id=ask.name)
                    else:
                        yield Input(ask.value, placeholder=ask.hint, id=ask.name, select_on_focus=False)
            with VerticalScroll(id="faults", can_focus=False):
                yield Static("", id="fault", markup=False)
            yield Static("", id="work", markup=False)
            yield Static(self._keys(), id="keys", markup=False)

    def _keys(self) -> str:
        if not self._asks:
            return f"Y  {self._order.verb}    N  leave"
        on = self._order.verb if len(self._asks) == 1 else f"next, at the last: {self._order.verb}"
        boxes = "   Space  tick" if any(isinstance(ask, Box) for ask in self._asks) else ""
        return f"Enter  {on}   ↑ ↓  move{boxes}   Esc  leave"

    def on_mount(self) -> None:
        self.set_interval(1 / _LOOKS_A_SECOND, self._look)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is asked twice while the command runs; letters are answers only where none are typed."""
        if self._work is not None:
            return False
        return not (action == "yes" and self._asks)

    def action_next(self) -> None:
        """Go to the next field, or do it."""
        if self._work is not None or not self._asks:
            return
        if self.focused is not None and self.focused.id != self._asks[-1].name:
            self.focus_next()
        else:
            fields = self.query("Input, Tick")
            self._when_read([node for one in fields for node in one.ancestors_with_self])

    def _when_read(self, nodes: list[DOMNode]) -> None:
        """Do it when the keys that wait for a field have been read, on the whole way that keys go."""
        if nodes:
            nodes[0].call_later(self._when_read, nodes[1:])
        elif self._work is None:
            self.action_yes()

    def action_yes(self) -> None:
        """Do it."""
        texts, ticked = {}, set()
        for ask in self._asks:
            if isinstance(ask, Box):
                if self.query_one(f"#{ask.name}", Tick).value:
                    ticked.add(ask.name)
            elif ask.secret:
                texts[ask.name] = self.query_one(f"#{ask.name}", SecretInput).take()
            else:
                texts[ask.name] = self.query_one(f"#{ask.name}", Input).value
        self._work = Work()
        for widget in self.query("Input, Tick"):
            widget.disabled = True
        self.query_one("#fault", Static).update("")
        self.query_one("#keys", Static).update("Please wait")
        self._look()
        self.run_worker(partial(self._run, Typed(texts, frozenset(ticked)), self._work), thread=True)

    def action_turn(self, by: int) -> None:
        """Show more of a long refusal."""
        shown = self.query_one("#faults", VerticalScroll)
        if by > 0:
            shown.scroll_page_down(animate=False)
        else:
            shown.scroll_page_up(animate=False)

    def action_leave(self) -> None:
        """Leave; nothing was done."""
        self.dismiss(None)

    def _run(self, typed: Typed, work: Work) -> None:
        try:
            with self._sitting.doing(self._order.action, typed.second()) as held:
                said = self._order.do(held, typed, work)
        except OperatorMistake as mistake:
            self.app.call_from_thread(self._refused, mistake)
        else:
            self.app.call_from_thread(self.dismiss, said)

    def _refused(self, mistake: OperatorMistake) -> None:
        self._work = None
        self._order.faults(mistake)
        for widget in self.query("Input, Tick"):
            widget.disabled = False
        self.query_one("#work", Static).update("")
        lines = str(mistake).splitlines()
        if len(lines) > _MOST_LINES:
            lines[_MOST_LINES:] = [f"and {len(lines) - _MOST_LINES:,} more lines"]
        self.query_one("#fault", Static).update("\n".join(lines))
        more = "PgUp PgDn  read   " if len(lines) > _FEW_LINES else ""
        self.query_one("#keys", Static).update(more + self._keys())
        if self._asks:
            self.query_one(f"#{self._asks[0].name}").focus()

    def _look(self) -> None:
        if self._work is not None:
            self.query_one("#work", Static).update(str(self._work))


class Told(ModalScreen[None]):
    """Something to be read; Enter goes on."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,escape,q", "leave", "Go on", show=False)]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="box"):
            yield Static(self._title, id="title", markup=False)
            yield Static(self._text, id="text", markup=False)
            yield Static("Enter  go on", id="keys", markup=False)

    def action_leave(self) -> None:
        """Go on."""
        self.dismiss(None)
