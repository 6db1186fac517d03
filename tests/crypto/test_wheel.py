"""The check of the wheel for 64-bit ARM finds what is missing, foreign or built for another processor.

Making the wheel needs a cross-compiler, so that is `make wheel-aarch64`, which runs this same check.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SUFFIXES = (".py", ".pyi", ".typed", ".toml", ".4bpp")
NAME = "sottovoce-0.1.0-cp311-abi3-linux_aarch64.whl"
CORE = "crypto/_native.abi3.so"
ABOUT = "sottovoce-0.1.0.dist-info/WHEEL"
ARM64 = b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x03\x00\xb7\x00"
X86_64 = b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x03\x00\x3e\x00"
ARM32 = b"\x7fELF\x01\x01\x01" + bytes(9) + b"\x03\x00\x28\x00"
PURE = b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def check(wheel):
    return subprocess.run(
        [sys.executable, ROOT / "setup" / "wheel.py", "--check", wheel],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def whole():
    """What a right wheel holds, by name."""
    content = {CORE: ARM64, ABOUT: b"Root-Is-Purelib: false\nTag: cp311-abi3-linux_aarch64\n"}
    for room in ("board", "cms", "crs", "crypto", "demo", "drivers", "firmware", "media", "monitor", "sip"):
        for path in (ROOT / room).rglob("*"):
            if "native" in path.parts or not path.is_file():
                continue
            if path.suffix in SUFFIXES or path.parent.name in ("fonts", "page"):
                content[path.relative_to(ROOT).as_posix()] = b""
    return content


def packed(path, content):
    with zipfile.ZipFile(path, "w") as archive:
        for name, octets in content.items():
            archive.writestr(name, octets)
    return path


def test_a_whole_wheel_is_accepted(tmp_path, whole):
    answer = check(packed(tmp_path / NAME, whole))
    assert (answer.returncode, answer.stderr) == (0, "")


@pytest.mark.parametrize(
    "name",
    [
        CORE,
        ABOUT,
        "crypto/sakke.py",
        "crypto/_native.pyi",
        "crypto/py.typed",
        "firmware/screens/__init__.py",
        "firmware/screens/fonts/Inter-Medium.otf",
        "firmware/screens/fonts/LICENSE-Inter-OFL-1.1.txt",
        "cms/fonts/B612Mono-Bold.otf",
        "board/desk/page/index.html",
    ],
)
def test_what_is_missing_is_named(tmp_path, whole, name):
    answer = check(packed(tmp_path / NAME, {each: whole[each] for each in whole if each != name}))
    assert answer.returncode == 1
    assert name.rpartition("/")[2] in answer.stderr


@pytest.mark.parametrize(
    ("name", "octets"),
    [
        (CORE, X86_64),
        (CORE, ARM32),
        (CORE, ARM64[:18]),
        (CORE, b""),
        ("crypto/_native.cpython-311-x86_64-linux-gnu.so", X86_64),
        ("crypto/native/sakke_kms.c", b""),
        ("tests/conftest.py", b""),
        ("crypto/__pycache__/sakke.cpython-311.pyc", b""),
        (ABOUT, PURE),
    ],
)
def test_what_is_foreign_is_named(tmp_path, whole, name, octets):
    answer = check(packed(tmp_path / NAME, whole | {name: octets}))
    assert answer.returncode == 1
    assert name.rpartition("/")[2] in answer.stderr


@pytest.mark.parametrize(
    "name", ["sottovoce-0.1.0-py3-none-any.whl", "sottovoce-0.1.0-cp311-cp311-linux_aarch64.whl"]
)
def test_a_wheel_for_something_else_is_refused_by_its_name(tmp_path, whole, name):
    answer = check(packed(tmp_path / name, whole))
    assert (answer.returncode, "its name" in answer.stderr) == (1, True)


def test_what_is_no_wheel_is_refused(tmp_path):
    (tmp_path / NAME).write_bytes(b"not a zip file")
    assert "cannot be read" in check(tmp_path / NAME).stderr
    assert "cannot be read" in check(tmp_path / "absent" / NAME).stderr
