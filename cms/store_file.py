"""The file of a store, and of a backup: who opens it, in clear; then the database, sealed.

A magic number, the length of the head and the head (cms.slots), SHA-256 of all that, the sealed image
(ChaCha20-Poly1305). The seal covers the head; the hash only tells damage from a wrong passphrase. Each save
draws a salt, and the key and nonce of the image follow from it and the data key.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from cms import slots
from cms.errors import OperatorMistake
from cms.slots import Head
from crypto import sealing
from crypto.errors import PackageError
from crypto.secret import Secret

_MAGIC = b"SVCMS\0\0\3"
_OLDER = b"\x85\x01"
_LENGTH = 4
_HASH = 32
_MAX_HEAD = 64 * 1024
_MAX_OCTETS = 1 << 30


def read(path: Path) -> bytes:
    """Return the octets of a store or backup. Raises OperatorMistake."""
    try:
        with path.open("rb") as file:
            octets = file.read(_MAX_OCTETS + 1)
    except OSError as error:
        raise OperatorMistake(f"{path} cannot be read: {error.strerror}") from error
    if len(octets) > _MAX_OCTETS:
        raise OperatorMistake(f"{path} is larger than any store: it is something else")
    return octets


def seal(head: Head, data_key: Secret, image: bytes) -> bytes:
    """Return the file: the head in clear, the image sealed."""
    inner = slots.encode(head)
    clear = _MAGIC + len(inner).to_bytes(_LENGTH, "big") + inner
    clear += hashlib.sha256(clear).digest()
    cipher, nonce = _cipher(head, data_key)
    return clear + cipher.encrypt(nonce, image, clear)


def parse(octets: bytes, hint: str) -> tuple[Head, int]:
    """Return the head and where the sealed image begins. Raises OperatorMistake for what is no store."""
    at = len(_MAGIC) + _LENGTH
    if octets.startswith(_OLDER):
        raise OperatorMistake(
            "this store is of a CMS from before the first release, which is not read: make the domain anew"
        )
    if octets[: len(_MAGIC) - 1] == _MAGIC[:-1] and octets[len(_MAGIC) - 1 : len(_MAGIC)] > _MAGIC[-1:]:
        raise OperatorMistake("this store is of a newer CMS: update this one first")
    length = int.from_bytes(octets[len(_MAGIC) : at], "big")
    end = at + length
    clear, digest = octets[:end], octets[end : end + _HASH]
    if not octets.startswith(_MAGIC) or length > _MAX_HEAD or hashlib.sha256(clear).digest() != digest:
        raise OperatorMistake(f"this store is damaged: {hint}")
    try:
        return slots.decode(octets[at:end]), end + _HASH
    except PackageError as error:
        if error.code == "E02":
            raise OperatorMistake("this store is of a newer CMS: update this one first") from error
        raise OperatorMistake(f"this store is damaged: {hint}") from error


def unseal(head: Head, data_key: Secret, octets: bytes, start: int) -> bytes:
    """Return the image. Raises InvalidTag if it or the head was changed."""
    cipher, nonce = _cipher(head, data_key)
    return cipher.decrypt(nonce, memoryview(octets)[start:], octets[:start])


def _cipher(head: Head, data_key: Secret) -> tuple[ChaCha20Poly1305, bytes]:
    with sealing.derive(data_key, f"CMS store image {head.salt.hex()}", 44) as material:
        octets = material.expose()
    return ChaCha20Poly1305(octets[:32]), octets[32:]
