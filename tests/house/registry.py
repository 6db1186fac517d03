"""A CMS at hand while the house runs: cards that it issues, and cards that no CMS would."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import base45

from cms import domain as domains
from cms import picture
from cms.domain import Domain, Letter
from cms.store import open_store
from crs.database import FILE, Database
from crs.effects import Identity
from crs.journal import Entry, Journal
from crypto import card, sealing
from crypto.card import CardSecrets
from crypto.secret import Secret
from demo.house import Person, run, wait_until

if TYPE_CHECKING:
    from tests.house.conftest import WatchedHouse

DAY_S = 86400
QUICK = sealing.Cost(memory=10, passes=1)


class Registry:
    """The CMS of a house, and its CRS as the administrator sees it."""

    def __init__(self, house: WatchedHouse) -> None:
        self._house = house
        with open_store(house.store, self._passphrase) as opened:
            self.domain: Domain = opened.domain

    @property
    def _passphrase(self) -> str:
        return self._house.passphrase.read_text().strip()

    def issue(self, people: list[Person]) -> dict[str, Letter]:
        """Add people, make their cards, and load both into the running CRS; return the letters by number."""
        letters = {}
        now = int(time.time())
        with open_store(self._house.store, self._passphrase) as opened:
            domain = opened.domain
            for person in people:
                domain = domains.add_user(domain, tel=person.tel, name=person.name, now=now)
                domain, letters[person.tel] = domains.issue_card(domain, tel=person.tel, now=now)
            opened.save(domain)
            self.domain = domain
        media = self._house.export()
        run(
            [sys.executable, "-m", "crs.cli", *f"load --media {media} --home {self._house.crs_home}".split()],
            dict(os.environ),
        )
        latest = letters[people[-1].tel].card
        known = Identity(latest.tel, str(latest.serial))
        roster = self._house.crs.switchboard
        wait_until(lambda: roster.roster.find(known) is not None, "the CRS does not take the media over")
        return letters

    def pack(self, serial: int) -> bytes:
        """The first pack that the CRS holds for a card."""
        database = Database(self._house.crs_home / FILE)
        try:
            octets = database.first_pack(str(serial))
        finally:
            database.close()
        assert octets is not None
        return octets

    def put_pack(self, serial: int, octets: bytes) -> None:
        """Put another pack in its place, as whoever owns the server can."""
        database = Database(self._house.crs_home / FILE)
        try:
            with database.transaction() as connection:
                connection.execute("UPDATE packs SET octets = ? WHERE serial = ?", (octets, str(serial)))
        finally:
            database.close()

    def knows(self, event: str, person: Person) -> bool:
        """Whether the log of the CRS has such an event about somebody."""
        return any(
            entry.detail is not None and entry.detail["tel"] == person.tel for entry in self.log(event)
        )

    def log(self, event: str) -> list[Entry]:
        """What the CRS's log says of an event; the log must be whole."""
        database = Database(self._house.crs_home / FILE)
        try:
            journal = Journal(database)
            journal.verify()
            return [entry for entry in journal.entries() if entry.event == event]
        finally:
            database.close()


def print_card(text: str, folder: Path) -> Path:
    """Print a QR code; return the picture."""
    path = folder / f"{len(list(folder.iterdir()))}.png"
    path.write_bytes(picture.png(text))
    return path


def octets_of(text: str) -> bytes:
    """The octets of a card's text."""
    return bytes(base45.b45decode(text.removeprefix(card.PREFIX)))


def text_of(octets: bytes) -> str:
    """The text of a card's octets, whatever they are."""
    return card.PREFIX + str(base45.b45encode(octets), "ascii")


def letter_of(domain: Domain, tel: str, *, days: float = 0) -> Letter:
    """A genuine card that is made so many days from now; CMS and CRS never hear of it."""
    return domains.issue_card(domain, tel=tel, now=int(time.time() + days * DAY_S), reissue=True)[1]


def issued(domain: Domain, tel: str, *, days: float = 0) -> str:
    """The text of such a card."""
    return letter_of(domain, tel, days=days).text


def forged(domain: Domain, tel: str) -> str:
    """A card that names the domain and its key but is signed by somebody else's."""
    read = card.parse(issued(domain, tel))
    secrets = CardSecrets(Secret(read.sakke_public_key), Secret(bytes(32)), Secret(bytes(32)))
    return card.encode(read, secrets, domain_private=Secret(b"\x66" * 32), code="0" * 10, cost=QUICK)


def flipped(octets: bytes, at: int) -> bytes:
    """The octets with one bit flipped."""
    changed = bytearray(octets)
    changed[at] ^= 1
    return bytes(changed)


def flipped_in(text: str, words: str) -> str:
    """A card's text with one bit of its first `words` flipped."""
    octets = octets_of(text)
    return text_of(flipped(octets, octets.index(words.encode())))
