"""What a scan makes of each look at a frame: a hint for the person who holds the card, or the text. Pure.

    code unread and small -> closer      frame dark      -> light
    code unread and tilted -> flat       frame burnt out -> glare
    code unread and blurred -> still, or back if the camera cannot focus on what is near
    code in sight for 20 s and still unread -> stuck

A text that begins with our prefix wins at once. Any other text must come STEADY times, so that the phone can
say "Not an enrolment code" and yet a parcel label passing by does not end the scan.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from drivers.sighting import Sighting

PREFIX = "SV1:"
STEADY = 3
SMALL_MODULE_PX = 4.5
SMALL_SIDE = 0.45
"""Of the frame's height: below this a code of unknown version is too far away."""
TILTED_DEGREES = 12.0
DARK = 40.0
BLURRED = 45
"""Sharpness below which no code is read."""
BURNT = 0.25
"""Of the pixels: as many are white without any detail."""
STUCK_S = 20.0
FORGET_S = 5.0
"""After so long without any code in sight, the scan begins anew."""
HOLD_S = 1.0
"""A hint stays at least so long, or nobody could read it."""


@dataclass(frozen=True, slots=True)
class Look:
    """One frame: what the decoder saw, its size (width, height), mean grey, share of pixels burnt out, and
    sharpness from 0 to 100.
    """

    sighting: Sighting | None
    size: tuple[int, int]
    brightness: float
    burnt: float
    focus: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """`hint` for now ('' if there is none), and the text once the scan is over."""

    hint: str
    text: str | None = None


@dataclass(slots=True)
class Watch:
    """One scan, from the first frame to the text. `autofocus`: what is blurred was moved, not too near."""

    autofocus: bool = True
    _steady: int = 0
    _steady_text: str | None = None
    _first_seen: float | None = None
    _last_seen: float = field(default=0.0)
    _hint: str = ""
    _hint_since: float = float("-inf")

    def see(self, look: Look, at: float) -> Verdict:
        """Take one look, `at` in seconds of any clock that does not jump."""
        sighting = look.sighting
        text = sighting.text if sighting else None
        if text and (text.startswith(PREFIX) or self._is_steady(text)):
            return Verdict("", text)
        self._remember(seen=sighting is not None, at=at)
        return Verdict(self._hold(self._advice(look, at), at))

    def _is_steady(self, text: str) -> bool:
        self._steady = self._steady + 1 if text == self._steady_text else 1
        self._steady_text = text
        return self._steady >= STEADY

    def _remember(self, *, seen: bool, at: float) -> None:
        if seen:
            self._first_seen = at if self._first_seen is None else self._first_seen
            self._last_seen = at
        elif self._first_seen is not None and at - self._last_seen > FORGET_S:
            self._first_seen = self._steady_text = None

    def _advice(self, look: Look, at: float) -> str:
        sighting = look.sighting
        if sighting is not None and sighting.text is None:
            unknown_and_small = not sighting.modules and sighting.side_px < SMALL_SIDE * look.size[1]
            if sighting.module_px < SMALL_MODULE_PX or unknown_and_small:
                return "closer"
            if sighting.modules and sighting.tilt(look.size) > TILTED_DEGREES:
                return "flat"
        if look.brightness < DARK:
            return "light"
        if look.burnt > BURNT:
            return "glare"
        if sighting is not None and sighting.text is None and 0 < look.focus < BLURRED:
            return "still" if self.autofocus else "back"
        return "stuck" if self._first_seen is not None and at - self._first_seen > STUCK_S else ""

    def _hold(self, advice: str, at: float) -> str:
        if advice != self._hint and (not self._hint or at - self._hint_since >= HOLD_S):
            self._hint = advice
        if advice == self._hint:
            self._hint_since = at
        return self._hint
