"""The PIN: guesses cost tries and time, cutting the power helps nobody, its owner never loses the keys."""

from __future__ import annotations

import base64
import contextlib
import copy
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.secret import Secret
from firmware.interfaces import Refused
from firmware.pin_tries import LIMIT, wait_after
from firmware.safe import Safe
from firmware.vault import SealedState, VaultDamaged
from firmware.vault_format import VERSION, VaultContent
from firmware.vault_lock import PIN_COST, Lock, Locked
from tests.crypto.callers import ALICE, BOB
from tests.firmware import issuing
from tests.firmware.issuing import CODE, NOW_S, answer, card_text
from tests.firmware.phones import DEVICE, SSRC, BrokenDirectory, Phone, refused
from tests.firmware.test_vault import CuttingDirectory, FailingDisk, PowerCut, TreacherousDisk

PIN, OTHER = "2580", "013579"
NO_PINS = ["", "1", "123", "1234567890123", "12a4", "12 34", "１２３４", "+123", "-123", "1" * 10_000]


@pytest.fixture
def phone(tmp_path: Path) -> Phone:
    return Phone(tmp_path / "alice").enrol()


@pytest.fixture
def locked(phone: Phone) -> Phone:
    phone.custody.remember("contacts", base64.b64encode(b"Bob").decode())
    phone.custody.remember("settings", base64.b64encode(b"loud").decode())
    phone.custody.set_pin("", PIN)
    return phone.restart()


def guess(phone: Phone, times: int, pin: str = "0000") -> None:
    """Type a wrong PIN, after whatever wait there is."""
    for _ in range(times):
        phone.monotonic += phone.custody.status().wait
        refused("E47", lambda: phone.custody.unlock(pin))


def is_blank(phone: Phone) -> bool:
    status = phone.custody.status()
    return not (status.pin or status.locked or status.enrolled) and status.tries == LIMIT


# --- Locked and unlocked ----------------------------------------------------


def test_a_phone_without_pin_is_never_locked(phone: Phone) -> None:
    status = phone.restart().custody.status()
    assert (status.pin, status.locked, status.tries, status.wait) == (False, False, LIMIT, 0)
    assert phone.custody.unlock("").tel == ALICE
    refused("E47", lambda: phone.custody.unlock(PIN))
    assert phone.custody.status().tries == LIMIT


def test_a_locked_phone_says_so_and_nothing_else(locked: Phone) -> None:
    status = locked.custody.status()
    assert (status.pin, status.locked, status.tries, status.wait) == (True, True, LIMIT, 0)
    assert not status.enrolled
    assert not status.pending
    assert (status.months, status.expires) == ([], 0)
    assert status.tel == status.name == status.organisation == status.domain == status.crs == ""


def everything(phone: Phone) -> dict[str, Callable[[], Any]]:
    custody = phone.custody
    return {
        "initiate": lambda: custody.initiate(BOB, SSRC),
        "initiate_echo": lambda: custody.initiate_echo(SSRC),
        "accept": lambda: custody.accept(""),
        "tls_client": custody.tls_client,
        "import_card": lambda: custody.import_card(card_text(serial=9)),
        "unseal": lambda: custody.unseal(CODE),
        "complete": lambda: custody.complete(""),
        "abandon": custody.abandon,
        "pending_contact": custody.pending_contact,
        "find": lambda: custody.find("", 5),
        "recall contacts": lambda: custody.recall("contacts"),
        "recall log": lambda: custody.recall("log"),
        "remember contacts": lambda: custody.remember("contacts", ""),
        "remember log": lambda: custody.remember("log", ""),
        "set_pin": lambda: custody.set_pin(PIN, OTHER),
        "no pin": lambda: custody.set_pin(PIN, ""),
    }


def test_a_locked_phone_refuses_everything_else_and_says_what_to_do(locked: Phone) -> None:
    for what, work in everything(locked).items():
        assert "type the PIN" in refused("E47", work), what
    assert locked.custody.status().tries == LIMIT


def test_settings_and_time_are_there_before_the_pin_is_typed(locked: Phone) -> None:
    assert base64.b64decode(locked.custody.recall("settings")) == b"loud"
    locked.custody.remember("settings", base64.b64encode(b"soft").decode())
    locked.custody.observe_time(NOW_S)
    assert base64.b64decode(locked.restart().custody.recall("settings")) == b"soft"


