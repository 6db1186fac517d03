"""The displays: luma's real drivers with a bus that writes down what passes."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from luma.oled.device import ssd1322
from PIL import Image, ImageDraw

from drivers.display_luma import FULL_OCTETS, SIZE, SSD1322, LumaDisplay, boxes
from drivers.display_panel import Bus, DisplayUnavailable, open_bus
from drivers.display_small import COLUMNS, LINES, SmallDisplay, drawn, has_filled_bar, pages
from drivers.gpio_rpi import Header
from tests.drivers.circuit import Circuit

PATIENCE_S = 10
BUDGET = 8_208


class Wire:
    """A bus that keeps what passes, and waits for what shall."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, tuple[int, ...]]] = []
        self.closed = False
        self._changed = threading.Condition()

    def command(self, *octets: int) -> None:
        self._keep("command", octets)

    def data(self, octets: Sequence[int]) -> None:
        self._keep("data", tuple(octets))

    def cleanup(self) -> None:
        self.closed = True

    def until(self, *octets: int) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: ("command", octets) in self.sent, PATIENCE_S)

    @property
    def octets(self) -> int:
        return sum(len(octets) for _, octets in self.sent)

    def clear(self) -> None:
        with self._changed:
            self.sent.clear()

    def _keep(self, kind: str, octets: tuple[int, ...]) -> None:
        assert not self.closed
        assert all(0 <= octet <= 255 for octet in octets)
        with self._changed:
            self.sent.append((kind, octets))
            self._changed.notify_all()


def noise(seed: int, size: tuple[int, int] = SIZE) -> Image.Image:
    return Image.fromarray(np.random.default_rng(seed).integers(0, 256, size[::-1], dtype=np.uint8))


def glass(wire: Wire, before: np.ndarray | None = None) -> np.ndarray:
    """Do what the controller does with what was sent; return its memory, four bits a pixel."""
    memory = np.zeros(SIZE[::-1], dtype=np.uint8) if before is None else before.copy()
    offset = (480 - SIZE[0]) // 2 // 4
    command, columns, rows = 0, (0, 0), (0, 0)
    for kind, octets in wire.sent:
        if kind == "command":
            command = octets[0]
        elif command == 0x15:
            columns = ((octets[0] - offset) * 4, (octets[1] - offset) * 4 + 4)
        elif command == 0x75:
            rows = (octets[0], octets[1] + 1)
        elif command == 0x5C:
            packed = np.array(octets, dtype=np.uint8).reshape(rows[1] - rows[0], -1)
            part = memory[rows[0] : rows[1], columns[0] : columns[1]]
            part[:, 0::2], part[:, 1::2] = packed >> 4, packed & 15
    return memory


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.mark.filterwarnings("ignore:Image.Image.getdata:DeprecationWarning")
def test_a_whole_frame_is_what_luma_itself_would_send(wire: Wire) -> None:
    theirs = Wire()
    luma, ours = ssd1322(theirs), SSD1322(wire)
    theirs.clear()
    wire.clear()
    luma.display(Image.new("RGB", SIZE))
    luma.framebuffer.prev_image = None
    luma.display(noise(1).convert("RGB"))
    ours.display(noise(1))
    assert wire.sent == theirs.sent


def test_a_whole_frame_costs_at_most_8208_octets_and_the_same_again_nothing(wire: Wire) -> None:
    panel = SSD1322(wire)
    for seed in (1, 2):
        wire.clear()
        panel.display(noise(seed))
        assert wire.octets == FULL_OCTETS <= BUDGET
        wire.clear()
        panel.display(noise(seed))
        assert wire.octets == 0


def test_a_clock_that_ticks_costs_little(wire: Wire) -> None:
    panel = SSD1322(wire)
    frame = noise(1)
    panel.display(frame)
    wire.clear()
    changed = frame.copy()
    ImageDraw.Draw(changed).rectangle((220, 3, 250, 12), fill=255)
    panel.display(changed)
    assert 0 < wire.octets < 400


@given(st.lists(st.tuples(st.integers(0, 255), st.integers(0, 63), st.integers(0, 255)), max_size=40))
def test_whatever_changes_the_glass_shows_it_and_a_frame_is_never_dearer_than_whole(
    dots: list[tuple[int, int, int]],
) -> None:
    wire = Wire()
    panel, frame = SSD1322(wire), noise(3)
    panel.display(frame)
    before = glass(wire)
    wire.clear()
    for x, y, grey in dots:
        frame.putpixel((x, y), grey)
    panel.display(frame)
    assert (glass(wire, before) == np.asarray(frame) >> 4).all()
    assert wire.octets <= FULL_OCTETS


