"""The wiring as a drawing (SVG): the header and all that is plugged to it, the keypad, hook, lamps, keys.

    python -m board.wiring_drawing [--wiring FILE] [-o FILE] [--check]

Without arguments it draws board/pi.toml into docs/pictures/wiring.svg; --check only says whether that is
current.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

from board.pi import REFERENCE
from board.pi_wiring import DISPLAY_PINS, Wiring, read_wiring
from board.wiring_table import WiringError
from drivers.key_scanner import MAPS

DRAWING = Path(__file__).parents[1] / "docs" / "pictures" / "wiring.svg"

PIN_OF = {
    2: 3, 3: 5, 4: 7, 14: 8, 15: 10, 17: 11, 18: 12, 27: 13, 22: 15, 23: 16, 24: 18, 10: 19, 9: 21, 25: 22,
    11: 23, 8: 24, 7: 26, 0: 27, 1: 28, 5: 29, 6: 31, 12: 32, 13: 33, 19: 35, 16: 36, 26: 37, 20: 38, 21: 40,
}  # fmt: skip
"""Pin of the 40-pin header for each GPIO (BCM) number."""
SUPPLY = {1: "3.3 V", 17: "3.3 V", 2: "5 V", 4: "5 V"} | dict.fromkeys(
    (6, 9, 14, 20, 25, 30, 34, 39), "ground"
)
GROUNDS = {6: "keypad, hook, keys: ground", 14: "lamps: ground", 20: "display: ground"}
"""Where the reference build takes its ground; every other ground pin is as good."""

INK = {
    "row": "#1d4ed8",
    "column": "#0f766e",
    "key": "#7e22ce",
    "hook": "#b45309",
    "lamp": "#b91c1c",
    "display": "#15803d",
    "supply": "#374151",
}
WIDTH, HEIGHT = 1010, 1010
TOP, STEP = 92, 26
LEFT, RIGHT = 470, 510
"""Where the two columns of pins are."""

Uses = dict[int, tuple[str, str]]
"""What a GPIO line is for: its kind (a key of INK) and its label."""


def uses(wiring: Wiring) -> Uses:
    """Return what every line of a wiring is for."""
    found: Uses = {gpio: ("row", f"keypad row {n}") for n, gpio in enumerate(wiring.rows, 1)}
    found |= {gpio: ("column", f"keypad column {n}") for n, gpio in enumerate(wiring.columns, 1)}
    found |= {gpio: ("key", f"key: {_key(name)}") for name, gpio in wiring.keys.items()}
    if wiring.knob is not None:
        found |= {gpio: ("key", f"knob {end}") for end, gpio in zip("ab", wiring.knob, strict=True)}
    if wiring.hook_pin is not None:
        found[wiring.hook_pin] = ("hook", f"hook ({wiring.polarity})")
    found |= {gpio: ("lamp", f"lamp: {_lamp(name)}") for name, gpio in wiring.lamps.items()}
    if wiring.mute_lamp is not None:
        found[wiring.mute_lamp] = ("lamp", f"lamp: {_lamp('mute')}")
    shown = {
        gpio: ("display", what.replace("the display's", "display:")) for gpio, what in DISPLAY_PINS.items()
    }
    return found | {gpio: use for gpio, use in shown.items() if use[1].startswith("display")}


def draw(wiring: Wiring) -> str:
    """Return the drawing, an SVG document."""
    used = uses(wiring)
    title = "Wiring of the phone: the 40-pin header and what is connected to it"
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        ' aria-labelledby="title says" font-family="sans-serif" font-size="13">',
        f'<title id="title">{title}</title>',
        f'<desc id="says">{escape(_spoken(used))}</desc>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        _text(40, 40, "The header, seen from above, the board to the left; pin 1 is the square one", size=16),
        *_header(used),
        *_keypad(wiring),
        *_parts(wiring),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


# --- the header ---------------------------------------------------------------------------------------------


def _header(used: Mapping[int, tuple[str, str]]) -> Iterator[str]:
    gpio_of = {pin: gpio for gpio, pin in PIN_OF.items()}
    yield f'<rect x="{LEFT - 22}" y="{TOP - 20}" width="84" height="{19 * STEP + 40}" rx="6" fill="#e5e7eb"/>'
    for pin in range(1, 41):
        odd = pin % 2 == 1
        x, y = (LEFT if odd else RIGHT), TOP + STEP * ((pin - 1) // 2)
        gpio = gpio_of.get(pin)
        kind, label = used.get(gpio, ("", "")) if gpio is not None else ("supply", GROUNDS.get(pin, ""))
        if pin == 17:
            label = "display: 3.3 V"
        ink = INK[kind] if label else "#6b7280"
        side = -1 if odd else 1
        if label:
            yield _line(x, y, x + 190 * side, y, ink)
            yield _text(x + 196 * side, y + 5, label, ink=ink, anchor="end" if odd else "start")
        shape = f'<rect x="{x - 10}" y="{y - 10}" width="20" height="20"' if pin == 1 else None
        shape = shape or f'<circle cx="{x}" cy="{y}" r="10"'
        yield f'{shape} fill="{ink if label else "#ffffff"}" stroke="{ink}"/>'
        yield _text(x, y + 4, str(pin), size=11, ink="#ffffff" if label else ink, anchor="middle")
        name = f"GPIO {gpio}" if gpio is not None else SUPPLY[pin]
        yield _text(x + 28 * side, y - 3, name, size=11, ink=ink, anchor="end" if odd else "start")


# --- the keypad ---------------------------------------------------------------------------------------------


def _keypad(wiring: Wiring) -> Iterator[str]:
    if wiring.layout not in MAPS:
        return
    left, top, wide, high = 165, 700, 74, 58
    yield _text(40, 650, f"The keypad, {wiring.layout}: each key joins its row and its column", size=16)
    right, bottom = left + wide * (len(wiring.columns) - 1) + 34, top + high * (len(wiring.rows) - 1) + 34
    for number, gpio in enumerate(wiring.rows):
        y = top + high * number
        yield _line(left - 34, y, right, y, INK["row"])
        yield _text(left - 40, y + 5, f"row {number + 1}, GPIO {gpio}", ink=INK["row"], anchor="end")
    for number, gpio in enumerate(wiring.columns):
        x = left + wide * number
        yield _line(x, top - 24, x, bottom, INK["column"])
        yield _text(x, bottom + 16, f"column {number + 1}", ink=INK["column"], anchor="middle")
        yield _text(x, bottom + 32, f"GPIO {gpio}", ink=INK["column"], anchor="middle")
    for row, keys in enumerate(MAPS[wiring.layout]):
        for column, key in enumerate(keys):
            x, y = left + wide * column, top + high * row
            box = f'x="{x - 30}" y="{y - 15}" width="60" height="30" rx="6"'
            yield f'<rect {box} fill="#ffffff" stroke="#111827"/>'
            yield _text(x, y + 5, _key(key), anchor="middle")


# --- hook, lamps, keys --------------------------------------------------------------------------------------


def _parts(wiring: Wiring) -> Iterator[str]:
    x, y = 550, 650
    yield _text(x, y, "Hook, lamps and keys: from the line to ground", size=16)
    y += 50
    if wiring.hook_pin is not None:
        means = "closed while lifted" if wiring.polarity == "NC" else "closed at rest"
        yield from _contact(x, y, wiring.hook_pin, "hook", f"{wiring.polarity} contact: {means}")
        y += 50
    for name, gpio in [*wiring.lamps.items(), ("mute", wiring.mute_lamp)]:
        if gpio is not None:
            yield from _led(x, y, gpio, _lamp(name), wiring.lit_high)
            y += 50
    for name, gpio in wiring.keys.items():
        yield from _contact(x, y, gpio, "key", _key(name))
        y += 50


def _contact(x: int, y: int, gpio: int, kind: str, label: str) -> Iterator[str]:
    ink = INK[kind]
    yield _text(x, y + 5, f"GPIO {gpio}", ink=ink)
    yield _line(x + 62, y, x + 100, y, ink)
    yield _line(x + 100, y, x + 130, y - 14, ink)
    yield _line(x + 132, y, x + 170, y, ink)
    yield from _ground(x + 170, y, ink)
    yield _text(x + 190, y + 5, label, ink=ink)


def _led(x: int, y: int, gpio: int, label: str, lit_high: bool) -> Iterator[str]:
    ink = INK["lamp"]
    yield _text(x, y + 5, f"GPIO {gpio}", ink=ink)
    yield _line(x + 62, y, x + 170, y, ink)
    yield f'<rect x="{x + 74}" y="{y - 7}" width="34" height="14" fill="#ffffff" stroke="{ink}"/>'
    near, far = (x + 126, x + 142) if lit_high else (x + 142, x + 126)
    yield f'<path d="M{near} {y - 9}V{y + 9}L{far} {y}Z" fill="{ink}"/>'
    yield _line(far, y - 9, far, y + 9, ink)
    if lit_high:
        yield from _ground(x + 170, y, ink)
    else:
        yield _text(x + 170, y - 6, "3.3 V", size=11, ink=ink, anchor="end")
    yield _text(x + 190, y + 5, f"{label}: 470 Ω to 1 kΩ, LED", ink=ink)


def _ground(x: int, y: int, ink: str) -> Iterator[str]:
    yield _line(x, y, x, y + 8, ink)
    for width, below in ((16, 8), (10, 12), (4, 16)):
        yield _line(x - width // 2, y + below, x + width // 2, y + below, ink)


# --- words and lines ----------------------------------------------------------------------------------------


def _key(name: str) -> str:
    words = {"vol+": "louder", "vol-": "softer", "speaker": "speaker"}
    return words.get(name, name.replace("soft", "soft "))


def _lamp(name: str) -> str:
    return {"ring": "ringing", "message": "message", "mute": "mic off"}[name]


def _spoken(used: Mapping[int, tuple[str, str]]) -> str:
    by_pin = sorted((PIN_OF[gpio], gpio, label) for gpio, (_, label) in used.items())
    return "; ".join(f"pin {pin}, GPIO {gpio}: {label}" for pin, gpio, label in by_pin)


def _line(x1: int, y1: int, x2: int, y2: int, ink: str) -> str:
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{ink}" stroke-width="2"/>'


def _text(x: int, y: int, words: str, *, size: int = 13, ink: str = "#111827", anchor: str = "start") -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" fill="{ink}" text-anchor="{anchor}">{escape(words)}</text>'
    )


def main(argv: list[str] | None = None) -> int:
    """Draw, or check the drawing; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="board.wiring_drawing",
        description="Draw a phone's wiring as SVG.",
        epilog="example: python -m board.wiring_drawing --wiring /etc/sottovoce/board.toml -o mine.svg",
    )
    parser.add_argument(
        "--wiring", type=Path, help="a board.toml that takes the place of parts of board/pi.toml"
    )
    parser.add_argument(
        "-o", "--output", type=Path, default=DRAWING, help=f"where to (default: {DRAWING.name})"
    )
    parser.add_argument("--check", action="store_true", help="only say whether the drawing is current")
    arguments = parser.parse_args(argv)
    try:
        drawing = draw(read_wiring(REFERENCE, *([arguments.wiring] if arguments.wiring else [])))
    except (WiringError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    if not arguments.check:
        arguments.output.write_text(drawing)
        return 0
    current = arguments.output.exists() and arguments.output.read_text() == drawing
    if not current:
        print(f"{arguments.output} is not current; run `python -m board.wiring_drawing`", file=sys.stderr)
    return 0 if current else 1


if __name__ == "__main__":
    sys.exit(main())
