"""What the kernel says of input devices: events of 24 octets, and the list in /proc/bus/input/devices.

Key codes are those of <linux/input-event-codes.h>. Keys come as codes of keys, never as characters,
so NumLock has no say in them.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

EVENT = struct.Struct("llHHi")
"""Seconds, microseconds, type, code, value: 24 octets where a long has eight."""
EV_SYN, EV_KEY = 0x00, 0x01
SYN_DROPPED = 3
UP, DOWN, REPEAT = 0, 1, 2

KEY_PHONE = 0xA9
KEY_PICKUP_PHONE = 0x1BD
KEY_HANGUP_PHONE = 0x1BE
HOOK_CODES = frozenset({KEY_PHONE, KEY_PICKUP_PHONE, KEY_HANGUP_PHONE})

_DIGIT_ROW = (11, 2, 3, 4, 5, 6, 7, 8, 9, 10)
_NUMBER_BLOCK = (82, 79, 80, 81, 75, 76, 77, 71, 72, 73)

KEYS: dict[int, str] = {
    **{code: str(digit) for digit, code in enumerate(_DIGIT_ROW)},
    **{code: str(digit) for digit, code in enumerate(_NUMBER_BLOCK)},
    **{0x200 + digit: str(digit) for digit in range(10)},
    0x20A: "*",  # NUMERIC_STAR
    0x20B: "#",  # NUMERIC_POUND
    **{0x20C + number: f"soft{number + 1}" for number in range(4)},  # NUMERIC_A to D
    55: "*",  # KPASTERISK
    98: "#",  # KPSLASH
    14: "soft1",  # BACKSPACE: cancel and delete are on the left
    69: "soft2",  # NUMLOCK
    83: "soft3",  # KPDOT
    96: "soft4",  # KPENTER
    28: "soft4",  # ENTER
    103: "up",
    108: "down",
    74: "vol-",  # KPMINUS
    78: "vol+",  # KPPLUS
    113: "mute",
    114: "vol-",
    115: "vol+",
    0xF8: "mute",  # MICMUTE
    117: "speaker",  # KPEQUAL, and TAB: the kernel has no code for a loudspeaker key
    15: "speaker",
}

DEVICES_OCTETS = 256 * 1024
"""The longest list of devices that is read."""


@dataclass(frozen=True, slots=True)
class InputEvent:
    """One event of the kernel. `value` is UP, DOWN or REPEAT for a key."""

    kind: int
    code: int
    value: int


class EventStream:
    """Octets in, events out, however they are cut. Holds at most one event."""

    def __init__(self) -> None:
        self._rest = b""

    def receive(self, octets: bytes) -> tuple[InputEvent, ...]:
        """Take what was read and return every event that is whole now."""
        whole = self._rest + octets
        end = len(whole) // EVENT.size * EVENT.size
        self._rest = whole[end:]
        return tuple(
            InputEvent(kind, code, value) for _, _, kind, code, value in EVENT.iter_unpack(whole[:end])
        )


@dataclass(frozen=True, slots=True)
class Device:
    """One entry of the list: its name, the node in /dev/input, and the key codes it can send."""

    name: str
    node: str
    codes: frozenset[int]

    @property
    def has_digits(self) -> bool:
        """It can send each digit, '*' and '#'."""
        return {KEYS[code] for code in self.codes if code in KEYS} >= set("0123456789*#")

    @property
    def has_hook(self) -> bool:
        """It can tell of a hook or of its buttons."""
        return bool(self.codes & HOOK_CODES)


def parse_devices(text: str) -> Iterator[Device]:
    """Read the text of /proc/bus/input/devices; what is damaged or no event device is left out."""
    for block in text[:DEVICES_OCTETS].split("\n\n"):
        name, node, codes = "", "", frozenset[int]()
        for line in block.splitlines():
            match line[:3], line[3:]:
                case "N: ", rest if rest.startswith('Name="'):
                    name = rest[len('Name="') :].rstrip().removesuffix('"')
                case "H: ", rest:
                    words = rest.replace("Handlers=", "").split()
                    nodes = [word for word in words if re.fullmatch(r"event[0-9]{1,4}", word)]
                    node = nodes[0] if nodes else ""
                case "B: ", rest if rest.startswith("KEY="):
                    codes = _bits(rest[len("KEY=") :])
        if node:
            yield Device(name, node, codes)


def _bits(words: str) -> frozenset[int]:
    """Return the bits that are set: words of a long, in hexadecimal, the highest first."""
    try:
        numbers = [int(word, 16) for word in words.split()]
    except ValueError:
        return frozenset()
    size = struct.calcsize("l") * 8
    return frozenset(
        at * size + bit
        for at, number in enumerate(reversed(numbers[-32:]))
        for bit in range(size)
        if number >> bit & 1
    )
