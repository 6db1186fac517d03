"""The phone on a Raspberry Pi, wired as board/pi.toml and /etc/sottovoce/board.toml say.

A driver is imported, and a line taken, only in the process that asks for the device.
"""

from __future__ import annotations

import os
import time
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from board.pi_secret import device_secret
from board.pi_wiring import Wiring, read_wiring
from board.secret_file import given_secret

if TYPE_CHECKING:
    from drivers.gpio_rpi import Header
    from drivers.keypad_evdev import InputDevice
    from drivers.ports import Camera, Display, Hook, Keypad, Lamps, MuteLamp, SoundCard

REFERENCE = Path(__file__).with_name("pi.toml")
SITE = Path("/etc/sottovoce/board.toml")


class PiBoard:
    """One phone on a Raspberry Pi with its state in `home`. `site`: a wiring file that need not be there.

    Every method that opens a device raises WiringError if the wiring file is wrong, and an OSError that says
    what to do if the device cannot be had.
    """

    def __init__(self, home: Path, site: Path = SITE) -> None:
        self._home = home
        self._site = site
        self._inputs: dict[str, InputDevice] = {}

    @cached_property
    def wiring(self) -> Wiring:
        """What is connected where. Raises WiringError."""
        return read_wiring(*([REFERENCE, self._site] if self._site.exists() else [REFERENCE]))

    def keypad(self) -> Keypad:
        """The keypad, the single keys and the volume knob, as one."""
        from drivers.joined_keypad import JoinedKeypad
        from drivers.key_scanner import MAPS

        parts: list[Keypad] = []
        if self.wiring.layout == "usb":
            from drivers.keypad_evdev import EvdevKeypad

            parts.append(EvdevKeypad(self._input(self.wiring.keypad_device)))
        else:
            from drivers.keypad_matrix import MatrixKeypad

            keys = MAPS[self.wiring.layout]
            parts.append(MatrixKeypad(self._header, self.wiring.rows, self.wiring.columns, keys))
        if self.wiring.keys or self.wiring.knob:
            from drivers.volume_keys import RotaryVolume, SingleKeys

            if self.wiring.keys:
                parts.append(SingleKeys(self._header, self.wiring.keys))
            if self.wiring.knob:
                parts.append(RotaryVolume(self._header, *self.wiring.knob))
        return JoinedKeypad(parts)

    def hook(self) -> Hook:
        """The hook switch, or the hook of a USB handset."""
        if self.wiring.hook_pin is None:
            from drivers.keypad_evdev import EvdevHook

            return EvdevHook(self._input(self.wiring.hook_device))
        from drivers.hook_switch import HookSwitch

        return HookSwitch(self._header, self.wiring.hook_pin, self.wiring.polarity)

    def lamps(self) -> Lamps:
        """The lamps for ringing and for messages."""
        from drivers.lamps_gpio import GPIOLamps

        return GPIOLamps(self._header, self.wiring.lamps, lit_high=self.wiring.lit_high)

    def mute_lamp(self) -> MuteLamp:
        """The lamp of the microphone's gate."""
        from drivers.lamps_gpio import GPIOMuteLamp, NoMuteLamp

        if self.wiring.mute_lamp is None:
            return NoMuteLamp()
        return GPIOMuteLamp(self._header, self.wiring.mute_lamp, lit_high=self.wiring.lit_high)

    def display(self) -> Display:
        """The panel on SPI."""
        from drivers.display_panel import Bus

        bus = Bus(hertz=self.wiring.megahertz * 1_000_000)
        if self.wiring.panel == "ssd1309":
            from drivers.display_small import open_ssd1309

            return open_ssd1309(self._header, bus, upside_down=self.wiring.upside_down)
        from drivers.display_luma import open_ssd1322

        return open_ssd1322(self._header, bus, upside_down=self.wiring.upside_down)

    def camera(self) -> Camera:
        """The camera on its connector, or one on USB."""
        if self.wiring.camera == "v4l2":
            from drivers.camera_v4l2 import V4L2Camera

            return V4L2Camera(Path(self.wiring.camera_device))
        from drivers.camera_picamera2 import Picamera2Camera

        return Picamera2Camera()

    def sound(self) -> SoundCard:
        """The sound card, by name."""
        from drivers.sound_alsa import ALSASoundCard

        return ALSASoundCard(
            self.wiring.ear,
            self.wiring.handset,
            speaker=self.wiring.speaker,
            microphone=self.wiring.microphone,
            ring=self.wiring.ring,
        )

    def now(self) -> float:
        """Unix seconds. Without a battery for its clock a Pi begins at the date of its image."""
        return time.time()

    def device_secret(self) -> bytes:
        """The 32 octets of this board, or those made of them. Raises SecretUnavailable, ValueError."""
        given = given_secret()
        return device_secret(self._home) if given is None else given

    @cached_property
    def _header(self) -> Header:
        from drivers.gpio_rpi import open_header

        # The service manager gives each service a folder of its own; HOME/run is not ours to write there.
        return open_header(Path(os.environ.get("RUNTIME_DIRECTORY", self._home / "run")))

    def _input(self, name: str) -> InputDevice:
        """The input device that has `name`: one, if keypad and hook are the same device."""
        from drivers.keypad_evdev import InputDevice, KernelSource

        if name not in self._inputs:
            usb_keypad = self.wiring.layout == "usb" and self.wiring.keypad_device == name
            usb_hook = self.wiring.hook_pin is None and self.wiring.hook_device == name
            source = KernelSource(name, digits=usb_keypad, hook=usb_hook)
            self._inputs[name] = InputDevice(source, toggles=self.wiring.phone_key == "button")
        return self._inputs[name]
