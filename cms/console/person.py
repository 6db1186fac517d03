"""The page of one person: their cards, their name, and whether the CRS serves them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from cms import issuing, people, recovering, recovery_words, screen
from cms.console.asked import check_confirmed, confirmation, place, place_or_none
from cms.console.card import CardScreen, TransferCodeScreen, room_fault
from cms.console.forms import Box, Field, Order, Typed, Work
from cms.console.pages import Page, Showing
from cms.console.widgets import Facts, Listing
from cms.domain import Letter
from cms.handing import Handing
from cms.records import User
from cms.sitting import Sitting
from cms.store import Store
from crypto.serials import serial_text

_EXPORT = "The CRS learns it with the next export (page 4)."
_BOTH = "both files need a name: letter and code go different ways"
_NO_CODE = "no-code"
_IN_LIST = (0, 1, 3, 4, 5)
_Person = tuple[list[tuple[str, str]], list[tuple[str, ...]]]


class PersonPage(Page[_Person | None]):
    """One person."""

    SHOWN = "People"
    HELP = (
        "v   view QR code: makes a card, shows it for a minute at most, and logs it\n"
        "l   letter: makes a card as a PDF, its transfer code in a file of its own\n"
        "    Both block the card that they have: their phone must enrol again.\n"
        "r   rename: other phones show the new name       m   marking of their letters\n"
        "s   suspend, or resume: the CRS refuses them meanwhile; no key is revoked\n"
        "x   lost: phone or letter is lost, stolen or leaked. Card blocked, its keys\n"
        "    revoked, its letter void; a new card, and media for the CRS at once\n"
        "d   remove for good: card blocked, every signing key revoked\n"
        "Esc   back to everybody"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "view", "QR code"),
        Binding("l", "letter", "Letter"),
        Binding("r", "rename", "Rename"),
        Binding("m", "mark", "Mark"),
        Binding("s", "suspend", "Suspend"),
        Binding("x", "lost", "Lost"),
        Binding("d", "remove", "Remove"),
        Binding("escape", "back", "Back", key_display="Esc"),
        Binding("q", "app.quit", "Leave", show=False),
    ]

    def __init__(self, sitting: Sitting, showing: Showing, tel: str) -> None:
        super().__init__(sitting, showing)
        self._tel = tel

    def body(self) -> ComposeResult:
        yield Facts()
        yield Listing([screen.CARD_COLUMNS[at] for at in _IN_LIST])

    def on_mount(self) -> None:
        self.query_one(Listing).focus()

    @property
    def user(self) -> User:
        """The person, as the store knows them now."""
        return self.sitting.domain.user(self._tel)

    def gather(self) -> _Person | None:
        domain = self.sitting.domain
        user = next((user for user in domain.users if user.tel == self._tel), None)
        if user is None:
            return None
        return screen.user_facts(domain, user, self.sitting.now()), screen.card_rows(domain, user)

    def fill(self, gathered: _Person | None) -> None:
        if gathered is not None:
            facts, cards = gathered
            self.query_one(Facts).show(facts)
            rows = [tuple(row[at] for at in _IN_LIST) for row in cards]
            self.query_one(Listing).show(rows, [row[0] for row in cards], end=True)

    def action_back(self) -> None:
        """Back to everybody."""
        self.dismiss(None)

    def action_view(self) -> None:
        """Make a card and show it on the screen."""
        fault = room_fault(self.app.size)
        if fault is not None:
            self.say(f"No card was made: {fault}, or make a letter (l)", wrong=True)
            return
        made: list[Letter] = []

        def do(held: Store, typed: Typed, work: Work) -> str:
            made.append(self._issue(held, Handing(show=True), typed))
            return f"The card of {self._tel} was shown. {_EXPORT}"

        asks = [Box(_NO_CODE, "No transfer code: nobody but them sees this screen")]
        text = f"A new card fills the screen for {self.showing.seconds} seconds at most. It is logged."
        order = self._card_order("View QR code", do, asks, text)
        self.order(order, lambda: self._show(made.pop()))

    def action_letter(self) -> None:
        """Make a card as a letter."""

        def do(held: Store, typed: Typed, work: Work) -> str:
            pdf, code = place(typed["pdf"], _BOTH), place(typed["code"], _BOTH)
            self._issue(held, Handing(pdf=pdf, code_file=code), typed)
            return f"The letter is in {pdf}, its transfer code in {code}. Hand them over by different ways."

        asks = [
            Field("pdf", "Letter", hint="alice.pdf"),
            Field("code", "Transfer code", hint="alice-code.txt"),
        ]
        self.order(
            self._card_order("Letter", do, asks, "A new card as a letter, and its transfer code apart.")
        )

    def _card_order(
        self, title: str, do: Callable[[Store, Typed, Work], str], asks: Sequence[Field | Box], text: str
    ) -> Order:
        card = self.sitting.domain.card_of(self._tel)
        if card is not None:
            text += (
                f"\nCard {serial_text(card.serial)} that they have is BLOCKED and its keys are revoked:"
                " their phone stops working until it is enrolled anew."
            )
        action = "cms user card" if card is None else "cms user card --reissue"
        return Order(action, f"{title}: {self.user.name}, {self._tel}", do, asks, text, verb="make it")

    def _issue(self, held: Store, handing: Handing, typed: Typed) -> Letter:
        return issuing.card(
            held,
            self._tel,
            at=self.sitting.now(),
            stage=handing.stage,
            how=handing.how,
            sealed=_NO_CODE not in typed.ticked,
            reissue=held.domain.card_of(self._tel) is not None,
        )

    def _show(self, made: Letter) -> None:
        def then(_: None) -> None:
            if made.transfer_code is not None:
                self.app.push_screen(TransferCodeScreen(made, self.showing))

        self.app.push_screen(CardScreen(made, self.showing), then)

    def action_rename(self) -> None:
        """Give them another name."""

        def do(held: Store, typed: Typed, work: Work) -> str:
            name = typed["name"].strip()
            held.save(people.rename(held.domain, tel=self._tel, name=name))
            return f"{self._tel} is {name} now. {_EXPORT}"

        asks = [Field("name", "Name", self.user.name)]
        text = "Other phones show the new name; their own keeps the one on its card."
        self.order(
            Order("cms user rename", f"Rename {self._tel}", do, asks, text, verb="rename"), self.reload
        )

    def action_mark(self) -> None:
        """Set the marking of their letters."""

        def do(held: Store, typed: Typed, work: Work) -> str:
            marking = typed["marking"].strip()
            held.save(people.mark(held.domain, tel=self._tel, marking=marking))
            return f"The letters of {self._tel} are marked: {marking or held.domain.marking}"

        hint = f"empty: {self.sitting.domain.marking}"
        asks = [Field("marking", "Marking", self.user.marking, hint)]
        self.order(Order("cms user mark", f"Marking of {self._tel}", do, asks, verb="set it"), self.reload)

    def action_suspend(self) -> None:
        """Suspend them, or lift it."""

        def suspend(held: Store, typed: Typed, work: Work) -> str:
            held.save(people.suspend(held.domain, tel=self._tel))
            return f"{self._tel} is suspended as soon as the CRS knows. {_EXPORT}"

        def resume(held: Store, typed: Typed, work: Work) -> str:
            after = people.resume(held.domain, tel=self._tel)
            held.save(after)
            month = people.needs_keys(after, self._tel, now=self.sitting.now())
            if month:
                return f"{self._tel} is resumed and needs the keys of {month}: export them, page 3"
            return f"{self._tel} is resumed as soon as the CRS knows. {_EXPORT}"

        who = f"{self.user.name}, {self._tel}"
        if self.user.suspended:
            order = Order("cms user resume", f"Resume {who}?", resume, verb="resume")
        else:
            text = "The CRS refuses their phone until they are resumed. No key is revoked."
            order = Order("cms user suspend", f"Suspend {who}?", suspend, text=text, verb="suspend")
        self.order(order, self.reload)

    def action_lost(self) -> None:
        """Put a new card in the place of one that is in the wrong hands."""

        def do(held: Store, typed: Typed, work: Work) -> str:
            check_confirmed(typed, self._tel)
            handing = Handing(pdf=place(typed["pdf"], _BOTH), code_file=place(typed["code"], _BOTH))
            to = place_or_none(typed["media"])
            done = recovering.user(held, self._tel, handing.stage, to, work, at=self.sitting.now())
            return recovery_words.after_user(done, to)

        if self.sitting.domain.card_of(self._tel) is None:
            self.say("They have no card that could be lost: v or l makes one", wrong=True)
            return
        asks = [
            Field("pdf", "New letter", hint="alice.pdf"),
            Field("code", "Transfer code", hint="alice-code.txt"),
            Field("media", "Media for the CRS", hint="recovery.iso, at once; empty: later, page 4"),
            confirmation("their number"),
        ]
        text = "Lost, stolen or leaked: the card they have is BLOCKED and every signing key of it revoked."
        title = f"Recover {self.user.name}, {self._tel}"
        self.order(Order("cms recover user", title, do, asks, text, verb="recover"), self.reload)

    def action_remove(self) -> None:
        """Remove them for good."""

        def do(held: Store, typed: Typed, work: Work) -> str:
            check_confirmed(typed, self._tel)
            held.save(people.remove(held.domain, tel=self._tel))
            return f"{self._tel} is removed. {_EXPORT}"

        text = "Their phone will never work again: card blocked, every signing key revoked."
        asks = [confirmation("their number")]
        title = f"Remove {self.user.name}, {self._tel}?"
        self.order(Order("cms user remove", title, do, asks, text, verb="remove"), self.action_back)
