"""USB keypads and handsets: octets of the kernel through a pipe, and a plug that is pulled."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers import keypad_evdev
from drivers.evdev_wire import (
    DOWN,
    EV_KEY,
    EV_SYN,
    EVENT,
    KEY_HANGUP_PHONE,
    KEY_PHONE,
    KEY_PICKUP_PHONE,
    REPEAT,
    SYN_DROPPED,
    UP,
    EventStream,
    InputEvent,
    parse_devices,
)
from drivers.handset_keys import Handset
from drivers.keypad_evdev import EvdevHook, EvdevKeypad, InputDevice, InputUnavailable, KernelSource
from drivers.ports import HookEvent, KeyEvent

PATIENCE_S = 10
KP5, KP_SLASH, KP_ENTER, NUMERIC_7, MIC_MUTE = 76, 98, 96, 0x207, 0xF8

DEVICES = """\
I: Bus=0003 Vendor=04d9 Product=1203 Version=0111
N: Name="SIGMACHIP USB Numpad"
P: Phys=usb-3f980000.usb-1.2/input0
S: Sysfs=/devices/platform/soc/3f980000.usb/usb1/1-1/1-1.2/1-1.2:1.0/0003:04D9:1203.0001/input/input0
U: Uniq=
H: Handlers=sysrq kbd leds event0
B: PROP=0
B: EV=120013
B: KEY=1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe
B: MSC=10
B: LED=7

I: Bus=0003 Vendor=0d8c Product=0014 Version=0100
N: Name="C-Media Electronics Inc. USB Handset"
H: Handlers=kbd event3
B: EV=13
B: KEY=60000000 0 0 0 20000000000 10000e00000000 0

I: Bus=0019 Vendor=0000 Product=0001 Version=0000
N: Name="Power Button"
H: Handlers=kbd event1
B: EV=3
B: KEY=10000000000000 0

N: Name="no handler"
H: Handlers=mouse0

