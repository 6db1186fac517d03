"""The four services' faces: Varlink interfaces and what travels over them.

Octets travel as base64. Session keys travel as file descriptors of sealed memory, so that the phone service
passes them from `keys` to `media` without ever reading them.
"""

import collections.abc
from dataclasses import dataclass

from asyncvarlink import FileDescriptor, TypedVarlinkErrorReply, VarlinkInterface, varlinkmethod


class Refused(TypedVarlinkErrorReply, name="org.sottovoce.Refused"):
    """A service refused. `code` is what the phone shows (E01…); `text` says what to do next. No secrets."""

    class Parameters:
        code: str
        text: str


@dataclass(frozen=True)
class KeysStatus:
    """What the vault holds, without any key. Strings are empty unless `enrolled`. Times are Unix seconds."""

    enrolled: bool
    pending: bool
    tel: str
    name: str
    organisation: str
    domain: str
    crs: str
    """SIP over TLS of our CRS as host:port; its HTTPS service is on the next port."""
    months: list[str]
    """Months whose keys are held, e.g. ["2026-11"]."""
    expires: int
    """End of the last month whose keys are held."""


@dataclass(frozen=True)
class CardSummary:
    """What the confirm screen shows of a card before anything is stored."""

    tel: str
    name: str
    organisation: str
    issued: int
    expires: int
    month: str
    check_code: str
    """Eight hexadecimal digits, also on the letter."""
    sealed: bool
    """True if a transfer code is needed."""


@dataclass(frozen=True)
class FirstContact:
    """What to send to the CRS: POST `body` to /v1/enrol at `crs`, TLS anchored by `trust_anchor` (PEM)."""

    crs: str
    domain: str
    body: str
    trust_anchor: str


@dataclass(frozen=True)
class TLSIdentity:
    """The phone's TLS client identity. `key` is a descriptor of sealed memory holding the PEM key."""

    certificate: str
    trust_anchor: str
    key: FileDescriptor


@dataclass(frozen=True)
class Initiation:
    """An I_MESSAGE (base64) for one callee, that number's name in the signed directory ('' if it has none),
    and the descriptor of 56 octets of SRTP keys."""

    message: str
    name: str
    keys: FileDescriptor


@dataclass(frozen=True)
class Acceptance:
    """A verified caller: number from the signature, name from the signed directory ('' if unknown there)."""

    caller: str
    name: str
    keys: FileDescriptor


class KeysInterface(VarlinkInterface, name="org.sottovoce.Keys"):
    """The vault. It has no network, no camera and no keypad."""

    errors = (Refused,)

    @varlinkmethod(return_parameter="status")
    async def Status(self) -> KeysStatus:
        """Say what is held."""
        raise NotImplementedError

    @varlinkmethod(return_parameter="summary")
    async def ImportCard(self, *, text: str) -> CardSummary:
        """Read a scanned card. Nothing is stored. Refused E01…E07."""
        raise NotImplementedError

    @varlinkmethod(return_parameter="contact")
    async def Unseal(self, *, transfer_code: str) -> FirstContact:
        """Open the imported card, validate it, store it beside the old identity. Refused E09, E10, E11."""
        raise NotImplementedError

    @varlinkmethod(return_parameter="status")
    async def CompleteEnrolment(self, *, pack: str) -> KeysStatus:
        """Open the first pack: the new identity becomes the identity, the old one is destroyed."""
        raise NotImplementedError

    @varlinkmethod
    async def AbandonEnrolment(self) -> None:
        """Destroy what was imported; the old identity stays."""
        raise NotImplementedError

    @varlinkmethod(return_parameter="contact")
    async def PendingContact(self) -> FirstContact:
        """After a restart: the first contact of an enrolment that was stored but not completed."""
        raise NotImplementedError

    @varlinkmethod(return_parameter="identity")
    async def TLSClient(self) -> TLSIdentity:
        """The identity for mutual TLS with the CRS."""
        raise NotImplementedError

    @varlinkmethod(return_parameter="initiation")
    async def Initiate(self, *, callee: str, ssrc: int) -> Initiation:
        """Make an I_MESSAGE to an E.164 number. Refused E30 (no keys for this month), E31 (no KMS)."""
        raise NotImplementedError

    @varlinkmethod(return_parameter="acceptance")
    async def Accept(self, *, message: str) -> Acceptance:
        """Verify and open an I_MESSAGE. Refused E34 for every cryptographic cause."""
        raise NotImplementedError

    @varlinkmethod
    async def ObserveTime(self, *, unix: int) -> None:
        """The authenticated CRS says what time it is; never accepted backwards past the last time seen."""
        raise NotImplementedError

    @varlinkmethod
    async def Wipe(self) -> None:
        """Destroy every key at once."""
        raise NotImplementedError


