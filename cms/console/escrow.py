"""The page of escrow: what was opened, and another case, by custodians and two operators."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from cms import escrow, opening
from cms.console.asked import check_shares, chosen_passphrase, new_passphrase, place, shares
from cms.console.forms import Field, Order, Typed, Work
from cms.console.pages import Page
from cms.console.widgets import Facts, Listing
from cms.errors import OperatorMistake
from cms.letter import when
from cms.opening import Case
from cms.policy import MEANING
from cms.records import IssuedOpening
from cms.store import Store

_COLUMNS = ("Opened", "Case", "Calls to", "Month")


class EscrowPage(Page[list[IssuedOpening]]):
    """Every month of a number that was opened."""

    SHOWN = "Escrow"
    HELP = (
        "o   open the calls to one number of one month, for a case. It needs what\n"
        "    was agreed on before, for all to see: mode escrow, custodians with\n"
        "    their shares, and a second operator. Both sign, and every phone sees\n"
        "    with the next export that an opening was made\n\n"
        "The file is sealed to the monitoring officer's key, or by a passphrase.\n"
        "It goes to another computer:  monitor open --escrow FILE"
    )
    BINDINGS: ClassVar[list[BindingType]] = [Binding("o", "open", "Open a case")]

    def body(self) -> ComposeResult:
        yield Facts()
        yield Listing(_COLUMNS)

    def on_mount(self) -> None:
        self.query_one(Listing).focus()

    def gather(self) -> list[IssuedOpening]:
        return list(self.sitting.domain.openings)

    def fill(self, gathered: list[IssuedOpening]) -> None:
        mode, custody = self.sitting.domain.policy.mode, self.sitting.held.head.custody
        number = f"{custody.threshold} of {len(custody.fingerprints)} shares" if custody else "none"
        self.query_one(Facts).show(
            [
                ("Mode", f"{mode}: {MEANING[mode]}"),
                ("Custodians", number),
                ("Openings", f"{len(gathered)}" if gathered else "none ever"),
            ]
        )
        rows = [(when(one.opened), one.case, one.tel, one.month) for one in gathered]
        self.query_one(Listing).show(rows, [str(one.order) for one in gathered], end=True)

    def action_open(self) -> None:
        """Open one number's calls of one month."""
        held = self.sitting.held
        try:
            # Who is needed beside the operator comes with the form.
            escrow.check_allowed(held.domain, held.head, second=True)
        except OperatorMistake as mistake:
            self.say(str(mistake), wrong=True)
            return

        def do(held: Store, typed: Typed, work: Work) -> str:
            check_shares(held, typed)
            key = opening.officer(typed["officer"].strip())
            output = place(typed["output"], "name a new file for the key")
            words = chosen_passphrase(typed)
            case = Case(typed["case"].strip(), typed["tel"].strip(), typed["month"].strip(), output, key)
            return opening.open_case(held, case, lambda: words, at=self.sitting.now())

        asks = [
            Field("case", "Case", hint="as the warrant or the order has it"),
            Field("tel", "Calls to", hint="+447700900123: the number that was called"),
            Field("month", "Month", hint="2026-11 (UTC)"),
            Field("output", "New file", hint="case-42.escrow"),
            Field("officer", "Officer's key", hint="64 digits; empty: under a passphrase"),
            *new_passphrase("Passphrase of the file"),
            *shares(held),
        ]
        text = "Logged, signed by both, and every phone sees that an opening was made.\n"
        text += "A share is typed as its 33 words, or as the file that holds them."
        order = Order("cms escrow open", "Open calls for a case", do, asks, text, verb="open")
        self.order(order, self.reload)
