"""What there is to show, as facts. How it looks is the renderer's business."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from firmware.acts import NO_KEYS, SoftKeys
from firmware.screens.call_models import (
    CallingScreen,
    CallModel,
    CallScreen,
    DiallingScreen,
    IncomingScreen,
    OverScreen,
)
from firmware.viewfinder import Corners

__all__ = [
    "AboutScreen",
    "CallModel",
    "CallScreen",
    "CallingScreen",
    "ConfirmScreen",
    "DiallingScreen",
    "EnrolledScreen",
    "IdleScreen",
    "IncomingScreen",
    "MenuScreen",
    "Model",
    "NotEnrolledScreen",
    "OverScreen",
    "ProgressScreen",
    "TransferCodeScreen",
    "TroubleScreen",
    "ViewfinderScreen",
    "WipeScreen",
]


@dataclass(frozen=True)
class IdleScreen:
    """The clock, who we are, and whether we can call. `trouble` is '', 'connecting' or a code like 'E21'."""

    now: datetime
    number: str
    name: str
    trouble: str
    valid_to: date | None
    keys: SoftKeys = NO_KEYS


@dataclass(frozen=True)
class NotEnrolledScreen:
    """A phone without keys."""

    now: datetime
    keys: SoftKeys = NO_KEYS


@dataclass(frozen=True)
class ViewfinderScreen:
    """The camera looks for a code. `view` is 112 x 64 grey octets, or b'' before the first picture; `corners`
    is where in it the code was found.
    """

    view: bytes = field(repr=False)
    hint: str
    found: bool
    keys: SoftKeys = NO_KEYS
    corners: Corners = ()


@dataclass(frozen=True)
class ConfirmScreen:
    """Whose card this is, before anything is stored."""

    number: str
    name: str
    organisation: str
    issued: date
    month: date
    check_code: str
    keys: SoftKeys = NO_KEYS


@dataclass(frozen=True)
class TransferCodeScreen:
    """Typing the transfer code: how many digits, never which. `left` is None before the first wrong try."""

    typed: int
    digits: int
    left: int | None
    keys: SoftKeys = NO_KEYS


@dataclass(frozen=True)
class ProgressScreen:
    """Something takes a moment. `stage` is 'opening', 'contacting', 'storing' or 'registering'."""

    stage: str
    keys: SoftKeys = NO_KEYS


@dataclass(frozen=True)
class EnrolledScreen:
    """It is done."""

    number: str
    name: str
    keys: SoftKeys = NO_KEYS


@dataclass(frozen=True)
class TroubleScreen:
    """Enrolment failed for the reason `code` (E01…), or was stored and waits for the server (E12)."""

    code: str
    now: datetime
    keys: SoftKeys = NO_KEYS


@dataclass(frozen=True)
class MenuScreen:
    """A list with one entry chosen. Entries are keys of the catalogue."""

    entries: tuple[str, ...]
    chosen: int
    keys: SoftKeys = NO_KEYS


@dataclass(frozen=True)
class WipeScreen:
    """The question before all keys are destroyed, or (`done`) that they are."""

    done: bool
    keys: SoftKeys = NO_KEYS


@dataclass(frozen=True)
class AboutScreen:
    """What this phone is."""

    version: str
    number: str
    organisation: str
    keys: SoftKeys = NO_KEYS


Model = (
    IdleScreen
    | NotEnrolledScreen
    | CallModel
    | ViewfinderScreen
    | ConfirmScreen
    | TransferCodeScreen
    | ProgressScreen
    | EnrolledScreen
    | TroubleScreen
    | MenuScreen
    | WipeScreen
    | AboutScreen
)
