"""What the call machine asks for. The shell does it; nothing here does anything."""

from __future__ import annotations

from firmware.reasons import Why
from firmware.record import record


@record
class Tone:
    """Play a tone in the earpiece, or 'off' (names as in interfaces.MediaInterface.Tone)."""

    name: str


@record
class Ring:
    """Ring, or stop ringing."""

    on: bool


@record
class Lamp:
    """Set the lamp 'ring' to the pattern 'off', 'fast' (a caller) or 'slow' (a held call)."""

    lamp: str
    pattern: str


@record
class Route:
    """Talk through the 'handset' or the 'speaker'."""

    to: str


@record
class Timer:
    """Start the timer of the phase, or `of` the 'other' call, anew (`seconds`), or stop it (None)."""

    timer: int
    seconds: float | None
    of: str = "phase"


@record
class Prepare:
    """Open a media socket and have an I_MESSAGE made to `number`; then Prepared or Failed."""

    call: int
    number: str


@record
class PrepareEcho:
    """Open a media socket and have an I_MESSAGE made to ourselves; then Prepared or Failed."""

    call: int
    number: str = "echo"


@record
class SendInvite:
    """Send the INVITE."""

    call: int
    number: str


@record
class Verify:
    """Have the I_MESSAGE of an INVITE verified and opened; then Verified or NotVerified."""

    call: int


@record
class Respond:
    """Answer an INVITE with 180, or refuse it with 480, 486, 488 or 603."""

    call: int
    status: int


@record
class Answer:
    """Open a media socket and send 200 OK; then Answered or Failed."""

    call: int


@record
class Connect:
    """Give the media service the session keys and the peer's address. This opens the microphone.

    `echo`: the far side sends back what it gets.
    """

    call: int
    echo: bool = False


@record
class Hold:
    """Hold a call that is connected, or take it up again (this opens the microphone), and tell the peer."""

    call: int
    on: bool


@record
class Mute:
    """Close or open the microphone gate."""

    on: bool


@record
class Drop:
    """End the call on the wire, whatever its state is there: CANCEL or BYE."""

    call: int


@record
class Release:
    """Close microphone and media socket of the call and forget its session keys."""

    call: int


@record
class Log:
    """A call ended: once for each call that we made, or whose caller was verified or refused by us.

    `direction` is 'out', 'in', 'missed' or 'refused' (by our security; `number` is then only a claim).
    `seconds` is how long it was secure, None if it never was. When it began is known to the shell.
    """

    call: int
    direction: str
    number: str
    name: str
    seconds: int | None
    why: Why


CallEffect = Prepare | PrepareEcho | SendInvite | Verify | Respond | Answer | Connect | Hold | Drop | Release
"""What is asked for one call."""

Effect = Tone | Ring | Lamp | Route | Mute | Timer | Log | CallEffect
