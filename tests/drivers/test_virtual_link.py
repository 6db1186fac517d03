"""The desk link of a virtual phone: what it takes, what it refuses, and that it never grows."""

from __future__ import annotations

import json
import queue
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from drivers.ports import HookEvent, KeyEvent
from drivers.virtual import CLIENTS, DeskLink, VirtualDisplay, VirtualHook, VirtualKeypad, VirtualLamps
from drivers.virtual_wire import (
    FRAME_OCTETS,
    KEYS,
    REPORT_OCTETS,
    REQUEST_OCTETS,
    SIZE,
    NotOurs,
    pack,
    parse_report,
    parse_request,
    parse_screen,
    request,
    screen_report,
    unpack,
)

PATIENCE_S = 10


class Hand:
    """A client that reads and writes octets, with nothing in between."""

    def __init__(self, path: Path) -> None:
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.settimeout(PATIENCE_S)
        self.socket.connect(str(path))
        self.file = self.socket.makefile("rb")

    def send(self, octets: bytes) -> None:
        self.socket.sendall(octets)

    def next(self) -> dict[str, object]:
        line = self.file.readline()
        return json.loads(line) if line else {}

    def until(self, **wanted: object) -> dict[str, object]:
        while report := self.next():
            if all(report.get(name) == value for name, value in wanted.items()):
                return report
        raise AssertionError(f"the phone hung up before it said {wanted}")

    def rest(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.file]

    def close(self) -> None:
        self.file.close()
        self.socket.close()


@pytest.fixture
def link(tmp_path: Path) -> Iterator[DeskLink]:
    link = DeskLink(tmp_path / "run" / "desk.sock")
    link.listen()
    yield link
    link.close()


@pytest.fixture
def hand(link: DeskLink, tmp_path: Path) -> Iterator[Hand]:
    hand = Hand(tmp_path / "run" / "desk.sock")
    yield hand
    hand.close()


def test_a_pressed_key_reaches_the_listener(link: DeskLink, hand: Hand) -> None:
    keys: queue.Queue[KeyEvent] = queue.Queue()
    VirtualKeypad(link).start(keys.put)
    hand.send(b'{"key":"5","down":true}\n{"key":"5","down":false}\n')
    assert [keys.get(timeout=PATIENCE_S) for _ in range(2)] == [KeyEvent("5", True), KeyEvent("5", False)]


def test_a_line_may_arrive_in_pieces(link: DeskLink, hand: Hand) -> None:
    keys: queue.Queue[KeyEvent] = queue.Queue()
    VirtualKeypad(link).start(keys.put)
    for octet in b'{"key":"soft4","down":true}\n':
        hand.send(bytes([octet]))
    assert keys.get(timeout=PATIENCE_S) == KeyEvent("soft4", True)


def test_the_hook_is_told_once_for_each_change_and_to_everybody(
    link: DeskLink, hand: Hand, tmp_path: Path
) -> None:
    hooks: queue.Queue[HookEvent] = queue.Queue()
    hook = VirtualHook(link)
    hook.start(hooks.put)
    hand.send(b'{"hook":true}\n{"hook":true}\n{"hook":false}\n')
    assert [hooks.get(timeout=PATIENCE_S) for _ in range(2)] == [HookEvent(True), HookEvent(False)]
    hand.send(b'{"hook":true}\n')
    assert hooks.get(timeout=PATIENCE_S) == HookEvent(True)
    assert hook.lifted
    other = Hand(tmp_path / "run" / "desk.sock")
    other.until(hook=True)
    other.close()


def test_a_new_client_gets_the_whole_state_first(link: DeskLink, tmp_path: Path) -> None:
    VirtualDisplay(link).show(Image.new("L", SIZE, 255), ("Ready",))
    VirtualLamps(link).set("ring", "fast")
    hand = Hand(tmp_path / "run" / "desk.sock")
    reports = [hand.next() for _ in range(4)]
    assert {"hook": False} in reports
    assert {"lamp": "ring", "pattern": "fast"} in reports
    assert {"lamp": "message", "pattern": "off"} in reports
    assert [r["text"] for r in reports if "frame" in r] == [["Ready"]]
    hand.close()


def test_an_unchanged_screen_costs_nothing(link: DeskLink, hand: Hand) -> None:
    display = VirtualDisplay(link)
    display.show(Image.new("L", SIZE, 8), ("one",))
    hand.until(text=["one"])
    display.show(Image.new("L", SIZE, 8), ("one",))
    display.contrast(16)
    assert hand.next() == {"contrast": 16}


def test_a_key_held_by_a_desk_that_goes_away_is_released(link: DeskLink, hand: Hand) -> None:
    keys: queue.Queue[KeyEvent] = queue.Queue()
    VirtualKeypad(link).start(keys.put)
    hand.send(b'{"key":"#","down":true}\n')
    assert keys.get(timeout=PATIENCE_S) == KeyEvent("#", True)
    hand.close()
    assert keys.get(timeout=PATIENCE_S) == KeyEvent("#", False)


@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b"hello\n",
        b"[]\n",
        b"{}\n",
        b'"5"\n',
        b'{"key":"5"}\n',
        b'{"key":5,"down":true}\n',
        b'{"key":"5","down":1}\n',
        b'{"key":"5","down":true,"hook":true}\n',
        b'{"key":"soft9","down":true}\n',
        b'{"key":"","down":true}\n',
        b'{"hook":"up"}\n',
        b'{"hook":null}\n',
        b'{"frame":""}\n',
        b"\xff\xfe\n",
        b"[" * (REQUEST_OCTETS - 1) + b"\n",
        b'{"key":"' + b"5" * REQUEST_OCTETS + b'","down":true}\n',
        b"x" * 4096,
    ],
)
def test_what_is_not_a_key_or_the_hook_ends_that_client_alone(
    link: DeskLink, hand: Hand, tmp_path: Path, line: bytes
) -> None:
    keys: queue.Queue[KeyEvent] = queue.Queue()
    VirtualKeypad(link).start(keys.put)
    bystander = Hand(tmp_path / "run" / "desk.sock")
    hand.send(line)
    assert "error" in hand.rest()[-1]
    assert keys.empty()
    bystander.send(b'{"key":"1","down":true}\n')
    assert keys.get(timeout=PATIENCE_S) == KeyEvent("1", True)
    bystander.close()


