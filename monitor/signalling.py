"""The I_MESSAGEs in a record of signalling, whatever its form: lines of JSON, or SDP in any trace of SIP.

{"from": …, "to": …, "mikey": "AQAF…"}       as `crs serve --record-file` writes it
a=key-mgmt:mikey AQAF…                       as SDP carries it
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import datetime

from crypto.errors import MalformedMessage
from crypto.identifier import month_of
from crypto.mikey import IMessage, parse
from crypto.mikey_payloads import IDRole

MAX_OCTETS = 256 * 1024 * 1024
MOST_CALLS = 10_000
_KEY_MANAGEMENT = re.compile(rb'mikey(?: |"\s{0,4}:\s{0,4}")([A-Za-z0-9+/]{100,5460}={0,2})')


@dataclass(frozen=True, slots=True)
class Invitation:
    """One I_MESSAGE and what it says of itself: nothing of that is verified yet."""

    octets: bytes
    caller: str
    caller_kms: str
    callee: str
    callee_kms: str
    when: datetime

    @property
    def month(self) -> str:
        """The month whose keys it needs."""
        return month_of(self.when)


@dataclass(frozen=True, slots=True)
class Found:
    """What a record holds. `unreadable` counts what looked like an I_MESSAGE and was none."""

    invitations: tuple[Invitation, ...]
    unreadable: int = 0


def find(octets: bytes) -> Found:
    """Return every I_MESSAGE in a record, each once, in the order of their times.

    Raises ValueError for a record of more than 256 MiB or 10,000 calls.
    """
    if len(octets) > MAX_OCTETS:
        raise ValueError(f"a record of {len(octets)} octets: at most {MAX_OCTETS} are read")
    messages: dict[bytes, None] = {}
    unreadable = 0
    for match in _KEY_MANAGEMENT.finditer(octets):
        try:
            messages.setdefault(base64.b64decode(match[1], validate=True))
        except binascii.Error:
            unreadable += 1
        if len(messages) > MOST_CALLS:
            raise ValueError(f"more than {MOST_CALLS} calls: cut the record into parts")
    invitations = []
    for message in messages:
        try:
            invitations.append(_invitation(message))
        except (MalformedMessage, ValueError):
            unreadable += 1
    return Found(tuple(sorted(invitations, key=lambda one: one.when)), unreadable)


def _invitation(octets: bytes) -> Invitation:
    message = parse(octets)
    return Invitation(
        octets,
        caller=_said(message, IDRole.INITIATOR).removeprefix("tel:"),
        caller_kms=_said(message, IDRole.INITIATOR_KMS),
        callee=_said(message, IDRole.RESPONDER).removeprefix("tel:"),
        callee_kms=_said(message, IDRole.RESPONDER_KMS),
        when=message.timestamp.when,
    )


def _said(message: IMessage, role: IDRole) -> str:
    identity = message.identity(role)
    text = "" if identity is None else identity.identity.decode("ascii")
    if not text.isprintable():
        raise ValueError("a name that cannot be shown")
    return text
