"""The update service over its socket: what it refuses, what it writes, what a power cut leaves."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from asyncvarlink import FileDescriptor

from crypto.known_answer import CoreFailed
from firmware.boot_slots import Autoboot
from firmware.health import Health
from firmware.interfaces import Refused
from firmware.rauc import InstallFailed
from firmware.services import update
from firmware.services.stick import Stick
from firmware.services.update import Here, UpdateService
from firmware.slots import Slot, autoboot
from firmware.update_check import Bundle, BundleRefused
from firmware.update_interface import UpdateEvent, UpdateInterface, UpdateStatus
from firmware.update_state import read_state
from firmware.varlink import connect, serving

A, B = Slot.A, Slot.B
OLD, NEW = (1, 1, 0), (1, 2, 0)
COMPATIBLE = "sottovoce-debian-arm64"
GOOD = b"a bundle" * 5000


class FakeRAUC:
    """Says what it is told to say; writes `slot` in ten steps and may be cut in each."""

    def __init__(self, slot: Path, brought: Bundle | Exception, fails_at: int = 11) -> None:
        self._slot, self._brought, self._fails_at = slot, brought, fails_at
        self.paused: list[bool] = []

    async def info(self, bundle: Path) -> Bundle:
        if isinstance(self._brought, Exception):
            raise self._brought
        return self._brought

    async def install(self, bundle: Path) -> AsyncGenerator[int, None]:
        for step in range(11):
            if step >= self._fails_at:
                raise InstallFailed("cut")
            part_of(bundle, self._slot, step)
            yield step * 10

    async def pause(self, on: bool) -> None:
        self.paused.append(on)


def part_of(bundle: Path, slot: Path, step: int) -> None:
    """Write `step` tenths of a bundle into a slot."""
    octets = bundle.read_bytes()
    slot.write_bytes(octets[: len(octets) * step // 10])


def bundle_file(home: Path, octets: bytes) -> Path:
    file = home / "brought.raucb"
    with file.open("wb") as opened:
        opened.write(octets)
    return file


class Well:
    """A phone that is well, or why not."""

    def __init__(self, reason: str = "") -> None:
        self._reason = reason

    async def wait(self) -> str:
        return self._reason


class Phone:
    """One card with its update service, which may be started again and again."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.card = home / "autoboot.txt"
        self.card.write_bytes(autoboot(A))
        self.slot_b = home / "root_b"
        self.slot_b.write_bytes(b"old content of B")
        self.here = Here(A, OLD, COMPATIBLE, home / "state.json", home / "own.raucb")
        self.restarts: list[bool] = []
        self.stuck = False
        """It does not restart, whoever asks."""
        self.rauc = FakeRAUC(self.slot_b, Bundle(COMPATIBLE, NEW))
        self.stick = Stick(home / "stick", systemctl="/bin/false")

    async def restart(self, trial: bool) -> None:
        if self.stuck:
            raise OSError("systemctl reboot ended with 1")
        self.restarts.append(trial)

    def service(self, **changes: Any) -> UpdateService:
        here = replace(self.here, **changes)
        return UpdateService(here, Autoboot(self.card), self.rauc, self.restart, self.stick)

    @asynccontextmanager
    async def asked(self, service: UpdateService) -> AsyncIterator[Any]:
        path = self.home / "run" / "update.sock"
        async with serving(path, service):
            connection = await connect(path, UpdateInterface)
            try:
                yield connection.call
            finally:
                connection.close()

    async def install(self, octets: bytes = GOOD) -> list[UpdateEvent]:
        async with self.asked(self.service()) as call:
            return await install(call, bundle_file(self.home, octets))

    async def tried(self) -> None:
        """Installed, and restarted into."""
        async with self.asked(self.service()) as call:
            await install(call, bundle_file(self.home, GOOD))
            await call.Restart()

    async def status(self, **changes: Any) -> UpdateStatus:
        async with self.asked(self.service(**changes)) as call:
            return (await call.Status())["status"]  # type: ignore[no-any-return]


async def install(call: Any, file: Path) -> list[UpdateEvent]:
    descriptor = os.open(file, os.O_RDONLY)
    try:
        return [reply["event"] async for reply in call.Install(bundle=FileDescriptor(descriptor))]
    finally:
        os.close(descriptor)


@pytest.fixture
def phone(tmp_path: Path) -> Phone:
    return Phone(tmp_path)


def run(work: Callable[[], Awaitable[Any]]) -> Any:
    async def main() -> Any:
        return await work()

    return asyncio.run(main())


