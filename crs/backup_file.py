"""A backup as one file: a header that says what is in it, and the files one after the other.

    'SVCRSB1\\n'   8 octets
    length        4 octets, of the header
    header        CBOR: when, domain, its key, media number, log's length and head, name/size/SHA-256 of each
    SHA-256       of everything before
    contents      in the header's order, and nothing after them

It is not signed: a CRS has no key to sign with that somebody who has its backups could not use. What shows
that it is the right one is the domain's fingerprint, and a head of the log that was written down elsewhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from crs import config, tls
from crs.database import FILE
from crypto import cbor
from crypto.fields import check_domain, check_length, check_time

MAGIC = b"SVCRSB1\n"
MAX_HEADER = 4096
MAX_OCTETS: Mapping[str, int] = {FILE: 4 * 1024**3, tls.IDENTITY_FILE: 64 * 1024, config.FILE: 64 * 1024}
"""What may be in a backup, and how large."""
REQUIRED = frozenset({FILE, tls.IDENTITY_FILE})
_LENGTH = 4
_DIGEST = 32
_CHUNK = 1024 * 1024
_MADE, _DOMAIN, _DOMAIN_KEY, _SEQUENCE, _ENTRIES, _HEAD, _FILES = range(1, 8)
_FIELDS = {
    _MADE: int, _DOMAIN: str, _DOMAIN_KEY: bytes, _SEQUENCE: int, _ENTRIES: int, _HEAD: bytes, _FILES: list,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Header:
    """What a backup says of itself. `made` is in Unix seconds; `head` is of the log of so many `entries`."""

    made: int
    domain: str
    domain_key: bytes
    sequence: int
    entries: int
    head: bytes


def write(target: BinaryIO, header: Header, files: Mapping[str, Path]) -> None:
    """Write a backup of these files, read twice: once for their digests."""
    rows = [[name, path.stat().st_size, _digest(path)] for name, path in sorted(files.items())]
    body = cbor.encode(
        {
            _MADE: header.made,
            _DOMAIN: header.domain,
            _DOMAIN_KEY: header.domain_key,
            _SEQUENCE: header.sequence,
            _ENTRIES: header.entries,
            _HEAD: header.head,
            _FILES: rows,
        }
    )
    start = MAGIC + len(body).to_bytes(_LENGTH, "big") + body
    target.write(start + hashlib.sha256(start).digest())
    for _, path in sorted(files.items()):
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                target.write(chunk)


def unpack(source: BinaryIO, size: int, directory: Path) -> Header:
    """Write what a backup of `size` octets holds into an empty directory, and return its header.

    Raises PackageError E03 if anything is not what the header says, and for a header of another kind.
    """
    prefix = len(MAGIC) + _LENGTH
    start = source.read(prefix)
    length = int.from_bytes(start[len(MAGIC) :], "big")
    if not start.startswith(MAGIC) or len(start) < prefix or length > MAX_HEADER:
        raise cbor.damaged("this is not a backup of a CRS")
    body, digest = source.read(length), source.read(_DIGEST)
    if hashlib.sha256(start + body).digest() != digest:
        raise cbor.damaged("the beginning of the backup was changed or cut short")
    values = cbor.fields(cbor.decode(body, max_octets=MAX_HEADER), _FIELDS)
    rows = cbor.rows(values[_FILES], (str, int, bytes), at_most=len(MAX_OCTETS))
    names = [name for name, _, _ in rows]
    if names != sorted(set(names)) or not set(MAX_OCTETS) >= set(names) >= REQUIRED:
        raise cbor.damaged("the backup holds other files than those of a CRS")
    if any(not 0 < octets <= MAX_OCTETS[name] for name, octets, _ in rows):
        raise cbor.damaged("a file in the backup is empty or too large")
    if prefix + length + _DIGEST + sum(octets for _, octets, _ in rows) != size:
        raise cbor.damaged("the backup is cut short, or something is behind its end")
    for name, octets, expected in rows:
        if _copy(source, directory / name, octets) != expected:
            raise cbor.damaged(f"{name} in the backup was changed")
    return _header(values)


def _header(values: dict[int, object]) -> Header:
    made, domain, key, sequence, entries, head = (values[field] for field in range(_MADE, _FILES))
    assert isinstance(made, int)
    assert isinstance(domain, str)
    assert isinstance(key, bytes)
    assert isinstance(sequence, int)
    assert isinstance(entries, int)
    assert isinstance(head, bytes)
    try:
        check_domain(domain)
    except ValueError as error:
        raise cbor.damaged("not a domain") from error
    check_length("the domain key", key, _DIGEST)
    check_length("the head of the log", head, _DIGEST)
    return Header(check_time(made), domain, key, sequence, entries, head)


def _copy(source: BinaryIO, target: Path, octets: int) -> bytes:
    digest = hashlib.sha256()
    with target.open("xb") as file:
        while octets and (chunk := source.read(min(octets, _CHUNK))):
            digest.update(chunk)
            file.write(chunk)
            octets -= len(chunk)
    return digest.digest()


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
