"""What the keys of a USB keypad or handset mean: keys, and a hook that is a switch or a button."""

from __future__ import annotations

from drivers.evdev_wire import (
    DOWN,
    EV_KEY,
    EV_SYN,
    HOOK_CODES,
    KEY_HANGUP_PHONE,
    KEY_PHONE,
    KEY_PICKUP_PHONE,
    KEYS,
    SYN_DROPPED,
    UP,
    InputEvent,
)
from drivers.ports import HookEvent, KeyEvent


class Handset:
    """Events of an input device in, keys and hook out. Nothing here waits or reads.

    `toggles`: KEY_PHONE is a button that lifts and hangs up in turn, not a switch that is down while lifted.
    """

    def __init__(self, *, toggles: bool = False) -> None:
        self._toggles = toggles
        self._held: set[int] = set()
        self._lifted = False
        self._lost = False

    @property
    def lifted(self) -> bool:
        """True while the handset is off its cradle."""
        return self._lifted

    @property
    def lost(self) -> bool:
        """The kernel has dropped events: tell `found` which keys are down."""
        return self._lost

    def take(self, event: InputEvent) -> tuple[KeyEvent | HookEvent, ...]:
        """Take one event and return what it means."""
        if event.kind == EV_SYN and event.code == SYN_DROPPED:
            self._lost = True
        if self._lost or event.kind != EV_KEY:
            return ()
        if event.code in HOOK_CODES:
            return self._hook(event)
        name = KEYS.get(event.code)
        if name is None or (event.value == DOWN) == (event.code in self._held):
            return ()
        if event.value == DOWN:
            self._held.add(event.code)
            return (KeyEvent(name, True),)
        if event.value == UP:
            self._held.discard(event.code)
            return (KeyEvent(name, False),)
        return ()

    def found(self, held: frozenset[int]) -> tuple[KeyEvent | HookEvent, ...]:
        """Take which keys are down, after events were lost or when the device was opened.

        Keys that are not down any more are let go; one that went down unseen is not told: nobody knows when.
        """
        self._lost = False
        gone = sorted(self._held - held)
        self._held &= held
        events: list[KeyEvent | HookEvent] = [KeyEvent(KEYS[code], False) for code in gone]
        if not self._toggles:
            events += self._becomes(KEY_PHONE in held)
        return tuple(events)

    def unplugged(self) -> tuple[KeyEvent | HookEvent, ...]:
        """The device is gone: let every key go and hang up."""
        events = [KeyEvent(KEYS[code], False) for code in sorted(self._held)]
        self._held.clear()
        self._lost = False
        return (*events, *self._becomes(False))

    def _hook(self, event: InputEvent) -> tuple[HookEvent, ...]:
        if event.code == KEY_PHONE and not self._toggles:
            return self._becomes(event.value != UP)
        if event.value != DOWN:
            return ()
        return self._becomes(
            event.code == KEY_PICKUP_PHONE or (event.code != KEY_HANGUP_PHONE and not self._lifted)
        )

    def _becomes(self, lifted: bool) -> tuple[HookEvent, ...]:
        if lifted == self._lifted:
            return ()
        self._lifted = lifted
        return (HookEvent(lifted),)
