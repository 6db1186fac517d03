"""What there is to show of a call, as facts."""

from __future__ import annotations

from dataclasses import dataclass

from firmware.acts import NO_KEYS, SoftKeys
from firmware.reasons import Why


@dataclass(frozen=True)
class DiallingScreen:
    """Digits so far."""

    digits: str
    lifted: bool
    keys: SoftKeys = NO_KEYS


@dataclass(frozen=True)
class CallingScreen:
    """An attempt to call. `stage` is 'preparing', 'calling', 'ringing out' or 'answered' (not lifted yet)."""

    stage: str
    number: str
    lifted: bool
    keys: SoftKeys = NO_KEYS


@dataclass(frozen=True)
class IncomingScreen:
    """A verified caller rings."""

    number: str
    name: str
    keys: SoftKeys = NO_KEYS


@dataclass(frozen=True)
class CallScreen:
    """In a call. `stage` is 'answering', 'securing', 'secure' or 'lost'; `level` 0 to 12."""

    stage: str
    number: str
    name: str
    seconds: int
    level: int
    muted: bool
    note: Why | None = None
    keys: SoftKeys = NO_KEYS


@dataclass(frozen=True)
class OverScreen:
    """A call is over."""

    why: Why
    number: str
    name: str
    seconds: int | None
    keys: SoftKeys = NO_KEYS


CallModel = DiallingScreen | CallingScreen | IncomingScreen | CallScreen | OverScreen