@dataclass(frozen=True)
class MediaEndpoint:
    """Where our media socket is bound, and the SSRC that we will send with."""

    port: int
    ssrc: int


@dataclass(frozen=True)
class MediaEvent:
    """`kind`: 'secured' (first authenticated packet), 'lost' (none for 5 s), 'back', 'stats' (every second,
    and once at the end of a call), 'failed' (the sound card has gone; the call is over)."""

    kind: str
    sent: int
    received: int
    lost: int
    concealed: int
    rejected: int
    """Packets that failed authentication or replay."""
    delay_ms: float
    """Jitter buffer depth now."""
    xruns: int
    level: int
    """0 to 12, what the ear hears."""


class MediaInterface(VarlinkInterface, name="org.sottovoce.Media"):
    """Sound card, socket, SRTP and codec. Knows no identity."""

    errors = (Refused,)

    @varlinkmethod(return_parameter="endpoint")
    async def Open(self, *, address: str) -> MediaEndpoint:
        """Bind a UDP socket on a local address for the next call."""
        raise NotImplementedError

    @varlinkmethod
    async def Connect(self, *, host: str, port: int, keys: FileDescriptor) -> None:
        """Take the keys (56 octets) and talk: opens the microphone. Stops any tone."""
        raise NotImplementedError

    @varlinkmethod
    async def Close(self) -> None:
        """End the call: close microphone and socket, wipe the keys."""
        raise NotImplementedError

    @varlinkmethod
    async def Tone(self, *, name: str) -> None:
        """Play 'dial', 'ringback', 'busy', 'congestion', 'howler', 'secure', 'dtmf:5', or 'off'."""
        raise NotImplementedError

    @varlinkmethod
    async def Ring(self, *, on: bool) -> None:
        """Ring, or stop ringing."""
        raise NotImplementedError

    @varlinkmethod
    async def Mute(self, *, on: bool) -> None:
        """Close or open the microphone gate; while closed, silence is sent at the same packet size."""
        raise NotImplementedError

    @varlinkmethod(return_parameter="event")
    async def Monitor(self) -> collections.abc.AsyncIterator[MediaEvent]:
        """Everything the phone should know about the call, as it happens."""
        raise NotImplementedError
        yield  # makes this an iterator


@dataclass(frozen=True)
class ScanEvent:
    """`kind`: 'view' (a picture for the viewfinder), 'code' (a QR was read; the camera is off), 'failed'."""

    kind: str
    view: str
    """112 x 64 grey octets, base64; '' unless kind is 'view'."""
    hint: str
    """'', 'closer', 'flat', 'light', 'glare' or 'stuck'."""
    text: str
    """At most 4096 characters; '' unless kind is 'code'."""


class ScanInterface(VarlinkInterface, name="org.sottovoce.Scan"):
    """Camera frames to QR text. No keys, no network; a hostile code can at worst end this process."""

    errors = (Refused,)

    @varlinkmethod(return_parameter="event")
    async def Scan(self) -> collections.abc.AsyncIterator[ScanEvent]:
        """Open the camera, stream views and hints, end with the first code."""
        raise NotImplementedError
        yield  # makes this an iterator


@dataclass(frozen=True)
class PhoneStatus:
    """What the person at the phone sees now."""

    screen: str
    text: list[str]
    call: str
    registered: bool


class PhoneInterface(VarlinkInterface, name="org.sottovoce.Phone"):
    """The phone itself, for inspection."""

    errors = (Refused,)

    @varlinkmethod(return_parameter="status")
    async def Status(self) -> PhoneStatus:
        """Say what is on the display and what the call machine is doing."""
        raise NotImplementedError
