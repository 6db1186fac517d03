"""The four services' faces: Varlink interfaces and what travels over them.

Octets travel as base64. Session keys travel as file descriptors of sealed memory, so that the phone service
passes them from `keys` to `media` without ever reading them.
"""

import collections.abc

from asyncvarlink import FileDescriptor, TypedVarlinkErrorReply, VarlinkInterface, varlinkmethod

from firmware.record import record


class Refused(TypedVarlinkErrorReply, name="org.sottovoce.Refused"):
    """A service refused. `code` is what the phone shows (E01…); `text` says what to do next. No secrets."""

    class Parameters:
        code: str
        text: str


@record
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
    serial: str
    """Serial of the card, sixteen hexadecimal digits."""
    months: list[str]
    """Months whose keys are held, e.g. ["2026-11"]."""
    expires: int
    """End of the last month whose keys are held."""
    pin: bool
    """A PIN is set."""
    locked: bool
    """The vault is shut until the PIN is typed; everything else above is then empty."""
    tries: int
    """Wrong PINs left before every key is destroyed."""
    wait: int
    """Seconds until the next PIN may be tried."""
    packed: str
    """Month of the last pack that was opened; the next one is for a later month."""
    bulletin: int
    """Number of the bulletin that directory and policy are from; 0 if there is none yet."""
    revoked_at: int
    """When the revocation list that is held was issued; 0 if there is none yet."""
    mode: str
    """Who can open calls, by our domain's policy: 'compatible', 'escrow', 'forward-secret'; '' unknown."""
    call_log: bool
    """The policy lets this phone keep a list of its calls."""
    openings: int
    """Months of somebody in our domain that were opened for a case, by the issuance lists that are held."""
    others: int
    """Keys for our number that somebody else holds, by the issuance lists; anything but 0 is an alarm."""
    proposed: int
    """The time by the CRS if it is more than 48 hours ahead and somebody must confirm it here; 0: nothing."""
    keyless: bool
    """No keys of this month are held, by the key service's own clock, which the CRS corrects."""
    told: bool
    """The CRS has told the time since the key service started."""
    ahead: int
    """Seconds by which the key service's clock is ahead of the board's, which may have no battery."""


@record
class DirectoryEntry:
    """One person of the signed directory."""

    tel: str
    name: str


@record
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


@record
class FirstContact:
    """What to send to the CRS: POST `body` to /v1/enrol at `crs`, TLS anchored by `trust_anchor` (PEM) at
    `moment` (Unix seconds) or later.
    """

    crs: str
    domain: str
    body: str
    trust_anchor: str
    moment: int


@record
class TLSIdentity:
    """The phone's TLS client identity. `key` is a descriptor of sealed memory holding the PEM key; `moment`
    is the latest (Unix seconds) that the vault knows to have come.
    """

    certificate: str
    trust_anchor: str
    key: FileDescriptor
    moment: int


@record
class Initiation:
    """An I_MESSAGE (base64) for one callee, that number's name in the signed directory ('' if it has none),
    and the descriptor of 56 octets of SRTP keys."""

    message: str
    name: str
    keys: FileDescriptor


@record
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
        """Read a scanned card. Nothing is stored. Refused E01 to E05, E07, E09, E13."""
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
        """Make an I_MESSAGE to an E.164 number. Refused E30 (no keys for this month), E31 (the partner whose
        number it is has sent none for it), E33 (no number; it shows as one that cannot be dialled).
        """
        raise NotImplementedError

    @varlinkmethod(return_parameter="acceptance")
    async def Accept(self, *, message: str) -> Acceptance:
        """Verify and open an I_MESSAGE. Refused E30 without keys for this month, else E34 for every cause."""
        raise NotImplementedError

    @varlinkmethod(return_parameter="status")
    async def Take(self, *, kind: str, octets: FileDescriptor) -> KeysStatus:
        """Take in a 'pack', a 'bulletin', the list of the 'revoked', the lists of 'partners' or an 'issuance'
        list, as sealed memory.

        Refused E02, E03, E04, E09 (nothing changes then), E11, E30.
        """
        raise NotImplementedError

    @varlinkmethod(return_parameter="status")
    async def ObserveTime(self, *, unix: int) -> KeysStatus:
        """The authenticated CRS says what time it is; never accepted backwards past the last time seen.

        More than 48 hours ahead it is not taken; what has to be confirmed is in the status. Refused E46.
        """
        raise NotImplementedError

    @varlinkmethod(return_parameter="status")
    async def AcceptTime(self, *, unix: int) -> KeysStatus:
        """Somebody at the phone confirms the time that was shown as `unix`. Refused E39, E46, E47."""
        raise NotImplementedError

    @varlinkmethod(return_parameter="status")
    async def RemoveMonth(self, *, month: str) -> KeysStatus:
        """Destroy the keys of one month; they do not come back by a pack. Refused E11, E30, E46, E47."""
        raise NotImplementedError

    @varlinkmethod
    async def Wipe(self) -> None:
        """Destroy every key and every record at once."""
        raise NotImplementedError

    @varlinkmethod(return_parameter="initiation")
    async def InitiateEcho(self, *, ssrc: int) -> Initiation:
        """Make an I_MESSAGE to ourselves and open it; `keys` decrypt what they encrypt. Refused E30, E37."""
        raise NotImplementedError

    @varlinkmethod(return_parameter="entries")
    async def Find(self, *, text: str, limit: int) -> list[DirectoryEntry]:
        """Search the signed directory: digits match either end of a number, letters a word of a name."""
        raise NotImplementedError

    @varlinkmethod(return_parameter="status")
    async def Unlock(self, *, pin: str) -> KeysStatus:
        """Open the vault, or check the PIN of an open one. Refused E47 (wrong), E48 (too soon), E49 (the
        tenth wrong one: everything is destroyed).
        """
        raise NotImplementedError

    @varlinkmethod
    async def SetPIN(self, *, old: str, new: str) -> None:
        """Change the PIN (4 to 12 digits); '' for none. Refused E11, E47, E48, E49."""
        raise NotImplementedError

    @varlinkmethod(return_parameter="data")
    async def Recall(self, *, name: str) -> str:
        """Return a record (base64), '' if there is none: 'settings' always opens, 'contacts' and 'log' only
        with the vault. Refused E46.
        """
        raise NotImplementedError

    @varlinkmethod
    async def Remember(self, *, name: str, data: str) -> None:
        """Store a record, at most 256 KiB, sealed on the disk. Refused E11, E46."""
        raise NotImplementedError


