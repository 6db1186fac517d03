"""What every page of the console is made of: the standing of the CMS, the pages' names, lists, facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import Checkbox, DataTable, Input, Static

from cms.sitting import Sitting
from crypto import fields

_DAY_S = 86_400
_SOON_DAYS = 3
MOST_ROWS = 500
"""Rows that a list shows at once; whoever looks for more finds them by typing."""


class Standing(Static):
    """One line: networks, domain, month and what is left of it, who acts, whether an export is due."""

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(markup=False)
        self._sitting = sitting

    def on_mount(self) -> None:
        self.show()
        self.set_interval(2, self.show)

    def show(self) -> None:
        """Look again at the clock and at the links of this computer."""
        text, alarm = standing(self._sitting)
        self.set_class(alarm, "alarm")
        self.update(text)


def standing(sitting: Sitting) -> tuple[str, bool]:
    """Return the line, and whether it is an alarm."""
    held, now = sitting.held, sitting.now()
    month = fields.month_of(now)
    days = (fields.month_end(month) - now) // _DAY_S
    left = "ends today" if days < 1 else f"{days} day{'' if days == 1 else 's'} left"
    links = sitting.links()
    parts = [
        f"NETWORK {' '.join(links)} UP" if links else held.domain.name,
        f"{month}: {left}" + (" (soon)" if days < _SOON_DAYS else ""),
        held.acting.name if held.second is None else f"{held.acting.name}, {held.second.name}",
        held.domain.name if links else "no network",
    ]
    if held.domain.changed:
        parts.append("export due")
    return " " + " │ ".join(parts), bool(links)


class Pages(Static):
    """The names of the pages with their keys, the one that is shown standing out."""

    def __init__(self, names: Sequence[str], shown: str) -> None:
        text = Text()
        for number, name in enumerate(names, 1):
            style = "bold black on #ffd700" if name == shown else "white"
            text.append(f"{number} {name}", style=style)
            text.append(" ")
        super().__init__(text)


class Facts(Static):
    """Labels and values in two columns."""

    def show(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show these."""
        table = Table(show_header=False, box=None, pad_edge=False)
        table.add_column(style="bold #ffd700", no_wrap=True)
        table.add_column(overflow="fold")
        for label, value in facts:
            table.add_row(label, Text(value))
        self.update(table)


class Listing(DataTable[Text]):
    """A list of rows, each with a key; the cursor stays with its row when the list is shown anew."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("home", "scroll_top", "First", show=False),
        Binding("end", "scroll_bottom", "Last", show=False),
    ]

    def __init__(self, columns: Sequence[str]) -> None:
        super().__init__(cursor_type="row", zebra_stripes=False, cell_padding=1)
        self._headings = columns

    def on_mount(self) -> None:
        for heading in self._headings:
            self.add_column(heading, key=heading)

    @property
    def chosen(self) -> str | None:
        """The key of the row under the cursor, None if there is no row."""
        if not self.row_count:
            return None
        return self.coordinate_to_cell_key(self.cursor_coordinate).row_key.value

    def show(self, rows: Sequence[tuple[str, ...]], keys: Sequence[str], *, end: bool = False) -> None:
        """Show these rows; the cursor stays with its row, else goes to the first, or to the last."""
        was = self.chosen
        self.clear()
        for row, key in zip(rows, keys, strict=True):
            self.add_row(*map(Text, row), key=key)
        if was is not None and was in keys:
            self.move_cursor(row=self.get_row_index(was))
        elif end and rows:
            self.move_cursor(row=len(rows) - 1)

    def go_to(self, key: str) -> None:
        """Move the cursor to a row, if it is there."""
        if any(row.key.value == key for row in self.ordered_rows):
            self.move_cursor(row=self.get_row_index(key))


class Tick(Checkbox, inherit_bindings=False):
    """A box to be ticked with the space bar; Enter goes on, as in every other field."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "toggle_button", "Tick", show=False)]


class SecretInput(Input):
    """A field for a passphrase: shown as dots, never copied, and emptied when it has been read."""

    def __init__(self, *, id: str) -> None:
        super().__init__(password=True, id=id)

    def action_copy(self) -> None:
        """Copy nothing."""

    def action_cut(self) -> None:
        """Copy nothing."""

    def take(self) -> str:
        """Return what was typed, and forget it."""
        typed = self.value
        self.value = ""
        return typed
