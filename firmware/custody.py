"""What the key service does, without the service: PIN, enrolment, calls, records, in one thread.

    Custody ── Safe (vault, PIN)          the keys, on the disk
            ├─ Intake (card to identity)  how they come in
            ├─ Keyring (loaded keys)      how they are used
            ├─ KeptJournal                what calls leave behind
            └─ Records                    what the phone keeps

Memory follows the disk: nothing changes here before it is saved there. Everything refused is a `Refused` with
the code that the phone shows.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from crypto import fields
from crypto.errors import InvalidKey, PackageError
from crypto.mikey import Accepted, Initiated
from crypto.sealing import Cost
from crypto.secret import Secret
from firmware import months
from firmware.clock import Clock
from firmware.intake import Intake, unarmoured
from firmware.interfaces import CardSummary, DirectoryEntry, FirstContact, KeysStatus, Refused
from firmware.journal import KeptJournal
from firmware.keyring import Keyring
from firmware.records import Records
from firmware.safe import PINsExhausted, Safe
from firmware.vault_disk import Disk
from firmware.vault_format import Enrolled, VaultContent
from firmware.vault_lock import PIN_COST

SEEN_S = 300
"""How long after it was shown a proposed time may be confirmed."""

_log = logging.getLogger("sottovoce.keys")


class Custody:
    """The keys of one phone. Raises OSError if the disk cannot be read.

    A vault that does not open on this board refuses everything with E46 until it is wiped; one that is locked
    refuses everything with E47 until the PIN is typed. `monotonic` is in seconds.
    """

    def __init__(
        self,
        disk: Disk,
        device_secret: Secret,
        clock: Clock,
        *,
        monotonic: Callable[[], float],
        pin_cost: Cost = PIN_COST,
    ) -> None:
        self._clock = clock
        self._journal = KeptJournal(disk, device_secret, clock)
        self._safe = Safe(disk, device_secret, monotonic=monotonic, cost=pin_cost)
        self._records = Records(disk, device_secret, self._safe)
        self._intake = Intake(self._safe, clock)
        self._ring: Keyring | None = None
        self._load_ring()
        self._finish_destruction()

    def _load_ring(self) -> None:
        current = self._safe.content.current
        try:
            self._ring = None if current is None else Keyring(current)
        except InvalidKey as error:
            _log.error("the vault does not open: %s", error)
            self._safe.damaged = True

    def _finish_destruction(self) -> None:
        """Take up what a power cut interrupted: after the tenth wrong PIN, or in the middle of `wipe`."""
        exhausted = self._safe.locked and not self._safe.tries.left
        if exhausted or self._safe.content.emptied:
            try:
                self.wipe()
            except Refused as error:
                _log.error("what was to be destroyed is still there: %s", error.p_text)

    # The PIN

    def status(self) -> KeysStatus:
        """Say what is held. Refused E46 if the vault does not open."""
        if not self._safe.locked:
            self._safe.require_open()
        return self._status(self._ring.enrolled if self._ring is not None else None)

    def _status(self, enrolled: Enrolled | None) -> KeysStatus:
        safe, identity = self._safe, enrolled.identity if enrolled else None
        agreed = months.agreed(enrolled) if enrolled else None
        return KeysStatus(
            enrolled=identity is not None,
            pending=safe.content.pending is not None,
            tel=identity.tel if identity else "",
            name=identity.name if identity else "",
            organisation=identity.organisation if identity else "",
            domain=identity.domain if identity else "",
            crs=identity.crs if identity else "",
            serial=f"{identity.serial:016X}" if identity else "",
            months=[held.month for held in identity.months] if identity else [],
            expires=identity.expires if identity else 0,
            pin=safe.has_pin,
            locked=safe.locked,
            tries=safe.tries.left,
            wait=safe.tries.wait,
            packed=enrolled.packed if enrolled else "",
            bulletin=enrolled.bulletin if enrolled else 0,
            revoked_at=enrolled.revoked.issued if enrolled else 0,
            mode=agreed.mode if enrolled and agreed else "",
            call_log=not enrolled or (agreed is not None and agreed.call_log),
            openings=sum(seen.openings for seen in enrolled.issuance) if enrolled else 0,
            others=sum(seen.others for seen in enrolled.issuance) if enrolled else 0,
            proposed=self._clock.proposed,
            told=self._clock.told,
            ahead=self._clock.ahead,
            keyless=identity is not None
            and fields.month_of(int(self._clock.now())) not in {held.month for held in identity.months},
        )

    def unlock(self, pin: str) -> KeysStatus:
        """Open the vault, or check the PIN of an open one. Refused E11, E46, E47, E48, E49."""
        if not self._safe.locked:
            self._safe.require_open()
        locked = self._safe.locked
        try:
            self._safe.unlock(pin)
        except PINsExhausted:
            raise self._destroyed() from None
        if locked:
            self._load_ring()
            _log.info("the vault is open")
        return self.status()

    def set_pin(self, old: str, new: str) -> None:
        """Change the PIN; '' for none. Refused E11, E46, E47, E48, E49."""
        self._safe.require_open()
        try:
            self._safe.set_pin(old, new)
        except PINsExhausted:
            raise self._destroyed() from None

    def _destroyed(self) -> Refused:
        _log.warning("ten wrong PINs")
        self.wipe()
        return Refused(code="E49", text="ten wrong PINs: everything was destroyed, enrol this phone again")

    def wipe(self) -> None:
        """Destroy every key and record, on the disk and in memory.

        Refused E11 if the disk fails: then try again. The keys go first; what is left after a power cut is
        destroyed at the next start.
        """
        pending = self._safe.content.pending
        self._intake.forget()
        self._safe.empty(VaultContent(emptied=True))
        if pending is not None:
            pending.identity.wipe()
        if self._ring is not None:
            self._ring.wipe()
        self._ring = None
        self._journal.begin_anew()
        try:
            self._records.destroy()
        except OSError as error:
            _log.error("a record could not be destroyed: %s", error.strerror or error)
            raise Refused(code="E11", text="the keys are destroyed, some records not: try again") from error
        self._safe.tries.begin_anew()
        self._safe.empty(VaultContent())
        _log.info("every key was destroyed")

    # Enrolment

    def import_card(self, text: str) -> CardSummary:
        """See `Intake.import_card`. Refused E11 while something of a wipe has still to be destroyed."""
        self._safe.require_open()
        if self._safe.content.emptied:
            self.wipe()
        return self._intake.import_card(text)

    def unseal(self, transfer_code: str) -> FirstContact:
        """See `Intake.unseal`."""
        self._safe.require_open()
        return self._intake.unseal(transfer_code)

    def pending_contact(self) -> FirstContact:
        """See `Intake.pending_contact`."""
        self._safe.require_open()
        return self._intake.pending_contact()

    def complete(self, octets: str) -> KeysStatus:
        """See `Intake.complete`."""
        self._safe.require_open()
        ring = self._intake.complete(octets)
        if self._ring is not None:
            self._ring.wipe()
        self._ring = ring
        return self.status()

    def abandon(self) -> None:
        """See `Intake.abandon`."""
        self._safe.require_open()
        self._intake.abandon()

    # Calls

    def tls_client(self) -> tuple[str, str, Secret]:
        """Return client certificate, trust anchor and private key, all PEM. Refused E30 if not enrolled."""
        return self._enrolled().tls_client()

    def moment(self) -> int:
        """Return the latest moment (Unix seconds) that is known to have come: by the clock, by what was seen,
        and by the newest list of revoked keys, which our domain has signed and dated.
        """
        revoked_at = 0 if self._ring is None else self._ring.enrolled.revoked.issued
        return max(int(self._clock.now()), revoked_at)

    def initiate(self, callee: str, ssrc: int) -> tuple[Initiated, str]:
        """Make an I_MESSAGE to a number; return it with the callee's name in our directory, or ''.

        Refused E30 (no keys for this month), E31 (its organisation has sent none), E33 (no number).
        """
        return self._enrolled().initiate(callee, ssrc, self._now())

    def initiate_echo(self, ssrc: int) -> tuple[Initiated, str]:
        """See `Keyring.initiate_echo`. Refused E30, E37."""
        return self._enrolled().initiate_echo(ssrc, self._now())

    def accept(self, message: str) -> tuple[Accepted, str]:
        """Verify and open an I_MESSAGE (base64); return it with the caller's name in our directory, or ''.

        Refused E30 if not enrolled or without keys for this month, whatever the message; E34 for everything
        that may be wrong with it.
        """
        ring, replays = self._enrolled(), self._journal.replays
        revision = replays.revision
        try:
            return ring.accept(unarmoured(message), self._now(), replays)
        except PackageError as error:
            raise Refused(code="E34", text="the caller could not be verified: tell security") from error
        finally:
            if replays.revision != revision:  # before the keys leave: a restart must not forget it
                self._journal.save()

    def find(self, text: str, limit: int) -> list[DirectoryEntry]:
        """Search the directory; without an identity it is empty."""
        self._safe.require_open()
        return [] if self._ring is None else self._ring.directory.find(text, limit)

    # Months

    def take(self, kind: str, octets: bytes) -> KeysStatus:
        """Take in what the CRS passed on: 'pack', 'bulletin', the list of the 'revoked', those of the
        'partners', or an 'issuance' list.

        Refused E02, E03, E04, E09 (it is not what it should be; nothing changes), E11, E30, E46, E47.
        """
        ring = self._enrolled()
        try:
            match kind:
                case "pack":
                    taken = months.take_pack(ring.enrolled, octets, now=self._clock.now())
                case "bulletin":
                    taken = months.take_bulletin(ring.enrolled, octets)
                case "revoked":
                    taken = months.take_revoked(ring.enrolled, octets)
                case "partners":
                    taken, wrong = months.take_foreign(ring.enrolled, octets)
                    for name in wrong:
                        _log.warning("a revocation list was refused that says it is of %s", name or "nobody")
                case "issuance":
                    taken = months.take_issuance(ring.enrolled, octets)
                case _:
                    raise Refused(code="E02", text=f"this phone knows no {kind!r}: update it")
            self._change(ring, taken)
        except PackageError as error:
            raise Refused(code=error.code, text=str(error)) from error
        except InvalidKey as error:
            raise Refused(code="E09", text="the keys of this pack do not match: ask for new ones") from error
        return self.status()

    def tidy(self) -> None:
        """Destroy the keys of months that ended more than 72 hours ago. Refused E11."""
        if self._ring is not None and not self._safe.locked:
            self._change(self._ring, months.without_old(self._ring.enrolled, now=self._clock.now()))

    def remove_month(self, month: str) -> KeysStatus:
        """Destroy the keys of one month, on the disk and in memory. Refused E11, E30 (none are held)."""
        ring = self._enrolled()
        left = months.without_month(ring.enrolled, month)
        if left is ring.enrolled:
            raise Refused(code="E30", text="there are no keys of this month: nothing was changed")
        self._change(ring, left)
        _log.warning("the keys of %s were removed by hand", month)
        return self.status()

    def _change(self, ring: Keyring, enrolled: Enrolled) -> None:
        """Put `enrolled` in the place of what `ring` holds: on the disk, then in memory."""
        if enrolled is ring.enrolled:
            return
        after = Keyring(enrolled, ring)
        self._safe.save(replace(self._safe.content, current=enrolled))
        ring.give_way(after)
        self._ring = after
        held = ", ".join(one.month for one in enrolled.identity.months)
        _log.info("keys of %s are held; bulletin %d", held or "no month", enrolled.bulletin)

    # Records and time

    def recall(self, name: str) -> str:
        """See `Records.recall`."""
        return self._records.recall(name)

    def remember(self, name: str, data: str) -> None:
        """See `Records.remember`."""
        self._records.remember(name, data)

    def observe_time(self, unix: int) -> int:
        """See `KeptJournal.observe_time`; returns what somebody must confirm, 0 if nothing.

        The newest list of revoked keys vouches for its date, and a card that is being used for its month:
        our domain has signed both.
        """
        vouched = 0.0 if self._ring is None else float(self._ring.enrolled.revoked.issued)
        pending = self._safe.content.pending
        if pending is not None and fields.month_of(unix) in {held.month for held in pending.identity.months}:
            vouched = max(vouched, float(unix))
        self._journal.observe_time(unix, vouched=vouched)
        return self._clock.proposed

    def accept_time(self, unix: int) -> KeysStatus:
        """Put the clock to what the CRS has proposed and somebody has seen as `unix`, within five minutes.

        Refused E39 if the CRS says another time now, or nothing has to be confirmed; E46, E47.
        """
        self._safe.require_open()
        proposed = self._clock.proposed
        if not proposed or abs(proposed - unix) > SEEN_S or not self._journal.accept_time():
            raise Refused(code="E39", text="the server says another time now: look again")
        return self.status()

    def _enrolled(self) -> Keyring:
        self._safe.require_open()
        if self._ring is None:
            raise Refused(code="E30", text="this phone has no keys: enrol it")
        return self._ring

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._clock.now(), UTC)
