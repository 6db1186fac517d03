"""What travels between a virtual phone and whoever plays with it: one JSON object a line, every line bounded.

    to the phone      {"key": "5", "down": true}      {"hook": true}
    from the phone    {"frame": base64, "text": [...]}  {"lamp": "ring", "pattern": "fast"}  {"hook": true}
                      {"contrast": 255}  {"error": "what was wrong"}, and the connection ends

A frame is 256 x 64 pixels of 4 bits, the left pixel in the high nibble: 8,192 octets before base64.
"""

from __future__ import annotations

import base64
import json

from PIL import Image

from drivers import nibbles
from drivers.ports import HookEvent, KeyEvent
from drivers.virtual_mute_lamp import MICROPHONE as MICROPHONE
from drivers.virtual_mute_lamp import MUTE as MUTE

SIZE = (256, 64)
"""Pixels of the virtual display."""
FRAME_OCTETS = SIZE[0] * SIZE[1] // 2
REQUEST_OCTETS = 256
"""The longest line a phone reads."""
REPORT_OCTETS = 64 * 1024
"""The longest line a phone writes."""
TEXT_LINES = 16
TEXT_CHARACTERS = 200

KEYS = frozenset("0123456789*#") | {
    "soft1",
    "soft2",
    "soft3",
    "soft4",
    "mute",
    "speaker",
    "vol+",
    "vol-",
    "up",
    "down",
}
LAMPS = ("ring", "message")
"""MUTE and MICROPHONE are lamps too, on sockets of their own; no phone has the second one."""
PATTERNS = ("off", "on", "fast", "slow", "breathe")


class NotOurs(ValueError):
    """A line that this protocol does not know; the text says what was expected."""


def parse_request(line: bytes) -> KeyEvent | HookEvent:
    """Read one line sent to a phone. Raises NotOurs for anything else than a key or the hook."""
    match _object(line, REQUEST_OCTETS):
        case {"key": str(key), "down": bool(down), **rest} if not rest:
            if key not in KEYS:
                raise NotOurs("no such key; the keys are 0-9 * # soft1-soft4 mute speaker vol+ vol- up down")
            return KeyEvent(key, down)
        case {"hook": bool(lifted), **rest} if not rest:
            return HookEvent(lifted)
    raise NotOurs('expected {"key": "5", "down": true} or {"hook": true}')


def parse_report(line: bytes) -> dict[str, object]:
    """Read one line sent by a phone. Raises NotOurs if it is not a JSON object of bounded size."""
    return _object(line, REPORT_OCTETS)


def request(event: KeyEvent | HookEvent) -> bytes:
    """Write a key or the hook as one line."""
    if isinstance(event, KeyEvent):
        return _line({"key": event.key, "down": event.down})
    return _line({"hook": event.lifted})


def report(**fields: object) -> bytes:
    """Write a report as one line."""
    return _line(fields)


def screen_report(frame: Image.Image, text: tuple[str, ...]) -> bytes:
    """Write what the display shows as one line. Raises ValueError if the frame is not 'L' of SIZE."""
    lines = [line[:TEXT_CHARACTERS] for line in text[:TEXT_LINES]]
    return report(frame=base64.b64encode(pack(frame)).decode(), text=lines)


def parse_screen(fields: dict[str, object]) -> tuple[bytes, tuple[str, ...]] | None:
    """Return packed pixels and text if this report is about the screen. Raises NotOurs if it is damaged."""
    if "frame" not in fields:
        return None
    frame, text = fields["frame"], fields.get("text")
    if not isinstance(frame, str) or not isinstance(text, list) or not all(isinstance(t, str) for t in text):
        raise NotOurs("a screen report holds a base64 frame and a list of text")
    try:
        pixels = base64.b64decode(frame, validate=True)
    except ValueError as error:
        raise NotOurs("the frame is not base64") from error
    if len(pixels) != FRAME_OCTETS:
        raise NotOurs(f"a frame has {FRAME_OCTETS} octets, not {len(pixels)}")
    return pixels, tuple(text)


def pack(frame: Image.Image) -> bytes:
    """Cut an 'L' image to 4 bits a pixel, as the glass does. Raises ValueError for another mode or size."""
    if frame.mode != "L" or frame.size != SIZE:
        raise ValueError(f"the display takes 'L' images of {SIZE}, not {frame.mode!r} of {frame.size}")
    return nibbles.pack(frame)


def unpack(pixels: bytes) -> Image.Image:
    """Return the 'L' image of packed pixels; 15 is full white. Raises ValueError for another length."""
    if len(pixels) != FRAME_OCTETS:
        raise ValueError(f"a frame has {FRAME_OCTETS} octets, not {len(pixels)}")
    return nibbles.unpack(pixels, SIZE)


def _object(line: bytes, limit: int) -> dict[str, object]:
    if len(line) > limit:
        raise NotOurs(f"a line has at most {limit} octets")
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise NotOurs("a line is one JSON object in UTF-8") from error
    if not isinstance(value, dict):
        raise NotOurs("a line is one JSON object")
    return value


def _line(fields: dict[str, object]) -> bytes:
    return json.dumps(fields, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"
