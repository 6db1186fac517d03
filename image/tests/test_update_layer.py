"""What the update layer and the phone agree on: names, places, and the file that chooses a slot."""

from __future__ import annotations

import configparser
import re
import subprocess
from pathlib import Path

import pytest

from firmware.services import stick
from firmware.slots import Slot, autoboot
from firmware.update_paths import AUTOBOOT, DATA
from image import bundle
from image.layers import LAYERS, words
from image.tests.units import settings

UPDATE = LAYERS / "70-update"
FILES = UPDATE / "files"
INIT = (LAYERS / "40-initramfs" / "init").read_text()
END_TRIAL = FILES / "usr/lib/sottovoce/bin/end-trial"


def system_conf() -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(FILES / "etc/rauc/system.conf")
    return parser


def test_the_card_is_shipped_with_slot_a_committed() -> None:
    assert (LAYERS / "80-boot" / "autoboot.txt").read_bytes() == autoboot(Slot.A)


def test_rauc_writes_partitions_that_the_first_program_has_linked() -> None:
    parser = system_conf()
    devices = {parser[name]["device"] for name in parser.sections() if name.startswith("slot.")}
    (linked,) = re.findall(r"case \$name in\n +([a-z_| ]+)\)\n.*ln -s .* /run/sottovoce/card/\$name ", INIT)
    assert devices <= {f"/run/sottovoce/card/{name}" for name in linked.split(" | ")}
    assert len(devices) == 4


def test_rauc_knows_the_slots_by_our_names_and_every_image_has_one() -> None:
    parser = system_conf()
    assert {parser[f"slot.rootfs.{n}"]["bootname"] for n in (0, 1)} == {slot.value for slot in Slot}
    for kind in bundle.IMAGES:
        assert {f"slot.{kind}.0", f"slot.{kind}.1"} <= set(parser.sections())


def test_a_board_whose_clock_has_no_battery_holds_no_signer_against_it() -> None:
    assert system_conf()["keyring"].getboolean("use-bundle-signing-time")


def test_a_bundle_and_an_image_call_themselves_alike() -> None:
    assert "compatible=sottovoce-$BASE-arm64" in (UPDATE / "script").read_text()
    assert bundle.compatible("debian") == "sottovoce-debian-arm64"
    assert "compatible=sottovoce-debian-arm64\n" in bundle.manifest("1.2.0", "debian")


def test_the_places_are_those_of_the_units() -> None:
    mount = (FILES / "usr/lib/systemd/system/run-sottovoce-bootcfg.mount").read_text()
    assert f"Where={AUTOBOOT.parent}\n" in mount
    assert f"d {DATA} 0700 root root" in (FILES / "usr/lib/tmpfiles.d/sottovoce-update.conf").read_text()


@pytest.mark.parametrize(
    ("runs", "committed", "restarts"),
    [("a", Slot.A, False), ("b", Slot.B, False), ("b", Slot.A, True), ("a", Slot.B, True)],
)
def test_a_trial_that_nobody_judged_ends_and_a_committed_start_does_not(
    tmp_path: Path, runs: str, committed: Slot, restarts: bool
) -> None:
    (tmp_path / "slot").write_text(f"{runs}\n")
    (tmp_path / "bootcfg").mkdir()
    (tmp_path / "bootcfg/autoboot.txt").write_bytes(autoboot(committed))
    systemctl = tmp_path / "systemctl"
    systemctl.write_text('#!/bin/sh\necho "called: $*"\n')
    systemctl.chmod(0o755)
    script = END_TRIAL.read_text().replace("/run/sottovoce/", f"{tmp_path}/")
    said = subprocess.run(
        ["sh", "-c", script],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert ("called: reboot" in said) == restarts


def test_a_loop_device_is_there_when_rauc_looks_into_a_bundle() -> None:
    drop_in = configparser.ConfigParser(interpolation=None, strict=False)
    drop_in.read(FILES / "usr/lib/systemd/system/rauc.service.d/sottovoce.conf")
    loads = "modprobe@loop.service"
    assert loads in drop_in["Unit"]["Wants"].split()
    assert loads in drop_in["Unit"]["After"].split()
    assert "drivers/block/loop.ko" in words(LAYERS / "20-kernel" / "modules")
    assert not {loads, "modprobe@.service"} & set(words(LAYERS / "60-hardening" / "masked"))


@pytest.mark.parametrize("slot", Slot)
def test_rauc_is_told_which_slot_runs(tmp_path: Path, slot: Slot) -> None:
    drop_in = (FILES / "usr/lib/systemd/system/rauc.service.d/sottovoce.conf").read_text()
    command = re.search(r"^ExecStart=/bin/sh -c '(.*)'$", drop_in, re.MULTILINE)
    assert command is not None
    (tmp_path / "slot").write_text(f"{slot.value.lower()}\n")
    script = command[1].replace("$$", "$").replace("/run/sottovoce/slot", str(tmp_path / "slot"))
    script = script.replace("exec /usr/bin/rauc", "echo")
    said = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True).stdout
    assert f"--override-boot-slot={slot.value} " in said


def test_the_stick_is_what_udev_names_and_nothing_on_it_runs() -> None:
    rule = (FILES / "usr/lib/udev/rules.d/70-sottovoce-stick.rules").read_text()
    mount = configparser.ConfigParser(interpolation=None)
    mount.optionxform = str  # type: ignore[assignment, method-assign]
    mount.read(FILES / "usr/lib/systemd/system" / stick.MOUNT)
    what = Path(mount["Mount"]["What"])
    assert f'SYMLINK+="{what.name}"' in rule
    assert 'SUBSYSTEMS=="usb"' in rule
    assert str(what)[1:].replace("-", r"\x2d").replace("/", "-") + ".device" == stick.DEVICE
    assert mount["Mount"]["Where"] == str(stick.FOLDER)
    assert {"ro", "nodev", "nosuid", "noexec"} <= set(mount["Mount"]["Options"].split(","))
    assert mount["Mount"]["Type"] == "vfat"


def test_nobody_waits_for_the_data_by_a_name_on_which_the_service_manager_gives_up() -> None:
    mount = (LAYERS / "65-data/files/usr/lib/systemd/system/data.mount").read_text()
    (what,) = re.findall(r"^What=(\S+)$", mount, re.MULTILINE)
    assert not what.startswith("/dev/")
    assert f"ln -s /dev/mapper/data {what} " in (LAYERS / "40-initramfs/init").read_text()


def test_what_is_mounted_stays_mounted_whatever_udev_says_of_a_volume_opened_without_it() -> None:
    layer = LAYERS / "65-data/files/usr/lib"
    mount = (layer / "systemd/system/data.mount").read_text()
    assert re.search(r"^Options=\S*\bx-systemd\.device-bound=no\b", mount, re.MULTILINE)
    assert 'ENV{DM_NAME}="$attr{dm/name}"' in (layer / "udev/rules.d/60-sottovoce-mapped.rules").read_text()


def test_the_first_program_mounts_the_first_partition_as_its_unit_would() -> None:
    (options,) = settings("run-sottovoce-bootcfg.mount", "Options")
    init = (LAYERS / "40-initramfs/init").read_text()
    assert f"mount -t vfat -o {options} " in init
    assert settings("run-sottovoce-bootcfg.mount", "Where") == ["/run/sottovoce/bootcfg"]


def test_bundles_have_the_format_that_phones_take() -> None:
    assert system_conf()["system"]["bundle-formats"] == "plain"
    assert "[bundle]\nformat=plain\n" in bundle.manifest("1.2.0", "debian")
