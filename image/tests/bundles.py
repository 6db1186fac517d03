"""The update bundles of the proof: what comes after a build, and everything that must not.

    python -m image.tests.bundles BUILD --keys KEYS --others KEYS OUTPUT

Each is made of the root of BUILD with as little changed as can be. A CRS hands a bundle on by its name, and
several have the same one, so each lies in a folder of its own:

    good      the next version             sick      the next but one; one octet of its core is another
    foreign   signed by somebody else      board     for another kind of phone
    older     a version before             cut       the end is missing, and with it the signature
    changed   one octet is another
    before    the version of BUILD, genuine: nothing for a phone that has been well with `good`
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from image import bundle, bytecode
from image.build import EPOCH, REPO, cache_folder
from image.card import BOOT_MB, make_fat
from image.emulation import emulation
from image.progress import BuildFailed, run, step
from image.python import LIBRARY
from image.root import make_root

BASE = "debian"
SMALL = 1 << 20
"""Octets of each part of a bundle that is refused before anybody looks into it."""
SITE = f"{LIBRARY}/site-packages"
VERSION_FILE = f"{SITE}/firmware/version.py"
CORE = f"{SITE}/crypto/_native.abi3.so"
PRIME = bytes.fromhex(
    "997abb1f0a563fda65c61198dad0657a416c0ce19cb48261be9ae358b3e01a2ef40aab27e2fc0f1b228730d531a59cb0"
    "e791b39ff7c88a19356d27f4a666a6d0e26c6487326b4cd4512ac5cd65681ce1b6aff4a831852a82a7cf3c521c3c09aa"
    "9f94d6af56971f1ffce3e82389857db080c5df10ac7ace87666d807afea85feb"
)
"""p of RFC 6509 Appendix A, as the core holds it but for the order of its octets."""


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """Three numbers, and the versions around them."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    def later(self, by: int) -> Version:
        """The version `by` steps after this."""
        return Version(self.major, self.minor, self.patch + by)


def running_version() -> Version:
    """Of the tree that was built."""
    told = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    return Version(*(int(part) for part in told.split(".")))


OLDER = Version(0, 0, 9)


def set_version(root: Path, version: Version) -> None:
    """Make a root another version. Raises BuildFailed."""
    file = root / VERSION_FILE
    text, count = re.subn(r'(?m)^VERSION = ".*"$', f'VERSION = "{version}"', file.read_text(encoding="utf-8"))
    if count != 1:
        raise BuildFailed(f"{VERSION_FILE} does not say its version once")
    file.write_text(text, encoding="utf-8")
    bytecode.compile_root(root, cache_folder(), [f"{SITE}/firmware"])


def break_core(root: Path) -> None:
    """Change one octet of the prime wherever the core has it. Raises BuildFailed."""
    file = root / CORE
    octets, prime = file.read_bytes(), PRIME[::-1]
    if prime not in octets:
        raise BuildFailed(f"{CORE} does not hold the prime as it should")
    file.write_bytes(octets.replace(prime, bytes([prime[0] ^ 0x10]) + prime[1:]))


def rebuilt(build: Path, work: Path, version: Version, change: Callable[[Path], None] | None = None) -> Path:
    """Make a build like `build`, of another version. Raises BuildFailed."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    root, boot = work / "root", work / "boot"
    run(["cp", "-a", "--reflink=auto", build / "root", root])
    run(["cp", "-a", build / "boot", boot])
    set_version(root, version)
    if change is not None:
        change(root)
    made = make_root(root, work / "root.img", epoch=EPOCH, name=str(version))
    line = (boot / "cmdline.txt").read_text(encoding="ascii")
    (boot / "cmdline.txt").write_text(re.sub(r"phone\.verity=\S+", made.argument, line), encoding="ascii")
    make_fat(boot, work / "boot.vfat", label="BOOT", size_mb=BOOT_MB, epoch=EPOCH)
    shutil.rmtree(root)
    return work


def small(work: Path) -> Path:
    """What has the parts of a build, and nothing in them that could be packed."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    for name in bundle.IMAGES.values():
        (work / name).write_bytes(os.urandom(SMALL))
    return work


def make_all(build: Path, keys: Path, others: Path, output: Path) -> None:
    """Make every bundle. Raises BuildFailed."""
    here = running_version()
    work, nothing = output / "work", small(output / "small")

    def place(name: str, named: Version) -> Path:
        (output / name).mkdir(parents=True, exist_ok=True)
        return output / name / bundle.file_name(str(named), BASE)

    def pack(
        name: str,
        content: Path,
        version: Version,
        *,
        keys: Path = keys,
        base: str = BASE,
        named: Version = OLDER,
    ) -> Path:
        """The name of a bundle may lie: a CRS hands it on all the same."""
        file = place(name, max(named, version))
        bundle.make(content, version=str(version), base=base, keys=keys, bundle=file)
        return file

    step("bundles that are refused")
    pack("foreign", nothing, here.later(1), keys=others)
    pack("board", nothing, here.later(1), base="raspios")
    pack("older", nothing, OLDER, named=here.later(1))
    pack("before", nothing, here, named=here.later(2))
    whole = pack("cut", nothing, here.later(1))
    os.truncate(whole, whole.stat().st_size // 2)
    changed = pack("changed", nothing, here.later(1))
    octets = bytearray(changed.read_bytes())
    octets[SMALL] ^= 1
    changed.write_bytes(octets)
    with emulation():
        step(f"version {here.later(1)}")
        pack("good", rebuilt(build, work, here.later(1)), here.later(1))
        step(f"version {here.later(2)}, whose core is broken")
        pack("sick", rebuilt(build, work, here.later(2), break_core), here.later(2))
    shutil.rmtree(work)
    shutil.rmtree(nothing)


def the_bundle(folder: Path, name: str) -> Path:
    """The one of this name. Raises BuildFailed."""
    found = sorted((folder / name).glob("*.raucb"))
    if len(found) != 1:
        raise BuildFailed(f"{folder / name}: {len(found)} bundles; make them with image.tests.bundles")
    return found[0]


def main(arguments: list[str] | None = None) -> int:
    """Enter here."""
    parser = argparse.ArgumentParser(
        prog="image.tests.bundles",
        description="Make the bundles of the proof of updates from a build of the test variant.",
        epilog="Example: make image-update-test",
    )
    parser.add_argument("build", type=Path, help="build/image-updates/test")
    parser.add_argument("--keys", type=Path, required=True, help="the update keys that the build trusts")
    parser.add_argument("--others", type=Path, required=True, help="update keys of somebody else")
    parser.add_argument("output", type=Path)
    options = parser.parse_args(arguments)
    try:
        make_all(options.build, options.keys, options.others, options.output)
    except (BuildFailed, OSError) as error:
        print(f"bundles: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
