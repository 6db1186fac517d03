"""Settings, contacts and call log: whole or as before, sealed, gone with the keys."""

from __future__ import annotations

import base64
import contextlib

import pytest

from crypto.secret import Secret
from firmware.records import MAX_OCTETS
from firmware.vault import SealedState
from tests.crypto.callers import ALICE
from tests.firmware.phones import DEVICE, BrokenDirectory, Phone, custody, refused
from tests.firmware.test_vault import CuttingDirectory, PowerCut, TreacherousDisk

NAMES = ["settings", "contacts", "log"]
OLD, NEW = b"old " * 100, b"the new one " * 50


def text(octets: bytes) -> str:
    return base64.b64encode(octets).decode()


@pytest.mark.parametrize("name", NAMES)
def test_a_record_comes_back_after_a_restart(phone: Phone, name: str) -> None:
    assert phone.custody.recall(name) == ""
    for octets in (OLD, NEW, b"", bytes(MAX_OCTETS)):
        phone.custody.remember(name, text(octets))
        assert phone.custody.recall(name) == text(octets)
        assert phone.restart().custody.recall(name) == text(octets)


def test_records_outlive_a_new_identity(phone: Phone) -> None:
    phone.custody.remember("contacts", text(OLD))
    phone.enrol()
    phone.custody.remember("log", text(NEW))
    phone.restart().enrol(ALICE, 9)
    assert phone.restart().custody.recall("contacts") == text(OLD)
    assert phone.custody.recall("log") == text(NEW)


@pytest.mark.parametrize("name", NAMES)
def test_too_much_is_refused_and_the_old_record_stays(phone: Phone, name: str) -> None:
    phone.custody.remember(name, text(OLD))
    refused("E11", lambda: phone.custody.remember(name, text(bytes(MAX_OCTETS + 1))))
    assert phone.restart().custody.recall(name) == text(OLD)


@pytest.mark.parametrize(
    "name", ["", "vault", "journal", "tries", "record-log", "Settings", "../log", "log\0", "log.draft"]
)
def test_a_record_that_nobody_has_heard_of_is_refused(phone: Phone, name: str) -> None:
    before = phone.disk.names()
    refused("E11", lambda: phone.custody.recall(name))
    refused("E11", lambda: phone.custody.remember(name, text(NEW)))
    assert phone.disk.names() == before


@pytest.mark.parametrize("data", ["!", "AAA", "AA==x", "Ä"])
def test_what_is_not_base64_is_refused(phone: Phone, data: str) -> None:
    phone.custody.remember("settings", text(OLD))
    refused("E11", lambda: phone.custody.remember("settings", data))
    assert phone.custody.recall("settings") == text(OLD)


@pytest.mark.parametrize("name", NAMES)
def test_a_record_is_not_readable_on_the_disk(phone: Phone, name: str) -> None:
    phone.custody.remember(name, text(OLD))
    for file in phone.disk.names():
        assert b"old old" not in phone.disk.read(file)
    state = SealedState(phone.disk, Secret(DEVICE), name=f"record-{name}").load()
    assert state is not None
    assert (b"old old" in state) == (name == "settings")


