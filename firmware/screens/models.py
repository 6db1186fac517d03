"""What there is to show, as facts. How it looks is the renderer's business."""

from __future__ import annotations

from dataclasses import field
from datetime import date, datetime

from firmware.acts import NO_KEYS, SoftKeys
from firmware.record import record
from firmware.screens.call_models import (
    CallingScreen,
    CallModel,
    CallScreen,
    DiallingScreen,
    IncomingScreen,
    OtherCall,
    OverScreen,
    TestCallScreen,
)
from firmware.screens.desk_models import (
    AboutScreen,
    AdviceScreen,
    ClockScreen,
    DeskModel,
    EraseScreen,
    FailureScreen,
    IdleScreen,
    KeyingScreen,
    ListScreen,
    LockScreen,
    MonthScreen,
    NamingScreen,
    NotEnrolledScreen,
    PastCallScreen,
    PatternScreen,
    PersonScreen,
    PINScreen,
    QuestionScreen,
    Row,
    ScaleScreen,
    SelfTestScreen,
    SummaryScreen,
    TableScreen,
    ToldScreen,
    WipeScreen,
)
from firmware.viewfinder import Corners

__all__ = [
    "AboutScreen",
    "AdviceScreen",
    "CallModel",
    "CallScreen",
    "CallingScreen",
    "ClockScreen",
    "ConfirmScreen",
    "DeskModel",
    "DiallingScreen",
    "EnrolledScreen",
    "EraseScreen",
    "FailureScreen",
    "IdleScreen",
    "IncomingScreen",
    "KeyingScreen",
    "ListScreen",
    "LockScreen",
    "Model",
    "MonthScreen",
    "NamingScreen",
    "NotEnrolledScreen",
    "OtherCall",
    "OverScreen",
    "PINScreen",
    "PastCallScreen",
    "PatternScreen",
    "PersonScreen",
    "ProgressScreen",
    "QuestionScreen",
    "Row",
    "ScaleScreen",
    "SelfTestScreen",
    "Shown",
    "SummaryScreen",
    "TableScreen",
    "TestCallScreen",
    "ToldScreen",
    "TransferCodeScreen",
    "TroubleScreen",
    "ViewfinderScreen",
    "VolumeScreen",
    "WipeScreen",
]


@record
class ViewfinderScreen:
    """The camera looks for a code. `view` is 112 x 64 grey octets, or b'' before the first picture; `corners`
    is where in it the code was found.
    """

    view: bytes = field(repr=False)
    hint: str
    found: bool
    keys: SoftKeys = NO_KEYS
    corners: Corners = ()


@record
class ConfirmScreen:
    """Whose card this is, before anything is stored."""

    number: str
    name: str
    organisation: str
    issued: date
    month: date
    check_code: str
    keys: SoftKeys = NO_KEYS


@record
class TransferCodeScreen:
    """Typing the transfer code: how many digits, never which. `left` is None before the first wrong try."""

    typed: int
    digits: int
    left: int | None
    keys: SoftKeys = NO_KEYS


@record
class ProgressScreen:
    """Something takes a moment. `stage` is 'opening', 'contacting', 'storing' or 'registering'."""

    stage: str
    keys: SoftKeys = NO_KEYS


@record
class EnrolledScreen:
    """It is done."""

    number: str
    name: str
    keys: SoftKeys = NO_KEYS


@record
class TroubleScreen:
    """Enrolment failed for the reason `code` (E01…), or was stored and waits for the server (E12)."""

    code: str
    now: datetime
    keys: SoftKeys = NO_KEYS


Shown = (
    DeskModel
    | CallModel
    | ViewfinderScreen
    | ConfirmScreen
    | TransferCodeScreen
    | ProgressScreen
    | EnrolledScreen
    | TroubleScreen
)


@record
class VolumeScreen:
    """A volume that is being changed, over whatever else shows; it covers the labels for a moment."""

    under: Shown
    sound: str
    level: int

    @property
    def keys(self) -> SoftKeys:
        """What the soft keys do goes on."""
        return self.under.keys


Model = Shown | VolumeScreen
