"""State under a seal that only this board can open, replaced whole or not at all.

    vault.draft: write, sync ── rename ──► vault.00000008: sync directory ── vault.00000007: overwrite, remove

The rename is the switch. A power cut before it leaves generation 7, after it generation 8; the newest
generation that opens is the state. What a seal covers: name and generation, so that files cannot be swapped.
Somebody who can copy the whole storage and put it back later can still bring back an old state.
"""

from __future__ import annotations

import contextlib
import logging
import re
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from crypto.sealing import derive
from crypto.secret import Secret
from firmware.vault_disk import Disk

VERSION = 1
NONCE_OCTETS = 12
MAX_OCTETS = 32 * 1024 * 1024

_log = logging.getLogger("sottovoce.keys")


class VaultDamaged(Exception):
    """There is a vault, but it does not open: it is of another board, or its files were changed."""


class SealedState:
    """One value of octets on a disk, sealed with AES-256-GCM under a key derived from the device secret."""

    def __init__(self, disk: Disk, device_secret: Secret, *, name: str) -> None:
        self._disk = disk
        self._name = name
        self._slot = re.compile(rf"{re.escape(name)}\.([0-9]{{8}})")
        self._key = derive(device_secret, f"sealed state {name}")
        self._generation = 0

    def load(self) -> bytes | None:
        """Return the state, or None if there never was one; finish what a power cut left undone.

        Raises VaultDamaged if there are slots but none opens (`save` still replaces them all), OSError if the
        disk fails.
        """
        generations = self._generations()
        self._generation = max(generations, default=0)
        for generation in sorted(generations, reverse=True):
            octets = self._open(generation, self._disk.read(self._slot_name(generation)))
            if octets is not None:
                self._destroy_others(generation)
                return octets
        if generations:
            raise VaultDamaged(f"none of the {self._name}'s slots opens on this board")
        self._destroy_others(0)
        return None

    def save(self, octets: bytes) -> None:
        """Replace the state; return when the new one would survive a power cut and the old one is destroyed.

        Raises OSError if it could not be saved: then the old state is still the state. (A disk that fails so
        badly that even the new slot cannot be removed may show the new state at the next start, whole.)
        """
        if len(octets) > MAX_OCTETS:
            raise OSError(f"a state of {len(octets)} octets is too large to keep")
        new = self._generation + 1
        draft, slot = f"{self._name}.draft", self._slot_name(new)
        try:
            self._disk.write(draft, self._seal(new, octets))
            self._disk.sync(draft)
            self._disk.rename(draft, slot)
            self._disk.sync_directory()
        except OSError:
            for leftover in (draft, slot):
                self._tidy(leftover)
            raise
        self._generation = new
        self._destroy_others(new)

    def _tidy(self, leftover: str) -> None:
        """Remove what a failed save has written. The disk has failed already: whoever asked hears of that."""
        with contextlib.suppress(OSError):
            if leftover in self._disk.names():
                # In free blocks it would outlive the keys that are in it.
                self._disk.overwrite(leftover)
                self._disk.sync(leftover)
        with contextlib.suppress(OSError):
            self._disk.remove(leftover)

    def destroy(self) -> None:
        """Destroy the state. Raises OSError; then a part of it may still be there: ask again."""
        self._destroy_all_but(None)

    def _destroy_others(self, keep: int) -> None:
        """Destroy every slot but one; a slot that resists is tried again at the next load or save."""
        try:
            self._destroy_all_but(self._slot_name(keep))
        except OSError as error:
            _log.error("an old slot of the %s could not be destroyed: %s", self._name, error.strerror)

    def _destroy_all_but(self, keep: str | None) -> None:
        others = [name for name in self._ours() if name != keep]
        for name in others:
            self._disk.overwrite(name)
            self._disk.sync(name)
            self._disk.remove(name)
        if others:
            self._disk.sync_directory()

    def _ours(self) -> list[str]:
        draft = f"{self._name}.draft"
        return [name for name in self._disk.names() if name == draft or self._slot.fullmatch(name)]

    def _generations(self) -> list[int]:
        matches = (self._slot.fullmatch(name) for name in self._disk.names())
        return [int(match[1]) for match in matches if match]

    def _slot_name(self, generation: int) -> str:
        return f"{self._name}.{generation:08}"

    def _seal(self, generation: int, octets: bytes) -> bytes:
        nonce = secrets.token_bytes(NONCE_OCTETS)
        sealed = AESGCM(self._key.expose()).encrypt(nonce, octets, self._context(generation))
        return bytes([VERSION]) + nonce + sealed

    def _open(self, generation: int, slot: bytes) -> bytes | None:
        if slot[:1] != bytes([VERSION]):
            return None
        nonce, sealed = slot[1 : 1 + NONCE_OCTETS], slot[1 + NONCE_OCTETS :]
        try:
            return AESGCM(self._key.expose()).decrypt(nonce, sealed, self._context(generation))
        except (InvalidTag, ValueError):  # ValueError: too short to hold a nonce
            return None

    def _context(self, generation: int) -> bytes:
        return f"{self._name} {generation}".encode()
