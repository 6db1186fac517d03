"""The log as a file that anybody can read and check without the store: a JSON object a line.

The first line names the domain, then comes one line for each entry, and the last line says where the log
ended, signed by the operator who exported it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, get_type_hints

from cms import audit
from cms.audit import Entry, Fault, Mark
from cms.slots import Actor
from crypto import cbor, signed
from crypto.errors import PackageError

MAX_OCTETS = 256 << 20
_LABEL = "CMS log export"
_KIND = "Sottovoce CMS log"
_FIELDS = {one.name: get_type_hints(Entry)[one.name] for one in fields(Entry)}


@dataclass(frozen=True, slots=True)
class LogFile:
    """A log as exported: the domain, the entries, and who said that this is all of it."""

    domain: str
    entries: tuple[Entry, ...]
    mark: Mark
    operator: str
    signature: bytes


def write(domain: str, entries: Sequence[Entry], by: Actor) -> bytes:
    """Return a log as a file."""
    end = audit.mark(entries)
    octets = signed.sign(_LABEL, 1, [domain, end.count, end.hash], by.signing)
    lines: list[dict[str, object]] = [{"kind": _KIND, "version": 1, "domain": domain}]
    lines += [{name: _text(getattr(entry, name)) for name in _FIELDS} for entry in entries]
    signature = octets[-signed.SIGNATURE_OCTETS :].hex()
    lines.append({"end": str(end), "operator": by.name, "signature": signature})
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def read(octets: bytes) -> LogFile:
    """Read a log. Raises ValueError, naming the line, for what is not one."""
    if len(octets) > MAX_OCTETS:
        raise ValueError("larger than any log")
    lines = octets.decode().removesuffix("\n").split("\n")
    first = _object(lines[0], 1)
    if first.get("kind") != _KIND or first.get("version") != 1 or type(first.get("domain")) is not str:
        raise ValueError("line 1 does not begin a log")
    last = _object(lines[-1], len(lines))
    if "end" not in last:
        raise ValueError(f"the end is missing: the log was cut behind line {len(lines)}")
    try:
        end, operator = audit.parse_mark(last["end"]), str(last["operator"])
        signature = bytes.fromhex(last["signature"])
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(f"line {len(lines)} does not end a log") from error
    entries = tuple(_entry(line, at) for at, line in enumerate(lines[1:-1], 2))
    return LogFile(first["domain"], entries, end, operator, signature)


def find_fault(log: LogFile, *, head: Mark | None) -> Fault | None:
    """Return the first fault of an exported log, None if there is none."""
    fault = audit.find_fault(log.entries, head=log.mark) or audit.find_fault(log.entries, head=head)
    if fault is not None:
        return fault
    if len(log.entries) > log.mark.count:
        return Fault(log.mark.count + 1, "was added behind the end of the log")
    unsigned = bytes([1]) + cbor.encode([log.domain, log.mark.count, log.mark.hash])
    try:
        key = audit.signers(log.entries)[log.operator]
        signed.verify(_LABEL, unsigned + log.signature, key, what="log")
    except (KeyError, PackageError):
        return Fault(log.mark.count, "is the last, but the end of the log is not signed by an operator")
    return None


def _text(value: object) -> object:
    return value.hex() if isinstance(value, bytes) else value


def _object(line: str, at: int) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"line {at} cannot be read") from error
    if not isinstance(found, dict):
        raise ValueError(f"line {at} cannot be read")
    return found


def _entry(line: str, at: int) -> Entry:
    found = _object(line, at)
    if found.keys() != _FIELDS.keys():
        raise ValueError(f"line {at} is not an entry")
    values: dict[str, Any] = {}
    for name, kind in _FIELDS.items():
        value = found[name]
        if kind is bytes and isinstance(value, str):
            try:
                value = bytes.fromhex(value)
            except ValueError as error:
                raise ValueError(f"line {at} is not an entry: {name}") from error
        if type(value) is not kind or (kind is int and not 0 <= value < 1 << 63):
            raise ValueError(f"line {at} is not an entry: {name}")
        values[name] = value
    return Entry(**values)
