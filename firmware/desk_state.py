"""All that a phone remembers that is left alone: its page, its records, its lock, its lamps and its light."""

from __future__ import annotations

from dataclasses import field, replace
from datetime import date

from firmware.call_log import CallLog
from firmware.contacts import Book
from firmware.erase import Erase, Rest
from firmware.interfaces import MediaEvent
from firmware.pages import Closed, Page
from firmware.record import record
from firmware.settings import Settings, Sound
from firmware.update_news import News


@record
class Lock:
    """The phone is locked. `trouble` is the code of the last refusal; `until` the monotonic moment from which
    a PIN may be tried again; `tries` what is left of ten, None if nobody has said.
    """

    digits: str = field(default="", repr=False)
    asking: bool = False
    trouble: str = ""
    until: float = 0.0
    tries: int | None = None


@record
class Bar:
    """A volume that is being changed; shows until `until`."""

    sound: Sound
    until: float


@record
class Notice:
    """Something to be read once: the key of its words, and what fills them in."""

    what: str
    days: int = 0
    version: str = ""


@record
class Desk:
    """Where everything that is no call and no enrolment stands."""

    page: Page = field(default_factory=Closed)
    settings: Settings = field(default_factory=Settings)
    book: Book = field(default_factory=Book)
    log: CallLog = field(default_factory=CallLog)
    recalled: frozenset[str] = frozenset()
    """The records that were read; no other is ever written, so that a record that did not open stays."""
    begun: tuple[tuple[int, int], ...] = ()
    """Calls in hand, and the Unix second in which each began."""
    lock: Lock | None = None
    erase: Erase = field(default_factory=Rest)
    bar: Bar | None = None
    notices: tuple[Notice, ...] = ()
    """What is told and was not read yet, in the order in which it came; the first is shown."""
    held: frozenset[str] = frozenset()
    """The keys that are down."""
    chord: bool = False
    """Two were down at once since all were up."""
    held_since: float = 0.0
    """The monotonic moment of the last key that went down."""
    long: bool = False
    """That key's being held was told already."""
    lifted: bool = False
    """Where the handset is, whatever the call machine was told."""
    touched: float = 0.0
    """The monotonic moment at which something was last touched, or happened."""
    steady: float = 0.0
    """Soft keys do nothing before this monotonic moment: the clock or a page came back of itself, or a caller
    came, and a finger may be on its way to what showed until then.
    """
    warned: date | None = None
    """The day (UTC) of the last notice that the keys end."""
    asked: str = ""
    """What the directory was last asked for."""
    heard: MediaEvent | None = None
    """The last word of the media service about a call."""
    update: News = field(default_factory=News)
    """Where an update of the software stands."""
    began: float = 0.0
    """The monotonic moment of the start."""

    @property
    def notice(self) -> Notice | None:
        """What is shown until it is read."""
        return self.notices[0] if self.notices else None

    def telling(self, notice: Notice) -> Desk:
        """Return this desk with something to read, behind what was told before.

        So no key puts away what its finger did not see. What is told a second time keeps its place, and says
        what fills it in now.
        """
        told = {each.what: each for each in self.notices}  # as many as there are kinds
        return replace(self, notices=tuple((told | {notice.what: notice}).values()))

    def having_read(self) -> Desk:
        """Return this desk without what it shows to be read; then comes the next."""
        return replace(self, notices=self.notices[1:])
