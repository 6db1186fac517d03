"""The page of the log: who did what, and whether it is still what was written."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from cms import log_check
from cms.audit import Entry
from cms.console.asked import place
from cms.console.forms import Field, Order, Told, Typed, Work
from cms.console.pages import Page
from cms.console.widgets import MOST_ROWS, Facts, Listing
from cms.errors import OperatorMistake
from cms.letter import when
from cms.log_check import Tampered
from cms.store import Store


class LogPage(Page[list[Entry]]):
    """The newest entries of the log."""

    SHOWN = "Log"
    HELP = (
        "v   verify: every signature, the chain, its end; with a head that you noted\n"
        "    also that it continues what was there then. A fault is shown with its place\n"
        "x   export it to a file that anybody can check without the store\n"
        "Enter   one entry\n\n"
        "Write the head down where the operators of the CMS cannot change it."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "verify", "Verify"),
        Binding("x", "export", "Export"),
    ]

    def body(self) -> ComposeResult:
        yield Facts()
        yield Listing(log_check.COLUMNS)

    def on_mount(self) -> None:
        self.query_one(Listing).focus()

    def gather(self) -> list[Entry]:
        return list(self.sitting.held.entries[-MOST_ROWS:])

    def fill(self, gathered: list[Entry]) -> None:
        self.query_one(Facts).show([("Head", str(self.sitting.held.mark))])
        rows = log_check.rows(gathered)
        self.query_one(Listing).show(rows, [row[0] for row in rows], end=True)

    def on_data_table_row_selected(self) -> None:
        """Show one entry."""
        number = self.query_one(Listing).chosen
        for entry in self.sitting.held.entries:
            if str(entry.number) == number:
                lines = (when(entry.at), entry.who, entry.action, entry.details, "", entry.hash.hex())
                self.app.push_screen(Told(f"Entry {number}", "\n".join(lines)))

    def action_verify(self) -> None:
        """Check the log."""

        def do(held: Store, typed: Typed, work: Work) -> str:
            head = typed["head"].strip()
            log_check.check(held, log_check.noted(head) if head else None)
            compared = "" if head else "\nCompare this head with the one you noted last."
            return log_check.whole(held.mark) + compared

        def faulty(mistake: OperatorMistake) -> None:
            if isinstance(mistake, Tampered):
                self.say(str(mistake), wrong=True)
                self.query_one(Listing).go_to(str(mistake.fault.entry))

        asks = [Field("head", "Head you noted", hint="COUNT:HASH; empty: none")]
        text = "Checks every signature, the chain, and its end."
        self.order(Order("cms audit verify", "Verify the log", do, asks, text, verb="verify", faults=faulty))

    def action_export(self) -> None:
        """Write the log to a file."""

        def do(held: Store, typed: Typed, work: Work) -> str:
            file = place(typed["file"], "name a file for it")
            log_check.export(held, file)
            return f"The log is in {file}. It names people and numbers."

        asks = [Field("file", "New file", hint="/media/usb/log.jsonl")]
        self.order(Order("cms audit export", "Export the log", do, asks, verb="write it"))
