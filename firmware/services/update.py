"""The update service: verifies bundles, writes the slot that does not run, restarts into it, and judges.

    bundle (descriptor, stick) ─► copy of our own ─► signature, board, version ─► rauc install ─► ready
    restart "tryboot" ─► the new slot, for one start ─► health ─► committed
                                                          └─ not well ─► restart ─► the old slot

It runs on the image only, and there alone as root; it has no network, and nobody but the phone service
speaks with it. A start after which nothing commits is followed by one of the old slot, whatever went wrong.

    python -m firmware.services.update
"""

import argparse
import asyncio
import collections.abc
import logging
import os
import shutil
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from asyncvarlink import FileDescriptor, varlinkmethod
from asyncvarlink.interface import LastResult

from firmware import update_state
from firmware.boot_slots import Autoboot, running_slot
from firmware.hardening import harden
from firmware.health import Health
from firmware.interfaces import Refused
from firmware.rauc import RAUC, InstallFailed
from firmware.services.stick import Stick
from firmware.slots import Slot
from firmware.update_check import Bundle, BundleRefused, Version, check, read_version, version_text
from firmware.update_interface import UpdateEvent, UpdateInterface, UpdateStatus
from firmware.update_paths import AUTOBOOT, BUNDLE, COMPATIBLE, STATE
from firmware.update_state import read_state, write_state
from firmware.varlink import serve_until_signalled, socket_path
from firmware.version import VERSION

MAX_BUNDLE = 256 * 1024 * 1024
"""Octets; the slots that it fills have 384 MiB, and squashfs is packed already."""
SPARE = 8 * 1024 * 1024
"""Octets that stay free on the data partition: keys and records must always find room."""
CHUNK = 1 << 20
TRYBOOT = "sottovoce-tryboot.service"

_log = logging.getLogger("sottovoce.update")


class Installer(Protocol):
    """What `firmware.rauc.RAUC` does."""

    async def info(self, bundle: Path) -> Bundle: ...
    def install(self, bundle: Path) -> collections.abc.AsyncGenerator[int, None]: ...
    async def pause(self, on: bool) -> None: ...


class Card(Protocol):
    """What `firmware.boot_slots.Autoboot` does."""

    def committed(self) -> Slot: ...
    def commit(self, slot: Slot) -> None: ...


@dataclass(frozen=True)
class Here:
    """What this phone is. `running` is the slot of this start; `state` and `bundle` are files of ours."""

    running: Slot
    version: Version
    compatible: str
    state: Path
    bundle: Path


class UpdateService(UpdateInterface):
    """See `UpdateInterface`. `restart` is told whether the next start is to try the other slot."""

    def __init__(
        self,
        here: Here,
        card: Card,
        installer: Installer,
        restart: collections.abc.Callable[[bool], collections.abc.Awaitable[None]],
        stick: Stick,
    ) -> None:
        self._here, self._card, self._installer, self._restart = here, card, installer, restart
        self._stick = stick
        self._state = update_state.booted(read_state(here.state), here.running)
        self._busy = False
        here.bundle.unlink(missing_ok=True)  # a power cut may have left one
        self._save()

    def _save(self) -> None:
        write_state(self._here.state, self._state)

    @property
    def trying(self) -> bool:
        """This start is a trial."""
        return self._state.pending is self._here.running

    async def judge(self, health: Health) -> None:
        """Commit the slot that runs once the phone is well; restart into the old one if it never is."""
        reason = await health.wait()
        if reason and self.trying:
            _log.error("version %s is given up: %s", version_text(self._here.version), reason)
            try:
                await self._restart(False)
            except OSError as error:
                _log.error("the phone does not restart: %s", error)
            return
        if reason:
            _log.error("the phone is not well: %s", reason)
            return
        # The card first: a power cut between the two leaves a committed slot that is tried once more.
        self._card.commit(self._here.running)
        self._state = update_state.healthy(self._state, self._here.running, self._here.version)
        self._save()
        _log.info("version %s is well in slot %s", version_text(self._here.version), self._here.running.value)

    @varlinkmethod(return_parameter="status")
    async def Status(self) -> UpdateStatus:
        """Say what runs."""
        state = self._state
        ready = state.pending is not None and not self.trying
        return UpdateStatus(
            version=version_text(self._here.version),
            kind=self._here.compatible,
            slot=self._here.running.value,
            trying=self.trying,
            ready=version_text(state.version) if ready else "",
            outcome=state.outcome,
            told=version_text(state.told) if state.outcome else "",
        )

    @varlinkmethod(return_parameter="event", delay_generator=False)
    async def Install(self, *, bundle: FileDescriptor) -> collections.abc.AsyncIterator[UpdateEvent]:
        """See `UpdateInterface.Install`. Refused E65 while another is written, and in a trial."""
        try:
            async with aclosing(self._taking(self._install(bundle.fileno()))) as events:
                async for event in events:
                    yield event
        finally:
            bundle.close()

    @varlinkmethod(return_parameter="event", delay_generator=False)
    async def InstallStick(self) -> collections.abc.AsyncIterator[UpdateEvent]:
        """See `UpdateInterface.InstallStick`. Refused E65 while another is written, and in a trial."""
        async with aclosing(self._taking(self._install_stick())) as events:
            async for event in events:
                yield event

    async def _taking(
        self, installing: collections.abc.AsyncGenerator[UpdateEvent, None]
    ) -> collections.abc.AsyncGenerator[UpdateEvent, None]:
        """Pass on what happens to one bundle, and end with what came of it."""
        if self._busy or self.trying:
            await installing.aclose()
            raise Refused(code="E65", text="an update is under way: wait for its end")
        self._busy = True
        try:
            async with aclosing(installing) as events:
                async for event in events:
                    if event.kind == "nothing":
                        raise LastResult(event)
                    yield event
            raise LastResult(_event("ready", version=version_text(self._state.version)))
        except BundleRefused as error:
            _log.warning("a bundle was refused: %s", error)
            failed = error.code
        except InstallFailed as error:
            _log.error("a slot was not written: %s", error)
            failed = "E65"
        except OSError as error:
            _log.error("a bundle was not taken: %s", error.strerror or error)
            failed = "E64"
        finally:
            self._busy = False
            self._here.bundle.unlink(missing_ok=True)
        raise LastResult(_event("failed", code=failed))

    async def _install(self, bundle: int) -> collections.abc.AsyncGenerator[UpdateEvent, None]:
        yield _event("copying")
        await asyncio.to_thread(_copy, bundle, self._here.bundle)
        async with aclosing(self._write()) as events:
            async for event in events:
                yield event

    async def _install_stick(self) -> collections.abc.AsyncGenerator[UpdateEvent, None]:
        here = self._here
        async with self._stick.bundle(kind=here.compatible, have=here.version) as bundle:
            if bundle is None:
                yield _event("nothing")
                return
            yield _event("copying")
            await asyncio.to_thread(_copy, bundle, here.bundle)
        # The stick may be pulled out from here on.
        async with aclosing(self._write()) as events:
            async for event in events:
                yield event

    async def _write(self) -> collections.abc.AsyncGenerator[UpdateEvent, None]:
        """Verify our own copy, and only then write the other slot."""
        here = self._here
        brought = await self._installer.info(here.bundle)
        check(
            brought,
            compatible=here.compatible,
            running=here.version,
            floor=max(here.version, self._state.floor),
        )
        self._state = update_state.begun(self._state, here.running.other)
        self._save()
        async with aclosing(self._installer.install(here.bundle)) as percentages:
            async for percent in percentages:
                yield _event("writing", percent=percent)
        self._state = update_state.written(self._state, here.running.other, brought.version)
        self._save()

    @varlinkmethod
    async def Pause(self, *, on: bool) -> None:
        """Stop writing while somebody speaks, or go on."""
        if self._busy:
            await self._installer.pause(on)

    @varlinkmethod
    async def Restart(self) -> None:
        """Restart into what is ready. Refused E65 while a slot is written, E67 if it does not restart."""
        if self._busy:
            raise Refused(code="E65", text="an update is being written: wait for its end")
        before = self._state
        trial = before.pending is self._here.running.other
        if trial:
            self._state = update_state.asked(self._state)
            self._save()
        try:
            await self._restart(trial)
        except OSError as error:
            _log.error("the phone does not restart: %s", error)
            if trial:  # a power cut now is no trial that failed
                self._state = before
                self._save()
            raise Refused(code="E67", text="the phone does not restart: switch it off and on") from error

    @varlinkmethod
    async def Seen(self) -> None:
        """The person has read the outcome."""
        self._state = update_state.seen(self._state)
        self._save()


