"""What the phone wants to keep: settings, contacts, call log; sealed, and destroyed with the keys.

settings       sealed by the board alone: language and contrast are needed before the PIN is typed
contacts, log  sealed under a key from the vault as well, so that the PIN protects them
"""

from __future__ import annotations

import base64
import logging
import secrets
from dataclasses import replace

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from crypto.errors import PackageError
from crypto.secret import Secret
from firmware.intake import unarmoured
from firmware.interfaces import Refused
from firmware.safe import Safe
from firmware.vault import NONCE_OCTETS, SealedState, VaultDamaged
from firmware.vault_disk import Disk
from firmware.vault_format import RECORDS_KEY_OCTETS

OPEN, BEHIND_PIN = frozenset({"settings"}), frozenset({"contacts", "log"})
MAX_OCTETS = 256 * 1024

_log = logging.getLogger("sottovoce.keys")


class Records:
    """All records of one phone."""

    def __init__(self, disk: Disk, device_secret: Secret, safe: Safe) -> None:
        self._states = {
            name: SealedState(disk, device_secret, name=f"record-{name}") for name in OPEN | BEHIND_PIN
        }
        self._loaded: set[str] = set()
        self._safe = safe

    def recall(self, name: str) -> str:
        """Return a record (base64), '' if there is none or it is damaged.

        Refused E11 (no such record), E46 (the disk or the vault cannot be read), E47 (locked).
        """
        behind_pin = self._check(name)
        try:
            octets = self._load(name)
        except OSError as error:
            _log.error("the record %s could not be read: %s", name, error.strerror or error)
            raise Refused(code="E46", text="could not read: switch the phone off and on") from error
        if octets is not None and behind_pin:
            octets = self._opened(name, octets)
        return base64.b64encode(octets or b"").decode()

    def remember(self, name: str, data: str) -> None:
        """Replace a record by `data` (base64, at most 256 KiB); a power cut leaves the old or the new one.

        Refused E11 (no such record, too large, cannot be saved), E46 and E47 as `recall`.
        """
        behind_pin = self._check(name)
        try:
            octets = unarmoured(data)
        except PackageError as error:
            raise Refused(code="E11", text="this is not a record: update this phone") from error
        if len(octets) > MAX_OCTETS:
            raise Refused(code="E11", text="too much to keep: delete something first")
        if behind_pin:
            octets = self._closed(name, octets)
        try:
            if name not in self._loaded:
                self._load(name)
            self._states[name].save(octets)
        except OSError as error:
            _log.error("the record %s could not be saved: %s", name, error.strerror or error)
            raise Refused(code="E11", text="could not save: try again") from error

    def destroy(self) -> None:
        """Destroy every record. Raises OSError; then ask again."""
        for state in self._states.values():
            state.destroy()

    def _load(self, name: str) -> bytes | None:
        self._loaded.add(name)
        try:
            return self._states[name].load()
        except VaultDamaged as error:
            _log.error("the record %s begins anew: %s", name, error)
            return None

    def _check(self, name: str) -> bool:
        """Return whether a record is behind the PIN. Refused E11, E46, E47."""
        if name in OPEN:
            return False
        if name not in BEHIND_PIN:
            raise Refused(code="E11", text="there is no such record: update this phone")
        self._safe.require_open()
        return True

    def _closed(self, name: str, octets: bytes) -> bytes:
        key = self._safe.content.records_key
        if key is None:
            key = Secret(secrets.token_bytes(RECORDS_KEY_OCTETS))
            self._safe.save(replace(self._safe.content, records_key=key))
        nonce = secrets.token_bytes(NONCE_OCTETS)
        return nonce + AESGCM(key.expose()).encrypt(nonce, octets, name.encode())

    def _opened(self, name: str, sealed: bytes) -> bytes | None:
        key = self._safe.content.records_key
        nonce, ciphertext = sealed[:NONCE_OCTETS], sealed[NONCE_OCTETS:]
        try:
            return AESGCM(key.expose()).decrypt(nonce, ciphertext, name.encode()) if key else None
        except (InvalidTag, ValueError):  # ValueError: too short to hold a nonce
            _log.error("the record %s does not open; it begins anew", name)
            return None
