"""The page of the keys that all others come from: master secrets, and new ones for the whole domain."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from cms import policy, recovering, recovery_words, renewing
from cms.console.asked import (
    check_confirmed,
    chosen_passphrase,
    confirmation,
    new_passphrase,
    place_or_none,
)
from cms.console.forms import Box, Field, Order, Typed, Work
from cms.console.pages import Page
from cms.console.widgets import Facts, Listing
from cms.recovering import Wanted
from cms.store import Store
from crypto.fingerprint import fingerprint

_DESTROYED = "destroyed"
_Rows = list[tuple[str, ...]]


class KeysPage(Page[_Rows]):
    """The generations of master secrets, and the end of everything."""

    SHOWN = "Keys"
    HELP = (
        "n   new master secrets, for months of which nobody has keys yet. Phones\n"
        "    need nothing; partners need your new certificate (page 8)\n"
        "d   destroy those whose months are over: no key of these months is made\n"
        "    from this store again. Backups still hold them: destroy those named\n"
        "t   a new TLS key for the CRS, with the next export\n"
        "r   recover the CMS: somebody else had it, its disk or a backup. All gets\n"
        "    new keys and every card is void. Do it on a clean computer\n\n"
        "A lost phone or letter is recovered on its person's page: 1, Enter, x."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "rotate", "New masters"),
        Binding("d", "destroy", "Destroy"),
        Binding("t", "crs_key", "TLS key of the CRS"),
        Binding("r", "recover", "Recover"),
    ]

    def body(self) -> ComposeResult:
        yield Facts()
        yield Listing(renewing.COLUMNS)

    def on_mount(self) -> None:
        self.query_one(Listing).focus()

    def gather(self) -> _Rows:
        return renewing.rows(self.sitting.held)

    def fill(self, gathered: _Rows) -> None:
        agreed = self.sitting.domain.policy
        self.query_one(Facts).show(
            [
                ("Fingerprint", fingerprint(self.sitting.domain.domain_key)),
                ("Agreed on", f"mode {agreed.mode}, rotate {agreed.rotate}: page 6, g"),
                *([("Kept", policy.kept(agreed))] if agreed.escrow_months else []),
            ]
        )
        self.query_one(Listing).show(gathered, [row[0] for row in gathered], end=True)

    def action_rotate(self) -> None:
        """Make new master secrets."""

        def do(held: Store, typed: Typed, work: Work) -> str:
            return renewing.rotate(held, typed["first"].strip(), at=self.sitting.now())

        text = "They serve from a month on that nobody has keys of yet."
        asks = [Field("first", "First month", hint="2027-01")]
        order = Order("cms master rotate", "New master secrets", do, asks, text, verb="make them")
        self.order(order, self.reload)

    def action_destroy(self) -> None:
        """Destroy master secrets whose months are over."""

        def do(held: Store, typed: Typed, work: Work) -> str:
            check_confirmed(typed, held.domain.name)
            before = typed["before"].strip()
            if not before:
                return renewing.destroy_due(held, at=self.sitting.now())
            return renewing.destroy(held, before, at=self.sitting.now())

        text = "No key of their months is made from this store again, for nobody and no case."
        asks = [
            Field("before", "All before month", hint="2026-11; empty: what the policy keeps no longer"),
            confirmation("the domain's name"),
        ]
        order = Order("cms master destroy", "Destroy master secrets", do, asks, text, verb="destroy")
        self.order(order, self.reload)

    def action_crs_key(self) -> None:
        """Make a new TLS key for the CRS."""

        def do(held: Store, typed: Typed, work: Work) -> str:
            return renewing.crs_key(held)

        text = "The next export carries it. Phones and partners notice nothing."
        order = Order("cms crs renew", "A new TLS key for the CRS?", do, text=text, verb="make it")
        self.order(order, self.reload)

    def action_recover(self) -> None:
        """Give everything new keys. Then the console closes, for the store opens with other words."""
        said: list[str] = []
        sitting = self.sitting
        beside = bool(sitting.seconds("cms recover cms")) or sitting.held.second is not None

        def do(held: Store, typed: Typed, work: Work) -> str:
            kept, output, codes = (place_or_none(typed[name]) for name in ("kept", "output", "codes"))
            wanted = Wanted(kept, typed["reason"].strip() or "not said", output, codes)
            recovering.check(wanted, destroyed=_DESTROYED in typed.ticked)
            check_confirmed(typed, held.domain.name)
            passphrases = [chosen_passphrase(typed)]
            if held.second is not None:
                passphrases.append(chosen_passphrase(typed, "words2"))
            said.append(recovering.everything(held, passphrases, wanted, work, at=sitting.now()))
            return ""

        asks: list[Field | Box] = [
            Field("kept", "Old store goes to", hint="new file; or tick that nothing is kept"),
            Box(_DESTROYED, "Nothing of it is kept: its disk and every backup go, too"),
            Field("reason", "What happened", hint="for the log"),
            Field("output", "Everybody's letters", hint="new folder; empty: later"),
            Field("codes", "Transfer codes", hint="with letters: new file, codes.pdf"),
            *new_passphrase("Your new passphrase"),
            *(new_passphrase("The second's new one", "words2") if beside else []),
            confirmation("the domain's name"),
        ]
        text = recovery_words.ends(sitting.domain)
        order = Order("cms recover cms", "Recover the CMS", do, asks, text, verb="end all")
        self.order(order, lambda: self.app.exit(said.pop()))
