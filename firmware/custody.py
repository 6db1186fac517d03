"""What the key service does, without the service: import, enrolment, calls, in one thread.

    (nothing) ─ import_card ─► imported ─ unseal ─► pending, stored ─ complete ─► current, old one destroyed
                                  │ 3 wrong codes      │ abandon
                                  ▼                    ▼
                              forgotten            destroyed; the current identity was never touched

Memory follows the disk: nothing changes here before it is saved there. Everything refused is a `Refused` with
the code that the phone shows.
"""

from __future__ import annotations

import base64
import binascii
import logging
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from crypto import card, enrolment
from crypto.card import Card
from crypto.errors import InvalidKey, PackageError
from crypto.mikey import Accepted, Initiated
from crypto.secret import Secret
from firmware import admission
from firmware.clock import Clock
from firmware.interfaces import CardSummary, FirstContact, KeysStatus, Refused
from firmware.keyring import Keyring
from firmware.vault import SealedState, VaultDamaged
from firmware.vault_format import Journal, Pending, VaultContent

TRIES = 3
REMEMBER_TIME_EVERY_S = 600
"""How far the authenticated time moves before it is written down: flash wears."""

_log = logging.getLogger("sottovoce.keys")


@dataclass
class Imported:
    """A card that was read and waits for its transfer code. Nothing of it is stored."""

    card: Card
    tries: int = TRIES


