"""Build crypto/_native.abi3.so: the C core behind a cffi face. Does nothing when all is current.

`build_ffi.py --emit FILE` only writes the C source of that face, for a cross-compiler.
"""

from __future__ import annotations

import fcntl
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

import cffi

NATIVE = Path(__file__).resolve().parent
TARGET = NATIVE.parent / "_native.abi3.so"
LIBRARY = NATIVE / "build" / "ship" / "libsottovoce.a"
FACE = ("status.h", "sakke.h", "eccsi.h", "fp_backends.h")
NEEDED_HEADERS = {"Python.h": "python3-dev", "openssl/ec.h": "libssl-dev"}


def complaint() -> str | None:
    """What is missing to build the core, and what to install; None if nothing is."""
    compiler = shlex.split(os.environ.get("CC", "")) or ["cc"]
    if shutil.which(compiler[0]) is None:
        return "there is no C compiler; install build-essential, or set CC"
    if shutil.which("make") is None:
        return "make is missing; install build-essential"
    for header, package in NEEDED_HEADERS.items():
        probe = subprocess.run(
            [*compiler, f"-I{sysconfig.get_paths()['include']}", "-E", "-x", "c", "-"],
            input=f"#include <{header}>\n",
            text=True,
            capture_output=True,
            check=False,
        )
        if probe.returncode:
            return f"the C header <{header}> is missing; install {package}"
    return None


def declarations() -> str:
    """The public headers without their preprocessor lines: what Python may call."""
    lines = "\n".join((NATIVE / name).read_text(encoding="utf-8") for name in FACE).splitlines()
    return "\n".join(line for line in lines if not line.startswith("#"))


def is_current() -> bool:
    sources = [LIBRARY, Path(__file__), *(NATIVE / name for name in FACE)]
    return TARGET.exists() and all(
        TARGET.stat().st_mtime_ns >= source.stat().st_mtime_ns for source in sources
    )


def python_face() -> cffi.FFI:
    ffi = cffi.FFI()
    ffi.cdef(declarations())
    ffi.set_source(
        "_native",
        "".join(f'#include "{name}"\n' for name in FACE),
        include_dirs=[str(NATIVE)],
        extra_objects=[str(LIBRARY)],
        libraries=["crypto", "pthread"],
        py_limited_api=True,
    )
    return ffi


def build_extension() -> None:
    with tempfile.TemporaryDirectory(dir=NATIVE / "build") as folder:
        built = python_face().compile(tmpdir=folder)
        os.replace(built, TARGET)


def main(arguments: list[str]) -> int:
    if arguments:
        if len(arguments) != 2 or arguments[0] != "--emit":
            print("usage: build_ffi.py [--emit FILE]", file=sys.stderr)
            return 2
        python_face().emit_c_code(arguments[1])
        return 0
    missing = complaint()
    if missing is not None:
        print(f"native: cannot build the SAKKE and ECCSI core: {missing}", file=sys.stderr)
        return 1
    (NATIVE / "build").mkdir(exist_ok=True)
    with open(NATIVE / "build" / "lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # A make of its own, even when another make started us: its options and its job server are not ours.
        alone = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MFLAGS")}
        made = subprocess.run(
            ["make", "-s", "-j2", "--no-print-directory", "-C", str(NATIVE), "lib"], env=alone, check=False
        )
        if made.returncode:
            print("native: the C core did not compile; see the messages above", file=sys.stderr)
            return 1
        if not is_current():
            print("native: building crypto/_native.abi3.so")
            build_extension()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