def test_a_record_does_not_pass_for_another(phone: Phone) -> None:
    phone.custody.remember("contacts", text(OLD))
    phone.custody.remember("log", text(NEW))
    contacts, log = (SealedState(phone.disk, Secret(DEVICE), name=f"record-{n}") for n in ("contacts", "log"))
    octets = contacts.load()
    assert octets is not None
    log.load()
    log.save(octets)
    assert phone.restart().custody.recall("log") == ""


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("damage", [b"", b"\1", b"damaged", bytes(200)])
def test_a_damaged_record_begins_anew_and_says_so_in_the_log(
    phone: Phone, name: str, damage: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    phone.custody.remember(name, text(OLD))
    [file] = [file for file in phone.disk.names() if file.startswith(f"record-{name}")]
    phone.disk.write(file, damage)
    assert phone.restart().custody.recall(name) == ""
    assert "begins anew" in caplog.text
    phone.custody.remember(name, text(NEW))
    assert phone.restart().custody.recall(name) == text(NEW)


@pytest.mark.parametrize("name", NAMES)
def test_a_full_disk_keeps_the_old_record(phone: Phone, name: str) -> None:
    phone.custody.remember(name, text(OLD))
    phone.disk = BrokenDirectory(phone.home)
    phone.custody = phone.opened()
    refused("E11", lambda: phone.custody.remember(name, text(NEW)))
    assert phone.custody.recall(name) == text(OLD)


@pytest.mark.parametrize("name", NAMES)
def test_a_power_cut_leaves_the_old_record_or_the_new_one(name: str) -> None:
    cut = 0
    while True:
        disk = TreacherousDisk()
        custody(disk).remember(name, text(OLD))
        kept = custody(disk)
        disk.steps_left = cut
        try:
            kept.remember(name, text(NEW))
        except PowerCut:
            for after in disk.after_a_cut():
                assert custody(after).recall(name) in (text(OLD), text(NEW))
        else:
            break
        cut += 1
    assert cut == 8


def test_a_record_without_its_vault_is_lost_and_stops_nothing(phone: Phone) -> None:
    phone.custody.remember("contacts", text(OLD))
    phone.disk.remove(next(name for name in phone.disk.names() if name.startswith("vault")))
    assert phone.restart().custody.recall("contacts") == ""
    phone.custody.remember("contacts", text(NEW))
    assert phone.restart().custody.recall("contacts") == text(NEW)


def test_a_wipe_destroys_every_record(phone: Phone) -> None:
    for name in NAMES:
        phone.custody.remember(name, text(OLD))
    phone.custody.wipe()
    for _ in range(2):
        assert [phone.custody.recall(name) for name in NAMES] == ["", "", ""]
        assert not [name for name in phone.disk.names() if name.startswith("record-")]
        phone.restart()


@pytest.mark.parametrize("cut", range(40))
def test_a_wipe_that_a_power_cut_interrupts_is_finished_at_the_next_start(phone: Phone, cut: int) -> None:
    phone.enrol()
    for name in NAMES:
        phone.custody.remember(name, text(OLD))
    disk = CuttingDirectory(phone.home)
    phone.disk = disk
    phone.custody = phone.opened()
    disk.steps_left = cut
    with contextlib.suppress(PowerCut):
        phone.custody.wipe()
    phone.restart()
    kept = [phone.custody.recall(name) for name in NAMES]
    if phone.custody.status().enrolled:
        assert cut < 3, "the keys go first"
        assert kept == [text(OLD)] * 3
    else:
        assert kept == ["", "", ""]
        assert not [name for name in phone.disk.names() if name.startswith("record-")]


class StubbornDirectory(BrokenDirectory):
    """A disk that does not let go of what is on it."""

    def write(self, name: str, octets: bytes) -> None:
        super(BrokenDirectory, self).write(name, octets)

    def overwrite(self, name: str) -> None:
        raise OSError(5, "Input/output error")


def test_no_new_card_comes_in_before_the_old_records_are_gone(phone: Phone) -> None:
    phone.enrol()
    phone.custody.remember("settings", text(OLD))
    phone.disk = StubbornDirectory(phone.home)
    phone.custody = phone.opened()
    assert "records" in refused("E11", phone.custody.wipe)
    assert not phone.custody.status().enrolled
    refused("E11", lambda: phone.enrol())
    phone.restart().enrol()
    assert phone.restart().custody.status().enrolled
    assert phone.custody.recall("settings") == ""


def test_another_boards_records_are_not_read(phone: Phone) -> None:
    phone.custody.remember("settings", text(OLD))
    phone.device = bytes(32)
    assert phone.restart().custody.recall("settings") == ""


def test_behind_a_vault_that_does_not_open_there_are_only_settings(phone: Phone) -> None:
    phone.enrol().custody.remember("contacts", text(OLD))
    phone.device = bytes(32)
    phone.restart()
    for name in ("contacts", "log"):
        refused("E46", lambda name=name: phone.custody.recall(name))
        refused("E46", lambda name=name: phone.custody.remember(name, text(NEW)))
    phone.custody.remember("settings", text(NEW))
    assert phone.restart().custody.recall("settings") == text(NEW)