def test_a_bundle_is_copied_verified_written_and_ready(phone: Phone) -> None:
    events = run(phone.install)
    assert [event.kind for event in events] == ["copying", *["writing"] * 11, "ready"]
    assert (events[-1].version, events[-2].percent) == ("1.2.0", 100)
    assert phone.slot_b.read_bytes() == GOOD
    status = run(phone.status)
    assert (status.version, status.slot, status.ready, status.trying) == ("1.1.0", "A", "1.2.0", False)


def test_the_committed_slot_stays_until_the_new_one_is_well(phone: Phone) -> None:
    run(phone.install)
    assert phone.card.read_bytes() == autoboot(A)


def test_a_restart_tries_what_is_ready(phone: Phone) -> None:
    async def restart() -> None:
        async with phone.asked(phone.service()) as call:
            await call.Restart()

    run(restart)
    run(phone.install)
    run(restart)
    assert phone.restarts == [False, True]


def test_a_phone_that_does_not_restart_says_so_and_what_is_ready_stays_ready(phone: Phone) -> None:
    run(phone.install)
    phone.stuck = True

    async def refused() -> str:
        async with phone.asked(phone.service()) as call:
            with pytest.raises(Refused) as refusal:
                await call.Restart()
            return str(refusal.value.p_code)

    assert run(refused) == "E67"
    phone.stuck = False
    status = run(phone.status)
    assert (status.ready, status.outcome) == ("1.2.0", "")
    run(phone.tried)
    assert phone.restarts == [True]


def test_a_trial_that_cannot_be_given_up_ends_nothing_else(phone: Phone) -> None:
    run(phone.tried)
    phone.stuck = True
    service = phone.service(running=B, version=NEW)
    run(lambda: service.judge(Well("no")))  # type: ignore[arg-type]
    assert phone.card.read_bytes() == autoboot(A)


def test_a_trial_that_is_well_is_committed(phone: Phone) -> None:
    run(phone.tried)
    service = phone.service(running=B, version=NEW)
    assert service.trying
    run(lambda: service.judge(Well()))  # type: ignore[arg-type]
    assert phone.card.read_bytes() == autoboot(B)
    status = run(lambda: phone.status(running=B, version=NEW))
    assert (status.outcome, status.told, status.trying, status.ready) == ("updated", "1.2.0", False, "")
    assert phone.restarts == [True]


def test_a_trial_that_is_not_well_restarts_into_the_old_slot(phone: Phone) -> None:
    run(phone.tried)
    service = phone.service(running=B, version=NEW)
    run(lambda: service.judge(Well("the media service does not answer")))  # type: ignore[arg-type]
    assert phone.restarts == [True, False]
    assert phone.card.read_bytes() == autoboot(A)
    status = run(phone.status)
    assert (status.outcome, status.told, status.ready) == ("rolled-back", "1.2.0", "")


def test_an_old_slot_that_is_not_well_is_not_restarted_for_ever(phone: Phone) -> None:
    run(lambda: phone.service().judge(Well("no")))  # type: ignore[arg-type]
    assert phone.restarts == []


def test_what_was_read_is_not_told_again(phone: Phone) -> None:
    run(phone.tried)

    async def seen() -> tuple[str, str]:
        async with phone.asked(phone.service(running=A)) as call:
            before = (await call.Status())["status"].outcome
            await call.Seen()
            return before, (await call.Status())["status"].outcome

    assert run(seen) == ("rolled-back", "")
    assert run(phone.status).outcome == ""


def test_a_service_that_was_killed_after_writing_still_has_it_ready(phone: Phone) -> None:
    run(phone.install)
    assert [run(phone.status).ready for _ in range(2)] == ["1.2.0", "1.2.0"]


@pytest.mark.parametrize(
    ("brought", "code"),
    [
        (BundleRefused("E60", "damaged"), "E60"),
        (Bundle("sottovoce-raspios-arm64", NEW), "E61"),
        (Bundle(COMPATIBLE, (1, 0, 0)), "E62"),
        (Bundle(COMPATIBLE, OLD), "E62"),
        (BundleRefused("E63", "nonsense"), "E63"),
    ],
)
def test_what_is_refused_writes_nothing(phone: Phone, brought: Bundle | Exception, code: str) -> None:
    phone.rauc = FakeRAUC(phone.slot_b, brought)
    events = run(phone.install)
    assert [event.kind for event in events] == ["copying", "failed"]
    assert events[-1].code == code
    assert phone.slot_b.read_bytes() == b"old content of B"
    assert not phone.here.bundle.exists()
    assert run(phone.status).ready == ""


