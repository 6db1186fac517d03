"""The whole board at once: every device through its port, on a circuit and an SPI bus that writes down."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
import types
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from board.pi import PiBoard
from board.ports import Board, open_board
from drivers.gpio_rpi import HeaderUnavailable
from drivers.ports import HookEvent, KeyEvent
from tests.drivers.circuit import GROUND, Circuit, wired

PATIENCE_S = 10
LINES = {5, 6, 13, 26, 12, 16, 19, 20, 21, 4, 18, 17, 22, 23, 24, 25}
"""Those of the phone service; the mute lamp's is the media service's."""


class SpiDev:
    """spidev's call set."""

    sent: list[int]
    opened: tuple[int, int] | None = None
    changed = threading.Condition()

    def __init__(self) -> None:
        type(self).sent = []

    def open(self, port: int, device: int) -> None:
        type(self).opened = (port, device)

    def writebytes(self, octets: list[int]) -> None:
        assert len(octets) <= 4096
        with self.changed:
            self.sent.extend(octets)
            self.changed.notify_all()

    def close(self) -> None:
        type(self).opened = None


@pytest.fixture
def circuit(monkeypatch: pytest.MonkeyPatch) -> Iterator[Circuit]:
    circuit = Circuit()
    spidev = types.ModuleType("spidev")
    spidev.SpiDev = SpiDev  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "spidev", spidev)
    with wired(circuit):
        yield circuit


@pytest.fixture
def board(tmp_path: Path, circuit: Circuit) -> PiBoard:
    return PiBoard(tmp_path, tmp_path / "none.toml")


def test_it_is_a_board_and_opens_by_its_name(tmp_path: Path) -> None:
    board: Board = open_board("pi", tmp_path)
    assert isinstance(board, PiBoard)


def test_nothing_of_the_hardware_is_imported_before_a_device_is_asked_for(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from board.ports import open_board; "
        f"open_board('pi', Path({str(tmp_path)!r})).wiring; "
        "hardware = {'RPi', 'luma', 'alsaaudio', 'picamera2', 'spidev'}; "
        "print(sorted(hardware & {name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_device_of_the_phone_service_opens_works_and_lets_go(board: PiBoard, circuit: Circuit) -> None:
    closed: set[str] = set()
    circuit.join(5, 12, lambda: "1" in closed)
    circuit.join(4, GROUND, lambda: "vol+" in closed)
    circuit.join(17, GROUND, lambda: "hook" in closed)
    keypad, hook, lamps, display = board.keypad(), board.hook(), board.lamps(), board.display()
    assert set(circuit.modes) == LINES
    keys: queue.Queue[KeyEvent] = queue.Queue()
    hooks: queue.Queue[HookEvent] = queue.Queue()
    keypad.start(keys.put)
    hook.start(hooks.put)
    for key in ("1", "vol+"):
        for down in (True, False):
            closed ^= {key}
            circuit.changed()
            assert keys.get(timeout=PATIENCE_S) == KeyEvent(key, down)
    closed.add("hook")
    circuit.changed()
    assert hooks.get(timeout=PATIENCE_S) == HookEvent(True)
    lamps.set("ring", "fast")
    with SpiDev.changed:
        before = len(SpiDev.sent)
        display.show(Image.new("L", display.size, 255), ("hello",))
        assert SpiDev.changed.wait_for(lambda: len(SpiDev.sent) >= before + 8192, PATIENCE_S)
    assert SpiDev.opened == (0, 0)
    for device in (keypad, hook, lamps, display):
        device.close()
    assert circuit.modes == {}
    assert SpiDev.opened is None


def test_the_media_service_opens_one_line(board: PiBoard, circuit: Circuit) -> None:
    lamp = board.mute_lamp()
    lamp.set(True)
    assert circuit.modes == {27: "out 1"}
    lamp.close()
    assert circuit.modes == {}


def test_a_board_without_a_mute_lamp_opens_nothing(tmp_path: Path, circuit: Circuit) -> None:
    site = tmp_path / "board.toml"
    site.write_text("[lamps]\nring = 22\n")
    PiBoard(tmp_path, site).mute_lamp().set(True)
    assert circuit.modes == {}


def test_the_small_display_is_opened_where_it_is_wired(tmp_path: Path, circuit: Circuit) -> None:
    site = tmp_path / "board.toml"
    site.write_text('[display]\npanel = "ssd1309"\nmegahertz = 4\n')
    display = PiBoard(tmp_path, site).display()
    with SpiDev.changed:
        before = len(SpiDev.sent)
        display.show(Image.new("L", display.size), ("hello",))
        assert SpiDev.changed.wait_for(lambda: len(SpiDev.sent) >= before + 1024, PATIENCE_S)
    display.close()
    assert circuit.modes == {}


def test_keypad_and_hook_of_one_usb_handset_are_one_device(tmp_path: Path) -> None:
    site = tmp_path / "board.toml"
    site.write_text(
        '[keypad]\nlayout = "usb"\ndevice = "No such handset"\n[keys]\n'
        '[hook]\ndevice = "No such handset"\n'
    )  # fmt: skip
    board = PiBoard(tmp_path, site)
    keypad, hook = board.keypad(), board.hook()
    keypad.start(lambda _: None)
    hook.start(lambda _: None)
    assert [thread.name for thread in threading.enumerate()].count("input-device") == 1
    assert not hook.lifted
    keypad.close()
    hook.close()


def test_the_sound_card_is_the_one_of_the_wiring_file_and_is_not_opened_yet(
    tmp_path: Path, board: PiBoard
) -> None:
    assert board.sound().rate == 16000


def test_cameras_are_made_without_opening_them(tmp_path: Path, board: PiBoard) -> None:
    site = tmp_path / "board.toml"
    site.write_text('[camera]\nkind = "v4l2"\ndevice = "/dev/video7"\n')
    assert type(board.camera()).__name__ == "Picamera2Camera"
    assert type(PiBoard(tmp_path, site).camera()).__name__ == "V4L2Camera"


def test_a_display_line_that_another_process_has_is_named(board: PiBoard, circuit: Circuit) -> None:
    circuit.busy = {25}
    with pytest.raises(HeaderUnavailable, match="GPIO 25"):
        board.display()
    assert circuit.modes == {}


def test_a_header_that_goes_away_stops_the_display_and_says_so(
    board: PiBoard, circuit: Circuit, caplog: pytest.LogCaptureFixture
) -> None:
    display = board.display()
    circuit.gone = True
    display.show(Image.new("L", display.size, 255), ("hello",))
    display.close()
    assert "the display cannot be reached any more" in caplog.text
    assert "not given back: GPIO 24" in caplog.text