N: Name="a joystick that is called js0"
H: Handlers=js0
"""


def octets(code: int, value: int, kind: int = EV_KEY) -> bytes:
    return EVENT.pack(1_790_000_000, 5, kind, code, value) + EVENT.pack(1_790_000_000, 5, EV_SYN, 0, 0)


class Pipe:
    """An input device that tests write to. After `unplug` there is none until `plug`."""

    def __init__(self) -> None:
        self.down: frozenset[int] = frozenset()
        self.opened = threading.Semaphore(0)
        self._write: int | None = None
        self._read: int | None = None
        self.plug()

    def plug(self) -> None:
        self._read, self._write = os.pipe2(os.O_CLOEXEC)
        os.set_blocking(self._read, False)

    def unplug(self) -> None:
        assert self._write is not None
        os.close(self._write)
        self._write = None

    def send(self, octets: bytes) -> None:
        assert self._write is not None
        os.write(self._write, octets)

    def close(self) -> None:
        if self._write is not None:
            self.unplug()
        if self._read is not None:
            os.close(self._read)

    def open(self) -> int:
        if self._read is None:
            raise InputUnavailable("no input device is called 'test'; plug it in")
        descriptor, self._read = self._read, None
        self.opened.release()
        return descriptor

    def held(self, descriptor: int) -> frozenset[int]:
        return self.down


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pipe]:
    monkeypatch.setattr(keypad_evdev, "RETRY_S", 0.01)
    pipe = Pipe()
    yield pipe
    pipe.close()


@pytest.fixture
def device(pipe: Pipe) -> InputDevice:
    return InputDevice(pipe)


def test_a_key_goes_through_the_pipe_to_the_listener(device: InputDevice, pipe: Pipe) -> None:
    keypad, told = EvdevKeypad(device), queue.Queue[KeyEvent]()
    keypad.start(told.put)
    pipe.send(octets(KP5, DOWN) + octets(KP5, UP))
    assert [told.get(timeout=PATIENCE_S) for _ in range(2)] == [KeyEvent("5", True), KeyEvent("5", False)]
    keypad.close()


def test_an_event_may_arrive_in_pieces(device: InputDevice, pipe: Pipe) -> None:
    keypad, told = EvdevKeypad(device), queue.Queue[KeyEvent]()
    keypad.start(told.put)
    for octet in octets(NUMERIC_7, DOWN):
        pipe.send(bytes([octet]))
    assert told.get(timeout=PATIENCE_S) == KeyEvent("7", True)
    keypad.close()


def test_keys_and_hook_of_one_handset_are_one_device(device: InputDevice, pipe: Pipe) -> None:
    keypad, hook = EvdevKeypad(device), EvdevHook(device)
    keys, hooks = queue.Queue[KeyEvent](), queue.Queue[HookEvent]()
    keypad.start(keys.put)
    hook.start(hooks.put)
    pipe.send(octets(KEY_PHONE, DOWN) + octets(MIC_MUTE, DOWN) + octets(KEY_PHONE, UP))
    assert [hooks.get(timeout=PATIENCE_S) for _ in range(2)] == [HookEvent(True), HookEvent(False)]
    assert keys.get(timeout=PATIENCE_S) == KeyEvent("mute", True)
    hook.close()
    pipe.send(octets(KP5, DOWN))
    assert keys.get(timeout=PATIENCE_S) == KeyEvent("5", True)
    keypad.close()


def test_a_pulled_plug_lets_keys_go_and_hangs_up_and_may_come_back(device: InputDevice, pipe: Pipe) -> None:
    keypad, hook = EvdevKeypad(device), EvdevHook(device)
    keys, hooks = queue.Queue[KeyEvent](), queue.Queue[HookEvent]()
    keypad.start(keys.put)
    hook.start(hooks.put)
    pipe.send(octets(KEY_PHONE, DOWN) + octets(KP5, DOWN))
    assert keys.get(timeout=PATIENCE_S) == KeyEvent("5", True)
    pipe.unplug()
    assert keys.get(timeout=PATIENCE_S) == KeyEvent("5", False)
    assert [hooks.get(timeout=PATIENCE_S).lifted for _ in range(2)] == [True, False]
    assert not hook.lifted
    pipe.down = frozenset({KEY_PHONE})
    pipe.plug()
    assert hooks.get(timeout=PATIENCE_S) == HookEvent(True)
    pipe.send(octets(KP5, DOWN))
    assert keys.get(timeout=PATIENCE_S) == KeyEvent("5", True)
    keypad.close()
    hook.close()


def test_a_handset_that_is_off_from_the_start_is_known_to_be(device: InputDevice, pipe: Pipe) -> None:
    pipe.down = frozenset({KEY_PHONE})
    hook = EvdevHook(device)
    assert not hook.lifted
    hook.start(lambda _: None)
    assert hook.lifted
    hook.close()


def test_a_device_that_is_not_there_is_told_once_and_waited_for(
    device: InputDevice, pipe: Pipe, caplog: pytest.LogCaptureFixture
) -> None:
    os.close(pipe.open())
    pipe.unplug()
    keypad, told = EvdevKeypad(device), queue.Queue[KeyEvent]()
    assert pipe.opened.acquire(timeout=PATIENCE_S)
    keypad.start(told.put)
    pipe.plug()
    assert pipe.opened.acquire(timeout=PATIENCE_S)
    pipe.send(octets(KP5, DOWN))
    assert told.get(timeout=PATIENCE_S) == KeyEvent("5", True)
    keypad.close()
    assert caplog.text.count("plug it in") == 1


def test_no_key_is_ever_logged(device: InputDevice, pipe: Pipe, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    keypad, told = EvdevKeypad(device), queue.Queue[KeyEvent]()
    keypad.start(told.put)
    pipe.send(octets(KP5, DOWN) + octets(0x2FF, DOWN) + octets(KP5, UP))
    assert [told.get(timeout=PATIENCE_S).down for _ in range(2)] == [True, False]
    keypad.close()
    assert caplog.text == ""


# What the keys mean


def play(handset: Handset, *events: tuple[int, int]) -> list[KeyEvent | HookEvent]:
    return [told for code, value in events for told in handset.take(InputEvent(EV_KEY, code, value))]


@pytest.mark.parametrize(
    ("code", "key"),
    [(82, "0"), (79, "1"), (73, "9"), (11, "0"), (2, "1"), (10, "9"), (0x200, "0"), (0x209, "9"), (55, "*"),
     (0x20A, "*"), (98, "#"), (0x20B, "#"), (0x20C, "soft1"), (0x20F, "soft4"), (96, "soft4"), (14, "soft1"),
     (103, "up"), (108, "down"), (115, "vol+"), (114, "vol-"), (0xF8, "mute"), (117, "speaker")],
)  # fmt: skip
def test_codes_are_keys(code: int, key: str) -> None:
    assert play(Handset(), (code, DOWN), (code, UP)) == [KeyEvent(key, True), KeyEvent(key, False)]


def test_a_held_key_that_repeats_is_told_once() -> None:
    assert play(Handset(), (KP5, DOWN), *[(KP5, REPEAT)] * 30, (KP5, UP)) == [
        KeyEvent("5", True),
        KeyEvent("5", False),
    ]


@pytest.mark.parametrize(
    "events",
    [[(KP5, UP)], [(KP5, REPEAT)], [(0x2FF, DOWN)], [(30, DOWN)], [(KP5, 7)], [(KEY_PICKUP_PHONE, UP)]],
)
def test_what_is_no_press_tells_nothing(events: list[tuple[int, int]]) -> None:
    assert play(Handset(), *events) == []


def test_pick_up_and_hang_up_are_told_once_however_often_they_are_pressed() -> None:
    presses = [(KEY_PICKUP_PHONE, DOWN)] * 3 + [(KEY_HANGUP_PHONE, DOWN)] * 3
    assert play(Handset(), *presses) == [HookEvent(True), HookEvent(False)]


def test_a_phone_key_that_is_a_button_lifts_and_hangs_up_in_turn() -> None:
    press = [(KEY_PHONE, DOWN), (KEY_PHONE, REPEAT), (KEY_PHONE, UP)]
    assert play(Handset(toggles=True), *press * 3) == [HookEvent(True), HookEvent(False), HookEvent(True)]


def test_after_lost_events_keys_that_are_up_are_let_go_and_the_hook_is_right() -> None:
    handset = Handset()
    play(handset, (KP5, DOWN), (KEY_PHONE, DOWN))
    assert handset.take(InputEvent(EV_SYN, SYN_DROPPED, 0)) == ()
    assert handset.lost
    assert play(handset, (KP_ENTER, DOWN)) == [], "what follows a loss cannot be trusted until it is checked"
    assert handset.found(frozenset({KP_SLASH})) == (KeyEvent("5", False), HookEvent(False))
    assert not handset.lost


@given(
    st.lists(
        st.one_of(
            st.builds(
                InputEvent,
                st.integers(0, 5),
                st.sampled_from([KP5, KP_SLASH, KEY_PHONE, KEY_PICKUP_PHONE, KEY_HANGUP_PHONE, SYN_DROPPED]),
                st.integers(-1, 3),
            ),
            st.frozensets(st.sampled_from([KP5, KP_SLASH, KEY_PHONE])),
        )
    ),
    st.booleans(),
)
def test_whatever_arrives_downs_and_ups_alternate(
    story: list[InputEvent | frozenset[int]], toggles: bool
) -> None:
    handset, down, lifted = Handset(toggles=toggles), set[str](), False
    for part in story:
        told = handset.take(part) if isinstance(part, InputEvent) else handset.found(part)
        for event in told:
            if isinstance(event, HookEvent):
                assert event.lifted is not lifted
                lifted = event.lifted
            else:
                assert event.down == (event.key not in down)
                down ^= {event.key}
    assert {event.key for event in handset.unplugged() if isinstance(event, KeyEvent)} == down
    assert not handset.lifted


# Octets


@given(st.binary(max_size=400), st.lists(st.integers(0, 400), max_size=8))
def test_any_octets_cut_anywhere_give_the_same_events(data: bytes, cuts: list[int]) -> None:
    whole, cut = EventStream(), EventStream()
    edges = [0, *sorted(min(at, len(data)) for at in cuts), len(data)]
    pieces = [data[a:b] for a, b in pairwise(edges)]
    assert tuple(event for piece in pieces for event in cut.receive(piece)) == whole.receive(data)
    assert len(whole.receive(data)) == (2 * len(data)) // EVENT.size - len(data) // EVENT.size


def test_an_event_has_24_octets_on_a_64_bit_board() -> None:
    assert EVENT.size == 24


# The list of devices


def test_devices_are_known_by_what_they_can_send() -> None:
    numpad, handset, power = parse_devices(DEVICES)
    assert (numpad.name, numpad.node) == ("SIGMACHIP USB Numpad", "event0")
    assert numpad.has_digits
    assert not numpad.has_hook
    assert (handset.name, handset.node) == ("C-Media Electronics Inc. USB Handset", "event3")
    assert handset.has_hook
    assert not handset.has_digits
    assert not power.has_digits
    assert not power.has_hook


@given(st.text(max_size=500))
def test_any_list_of_devices_can_be_read(text: str) -> None:
    for device in parse_devices(text):
        assert device.node.startswith("event")


@pytest.mark.parametrize(
    "block",
    ['N: Name="x"\nH: Handlers=event/../mem\n', 'N: Name="x"\nH: Handlers=eventx\n', 'N: Name="x"\n', "H:\n"],
)
def test_an_entry_without_a_proper_node_is_left_out(block: str) -> None:
    assert list(parse_devices(block)) == []


def test_a_mask_that_is_no_mask_is_no_keys() -> None:
    (device,) = parse_devices('N: Name="x"\nH: Handlers=event7\nB: KEY=zz yy\n')
    assert device.codes == frozenset()


@pytest.fixture
def kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "devices").write_text(DEVICES)
    monkeypatch.setattr(keypad_evdev, "DEVICES", tmp_path / "devices")
    monkeypatch.setattr(keypad_evdev, "NODES", tmp_path)
    return tmp_path


def test_a_device_that_is_missing_is_asked_for_by_name(kernel: Path) -> None:
    with pytest.raises(InputUnavailable, match="'Yealink'; plug it in"):
        KernelSource("Yealink").open()
    with pytest.raises(InputUnavailable, match="plug it in"):
        KernelSource("sigmachip", hook=True).open()


def test_a_node_that_does_not_open_names_the_group(kernel: Path) -> None:
    with pytest.raises(InputUnavailable, match=r"event0 does not open.*group input"):
        KernelSource("numpad", digits=True).open()


def test_a_device_that_cannot_be_grabbed_is_not_used(kernel: Path) -> None:
    """A file cannot be grabbed, as a device that another process has grabbed cannot."""
    (kernel / "event0").write_bytes(octets(KP5, DOWN))
    before = len(os.listdir("/proc/self/fd"))
    with pytest.raises(InputUnavailable, match="belongs to another process"):
        KernelSource("numpad", digits=True).open()
    assert len(os.listdir("/proc/self/fd")) == before