@given(st.integers(0, 255), st.integers(0, 63), st.integers(1, 256), st.integers(1, 64))
def test_boxes_cover_what_changed_on_multiples_of_four(x: int, y: int, w: int, h: int) -> None:
    before = np.zeros(SIZE[::-1], dtype=np.uint8)
    after = before.copy()
    after[y : y + h, x : x + w] = 9
    covered = before.copy()
    for left, top, right, bottom in boxes(Image.fromarray(before), Image.fromarray(after)):
        assert left % 4 == right % 4 == 0
        assert 0 <= left < right <= SIZE[0]
        assert 0 <= top < bottom <= SIZE[1]
        covered[top:bottom, left:right] = 9
    assert (covered >= after).all()


def test_upside_down_is_turned_by_half(wire: Wire) -> None:
    panel = SSD1322(wire, rotate=2)
    panel.display(noise(4))
    assert (glass(wire) == (np.asarray(noise(4)) >> 4)[::-1, ::-1]).all()


@pytest.fixture
def display(wire: Wire) -> Iterator[LumaDisplay]:
    display = LumaDisplay(wire)
    yield display
    display.close()


def test_the_latest_frame_is_on_the_glass_when_the_display_closes(wire: Wire) -> None:
    display = LumaDisplay(wire)
    wire.clear()
    for seed in range(20):
        display.show(noise(seed), ())
    display.contrast(0x33)
    wire.until(0xC1)
    shown = glass(wire)
    display.close()
    assert (shown == np.asarray(noise(19)) >> 4).all()
    assert ("command", (0xAE,)) in wire.sent
    assert wire.closed


def test_a_frame_may_be_drawn_on_again_once_it_was_shown(wire: Wire) -> None:
    display = LumaDisplay(wire)
    wire.clear()
    frame = noise(1)
    display.show(frame, ())
    frame.paste(255, (0, 0, *SIZE))
    display.contrast(0x33)
    wire.until(0xC1)
    shown = glass(wire)
    display.close()
    assert (shown == np.asarray(noise(1)) >> 4).all()


def test_contrast_zero_switches_the_panel_off_and_more_switches_it_on_again(
    display: LumaDisplay, wire: Wire
) -> None:
    display.contrast(0)
    wire.until(0xAE)
    wire.clear()
    display.contrast(0x10)
    wire.until(0xAF)
    assert wire.sent == [("command", (0xC1,)), ("data", (0x10,)), ("command", (0xAF,))]


@pytest.mark.parametrize("level", [-1, 256, 1000])
def test_a_brightness_that_there_is_not_is_refused(display: LumaDisplay, level: int) -> None:
    with pytest.raises(ValueError, match="0 to 255"):
        display.contrast(level)


@pytest.mark.parametrize(
    "frame",
    [Image.new("RGB", SIZE), Image.new("1", SIZE), Image.new("L", (128, 64)), Image.new("L", (64, 256))],
)
def test_a_frame_of_another_mode_or_size_is_refused(display: LumaDisplay, frame: Image.Image) -> None:
    with pytest.raises(ValueError, match="takes 'L' images"):
        display.show(frame, ())


class BrokenWire(Wire):
    """A bus that fails after the panel was set up."""

    broken = False

    def _keep(self, kind: str, octets: tuple[int, ...]) -> None:
        if self.broken:
            raise OSError("bus error")
        super()._keep(kind, octets)


def test_a_bus_that_breaks_is_told_and_stops_nobody(caplog: pytest.LogCaptureFixture) -> None:
    wire = BrokenWire()
    display = LumaDisplay(wire)
    wire.broken = True
    display.show(noise(1), ())
    display.close()
    assert "cannot be reached any more: bus error" in caplog.text


def test_a_display_without_spi_says_what_to_switch_on_and_gives_its_lines_back(
    header: Header, circuit: Circuit, monkeypatch: pytest.MonkeyPatch
) -> None:
    import luma.core.interface.serial as serial

    def no_device(**_: object) -> None:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(serial, "spi", no_device)
    with pytest.raises(DisplayUnavailable, match=r"/dev/spidev0\.0 .* dtparam=spi=on"):
        open_bus(header, Bus())
    assert circuit.modes == {}


# The small one


def words(page_list: Sequence[object]) -> str:
    return " ".join(line for page in page_list for line in (*page.head, *page.body))  # type: ignore[attr-defined]


SCREENS = {
    "idle": ("12:48", "Sun 22 Nov", "2001 Asha Okafor", "Ready for secure calls", "Keys valid to 30 Nov",
             "Log | Contacts | Redial | Menu"),
    "refused": ("! CALL REFUSED", "2047 could not be verified", "Their key did not match. Tell security. E34",
                "- | - | - | OK"),
    "confirm": ("Enrol as Maya Ramanathan-Grey-Featherstonehaugh?",
                "+4989123456789 · Bundesministerium für besondere Angelegenheiten",
                "Keys Nov 2026. Issued 22 Nov 2026", "Check code: 88B0 08B0", "Cancel | - | - | Enrol"),
    "german": ("Eingehender sicherer Anruf", "Łukasz Żak", "3310 · Identität geprüft",
               "Abweisen | Stumm | Parken | Annehmen"),
    "viewfinder": ("Enrol this phone", "Move closer", "Code too small to read", "[camera picture]",
                   "Cancel | - | - | -"),
    "nothing": (),
}  # fmt: skip


