"""The wiring file: what is right is read, what is wrong is named with its line and what to do."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.pi import REFERENCE, PiBoard
from board.pi_wiring import read_wiring
from board.wiring_table import LARGEST, WiringError


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "board.toml"


def wired(site: Path, text: str) -> object:
    site.write_text(text)
    return read_wiring(REFERENCE, site)


def test_the_reference_wiring_is_right() -> None:
    wiring = read_wiring(REFERENCE)
    assert wiring.layout == "4x5"
    assert wiring.mute_lamp not in wiring.lamps.values()


def test_a_table_of_the_site_takes_the_place_of_the_reference_one_and_leaves_the_others(site: Path) -> None:
    site.write_text('[hook]\npin = 26\npolarity = "NO"\n[keypad]\nlayout = "usb"\ndevice = "Numpad"\n')
    wiring = read_wiring(REFERENCE, site)
    assert (wiring.hook_pin, wiring.polarity) == (26, "NO")
    assert (wiring.layout, wiring.keypad_device, wiring.rows) == ("usb", "Numpad", ())
    assert wiring.lamps == read_wiring(REFERENCE).lamps


def test_a_board_without_a_wiring_file_is_wired_as_the_reference(tmp_path: Path, site: Path) -> None:
    assert PiBoard(tmp_path, site).wiring == read_wiring(REFERENCE)
    site.write_text("[display]\npanel = 'ssd1309'\nupside_down = true\nmegahertz = 4\n")
    assert PiBoard(tmp_path, site).wiring.panel == "ssd1309"


def test_a_four_by_four_keypad_with_keys_of_their_own(site: Path) -> None:
    site.write_text(
        '[keypad]\nlayout = "4x4"\nrows = [5, 6, 13, 26]\ncolumns = [12, 16, 14, 15]\n'
        '[keys]\nmute = 2\nspeaker = 3\n[knob]\na = 4\nb = 18\n'
    )  # fmt: skip
    wiring = read_wiring(REFERENCE, site)
    assert wiring.keys == {"mute": 2, "speaker": 3}
    assert wiring.knob == (4, 18)


def test_the_hook_of_a_usb_handset(site: Path) -> None:
    site.write_text('[hook]\ndevice = "C-Media"\nkey = "button"\n')
    wiring = read_wiring(REFERENCE, site)
    assert (wiring.hook_pin, wiring.hook_device, wiring.phone_key) == (None, "C-Media", "button")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[hook]\npin = 17\npolarity = 'nc'\n", r"line 3: \[hook\] polarity is 'nc'; write \"NO\" or \"NC\""),
        ("[hook]\npin = 17\npolarity = 'closed'\n", r"write \"NO\" or \"NC\""),
        ("[hook]\npin = 17\n", r"line 1: \[hook\] polarity is missing"),
        ("[hook]\n\npin = 24\npolarity = 'NC'\n", r"line 3: .*GPIO 24 is the display's D/C already; use another"),  # noqa: E501
        ("[hook]\npin = 25\npolarity = 'NC'\n", r"GPIO 25 is the display's reset already"),
        ("[hook]\npin = 11\npolarity = 'NC'\n", r"the display's clock already"),
        ("[hook]\npin = 22\npolarity = 'NC'\n", r"line \d+: \[lamps\] ring = 22, but GPIO 22 is \[hook\] pin already"),  # noqa: E501
        ("[hook]\npin = 40\npolarity = 'NC'\n", r"pin = 40 is not on the header; use a BCM number from 2 to 27"),  # noqa: E501
        ("[hook]\npin = 1\npolarity = 'NC'\n", r"not on the header"),
        ("[hook]\npin = -3\npolarity = 'NC'\n", r"not on the header"),
        ("[hook]\npin = true\npolarity = 'NC'\n", r"\[hook\] pin is True, and must be a number"),
        ("[hook]\npin = '17'\npolarity = 'NC'\n", r"must be a number"),
        ("[hook]\npin = 17.0\npolarity = 'NC'\n", r"must be a number"),
        ("[hook]\npin = 17\npolarity = 3\n", r"must be text in quotes"),
        ("[hook]\npin = 17\npolarity = 'NC'\ndevice = 'x'\n", r"remove one of them"),
        ("[hook]\npin = 17\npolarity = 'NC'\nkey = 'switch'\n", r"line 4: .*belongs to a hook on USB"),
        ("[hook]\ndevice = 'x'\nkey = 'knob'\n", r"write \"switch\" or \"button\""),
        ("[hook]\npin = 17\npolarty = 'NC'\n", r"line 3: \[hook\] polarty is unknown \(did you mean 'polarity'\?\)"),  # noqa: E501
        ("[hok]\npin = 17\n", r"no table \[hok\] \(did you mean 'hook'\?\)"),
        ("hook = 17\n", r"hook is a table; write \[hook\] on a line of its own"),
        ("[hook\n", r"is not TOML"),
        ("[hook]\npin = 17\npin = 18\n", r"is not TOML"),
        ("[keypad]\nlayout = '5x4'\n", r"write \"4x4\" or \"4x5\" or \"usb\" \(did you mean"),
        ("[keypad]\nlayout = '4x5'\nrows = [5, 6, 13]\ncolumns = [12, 16, 19, 20, 21]\n", r"line 3: .*list of 4 numbers"),  # noqa: E501
        ("[keypad]\nlayout = '4x4'\nrows = [5, 6, 13, 26]\ncolumns = [12, 16, 19, 20, 21]\n", r"line 4: .*4 numbers"),  # noqa: E501
        ("[keypad]\nlayout = '4x5'\nrows = 5\ncolumns = [12, 16, 19, 20, 21]\n", r"list of 4 numbers"),
        ("[keypad]\nlayout = '4x5'\nrows = [5, 6, 13, true]\ncolumns = [12, 16, 19, 20, 21]\n", r"list of 4"),
        ("[keypad]\nlayout = '4x5'\nrows = [5, 6, 13, 13]\ncolumns = [12, 16, 19, 20, 21]\n", r"GPIO 13 is \[keypad\] rows already"),  # noqa: E501
        ("[keypad]\nlayout = 'usb'\nrows = [5, 6, 13, 26]\n", r"is for a keypad with lines"),
        ("[keypad]\nlayout = '4x4'\ndevice = 'x'\nrows = [5, 6, 13, 26]\ncolumns = [12, 16, 19, 20]\n", r"belongs to layout"),  # noqa: E501
        ("[keys]\nmute = 4\n", r"line 2: \[keys\] mute is a key of the 4x5 keypad already; remove it here"),
        ("[keys]\n'vol*' = 4\n", r"line 2: \[keys\] vol\* is unknown"),
        ("[keys]\n'vol+' = 4\n'vol-' = 4\n", r"line 3: .*GPIO 4 is \[keys\] vol\+ already"),
        ("[knob]\na = 2\nb = 3\n", r"there are volume keys in \[keys\] already"),
        ("[keys]\n[knob]\na = 4\n", r"\[knob\] b is missing"),
        ("[lamps]\nring = 22\nlit = 'bright'\n", r"write \"high\" or \"low\""),
        ("[lamps]\nrings = 22\n", r"did you mean 'ring'"),
        ("[display]\npanel = 'ssd1306'\nmegahertz = 8\n", r"write \"ssd1322\" or \"ssd1309\""),
        ("[display]\npanel = 'ssd1322'\nmegahertz = 10\n", r"megahertz is 10; write one of 1, 2, 4, 8, 16, 20"),  # noqa: E501
        ("[display]\npanel = 'ssd1322'\nmegahertz = 8\nupside_down = 'yes'\n", r"write true or false"),
        ("[sound]\near = ''\nhandset = 'x'\n", r"\[sound\] ear is '', and must be text"),
        ("[sound]\near = 'x'\n", r"\[sound\] handset is missing"),
        ("[sound]\near = 'x'\nhandset = 'x'\ni2s = true\n", r"GPIO 19 is the sound board's I2S already"),
        ("[camera]\nkind = 'webcam'\n", r"write \"picamera2\" or \"v4l2\""),
        ("[camera]\nkind = 'v4l2'\n", r"\[camera\] device is missing"),
        ("[camera]\nkind = 'picamera2'\ndevice = '/dev/video0'\n", r"belongs to kind"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_what_to_do(site: Path, text: str, complaint: str) -> None:
    with pytest.raises(WiringError, match=complaint):
        wired(site, text)


def test_every_complaint_names_the_file(site: Path) -> None:
    with pytest.raises(WiringError, match=r"board\.toml, line 2: "):
        wired(site, "[keys]\nmute = 4\n")


@pytest.mark.parametrize(
    ("octets", "complaint"),
    [(b"\xff\xfe", "is not UTF-8"), (b"#" * (LARGEST + 1), "a wiring file has a page")],
)
def test_a_file_that_is_no_wiring_is_refused(site: Path, octets: bytes, complaint: str) -> None:
    site.write_bytes(octets)
    with pytest.raises(WiringError, match=complaint):
        read_wiring(REFERENCE, site)


def test_tables_that_nobody_wrote_are_asked_for(site: Path) -> None:
    site.write_text('[hook]\npin = 17\npolarity = "NC"\n')
    with pytest.raises(WiringError, match=r"no wiring file has a table \[display\]"):
        read_wiring(site)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    site = tmp_path_factory.mktemp("any") / "board.toml"
    site.write_text(text, newline="")
    with contextlib.suppress(WiringError):
        read_wiring(REFERENCE, site)


toml_values = st.one_of(
    st.integers(-5, 60),
    st.booleans(),
    st.sampled_from(["NC", "usb", "", "4x4", "high"]),
    st.lists(st.integers(0, 30), max_size=6),
)


@given(
    st.sampled_from(["display", "keypad", "keys", "knob", "hook", "lamps", "sound", "camera"]),
    st.dictionaries(st.sampled_from(["pin", "polarity", "rows", "columns", "layout", "device", "a", "b", "ring",  # noqa: E501
                                     "mute", "ear", "handset", "kind", "panel", "megahertz", "lit", "key"]),
                    toml_values, max_size=4),
)  # fmt: skip
def test_any_table_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, table: str, values: dict[str, object]
) -> None:
    site = tmp_path_factory.mktemp("any") / "board.toml"
    lines = [f"{key} = {str(v).lower() if isinstance(v, bool) else repr(v)}" for key, v in values.items()]
    site.write_text("\n".join([f"[{table}]", *lines]))
    try:
        wiring = read_wiring(REFERENCE, site)
    except WiringError:
        return
    used = [
        *wiring.rows,
        *wiring.columns,
        *wiring.keys.values(),
        *wiring.lamps.values(),
        *(wiring.knob or ()),
    ]
    assert len(set(used)) == len(used)
    assert not {24, 25} & set(used)
