"""The words of enrolment: where it stands (phases), what happens to it (events), what it asks for (effects).

Digits, card texts and packs never appear in a repr.
"""

from __future__ import annotations

from dataclasses import field

from firmware.acts import Act
from firmware.interfaces import CardSummary
from firmware.record import record
from firmware.viewfinder import Corners

CODE_DIGITS = 10
"""Digits of a transfer code."""


# --- phases -------------------------------------------------------------------------------------------------


@record
class Off:
    """No enrolment is going on."""


@record
class Looking:
    """The camera is on. `deaths` counts scan services lost since the last picture."""

    view: bytes = field(default=b"", repr=False)
    hint: str = ""
    deaths: int = 0


@record
class Reading:
    """A code was read, at `corners` of the view, and is being checked; the camera is off."""

    view: bytes = field(default=b"", repr=False)
    corners: Corners = ()


@record
class Confirming:
    """The person compares the card with the letter."""

    card: CardSummary


@record
class Typing:
    """The transfer code so far. `left` is None before the first wrong try."""

    card: CardSummary
    digits: str = field(default="", repr=False)
    left: int | None = None


@record
class Opening:
    """The key service opens the card, validates its keys and stores them beside the old ones."""

    card: CardSummary
    left: int | None = None


@record
class Contacting:
    """First contact with the server."""


@record
class Storing:
    """The first pack is opened; the new identity takes the old one's place."""


@record
class Registering:
    """Enrolled; waiting for the first registration."""

    number: str
    name: str


@record
class Done:
    """Enrolled and registered."""

    number: str
    name: str


@record
class Trouble:
    """It failed for the reason `code`. `then` says what Again does: 'look', 'contact', or 'off' (OK)."""

    code: str
    then: str


Phase = (
    Off
    | Looking
    | Reading
    | Confirming
    | Typing
    | Opening
    | Contacting
    | Storing
    | Registering
    | Done
    | Trouble
)


@record
class Flow:
    """All that enrolment remembers."""

    phase: Phase = field(default_factory=Off)
    timer: int = 0


# --- events -------------------------------------------------------------------------------------------------


@record
class Begin:
    """Somebody wants to enrol this phone."""


@record
class Resume:
    """The vault holds an enrolment that was stored but not completed."""


@record
class Digit:
    """A key of the dial pad."""

    digit: str = field(repr=False)


@record
class Seen:
    """The camera sees 112 x 64 grey octets; `hint` as in interfaces.ScanEvent."""

    view: bytes = field(repr=False)
    hint: str


@record
class Found:
    """A QR text was read, at `corners` of the view."""

    text: str = field(repr=False)
    corners: Corners = ()


@record
class ScanLost:
    """The scan service ended without a code."""


@record
class CardRead:
    """The text is a card, and this is on it."""

    card: CardSummary


@record
class Unsealed:
    """The keys are validated and stored beside the old ones."""


@record
class PackCame:
    """The server answered with the first pack (base64; sealed to this phone)."""

    pack: str = field(repr=False)


@record
class Completed:
    """The new identity is the identity."""

    number: str
    name: str


@record
class Registered:
    """The server holds our binding."""


@record
class Refused:
    """A service or the server refused, with a code of the catalogue; E21 when it did not answer."""

    code: str


@record
class KeysLost:
    """The key service died; what it had not stored is gone."""


@record
class TimeUp:
    """The timer with this serial ran out."""

    timer: int


Event = (
    Begin
    | Resume
    | Act
    | Digit
    | Seen
    | Found
    | ScanLost
    | CardRead
    | Unsealed
    | PackCame
    | Completed
    | Registered
    | Refused
    | KeysLost
    | TimeUp
)


# --- effects ------------------------------------------------------------------------------------------------


@record
class OpenCamera:
    """Have the scan service look for a code; then Seen, Found or ScanLost."""


@record
class CloseCamera:
    """Stop looking."""


@record
class ReadCard:
    """Have the key service read a card; then CardRead or Refused."""

    text: str = field(repr=False)


@record
class Unseal:
    """Have the card opened and stored; then Unsealed or Refused. An unsealed card has the code ''."""

    code: str = field(repr=False)


@record
class Contact:
    """Make the first contact; then PackCame or Refused."""


@record
class Complete:
    """Have the first pack opened; then Completed or Refused."""

    pack: str = field(repr=False)


@record
class Abandon:
    """Have what was imported destroyed. The old identity stays."""


@record
class Timer:
    """Start the one timer anew (`seconds`), or stop it (None)."""

    timer: int
    seconds: float | None


Effect = OpenCamera | CloseCamera | ReadCard | Unseal | Contact | Complete | Abandon | Timer