def test_a_locked_phone_can_be_wiped(locked: Phone) -> None:
    locked.custody.wipe()
    assert is_blank(locked)
    assert is_blank(locked.restart())


def test_the_right_pin_opens_everything(locked: Phone) -> None:
    status = locked.custody.unlock(PIN)
    assert (status.pin, status.locked, status.tel, status.enrolled) == (True, False, ALICE, True)
    locked.custody.initiate(BOB, SSRC)
    assert base64.b64decode(locked.custody.recall("contacts")) == b"Bob"


def test_an_open_vault_checks_the_pin_and_stays_open(locked: Phone) -> None:
    locked.custody.unlock(PIN)
    assert not locked.custody.unlock(PIN).locked
    refused("E47", lambda: locked.custody.unlock(OTHER))
    assert (locked.custody.status().locked, locked.custody.status().tries) == (False, LIMIT - 1)
    locked.custody.initiate(BOB, SSRC)
    assert locked.custody.unlock(PIN).tries == LIMIT


def test_an_enrolment_behind_a_pin_stays_behind_it(locked: Phone) -> None:
    locked.custody.unlock(PIN)
    locked.custody.import_card(card_text(BOB, 8))
    locked.custody.complete(answer(locked.custody.unseal(CODE).body))
    assert locked.restart().custody.status().locked
    assert locked.custody.unlock(PIN).tel == BOB
    assert base64.b64decode(locked.custody.recall("contacts")) == b"Bob"


def test_a_pin_can_be_changed_and_removed(locked: Phone) -> None:
    locked.custody.unlock(PIN)
    locked.custody.set_pin(PIN, OTHER)
    refused("E47", lambda: locked.custody.unlock(PIN))
    refused("E47", lambda: locked.restart().custody.unlock(PIN))
    assert locked.custody.unlock(OTHER).tel == ALICE
    locked.custody.set_pin(OTHER, "")
    assert not locked.custody.status().pin
    status = locked.restart().custody.status()
    assert (status.locked, status.pin, status.tel) == (False, False, ALICE)
    assert base64.b64decode(locked.custody.recall("contacts")) == b"Bob"


@pytest.mark.parametrize("pin", NO_PINS)
def test_what_is_no_pin_costs_no_try_and_opens_nothing(locked: Phone, pin: str) -> None:
    assert "4 to 12 digits" in refused("E47", lambda: locked.custody.unlock(pin))
    assert locked.custody.status().tries == LIMIT
    assert locked.custody.status().locked


@pytest.mark.parametrize("pin", NO_PINS[1:])
def test_what_is_no_pin_cannot_be_set(phone: Phone, pin: str) -> None:
    refused("E47", lambda: phone.custody.set_pin("", pin))
    assert not phone.restart().custody.status().pin


@pytest.mark.parametrize("old", ["", "0000", OTHER, PIN + "0"])
def test_a_pin_is_not_changed_without_the_old_one(locked: Phone, old: str) -> None:
    locked.custody.unlock(PIN)
    refused("E47", lambda: locked.custody.set_pin(old, OTHER))
    refused("E47", lambda: locked.custody.set_pin(old, ""))
    assert locked.restart().custody.unlock(PIN).tel == ALICE


def test_a_first_pin_needs_no_old_one_and_takes_none(phone: Phone) -> None:
    refused("E47", lambda: phone.custody.set_pin("1111", PIN))
    assert not phone.custody.status().pin


@pytest.mark.parametrize("pin", ["0000", "1" * 12, "0123456789"])
def test_every_pin_of_4_to_12_digits_opens(phone: Phone, pin: str) -> None:
    phone.custody.set_pin("", pin)
    assert phone.restart().custody.unlock(pin).tel == ALICE


# --- Guessing ---------------------------------------------------------------


def test_a_wrong_pin_says_how_many_tries_are_left(locked: Phone) -> None:
    assert "9 tries left" in refused("E47", lambda: locked.custody.unlock("0000"))
    assert "8 tries left" in refused("E47", lambda: locked.custody.unlock("0001"))
    text = refused("E47", lambda: locked.custody.unlock("0002"))
    assert "7 tries left" in text
    assert "wait 30 seconds" in text


