"""The page of letters: what became of each, and many made at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from cms import issuing, letter_record, letter_screen
from cms.console.asked import place
from cms.console.forms import Box, Field, Order, Told, Typed, Work
from cms.console.pages import Page
from cms.console.widgets import MOST_ROWS, Listing
from cms.domain import Domain
from cms.errors import OperatorMistake
from cms.letter_files import StagedLetters
from cms.store import Store
from crypto.serials import serial_text

_BOTH = "letters and codes go different ways: name a place for each"
_ONE_FILE = "one-file"


class LettersPage(Page[list[tuple[str, ...]]]):
    """Every letter, the newest at the end."""

    SHOWN = "Letters"
    HELP = (
        "Nothing comes back to the CMS: people tell it what became of a letter.\n"
        "u   a phone was enrolled with it: used\n"
        "d   it was destroyed by the rules of its marking\n"
        "o   only those that are not destroyed, or all       Enter   one letter\n"
        "n   new letters, for everybody who has no card yet\n"
        "e   letters for everybody: the cards that they have are blocked\n\n"
        "Letters and transfer codes go into two places, and different ways."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "New letters"),
        Binding("e", "everybody", "For everybody"),
        Binding("u", "used", "Used"),
        Binding("d", "destroyed", "Destroyed"),
        Binding("o", "open", "Open/all"),
    ]
    only_open = False

    def body(self) -> ComposeResult:
        yield Listing(letter_screen.LETTER_COLUMNS)

    def on_mount(self) -> None:
        self.query_one(Listing).focus()

    def gather(self) -> list[tuple[str, ...]]:
        return letter_screen.letter_rows(self.sitting.domain, self.sitting.now(), only_open=self.only_open)

    def fill(self, gathered: list[tuple[str, ...]]) -> None:
        newest = gathered[-MOST_ROWS:]
        self.query_one(Listing).show(newest, [row[0] for row in newest], end=True)
        if len(gathered) > MOST_ROWS:
            self.say(f"The newest {MOST_ROWS} of {len(gathered):,} are shown: o leaves out destroyed ones")
        elif not gathered:
            self.say("No letters: n makes them for everybody who has no card yet")

    def on_data_table_row_selected(self) -> None:
        """Show one letter."""
        serial = self.query_one(Listing).chosen
        if serial is not None:
            card = letter_record.find(self.sitting.domain, serial)
            facts = letter_screen.letter_facts(self.sitting.domain, card, self.sitting.now())
            self.app.push_screen(Told("Letter", "\n".join(f"{label:<12} {value}" for label, value in facts)))

    def action_open(self) -> None:
        """Leave out what is destroyed, or show it again."""
        self.only_open = not self.only_open
        self.say("Only letters that are not destroyed" if self.only_open else "All letters")
        self.reload()

    def action_used(self) -> None:
        """Note that a phone was enrolled with a letter."""
        text = "A phone was enrolled with it."
        self._note("used", letter_record.mark_used, text, then=" Once it is destroyed: d")

    def action_destroyed(self) -> None:
        """Note that a letter was destroyed."""
        text = "It was destroyed by the rules of its marking."
        self._note("destroyed", letter_record.mark_destroyed, text)

    def _note(self, became: str, mark: Callable[..., Domain], text: str, *, then: str = "") -> None:
        serial = self.query_one(Listing).chosen
        if serial is None:
            return

        def do(held: Store, typed: Typed, work: Work) -> str:
            card = letter_record.find(held.domain, serial)
            held.save(mark(held.domain, card, now=self.sitting.now()))
            return f"Letter {serial_text(card.serial)} of {card.tel} is {became}.{then}"

        title = f"Letter {serial} was {became}?"
        self.order(Order(f"cms letter {became}", title, do, text=text, verb="yes"), self.reload)

    def action_new(self) -> None:
        """Make letters for everybody who has no card."""
        self._make(everybody=False)

    def action_everybody(self) -> None:
        """Make letters for everybody."""
        self._make(everybody=True)

    def _make(self, *, everybody: bool) -> None:
        try:
            users = issuing.addressees(self.sitting.domain, everybody=everybody)
        except OperatorMistake:
            self.say("Nobody needs a letter: everybody has a card, or is suspended", wrong=True)
            return
        replaced = issuing.replaced(self.sitting.domain, users)
        text = f"{len(users):,} letters. They appear when all are made."
        if replaced:
            text += f"\nThe cards that {replaced:,} people have are BLOCKED: their phones must enrol again."

        def do(held: Store, typed: Typed, work: Work) -> str:
            output, codes = (place(typed[name], _BOTH) for name in ("output", "codes"))
            with StagedLetters(output, one_file=_ONE_FILE in typed.ticked) as staged:
                issuing.letters(held, users, staged, codes, work, at=self.sitting.now(), reissue=everybody)
            return (
                f"{len(users):,} letters are in {output}, their transfer codes in {codes}.\n"
                "Print both, send them different ways, and remove both. Then export: page 4."
            )

        asks: list[Field | Box] = [
            Field("output", "Letters", hint="new folder; or one file, letters.pdf"),
            Field("codes", "Transfer codes", hint="codes.pdf: sheets; or codes.txt: lines"),
            Box(_ONE_FILE, "All letters in one PDF, to be printed"),
        ]
        action = "cms letters --all" if everybody else "cms letters"
        title = "Letters for everybody" if everybody else "Letters for everybody who has no card yet"
        self.order(Order(action, title, do, asks, text, verb="make them"), self.reload)
