"""How keys come in: a card, its transfer code, the answer of the CRS.

(nothing) ─ import_card ─► imported ─ unseal ─► pending, stored ─ complete ─► current, old one destroyed
                              │ 3 wrong codes      │ abandon
                              ▼                    ▼
                          forgotten            destroyed; the current identity was never touched
"""

from __future__ import annotations

import base64
import binascii
import logging
import secrets
from dataclasses import dataclass, replace

from crypto import card, enrolment
from crypto.card import Card
from crypto.errors import InvalidKey, PackageError
from crypto.fields import month_start
from firmware import admission
from firmware.clock import BUILT, Clock
from firmware.interfaces import CardSummary, FirstContact, Refused
from firmware.keyring import Keyring
from firmware.safe import Safe
from firmware.vault_format import Identity, Pending, VaultContent

TRIES = 3

_log = logging.getLogger("sottovoce.keys")


@dataclass
class Imported:
    """A card that was read and waits for its transfer code. Nothing of it is stored."""

    card: Card
    tries: int = TRIES


class Intake:
    """Enrolment into an open safe.

    A clock that no CRS has set since the start is a lower bound, and says of no card that it is too early: it
    is then the first moment of the card, and the CRS has the last word. But a phone that holds an identity
    takes no later month from another domain; else a stranger's card and server could put its clock ahead.
    """

    def __init__(self, safe: Safe, clock: Clock) -> None:
        self._safe, self._clock = safe, clock
        self._imported: Imported | None = None

    def forget(self) -> None:
        """Forget the card that waits for its transfer code."""
        self._imported = None

    def import_card(self, text: str) -> CardSummary:
        """Read a card and remember it until it is unsealed. Refused E01 to E05, E07, E09, E13.

        E04 also for a card of this domain whose domain key another one has replaced on this phone: whoever
        compromised the CMS can still make such cards.
        """
        self._imported = None
        try:
            read = card.parse(text)
            read.check_dates(self._moment(read), built=BUILT)
        except PackageError as error:
            raise _refused(error) from error
        if read.domain_key in self._safe.content.retired:
            raise Refused(code="E04", text="this card is of keys that were replaced: ask for a new one")
        if read.serial in self._safe.content.used:
            raise Refused(code="E07", text="this phone has used this card already: ask for a new one")
        self._imported = Imported(read)
        _log.info("a card was read; it waits for its transfer code")
        return CardSummary(
            tel=read.tel,
            name=read.name,
            organisation=read.organisation,
            issued=read.issued,
            expires=read.expires,
            month=read.month,
            check_code=read.check_code(),
            sealed=read.sealed,
        )

    def unseal(self, transfer_code: str) -> FirstContact:
        """Open the imported card, validate its keys, store them as pending.

        Refused E05 or E13 (its time is over), E09, E10 (after the third wrong code the card is forgotten),
        E11, E41 (no card imported: the service was restarted).
        """
        imported = self._imported
        if imported is None:
            raise Refused(code="E41", text="no card is waiting: show it to the camera again")
        read = imported.card
        try:
            read.check_dates(self._moment(read), built=BUILT)
            opened = read.open(transfer_code)
        except PackageError as error:
            if error.code != "E10":
                self._imported = None
                raise _refused(error) from error
            raise self._wrong_code(imported) from error
        try:
            read.validate(opened)
            pending = Pending(admission.identity(read, opened), self._nonce(read.serial))
        except PackageError as error:
            self._imported = None
            raise _refused(error) from error
        finally:
            opened.wipe()
        content = self._safe.content
        begun = [entry for entry in content.begun if entry[0] != read.serial]
        before = content.pending
        self._safe.save(replace(content, pending=pending, begun=(*begun, (read.serial, pending.nonce))))
        if before is not None:
            before.identity.wipe()
        self._imported = None
        _log.info("the card was opened; its keys are stored beside the old ones")
        return self.pending_contact()

    def pending_contact(self) -> FirstContact:
        """Return the first contact of the pending enrolment. Refused E05, E13, E41 (none pending)."""
        pending, now = self._pending(), int(self._clock.now())
        if not self._clock.told:  # what is pending was in date when it was opened
            now = max(now, month_start(min(held.month for held in pending.identity.months)))
        return admission.first_contact(pending, now)

    def complete(self, octets: str) -> Keyring:
        """Open the first pack (base64); the new identity replaces the old one on the disk and is returned.

        Refused E02, E03, E04, E09, E11, E41. Until it is stored, the old identity stays.
        """
        identity = self._pending().identity
        try:
            new = admission.admit(identity, unarmoured(octets))
            ring = Keyring(new)
        except PackageError as error:
            raise _refused(error) from error
        except InvalidKey as error:
            raise Refused(code="E09", text="the keys of this card do not match: ask for a new one") from error
        content = self._safe.content
        used = (*content.used, identity.serial)
        begun = tuple(entry for entry in content.begun if entry[0] != identity.serial)
        retired = _retired(content, identity)
        self._safe.save(replace(content, current=new, pending=None, used=used, begun=begun, retired=retired))
        identity.transport_key.wipe()
        _log.info("enrolled; the identity before this one is destroyed")
        return ring

    def abandon(self) -> None:
        """Destroy what was imported and what is pending. Refused E11 if that could not be stored."""
        self._imported = None
        pending = self._safe.content.pending
        if pending is not None:
            self._safe.save(replace(self._safe.content, pending=None))
            pending.identity.wipe()
            _log.info("the enrolment was abandoned")

    def _wrong_code(self, imported: Imported) -> Refused:
        imported.tries -= 1
        if imported.tries:
            left = "1 try left" if imported.tries == 1 else f"{imported.tries} tries left"
            return Refused(code="E10", text=f"wrong transfer code: {left}")
        self._imported = None
        _log.warning("three wrong transfer codes; the card is forgotten")
        return Refused(code="E10", text="wrong transfer code: show the card again")

    def _moment(self, read: Card) -> int:
        """The time to hold a card's dates against."""
        now, first, held = int(self._clock.now()), month_start(read.month), self._safe.content.current
        strange = held is not None and held.identity.domain_key != read.domain_key
        if self._clock.told or (strange and now < first):
            return now
        return max(now, read.issued, first)

    def _nonce(self, serial: int) -> bytes:
        return dict(self._safe.content.begun).get(serial) or secrets.token_bytes(enrolment.NONCE_OCTETS)

    def _pending(self) -> Pending:
        pending = self._safe.content.pending
        if pending is None:
            raise Refused(code="E41", text="no enrolment is under way: show the card again")
        return pending


def _retired(content: VaultContent, new: Identity) -> tuple[bytes, ...]:
    """The domain keys that count for nothing once `new` is the identity."""
    old = content.current
    if old is None or old.identity.domain != new.domain or old.identity.domain_key == new.domain_key:
        return content.retired
    others = (key for key in content.retired if key not in (new.domain_key, old.identity.domain_key))
    return (*others, old.identity.domain_key)


def unarmoured(text: str) -> bytes:
    """Return the octets of base64. Raises PackageError E03."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise PackageError("E03", "damaged: not base64") from error


def _refused(error: PackageError) -> Refused:
    return Refused(code=error.code, text=str(error))
