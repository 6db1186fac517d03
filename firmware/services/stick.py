"""A USB stick with an update on it: mounted read-only, by systemd, for as long as it is copied from.

Nobody mounts what is only plugged in: it is looked at when a person at the phone asks for updates. Whoever
plugs it in and asks at once is not told that there is nothing: the kernel needs some seconds with a stick.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from firmware.stick import MOST_NAMES, choose
from firmware.update_check import BundleRefused, Version

FOLDER, USB = Path("/run/sottovoce/stick"), Path("/sys/bus/usb/devices")
STORAGE = "08"
"""The class of whatever stores on USB (Mass Storage Class Specification Overview 1.4, section 1)."""
SETTLES_S, LOOK_S = 10.0, 0.25
"""How long the kernel may need for a stick that is there, and how often we look."""
DEVICE, MOUNT = r"dev-sottovoce\x2dstick.device", "run-sottovoce-stick.mount"


class Stick:
    """The stick in the phone. `folder`, `systemctl`, `usb` and `settles_s` are for tests."""

    def __init__(
        self,
        folder: Path = FOLDER,
        *,
        systemctl: str = "/usr/bin/systemctl",
        usb: Path = USB,
        settles_s: float = SETTLES_S,
    ) -> None:
        self._folder, self._systemctl, self._usb, self._settles_s = folder, systemctl, usb, settles_s

    @asynccontextmanager
    async def bundle(self, *, kind: str, have: Version) -> AsyncIterator[int | None]:
        """The newest bundle for phones of this kind on the stick, open to be read; None: there is none.

        Raises BundleRefused E63 for a stick that cannot be read.
        """
        if not await self._there():
            yield None
            return
        if not await self._ask("start", MOUNT):
            raise BundleRefused("E63", "the stick cannot be read: it must be formatted as FAT")
        try:
            descriptor = await asyncio.to_thread(self._open, kind, have)
            try:
                yield descriptor
            finally:
                if descriptor is not None:
                    os.close(descriptor)
        finally:
            await self._ask("stop", MOUNT)

    async def _there(self) -> bool:
        """Whether there is a stick with a file system that we read."""
        loop = asyncio.get_running_loop()
        end = loop.time() + self._settles_s
        while not await self._ask("is-active", "--quiet", DEVICE):
            if loop.time() >= end or not await asyncio.to_thread(self._plugged):
                return False
            await asyncio.sleep(LOOK_S)
        return True

    def _plugged(self) -> bool:
        """Whether something that stores is plugged in, whatever is known of it yet."""
        for interface in self._usb.glob("*/bInterfaceClass"):
            try:
                if interface.read_text("ascii").strip() == STORAGE:
                    return True
            except (OSError, ValueError):  # pulled out while we look
                continue
        return False

    def _open(self, kind: str, have: Version) -> int | None:
        try:
            with os.scandir(self._folder) as entries:
                names = [entry.name for entry in itertools.islice(entries, MOST_NAMES)]
            name = choose(names, kind=kind, have=have)
            if not name:
                return None
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
            descriptor = os.open(self._folder / name, flags)
        except OSError as error:
            raise BundleRefused("E63", "the stick cannot be read: take another one") from error
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            return None
        return descriptor

    async def _ask(self, *words: str) -> bool:
        process = await asyncio.create_subprocess_exec(
            self._systemctl, *words, stdin=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
        )
        return await process.wait() == 0
