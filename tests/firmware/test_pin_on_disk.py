"""The PIN on the disk: what a thief of the card, or of the card and the board's secret, can read."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto.secret import Secret
from firmware.vault import SealedState, VaultDamaged
from firmware.vault_format import VERSION, VaultContent
from firmware.vault_lock import PIN_COST, Lock, Locked
from tests.crypto.callers import ALICE
from tests.firmware import issuing
from tests.firmware.phones import DEVICE, Phone, refused
from tests.firmware.pins import PIN


def slot(phone: Phone) -> bytes:
    """Return what a thief reads who has the disk and the device secret."""
    octets = SealedState(phone.disk, Secret(DEVICE), name="vault").load()
    assert octets is not None
    return octets


def test_a_vault_without_pin_is_as_it_always_was(alice: Phone) -> None:
    octets = slot(alice)
    assert octets[0] == VERSION
    assert VaultContent.decode(octets).encode() == octets
    assert Locked.decode(octets) is None


def test_the_device_secret_alone_opens_nothing_behind_a_pin(locked: Phone) -> None:
    octets = slot(locked)
    issued = issuing.secrets_of(ALICE, 7)
    for secret in (issued.ssk.expose(), issued.rsk.expose()[1:33], ALICE.encode(), b"Alice", b"Bob"):
        assert secret not in octets
    with pytest.raises(VaultDamaged):
        VaultContent.decode(octets)
    contacts = SealedState(locked.disk, Secret(DEVICE), name="record-contacts").load()
    assert contacts is not None
    assert b"Bob" not in contacts


def test_the_pin_alone_opens_nothing_on_another_board(locked: Phone) -> None:
    locked.device = bytes(32)
    custody = locked.restart().custody
    refused("E46", custody.status)
    refused("E46", lambda: custody.unlock(PIN))
    locked.device = DEVICE
    assert locked.restart().custody.unlock(PIN).tel == ALICE
    read = Locked.decode(slot(locked))
    assert read is not None
    assert read.open(read.lock.key(PIN, Secret(bytes(32)))) is None
    assert read.open(read.lock.key("0000", Secret(DEVICE))) is None


def test_no_slot_from_before_the_pin_is_left(alice: Phone) -> None:
    alice.custody.set_pin("", PIN)
    slots = [name for name in alice.disk.names() if name.startswith("vault")]
    assert len(slots) == 1


def test_two_phones_with_the_same_pin_have_different_salts(tmp_path: Path) -> None:
    salts = set()
    for name in ("one", "two"):
        phone = Phone(tmp_path / name)
        phone.custody.set_pin("", PIN)
        read = Locked.decode(slot(phone))
        assert read is not None
        salts.add(read.lock.salt)
        phone.custody.set_pin(PIN, PIN)
        again = Locked.decode(slot(phone))
        assert again is not None
        salts.add(again.lock.salt)
    assert len(salts) == 4


def test_a_guess_costs_64_mebibytes_in_three_passes() -> None:
    assert (1 << PIN_COST.memory, PIN_COST.passes) == (64 * 1024, 3)


@given(st.binary(max_size=200))
def test_any_octets_are_a_lock_or_damage(octets: bytes) -> None:
    with contextlib.suppress(VaultDamaged):
        Locked.decode(b"\2" + octets)


@given(st.integers(0, 200), st.integers(1, 255))
def test_a_changed_lock_opens_with_no_pin(at: int, changed: int) -> None:
    lock = Lock(bytes(16), issuing.QUICK)
    key = lock.key(PIN, Secret(DEVICE))
    octets = bytearray(lock.close(VaultContent(used=(7,)).encode(), key))
    octets[at % len(octets)] ^= changed
    try:
        read = Locked.decode(bytes(octets))
    except VaultDamaged:
        return
    if read is None or read.lock.cost.memory > 6 or read.lock.cost.passes > 2:
        return  # behind no PIN; or too much work for a test
    assert read.open(read.lock.key(PIN, Secret(DEVICE))) is None
