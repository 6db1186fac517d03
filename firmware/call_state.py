"""Where a call stands: the phases of the call machine, and all that it remembers.

`call` is a small number that names one call for as long as the phone runs. Late answers about a call that is
over carry its old number and are recognised by it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from firmware.call_events import Invited
from firmware.reasons import Why


@dataclass(frozen=True, slots=True)
class Idle:
    """On-hook, nothing going on."""


@dataclass(frozen=True, slots=True)
class OffHook:
    """The handset is lifted and no digit was dialled yet."""


@dataclass(frozen=True, slots=True)
class Dialling:
    """Digits so far, on-hook or off-hook."""

    digits: str


@dataclass(frozen=True, slots=True)
class Preparing:
    """The key service makes the I_MESSAGE. Silent: nobody has verified anybody yet."""

    call: int
    number: str


@dataclass(frozen=True, slots=True)
class Calling:
    """The INVITE is on its way. Silent. `name` is the number's in the signed directory, '' if it has none."""

    call: int
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class RingingOut:
    """The callee has verified us and rings."""

    call: int
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """A verified caller rings here."""

    call: int
    number: str
    name: str
    silenced: bool = False


@dataclass(frozen=True, slots=True)
class Answering:
    """We lifted; our 200 OK is on its way."""

    call: int
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """The callee answered and our handset still lies on its cradle: nothing is heard and nothing is sent."""

    call: int
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Talking:
    """In a call. `secured` once a packet of the peer has authenticated; `lost` while none arrives."""

    call: int
    number: str
    name: str
    began: float
    secured: bool = False
    lost: bool = False


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class State:
    """All that the call machine remembers."""

    phase: Phase = field(default_factory=Idle)
    lifted: bool = False
    own: str = ""
    """Our number, '' when not enrolled."""
    up: bool = False
    """Registered with our CRS."""
    muted: bool = False
    redial: str = ""
    note: Why | None = None
    """What happened beside the call, without ending it."""
    verifying: Invited | None = None
    """An INVITE whose caller is being verified; nothing of it shows yet."""
    calls: int = 0
    """The number of the latest call; the next one is this plus one."""
    timer: int = 0

    @property
    def call(self) -> int | None:
        """The call in hand, if any."""
        return self.phase.call if isinstance(self.phase, CALL_PHASES) else None

    @property
    def free(self) -> bool:
        """True if a call may ring: nothing in hand, and the handset on its cradle."""
        return not self.lifted and isinstance(self.phase, Idle | Over | Dialling)