def test_the_right_pin_puts_the_count_back(locked: Phone) -> None:
    guess(locked, 3)
    locked.monotonic += 30
    assert locked.custody.unlock(PIN).tries == LIMIT
    assert locked.restart().custody.status().tries == LIMIT


def test_waits_double_and_end_at_an_hour() -> None:
    waits = [wait_after(wrong) for wrong in range(LIMIT + 4)]
    assert waits == [0, 0, 0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600, 3600]


def test_who_waits_too_little_is_told_and_loses_no_try(locked: Phone) -> None:
    guess(locked, 3)
    for passed, left in ((0, 30), (0.1, 30), (20, 10), (9.5, 1)):
        locked.monotonic += passed
        for pin in (PIN, "0000"):  # neither is tried
            assert f"{left} second" in refused("E48", lambda pin=pin: locked.custody.unlock(pin))
        assert (locked.custody.status().wait, locked.custody.status().tries) == (left, LIMIT - 3)
    locked.monotonic += 0.5
    locked.custody.unlock(PIN)


def test_a_restart_keeps_the_count_and_begins_the_wait_anew(locked: Phone) -> None:
    guess(locked, 4)
    locked.monotonic += 59
    locked.monotonic = 5.0  # a new boot
    locked.restart()
    assert (locked.custody.status().wait, locked.custody.status().tries) == (60, LIMIT - 4)
    refused("E48", lambda: locked.custody.unlock(PIN))
    locked.now += 365 * 86400  # the clock of the day is none of its business
    refused("E48", lambda: locked.custody.unlock(PIN))
    locked.monotonic += 60
    locked.custody.unlock(PIN)


def test_wrong_old_pins_count_like_all_others(locked: Phone) -> None:
    locked.custody.unlock(PIN)
    for _ in range(3):
        refused("E47", lambda: locked.custody.set_pin("0000", OTHER))
    refused("E48", lambda: locked.custody.set_pin(PIN, OTHER))
    assert locked.restart().custody.status().tries == LIMIT - 3


def test_the_tenth_wrong_pin_destroys_everything(locked: Phone) -> None:
    guess(locked, LIMIT - 1)
    locked.monotonic += locked.custody.status().wait
    assert "destroyed" in refused("E49", lambda: locked.custody.unlock("0000"))
    for _ in range(2):
        assert is_blank(locked)
        assert locked.custody.recall("settings") == locked.custody.recall("contacts") == ""
        assert max(len(locked.disk.read(name)) for name in locked.disk.names()) < 100
        locked.restart()
    assert locked.enrol(BOB, 8).restart().custody.status().tel == BOB


def test_the_tenth_wrong_pin_destroys_an_open_vault_too(locked: Phone) -> None:
    locked.custody.unlock(PIN)
    guess(locked, LIMIT - 1)
    locked.monotonic += 3600
    refused("E49", lambda: locked.custody.set_pin("0000", ""))
    assert is_blank(locked)
    refused("E30", lambda: locked.custody.initiate(BOB, SSRC))


def test_the_tenth_pin_may_be_the_right_one(locked: Phone) -> None:
    guess(locked, LIMIT - 1)
    locked.monotonic += 3600
    assert locked.custody.unlock(PIN).tel == ALICE


# --- Cutting the power ------------------------------------------------------


def cut_at(phone: Phone, steps: int) -> None:
    disk = CuttingDirectory(phone.home)
    phone.disk = disk
    phone.custody = phone.opened()
    disk.steps_left = steps


