"""The PIN and a disk that fails, or a power cut: nobody guesses once more, its owner never loses the keys."""

from __future__ import annotations

import contextlib
import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.secret import Secret
from firmware.interfaces import Refused
from firmware.pin_tries import LIMIT, wait_after
from firmware.safe import Safe
from firmware.vault_format import VaultContent
from firmware.vault_lock import Lock
from tests.crypto.callers import ALICE
from tests.firmware import issuing
from tests.firmware.phones import DEVICE, BrokenDirectory, Phone, refused
from tests.firmware.pins import OTHER, PIN, guess, is_blank
from tests.firmware.test_vault import CuttingDirectory, FailingDisk, PowerCut, TreacherousDisk


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
