"""What a phone that is left alone can show besides the clock: the pages of its menu.

`back` is the page that Back leads to. Digits of a PIN, and names being typed, never appear in a repr.
"""

from __future__ import annotations

from dataclasses import field

from firmware.multi_tap import Taps
from firmware.record import record
from firmware.self_test import Test
from firmware.settings import Sound


@record
class Closed:
    """No page shows."""


@record
class Main:
    """The list of everything, one entry chosen."""

    chosen: int = 0


@record
class Admin:
    """What the administrator does: enrol, wipe."""

    chosen: int = 0


@record
class Calls:
    """The call log."""

    chosen: int = 0
    back: Page = field(default_factory=Closed)


@record
class Call:
    """One call of the log, with all that is known of it."""

    back: Calls


@record
class Clearing:
    """The question before the log is cleared."""

    back: Calls


@record
class People:
    """Contacts and the signed directory, narrowed by what is typed on the keys."""

    typed: str = ""
    chosen: int = 0
    back: Page = field(default_factory=Closed)


@record
class Person:
    """One of them. `name` is what the list called them."""

    tel: str
    name: str
    back: Page = field(default_factory=Closed)


@record
class Removing:
    """The question before a contact is deleted."""

    back: Person


@record
class Naming:
    """Typing the name of a contact."""

    tel: str
    taps: Taps
    back: Page = field(default_factory=Closed)


@record
class Keying:
    """Waiting for the speed-dial key of a person."""

    back: Person


@record
class Preferences:
    """The list of settings."""

    chosen: int = 0


@record
class Options:
    """The values of one setting."""

    setting: str
    chosen: int
    back: Preferences


@record
class Loudness:
    """One volume, changed by the soft keys and the volume keys."""

    sound: Sound
    back: Preferences


@record
class Code:
    """Typing a PIN. `purpose`: 'enrol', 'wipe', 'month', 'clock', 'remove' (the PIN there is), 'old', 'new',
    'repeat'.

    `trouble` is the code of the last refusal (E47, E48) or 'different', '' if there was none.
    """

    purpose: str
    digits: str = field(default="", repr=False)
    old: str = field(default="", repr=False)
    new: str = field(default="", repr=False)
    trouble: str = ""
    asking: bool = False
    """The key service is looking at it."""
    until: float = 0.0
    """The monotonic moment from which a PIN may be tried again."""
    tries: int | None = None
    """What is left of ten, None if nobody has said."""


@record
class Told:
    """Something was done or could not be: `what` is the key of the words."""

    what: str
    back: Page = field(default_factory=Closed)


@record
class Standing:
    """Status and diagnostics, one of several pages."""

    number: int = 0


@record
class Wiping:
    """The question before every key is destroyed."""


@record
class Months:
    """The months whose keys are held, in order."""

    chosen: int = 0
    back: Page = field(default_factory=Closed)


@record
class RemovingMonth:
    """The question before the keys of one month are destroyed."""

    month: str
    back: Months


@record
class Clocking:
    """The question whether the server's time, shown as `unix`, is right."""

    unix: int


@record
class Restarting:
    """The question before the phone restarts."""


@record
class Wiped:
    """Every key is destroyed."""


@record
class About:
    """What this phone is."""


@record
class Advice:
    """What to do about the trouble that the idle screen shows."""

    trouble: str


@record
class Testing:
    """The self-test. At its end `reading` is which of its failures is read, None for the summary."""

    test: Test
    reading: int | None = None


Page = (
    Closed
    | Main
    | Admin
    | Calls
    | Call
    | Clearing
    | People
    | Person
    | Removing
    | Naming
    | Keying
    | Preferences
    | Options
    | Loudness
    | Code
    | Told
    | Standing
    | Wiping
    | Months
    | RemovingMonth
    | Clocking
    | Restarting
    | Wiped
    | About
    | Advice
    | Testing
)
