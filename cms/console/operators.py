"""The page of the operators: who opens the store, and what needs two of them."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from cms import custodians, operators, policy
from cms.console.asked import (
    check_confirmed,
    check_shares,
    chosen_passphrase,
    confirmation,
    new_passphrase,
    place_or_none,
    shares,
)
from cms.console.forms import Box, Field, Order, Typed, Work
from cms.console.pages import Page
from cms.console.shares import SharesScreen
from cms.console.widgets import Facts, Listing
from cms.errors import OperatorMistake
from cms.session import GRAVE
from cms.slots import Head
from cms.store import Store

_NONE = "none"
_MOST_DIGITS = 4


class OperatorsPage(Page[Head]):
    """Everybody who may open the store."""

    SHOWN = "Operators"
    HELP = (
        "a   add an operator, who types a passphrase of their own\n"
        "d   remove the one under the cursor: the store gets a new key\n"
        "p   change your own passphrase\n"
        "t   two-person rule: what matters most then needs a second operator, who\n"
        "    types their passphrase into the same form\n"
        "g   policy of the phones: mode, rotation of the master secrets, call log\n"
        "c   custodians: from then on K of their N shares open the store, with an\n"
        "    operator; or none any more"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Add"),
        Binding("d", "remove", "Remove"),
        Binding("p", "passphrase", "Passphrase"),
        Binding("t", "two", "Two-person"),
        Binding("g", "agree", "Policy"),
        Binding("c", "custodians", "Custody"),
    ]

    def body(self) -> ComposeResult:
        yield Facts()
        yield Listing(operators.COLUMNS)

    def on_mount(self) -> None:
        self.query_one(Listing).focus()

    def gather(self) -> Head:
        return self.sitting.held.head

    def fill(self, gathered: Head) -> None:
        two, custody = self.sitting.held.policy.two_person, gathered.custody
        agreed = self.sitting.domain.policy
        call_log = "on" if agreed.call_log else "off"
        opens = "an operator's passphrase opens the store"
        if custody is not None:
            opens = (
                f"{custody.threshold} of {len(custody.fingerprints)} shares open the store, with an operator"
            )
        self.query_one(Facts).show(
            [
                ("Two-person rule", "on, for: " + ", ".join(sorted(GRAVE)) if two else "off"),
                ("Custodians", opens),
                ("Phones", f"mode {agreed.mode}, rotate {agreed.rotate}, call log {call_log}"),
            ]
        )
        rows = operators.rows(gathered)
        self.query_one(Listing).show(rows, [row[0] for row in rows])

    def action_add(self) -> None:
        """Let somebody else open the store."""

        def do(held: Store, typed: Typed, work: Work) -> str:
            name = typed["name"].strip()
            operators.check_new(held.head, name)
            return operators.add(held, name, chosen_passphrase(typed))

        asks = [Field("name", "Name", hint="of the new operator"), *new_passphrase("Their passphrase")]
        self.order(Order("cms operator add", "Add an operator", do, asks, verb="add"), self.reload)

    def action_remove(self) -> None:
        """Let the one under the cursor no longer open the store."""
        name = self.query_one(Listing).chosen
        if name is None:
            return

        def do(held: Store, typed: Typed, work: Work) -> str:
            if name == held.acting.name:
                raise OperatorMistake("that is you: let another operator remove you")
            return operators.remove(held, name)

        text = "The store gets a new key, and the generation before it is removed."
        self.order(Order("cms operator remove", f"Remove {name}?", do, text=text, verb="remove"), self.reload)

    def action_passphrase(self) -> None:
        """Change one's own passphrase."""

        def do(held: Store, typed: Typed, work: Work) -> str:
            return operators.change_passphrase(held, chosen_passphrase(typed))

        title = f"New passphrase of {self.sitting.held.acting.name}"
        order = Order(
            "cms operator passphrase", title, do, new_passphrase("New passphrase"), verb="change it"
        )
        self.order(order, self.reload)

    def action_two(self) -> None:
        """Agree that what matters most needs two operators, or that not."""
        on = not self.sitting.held.policy.two_person

        def do(held: Store, typed: Typed, work: Work) -> str:
            operators.agree_on_two(held, on=on)
            return f"The two-person rule is {'on' if on else 'off'}."

        title = f"Two-person rule {'on' if on else 'off'}?"
        text = "Needs two from then on: " + ", ".join(sorted(GRAVE)) if on else ""
        self.order(Order("cms policy set", title, do, text=text, verb="yes"), self.reload)

    def action_agree(self) -> None:
        """Agree on what every phone enforces and shows."""

        def do(held: Store, typed: Typed, work: Work) -> str:
            what, value = typed["what"].strip(), typed["value"].strip()
            if what not in policy.VALUES:
                raise OperatorMistake(f"{what!r} is no policy: take {' or '.join(policy.VALUES)}")
            operators.agree(held, what, value)
            return f"{what} is {value}. The phones hear of it with the next export."

        text = "\n".join(f"{what}: {', '.join(values)}" for what, values in policy.VALUES.items())
        asks = [Field("what", "What", "mode"), Field("value", "Value")]
        order = Order("cms policy set", "What every phone enforces and shows", do, asks, text, verb="agree")
        self.order(order, self.reload)

    def action_custodians(self) -> None:
        """Put the store into the hands of custodians, or take it out of them."""

        def do(held: Store, typed: Typed, work: Work) -> str:
            check_confirmed(typed, held.domain.name)
            check_shares(held, typed)
            if _NONE in typed.ticked:
                return custodians.dismiss(held)
            folder = place_or_none(typed["folder"])
            return custodians.appoint(
                held,
                threshold=_number(typed["threshold"]),
                number=_number(typed["number"]),
                hand=partial(custodians.write, folder) if folder else self._hand,
            )

        held = self.sitting.held
        asks: list[Field | Box] = [
            Field("threshold", "How many must meet", hint="2"),
            Field("number", "How many there are", hint="3"),
            Field("folder", "Shares go to", hint="new folder; empty: shown here, one by one"),
        ]
        if held.head.custody is not None:
            asks.append(Box(_NONE, "No custodians any more: operators open it alone"))
        asks += [*shares(held), confirmation("the domain's name")]
        text = "Each custodian gets a share of 33 words. Shares made before open nothing more."
        if held.head.custody is not None:
            text += "\nA share is typed as its 33 words, or as the file that holds them."
        order = Order("cms custodians", "Custodians of the store", do, asks, text, verb="change the store")
        self.order(order, self.reload)

    def _hand(self, words: list[str]) -> None:
        """Show shares, from the thread of the command, which waits. Raises OperatorMistake if one stayed."""
        answered: Future[bool] = Future()
        shown = SharesScreen(words, self.showing, answered.set_result)
        self.app.call_from_thread(self.app.push_screen, shown)
        if not answered.result():
            raise OperatorMistake("nothing was changed: destroy what was written down")


def _number(typed: str) -> int:
    if not typed.strip().isascii() or not typed.strip().isdigit():
        raise OperatorMistake(
            f"{typed.strip()!r} is no number: say how many custodians must meet, of how many"
        )
    return int(typed.strip()[:_MOST_DIGITS])