def test_one_client_too_many_is_told_so(link: DeskLink, tmp_path: Path) -> None:
    path = tmp_path / "run" / "desk.sock"
    hands = []
    for _ in range(CLIENTS):
        hands.append(Hand(path))
        hands[-1].until(hook=False)
    late = Hand(path)
    assert "close one first" in str(late.rest()[-1]["error"])
    for hand in (*hands, late):
        hand.close()


def test_a_client_that_never_reads_does_not_hold_up_the_phone(
    link: DeskLink, hand: Hand, tmp_path: Path
) -> None:
    display = VirtualDisplay(link)
    frames = [Image.effect_noise(SIZE, 200).convert("L") for _ in range(100)]
    for number, frame in enumerate(frames):
        display.show(frame, (f"frame {number}",))
    attentive = Hand(tmp_path / "run" / "desk.sock")
    assert attentive.until(text=["frame 99"])
    attentive.close()
    # Much was skipped for the sleeper, the latest frame was not.
    texts = []
    while texts[-1:] != [["frame 99"]]:
        report = hand.next()
        texts += [report["text"]] if "text" in report else []
    assert len(texts) < 100


def test_the_socket_is_for_its_owner_only_and_goes_when_closed(link: DeskLink, tmp_path: Path) -> None:
    path = tmp_path / "run" / "desk.sock"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    link.close()
    assert not path.exists()


def test_a_socket_left_by_a_dead_phone_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "desk.sock"
    dead = socket.socket(socket.AF_UNIX)
    dead.bind(str(path))
    dead.close()
    link = DeskLink(path)
    link.listen()
    hand = Hand(path)
    assert hand.next() == {"hook": False}
    hand.close()
    link.close()


@pytest.mark.parametrize(("lamp", "pattern"), [("ring", "blink"), ("tree", "on"), ("", "")])
def test_a_lamp_or_pattern_that_no_phone_has_is_refused(link: DeskLink, lamp: str, pattern: str) -> None:
    with pytest.raises(ValueError, match="no lamp"):
        VirtualLamps(link).set(lamp, pattern)


@pytest.mark.parametrize("image", [Image.new("RGB", SIZE), Image.new("L", (256, 65)), Image.new("1", SIZE)])
def test_a_frame_of_another_shape_is_refused(link: DeskLink, image: Image.Image) -> None:
    with pytest.raises(ValueError, match="'L' images"):
        VirtualDisplay(link).show(image, ())


def test_a_closed_display_is_dark_and_closed_lamps_are_out(link: DeskLink, hand: Hand) -> None:
    display, lamps = VirtualDisplay(link), VirtualLamps(link)
    lamps.set("message", "slow")
    display.show(Image.new("L", SIZE, 255), ("secret name",))
    hand.until(text=["secret name"])
    display.close()
    hand.until(text=[])
    lamps.close()
    hand.until(lamp="message", pattern="off")


# -- the lines themselves


@given(st.binary(max_size=2 * REQUEST_OCTETS))
def test_any_octets_are_a_request_or_not_ours(line: bytes) -> None:
    try:
        event = parse_request(line)
    except NotOurs:
        return
    assert parse_request(request(event)) == event


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from(["key", "down", "hook", "frame"]), inner)
        ),
    )
)
def test_any_json_is_a_request_or_not_ours(value: object) -> None:
    try:
        event = parse_request(json.dumps(value).encode())
    except NotOurs:
        return
    assert isinstance(event, HookEvent) or event.key in KEYS


@given(st.binary(max_size=200), st.lists(st.text()))
def test_a_damaged_screen_is_not_ours(frame: bytes, text: list[str]) -> None:
    with pytest.raises(NotOurs):
        parse_screen({"frame": frame.hex(), "text": text})


@pytest.mark.parametrize(
    "fields",
    [{"frame": 5, "text": []}, {"frame": "", "text": "x"}, {"frame": "", "text": [1]}, {"frame": ""}],
)
def test_a_screen_of_other_types_is_not_ours(fields: dict[str, object]) -> None:
    with pytest.raises(NotOurs):
        parse_screen(fields)


def test_a_report_is_bounded() -> None:
    with pytest.raises(NotOurs):
        parse_report(b'{"text":"' + b"x" * REPORT_OCTETS + b'"}')
    line = screen_report(Image.effect_noise(SIZE, 255), tuple("\N{GRINNING FACE}" * 10**5 for _ in range(99)))
    assert len(line) <= REPORT_OCTETS


def test_a_frame_survives_the_wire_in_sixteen_greys() -> None:
    ramp = Image.linear_gradient("L").resize(SIZE)
    again = unpack(pack(ramp))
    assert [p >> 4 for p in ramp.get_flattened_data()] == [p // 17 for p in again.get_flattened_data()]
    assert pack(again) == pack(ramp)


@pytest.mark.parametrize("size", [0, 1, FRAME_OCTETS - 1, FRAME_OCTETS + 1])
def test_packed_pixels_of_another_length_are_refused(size: int) -> None:
    with pytest.raises(ValueError, match="a frame has"):
        unpack(bytes(size))
