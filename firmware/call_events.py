"""What happens to the call machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from firmware.acts import Act
from firmware.reasons import Why

Assurance = Literal["verified", "gateway", "unverified"]
"""How sure we are of the other side: its own key verified; only its gateway's did; or nobody's."""

VERIFIED: Assurance = "verified"


@dataclass(frozen=True, slots=True)
class Lifted:
    """The handset left its cradle."""


@dataclass(frozen=True, slots=True)
class HungUp:
    """The handset is back on its cradle."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """The cradle went down in a call; what it means shows within 600 ms (see firmware.hook)."""


@dataclass(frozen=True, slots=True)
class Released:
    """The cradle came up again too soon to mean anything."""


@dataclass(frozen=True, slots=True)
class Flash:
    """The cradle was tapped: hold, answer who waits, or swap."""


@dataclass(frozen=True, slots=True)
class HandsFree:
    """The speaker key."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the dial pad: '0'-'9', '*' or '#'."""

    digit: str


@dataclass(frozen=True, slots=True)
class LongPress:
    """A key of the dial pad has been held down for 800 ms."""

    digit: str


@dataclass(frozen=True, slots=True)
class Book:
    """What can be dialled with two presses: speed dials, pairs of a key ('1' to '9') and a number, and the
    number for redialling (None leaves it as it is).
    """

    speed: tuple[tuple[str, str], ...]
    redial: str | None = None


@dataclass(frozen=True, slots=True)
class DoNotDisturb:
    """Whether callers are turned away."""

    on: bool


@dataclass(frozen=True, slots=True)
class Restarted:
    """This phone is back after it was killed in a call."""


@dataclass(frozen=True, slots=True)
class Line:
    """We have the number `own` ('' when not enrolled) and are registered with our CRS (`up`), or not."""

    own: str
    up: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """Media socket and I_MESSAGE are ready; `name` is the callee's in the signed directory, '' if unknown."""

    call: int
    name: str = ""
    assurance: Assurance = VERIFIED


@dataclass(frozen=True, slots=True)
class Failed:
    """Something we asked for on behalf of `call` cannot be had."""

    call: int
    why: Why


@dataclass(frozen=True, slots=True)
class Invited:
    """An INVITE arrived. `claimed` is the number in From, no more than a claim; `protected` is False for an
    offer that we refuse.
    """

    call: int
    claimed: str
    protected: bool


@dataclass(frozen=True, slots=True)
class Verified:
    """The I_MESSAGE of `call` verified and opened; `caller` is the number that signed it."""

    call: int
    caller: str
    name: str
    assurance: Assurance = VERIFIED


@dataclass(frozen=True, slots=True)
class NotVerified:
    """The I_MESSAGE of `call` was refused, or (Why.NO_KEYS) could not have been opened by us."""

    call: int
    why: Why = Why.NOT_VERIFIED


@dataclass(frozen=True, slots=True)
class PeerRings:
    """180 from the callee."""

    call: int


@dataclass(frozen=True, slots=True)
class PeerAnswered:
    """200 from the callee. `protected` is False for an answer we refuse."""

    call: int
    protected: bool


@dataclass(frozen=True, slots=True)
class PeerRefused:
    """A final response of 300 or more (RFC 3261 §21)."""

    call: int
    status: int


@dataclass(frozen=True, slots=True)
class PeerEnded:
    """The other side cancelled the call or hung up."""

    call: int


@dataclass(frozen=True, slots=True)
class PeerHolds:
    """The other side holds the call, or has taken it up again."""

    call: int
    on: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """Our 200 OK is out and its media socket is open."""

    call: int


@dataclass(frozen=True, slots=True)
class Media:
    """The media service says 'secured', 'lost' or 'back' (see interfaces.MediaEvent)."""

    call: int
    kind: str


@dataclass(frozen=True, slots=True)
class ServiceLost:
    """The service 'keys', 'media' or 'scan' died; it is being started again."""

    service: str


@dataclass(frozen=True, slots=True)
class TimeUp:
    """The timer with this serial ran out."""

    timer: int


Progress = (
    Prepared | Failed | PeerRings | PeerAnswered | PeerRefused | PeerEnded | PeerHolds | Answered | Media
)
"""What a call in hand goes through."""

Fingers = Lifted | HungUp | Pressed | Released | Flash | HandsFree | Key | LongPress | Act
"""What the person does."""

House = Line | Book | DoNotDisturb | Restarted | ServiceLost | TimeUp
"""What the phone itself goes through."""

Event = Fingers | House | Invited | Verified | NotVerified | Progress