def test_a_version_that_was_well_once_is_the_floor(phone: Phone) -> None:
    run(phone.install)
    run(lambda: phone.service(running=B, version=NEW).judge(Well()))  # type: ignore[arg-type]
    phone.rauc = FakeRAUC(phone.slot_b, Bundle(COMPATIBLE, (1, 1, 9)))
    assert run(phone.install)[-1].code == "E62"  # the old slot runs, by whatever way; its version is lower


@pytest.mark.parametrize("octets", [b"", b"x"])
def test_nothing_at_all_and_too_much_are_refused(
    phone: Phone, octets: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(update, "MAX_BUNDLE", 0 if octets else update.MAX_BUNDLE)
    assert [(event.kind, event.code) for event in run(lambda: phone.install(octets))][-1] == ("failed", "E63")


def test_a_full_card_is_told_as_such(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path) -> Any:
        return shutil._ntuple_diskusage(100, 100, 0)

    monkeypatch.setattr(shutil, "disk_usage", full)
    events = run(phone.install)
    assert (events[-1].kind, events[-1].code) == ("failed", "E64")
    assert phone.slot_b.read_bytes() == b"old content of B"


@pytest.mark.parametrize("step", range(11))
def test_a_slot_that_was_not_written_whole_is_never_tried(phone: Phone, step: int) -> None:
    phone.rauc = FakeRAUC(phone.slot_b, Bundle(COMPATIBLE, NEW), fails_at=step)
    assert run(phone.install)[-1].code == "E65"
    status = run(phone.status)
    assert (status.ready, status.slot) == ("", "A")
    assert phone.card.read_bytes() == autoboot(A)


class Cut(BaseException):
    """The power fails."""


@pytest.mark.parametrize("at", range(10))
def test_a_power_cut_at_any_line_leaves_the_old_slot(
    phone: Phone, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut before the nth thing that changes a file, over a whole update, then start the old slot again."""
    count = 0
    brought = bundle_file(phone.home, GOOD)
    # pwrite: autoboot.txt; replace: the state; write_bytes: the slot itself.
    for owner, name in ((os, "pwrite"), (Path, "replace"), (os, "fsync"), (Path, "write_bytes")):
        monkeypatch.setattr(owner, name, _counting(getattr(owner, name), lambda: tick()))

    def tick() -> None:
        nonlocal count
        if count == at * 2:
            raise Cut
        count += 1

    phone_state = phone.here.state
    try:
        service = phone.service()

        async def whole() -> None:
            descriptor = os.open(brought, os.O_RDONLY)
            async for _ in service._install(descriptor):
                pass

        run(whole)
        run(lambda: phone.service(running=B, version=NEW).judge(Well()))  # type: ignore[arg-type]
    except Cut:
        count = -1
    monkeypatch.undo()
    assert count == -1, "the update was over before the cut"
    # Whatever was cut: autoboot.txt is one of the two, and what it commits to was written whole.
    now = Autoboot(phone.card).committed()
    assert now is A or phone.slot_b.read_bytes() == GOOD
    assert read_state(phone_state).pending is None or phone.slot_b.read_bytes() == GOOD
    run(phone.install)  # and it can be done again
    assert phone.slot_b.read_bytes() == GOOD


def _counting(real: Callable[..., Any], tick: Callable[[], None]) -> Callable[..., Any]:
    def counted(*arguments: Any) -> Any:
        tick()
        return real(*arguments)

    return counted


def test_two_updates_at_once_are_refused(phone: Phone) -> None:
    async def twice() -> str:
        service = phone.service()
        service._busy = True
        async with phone.asked(service) as call:
            with pytest.raises(Refused) as refused:
                await install(call, bundle_file(phone.home, GOOD))
            return str(refused.value.p_code)

    assert run(twice) == "E65"


def test_nothing_is_installed_in_a_trial(phone: Phone) -> None:
    run(phone.install)

    async def in_trial() -> str:
        async with phone.asked(phone.service(running=B, version=NEW)) as call:
            with pytest.raises(Refused) as refused:
                await install(call, bundle_file(phone.home, GOOD))
            return str(refused.value.p_code)

    assert run(in_trial) == "E65"


# Health


def test_a_core_that_computes_wrongly_is_not_well(tmp_path: Path) -> None:
    def broken() -> None:
        raise CoreFailed("SAKKE computes another secret than the RFC")

    assert "SAKKE" in run(Health(tmp_path, core=broken).wait)


def test_services_that_do_not_answer_are_not_well(tmp_path: Path) -> None:
    assert run(Health(tmp_path, patience_s=0).wait) == "the keys service does not answer"
