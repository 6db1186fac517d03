"""Keys and hook of a USB keypad or handset, read from the kernel's input device and from nothing else.

The device is grabbed: what is typed, a PIN among it, reaches no console and no other process. It may be
pulled out and put back at any time; its keys are then let go and its handset counts as hung up.
"""

from __future__ import annotations

import fcntl
import logging
import os
import select
import struct
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from drivers.evdev_wire import DEVICES_OCTETS, EVENT, EventStream, parse_devices
from drivers.handset_keys import Handset
from drivers.ports import HookEvent, KeyEvent

RETRY_S = 1.0
"""How often a device that is not there is looked for."""
READ_OCTETS = 64 * EVENT.size
KEY_OCTETS = 96
"""Octets of a mask of every key code there is."""
EVIOCGRAB = 0x40044590
EVIOCGKEY = 0x80000000 | KEY_OCTETS << 16 | 0x4518
DEVICES = Path("/proc/bus/input/devices")
NODES = Path("/dev/input")

_log = logging.getLogger(__name__)


class InputUnavailable(OSError):
    """The input device is not there or cannot be had; the text says which and what to do."""


class Source(Protocol):
    """Where events come from."""

    def open(self) -> int:
        """Return a descriptor that is read without blocking. Raises OSError."""
        ...

    def held(self, descriptor: int) -> frozenset[int]:
        """Return the codes of the keys that are down now."""
        ...


class KernelSource:
    """The first input device with the wanted abilities whose name contains `name`, whatever its case."""

    def __init__(self, name: str = "", *, digits: bool = False, hook: bool = False) -> None:
        self._name = name
        self._digits = digits
        self._hook = hook

    def open(self) -> int:
        """Find the device, open and grab it. Raises InputUnavailable."""
        with DEVICES.open(errors="replace") as file:
            text = file.read(DEVICES_OCTETS)
        fitting = [
            device
            for device in parse_devices(text)
            if self._name.lower() in device.name.lower()
            and (device.has_digits or not self._digits)
            and (device.has_hook or not self._hook)
        ]
        if not fitting:
            raise InputUnavailable(f"no input device is called {self._name!r}; plug it in, see {DEVICES}")
        path = NODES / fitting[0].node
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            raise InputUnavailable(f"{path} does not open: {error}; this user needs group input") from error
        try:
            fcntl.ioctl(descriptor, EVIOCGRAB, 1)
        except OSError as error:
            os.close(descriptor)
            raise InputUnavailable(f"{path} belongs to another process: {error}; stop that first") from error
        return descriptor

    def held(self, descriptor: int) -> frozenset[int]:
        """Ask the kernel which keys are down."""
        mask = bytearray(KEY_OCTETS)
        fcntl.ioctl(descriptor, EVIOCGKEY, mask)
        words = struct.unpack(f"{KEY_OCTETS}B", mask)
        return frozenset(at * 8 + bit for at, word in enumerate(words) for bit in range(8) if word >> bit & 1)


class InputDevice:
    """One input device, on a thread of its own from the first listener until the last is gone."""

    def __init__(self, source: Source, *, toggles: bool = False) -> None:
        self._source = source
        self._handset = Handset(toggles=toggles)
        self._on_key: Callable[[KeyEvent], None] | None = None
        self._on_hook: Callable[[HookEvent], None] | None = None
        self._thread: threading.Thread | None = None
        self._stop: tuple[int, int] | None = None
        self._complaint = ""

    @property
    def lifted(self) -> bool:
        """True while the handset is off its cradle."""
        return self._handset.lifted

    def on_key(self, listener: Callable[[KeyEvent], None] | None) -> None:
        """Tell `listener` of keys from now on; None for nobody."""
        self._on_key = listener
        self._run_or_stop()

    def on_hook(self, listener: Callable[[HookEvent], None] | None) -> None:
        """Tell `listener` of the hook from now on; None for nobody."""
        self._on_hook = listener
        self._run_or_stop()

    def _run_or_stop(self) -> None:
        wanted = self._on_key is not None or self._on_hook is not None
        if wanted and self._thread is None:
            self._stop = os.pipe2(os.O_CLOEXEC)
            # Opened here, so that `lifted` is right as soon as somebody may ask.
            descriptor = self._open(quietly=True)
            self._thread = threading.Thread(
                target=self._run, args=(descriptor, self._stop[0]), name="input-device", daemon=True
            )
            self._thread.start()
        elif not wanted and self._thread is not None and self._stop is not None:
            thread, self._thread = self._thread, None
            os.close(self._stop[1])
            if thread is not threading.current_thread():
                thread.join()
            os.close(self._stop[0])

    def _run(self, descriptor: int | None, stop: int) -> None:
        while True:
            if descriptor is None:
                if select.select([stop], [], [], RETRY_S)[0]:
                    return
                descriptor = self._open()
                continue
            try:
                stopped = self._read(descriptor, stop)
            finally:
                os.close(descriptor)
                self._tell(self._handset.unplugged())
            if stopped:
                return
            descriptor = None

    def _open(self, *, quietly: bool = False) -> int | None:
        try:
            descriptor = self._source.open()
        except OSError as error:
            if str(error) != self._complaint:
                self._complaint = str(error)
                _log.warning("keys: %s", error)
            return None
        self._complaint = ""
        try:
            events = self._handset.found(self._source.held(descriptor))
        except OSError as error:
            _log.warning("keys: the device went away at once: %s", error)
            os.close(descriptor)
            return None
        if not quietly:
            self._tell(events)
        return descriptor

    def _read(self, descriptor: int, stop: int) -> bool:
        """Read until told to stop (True) or the device is gone (False)."""
        stream = EventStream()
        while True:
            ready = select.select([descriptor, stop], [], [])[0]
            if stop in ready:
                return True
            try:
                octets = os.read(descriptor, READ_OCTETS)
                for event in stream.receive(octets):
                    self._tell(self._handset.take(event))
                if self._handset.lost:
                    self._tell(self._handset.found(self._source.held(descriptor)))
            except BlockingIOError:
                continue
            except OSError as error:
                _log.warning("keys: the device is gone: %s", error)
                return False
            if not octets:
                return False

    def _tell(self, events: tuple[KeyEvent | HookEvent, ...]) -> None:
        for event in events:
            if isinstance(event, KeyEvent):
                if self._on_key is not None:
                    self._on_key(event)
            elif self._on_hook is not None:
                self._on_hook(event)


class EvdevKeypad:
    """The keys of an input device."""

    def __init__(self, device: InputDevice) -> None:
        self._device = device

    def start(self, listener: Callable[[KeyEvent], None]) -> None:
        """Tell `listener` of every key, on the device's thread."""
        self._device.on_key(listener)

    def close(self) -> None:
        """Tell nobody any more."""
        self._device.on_key(None)


class EvdevHook:
    """The hook of an input device. One that is unplugged counts as hung up."""

    def __init__(self, device: InputDevice) -> None:
        self._device = device

    @property
    def lifted(self) -> bool:
        """True while the handset is off its cradle."""
        return self._device.lifted

    def start(self, listener: Callable[[HookEvent], None]) -> None:
        """Tell `listener` of every change, on the device's thread."""
        self._device.on_hook(listener)

    def close(self) -> None:
        """Tell nobody any more."""
        self._device.on_hook(None)
