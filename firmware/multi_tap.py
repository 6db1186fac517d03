"""Typing words on twelve keys: press a key again within a second for its next letter.

'0' is a space, '1' marks, '*' changes between capitals and small letters, '#' ends a letter at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

AGAIN_S = 1.0
LETTERS = {
    "0": " 0",
    "1": ".-'1",
    "2": "abcäàâç2",
    "3": "deféèêë3",
    "4": "ghiîï4",
    "5": "jklł5",
    "6": "mnoñöôœ6",
    "7": "pqrsß7",
    "8": "tuvüùû8",
    "9": "wxyzż9",
}


@dataclass(frozen=True, slots=True)
class Taps:
    """A text in the making. `key` and `at` tell the last press; `count` how often it came."""

    text: str = field(default="", repr=False)
    longest: int = 40
    key: str = ""
    count: int = 0
    at: float = 0.0
    small: bool = False
    raised: bool = False
    """The letter of the last press is a capital."""

    @property
    def capital(self) -> bool:
        """True if the next letter is a capital: at the beginning of a word, unless '*' said otherwise."""
        before = self.text[-1:]
        return (before in ("", " ", "-")) != self.small


def press(taps: Taps, key: str, now: float) -> Taps:
    """Take a key of the dial pad at monotonic time `now`."""
    if key == "*":
        return replace(taps, small=not taps.small, key="")
    letters = LETTERS.get(key)
    if letters is None:
        return replace(taps, key="")
    if key == taps.key and now - taps.at < AGAIN_S:
        count = (taps.count + 1) % len(letters)
        return replace(taps, text=taps.text[:-1] + _cased(letters[count], taps.raised), count=count, at=now)
    if len(taps.text) >= taps.longest:
        return taps
    raised = taps.capital
    return replace(taps, text=taps.text + _cased(letters[0], raised), key=key, count=0, at=now, raised=raised)


def delete(taps: Taps) -> Taps:
    """Take the last letter away."""
    return replace(taps, text=taps.text[:-1], key="", count=0)


def _cased(letter: str, capital: bool) -> str:
    return letter if not capital or letter == "ß" else letter.upper()