@pytest.mark.parametrize("name", SCREENS)
def test_every_word_of_a_screen_is_on_some_page(name: str) -> None:
    text = SCREENS[name]
    said = words(pages(text, filled=False)).replace(" ", "")
    body = [line for line in text if " | " not in line and not line.startswith("[")]
    for word in " ".join(body).split():
        assert word in said


@pytest.mark.parametrize("name", SCREENS)
def test_nothing_is_wider_than_the_glass_or_below_it(name: str) -> None:
    for page in pages(SCREENS[name], filled=False):
        lines = (*page.head, *page.body, *page.keys)
        assert len(lines) <= LINES
        assert all(len(line) <= COLUMNS for line in lines)


def test_what_is_refused_stays_framed_at_the_top_of_every_page() -> None:
    refused = pages(SCREENS["refused"], filled=False)
    assert len(refused) > 1
    for page in refused:
        assert page.head == ("! CALL REFUSED",)
        picture = drawn(page)
        assert [bool(picture.getpixel(at)) for at in ((0, 6), (64, 0), (120, 6))] == [True, True, False]


def test_what_is_secure_is_black_on_white_because_the_picture_has_its_bar() -> None:
    frame = Image.new("L", SIZE)
    assert not has_filled_bar(frame)
    ImageDraw.Draw(frame).rectangle((0, 0, 255, 15), outline=255)
    assert not has_filled_bar(frame), "an outlined bar is the sign of a refusal"
    ImageDraw.Draw(frame).rectangle((0, 0, 255, 15), fill=255)
    assert has_filled_bar(frame)
    (page,) = pages(("Secure – verified", "Łukasz Żak", "- | - | Mute | End"), filled=True)
    assert drawn(page).getpixel((120, 6))


def test_soft_keys_stand_above_their_own_keys() -> None:
    (page,) = pages(("Dial a number", "Delete | - | Clear | Call"), filled=False)
    (line,) = page.keys
    assert line.split() == ["Delete", "Clear", "Call"]
    assert line.index("Delete") < COLUMNS / 4
    assert COLUMNS / 2 <= line.index("Clear") + 2 < COLUMNS * 3 / 4
    assert line.index("Call") >= COLUMNS * 3 / 4 - 1


def test_long_soft_keys_take_two_lines_and_are_all_there() -> None:
    (page, *_) = pages(SCREENS["german"], filled=False)
    assert len(page.keys) == 2
    assert [line.split() for line in page.keys] == [["Abweisen", "Parken"], ["Stumm", "Annehmen"]]


def test_a_screen_of_a_novel_ends_after_eight_pages() -> None:
    assert len(pages(["word " * 2000], filled=False)) == 8


@given(st.lists(st.text(max_size=60), max_size=8), st.booleans())
def test_any_words_can_be_set(text: list[str], filled: bool) -> None:
    for page in pages(text, filled=filled):
        assert len((*page.head, *page.body, *page.keys)) <= LINES
        assert drawn(page).size == (128, 64)


@pytest.fixture
def small(wire: Wire) -> Iterator[SmallDisplay]:
    small = SmallDisplay(wire)
    yield small
    small.close()


def test_the_small_display_sends_1024_octets_for_a_screen_and_nothing_for_the_same_again() -> None:
    wire = Wire()
    small = SmallDisplay(wire)
    frame = Image.new("L", small.size)
    text = ("Dial a number", "2047", "Delete | - | Clear | Call")
    before = len(wire.sent)
    small.show(frame, text)
    small.show(noise(1), text)
    small.contrast(0x33)
    wire.until(0x81, 0x33)
    screens = [octets for kind, octets in wire.sent[before:] if kind == "data"]
    assert [len(octets) for octets in screens] == [1024]
    (page,) = pages(text, filled=False)
    memory = np.array(screens[0], dtype=np.uint8).reshape(8, 1, 128)
    shown = np.unpackbits(memory, axis=1, bitorder="little").reshape(64, 128)
    assert (shown == np.asarray(drawn(page))).all()
    small.close()


def test_pages_are_turned(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("drivers.display_small.PAGE_S", 0.01)
    turned = threading.Event()
    seen: list[tuple[int, ...]] = []

    class Counting(Wire):
        def data(self, octets: Sequence[int]) -> None:
            if octets not in seen:
                seen.append(tuple(octets))
            if len(seen) >= 3:
                turned.set()

    small = SmallDisplay(Counting())
    seen.clear()
    small.show(Image.new("L", small.size), SCREENS["confirm"])
    assert turned.wait(PATIENCE_S)
    small.close()
    assert all(one != other for one, other in pairwise(seen))


@pytest.mark.parametrize("frame", [Image.new("L", (128, 64)), Image.new("RGB", SIZE)])
def test_the_small_display_takes_the_same_frames_as_the_large_one(
    small: SmallDisplay, frame: Image.Image
) -> None:
    with pytest.raises(ValueError, match="takes 'L' images"):
        small.show(frame, ())
