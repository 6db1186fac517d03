"""What a phone that is left alone has to show, as facts. Where a field is a key, it is the catalogue's."""

from __future__ import annotations

from dataclasses import field
from datetime import date, datetime

from firmware.acts import NO_KEYS, SoftKeys
from firmware.record import record


@record
class IdleScreen:
    """The clock, who we are, and whether we can call. `trouble` is '', 'connecting' or a code like 'E21'.
    `now` is None, here and below, while nobody has told the time.
    """

    now: datetime | None
    number: str
    name: str
    trouble: str
    valid_to: date | None
    keys: SoftKeys = NO_KEYS
    missed: int = 0
    quiet: bool = False
    """Do not disturb."""
    days: int | None = None
    """How many days the keys still last, if few enough to warn of."""


@record
class NotEnrolledScreen:
    """A phone without keys."""

    now: datetime | None
    keys: SoftKeys = NO_KEYS


@record
class Row:
    """One row of a list: a text, or the key of one; what stands at its right; its sign ('in', 'out',
    'missed', 'chosen' or '').
    """

    key: str = ""
    text: str = ""
    right_key: str = ""
    right: str = ""
    sign: str = ""
    value: int | None = None
    """Fills `{value}` in the right-hand text."""
    day: date | None = None
    """Stands at the right, as a date is written in the language."""
    month: date | None = None
    """Stands at the left, as a month is written in the language."""


@record
class ListScreen:
    """A list, one row of it chosen; `numbered` if digits choose from the first nine. `typed` narrows it;
    `empty` says why there is nothing on it (a key).
    """

    rows: tuple[Row, ...]
    chosen: int
    keys: SoftKeys = NO_KEYS
    numbered: bool = True
    typed: str = ""
    empty: str = ""


@record
class WipeScreen:
    """The question before all keys are destroyed, or (`done`) that they are."""

    done: bool
    keys: SoftKeys = NO_KEYS


@record
class AboutScreen:
    """What this phone is, and who can open its calls: `mode` as in KeysStatus."""

    version: str
    number: str
    organisation: str
    keys: SoftKeys = NO_KEYS
    mode: str = ""


@record
class QuestionScreen:
    """A question about something that cannot be undone: a key."""

    what: str
    name: str = ""
    keys: SoftKeys = NO_KEYS


@record
class MonthScreen:
    """The question before the keys of one month are destroyed; `now` if it is this month."""

    month: date
    now: bool
    keys: SoftKeys = NO_KEYS


@record
class ClockScreen:
    """The question whether the server's time is right, beside our own. Both are local times."""

    server: datetime
    ours: datetime
    keys: SoftKeys = NO_KEYS


@record
class ToldScreen:
    """Something to be read once: a key."""

    what: str
    keys: SoftKeys = NO_KEYS
    days: int = 0
    until: date | None = None
    version: str = ""


@record
class PINScreen:
    """Typing a PIN: how many digits, never which. `purpose`, `trouble` as in pages.Code; `wait` seconds."""

    purpose: str
    typed: int
    keys: SoftKeys = NO_KEYS
    trouble: str = ""
    wait: int = 0
    tries: int | None = None
    asking: bool = False


@record
class LockScreen:
    """The phone is locked; as PINScreen, with the clock."""

    now: datetime | None
    typed: int
    keys: SoftKeys = NO_KEYS
    trouble: str = ""
    wait: int = 0
    tries: int | None = None
    asking: bool = False
    missed: int = 0


@record
class PersonScreen:
    """One person; `detail` is the key of where the name is from, `speed` the key of a speed dial or ''."""

    name: str
    number: str
    detail: str
    speed: str
    keys: SoftKeys = NO_KEYS


@record
class KeyingScreen:
    """Which key shall dial this person?"""

    name: str
    number: str
    taken: str
    """The speed-dial keys that are taken."""
    keys: SoftKeys = NO_KEYS


@record
class PastCallScreen:
    """One call of the log."""

    name: str
    number: str
    direction: str
    began: datetime
    seconds: int
    keys: SoftKeys = NO_KEYS


@record
class NamingScreen:
    """Typing a name; `capital` if the next letter is one."""

    number: str
    text: str = field(repr=False)
    capital: bool
    keys: SoftKeys = NO_KEYS


@record
class ScaleScreen:
    """One volume of three, 0 to 10."""

    sound: str
    level: int
    keys: SoftKeys = NO_KEYS


@record
class TableScreen:
    """Pairs of a key and a value; page `number` of `pages`."""

    title: str
    rows: tuple[tuple[str, str], ...]
    number: int
    pages: int
    keys: SoftKeys = NO_KEYS


@record
class AdviceScreen:
    """What to do about the trouble with this code."""

    code: str
    keys: SoftKeys = NO_KEYS


@record
class EraseScreen:
    """The emergency erase: 'asking' with `part` of the bar full, 'erasing', 'erased' or 'kept', and why."""

    stage: str
    part: float = 0.0
    code: str = ""
    keys: SoftKeys = NO_KEYS


@record
class SelfTestScreen:
    """One part of the self-test; `wants` is the key of what the person should do."""

    part: str
    number: int
    wants: str
    keys: SoftKeys = NO_KEYS
    missing: tuple[str, ...] = ()
    level: int = 0
    view: bytes = field(default=b"", repr=False)
    focus: int = 0


@record
class PatternScreen:
    """A pattern that shows every pixel: 'white', 'lines', 'steps' or 'edges'."""

    pattern: str
    keys: SoftKeys = NO_KEYS


@record
class SummaryScreen:
    """How the self-test went: part and outcome ('passed', 'skipped' or a code)."""

    results: tuple[tuple[str, str], ...]
    keys: SoftKeys = NO_KEYS


@record
class FailureScreen:
    """What to do about a part that failed the self-test; `detail` as in self_test.Result."""

    part: str
    detail: str
    keys: SoftKeys = NO_KEYS


DeskModel = (
    IdleScreen
    | NotEnrolledScreen
    | ListScreen
    | WipeScreen
    | AboutScreen
    | QuestionScreen
    | MonthScreen
    | ClockScreen
    | ToldScreen
    | PINScreen
    | LockScreen
    | PersonScreen
    | KeyingScreen
    | PastCallScreen
    | NamingScreen
    | ScaleScreen
    | TableScreen
    | AdviceScreen
    | EraseScreen
    | SelfTestScreen
    | PatternScreen
    | SummaryScreen
    | FailureScreen
)
