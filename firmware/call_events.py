"""What happens to the call machine."""

from __future__ import annotations

from typing import Literal

from firmware.acts import Act
from firmware.reasons import Why
from firmware.record import record

Assurance = Literal["verified", "gateway", "unverified"]
"""How sure we are of the other side: its own key verified; only its gateway's did; or nobody's."""

VERIFIED: Assurance = "verified"


@record
class Lifted:
    """The handset left its cradle."""


@record
class HungUp:
    """The handset is back on its cradle."""


@record
class Pressed:
    """The cradle went down in a call; what it means shows within 600 ms (see firmware.hook)."""


@record
class Released:
    """The cradle came up again too soon to mean anything."""


@record
class Flash:
    """The cradle was tapped: hold, answer who waits, or swap."""


@record
class HandsFree:
    """The speaker key."""


@record
class Key:
    """A key of the dial pad: '0'-'9', '*' or '#'."""

    digit: str


@record
class LongPress:
    """A key of the dial pad has been held down for 800 ms."""

    digit: str


@record
class Book:
    """What can be dialled with two presses: speed dials, pairs of a key ('1' to '9') and a number, and the
    number for redialling (None leaves it as it is).
    """

    speed: tuple[tuple[str, str], ...]
    redial: str | None = None


@record
class DoNotDisturb:
    """Whether callers are turned away."""

    on: bool


@record
class Restarted:
    """This phone is back after it was killed in a call."""


@record
class Line:
    """We have the number `own` ('' when not enrolled) and are registered with our CRS (`up`), or not."""

    own: str
    up: bool


@record
class Prepared:
    """Media socket and I_MESSAGE are ready; `name` is the callee's in the signed directory, '' if unknown."""

    call: int
    name: str = ""
    assurance: Assurance = VERIFIED


@record
class Failed:
    """Something we asked for on behalf of `call` cannot be had."""

    call: int
    why: Why


@record
class Invited:
    """An INVITE arrived. `claimed` is the number in From, no more than a claim; `protected` is False for an
    offer that we refuse.
    """

    call: int
    claimed: str
    protected: bool


@record
class Verified:
    """The I_MESSAGE of `call` verified and opened; `caller` is the number that signed it."""

    call: int
    caller: str
    name: str
    assurance: Assurance = VERIFIED


@record
class NotVerified:
    """The I_MESSAGE of `call` was refused, or (Why.NO_KEYS) could not have been opened by us."""

    call: int
    why: Why = Why.NOT_VERIFIED


@record
class PeerRings:
    """180 from the callee."""

    call: int


@record
class PeerAnswered:
    """200 from the callee. `protected` is False for an answer we refuse."""

    call: int
    protected: bool


@record
class PeerRefused:
    """A final response of 300 or more (RFC 3261 §21)."""

    call: int
    status: int


@record
class PeerEnded:
    """The other side cancelled the call or hung up."""

    call: int


@record
class PeerHolds:
    """The other side holds the call, or has taken it up again."""

    call: int
    on: bool


@record
class Answered:
    """Our 200 OK is out and its media socket is open."""

    call: int


@record
class Media:
    """The media service says 'secured', 'lost' or 'back' (see interfaces.MediaEvent)."""

    call: int
    kind: str


@record
class ServiceLost:
    """The service 'keys', 'media' or 'scan' died; it is being started again."""

    service: str


@record
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
