"""What the phone wants to keep: settings, contacts, call log; sealed, and destroyed with the keys.

settings       sealed by the board alone: language and contrast are needed before the PIN is typed
contacts, log  sealed under a key from the vault as well, so that the PIN protects them
"""

from __future__ import annotations

import logging
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from crypto.secret import Secret
from firmware.interfaces import Refused
from firmware.vault import NONCE_OCTETS, SealedState, VaultDamaged
from firmware.vault_disk import Disk

OPEN, BEHIND_PIN = frozenset({"settings"}), frozenset({"contacts", "log"})
MAX_OCTETS = 256 * 1024
KEY_OCTETS = 32

_log = logging.getLogger("sottovoce.keys")


class Records:
    """All records of one phone. `key` is the vault's for those behind the PIN, None for the others."""

    def __init__(self, disk: Disk, device_secret: Secret) -> None:
        self._states = {
            name: SealedState(disk, device_secret, name=f"record-{name}") for name in OPEN | BEHIND_PIN
        }
        self._loaded: set[str] = set()

    def recall(self, name: str, key: Secret | None) -> bytes:
        """Return a record, empty if there is none or it is damaged. Refused E46 if the disk fails."""
        try:
            sealed = self._load(name)
        except OSError as error:
            _log.error("the record %s could not be read: %s", name, error.strerror or error)
            raise Refused(code="E46", text="could not read: switch the phone off and on") from error
        if sealed is None or key is None:
            return sealed or b""
        nonce, ciphertext = sealed[:NONCE_OCTETS], sealed[NONCE_OCTETS:]
        try:
            return AESGCM(key.expose()).decrypt(nonce, ciphertext, name.encode())
        except (InvalidTag, ValueError):  # ValueError: too short to hold a nonce
            _log.error("the record %s does not open; it begins anew", name)
            return b""

    def remember(self, name: str, octets: bytes, key: Secret | None) -> None:
        """Replace a record; a power cut leaves the old one or the new one. Refused E11."""
        if len(octets) > MAX_OCTETS:
            raise Refused(code="E11", text="too much to keep: delete something first")
        if key is not None:
            nonce = secrets.token_bytes(NONCE_OCTETS)
            octets = nonce + AESGCM(key.expose()).encrypt(nonce, octets, name.encode())
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


def check_name(name: str) -> None:
    """Refuse a record that nobody has heard of (E11)."""
    if name not in OPEN | BEHIND_PIN:
        raise Refused(code="E11", text="there is no such record: update this phone")