@record
class MediaEndpoint:
    """Where our media socket is bound, and the SSRC that we will send with."""

    port: int
    ssrc: int


@record
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
    call: int
    """The call that it is about, as numbered by Open."""
    jitter_ms: float
    """Interarrival jitter (RFC 3550 §6.4.1)."""
    spoken: int
    """0 to 12, what the microphone hears; 0 while its gate is closed."""


class MediaInterface(VarlinkInterface, name="org.sottovoce.Media"):
    """Sound card, sockets, SRTP and codec. Knows no identity. Two calls at most, one of them heard."""

    errors = (Refused,)

    @varlinkmethod(return_parameter="endpoint")
    async def Open(self, *, call: int, address: str) -> MediaEndpoint:
        """Bind a UDP socket on a local address for the call that will be `call`."""
        raise NotImplementedError

    @varlinkmethod
    async def Connect(self, *, call: int, host: str, port: int, keys: FileDescriptor, echo: bool) -> None:
        """Take the keys (56 octets) and talk: opens the microphone, stops any tone. Any other call is held.

        With `echo` the far side sends back what it gets: our own SSRC is then the one that is heard.
        """
        raise NotImplementedError

    @varlinkmethod
    async def Hold(self, *, call: int, on: bool) -> None:
        """Hold a connected call, or take it up again. A held call goes on in packets of the same size and
        pace that carry silence; its microphone is closed and nothing of it is heard.
        """
        raise NotImplementedError

    @varlinkmethod
    async def Close(self, *, call: int) -> None:
        """End the call: close microphone and socket, wipe the keys."""
        raise NotImplementedError

    @varlinkmethod
    async def Tone(self, *, name: str) -> None:
        """Play 'dial', 'ringback', 'busy', 'congestion', 'howler', 'waiting', 'held', 'secure', 'insecure',
        'test', 'dtmf:5', or 'off', in the tone plan of the country chosen.
        """
        raise NotImplementedError

    @varlinkmethod
    async def Ring(self, *, on: bool) -> None:
        """Ring, or stop ringing."""
        raise NotImplementedError

    @varlinkmethod
    async def Mute(self, *, on: bool) -> None:
        """Close or open the microphone gate; while closed, silence is sent at the same packet size. The gate
        itself drives the mute lamp.
        """
        raise NotImplementedError

    @varlinkmethod
    async def Route(self, *, to: str) -> None:
        """Talk through the 'handset' or the 'speaker' (hands-free, with echo control)."""
        raise NotImplementedError

    @varlinkmethod
    async def Choose(self, *, country: str, melody: str, ear: int, speaker: int, ring: int) -> None:
        """Set tone plan ('uk', 'us', 'de', …), ring tone and three volumes (0 to 10; 5 is as recorded)."""
        raise NotImplementedError

    @varlinkmethod(return_parameter="level")
    async def Listen(self) -> collections.abc.AsyncIterator[int]:
        """For the self-test: open the microphone and tell its level (0 to 12) ten times a second, until the
        caller leaves. Refused E42 in a call.
        """
        raise NotImplementedError
        yield  # makes this an iterator

    @varlinkmethod(return_parameter="event")
    async def Monitor(self) -> collections.abc.AsyncIterator[MediaEvent]:
        """Everything the phone should know about the calls, as it happens."""
        raise NotImplementedError
        yield  # makes this an iterator


@record
class ScanEvent:
    """`kind`: 'view' (a picture for the viewfinder), 'code' (a QR was read; the camera is off), 'failed'."""

    kind: str
    view: str
    """112 x 64 grey octets, base64; '' unless kind is 'view'."""
    hint: str
    """'', 'closer', 'back', 'flat', 'still', 'light', 'glare' or 'stuck'."""
    text: str
    """At most 4096 characters; '' unless kind is 'code'."""
    corners: str
    """Where the code was seen in the view: 'x,y x,y x,y x,y', '' if none."""
    focus: int
    """How sharp the picture is, 0 to 100."""


class ScanInterface(VarlinkInterface, name="org.sottovoce.Scan"):
    """Camera frames to QR text. No keys, no network; a hostile code can at worst end this process."""

    errors = (Refused,)

    @varlinkmethod(return_parameter="event")
    async def Scan(self) -> collections.abc.AsyncIterator[ScanEvent]:
        """Open the camera, stream views and hints, end with the first code."""
        raise NotImplementedError
        yield  # makes this an iterator
