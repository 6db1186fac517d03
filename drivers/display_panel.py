"""What every display of a Raspberry Pi has in common: a bus, and a thread of its own that draws."""

from __future__ import annotations

import importlib
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from PIL import Image

from drivers.gpio_rpi import Header, HeaderUnavailable

BRIGHTEST = 255

Released = Callable[[], None]

_log = logging.getLogger(__name__)


class DisplayUnavailable(OSError):
    """The display cannot be used; the text says what to do about it."""


@dataclass(frozen=True, slots=True)
class Bus:
    """How a panel is connected: SPI port and chip select, and the BCM numbers of D/C and reset."""

    port: int = 0
    chip_select: int = 0
    data_command: int = 24
    reset: int = 25
    hertz: int = 8_000_000


class Panel(Protocol):
    """A panel as luma.core has it. `display` sends what differs from what is on the glass."""

    def display(self, image: Image.Image) -> None: ...
    def contrast(self, level: int) -> None: ...
    def show(self) -> None: ...
    def hide(self) -> None: ...
    def cleanup(self) -> None: ...


class SerialInterface(Protocol):
    """A bus of two verbs, as luma.core has it."""

    def command(self, *octets: int) -> None: ...
    def data(self, octets: list[int]) -> None: ...
    def cleanup(self) -> None: ...


RESET_S, AWAKE_S = 0.001, 0.01
"""A panel is held in reset for so long, and left alone for so long afterwards; it asks for 100 µs of each."""


class _Lines:
    """D/C and reset as luma.core asks for them, so that their errors are ours."""

    OUT, LOW, HIGH = 0, 0, 1

    def __init__(self, header: Header) -> None:
        self._header = header

    def setup(self, pin: int, _direction: int) -> None:
        self._header.output(pin, high=False)

    def output(self, pin: int, level: int) -> None:
        self._header.write(pin, high=bool(level))


def open_bus(header: Header, bus: Bus) -> SerialInterface:
    """Open the SPI bus of a display and reset the panel. Raises DisplayUnavailable, HeaderUnavailable."""
    serial = importlib.import_module("luma.core.interface.serial")
    errors = importlib.import_module("luma.core.error")
    try:
        opened: SerialInterface = serial.spi(
            gpio=_Lines(header),
            port=bus.port,
            device=bus.chip_select,
            bus_speed_hz=bus.hertz,
            gpio_DC=bus.data_command,
            gpio_RST=bus.reset,
            reset_hold_time=RESET_S,
            reset_release_time=AWAKE_S,
        )
    except HeaderUnavailable:
        close_bus(header, bus)
        raise
    except (OSError, errors.Error) as error:
        close_bus(header, bus)
        raise DisplayUnavailable(
            f"/dev/spidev{bus.port}.{bus.chip_select} does not open: {error}. Put dtparam=spi=on into "
            "config.txt and this user into the group spi"
        ) from error
    except ImportError as error:
        close_bus(header, bus)
        raise DisplayUnavailable("the Python module spidev is missing; install python3-spidev") from error
    return opened


def close_bus(header: Header, bus: Bus) -> None:
    """Give the lines of D/C and reset back."""
    header.release((bus.data_command, bus.reset))


class Glass:
    """The thread that draws on a panel: the latest picture wins, and whoever has one never waits.

    `released` is called once the panel is closed.
    """

    def __init__(self, panel: Panel, released: Released | None) -> None:
        self._panel = panel
        self._released = released
        self._changed = threading.Condition()
        self._picture: Image.Image | None = None
        self._level = self._wanted = BRIGHTEST // 2
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="display", daemon=True)
        self._thread.start()

    def draw(self, picture: Image.Image) -> None:
        """Have `picture` drawn, unless another one comes first."""
        with self._changed:
            self._picture = picture
            self._changed.notify()

    def contrast(self, level: int) -> None:
        """Set the brightness, 0 to 255; 0 switches the panel off. Raises ValueError for another level."""
        if not 0 <= level <= BRIGHTEST:
            raise ValueError(f"brightness is 0 to {BRIGHTEST}, not {level}")
        with self._changed:
            self._wanted = level
            self._changed.notify()

    def close(self) -> None:
        """Draw what is waiting, switch the panel off and let it go."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()
        if self._released is not None:
            self._released()

    def _run(self) -> None:
        try:
            while self._work():
                pass
        except OSError as error:
            _log.error("the display cannot be reached any more: %s", error)
            return
        self._panel.cleanup()

    def _work(self) -> bool:
        """Wait for something to do and do it. Return False when it was the last."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._closed or self._picture is not None or self._wanted != self._level
            )
            picture, self._picture = self._picture, None
            level, closed = self._wanted, self._closed
        if picture is not None:
            self._panel.display(picture)
        if level != self._level:
            self._apply(level)
        return not closed

    def _apply(self, level: int) -> None:
        if level == 0:
            self._panel.hide()
        else:
            self._panel.contrast(level)
            if self._level == 0:
                self._panel.show()
        self._level = level


def never_at_exit(device: Any) -> None:
    """Keep luma from writing to a closed bus when the interpreter ends."""
    device.persist = True
