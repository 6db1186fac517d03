"""The board's rule for the slot, as an emulated phone follows it, and the file that a phone writes."""

from __future__ import annotations

import pytest

from firmware.slots import Slot, autoboot
from image.firmware_choice import NothingToBoot, asks_tryboot, chosen_slot, tells_tryboot


@pytest.mark.parametrize("committed", Slot)
def test_a_start_is_from_the_committed_slot_and_a_tryboot_from_the_other(committed: Slot) -> None:
    assert chosen_slot(autoboot(committed), tryboot=False) == committed.value.lower()
    assert chosen_slot(autoboot(committed), tryboot=True) == committed.other.value.lower()


def test_what_stands_before_any_section_counts_always() -> None:
    assert chosen_slot(b"boot_partition=3\n", tryboot=False) == "b"


def test_the_last_line_that_counts_wins() -> None:
    assert (
        chosen_slot(b"boot_partition=3\n[none]\nboot_partition=3\n[all]\nboot_partition=2\n", tryboot=False)
        == "a"
    )


def test_tryboot_lines_count_in_a_trial_alone() -> None:
    text = b"[tryboot]\nboot_partition=3\n[all]\ntryboot_a_b=1\n[tryboot]\nboot_partition=3\n"
    with pytest.raises(NothingToBoot):
        chosen_slot(text, tryboot=False)


def test_a_tryboot_without_its_switch_boots_nothing() -> None:
    with pytest.raises(NothingToBoot, match="tryboot_a_b"):
        chosen_slot(b"[all]\nboot_partition=2\n[tryboot]\nboot_partition=3\n", tryboot=True)


@pytest.mark.parametrize("text", [b"", b"\xff" * 256, b"boot_partition=1\n", b"boot_partition=two\n"])
def test_a_file_without_a_slot_boots_nothing(text: bytes) -> None:
    with pytest.raises(NothingToBoot):
        chosen_slot(text, tryboot=False)


def test_a_file_longer_than_a_sector_boots_nothing() -> None:
    with pytest.raises(NothingToBoot, match="513"):
        chosen_slot(b"boot_partition=2\n".ljust(513, b"#"), tryboot=False)


def test_the_request_is_the_last_word_of_the_kernel() -> None:
    assert asks_tryboot(b"[ 9.1] reboot: Restarting system with command '0 tryboot'\r\n")


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"reboot: Restarting system\n",
        b"reboot: Power down\n",
        b"reboot: Restarting system with command '0'\n",
    ],
)
def test_another_end_is_no_request(said: bytes) -> None:
    assert not asks_tryboot(said)


UNKNOWN = b"bcm2835_property: unhandled tag 0x%08x\n"
REQUEST, RESTART, OTHER = UNKNOWN % 0x38064, UNKNOWN % 0x30048, UNKNOWN % 0x30043


def test_the_request_reaches_the_firmware_before_the_restart() -> None:
    assert tells_tryboot(b"bcm2835_aux_write: unsupported\n" + OTHER + REQUEST + RESTART)


@pytest.mark.parametrize("told", [b"", OTHER, OTHER + RESTART, RESTART + REQUEST])
def test_a_firmware_that_was_not_told_in_time_makes_no_trial(told: bytes) -> None:
    assert not tells_tryboot(told)
