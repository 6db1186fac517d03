"""Kernel modules of ours, compiled for the one kernel that is unpacked, with the headers beside it.

    python -m image.own_modules UNPACKED SOURCE ROOT

SOURCE holds their sources and a Kbuild, and nothing is written there. This computer compiles; the kernel's
own helpers are programs for arm64 and run under emulation with the C library of ROOT. The modules are of one
kernel release and load in no other; they are not signed, as nobody outside Debian can sign for Debian's
kernel: what vouches for them is the hash over the root that they lie in.
"""

from __future__ import annotations

import argparse
import lzma
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from image.modules import release_of
from image.progress import BuildFailed, run
from image.sources import COMPILER

FOLDER = "extra"
"""Below the release's folder: where modules that are not the kernel's own go."""
SETTINGS = (
    "CONFIG_DEBUG_INFO_BTF_MODULES=",  # wants pahole, for debuggers
    "CONFIG_CC_HAS_MIN_FUNCTION_ALIGNMENT=",  # the kernel's compiler has it; this computer's may be older
    "KCFLAGS=-g0",  # what is for debuggers would say where it was built
)

_VERMAGIC = re.compile(rb"vermagic=([^\0]+)\0")


def vermagic(module: bytes) -> str:
    """What a module says of the kernel that it is for. Raises BuildFailed if it says nothing."""
    found = _VERMAGIC.search(module)
    if found is None:
        raise BuildFailed("a kernel module does not say which kernel it is for")
    return found[1].decode("ascii", "replace").strip()


def build(unpacked: Path, source: Path, root: Path) -> list[Path]:
    """Compile the modules in `source` into `root`; return their files there.

    Raises BuildFailed, also if one wants a symbol that the kernel has not, or is for another kernel.
    """
    release = release_of(unpacked)
    common, headers = _headers(unpacked, release)
    with tempfile.TemporaryDirectory(prefix="sottovoce-modules-") as aside:
        folder = Path(aside) / source.name
        shutil.copytree(source, folder)
        command: list[str | Path] = ["make", "-C", common, f"O={headers}", f"M={folder}", f"CC={COMPILER}"]
        environment = {**os.environ, "LC_ALL": "C", "QEMU_LD_PREFIX": str(root)}
        run([*command, *SETTINGS, "modules"], environment=environment)
        built = {path.name: path.read_bytes() for path in sorted(folder.glob("*.ko"))}
    if not built:
        raise BuildFailed(f"{source} makes no kernel module")
    wanted = vermagic(_any_module(unpacked, release))
    for name, octets in built.items():
        if (got := vermagic(octets)) != wanted:
            raise BuildFailed(f"{name} is for the kernel {got!r}, and the image has {wanted!r}")
    target = root / "usr" / "lib" / "modules" / release / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    for name, octets in built.items():
        (target / name).write_bytes(octets)
    return [target / name for name in built]


def _headers(unpacked: Path, release: str) -> tuple[Path, Path]:
    sources = unpacked / "usr" / "src"
    headers = sources / f"linux-headers-{release}"
    common = sorted(sources.glob("linux-headers-*-common"))
    if len(common) != 1 or not headers.is_dir():
        there = ", ".join(path.name for path in sorted(sources.glob("linux-headers-*"))) or "none"
        raise BuildFailed(
            f"the kernel is {release}, and the headers are {there}; fetch them anew: image/build --fresh"
        )
    return common[0], headers


def _any_module(unpacked: Path, release: str) -> bytes:
    for path in sorted((unpacked / "usr" / "lib" / "modules" / release / "kernel").rglob("*.ko*")):
        octets = path.read_bytes()
        return lzma.decompress(octets) if path.suffix == ".xz" else octets
    raise BuildFailed(f"the kernel {release} has no modules")


def main(arguments: list[str] | None = None) -> int:
    """Enter here."""
    parser = argparse.ArgumentParser(prog="image.own_modules", description="Compile our kernel modules.")
    parser.add_argument("unpacked", type=Path, metavar="UNPACKED")
    parser.add_argument("source", type=Path, metavar="SOURCE")
    parser.add_argument("root", type=Path, metavar="ROOT")
    options = parser.parse_args(arguments)
    built = build(options.unpacked, options.source, options.root)
    print(f"  {', '.join(path.name for path in built)} for this kernel")
    return 0


if __name__ == "__main__":
    sys.exit(main())
