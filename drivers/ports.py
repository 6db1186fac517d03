"""The ports of a desk phone: what the firmware may ask of a device, whichever device it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    # Not at run time: the media service has no pictures, and no memory to spare for them.
    import numpy as np
    import numpy.typing as npt
    from PIL import Image

Gray: TypeAlias = "npt.NDArray[np.uint8]"


@dataclass(frozen=True, slots=True)
class KeyEvent:
    """One key went down or up.

    `key` is '0'-'9', '*', '#', 'soft1'-'soft4', 'mute', 'speaker', 'vol+', 'vol-', 'up' or 'down'.
    """

    key: str
    down: bool


@dataclass(frozen=True, slots=True)
class HookEvent:
    """The handset left the cradle (`lifted`) or came back."""

    lifted: bool


class Keypad(Protocol):
    """Tells its listener of every key. Events may arrive on another thread; the listener must not block."""

    def start(self, listener: Callable[[KeyEvent], None]) -> None: ...
    def close(self) -> None: ...


class Hook(Protocol):
    """The hook switch. `lifted` is its state now, debounced."""

    @property
    def lifted(self) -> bool: ...
    def start(self, listener: Callable[[HookEvent], None]) -> None: ...
    def close(self) -> None: ...


class MuteLamp(Protocol):
    """The lamp of the microphone gate. It belongs to whoever owns the gate, and to nobody else."""

    def set(self, lit: bool) -> None: ...
    def close(self) -> None: ...


class Lamps(Protocol):
    """Lamps by name ('ring', 'message') and pattern ('off', 'on', 'fast', 'slow', 'breathe')."""

    def set(self, lamp: str, pattern: str) -> None: ...
    def close(self) -> None: ...


class Display(Protocol):
    """A grey display. The latest frame wins; `show` never blocks for long."""

    @property
    def size(self) -> tuple[int, int]: ...
    def show(self, frame: Image.Image, text: tuple[str, ...]) -> None:
        """Show an 'L' image of `size`; `text` is what it says, line by line, for those who cannot see it."""
        ...

    def contrast(self, level: int) -> None:
        """Set the brightness, 0 to 255; 0 switches the panel off."""
        ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Frame:
    """One camera picture: `gray` is H x W uint8, `taken` in seconds of the monotonic clock.

    `small` is the same picture with fewer pixels, from a camera that makes one anyway.
    """

    gray: Gray
    taken: float
    sequence: int
    small: Gray | None = None


@dataclass(frozen=True, slots=True)
class CameraCapabilities:
    """What a camera can do for who holds a card before it: focus by itself, light it with a lamp."""

    autofocus: bool = False
    lamp: bool = False


class Camera(Protocol):
    """Yields frames until closed; opened before its process gives up the right to open anything."""

    @property
    def reaches(self) -> tuple[Path, ...]:
        """The files and folders without which it cannot be opened or read."""
        ...

    @property
    def capabilities(self) -> CameraCapabilities:
        """What it can do; known once it is open."""
        ...

    def open(self) -> None:
        """Take hold of the device, which takes no picture yet. Raises OSError if there is none."""
        ...

    def frames(self) -> Iterator[Frame]:
        """Start, and yield the newest frame until closed. Raises OSError if the device goes away."""
        ...

    def lamp(self, lit: bool) -> None:
        """Switch its lamp; nothing happens if it has none."""
        ...

    def close(self) -> None:
        """Stop at once, from any thread: it is off when this returns."""
        ...


class SoundCard(Protocol):
    """Full-duplex sound, S16_LE mono, one period at a time. The card sets the pace.

    `read()` blocks for one period and returns exactly `period * 2` octets, or None after an overrun;
    `write()` blocks until the period is queued and returns False after an underrun. Both count in `xruns`.
    """

    @property
    def rate(self) -> int: ...
    @property
    def period(self) -> int:
        """Frames per period (320 = 20 ms at 16 kHz)."""
        ...

    @property
    def xruns(self) -> int: ...
    def open_playback(self, output: str) -> None:
        """Open the 'ear', the 'speaker' or the 'ring'er, one at a time; a board lacking one uses another."""
        ...

    def open_capture(self, source: str) -> None:
        """Open the microphone of the 'handset' or of the 'speaker'. Only off-hook or hands-free."""
        ...

    def close_capture(self) -> None: ...
    def close_playback(self) -> None: ...
    def read(self) -> bytes | None: ...
    def write(self, pcm: bytes) -> bool: ...
    def close(self) -> None: ...
