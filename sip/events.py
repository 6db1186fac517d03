"""What a user agent tells its phone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import NewType

CallHandle = NewType("CallHandle", str)
"""One call at one user agent; random, never the Call-ID."""


class Cause(Enum):
    """Why a call is over."""

    HERE = "hung up here"
    THERE = "hung up there"
    EXPIRED = "the other side is gone"
    NO_ACK = "the caller never confirmed"
    FLOW_LOST = "the connection to the server was lost"


@dataclass(frozen=True)
class Registered:
    """The registrar holds our binding for `expires` seconds (0: it is removed). `date` is its clock."""

    expires: int
    date: datetime | None


@dataclass(frozen=True)
class ProfileChanged:
    """The server has something new for this phone (RFC 6080): keys, names, or a list of revoked keys."""


@dataclass(frozen=True)
class RegistrationFailed:
    """No binding; 408 if nobody answered. The user agent does not try again by itself."""

    status: int
    reason: str


@dataclass(frozen=True)
class Incoming:
    """Somebody calls. `from_uri` and `number` are claims until the I_MESSAGE in `sdp` is verified.

    `number` is the E.164 number in `from_uri`, or None.
    """

    handle: CallHandle
    from_uri: str
    number: str | None
    sdp: bytes = field(repr=False)


@dataclass(frozen=True)
class Unacceptable:
    """An INVITE was refused at once, for it had no offer that could have been protected (488 or 415).

    `number` is a claim, or None.
    """

    number: str | None


@dataclass(frozen=True)
class HeldByThem:
    """The other side holds the call (`on`), or has taken it up again (RFC 3264 §8.4)."""

    handle: CallHandle
    on: bool


@dataclass(frozen=True)
class Ringing:
    """The callee verified us and rings. At most once a call."""

    handle: CallHandle


@dataclass(frozen=True)
class Accepted:
    """The callee answered. `sdp` is theirs, not yet looked into."""

    handle: CallHandle
    sdp: bytes = field(repr=False)


@dataclass(frozen=True)
class Established:
    """The caller confirmed our answer (ACK)."""

    handle: CallHandle


@dataclass(frozen=True)
class Refused:
    """Our call was not answered: the final status; 408 if nobody spoke at all, 503 if the flow was lost."""

    handle: CallHandle
    status: int
    reason: str


@dataclass(frozen=True)
class Cancelled:
    """The caller gave up, or the call could not be answered any more, before we answered."""

    handle: CallHandle


@dataclass(frozen=True)
class Ended:
    """The call is over and its handle is forgotten."""

    handle: CallHandle
    cause: Cause


@dataclass(frozen=True)
class FlowPing:
    """A keep-alive was answered (RFC 5626 §4.4.1)."""

    round_trip_s: float


@dataclass(frozen=True)
class FlowFailed:
    """The flow is of no more use: close it, call `flow_lost`, connect again, call `flow_opened`."""

    reason: str


Event = (
    Registered
    | RegistrationFailed
    | ProfileChanged
    | Incoming
    | Unacceptable
    | HeldByThem
    | Ringing
    | Accepted
    | Established
    | Refused
    | Cancelled
    | Ended
    | FlowPing
    | FlowFailed
)
