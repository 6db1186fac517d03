"""The emergency erase, as a pure machine told the time: two keys held, a question, a soft key held.

    Rest ─ '*' and '#' held 3 s ─► Asking ─ soft key 4 held 3 s ─► Erasing ─► Erased (or Kept: E11)
     ▲                               │ ▲ │
     └──── soft key 1, 20 s ─────────┘ └─┘ letting go

What came of it goes by soft key 4, by lifting, or by the speaker key, which then does what it always does.
It works whatever else the phone is doing, and while it is locked.
"""

from __future__ import annotations

from firmware.record import record

HOLD_S = 3.0
QUESTION_S = 20.0
CHORD = frozenset("*#")
CONFIRM, CANCEL, SPEAKER = "soft4", "soft1", "speaker"


@record
class Rest:
    """Nothing is asked. `since` is when both keys went down, None while they are not."""

    since: float | None = None


@record
class Asking:
    """The question shows since `since`; soft key 4 is down since `held`, None while it is not."""

    since: float
    held: float | None = None


@record
class Erasing:
    """The key service destroys everything."""


@record
class Erased:
    """Everything is destroyed. `code` is 'E49' if ten wrong PINs did it, '' if the person did."""

    code: str = ""


@record
class Kept:
    """The key service could not destroy anything: `code`."""

    code: str


Erase = Rest | Asking | Erasing | Erased | Kept


def step(erase: Erase, key: str, down: bool, held: frozenset[str], now: float) -> Erase:
    """Take a key that went down or up; `held` are the keys that are down now."""
    match erase:
        case Rest(since):
            if held != CHORD:
                return Rest()
            return Rest(now if since is None else since)
        case Asking(since):
            if key == CANCEL and down:
                return Rest()
            if key == CONFIRM:
                return Asking(now, now if down else None)
            return erase
        case Erased() | Kept():
            return Rest() if key in (CONFIRM, SPEAKER) and down else erase
        case Erasing():
            return erase


def lift(erase: Erase) -> Erase:
    """Take the handset: what was to be read has been read."""
    return Rest() if isinstance(erase, Erased | Kept) else erase


def tick(erase: Erase, now: float) -> Erase:
    """Let time pass. Becoming Erasing is the order to erase."""
    match erase:
        case Rest(float(since)) if now - since >= HOLD_S:
            return Asking(now)
        case Asking(_, float(held)) if now - held >= HOLD_S:
            return Erasing()
        case Asking(since, None) if now - since >= QUESTION_S:
            return Rest()
        case _:
            return erase


def filled(erase: Erase, now: float) -> float:
    """Return how much of the bar is full, 0 to 1."""
    held = erase.held if isinstance(erase, Asking) else None
    return 0.0 if held is None else min(1.0, max(0.0, (now - held) / HOLD_S))
