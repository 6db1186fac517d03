"""The pages of the month and of the media: what is due, what the CRS does not know yet, exports, backups."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from cms import exports, media, operators, screen
from cms.console.asked import place
from cms.console.forms import Field, Order, Typed, Work
from cms.console.pages import Page
from cms.console.widgets import Facts, Listing
from cms.outlook import outlook
from cms.store import Store
from crypto.fingerprint import fingerprint

_Facts = list[tuple[str, str]]
_COLUMNS = ("Month", "Have keys", "Due")


class MonthPage(Page[tuple[_Facts, list[tuple[str, ...]]]]):
    """The months that keys may be issued for, and who has them."""

    SHOWN = "Month"
    HELP = (
        "Due are the cards that would get keys of a month now: not those of people\n"
        "who are suspended. Export them in the last week of the month before, and\n"
        "again for everybody who joins later: who has keys keeps them.\n\n"
        "e   export the keys of the month under the cursor, with all else that the\n"
        "    CRS must know, to a new folder on blank media or to a disc image"
    )
    BINDINGS: ClassVar[list[BindingType]] = [Binding("e", "export", "Export the month's keys")]

    def body(self) -> ComposeResult:
        yield Facts()
        yield Listing(_COLUMNS)

    def on_mount(self) -> None:
        self.query_one(Listing).focus()

    def gather(self) -> tuple[_Facts, list[tuple[str, ...]]]:
        now = self.sitting.now()
        rows: list[tuple[str, ...]] = [
            (one.month, f"{one.have:,}", f"{one.due:,}") for one in outlook(self.sitting.domain, now=now)
        ]
        return screen.status_facts(self.sitting.domain, now), rows

    def fill(self, gathered: tuple[_Facts, list[tuple[str, ...]]]) -> None:
        facts, rows = gathered
        self.query_one(Facts).show(facts)
        self.query_one(Listing).show(rows, [row[0] for row in rows])

    def on_data_table_row_selected(self) -> None:
        self.action_export()

    def action_export(self) -> None:
        """Make the keys of a month and write them on media."""
        month = self.query_one(Listing).chosen
        if month is not None:
            title = f"Keys of {month}, for the CRS"
            self.order(_export(self, "cms month export", title, month), self.reload)


class MediaPage(Page[_Facts]):
    """What leaves the CMS: media for the CRS, and backups."""

    SHOWN = "Media"
    HELP = (
        "x   export: everything the CRS must know, to a new folder on blank media or\n"
        "    to a disc image (FILE.iso). Keys of a new month: page 3\n"
        "b   backup: the store as it is, encrypted, opened by the same people\n\n"
        "Media go one way: the CMS never reads anything back. They hold the CRS's\n"
        "TLS key: destroy them after loading. Nothing on them opens a call."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "export", "Export"),
        Binding("b", "backup", "Backup"),
    ]

    def body(self) -> ComposeResult:
        yield Facts()

    def gather(self) -> _Facts:
        domain = self.sitting.domain
        packs = media.packs_in(domain, now=self.sitting.now())
        known = "no: there were changes since the last export" if domain.changed else "yes"
        return [
            ("Export", f"the next one is number {domain.exports + 1}"),
            ("For", domain.crs),
            ("Packs", f"{packs:,} now"),
            ("CRS knows all", known if domain.exports else "no: nothing was exported yet"),
            ("Fingerprint", fingerprint(domain.domain_key)),
        ]

    def fill(self, gathered: _Facts) -> None:
        self.query_one(Facts).show(gathered)

    def action_export(self) -> None:
        """Write the media for the CRS."""
        self.order(_export(self, "cms export", "Media for the CRS", None), self.reload)

    def action_backup(self) -> None:
        """Write a backup."""

        def do(held: Store, typed: Typed, work: Work) -> str:
            file = place(typed["file"])
            operators.backup(held, file)
            return f"The backup is in {file}."

        asks = [Field("file", "New file", hint="/media/usb/backup/cms-1")]
        self.order(Order("cms backup", "Backup of the store", do, asks, verb="write it"), self.reload)


def _export(page: MonthPage | MediaPage, action: str, title: str, month: str | None) -> Order:
    def do(held: Store, typed: Typed, work: Work) -> str:
        return exports.export(held, place(typed["media"]), work, month=month, at=page.sitting.now())

    asks = [Field("media", "Medium", hint="/media/usb/december  or  december.iso")]
    text = "A new folder on blank media, or a disc image (FILE.iso)."
    return Order(action, title, do, asks, text, verb="export")
