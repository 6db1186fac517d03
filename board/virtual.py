"""The virtual board: a phone whose parts are files and sockets in its home directory.

HOME/run/desk.sock    keypad, hook, lamps, display (drivers/virtual.py)
HOME/run/lifted       there while the handset is off its cradle, whether the phone runs or not
HOME/run/sound.sock   earpiece and microphone, unless board.toml says otherwise
HOME/run/mute.sock    the lamp of the microphone's gate (drivers/virtual_mute_lamp.py)
HOME/camera/          what the camera sees: the newest picture
HOME/device-secret    32 octets, made at the first use
HOME/clock-offset     seconds that the clock is wrong by, if the file is there
HOME/board.toml       what its handset is made of (board/virtual_sound.py)
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from board.secret_file import stored_secret

if TYPE_CHECKING:
    from drivers.camera_folder import FolderCamera
    from drivers.ports import SoundCard
    from drivers.virtual import DeskLink, VirtualDisplay, VirtualHook, VirtualKeypad, VirtualLamps
    from drivers.virtual_mute_lamp import VirtualMuteLamp


class VirtualBoard:
    """One virtual phone in `home`. Each device opens when asked for, in the process that asks.

    Its driver is imported then, too: no process carries the weight of devices that others own.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self._link: DeskLink | None = None

    def keypad(self) -> VirtualKeypad:
        """The keys of the desk link."""
        from drivers.virtual import VirtualKeypad

        return VirtualKeypad(self._desk_link())

    def hook(self) -> VirtualHook:
        """The cradle of the desk link."""
        from drivers.virtual import VirtualHook

        return VirtualHook(self._desk_link())

    def lamps(self) -> VirtualLamps:
        """The lamps of the desk link."""
        from drivers.virtual import VirtualLamps

        return VirtualLamps(self._desk_link())

    def mute_lamp(self) -> VirtualMuteLamp:
        """The lamp of the microphone's gate, on a socket of its own."""
        from drivers.virtual_mute_lamp import VirtualMuteLamp

        return VirtualMuteLamp(self._home / "run" / "mute.sock")

    def display(self) -> VirtualDisplay:
        """The display of the desk link."""
        from drivers.virtual import VirtualDisplay

        return VirtualDisplay(self._desk_link())

    def camera(self) -> FolderCamera:
        """A camera that sees the newest picture in HOME/camera."""
        from drivers.camera_folder import FolderCamera

        return FolderCamera(self._home / "camera")

    def sound(self) -> SoundCard:
        """The sound that HOME/board.toml asks for. Raises ValueError if it asks for something unknown."""
        from board.virtual_sound import open_sound

        return open_sound(self._home)

    def close(self) -> None:
        """Let the desk go, whichever devices are open."""
        if self._link is not None:
            self._link.close()
            self._link = None

    def now(self) -> float:
        """Unix seconds, wrong by HOME/clock-offset. Raises ValueError if that file holds no number."""
        try:
            text = (self._home / "clock-offset").read_text()
        except FileNotFoundError:
            return time.time()
        try:
            return time.time() + float(text)
        except ValueError as error:
            raise ValueError(f"{self._home / 'clock-offset'} must hold one number of seconds") from error

    def device_secret(self) -> bytes:
        """The 32 octets of this board, made at the first call. Raises ValueError if the file is damaged."""
        return stored_secret(self._home / "device-secret")

    def _desk_link(self) -> DeskLink:
        if self._link is None:
            from drivers.virtual import DeskLink

            self._link = DeskLink(self._home / "run" / "desk.sock")
            self._link.listen()
        return self._link