@pytest.mark.parametrize("cut", range(9))
def test_no_pin_is_tried_that_was_not_counted(
    locked: Phone, cut: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []
    original = Lock.key
    monkeypatch.setattr(Lock, "key", lambda *args: tried.append(1) or original(*args))
    cut_at(locked, cut)
    with contextlib.suppress(PowerCut, Refused):
        locked.custody.unlock("0000")
    assert locked.restart().custody.status().tries == LIMIT - 1 or not tried


def test_a_power_cut_while_the_pin_is_tried_costs_that_try(
    locked: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dark(*_: object) -> Secret:
        raise PowerCut

    with monkeypatch.context() as patch:
        patch.setattr(Lock, "key", dark)
        for _ in range(LIMIT - 1):
            locked.monotonic += 3600
            with pytest.raises(PowerCut):
                locked.custody.unlock(PIN)
            locked.restart()
        assert locked.custody.status().tries == 1
        locked.monotonic += 3600
        with pytest.raises(PowerCut):
            locked.custody.unlock("0000")
    assert is_blank(locked.restart()), "the tenth try was made, and its answer cannot be taken back"


@pytest.mark.parametrize("cut", range(0, 60, 3))
def test_a_power_cut_while_everything_is_destroyed_saves_nothing(locked: Phone, cut: int) -> None:
    guess(locked, LIMIT - 1)
    cut_at(locked, 10**6)
    locked.monotonic += 3600
    assert isinstance(locked.disk, CuttingDirectory)
    locked.disk.steps_left = 4 + cut  # the tenth try is counted after four steps
    with contextlib.suppress(PowerCut, Refused):
        locked.custody.unlock("0000")
    assert is_blank(locked.restart())
    assert locked.custody.recall("settings") == locked.custody.recall("contacts") == ""
    assert max(len(locked.disk.read(name)) for name in locked.disk.names()) < 100


def test_without_a_place_to_count_no_pin_is_tried(locked: Phone) -> None:
    locked.disk = BrokenDirectory(locked.home)
    locked.custody = locked.opened()
    refused("E11", lambda: locked.custody.unlock(PIN))
    refused("E11", lambda: locked.custody.unlock("0000"))
    assert locked.custody.status().locked
    assert locked.restart().custody.unlock(PIN).tel == ALICE


def test_everything_is_destroyed_as_soon_as_the_disk_lets_it(locked: Phone) -> None:
    guess(locked, LIMIT - 1)
    locked.monotonic += 3600
    locked.custody._safe._vault._disk = BrokenDirectory(locked.home)
    refused("E11", lambda: locked.custody.unlock("0000"))
    assert (locked.custody.status().locked, locked.custody.status().tries) == (True, 0)
    locked.monotonic += 10_000
    refused("E11", lambda: locked.custody.unlock(PIN))
    assert is_blank(locked.restart())


@pytest.mark.parametrize("octets", [None, b"", b"damaged", bytes(40)])
def test_who_takes_the_count_away_has_one_try(locked: Phone, octets: bytes | None) -> None:
    guess(locked, 2)
    [count] = [name for name in locked.disk.names() if name.startswith("tries")]
    if octets is None:
        locked.disk.remove(count)
    else:
        locked.disk.write(count, octets)
    assert locked.restart().custody.status().tries == 1
    assert locked.custody.status().wait == wait_after(LIMIT - 1)
    locked.monotonic += 3600
    assert locked.custody.unlock(PIN).tries == LIMIT


def safe(disk: TreacherousDisk) -> Safe:
    return Safe(disk, Secret(DEVICE), monotonic=lambda: 0.0, cost=issuing.QUICK)


def opens(disk: TreacherousDisk, pins: set[str]) -> set[tuple[str, int]]:
    """Return which of the PINs ('' for none) open the vault of a disk, and what is then in it."""
    opened = safe(disk)
    assert not opened.damaged
    if not opened.locked:
        return {("", opened.content.used[0])}
    assert opened.tries.left >= LIMIT - 1, "at most the try of the old PIN is lost"
    found = set()
    for pin in pins - {""}:
        with contextlib.suppress(Refused):
            opened.unlock(pin)
            found.add((pin, opened.content.used[0]))
            break
    return found


def disk_with(pin: str) -> TreacherousDisk:
    disk = TreacherousDisk()
    made = safe(disk)
    made.save(VaultContent(used=(7,)))
    if pin:
        made.set_pin("", pin)
    return disk


def change(disk: TreacherousDisk, old: str, new: str) -> None:
    opened = safe(disk)
    if old:
        opened.unlock(old)
    opened.set_pin(old, new)


CHANGES = [("", PIN), (PIN, OTHER), (PIN, ""), (PIN, PIN)]


@pytest.mark.parametrize(("old", "new"), CHANGES, ids=["set", "change", "remove", "the same"])
def test_a_power_cut_while_the_pin_changes_leaves_the_old_or_the_new_never_neither(
    old: str, new: str
) -> None:
    cut = 0
    while True:
        disk = disk_with(old)
        disk.steps_left = cut
        try:
            change(disk, old, new)
        except PowerCut:
            pass
        else:
            break
        for after in disk.after_a_cut():
            assert isinstance(after, TreacherousDisk)
            found = opens(after, {old, new})
            assert found in ({(old, 7)}, {(new, 7)}), f"cut at step {cut}"
        cut += 1
    assert cut >= 12
    disk.steps_left = 10**9
    assert len([name for name in disk.names() if name.startswith("vault")]) == 1
    assert opens(disk, {old, new}) == {(new, 7)}


@pytest.mark.parametrize(("old", "new"), CHANGES, ids=["set", "change", "remove", "the same"])
def test_a_disk_that_fails_while_the_pin_changes_leaves_a_pin_that_opens(old: str, new: str) -> None:
    for failing in range(40):
        names = disk_with(old).names_seen
        disk = FailingDisk(dict(names), dict(names))
        opened = safe(disk)
        if old:
            opened.unlock(old)
        disk.steps_left = failing
        saved = False
        with contextlib.suppress(Refused):
            opened.set_pin(old, new)
            saved = True
        held = new if saved else old
        disk.steps_left = 10**9
        assert opens(copy.deepcopy(disk), {old, new}) == {(held, 7)}, f"failed at step {failing}"
        if held:
            opened.unlock(held)  # memory says the same as the disk
    assert saved


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["", PIN, OTHER, "4711"]), st.integers(0, 60)), min_size=1, max_size=5
    ),
    st.randoms(use_true_random=False),
)
def test_through_any_changes_and_power_cuts_some_pin_that_was_meant_opens(
    moves: list[tuple[str, int]], random: Any
) -> None:
    disk, held = disk_with(""), ""
    for new, cut in moves:
        disk.steps_left = cut
        try:
            change(disk, held, new)
            held = new
            disk.steps_left = 10**9
        except PowerCut:
            disk = random.choice(list(disk.after_a_cut()))
            found = safe(disk)
            if found.locked:
                possible = [pin for pin in (held, new) if pin and _unlocks(found, pin)]
                assert possible, "some PIN opens"
                held = possible[0]
            else:
                assert "" in (held, new)
                held = ""
    opened = safe(disk)
    if held:
        opened.unlock(held)
    assert not opened.locked
    assert opened.content.used == (7,)


