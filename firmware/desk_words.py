"""What happens to a phone that is left alone (events), and what it asks for (effects). No PIN in a repr."""

from __future__ import annotations

from dataclasses import field

from drivers.ports import HookEvent, KeyEvent
from firmware import call_effects as do
from firmware import call_events as on
from firmware import self_test
from firmware.acts import Act
from firmware.call_state import CALL_PHASES, State
from firmware.interfaces import DirectoryEntry, KeysStatus, MediaEvent
from firmware.record import record
from firmware.update_news import News

# --- events -------------------------------------------------------------------------------------------------


@record
class Chosen:
    """A key of the dial pad, or 'up' or 'down', meant for the page that shows."""

    key: str


@record
class Turned:
    """A volume key: +1 or -1."""

    by: int


@record
class Ticked:
    """Time passes: every second, and ten times a second while a key is held or a test runs."""


@record
class CallsMoved:
    """The call machine went from one state to another."""

    before: State
    after: State


@record
class CallEnded:
    """A call is over, as call_effects.Log tells it."""

    call: int
    direction: str
    tel: str
    name: str
    seconds: int


@record
class StatusCame:
    """The key service said what it holds."""

    status: KeysStatus


@record
class Recalled:
    """A record was read: its octets, b'' if there is none, None if it cannot be had."""

    name: str
    octets: bytes | None = field(repr=False)


@record
class NotStored:
    """A record could not be written: the code."""

    code: str


@record
class Found:
    """What the signed directory answered to `text`."""

    text: str
    entries: tuple[DirectoryEntry, ...]


@record
class PINTaken:
    """The PIN was right, or the new one is set."""


@record
class PINRefused:
    """The PIN was refused: E47, E48 or E49, or E41 if nobody could look at it; then `wait` and `tries`."""

    code: str
    wait: int = 0
    tries: int | None = None


@record
class Wiped:
    """Every key and record is destroyed."""


@record
class TimeTaken:
    """The key service took the time that was confirmed, or refused it: the code."""

    code: str = ""


@record
class NotWiped:
    """The key service could not destroy them: the code."""

    code: str


@record
class MonthRemoved:
    """The key service destroyed the keys of a month, or could not: the code."""

    code: str = ""


@record
class Heard:
    """The media service said something about a call."""

    event: MediaEvent


@record
class UpdateMoved:
    """Something is new about an update of the software."""

    news: News


@record
class BeginTest:
    """Start the self-test on a board that has these keys."""

    keys: frozenset[str] = self_test.MANY_KEYS


Event = (
    KeyEvent
    | HookEvent
    | Act
    | Chosen
    | Turned
    | Ticked
    | CallsMoved
    | CallEnded
    | StatusCame
    | Recalled
    | NotStored
    | Found
    | PINTaken
    | PINRefused
    | Wiped
    | NotWiped
    | TimeTaken
    | MonthRemoved
    | Heard
    | UpdateMoved
    | BeginTest
    | self_test.Level
    | self_test.View
    | self_test.Looked
)


# --- effects ------------------------------------------------------------------------------------------------


@record
class ToCalls:
    """Tell the call machine."""

    event: on.Event


@record
class BeginEnrolment:
    """Start enrolment."""


@record
class Recall:
    """Have a record read; then Recalled."""

    name: str


@record
class Remember:
    """Have a record written."""

    name: str
    octets: bytes = field(repr=False)


@record
class Choose:
    """Tell the media service tone plan, ring tone and volumes."""


@record
class Find:
    """Ask the signed directory for each of these; then Found with `text`."""

    text: str
    also: tuple[str, ...] = ()


@record
class Unlock:
    """Have a PIN looked at; then PINTaken or PINRefused."""

    pin: str = field(repr=False)


@record
class SetPIN:
    """Have the PIN changed; then PINTaken or PINRefused."""

    old: str = field(repr=False)
    new: str = field(repr=False)


@record
class WipeKeys:
    """Have everything destroyed; then Wiped or NotWiped."""


@record
class RemoveMonth:
    """Have the keys of one month destroyed; then MonthRemoved."""

    month: str


@record
class AcceptTime:
    """The server's time, shown as `unix` (seconds), was confirmed: set the clock; then TimeTaken."""

    unix: int


@record
class WantTest:
    """Somebody wants the self-test: BeginTest with the keys of this board."""


@record
class Restart:
    """Restart the phone, into new software if it is ready."""


@record
class SeekUpdate:
    """Somebody wants to know whether there is newer software; then UpdateMoved."""


@record
class UpdateSeen:
    """The outcome of an update was read."""


@record
class TestOrder:
    """Something for the self-test."""

    order: self_test.Order


Effect = (
    ToCalls
    | BeginEnrolment
    | Recall
    | Remember
    | Choose
    | Find
    | Unlock
    | SetPIN
    | WipeKeys
    | AcceptTime
    | RemoveMonth
    | WantTest
    | Restart
    | SeekUpdate
    | UpdateSeen
    | TestOrder
)

ForOthers = ToCalls | BeginEnrolment | Restart | SeekUpdate | UpdateSeen
"""What the desk machine wants of others: of calls, enrolment and updates."""


def ending(calls: State) -> tuple[Effect, ...]:
    """Return what ends every call, the one in the foreground first: no call outlives its keys."""
    return tuple(ToCalls(Act.END) for call in (calls.phase, calls.other) if isinstance(call, CALL_PHASES))


def ended(log: do.Log) -> CallEnded:
    """Return what the desk hears of a call that is over."""
    return CallEnded(log.call, log.direction, log.number, log.name, log.seconds or 0)
