"""The native core as a thing that is built: generated files, build messages, and what stays in memory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.oracle import sakke as oracle
from tests.oracle.rfc import SAKKE

ROOT = Path(__file__).resolve().parents[2]
NATIVE = ROOT / "crypto" / "native"


def run(*command, **options):
    return subprocess.run(
        [str(part) for part in command], cwd=ROOT, capture_output=True, text=True, check=False, **options
    )


@pytest.mark.parametrize(
    ("generator", "committed"),
    [
        ("generate_constants.py", "constants.h"),
        ("generate_fp_x86_64.py", "fp_x86_64.S"),
        ("generate_fp_aarch64.py", "fp_aarch64.S"),
        ("tests/generate_vectors.py", "tests/vectors.h"),
    ],
)
def test_a_generated_file_is_what_its_generator_writes(generator, committed):
    fresh = run(sys.executable, NATIVE / generator)
    assert fresh.returncode == 0, fresh.stderr
    assert fresh.stdout == (NATIVE / committed).read_text(encoding="utf-8")


def test_the_c_tests_pass_without_python():
    answer = run("make", "-C", NATIVE, "check")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert [line for line in answer.stdout.splitlines() if line.endswith(": ok")] == [
        "fp: ok",
        "vectors: ok",
        "laws: ok",
        "wipe: ok",
    ]


def test_a_second_build_does_nothing():
    assert run(sys.executable, NATIVE / "build_ffi.py").returncode == 0
    built = ROOT / "crypto" / "_native.abi3.so"
    before = built.stat()
    again = run(sys.executable, NATIVE / "build_ffi.py")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert built.stat() == before


def test_a_missing_compiler_is_named_with_its_remedy():
    answer = run(sys.executable, NATIVE / "build_ffi.py", env={**os.environ, "CC": "no-such-compiler"})
    assert answer.returncode == 1
    assert "no C compiler" in answer.stderr
    assert "build-essential" in answer.stderr


@pytest.mark.parametrize(("header", "package"), [("Python.h", "python3-dev"), ("openssl/ec.h", "libssl-dev")])
def test_a_missing_header_is_named_with_its_package(tmp_path, header, package):
    # A compiler that knows everything but this header.
    compiler = tmp_path / "cc"
    compiler.write_text(f"#!/bin/sh\n! grep -q '{header}' -\n", encoding="utf-8")
    compiler.chmod(0o755)
    answer = run(sys.executable, NATIVE / "build_ffi.py", env={**os.environ, "CC": str(compiler)})
    assert answer.returncode == 1
    assert header in answer.stderr
    assert package in answer.stderr


@pytest.mark.parametrize("room", ["crypto.sakke", "crypto.eccsi"])
def test_without_the_core_the_import_says_what_to_type(room):
    answer = run(sys.executable, "-c", f"import sys; sys.modules['crypto._native'] = None; import {room}")
    assert answer.returncode == 1
    assert "run: make native" in answer.stderr


# What the process still holds: the child loads a key, uses it, wipes it, and we read its memory from outside.
# We look for forms in which only the native core holds a secret; Python's own copies are another matter.

CHILD = """
import sys
from crypto import sakke
rsk, identifier, kms_key, sed = map(bytes.fromhex, sys.stdin.readline().split())
key = sakke.ReceiverKey(rsk, identifier=identifier, kms_public_key=kms_key)
ssv = key.decapsulate(sed)
print("loaded", flush=True)
sys.stdin.readline()
key.wipe()
print("wiped", flush=True)
sys.stdin.readline()
"""


def montgomery(number: int) -> bytes:
    return (number * 2**1024 % int(oracle.p)).to_bytes(128, "little")


def slope_of_the_tangent_at(x: int, y: int) -> int:
    """A coefficient that stands in the tables of a key, and from which the key follows."""
    p = int(oracle.p)
    return 3 * (x * x - 1) * pow(2 * y, -1, p) % p


def holds(pid: int, *needles: bytes) -> set[bytes]:
    found = set()
    with open(f"/proc/{pid}/maps", encoding="ascii") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for line in maps:
            span, permissions, *_ = line.split()
            if not permissions.startswith("rw"):
                continue
            start, end = (int(address, 16) for address in span.split("-"))
            memory.seek(start)
            octets = memory.read(end - start)
            found |= {needle for needle in needles if needle in octets}
    return found


@pytest.fixture
def child():
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    yield process
    process.kill()
    process.communicate()


def test_a_wiped_key_is_gone_from_the_memory_of_the_process(child):
    sed = SAKKE.point("Rb") + SAKKE.octets("H", 16)
    parts = (SAKKE.point("Kb"), SAKKE.octets("b"), SAKKE.point("Z"), sed)
    child.stdin.write(" ".join(part.hex() for part in parts) + "\n")
    child.stdin.flush()
    assert child.stdout.readline() == "loaded\n"
    x, y = SAKKE.number("Kbx"), SAKKE.number("Kby")
    key = {montgomery(x), montgomery(y), montgomery(slope_of_the_tangent_at(x, y))}
    # r, w and g^r pass through the stack and through work spaces; none of them outlives the call.
    passing = {
        SAKKE.number("r").to_bytes(128, "little"),
        SAKKE.octets("w", 128),
        SAKKE.number("w").to_bytes(128, "little"),
        montgomery(SAKKE.number("w")),
        SAKKE.octets("mask", 16),
    }
    assert holds(child.pid, *key, *passing) == key
    child.stdin.write("\n")
    child.stdin.flush()
    assert child.stdout.readline() == "wiped\n"
    assert holds(child.pid, *key, *passing) == set()
