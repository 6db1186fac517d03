"""Units as they lie in the layers, and a root that has just enough of them for systemd-analyze."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from image.layers import LAYERS, words

UNITS = Path("usr/lib/systemd/system")
FOREIGN = Path("/usr/lib/systemd/system")
ELSEWHERE = (
    "systemd-udevd.service",
    "systemd-udevd-control.socket",
    "systemd-udevd-kernel.socket",
    "systemd-resolved.service",
    "dbus.socket",
)
"""Units of packages that this computer need not have."""
SERVICES = ("keys", "phone", "media", "scan")
_COMMAND = re.compile(r"^Exec\w+=[-@:+!]*(/\S+)", re.MULTILINE)


def layer(name: str) -> Path:
    """The files of a layer."""
    return LAYERS / name / "files"


def all_units() -> dict[str, Path]:
    """Every unit of ours by its name, without the test layer's."""
    found = {}
    for path in sorted(LAYERS.glob(f"*/files/{UNITS}/*.*")):
        if path.is_file() and "90-test" not in path.parts:
            found[path.name] = path
    return found


def unit(name: str) -> Path:
    """One unit's file."""
    return all_units()[name]


def settings(name: str, key: str) -> list[str]:
    """The values of a key of a unit, in their order."""
    return re.findall(rf"^{key}=(.*)$", unit(name).read_text(), re.MULTILINE)


def masked() -> set[str]:
    """Units that no phone starts."""
    return set(words(LAYERS / "60-hardening" / "masked"))


def needs_analyze() -> None:
    """Skip where there is no systemd-analyze, and say so."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is missing: install systemd")


def analyze(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """Ask systemd-analyze."""
    needs_analyze()
    return subprocess.run(
        ["systemd-analyze", "--no-pager", *words], capture_output=True, text=True, check=False, timeout=120
    )


def make_root(folder: Path) -> Path:
    """A root with our units, Debian's, and a stand-in for every program that ours start."""
    for name in ("50-services", "55-network", "60-hardening", "65-data", "70-update"):
        shutil.copytree(layer(name), folder, symlinks=True, dirs_exist_ok=True)
    for path in FOREIGN.glob("*.*"):
        target = folder / UNITS / path.name
        if path.is_file() and not target.exists():
            shutil.copyfile(path, target)
    for name in ELSEWHERE:
        if not (folder / UNITS / name).exists():
            kind = (
                "Socket]\nListenStream=/run/x"
                if name.endswith(".socket")
                else "Service]\nExecStart=/bin/true"
            )
            (folder / UNITS / name).write_text(f"[Unit]\nDefaultDependencies=no\n[{kind}\n")
    for path in all_units().values():
        for program in _COMMAND.findall(path.read_text()):
            stand_in = folder / program.lstrip("/")
            stand_in.parent.mkdir(parents=True, exist_ok=True)
            stand_in.write_text("#!/bin/sh\n")
            stand_in.chmod(0o755)
    return folder
