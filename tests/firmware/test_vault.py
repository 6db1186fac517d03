"""The vault: a power cut at any moment leaves the old state or the new one, never neither and never both."""

from __future__ import annotations

import contextlib
import itertools
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from crypto.secret import Secret
from firmware.vault import MAX_OCTETS, SealedState, VaultDamaged
from firmware.vault_disk import Directory, Disk

DEVICE = bytes(range(32))
OLD, NEW = b"the old state" * 20, b"the new state, which is longer" * 20


class PowerCut(Exception):
    """The lights went out. (No OSError: nothing in the house may catch it.)"""


@dataclass
class File:
    """One file's octets: as programs see them, and all that a power cut could leave of them."""

    seen: bytes
    maybe: list[bytes]


Change = Callable[[dict[str, File]], None]


@dataclass
class TreacherousDisk:
    """Keeps what was synced. Of everything else a power cut keeps any part it likes: see `after_a_cut`."""

    names_kept: dict[str, File] = field(default_factory=dict)
    names_seen: dict[str, File] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    steps_left: int = 10**9

    def step(self) -> None:
        self.steps_left -= 1
        if self.steps_left < 0:
            raise PowerCut

    def change(self, change: Change) -> None:
        change(self.names_seen)
        self.changes.append(change)

    def names(self) -> list[str]:
        return sorted(self.names_seen)

    def read(self, name: str) -> bytes:
        return self.names_seen[name].seen

    def write(self, name: str, octets: bytes) -> None:
        self.step()
        file = File(octets, [b"", octets[: len(octets) // 2], octets])
        self.change(lambda names: names.__setitem__(name, file))

    def sync(self, name: str) -> None:
        self.step()
        file = self.names_seen[name]
        file.maybe = [file.seen]

    def rename(self, old: str, new: str) -> None:
        self.step()
        file = self.names_seen[old]

        def change(names: dict[str, File]) -> None:
            names.pop(old, None)
            names[new] = file

        self.change(change)

    def overwrite(self, name: str) -> None:
        self.step()
        file = self.names_seen[name]
        zeros = bytes(len(file.seen))
        half = len(zeros) // 2
        file.maybe = [*file.maybe, zeros[:half] + file.seen[half:], zeros]
        file.seen = zeros

    def remove(self, name: str) -> None:
        self.step()
        self.change(lambda names: names.pop(name, None) and None)

    def sync_directory(self) -> None:
        self.step()
        self.names_kept, self.changes = dict(self.names_seen), []

    def after_a_cut(self) -> Iterator[Disk]:
        """Every disk that a power cut now could leave: any unsynced changes, any part of any file."""
        for chosen in itertools.product((False, True), repeat=len(self.changes)):
            names = dict(self.names_kept)
            for change, survives in zip(self.changes, chosen, strict=True):
                if survives:
                    change(names)
            for contents in itertools.product(*(file.maybe for file in names.values())):
                files = {name: File(octets, [octets]) for name, octets in zip(names, contents, strict=True)}
                yield TreacherousDisk(dict(files), dict(files))


def state(disk: Disk, device: bytes = DEVICE, name: str = "vault") -> SealedState:
    return SealedState(disk, Secret(device), name=name)


def disk_with(*states: bytes) -> TreacherousDisk:
    disk = TreacherousDisk()
    vault = state(disk)
    vault.load()
    for octets in states:
        vault.save(octets)
    return disk


def steps_of(work: Callable[[TreacherousDisk], None], disk: TreacherousDisk) -> int:
    before = disk.steps_left
    work(disk)
    return before - disk.steps_left


def save_new(disk: TreacherousDisk) -> None:
    vault = state(disk)
    vault.load()
    vault.save(NEW)


STEPS = steps_of(save_new, disk_with(OLD))


def test_a_save_takes_the_steps_that_the_tests_cut_between() -> None:
    assert STEPS == 8  # write, sync, rename, sync directory; overwrite, sync, remove, sync directory


@pytest.mark.parametrize("cut", range(STEPS + 1))
def test_a_power_cut_at_any_step_leaves_the_old_state_or_the_new_one(cut: int) -> None:
    disk = disk_with(OLD)
    disk.steps_left = cut
    if cut < STEPS:
        with pytest.raises(PowerCut):
            save_new(disk)
    else:
        save_new(disk)
    found = {state(after).load() for after in disk.after_a_cut()}
    assert found <= {OLD, NEW}
    if cut < 3:
        assert found == {OLD}
    if cut >= 4:
        assert found == {NEW}


@pytest.mark.parametrize("cut", range(STEPS))
def test_a_power_cut_at_the_first_save_leaves_nothing_or_the_state(cut: int) -> None:
    disk = disk_with()
    disk.steps_left = cut
    try:
        save_new(disk)
    except PowerCut:
        assert cut < 4
    assert {state(after).load() for after in disk.after_a_cut()} <= {None, NEW}


@pytest.mark.parametrize("cut", range(STEPS))
@pytest.mark.parametrize("second", range(STEPS))
def test_a_second_power_cut_while_recovering_from_the_first_loses_nothing(cut: int, second: int) -> None:
    disk = disk_with(OLD)
    disk.steps_left = cut
    with pytest.raises(PowerCut):
        save_new(disk)
    for after in itertools.islice(disk.after_a_cut(), 12):
        assert isinstance(after, TreacherousDisk)
        expected = {state(again).load() for again in after.after_a_cut()} | {NEW}
        after.steps_left = second
        with contextlib.suppress(PowerCut):
            save_new(after)
        assert {state(again).load() for again in after.after_a_cut()} <= expected


def test_after_a_save_the_old_state_is_nowhere_on_the_disk() -> None:
    disk = disk_with(OLD, NEW)
    assert disk.names() == ["vault.00000002"]
    for after in disk.after_a_cut():
        assert after.names() == ["vault.00000002"]


def test_what_a_power_cut_left_undone_is_finished_at_the_next_start() -> None:
    disk = disk_with(OLD)
    disk.steps_left = 4  # the switch is done, the old slot is still there
    with pytest.raises(PowerCut):
        save_new(disk)
    disk.steps_left = 10**9
    assert disk.names() == ["vault.00000001", "vault.00000002"]
    assert state(disk).load() == NEW
    assert disk.names() == ["vault.00000002"]


class FailingDisk(TreacherousDisk):
    """Reports an error where the other one goes dark."""

    def step(self) -> None:
        self.steps_left -= 1
        if self.steps_left == -1:
            raise OSError(28, "No space left on device")


@pytest.mark.parametrize("failing", range(4))
def test_a_disk_that_fails_before_the_switch_leaves_the_old_state(failing: int) -> None:
    names = disk_with(OLD).names_seen
    disk = FailingDisk(dict(names), dict(names))
    vault = state(disk)
    vault.load()
    disk.steps_left = failing
    with pytest.raises(OSError, match="No space"):
        vault.save(NEW)
    assert state(disk).load() == OLD
    vault.save(NEW)
    assert state(disk).load() == NEW


@pytest.mark.parametrize("failing", range(4, 8))
def test_a_disk_that_fails_after_the_switch_has_the_new_state(
    failing: int, caplog: pytest.LogCaptureFixture
) -> None:
    names = disk_with(OLD).names_seen
    disk = FailingDisk(dict(names), dict(names))
    vault = state(disk)
    vault.load()
    disk.steps_left = failing
    vault.save(NEW)
    assert "could not be destroyed" in caplog.text
    assert state(disk).load() == NEW
    assert disk.names() == ["vault.00000002"]


def test_the_vault_of_another_board_does_not_open() -> None:
    disk = disk_with(OLD)
    with pytest.raises(VaultDamaged):
        state(disk, bytes(32)).load()
    assert state(disk).load() == OLD, "and trying has destroyed nothing"


def test_a_vault_that_does_not_open_can_be_replaced() -> None:
    disk = disk_with(OLD)
    other = state(disk, bytes(32))
    with pytest.raises(VaultDamaged):
        other.load()
    other.save(NEW)
    assert state(disk, bytes(32)).load() == NEW
    assert disk.names() == ["vault.00000002"]


def test_a_damaged_slot_is_noticed_at_every_octet() -> None:
    disk = disk_with(OLD)
    slot = disk.read("vault.00000001")
    for at in range(len(slot)):
        damaged = bytearray(slot)
        damaged[at] ^= 1
        files = {"vault.00000001": File(bytes(damaged), [bytes(damaged)])}
        with pytest.raises(VaultDamaged):
            state(TreacherousDisk(files, dict(files))).load()


@pytest.mark.parametrize("length", [0, 1, 12, 13, 28])
def test_a_slot_cut_short_is_noticed(length: int) -> None:
    disk = disk_with(OLD)
    short = disk.read("vault.00000001")[:length]
    files = {"vault.00000001": File(short, [short])}
    with pytest.raises(VaultDamaged):
        state(TreacherousDisk(files, dict(files))).load()


def test_a_slot_does_not_pass_for_another_generation_or_another_name() -> None:
    disk = disk_with(OLD)
    disk.rename("vault.00000001", "vault.00000007")
    with pytest.raises(VaultDamaged):
        state(disk).load()
    disk.rename("vault.00000007", "journal.00000001")
    with pytest.raises(VaultDamaged):
        state(disk, name="journal").load()


def test_two_states_in_one_directory_do_not_touch_each_other() -> None:
    disk = disk_with(OLD)
    state(disk, name="journal").save(NEW)
    assert state(disk).load() == OLD
    assert state(disk, name="journal").load() == NEW


def test_the_state_is_not_readable_in_the_slot() -> None:
    disk = disk_with(OLD)
    assert OLD[:13] not in disk.read("vault.00000001")


def test_a_state_too_large_to_keep_is_refused() -> None:
    disk = disk_with(OLD)
    vault = state(disk)
    vault.load()
    with pytest.raises(OSError, match="too large"):
        vault.save(bytes(MAX_OCTETS + 1))
    assert state(disk).load() == OLD


def test_a_real_directory_keeps_states_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "home" / "vault"
    vault = state(Directory(path))
    assert vault.load() is None
    vault.save(OLD)
    vault.save(NEW)
    assert state(Directory(path)).load() == NEW
    assert os.listdir(path) == ["vault.00000002"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert stat.S_IMODE((path / "vault.00000002").stat().st_mode) == 0o600


class CuttingDirectory(Directory):
    """A real directory whose process dies before one of its verbs."""

    steps_left = 10**9

    def _step(self) -> None:
        self.steps_left -= 1
        if self.steps_left < 0:
            raise PowerCut

    def write(self, name: str, octets: bytes) -> None:
        self._step()
        super().write(name, octets)

    def sync(self, name: str) -> None:
        self._step()
        super().sync(name)

    def rename(self, old: str, new: str) -> None:
        self._step()
        super().rename(old, new)

    def overwrite(self, name: str) -> None:
        self._step()
        super().overwrite(name)

    def remove(self, name: str) -> None:
        self._step()
        super().remove(name)

    def sync_directory(self) -> None:
        self._step()
        super().sync_directory()


@pytest.mark.parametrize("cut", range(STEPS))
def test_a_process_killed_at_any_step_in_a_real_directory(tmp_path: Path, cut: int) -> None:
    disk = CuttingDirectory(tmp_path)
    vault = state(disk)
    vault.save(OLD)
    disk.steps_left = cut
    with pytest.raises(PowerCut):
        vault.save(NEW)
    assert state(Directory(tmp_path)).load() == (OLD if cut < 3 else NEW)
    assert len(os.listdir(tmp_path)) == 1
