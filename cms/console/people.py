"""The page of people: everybody, found by a part of their number or name."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from cms import domain as domains
from cms import people, people_file, screen
from cms.console.asked import place
from cms.console.forms import Field, Order, Typed, Work
from cms.console.pages import Page
from cms.console.person import PersonPage
from cms.console.widgets import MOST_ROWS, Listing
from cms.store import Store

_IN_LIST = (0, 1, 2, 4)


class PeoplePage(Page[list[tuple[str, ...]]]):
    """Everybody, with the state of their card."""

    SHOWN = "People"
    HELP = (
        "/   find: type a part of a number or name; Enter goes to the list\n"
        "Enter   one person: QR code, letter, name, marking, suspend, remove\n"
        "a   add a person      i   add everybody in a list (CSV: tel,name,marking)\n\n"
        "A card is made on a person's page. What the CRS must know waits for the\n"
        "next export: page 4."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Person"),
        Binding("slash", "find", "Find", key_display="/"),
        Binding("a", "add", "Add"),
        Binding("i", "import", "Import"),
    ]

    def body(self) -> ComposeResult:
        yield Input(placeholder="/  find a number or a name", id="find", select_on_focus=False)
        yield Listing([screen.USER_COLUMNS[at] for at in _IN_LIST])

    def on_mount(self) -> None:
        self.query_one(Listing).focus()

    def gather(self) -> list[tuple[str, ...]]:
        find = self.query_one("#find", Input).value.strip()
        return screen.user_rows(self.sitting.domain, self.sitting.now(), find=find)

    def fill(self, gathered: list[tuple[str, ...]]) -> None:
        shown = gathered[:MOST_ROWS]
        self.query_one(Listing).show(
            [tuple(row[at] for at in _IN_LIST) for row in shown], [row[0] for row in shown]
        )
        if len(gathered) > MOST_ROWS:
            self.say(f"{MOST_ROWS} of {len(gathered):,} are shown: type / and a part of a name or number")
        elif not gathered:
            nobody = (
                "Nobody's number or name contains that"
                if self.sitting.domain.users
                else "Nobody yet: a adds a person"
            )
            self.say(nobody)

    def on_input_changed(self) -> None:
        self.say("")
        self.reload()

    def on_input_submitted(self) -> None:
        self.query_one(Listing).focus()

    def on_data_table_row_selected(self) -> None:
        self.action_open()

    def key_escape(self) -> None:
        self.query_one(Listing).focus()

    def action_find(self) -> None:
        """Go to the field that finds."""
        self.query_one("#find", Input).focus()

    def action_open(self) -> None:
        """Show the person under the cursor."""
        tel = self.query_one(Listing).chosen
        if tel is not None:
            self.app.push_screen(PersonPage(self.sitting, self.showing, tel))

    def action_add(self) -> None:
        """Add a person."""
        asks = [
            Field("tel", "Number", hint="+447700900123"),
            Field("name", "Name", hint="as other phones will show it"),
            Field("marking", "Marking", hint=f"of their letters; empty: {self.sitting.domain.marking}"),
        ]
        self.order(Order("cms user add", "Add a person", self._add, asks, verb="add"), self.reload)

    def _add(self, held: Store, typed: Typed, work: Work) -> str:
        tel, name = typed["tel"].strip(), typed["name"].strip()
        added = domains.add_user(
            held.domain, tel=tel, name=name, marking=typed["marking"].strip(), now=self.sitting.now()
        )
        held.save(added)
        return f"{name} has {tel}. Enter shows them: v for a QR code, l for a letter."

    def action_import(self) -> None:
        """Add everybody in a list."""
        asks = [Field("file", "List", hint="people.csv: tel,name or tel,name,marking; UTF-8")]
        order = Order(
            "cms user import", "Add everybody in a list, or nobody", self._import, asks, verb="import"
        )
        self.order(order, self.reload)

    def _import(self, held: Store, typed: Typed, work: Work) -> str:
        lines, bad = people_file.read(people_file.load(place(typed["file"], "name the file with the list")))
        checking = work.add_task("Checking", total=len(lines))
        after = people.add_all(
            held.domain,
            lines,
            now=self.sitting.now(),
            faults=bad,
            checked=lambda: work.advance(checking),
        )
        held.save(after)
        number = f"{len(lines)} people were added, {len(after.users)} of {domains.MAX_USERS}."
        return f"{number} Page 2 makes their letters."
