"""What there is to show of a call, as facts."""

from __future__ import annotations

from firmware.acts import NO_KEYS, SoftKeys
from firmware.call_events import VERIFIED, Assurance
from firmware.reasons import Why
from firmware.record import record


@record
class OtherCall:
    """The call beside the one in the foreground: 'held' by us, or a verified caller 'waiting'."""

    kind: str
    number: str
    name: str


@record
class DiallingScreen:
    """Digits so far. `match` is who they may mean, a name and where it is from."""

    digits: str
    lifted: bool
    keys: SoftKeys = NO_KEYS
    match: tuple[str, str] | None = None
    hands_free: bool = False
    other: OtherCall | None = None
    forgotten: bool = False
    """The handset has been off its cradle for too long."""


@record
class CallingScreen:
    """An attempt to call. `stage` is 'preparing', 'calling', 'ringing out' or 'answered' (not lifted yet).

    `lifted` is True as well for somebody who talks hands-free; `test` for the test call, which has no number.
    """

    stage: str
    number: str
    lifted: bool
    keys: SoftKeys = NO_KEYS
    hands_free: bool = False
    test: bool = False
    other: OtherCall | None = None


@record
class IncomingScreen:
    """A caller rings; with `lifted`, although the handset is not on its cradle."""

    number: str
    name: str
    keys: SoftKeys = NO_KEYS
    assurance: Assurance = VERIFIED
    lifted: bool = False
    other: OtherCall | None = None


@record
class CallScreen:
    """In a call. `stage` is 'answering', 'securing', 'secure' or 'lost'; `level` 0 to 12.

    `held` is '', 'us' (we hold), 'them', or 'both'. `recall` if a held call rings on its cradle.
    """

    stage: str
    number: str
    name: str
    seconds: int
    level: int
    muted: bool
    note: Why | None = None
    keys: SoftKeys = NO_KEYS
    assurance: Assurance = VERIFIED
    held: str = ""
    hands_free: bool = False
    recall: bool = False
    other: OtherCall | None = None


@record
class TestCallScreen:
    """Talking to the echo. `stage` as in CallScreen; `level` 0 to 12."""

    stage: str
    seconds: int
    level: int
    muted: bool
    hands_free: bool = False
    keys: SoftKeys = NO_KEYS


@record
class OverScreen:
    """A call is over."""

    why: Why
    number: str
    name: str
    seconds: int | None
    keys: SoftKeys = NO_KEYS
    other: OtherCall | None = None
    forgotten: bool = False


CallModel = DiallingScreen | CallingScreen | IncomingScreen | CallScreen | TestCallScreen | OverScreen
