"""Session timers: how both sides learn that the other is gone (RFC 4028)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sip.address import parse_parameters
from sip.errors import TheirMistake
from sip.message import Message, Request, Response

INTERVAL = 1800
"""Seconds we ask for."""

MIN_SE = 90
MAX_SE = 86400

_SECONDS = re.compile(r"([0-9]{1,9})[ \t]*(;.*)?")


@dataclass(frozen=True)
class SessionExpires:
    """A Session-Expires header. `refresher` is 'uac', 'uas' or ''."""

    seconds: int
    refresher: str

    def __str__(self) -> str:
        return f"{self.seconds};refresher={self.refresher}" if self.refresher else str(self.seconds)


def session_expires(message: Message) -> SessionExpires | None:
    """Read Session-Expires. Raises TheirMistake(400)."""
    value = message.headers.get("Session-Expires")
    if value is None:
        return None
    match = _SECONDS.fullmatch(value)
    if match is None:
        raise TheirMistake(400, "Malformed Session-Expires")
    refresher = parse_parameters(match[2] or "").get("refresher") or ""
    if refresher not in ("", "uac", "uas"):
        raise TheirMistake(400, "Malformed Session-Expires")
    return SessionExpires(int(match[1]), refresher)


def min_se(message: Message) -> int:
    """Read Min-SE, 90 if there is none (RFC 4028 §5). Raises TheirMistake(400)."""
    value = message.headers.get("Min-SE")
    if value is None:
        return MIN_SE
    match = _SECONDS.fullmatch(value)
    if match is None:
        raise TheirMistake(400, "Malformed Min-SE")
    return max(MIN_SE, int(match[1]))


def agree_as_uas(request: Request) -> SessionExpires | None:
    """Decide on the interval somebody asks for (RFC 4028 §9), None if nobody asks.

    Raises TheirMistake(422) below 90 seconds, TheirMistake(400) if malformed.
    """
    asked = session_expires(request)
    if asked is None:
        return None
    if asked.seconds < MIN_SE:
        raise TheirMistake(422, "Session Interval Too Small")
    seconds = min(max(min(asked.seconds, INTERVAL), min_se(request)), MAX_SE)
    if "timer" not in request.supported:
        return SessionExpires(seconds, "uas")
    return SessionExpires(seconds, asked.refresher or "uac")


def response_headers(request: Request, agreed: SessionExpires | None) -> list[tuple[str, str]]:
    """Return the headers that tell the other side what was agreed."""
    if agreed is None:
        return []
    required = [("Require", "timer")] if agreed.refresher == "uac" else []
    return [("Session-Expires", str(agreed)), *required]


def agreed_as_uac(response: Response) -> SessionExpires | None:
    """Read what the answering side decided; None, or nonsense, means no session timer (RFC 4028 §7.2)."""
    try:
        agreed = session_expires(response)
    except TheirMistake:
        return None
    if agreed is None or not MIN_SE <= agreed.seconds <= MAX_SE:
        return None
    return SessionExpires(agreed.seconds, agreed.refresher or "uac")


@dataclass
class SessionTimer:
    """The running timer of one call."""

    seconds: int
    we_refresh: bool
    refresh_at: float
    expires_at: float

    @classmethod
    def start(cls, agreed: SessionExpires | None, now: float, *, we_are: str) -> SessionTimer | None:
        """Start from what was agreed; `we_are` is our role, 'uac' or 'uas', in that very request."""
        if agreed is None:
            return None
        # The side that does not refresh hangs up a little early (RFC 4028 §10).
        patience = agreed.seconds - min(32, agreed.seconds / 3)
        return cls(agreed.seconds, agreed.refresher == we_are, now + agreed.seconds / 2, now + patience)

    @property
    def deadline(self) -> float:
        """When something must be done."""
        return min(self.refresh_at, self.expires_at) if self.we_refresh else self.expires_at
