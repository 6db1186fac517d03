"""The page of partners: organisations whose phones ours may call, and be called by."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from cms import partnering, partners
from cms.console.asked import check_confirmed, confirmation, place
from cms.console.forms import Box, Field, Order, Told, Typed, Work
from cms.console.pages import Page
from cms.console.widgets import Facts, Listing
from cms.partners import Asked
from cms.store import Store
from crypto.fingerprint import fingerprint

_Rows = list[tuple[str, ...]]
_IN_LIST = (0, 2, 4, 5)
_REPLACE = "replace"


class PartnersPage(Page[_Rows]):
    """Every partner, and what they believe of us."""

    SHOWN = "Partners"
    HELP = (
        "x   export our certificate to a file. Nothing in it is secret: send it as\n"
        "    you like, and read the check code to them over the telephone\n"
        "i   import theirs: call them on a number that you know, and type the\n"
        "    check code that they read to you. A newer one of the same key needs\n"
        "    none, unless it claims more numbers\n"
        "d   remove the one under the cursor: no call goes either way any more\n"
        "Enter   one partner, with their check code"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "import", "Import theirs"),
        Binding("x", "export", "Export ours"),
        Binding("d", "remove", "Remove"),
    ]

    def body(self) -> ComposeResult:
        yield Facts()
        yield Listing([partnering.COLUMNS[at] for at in _IN_LIST])

    def on_mount(self) -> None:
        self.query_one(Listing).focus()

    def gather(self) -> _Rows:
        return partnering.rows(self.sitting.domain)

    def fill(self, gathered: _Rows) -> None:
        domain = self.sitting.domain
        self.query_one(Facts).show(
            [
                ("Our numbers", " ".join(domain.own_prefixes) or "not said yet: x asks for them"),
                ("Our check code", fingerprint(domain.domain_key)),
                ("Partners", f"{len(gathered)}" if gathered else "none: i imports a certificate"),
            ]
        )
        self.query_one(Listing).show(
            [tuple(row[at] for at in _IN_LIST) for row in gathered], [row[0] for row in gathered]
        )

    def on_data_table_row_selected(self) -> None:
        """Show one partner."""
        name = self.query_one(Listing).chosen
        for row in partnering.rows(self.sitting.domain):
            if row[0] == name:
                facts = zip(partnering.COLUMNS, row, strict=True)
                self.app.push_screen(
                    Told("Partner", "\n".join(f"{label:<13} {value}" for label, value in facts))
                )

    def action_export(self) -> None:
        """Write our certificate."""

        def do(held: Store, typed: Typed, work: Work) -> str:
            prefixes = typed["prefixes"].split()
            return partnering.give(held, place(typed["file"]), prefixes, at=self.sitting.now())

        asks = [
            Field("file", "New file", hint=f"{self.sitting.domain.name}.kms"),
            Field("prefixes", "Our numbers begin with", " ".join(self.sitting.domain.own_prefixes), "+44163"),
        ]
        text = "Nothing in it is secret. They believe the check code that you read to them."
        self.order(
            Order("cms partner export", "Our certificate, for partners", do, asks, text, verb="write it"),
            self.reload,
        )

    def action_import(self) -> None:
        """Read a certificate, then ask for its check code."""
        found: list[tuple[Asked, bool]] = []

        def do(held: Store, typed: Typed, work: Work) -> str:
            octets = partnering.read(place(typed["file"], "name the file with their certificate"))
            replacing = _REPLACE in typed.ticked
            found.append(
                (partners.ask(held.domain, octets, now=self.sitting.now(), replacing=replacing), replacing)
            )
            return ""

        asks: list[Field | Box] = [
            Field("file", "Their certificate", hint="/media/usb/partner.kms"),
            Box(_REPLACE, "They had to begin anew: another key, or a lower number"),
        ]
        # Only read: what it says is shown, and who takes it is asked for then.
        order = Order("cms partner list", "Read a partner's certificate", do, asks, verb="read it")
        self.order(order, lambda: self._take(*found.pop()))

    def _take(self, asked: Asked, replacing: bool) -> None:
        def do(held: Store, typed: Typed, work: Work) -> str:
            now = self.sitting.now()
            known = partners.ask(held.domain, asked.octets, now=now, replacing=replacing)
            return partnering.take(held, known, typed["check"].strip(), at=now)

        text = partnering.shown(asked)
        hint = "as they read it to you" if asked.confirm else "may stay empty: their key is known"
        if asked.confirm:
            text += "\nCall them on a number that you know: what is on this screen is not heard."
        asks = [Field("check", "Check code", hint=hint)]
        name = asked.file.partner.name
        order = Order("cms partner import", f"{name} as a partner", do, asks, text, verb="take it")
        self.order(order, self.reload)

    def action_remove(self) -> None:
        """Let the one under the cursor be no partner any more."""
        name = self.query_one(Listing).chosen
        if name is None:
            return

        def do(held: Store, typed: Typed, work: Work) -> str:
            check_confirmed(typed, name)
            return partnering.remove(held, name)

        text = "With the next export no call goes either way."
        order = Order(
            "cms partner remove", f"Remove {name}?", do, [confirmation("its name")], text, verb="remove"
        )
        self.order(order, self.reload)