def _unlocks(found: Safe, pin: str) -> bool:
    if not found.locked:
        return False
    try:
        found.unlock(pin)
    except Refused:
        return False
    return True


def test_a_full_disk_keeps_the_old_pin(locked: Phone) -> None:
    locked.custody.unlock(PIN)
    locked.custody._safe._vault._disk = BrokenDirectory(locked.home)
    refused("E11", lambda: locked.custody.set_pin(PIN, OTHER))
    assert locked.custody.unlock(PIN).tel == ALICE
    assert locked.restart().custody.unlock(PIN).tel == ALICE


# --- On the disk ------------------------------------------------------------


def slot(phone: Phone) -> bytes:
    """Return what a thief reads who has the disk and the device secret."""
    octets = SealedState(phone.disk, Secret(DEVICE), name="vault").load()
    assert octets is not None
    return octets


def test_a_vault_without_pin_is_as_it_always_was(phone: Phone) -> None:
    octets = slot(phone)
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


def test_no_slot_from_before_the_pin_is_left(phone: Phone) -> None:
    phone.custody.set_pin("", PIN)
    slots = [name for name in phone.disk.names() if name.startswith("vault")]
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


def test_a_guess_costs_64_mebibytes_in_three_passes(tmp_path: Path) -> None:
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


# --- Silence ----------------------------------------------------------------


def test_no_pin_is_ever_written_down(locked: Phone, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    texts = [refused("E47", lambda: locked.custody.unlock("918273"))]
    locked.custody.unlock(PIN)
    locked.custody.set_pin(PIN, OTHER)
    texts.append(refused("E47", lambda: locked.custody.set_pin("918273", "55443322")))
    texts.append(refused("E47", lambda: locked.custody.set_pin(OTHER, "918273x")))
    assert caplog.records
    for pin in (PIN, OTHER, "918273", "55443322"):
        assert pin not in caplog.text
        assert all(pin not in text for text in texts)
        assert pin not in repr(vars(locked.custody)) + repr(vars(locked.custody._safe))
