"""docs/hardware.md says of the wiring what board/pi.toml says."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from board.pi import REFERENCE
from drivers.display_panel import Bus
from drivers.evdev_wire import KEY_PHONE, KEYS
from drivers.key_scanner import MAPS

PAGE = (Path(__file__).parents[2] / "docs" / "hardware.md").read_text()
PINS = {
    2: 3, 3: 5, 4: 7, 14: 8, 15: 10, 17: 11, 18: 12, 27: 13, 22: 15, 23: 16, 24: 18, 10: 19, 9: 21, 25: 22,
    11: 23, 8: 24, 7: 26, 0: 27, 1: 28, 5: 29, 6: 31, 12: 32, 13: 33, 19: 35, 16: 36, 26: 37, 20: 38, 21: 40,
}  # fmt: skip
"""Pin of the header for each GPIO number."""
ROW = re.compile(
    r"^\| (?P<part>[^|]+) \| (`(?P<key>[^`]+)`( (?P<nth>\d))?|always) \| (?P<gpio>\d+) \| (?P<pin>\d+) \|",
    re.M,
)


def test_the_table_has_every_line_of_the_reference_wiring_and_no_other() -> None:
    wiring = tomllib.loads(REFERENCE.read_text())
    expected = {(f"keypad.{name}", nth): gpio
                for name in ("rows", "columns")
                for nth, gpio in enumerate(wiring["keypad"][name], 1)}  # fmt: skip
    expected |= {(f"keys.{name}", 0): gpio for name, gpio in wiring["keys"].items()}
    expected |= {(f"lamps.{name}", 0): wiring["lamps"][name] for name in ("ring", "message", "mute")}
    expected[("hook.pin", 0)] = wiring["hook"]["pin"]
    said = {(m["key"], int(m["nth"] or 0)): int(m["gpio"]) for m in ROW.finditer(PAGE) if m["key"]}
    assert said == expected


def test_the_display_is_where_its_driver_looks_for_it() -> None:
    fixed = {m["part"]: int(m["gpio"]) for m in ROW.finditer(PAGE) if not m["key"]}
    bus = Bus()
    assert fixed == {
        "display D/C": bus.data_command,
        "display reset": bus.reset,
        "display data": 10,
        "display clock": 11,
        "display select": 8,
    }


def test_every_pin_of_the_table_is_that_of_its_line() -> None:
    rows = list(ROW.finditer(PAGE))
    assert len(rows) == 20
    for row in rows:
        assert PINS[int(row["gpio"])] == int(row["pin"]), row["part"]


def test_the_drawing_has_every_pin_in_its_place_and_says_what_the_table_says() -> None:
    drawn: dict[int, str] = {}
    for line in PAGE.splitlines():
        if match := re.match(r"(?P<left>.*)\((?P<odd>[ \d]\d)\)\((?P<even>[ \d]\d)\)(?P<right>.*)", line):
            drawn[int(match["odd"])] = match["left"]
            drawn[int(match["even"])] = match["right"]
    assert sorted(drawn) == list(range(1, 41))
    for gpio, pin in PINS.items():
        assert re.search(rf"GPIO +{gpio}\b", drawn[pin]), f"pin {pin}"
    short = {"keypad.rows": "row", "keypad.columns": "column", "keys.vol+": "louder", "keys.vol-": "softer",
             "hook.pin": "hook (NC)", "lamps.ring": "lamp: ringing", "lamps.message": "lamp: message",
             "lamps.mute": "lamp: mic off"}  # fmt: skip
    for row in ROW.finditer(PAGE):
        label = f"{short[row['key']]} {row['nth'] or ''}".strip() if row["key"] else row["part"]
        assert label in drawn[int(row["pin"])], label


def test_the_keypad_of_the_drawing_is_the_one_the_scanner_knows() -> None:
    for number, keys in enumerate(MAPS["4x5"], 1):
        line = next(line for line in PAGE.splitlines() if re.match(rf"\s+r{number}\s", line))
        names = [key.replace("soft", "soft ").replace("speaker", "loudspeaker") for key in keys]
        assert re.sub(r" {2,}", "|", line.strip()).split("|")[1:6] == names


def test_the_polarity_that_the_page_recommends_is_the_reference() -> None:
    wiring = tomllib.loads(REFERENCE.read_text())
    assert wiring["hook"]["polarity"] == "NC"
    assert "Take NC" in PAGE


def test_the_page_does_not_claim_more_than_was_tried() -> None:
    assert "Nothing on this page has been tried on real parts" in PAGE


def test_the_overlay_has_the_lines_and_the_keys_of_the_reference() -> None:
    overlay = (REFERENCE.parent / "overlay" / "sottovoce-keypad.dts").read_text()
    wiring = tomllib.loads(REFERENCE.read_text())

    def lines(name: str) -> list[int]:
        (value,) = re.findall(rf"(?<![-\w]){name} = ([^;]+);", overlay)
        return [int(number) for number in re.findall(r"&gpio (\d+)", value)]

    assert lines("row-gpios") == wiring["keypad"]["rows"]
    assert lines("col-gpios") == wiring["keypad"]["columns"]
    assert lines("gpios") == [wiring["hook"]["pin"]]
    cells = [int(word, 16) for word in re.findall(r"\b0x[0-9a-f]{8}\b", overlay)]
    names = {(cell >> 24, cell >> 16 & 0xFF): KEYS[cell & 0xFFFF] for cell in cells}
    assert names == {(r, c): key for r, row in enumerate(MAPS["4x5"]) for c, key in enumerate(row)}
    assert int(re.findall(r"linux,code = <(0x[0-9a-f]+)>", overlay)[0], 16) == KEY_PHONE
