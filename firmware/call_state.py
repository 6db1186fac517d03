"""Where a call stands: the phases of the call machine, and all that it remembers.

`call` is a small number that names one call for as long as the phone runs. Late answers about a call that is
over carry its old number and are recognised by it.
"""

from __future__ import annotations

from dataclasses import field

from firmware.call_events import VERIFIED, Assurance, Invited
from firmware.reasons import Why
from firmware.record import record

TEST = "echo"
"""The number of the test call: the user part that the CRS itself answers (sip:echo@domain)."""


@record
class Idle:
    """On-hook, nothing going on."""


@record
class OffHook:
    """The handset is lifted and no digit was dialled yet."""


@record
class Dialling:
    """Digits so far, on-hook or off-hook."""

    digits: str


@record
class Preparing:
    """The key service makes the I_MESSAGE. Silent: nobody has verified anybody yet."""

    call: int
    number: str


@record
class Calling:
    """The INVITE is on its way. Silent. `name` is the number's in the signed directory, '' if it has none."""

    call: int
    number: str
    name: str
    assurance: Assurance = VERIFIED


@record
class RingingOut:
    """The callee has verified us and rings."""

    call: int
    number: str
    name: str
    assurance: Assurance = VERIFIED


@record
class Incoming:
    """A verified caller rings here; with the handset lifted, or beside another call, he is a beep."""

    call: int
    number: str
    name: str
    silenced: bool = False
    assurance: Assurance = VERIFIED


@record
class Answering:
    """We answer; our 200 OK is on its way."""

    call: int
    number: str
    name: str
    assurance: Assurance = VERIFIED


@record
class Waiting:
    """The callee answered and our handset still lies on its cradle: nothing is heard and nothing is sent."""

    call: int
    number: str
    name: str
    assurance: Assurance = VERIFIED


@record
class Talking:
    """In a call. `secured` once a packet of the peer has authenticated; `lost` while none arrives.

    `held` by us: its microphone is closed and nothing of it is heard. With the handset on its cradle a held
    call rings, so that nobody is forgotten.
    """

    call: int
    number: str
    name: str
    began: float
    secured: bool = False
    lost: bool = False
    held: bool = False
    held_by_them: bool = False
    outgoing: bool = True
    assurance: Assurance = VERIFIED


@record
class Over:
    """A call is over, or was refused; `why` says it. Off-hook with the busy tone, on-hook as a notice."""

    why: Why
    number: str = ""
    name: str = ""
    seconds: float | None = None


Phase = (
    Idle
    | OffHook
    | Dialling
    | Preparing
    | Calling
    | RingingOut
    | Incoming
    | Answering
    | Waiting
    | Talking
    | Over
)

CALL_PHASES = (Preparing, Calling, RingingOut, Incoming, Answering, Waiting, Talking)


@record
class State:
    """All that the call machine remembers."""

    phase: Phase = field(default_factory=Idle)
    """The call in the foreground, or what is done instead of one."""
    other: Talking | Incoming | None = None
    """At most one other call: one that we hold, or a verified caller who waits."""
    lifted: bool = False
    speaker: bool = False
    """Somebody chose to talk hands-free."""
    pressed: bool = False
    """The cradle was pressed a moment ago; the microphone's gate is closed until it is known what for."""
    own: str = ""
    """Our number, '' when not enrolled."""
    up: bool = False
    """Registered with our CRS."""
    muted: bool = False
    redial: str = ""
    speed: tuple[tuple[str, str], ...] = ()
    """Speed dials: pairs of a key ('1' to '9') and a number."""
    do_not_disturb: bool = False
    note: Why | None = None
    """What happened beside the call, without ending it."""
    verifying: Invited | None = None
    """An INVITE whose caller is being verified; nothing of it shows yet."""
    calls: int = 0
    """The number of the latest call; the next one is this plus one."""
    neglect: int = 0
    """How long a lifted handset has been forgotten: 1 congestion, 2 howler."""
    timer: int = 0
    """The serial of the timer of the phase."""
    other_timer: int = 0
    """The serial of the timer of the other call; serials are never used twice."""

    @property
    def call(self) -> int | None:
        """The call in the foreground, if any."""
        return self.phase.call if isinstance(self.phase, CALL_PHASES) else None

    @property
    def in_a_call(self) -> bool:
        """True if there is any call, in the foreground or beside it."""
        return self.call is not None or self.other is not None

    @property
    def off_hook(self) -> bool:
        """True if somebody can talk: handset lifted, or hands-free."""
        return self.lifted or self.speaker

    @property
    def free(self) -> bool:
        """True if a call may ring: nothing in hand, and the handset on its cradle."""
        return not self.off_hook and self.other is None and isinstance(self.phase, Idle | Over | Dialling)

    @property
    def held(self) -> Talking | None:
        """The other call, if it is one that we hold."""
        return self.other if isinstance(self.other, Talking) else None

    @property
    def knocking(self) -> Incoming | None:
        """The other call, if it is a caller who waits."""
        return self.other if isinstance(self.other, Incoming) else None

    @property
    def heard(self) -> Talking | None:
        """The call whose microphone is open, if any."""
        return self.phase if isinstance(self.phase, Talking) and not self.phase.held else None