class Custody:
    """The keys of one phone. Raises OSError if the disk cannot be read.

    A vault that does not open on this board refuses everything with E46 until it is wiped.
    """

    def __init__(self, vault: SealedState, journal: SealedState, clock: Clock, *, built: int) -> None:
        self._vault, self._journal_state, self._clock, self._built = vault, journal, clock, built
        self._content = VaultContent()
        self._journal = Journal()
        self._ring: Keyring | None = None
        self._imported: Imported | None = None
        self._damaged = False
        self._load_journal()
        try:
            octets = self._vault.load()
            if octets is not None:
                self._content = VaultContent.decode(octets)
                self._ring = None if self._content.current is None else Keyring(self._content.current)
        except (VaultDamaged, InvalidKey) as error:
            _log.error("the vault does not open: %s", error)
            self._damaged = True

    def _load_journal(self) -> None:
        try:
            octets = self._journal_state.load()
            if octets is not None:
                self._journal = Journal.decode(octets)
        except VaultDamaged as error:
            _log.error("the journal does not open and starts anew: %s", error)
        self._clock.not_before(self._journal.last_seen)

    def status(self) -> KeysStatus:
        """Say what is held. Refused E46 if the vault does not open."""
        self._require_vault()
        identity = self._ring.enrolled.identity if self._ring is not None else None
        return KeysStatus(
            enrolled=identity is not None,
            pending=self._content.pending is not None,
            tel=identity.tel if identity else "",
            name=identity.name if identity else "",
            organisation=identity.organisation if identity else "",
            domain=identity.domain if identity else "",
            crs=identity.crs if identity else "",
            months=[held.month for held in identity.months] if identity else [],
            expires=identity.expires if identity else 0,
        )

    def import_card(self, text: str) -> CardSummary:
        """Read a card and remember it until it is unsealed. Refused E01 to E07, E09, E13, E46."""
        self._require_vault()
        self._imported = None
        try:
            read = card.parse(text)
            read.check_dates(self._now_s(), built=self._built)
        except PackageError as error:
            raise _refused(error) from error
        if read.serial in self._content.used:
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
            read.check_dates(self._now_s(), built=self._built)
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
        begun = [entry for entry in self._content.begun if entry[0] != read.serial]
        before = self._content.pending
        content = replace(self._content, pending=pending, begun=(*begun, (read.serial, pending.nonce)))
        self._save(content)
        if before is not None:
            before.identity.wipe()
        self._imported = None
        _log.info("the card was opened; its keys are stored beside the old ones")
        return self.pending_contact()

    def pending_contact(self) -> FirstContact:
        """Return the first contact of the pending enrolment. Refused E05, E06, E13, E41 (none pending)."""
        return admission.first_contact(self._pending(), self._now(), built=self._built)

    def complete(self, octets: str) -> KeysStatus:
        """Open the first pack (base64); the new identity replaces the old one, which is destroyed.

        Refused E02, E03, E04, E09, E11, E41. Until it is stored, the old identity stays.
        """
        identity = self._pending().identity
        try:
            new = admission.admit(identity, _octets(octets))
            ring = Keyring(new)
        except PackageError as error:
            raise _refused(error) from error
        except InvalidKey as error:
            raise Refused(code="E09", text="the keys of this card do not match: ask for a new one") from error
        used = (*self._content.used, identity.serial)
        begun = tuple(entry for entry in self._content.begun if entry[0] != identity.serial)
        self._save(VaultContent(current=new, pending=None, used=used, begun=begun))
        identity.transport_key.wipe()
        if self._ring is not None:
            self._ring.wipe()
        self._ring = ring
        _log.info("enrolled; the identity before this one is destroyed")
        return self.status()

    def abandon(self) -> None:
        """Destroy what was imported and what is pending. Refused E11 if that could not be stored."""
        self._imported = None
        pending = self._content.pending
        if pending is not None:
            self._save(replace(self._content, pending=None))
            pending.identity.wipe()
            _log.info("the enrolment was abandoned")

    def tls_client(self) -> tuple[str, str, Secret]:
        """Return client certificate, trust anchor and private key, all PEM. Refused E30 if not enrolled."""
        return self._enrolled().tls_client()

    def initiate(self, callee: str, ssrc: int) -> tuple[Initiated, str]:
        """Make an I_MESSAGE to a number; return it with the callee's name in our directory, or ''.

        Refused E30 (no keys for this month), E31 (no KMS for it).
        """
        return self._enrolled().initiate(callee, ssrc, self._now())

    def accept(self, message: str) -> tuple[Accepted, str]:
        """Verify and open an I_MESSAGE (base64); return it with the caller's name in our directory, or ''.

        Refused E30 if not enrolled, E34 for everything that may be wrong with the message.
        """
        ring, replays = self._enrolled(), self._journal.replays
        revision = replays.revision
        try:
            return ring.accept(_octets(message), self._now(), replays)
        except PackageError as error:
            raise Refused(code="E34", text="the caller could not be verified: tell security") from error
        finally:
            if replays.revision != revision:  # before the keys leave: a restart must not forget it
                self._save_journal()

    def observe_time(self, unix: int) -> None:
        """Take the time from the authenticated CRS; a time before the last one seen is ignored."""
        if not self._clock.observe(unix):
            _log.warning("the CRS gave an impossible time, or one before the last one seen; ignored")
        elif unix - self._journal.last_seen >= REMEMBER_TIME_EVERY_S:
            self._save_journal()

    def wipe(self) -> None:
        """Destroy every key, on the disk and in memory. Refused E11 if the disk fails: then try again."""
        pending = self._content.pending
        self._imported = None
        self._save(VaultContent())
        self._damaged = False
        if pending is not None:
            pending.identity.wipe()
        if self._ring is not None:
            self._ring.wipe()
        self._ring = None
        self._journal = Journal()
        self._save_journal()
        _log.info("every key was destroyed")

    def _wrong_code(self, imported: Imported) -> Refused:
        imported.tries -= 1
        if imported.tries:
            left = "1 try left" if imported.tries == 1 else f"{imported.tries} tries left"
            return Refused(code="E10", text=f"wrong transfer code: {left}")
        self._imported = None
        _log.warning("three wrong transfer codes; the card is forgotten")
        return Refused(code="E10", text="wrong transfer code: show the card again")

    def _nonce(self, serial: int) -> bytes:
        return dict(self._content.begun).get(serial) or secrets.token_bytes(enrolment.NONCE_OCTETS)

    def _pending(self) -> Pending:
        self._require_vault()
        if self._content.pending is None:
            raise Refused(code="E41", text="no enrolment is under way: show the card again")
        return self._content.pending

    def _enrolled(self) -> Keyring:
        self._require_vault()
        if self._ring is None:
            raise Refused(code="E30", text="this phone has no keys: enrol it")
        return self._ring

    def _require_vault(self) -> None:
        if self._damaged:
            raise Refused(code="E46", text="the keys do not open on this phone: wipe it and enrol again")

    def _save(self, content: VaultContent) -> None:
        try:
            self._vault.save(content.encode())
        except OSError as error:
            _log.error("the vault could not be saved: %s", error.strerror or error)
            raise Refused(code="E11", text="could not save: the old keys are kept, try again") from error
        self._content = content

    def _save_journal(self) -> None:
        # With every save, not only every ten minutes: what the replay cache has dropped for being stale at
        # this time must stay stale after a restart.
        self._journal.last_seen = self._clock.last_seen
        try:
            self._journal_state.save(self._journal.encode())
        except OSError as error:
            # Calls go on: in memory the cache still refuses replays; only a restart now would forget them.
            _log.error("the journal could not be saved: %s", error.strerror or error)

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._clock.now(), UTC)

    def _now_s(self) -> int:
        return int(self._clock.now())


def _octets(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise PackageError("E03", "damaged: not base64") from error


def _refused(error: PackageError) -> Refused:
    return Refused(code=error.code, text=str(error))
