"""The wiring of a Raspberry Pi: read from TOML, checked strictly, refused with the line and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from board.wiring_table import Table, WiringError, read_tables
from drivers.key_scanner import MAPS

HEADER_PINS = range(2, 28)
DISPLAY_PINS = {
    7: "SPI0's second select",
    8: "the display's select",
    9: "SPI0's input",
    10: "the display's data",
    11: "the display's clock",
    24: "the display's D/C",
    25: "the display's reset",
}
I2S_PINS = {
    2: "the sound board's control bus",
    3: "the sound board's control bus",
    **dict.fromkeys(range(18, 22), "the sound board's I2S"),
}
POLARITIES = ("NO", "NC")
PHONE_KEYS = ("switch", "button")
LEVELS = ("high", "low")
PANELS = ("ssd1322", "ssd1309")
CAMERAS = ("picamera2", "v4l2")
MEGAHERTZ = (1, 2, 4, 8, 16, 20)
LAYOUTS = (*MAPS, "usb")
SINGLE_KEYS = tuple(
    sorted({name for keys in MAPS.values() for row in keys for name in row} | {"vol+", "vol-"})
)
TABLES: dict[str, tuple[str, ...]] = {
    "display": ("panel", "upside_down", "megahertz"),
    "keypad": ("layout", "rows", "columns", "device"),
    "keys": SINGLE_KEYS,
    "knob": ("a", "b"),
    "hook": ("pin", "polarity", "device", "key"),
    "lamps": ("ring", "message", "mute", "lit"),
    "sound": ("ear", "handset", "speaker", "microphone", "ring", "i2s"),
    "camera": ("kind", "device"),
}
OPTIONAL_TABLES = ("keys", "knob")


@dataclass(frozen=True, slots=True)
class Wiring:
    """What is connected where. Lines are BCM numbers; what is not there is None or missing."""

    panel: str
    upside_down: bool
    megahertz: int
    layout: str
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    keypad_device: str
    keys: Mapping[str, int]
    knob: tuple[int, int] | None
    hook_pin: int | None
    polarity: str
    hook_device: str
    phone_key: str
    lamps: Mapping[str, int]
    mute_lamp: int | None
    lit_high: bool
    ear: str
    handset: str
    speaker: str | None
    microphone: str | None
    ring: str | None
    camera: str
    camera_device: str


def read_wiring(*paths: Path) -> Wiring:
    """Read wiring files; a later one's table takes the place of an earlier one's.

    Raises WiringError, and OSError for a file that cannot be read.
    """
    tables: dict[str, Table] = {}
    for path in paths:
        for table in read_tables(path, TABLES):
            tables[table.name] = table
    return _wiring(tables)


class _Lines:
    """Which line has been given to what."""

    def __init__(self, *, i2s: bool) -> None:
        self._taken = DISPLAY_PINS | (I2S_PINS if i2s else {})

    def take(self, table: Table, key: str, pin: int) -> int:
        """Give `pin` away. Raises WiringError if the header has none such, or it is given away already."""
        if pin not in HEADER_PINS:
            raise table.wrong(
                key, f"= {pin} is not on the header; use a BCM number from 2 to 27, not that of the pin"
            )
        if pin in self._taken:
            raise table.wrong(key, f"= {pin}, but GPIO {pin} is {self._taken[pin]} already; use another line")
        self._taken[pin] = f"[{table.name}] {key}"
        return pin


def _wiring(tables: Mapping[str, Table]) -> Wiring:
    for name in TABLES:
        if name not in tables and name not in OPTIONAL_TABLES:
            raise WiringError(f"no wiring file has a table [{name}]; see docs/hardware.md")
    display, keypad, hook = tables["display"], tables["keypad"], tables["hook"]
    lamps, sound, camera = tables["lamps"], tables["sound"], tables["camera"]
    lines = _Lines(i2s=sound.truth("i2s"))
    layout = keypad.word("layout", LAYOUTS)
    rows, columns = _matrix(keypad, layout, lines)
    pin, polarity, phone_key = _hook(hook, lines)
    keys = _keys(tables.get("keys"), layout, lines)
    megahertz = display.number("megahertz")
    if megahertz not in MEGAHERTZ:
        raise display.wrong("megahertz", f"is {megahertz}; write one of {', '.join(map(str, MEGAHERTZ))}")
    lit = {
        name: lines.take(lamps, name, lamps.number(name))
        for name in ("ring", "message", "mute")
        if name in lamps.values
    }
    kind = camera.word("kind", CAMERAS)
    if kind != "v4l2" and "device" in camera.values:
        raise camera.wrong("device", 'belongs to kind = "v4l2"; remove one of them')
    return Wiring(
        panel=display.word("panel", PANELS),
        upside_down=display.truth("upside_down"),
        megahertz=megahertz,
        layout=layout,
        rows=rows,
        columns=columns,
        keypad_device=keypad.string("device", "") if layout == "usb" else "",
        keys=keys,
        knob=_knob(tables.get("knob"), keys, lines),
        hook_pin=pin,
        polarity=polarity,
        hook_device=hook.string("device", ""),
        phone_key=phone_key,
        lamps={name: line for name, line in lit.items() if name != "mute"},
        mute_lamp=lit.get("mute"),
        lit_high=lamps.word("lit", LEVELS, "high") == "high",
        ear=sound.string("ear"),
        handset=sound.string("handset"),
        speaker=_perhaps(sound, "speaker"),
        microphone=_perhaps(sound, "microphone"),
        ring=_perhaps(sound, "ring"),
        camera=kind,
        camera_device=camera.string("device") if kind == "v4l2" else "",
    )


def _matrix(keypad: Table, layout: str, lines: _Lines) -> tuple[tuple[int, ...], tuple[int, ...]]:
    if layout == "usb":
        for key in ("rows", "columns"):
            if key in keypad.values:
                raise keypad.wrong(key, "is for a keypad with lines, not for one on USB; remove it")
        return (), ()
    if "device" in keypad.values:
        raise keypad.wrong("device", 'belongs to layout = "usb"; remove one of them')
    keys = MAPS[layout]
    rows = keypad.numbers("rows", len(keys))
    columns = keypad.numbers("columns", len(keys[0]))
    for key, pins in (("rows", rows), ("columns", columns)):
        for pin in pins:
            lines.take(keypad, key, pin)
    return rows, columns


def _hook(hook: Table, lines: _Lines) -> tuple[int | None, str, str]:
    if "device" in hook.values:
        for key in ("pin", "polarity"):
            if key in hook.values:
                raise hook.wrong(key, "is for a hook with a line, device for one on USB; remove one of them")
        return None, "", hook.word("key", PHONE_KEYS, "switch")
    if "key" in hook.values:
        raise hook.wrong("key", "belongs to a hook on USB; remove it, or name its device")
    pin = lines.take(hook, "pin", hook.number("pin"))
    return pin, hook.word("polarity", POLARITIES), ""


def _keys(keys: Table | None, layout: str, lines: _Lines) -> dict[str, int]:
    if keys is None:
        return {}
    there = {name for row in MAPS.get(layout, ()) for name in row}
    pins = {}
    for name in keys.values:
        if name in there:
            raise keys.wrong(name, f"is a key of the {layout} keypad already; remove it here")
        pins[name] = lines.take(keys, name, keys.number(name))
    return pins


def _knob(knob: Table | None, keys: Mapping[str, int], lines: _Lines) -> tuple[int, int] | None:
    if knob is None:
        return None
    if "vol+" in keys or "vol-" in keys:
        raise knob.wrong("a", "and b: there are volume keys in [keys] already; remove them or the knob")
    return lines.take(knob, "a", knob.number("a")), lines.take(knob, "b", knob.number("b"))


def _perhaps(table: Table, key: str) -> str | None:
    return table.string(key) if key in table.values else None
