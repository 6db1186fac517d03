"""Several sources of keys as one keypad."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from drivers.ports import KeyEvent, Keypad


class JoinedKeypad:
    """Tells its listener of the keys of every part, on the parts' threads."""

    def __init__(self, parts: Sequence[Keypad]) -> None:
        self._parts = tuple(parts)
        self.keys: frozenset[str] = frozenset().union(*(getattr(part, "keys", ()) for part in self._parts))
        """Every key there is, as far as the parts know theirs."""

    def start(self, listener: Callable[[KeyEvent], None]) -> None:
        """Start every part."""
        for part in self._parts:
            part.start(listener)

    def close(self) -> None:
        """Close every part."""
        for part in self._parts:
            part.close()