def _copy(source: int, target: Path) -> None:
    """Copy a bundle to where only we can write.

    Raises BundleRefused E63 (too large, or not to be read), E64 (no room), OSError.
    """
    size = os.fstat(source).st_size
    if not 0 < size <= MAX_BUNDLE:
        raise BundleRefused("E63", "this is not an update of this phone: take another copy of it")
    target.unlink(missing_ok=True)
    if shutil.disk_usage(target.parent).free < size + SPARE:
        raise BundleRefused("E64", "there is no room for this update on the card")
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        at = 0
        while octets := _read(source, min(CHUNK, MAX_BUNDLE + 1 - at), at):
            file.write(octets)
            at += len(octets)
        if at > MAX_BUNDLE:
            raise BundleRefused("E63", "this is not an update of this phone: take another copy of it")
        file.flush()
        os.fsync(file.fileno())


def _read(source: int, most: int, at: int) -> bytes:
    try:
        return os.pread(source, most, at)
    except OSError as error:  # a stick that was pulled out: it is not our card that is at fault
        raise BundleRefused("E63", "this update cannot be read: take another copy of it") from error


def _event(kind: str, *, percent: int = 0, version: str = "", code: str = "") -> UpdateEvent:
    return UpdateEvent(kind=kind, percent=percent, version=version, code=code)


async def restart(trial: bool) -> None:
    """Restart the phone; with `trial`, its firmware takes the other slot once. Raises OSError."""
    request = ["start", "--no-block", TRYBOOT] if trial else ["reboot"]
    process = await asyncio.create_subprocess_exec(
        "/usr/bin/systemctl", *request, stdin=asyncio.subprocess.DEVNULL
    )
    if status := await process.wait():
        raise OSError(f"systemctl {request[0]} ended with {status}")


async def serve(home: Path) -> None:
    """Judge this start, and serve `org.sottovoce.Update` on HOME/run/update.sock, until SIGTERM or SIGINT."""
    here = Here(
        running=running_slot(),
        version=read_version(VERSION),
        compatible=COMPATIBLE.read_text("ascii").strip(),
        state=STATE,
        bundle=BUNDLE,
    )
    service = UpdateService(here, Autoboot(AUTOBOOT), RAUC(), restart, Stick())
    judging = asyncio.create_task(service.judge(Health(home)))
    try:
        await serve_until_signalled(socket_path(home, "update"), service)
    finally:
        judging.cancel()


def main(argv: list[str] | None = None) -> None:
    """Run the update service."""
    parser = argparse.ArgumentParser(prog="firmware.services.update", description="Sottovoce update service")
    parser.add_argument("--board", default="pi", help="the board's name (unused: there is one image)")
    parser.add_argument("--home", required=True, type=Path, help="the phone's directory")
    arguments = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    harden()
    asyncio.run(serve(arguments.home))


if __name__ == "__main__":
    main()
