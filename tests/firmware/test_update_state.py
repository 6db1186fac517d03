"""Slots, versions and what is remembered of an update: pure, and whole after any power cut."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware import slot_backend, update_state
from firmware.boot_slots import Autoboot, running_slot
from firmware.slots import LENGTH, AutobootDamaged, Slot, autoboot, committed
from firmware.update_check import Bundle, BundleRefused, check, read_info, read_version
from firmware.update_state import UpdateState, read_state, write_state

A, B = Slot.A, Slot.B
OLD, NEW = (1, 1, 0), (1, 2, 0)
COMPATIBLE = "sottovoce-debian-arm64"
INFO = {
    "compatible": COMPATIBLE,
    "version": "1.2.0",
    "description": "",
    "build": "1",
    "hooks": [],
    "images": [
        {"rootfs": {"filename": "root.img", "hooks": []}},
        {"boot": {"filename": "boot.vfat", "hooks": []}},
    ],
}


# autoboot.txt


@pytest.mark.parametrize("slot", Slot)
def test_the_card_says_which_slot_is_committed(slot: Slot) -> None:
    assert committed(autoboot(slot)) is slot


def test_both_texts_fill_one_sector_at_most_and_have_one_length() -> None:
    assert len(autoboot(A)) == len(autoboot(B)) == LENGTH <= 512


def test_the_firmware_reads_what_it_needs() -> None:
    lines = autoboot(A).decode().splitlines()
    assert lines[:5] == ["[all]", "tryboot_a_b=1", "boot_partition=2", "[tryboot]", "boot_partition=3"]
    assert set(lines[5]) == {"#"}


@given(st.binary(max_size=600))
def test_anything_else_is_damaged(octets: bytes) -> None:
    with pytest.raises(AutobootDamaged, match="flash the card anew"):
        committed(octets)


def test_committing_changes_octets_in_place(tmp_path: Path) -> None:
    file = tmp_path / "autoboot.txt"
    file.write_bytes(autoboot(A))
    inode = file.stat().st_ino
    Autoboot(file).commit(B)
    assert file.read_bytes() == autoboot(B)
    assert file.stat().st_ino == inode


def test_a_damaged_file_is_not_written_over(tmp_path: Path) -> None:
    file = tmp_path / "autoboot.txt"
    file.write_bytes(b"[all]\n")
    with pytest.raises(AutobootDamaged):
        Autoboot(file).commit(B)
    assert file.read_bytes() == b"[all]\n"


# Which slot runs


@pytest.mark.parametrize(("told", "slot"), [("a\n", A), ("b\n", B)])
def test_the_first_program_says_which_slot_runs(tmp_path: Path, told: str, slot: Slot) -> None:
    (tmp_path / "slot").write_text(told)
    assert running_slot(tmp_path / "slot") is slot


@pytest.mark.parametrize("told", ["", "c", "A", "a b", "root_a"])
def test_anything_else_is_no_slot(tmp_path: Path, told: str) -> None:
    (tmp_path / "slot").write_text(told)
    with pytest.raises(ValueError, match="which slot runs"):
        running_slot(tmp_path / "slot")


# Versions and boards


def bundle(version: str = "1.2.0", compatible: str = COMPATIBLE) -> Bundle:
    return Bundle(compatible, read_version(version))


def test_a_newer_bundle_for_this_phone_is_installed() -> None:
    check(bundle(), compatible=COMPATIBLE, running=OLD, floor=OLD)


@pytest.mark.parametrize(
    ("brought", "floor", "code"),
    [
        (bundle(compatible="sottovoce-raspios-arm64"), OLD, "E61"),
        (bundle("1.0.9"), OLD, "E62"),
        (bundle("0.99.99"), OLD, "E62"),
        (bundle("1.1.0"), OLD, "E62"),
        (bundle("1.9.0"), (1, 10, 0), "E62"),
    ],
)
def test_another_board_and_an_older_version_are_refused(brought: Bundle, floor: object, code: str) -> None:
    with pytest.raises(BundleRefused) as refused:
        check(brought, compatible=COMPATIBLE, running=OLD, floor=floor)  # type: ignore[arg-type]
    assert refused.value.code == code


def test_versions_are_numbers_and_not_texts() -> None:
    check(bundle("1.10.0"), compatible=COMPATIBLE, running=(1, 9, 0), floor=(1, 9, 0))


@pytest.mark.parametrize("text", ["", "1", "1.2", "1.2.3.4", "1.2.x", "01.2.3", "1.2.-3", "1.2.3\n", "٣.1.1"])
def test_a_version_is_three_numbers(text: str) -> None:
    with pytest.raises(ValueError, match="not a version"):
        read_version(text)


def test_what_rauc_says_is_read() -> None:
    assert read_info(json.dumps(INFO).encode()) == bundle()


@pytest.mark.parametrize(
    "changed",
    [
        {"images": INFO["images"][:1]},  # type: ignore[index]
        {"images": [*INFO["images"], {"appfs": {}}]},  # type: ignore[misc]
        {"hooks": ["install-check"]},
        {"images": [{"rootfs": {"hooks": ["install"]}}, {"boot": {}}]},
        {"version": "latest"},
        {"version": None},
        {"compatible": 7},
        {"images": "rootfs boot"},
    ],
)
def test_other_images_hooks_and_nonsense_are_refused(changed: dict[str, object]) -> None:
    with pytest.raises(BundleRefused) as refused:
        read_info(json.dumps(INFO | changed).encode())
    assert refused.value.code == "E63"


@given(st.binary(max_size=300))
def test_anything_but_what_rauc_prints_is_refused(octets: bytes) -> None:
    with pytest.raises(BundleRefused):
        read_info(octets)


# What is remembered


def test_an_update_that_is_well_is_committed_and_raises_the_floor() -> None:
    state = update_state.written(update_state.begun(UpdateState(floor=OLD), B), B, NEW)
    state = update_state.healthy(update_state.booted(state, B), B, NEW)
    assert state == UpdateState(floor=NEW, version=NEW, outcome="updated", told=NEW)


def test_an_update_that_never_came_up_is_told_as_rolled_back() -> None:
    state = update_state.asked(update_state.written(UpdateState(floor=OLD), B, NEW))
    state = update_state.booted(state, A)
    assert (state.outcome, state.told, state.bad, state.pending) == ("rolled-back", NEW, B, None)
    assert state.floor == OLD


def test_a_slot_whose_writing_began_is_not_tried_any_more() -> None:
    state = update_state.begun(update_state.written(UpdateState(), B, NEW), B)
    assert (state.pending, state.bad) == (None, B)


def test_a_start_of_the_pending_slot_changes_nothing_yet() -> None:
    state = update_state.written(UpdateState(), B, NEW)
    assert update_state.booted(state, B) == state


def test_a_restart_before_the_trial_leaves_it_for_the_next(tmp_path: Path) -> None:
    state = update_state.written(UpdateState(), B, NEW)
    assert update_state.booted(state, A) == state


def test_the_floor_never_sinks() -> None:
    assert update_state.healthy(UpdateState(floor=NEW), A, OLD).floor == NEW


states = st.builds(
    UpdateState,
    floor=st.tuples(*[st.integers(0, 999999)] * 3),
    pending=st.none() | st.sampled_from(Slot),
    version=st.tuples(*[st.integers(0, 999999)] * 3),
    tried=st.booleans(),
    bad=st.none() | st.sampled_from(Slot),
    outcome=st.sampled_from(update_state.OUTCOMES),
    told=st.tuples(*[st.integers(0, 999999)] * 3),
)


@given(states)
def test_the_state_is_read_as_it_was_written(state: UpdateState) -> None:
    assert UpdateState.decode(state.encode()) == state


@given(st.binary(max_size=300))
def test_octets_that_are_no_state_are_refused_with_one_error(octets: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        UpdateState.decode(octets)


def test_a_damaged_state_begins_anew(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "state.json").write_bytes(b"{")
    assert read_state(tmp_path / "state.json") == UpdateState()
    assert "begins anew" in caplog.text


def test_a_cut_while_writing_leaves_the_old_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "state.json"
    write_state(file, UpdateState(floor=OLD))

    def cut(self: Path, target: Path) -> Path:
        raise OSError("power")

    monkeypatch.setattr(Path, "replace", cut)
    with pytest.raises(OSError, match="power"):
        write_state(file, UpdateState(floor=NEW))
    assert read_state(file) == UpdateState(floor=OLD)


# What RAUC is told


def ask(*words: str, state: UpdateState = UpdateState()) -> str:  # noqa: B008
    return slot_backend.answer(list(words), running=A, committed=A, state=state)


def test_rauc_learns_the_slots() -> None:
    assert (ask("get-current"), ask("get-primary")) == ("A", "A")
    assert ask("get-primary", state=UpdateState(pending=B)) == "B"
    assert (ask("get-state", "B"), ask("get-state", "B", state=UpdateState(bad=B))) == ("good", "bad")
    assert ask("set-primary", "B") == ask("set-state", "B", "bad") == ""


@pytest.mark.parametrize(
    "words",
    [(), ("get-state",), ("get-state", "C"), ("set-primary", "A"), ("set-state", "B", "ugly"), ("format",)],
)
def test_rauc_gets_no_answer_to_anything_else(words: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"no such question|never written|not a valid Slot"):
        ask(*words)
