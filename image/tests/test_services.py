"""The four services as units: known to the service manager, each in a sandbox, none in another's room."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from image.layers import LAYERS
from image.tests.units import SERVICES, UNITS, all_units, analyze, layer, make_root, settings, unit

GOLDEN = Path(__file__).parents[1] / "golden"
EXPOSURE = {"keys": 1.5, "phone": 2.0, "media": 2.0, "scan": 2.0}
"""The most that systemd-analyze may say."""


def exposure(name: str) -> float:
    said = analyze("security", "--offline=yes", unit(name)).stdout
    found = re.search(r"Overall exposure level for \S+: ([0-9.]+)", said)
    assert found, said
    return float(found[1])


def test_the_service_manager_understands_every_unit(tmp_path: Path) -> None:
    root = make_root(tmp_path)
    names = [f"/{UNITS}/{name}" for name in all_units()]
    said = analyze("verify", f"--root={root}", "--man=no", *names)
    assert (said.returncode, said.stderr) == (0, "")


@pytest.mark.parametrize("mistake", ["PrivateNetwrk=yes", "ExecStart=/usr/bin/not-there", "Restart=perhaps"])
def test_it_would_say_what_it_does_not_understand(tmp_path: Path, mistake: str) -> None:
    root = make_root(tmp_path)
    path = root / UNITS / "sottovoce-keys.service"
    path.write_text(path.read_text() + f"\n[Service]\n{mistake}\n")
    said = analyze("verify", f"--root={root}", "--man=no", f"/{UNITS}/sottovoce-keys.service")
    assert said.returncode != 0 or said.stderr


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_little_exposed(service: str) -> None:
    name = f"sottovoce-{service}.service"
    assert exposure(name) <= EXPOSURE[service]
    limit = f"--threshold={int(EXPOSURE[service] * 10)}"
    assert analyze("security", "--offline=yes", limit, unit(name)).returncode == 0


def test_the_threshold_would_refuse_an_open_service(tmp_path: Path) -> None:
    open_one = tmp_path / "open.service"
    open_one.write_text("[Service]\nExecStart=/usr/bin/true\n")
    assert analyze("security", "--offline=yes", "--threshold=20", open_one).returncode != 0


def test_exposure_and_powers_are_what_the_golden_list_says() -> None:
    lines = (GOLDEN / "exposure").read_text().splitlines()
    golden = {line.split()[0]: float(line.split()[1]) for line in lines if not line.startswith("#")}
    assert {name: exposure(name) for name in golden} == golden
    assert set(golden) == {name for name in all_units() if name.endswith(".service")}


def test_capabilities_are_what_the_golden_list_says() -> None:
    lines = (GOLDEN / "capabilities").read_text().splitlines()
    golden = {line.split()[0]: line.split()[1:] for line in lines if not line.startswith("#")}
    services = [name for name in all_units() if name.endswith(".service")]
    assert {name: " ".join(settings(name, "CapabilityBoundingSet")).split() for name in services} == golden


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_runs_as_nobody_else_and_is_started_by_the_same_command_as_on_a_desk(service: str) -> None:
    name = f"sottovoce-{service}.service"
    assert settings(name, "User") == [f"sottovoce-{service}"]
    (command,) = settings(name, "ExecStart")
    assert command.endswith(f" -I -m firmware.services.{service} --board ${{BOARD}} --home /data/phone")
    assert settings(name, "Environment") == ["BOARD=pi"]


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_started_again_for_ever_and_watched(service: str) -> None:
    name = f"sottovoce-{service}.service"
    assert settings(name, "Restart") == ["always"]
    assert settings(name, "StartLimitIntervalSec") == ["0"]
    assert settings(name, "Type") == ["notify"]
    assert settings(name, "WatchdogSec") == ["30"]


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_has_no_powers_and_gets_none(service: str) -> None:
    name = f"sottovoce-{service}.service"
    for key in ("CapabilityBoundingSet", "AmbientCapabilities"):
        assert settings(name, key) == [""]
    for key in ("NoNewPrivileges", "MemoryDenyWriteExecute", "RestrictNamespaces", "PrivateMounts"):
        assert settings(name, key) == ["yes"]
    assert settings(name, "LimitCORE") == ["0"]


def test_the_vault_and_the_camera_have_no_network() -> None:
    for service in ("keys", "scan"):
        name = f"sottovoce-{service}.service"
        assert settings(name, "PrivateNetwork") == ["yes"]
        assert settings(name, "RestrictAddressFamilies") == ["AF_UNIX"]


def test_only_the_vault_sees_the_vault_and_the_device_secret() -> None:
    assert settings("sottovoce-keys.service", "ReadWritePaths") == ["/data/phone/vault"]
    for service in ("media", "scan"):
        assert settings(f"sottovoce-{service}.service", "TemporaryFileSystem") == ["/data:ro"]
    assert "-/data/phone/vault" in settings("sottovoce-phone.service", "InaccessiblePaths")[0].split()
    holders = [name for name in all_units() if "device-secret" in all_units()[name].read_text()]
    assert holders == ["sottovoce-keys.service"]


def test_devices_are_given_to_whoever_drives_them() -> None:
    given = {service: settings(f"sottovoce-{service}.service", "DeviceAllow") for service in SERVICES}
    assert given == {
        "keys": [],
        "phone": ["char-gpiochip rw", "char-spi rw", "char-input r"],
        "media": ["char-alsa rw", "char-gpiochip rw"],
        "scan": ["char-video4linux rw", "char-media rw", "char-dma_heap rw"],
    }
    for service in SERVICES:
        assert settings(f"sottovoce-{service}.service", "DevicePolicy") == ["closed"]


def test_voice_may_be_on_time_and_the_vault_may_stay_in_memory() -> None:
    assert settings("sottovoce-media.service", "LimitRTPRIO") == ["20"]
    for service in ("media", "keys"):
        assert settings(f"sottovoce-{service}.service", "LimitMEMLOCK") == ["infinity"]
    realtime = {service: settings(f"sottovoce-{service}.service", "RestrictRealtime") for service in SERVICES}
    assert realtime == {"keys": ["yes"], "phone": ["yes"], "media": [], "scan": ["yes"]}


def test_a_socket_is_opened_to_one_user() -> None:
    for service in SERVICES:
        name = f"sottovoce-{service}.socket"
        assert settings(name, "ListenStream") == [f"/run/sottovoce/phone/{service}.sock"]
        assert settings(name, "SocketMode") == ["0600"]
    users = {service: settings(f"sottovoce-{service}.socket", "SocketUser")[0] for service in SERVICES}
    assert users == {
        "keys": "sottovoce-phone",
        "media": "sottovoce-phone",
        "scan": "sottovoce-phone",
        "phone": "root",
    }


def test_users_have_the_numbers_of_the_golden_list_and_no_shell() -> None:
    text = "".join(path.read_text() for path in sorted(LAYERS.glob("*/files/usr/lib/sysusers.d/*.conf")))
    users = dict(re.findall(r'^u (\S+) +(\d+) +".*" +/ +/usr/sbin/nologin$', text, re.MULTILINE))
    golden = (GOLDEN / "users").read_text().splitlines()
    assert users == dict(line.split()[:2] for line in golden if line.startswith("sottovoce-"))
    assert len(set(users.values())) == len(users)
    assert {name for name in all_units() for user in settings(name, "User") if user not in users} == set()


def test_every_room_of_the_phone_belongs_to_one_service() -> None:
    text = (layer("50-services") / "usr/lib/tmpfiles.d/sottovoce.conf").read_text()
    rooms = dict(re.findall(r"^d +/data/phone/(\S+) +0700 (\S+)", text, re.MULTILINE))
    assert rooms == {"vault": "sottovoce-keys", "phone": "sottovoce-phone", "log": "sottovoce-phone"}
