"""Nothing else runs on a phone: nobody logs in, nothing is dumped, nothing remains."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from firmware.clock import BUILT
from image.build import EPOCH
from image.layers import LAYERS, words
from image.tests.units import UNITS, all_units, layer, masked

HARDENING = LAYERS / "60-hardening"
SHADOW = "root::19000:0:99999:7:::\nsystemd-network:!*:::::::\nsottovoce-keys:$y$secret:1::::::\n"


def built(folder: Path, shadow: str = SHADOW, passwd: str = "root:x:0:0:root:/root:/bin/bash\n") -> Path:
    """A small root after the layer's script."""
    root = folder / "root"
    for name in ("etc/systemd/system", "usr/bin", "usr/sbin", "usr/lib", "root", "etc/ssh"):
        (root / name).mkdir(parents=True, exist_ok=True)
    (root / "etc/shadow").write_text(shadow)
    (root / "etc/passwd").write_text(passwd)
    (root / "etc/issue").write_text("Debian\n")
    (root / "root/.bashrc").write_text("PS1=$\n")
    for name in ("usr/bin/su", "usr/bin/login", "usr/sbin/agetty", "usr/bin/mount"):
        (root / name).write_text("#!/bin/sh\n")
        (root / name).chmod(0o4755)
    script = HARDENING / "script"
    subprocess.run(
        [script], cwd=HARDENING, env={**os.environ, "ROOT": str(root)}, check=True, capture_output=True
    )
    return root


def test_nobody_can_log_in(tmp_path: Path) -> None:
    root = built(tmp_path)
    passwords = {line.split(":")[1] for line in (root / "etc/shadow").read_text().splitlines()}
    assert passwords == {"!*"}
    assert (root / "etc/passwd").read_text() == "root:x:0:0:root:/root:/usr/sbin/nologin\n"
    for name in ("usr/bin/su", "usr/bin/login", "usr/sbin/agetty", "etc/ssh", "etc/issue", "root/.bashrc"):
        assert not (root / name).exists()


def test_a_root_in_which_somebody_has_a_shell_is_not_built(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        built(tmp_path, passwd="root:x:0:0:root:/root:/bin/bash\nguest:x:1000:1000::/:/bin/sh\n")


def test_no_program_gives_powers_away(tmp_path: Path) -> None:
    root = built(tmp_path)
    modes = [path.stat().st_mode & 0o6000 for path in root.rglob("*") if path.is_file()]
    assert set(modes) == {0}


def test_no_service_of_the_system_looks_for_credentials_from_outside(tmp_path: Path) -> None:
    service = tmp_path / "root" / UNITS / "systemd-resolved.service"
    service.parent.mkdir(parents=True)
    service.write_text("[Service]\nExecStart=/bin/true\nImportCredential=network.dns\n")
    built(tmp_path)
    assert service.read_text() == "[Service]\nExecStart=/bin/true\n"


def test_every_masked_unit_leads_nowhere(tmp_path: Path) -> None:
    root = built(tmp_path)
    links = {path.name: os.readlink(path) for path in (root / "etc/systemd/system").iterdir()}
    assert links == dict.fromkeys(masked(), "/dev/null")


@pytest.mark.parametrize(
    "unit",
    [
        *("getty@.service", "serial-getty@.service", "console-getty.service", "autovt@.service"),
        *("debug-shell.service", "emergency.service", "rescue.service", "ssh.service", "ssh.socket"),
        *("systemd-timesyncd.service", "systemd-coredump.socket", "bluetooth.service"),
    ],
)
def test_no_door_opens(unit: str) -> None:
    assert unit in masked()


def test_nothing_of_ours_is_masked_or_needs_what_is() -> None:
    assert not masked() & set(all_units())
    for name, path in all_units().items():
        needed = re.findall(r"^(?:Requires|Wants|BindsTo)=(.*)$", path.read_text(), re.MULTILINE)
        assert not masked() & set(" ".join(needed).split()), name


def test_no_layer_brings_a_login_a_key_or_a_password() -> None:
    wrong = re.compile(r"agetty|sulogin|sshd|authorized_keys|chpasswd|console-shell|debug-shell|NOPASSWD")
    for path in sorted(LAYERS.rglob("*")):
        if path.is_file() and "90-test" not in path.parts and path.name not in ("masked", "removed"):
            assert not wrong.search(path.read_text(errors="ignore")), path


def test_no_layer_asks_for_what_listens_or_logs_in() -> None:
    asked = {word for path in LAYERS.glob("*/packages") for word in words(path)}
    assert not asked & {"openssh-server", "dropbear", "telnetd", "bluez", "avahi-daemon", "systemd-timesyncd"}
    assert not asked & {"systemd-coredump", "sudo", "login", "util-linux-extra", "gdb", "strace", "chrony"}


def test_the_kernel_settings_are_pairs_and_each_is_there_once() -> None:
    text = (layer("60-hardening") / "usr/lib/sysctl.d/60-sottovoce.conf").read_text()
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    pairs = [re.fullmatch(r"([a-z0-9_.]+) = (\S.*)", line) for line in lines]
    assert all(pairs), lines
    names = [pair[1] for pair in pairs if pair]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "line",
    [
        *("kernel.core_pattern = |/usr/bin/false", "fs.suid_dumpable = 0", "kernel.yama.ptrace_scope = 3"),
        *("kernel.kptr_restrict = 2", "kernel.dmesg_restrict = 1", "kernel.sysrq = 0"),
        *("net.ipv4.ip_forward = 0", "net.ipv4.icmp_echo_ignore_all = 1"),
    ],
)
def test_what_the_kernel_must_not_give_away(line: str) -> None:
    assert line in (layer("60-hardening") / "usr/lib/sysctl.d/60-sottovoce.conf").read_text().splitlines()


def test_the_builders_page_explains_every_kernel_setting() -> None:
    page = (LAYERS.parents[1] / "docs/builder/hardening.md").read_text()
    text = (layer("60-hardening") / "usr/lib/sysctl.d/60-sottovoce.conf").read_text()
    for name in re.findall(r"^([a-z0-9_.]+) = ", text, re.MULTILINE):
        assert f"`{name}" in page, name
    for word in (LAYERS / "80-boot" / "cmdline").read_text().split():
        assert f"`{word.split('=')[0]}" in page, word


def test_the_journal_is_in_memory_and_has_an_end() -> None:
    text = (layer("60-hardening") / "etc/systemd/journald.conf.d/sottovoce.conf").read_text()
    assert "\nStorage=volatile\n" in text
    assert "\nRuntimeMaxUse=8M\n" in text


def test_nothing_outside_data_is_written_to_the_card() -> None:
    init = (LAYERS / "40-initramfs" / "init").read_text()
    for name in ("var", "tmp"):
        (options,) = re.findall(rf"mount -t tmpfs -o (\S+) tmpfs /root/{name} ", init)
        assert {"nosuid", "nodev", "noexec"} <= set(options.split(","))


def test_the_command_line_takes_a_shell_from_nobody() -> None:
    line = (LAYERS / "80-boot" / "cmdline").read_text().split()
    assert not [
        word for word in line if word.startswith(("init=", "rdinit=", "systemd.debug", "single", "rescue"))
    ]
    assert "sysctl.kernel.sysrq=0" in line


def test_a_clock_without_a_battery_begins_at_the_images_date_and_the_phone_knows_that_this_is_none(
    tmp_path: Path,
) -> None:
    root = built(tmp_path)
    assert (root / "usr/lib/clock-epoch").stat().st_size == 0
    assert EPOCH == BUILT
