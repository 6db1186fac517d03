"""What the call machine asks for. The shell does it; nothing here does anything."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tone:
    """Play a tone in the earpiece, or 'off' (names as in interfaces.MediaInterface.Tone)."""

    name: str


@dataclass(frozen=True, slots=True)
class Ring:
    """Ring, or stop ringing."""

    on: bool


@dataclass(frozen=True, slots=True)
class Lamp:
    """Set the lamp 'ring' or 'mute' to the pattern 'off', 'on', 'fast' or 'slow'."""

    lamp: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Timer:
    """Start the one timer anew (`seconds`), or stop it (None)."""

    timer: int
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Prepare:
    """Open a media socket and have an I_MESSAGE made to `number`; then Prepared or Failed."""

    call: int
    number: str


@dataclass(frozen=True, slots=True)
class SendInvite:
    """Send the INVITE."""

    call: int
    number: str


@dataclass(frozen=True, slots=True)
class Verify:
    """Have the I_MESSAGE of an INVITE verified and opened; then Verified or NotVerified."""

    call: int


@dataclass(frozen=True, slots=True)
class Respond:
    """Answer an INVITE with 180, or refuse it with 480, 486, 488 or 603."""

    call: int
    status: int


@dataclass(frozen=True, slots=True)
class Answer:
    """Open a media socket and send 200 OK; then Answered or Failed."""

    call: int


@dataclass(frozen=True, slots=True)
class Connect:
    """Give the media service the session keys and the peer's address. This opens the microphone."""

    call: int


@dataclass(frozen=True, slots=True)
class Mute:
    """Close or open the microphone gate."""

    on: bool


@dataclass(frozen=True, slots=True)
class Drop:
    """End the call on the wire, whatever its state is there: CANCEL or BYE."""

    call: int


@dataclass(frozen=True, slots=True)
class Release:
    """Close microphone and media socket of the call and forget its session keys."""

    call: int


Effect = (
    Tone
    | Ring
    | Lamp
    | Timer
    | Prepare
    | SendInvite
    | Verify
    | Respond
    | Answer
    | Connect
    | Mute
    | Drop
    | Release
)
