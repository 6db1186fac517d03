"""The log of the CMS: a chain of entries, each signed by the operator, or the two, who did it.

An entry holds the hash of the one before it. Whoever has noted a head, the count and the hash of the last
entry, finds every later edit, drop, reorder or cut with it, whatever keys somebody has stolen since.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from cms.slots import Actor
from crypto import cbor, signed
from crypto.errors import PackageError

_LABEL = "CMS log entry"
_VERSION = 1
_CHAIN = b"sottovoce CMS log\0"
START = bytes(32)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing done. `second` and its signature are empty if one operator did it alone.

    `joined` and `joined_key` name an operator who may sign from here on, `left` one who may no longer.
    """

    number: int
    at: int
    action: str
    details: str
    operator: str
    second: str
    joined: str
    joined_key: bytes
    left: str
    previous: bytes
    signature: bytes = b""
    second_signature: bytes = b""

    @property
    def who(self) -> str:
        """Who did it, as people read it."""
        return f"{self.operator}, {self.second}" if self.second else self.operator

    @property
    def body(self) -> list[object]:
        """What is signed."""
        return [
            self.number, self.at, self.action, self.details, self.operator, self.second,
            self.joined, self.joined_key, self.left, self.previous,
        ]  # fmt: skip

    @property
    def signed_part(self) -> bytes:
        """What the signatures cover, as octets."""
        return bytes([_VERSION]) + cbor.encode(self.body)

    @property
    def hash(self) -> bytes:
        """What the next entry holds of this one (SHA-256)."""
        content = cbor.encode([self.signed_part, self.signature, self.second_signature])
        return hashlib.sha256(_CHAIN + content).digest()


@dataclass(frozen=True, slots=True)
class Mark:
    """Where the log ended at some time: worth noting on paper. `hash` may be its first 16 octets or more."""

    count: int
    hash: bytes

    def __str__(self) -> str:
        return f"{self.count}:{self.hash.hex()}"


@dataclass(frozen=True, slots=True)
class Fault:
    """The first place where a log is not what it was."""

    entry: int
    what: str

    def __str__(self) -> str:
        return f"entry {self.entry} {self.what}"


@dataclass(frozen=True, slots=True)
class Act:
    """What is to be entered, before it has a place in the log."""

    action: str
    details: str
    at: int
    joined: str = ""
    joined_key: bytes = field(default=b"", repr=False)
    left: str = ""


def parse_mark(text: str) -> Mark:
    """Read COUNT:HASH, of which at least 32 hexadecimal digits. Raises ValueError."""
    count, _, digits = text.replace(" ", "").partition(":")
    found = bytes.fromhex(digits)
    if not 16 <= len(found) <= 32 or not count.isdecimal() or int(count) < 1:
        raise ValueError("a head is COUNT:HASH, such as 17:0123…, with 32 hexadecimal digits or more")
    return Mark(int(count), found)


def mark(entries: Sequence[Entry]) -> Mark:
    """Return the head of a log; an empty one has counted to 0."""
    return Mark(entries[-1].number, entries[-1].hash) if entries else Mark(0, START)


def entered(entries: Sequence[Entry], act: Act, by: Actor, second: Actor | None) -> Entry:
    """Return the next entry of a log, signed."""
    unsigned = Entry(
        number=len(entries) + 1,
        at=act.at,
        action=act.action,
        details=act.details,
        operator=by.name,
        second="" if second is None else second.name,
        joined=act.joined,
        joined_key=act.joined_key,
        left=act.left,
        previous=entries[-1].hash if entries else START,
    )
    return replace(
        unsigned,
        signature=_signature(unsigned, by),
        second_signature=b"" if second is None else _signature(unsigned, second),
    )


def find_fault(entries: Sequence[Entry], *, head: Mark | None = None) -> Fault | None:
    """Return the first fault of a log, None if there is none."""
    keys: dict[str, bytes] = {}
    previous = START
    for place, entry in enumerate(entries, 1):
        fault = _numbered(entries, place) or _signed(entry, keys)
        if fault is not None:
            return fault
        if entry.previous != previous:
            return Fault(place, "does not follow the one before it: one of the two was written anew")
        previous = entry.hash
        _learn(entry, keys)
        if head is not None and head.count == place and not previous.startswith(head.hash):
            return Fault(place, "is not the one whose head was noted: the log was written anew up to there")
    if head is not None and head.count > len(entries):
        return Fault(len(entries) + 1, f"and all to {head.count} are missing: the log was cut")
    return Fault(1, "is missing: the log is empty") if not entries else None


def signers(entries: Sequence[Entry]) -> Mapping[str, bytes]:
    """Return who may sign after a log: names and keys."""
    keys: dict[str, bytes] = {}
    for entry in entries:
        _learn(entry, keys)
    return keys


def _numbered(entries: Sequence[Entry], place: int) -> Fault | None:
    number = entries[place - 1].number
    if number == place:
        return None
    if any(entry.number == place for entry in entries):
        return Fault(place, f"is not in its place: {number} stands there")
    return Fault(place, f"is missing: {number} stands in its place")


def _signed(entry: Entry, keys: Mapping[str, bytes]) -> Fault | None:
    known = {entry.joined: entry.joined_key} if entry.number == 1 else keys
    names = [(entry.operator, entry.signature)]
    if entry.second or entry.second_signature:
        names.append((entry.second, entry.second_signature))
    for name, signature in names:
        if name not in known:
            return Fault(entry.number, f"was changed: {name!r} was no operator then")
        try:
            signed.verify(_LABEL, entry.signed_part + signature, known[name], what="entry")
        except PackageError:
            return Fault(entry.number, f"was changed: the signature of {name} does not fit")
    if entry.second == entry.operator:
        return Fault(entry.number, "was signed twice by one operator")
    return None


def _learn(entry: Entry, keys: dict[str, bytes]) -> None:
    if entry.joined:
        keys[entry.joined] = entry.joined_key
    keys.pop(entry.left, None)


def _signature(entry: Entry, by: Actor) -> bytes:
    return signed.sign(_LABEL, _VERSION, entry.body, by.signing)[-signed.SIGNATURE_OCTETS :]
