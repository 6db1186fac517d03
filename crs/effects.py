"""What the pure parts of the CRS ask the shell to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sip.message import Request, Response


@dataclass(frozen=True, slots=True)
class Identity:
    """Who is at the far end: of a phone, the E.164 number and the card's serial that its certificate says.

    For somebody whom a partner's CRS speaks for, `partner` is that domain, the number is that CRS's word, and
    there is no serial.
    """

    tel: str
    serial: str
    partner: str = ""

    @property
    def account(self) -> str:
        """On whose account it goes: a phone's own, or that of the partner as a whole."""
        return f"@{self.partner}" if self.partner else self.tel


@dataclass(frozen=True, slots=True)
class Flow:
    """One TLS connection of one phone (RFC 5626 §3.1), or of a partner's CRS. Compared by `number`, which is
    never used twice.
    """

    number: int
    identity: Identity = field(compare=False)
    remote_host: str = field(compare=False)
    local_host: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Send:
    """Send a message on a flow; if the flow is gone, it is lost."""

    flow: Flow
    message: Request | Response


@dataclass(frozen=True, slots=True)
class CloseFlow:
    """Close a flow, for a reason that goes to the observer."""

    flow: Flow
    why: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something an administrator must see: goes into the hash-chained log."""

    event: str
    detail: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Observed:
    """Something the observer may see. Never written to the log."""

    event: str
    detail: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Offered:
    """A call begins with this I_MESSAGE, sealed to its callee. Kept only where an order says so."""

    caller: str
    callee: str
    relay_id: str
    mikey: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Bound:
    """A phone registered or refreshed; `expires_in` is in seconds."""

    tel: str
    serial: str
    contact: str
    instance: str
    expires_in: int


@dataclass(frozen=True, slots=True)
class Unbound:
    """A phone is not registered any more."""

    tel: str


@dataclass(frozen=True, slots=True)
class PartnerCall:
    """A call to or from a partner has begun. Counted in the log, without numbers."""

    partner: str
    inward: bool


@dataclass(frozen=True, slots=True)
class PartnerUp:
    """A partner's CRS can be reached; it could not be before."""

    partner: str


@dataclass(frozen=True, slots=True)
class PartnerDown:
    """The last link to a partner's CRS has gone."""

    partner: str


Effect = (
    Send | CloseFlow | Alarm | Observed | Offered | Bound | Unbound | PartnerCall | PartnerUp | PartnerDown
)
