"""Pack Sottovoce with a core cross-built for 64-bit ARM into a wheel in dist/: wheel.py EXTENSION.

It is built from a copy of the tree, so that neither this machine's own core nor its build folders take part.
`wheel.py --check WHEEL` only says what is wrong with such a wheel.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CORE = "crypto/_native.abi3.so"
DATA_FOLDERS = ("fonts", "page")
SUFFIXES = (".py", ".pyi", ".toml", ".4bpp")
PYTHON, PLATFORM = "cp311", "linux_aarch64"
TAG = f"{PYTHON}-abi3-{PLATFORM}"
# A 64-bit little-endian ELF shared object for AArch64 (ELF header: e_ident, e_type 3, e_machine 183).
ELF_IDENT, ELF_SHARED_AARCH64 = b"\x7fELF\x02\x01\x01", b"\x03\x00\xb7\x00"

# Setuptools binds a wheel to a platform if the distribution has extensions to build; ours is built already.
SETUP = """\
import setuptools

class WithCore(setuptools.Distribution):
    def has_ext_modules(self):
        return True

setuptools.setup(distclass=WithCore)
"""
BUILD = f"""\
from setuptools.build_meta import build_wheel
build_wheel("made", {{"--build-option": ["--plat-name={PLATFORM}", "--py-limited-api={PYTHON}"]}})
"""


def rooms() -> list[str]:
    """The top-level packages, as pyproject.toml names them."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return sorted({name.split(".")[0] for name in declared["tool"]["setuptools"]["packages"]})


def expected() -> set[str]:
    """What of the tree belongs in the wheel: every module, font, page and table, the typing marks, the core.

    Read from the folders and not from the lists in pyproject.toml, where an entry may have been forgotten.
    """
    found = {CORE}
    for room in rooms():
        for path in (ROOT / room).rglob("*"):
            inside = path.relative_to(ROOT)
            if not path.is_file() or {"native", "__pycache__"} & set(inside.parts):
                continue
            if path.suffix in SUFFIXES or path.name == "py.typed" or path.parent.name in DATA_FOLDERS:
                found.add(inside.as_posix())
    return found


def faults(wheel: Path) -> list[str]:
    """What is wrong with this wheel for 64-bit ARM; empty if nothing is."""
    try:
        return _faults(wheel)
    except (OSError, zipfile.BadZipFile) as reason:
        return [f"{wheel} cannot be read: {reason}"]


def _faults(wheel: Path) -> list[str]:
    said = [] if wheel.name.endswith(f"-{TAG}.whl") else [f"its name does not end in {TAG}.whl"]
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if not name.endswith("/")}
        content = {name for name in names if ".dist-info/" not in name}
        said += [f"{name} is missing" for name in sorted(expected() - content)]
        said += [f"{name} does not belong in it" for name in sorted(content - expected())]
        if CORE in content:
            header = archive.read(CORE)[:20]
            if not header.startswith(ELF_IDENT) or header[16:20] != ELF_SHARED_AARCH64:
                said.append(f"{CORE} is not a shared object for AArch64")
        about = [name for name in names if name.endswith(".dist-info/WHEEL")]
        if len(about) != 1:
            said.append("it has no WHEEL file")
        else:
            lines = archive.read(about[0]).decode("utf-8", "replace").splitlines()
            said += [
                f"WHEEL lacks {line}"
                for line in ("Root-Is-Purelib: false", f"Tag: {TAG}")
                if line not in lines
            ]
    return said


def pack(extension: Path) -> Path:
    """Build the wheel, check it, and put it into dist/. Raises ValueError with every fault."""
    (ROOT / "build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT / "build", prefix="wheel-") as folder:
        tree = Path(folder)
        for room in rooms():
            shutil.copytree(
                ROOT / room, tree / room, ignore=shutil.ignore_patterns("__pycache__", "*.so", "native")
            )
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy2(ROOT / name, tree)
        shutil.copy2(extension, tree / CORE)
        (tree / "setup.py").write_text(SETUP, encoding="utf-8")
        built = subprocess.run(
            [sys.executable, "-c", BUILD], cwd=tree, capture_output=True, text=True, check=False
        )
        if built.returncode:
            raise ValueError(f"setuptools failed:\n{built.stdout}{built.stderr}")
        (made,) = (tree / "made").glob("*.whl")
        wrong = faults(made)
        if wrong:
            raise ValueError("; ".join(wrong))
        (ROOT / "dist").mkdir(exist_ok=True)
        os.replace(made, ROOT / "dist" / made.name)
    return ROOT / "dist" / made.name


def main(arguments: list[str]) -> int:
    if len(arguments) == 2 and arguments[0] == "--check":
        wrong = faults(Path(arguments[1]))
        for fault in wrong:
            print(f"wheel: {fault}", file=sys.stderr)
        return 1 if wrong else 0
    if len(arguments) != 1:
        print("usage: wheel.py EXTENSION, or wheel.py --check WHEEL", file=sys.stderr)
        return 2
    try:
        print(f"wheel: {pack(Path(arguments[0])).relative_to(ROOT)}")
    except (OSError, ValueError) as reason:
        print(f"wheel: not made: {reason}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
