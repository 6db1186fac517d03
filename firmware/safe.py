"""The vault's content and the PIN before it: on the disk first, then in memory.

open ── set_pin ──► open, locked at the next start ── unlock ──► open
                          └── the tenth wrong PIN: `PINsExhausted`, and whoever asked destroys everything
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from crypto.errors import InvalidKey
from crypto.sealing import Cost, derive
from crypto.secret import Secret
from firmware.interfaces import Refused
from firmware.pin_tries import PINTries
from firmware.vault import SealedState, VaultDamaged
from firmware.vault_disk import Disk
from firmware.vault_format import VaultContent
from firmware.vault_lock import Lock, Locked

PIN_DIGITS = range(4, 13)

_log = logging.getLogger("sottovoce.keys")


class PINsExhausted(Exception):
    """Ten wrong PINs: everything must be destroyed."""


@dataclass(frozen=True, slots=True)
class _Key:
    """A lock and the key that opens it: the vault was opened with it, and is closed with it again."""

    lock: Lock
    key: Secret


class Safe:
    """The vault of one board. Raises OSError if the disk cannot be read.

    `damaged`: there is a vault that does not open on this board, PIN or no PIN; only `empty` mends that.
    """

    def __init__(
        self, disk: Disk, device_secret: Secret, *, monotonic: Callable[[], float], cost: Cost
    ) -> None:
        self._vault = SealedState(disk, device_secret, name="vault")
        self._device_key = derive(device_secret, "vault PIN")
        self._cost = cost
        self._key: _Key | None = None
        self._locked: Locked | None = None
        self.content = VaultContent()
        self.damaged = False
        self.tries = PINTries(SealedState(disk, device_secret, name="tries"), monotonic)
        self._load()
        self.tries.load(locked=self._locked is not None)

    def _load(self) -> None:
        try:
            octets = self._vault.load()
            if octets is None:
                return
            self._locked = Locked.decode(octets)
            if self._locked is None:
                self.content = VaultContent.decode(octets)
        except VaultDamaged as error:
            _log.error("the vault does not open: %s", error)
            self.damaged = True

    @property
    def has_pin(self) -> bool:
        return self._locked is not None or self._key is not None

    @property
    def locked(self) -> bool:
        """The PIN has not been typed since the start."""
        return self._locked is not None

    def require_open(self) -> None:
        """Refuse E47 while it is locked, E46 if it does not open on this board."""
        if self.locked:
            raise Refused(code="E47", text="the keys are locked: type the PIN first")
        if self.damaged:
            raise Refused(code="E46", text="the keys do not open on this phone: wipe it and enrol again")

    def unlock(self, pin: str) -> None:
        """Open the vault, or check the PIN of an open one.

        Refused E47 (wrong), E48 (too soon), E11 (the try cannot be written down), E46 (right, but what it
        opens is damaged). Raises PINsExhausted.
        """
        if not self.has_pin:
            if pin:
                raise Refused(code="E47", text="no PIN is set on this phone")
            return
        if not _is_pin(pin):  # no guess: it costs no try
            raise Refused(code="E47", text="a PIN has 4 to 12 digits: type it again")
        if not self.tries.left:
            raise PINsExhausted
        self.tries.begin()
        key = self._tried(pin)
        if key is None:
            if not self.tries.left:
                raise PINsExhausted
            raise self.tries.wrong()
        self.tries.right()
        self._key = key

    def _tried(self, pin: str) -> _Key | None:
        """Return the key of the vault if this is its PIN."""
        if self._key is not None:
            with self._key.lock.key(pin, self._device_key) as tried:
                return self._key if tried == self._key.key else None
        assert self._locked is not None
        key = self._locked.lock.key(pin, self._device_key)
        octets = self._locked.open(key)
        if octets is None:
            key.wipe()
            return None
        opened, self._locked = _Key(self._locked.lock, key), None
        try:
            self.content = VaultContent.decode(octets)
        except (VaultDamaged, InvalidKey) as error:
            _log.error("the vault cannot be read: %s", error)
            self.damaged = True
        return opened

    def set_pin(self, old: str, new: str) -> None:
        """Change the PIN; '' for none. The vault is open. Refused and raises as `unlock`, and E11."""
        if new and not _is_pin(new):
            raise Refused(code="E47", text="a PIN has 4 to 12 digits: choose another")
        self.unlock(old)
        key = None
        if new:
            # The count must be there before the first lock: a lock without one has a single try.
            self.tries.begin_anew()
            lock = Lock.fresh(self._cost)
            key = _Key(lock, lock.key(new, self._device_key))
        before = self._key
        self._save(self.content, key)
        self._key = key
        if before is not None:
            before.key.wipe()
        _log.info("the PIN was %s", "set" if new else "removed")

    def save(self, content: VaultContent) -> None:
        """Replace the content under the same PIN. Refused E11: then the old one is still there."""
        self._save(content, self._key)
        self.content = content

    def empty(self, content: VaultContent) -> None:
        """Replace whatever there is, open or not, by `content` without a PIN. Refused E11."""
        self._save(content, None)
        self.content, self.damaged, self._locked = content, False, None
        if self._key is not None:
            self._key.key.wipe()
            self._key = None

    def _save(self, content: VaultContent, key: _Key | None) -> None:
        octets = content.encode()
        try:
            self._vault.save(octets if key is None else key.lock.close(octets, key.key))
        except OSError as error:
            _log.error("the vault could not be saved: %s", error.strerror or error)
            raise Refused(code="E11", text="could not save: the old keys are kept, try again") from error


def _is_pin(pin: str) -> bool:
    return len(pin) in PIN_DIGITS and pin.isascii() and pin.isdigit()
