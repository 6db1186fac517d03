"""Look through a built image for what no phone may carry: keys, hashes, the builder's paths and name.

    python -m image.scan build/image/release

The root is looked through as it was packed, file by file, because a squashfs hides it; the boot partitions
and the card itself as they are. Libraries carry the published keys and hashes of their own self-tests: for
those two, programs are passed over, and hashes are looked for only where accounts and settings are.
"""

from __future__ import annotations

import re
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

from image.layers import Layer, read_layers

PIECE = 8 * 1024 * 1024
OVERLAP = 4096
SMALLEST_NAME = 4
"""A host name shorter than this is in every file by chance."""

PRIVATE_KEY = rb"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\r?\n[A-Za-z0-9+/=]{16}"
PASSWORD_HASH = rb"\$(?:1|5|6|y|2[aby]|argon2id?)\$[./A-Za-z0-9$=,]{20,}"

ELF = b"\x7fELF"

TEST_ONLY = ("board/qemu.py", "drivers/virtual.py", "drivers/camera_folder.py", "gpio-sim.ko", "snd-aloop.ko")
"""What only the test variant has: paths end with it."""


def patterns(repository: Path, host: str, home: Path) -> dict[str, re.Pattern[bytes]]:
    """What must be nowhere, by what it would be called."""
    found = {
        "a private key": re.compile(PRIVATE_KEY),
        "a password hash": re.compile(PASSWORD_HASH),
        "the path of the tree": re.compile(re.escape(str(repository).encode()) + rb"\b"),
    }
    if len(str(home)) > SMALLEST_NAME and home != Path("/root"):
        found["the builder's home"] = re.compile(re.escape(str(home).encode()) + rb"\b")
    if len(host) >= SMALLEST_NAME and host != "localhost":
        found["the builder's host name"] = re.compile(rb"\b" + re.escape(host.encode()) + rb"\b")
    return found


def look(path: Path, wanted: dict[str, re.Pattern[bytes]]) -> Iterator[str]:
    """Say what of `wanted` is in a file, each once."""
    said: set[str] = set()
    with path.open("rb") as file:
        rest = b""
        while piece := file.read(PIECE):
            octets = rest + piece
            for name, pattern in wanted.items():
                if name not in said and pattern.search(octets):
                    said.add(name)
                    yield f"{path}: {name}"
            rest = octets[-OVERLAP:]


def faults(built: Path, wanted: dict[str, re.Pattern[bytes]]) -> list[str]:
    """What is in a built image that must not be; empty if nothing is."""
    said: list[str] = []
    for place in ("root", "boot", "bootcfg"):
        for path in sorted((built / place).rglob("*")):
            if path.is_file() and not path.is_symlink():
                said += look(path, _for(path, built, wanted))
    for path in sorted(built.glob("*.img")):
        said += look(path, wanted)
    return said


def _for(path: Path, built: Path, wanted: dict[str, re.Pattern[bytes]]) -> dict[str, re.Pattern[bytes]]:
    """What of `wanted` is looked for in one file."""
    with path.open("rb") as file:
        program = file.read(4) == ELF
    settings = (
        path.relative_to(built).parts[:2] == ("root", "etc") or path.relative_to(built).parts[0] != "root"
    )
    passed_over = {"a private key"} if program else set()
    if not settings:
        passed_over.add("a password hash")
    return {name: pattern for name, pattern in wanted.items() if name not in passed_over}


def leftovers(root: Path) -> list[str]:
    """What of the test variant is in the root of a release."""
    test_layers = [layer for layer in read_layers("test", "debian") if layer.variants == ("test",)]
    names = {file for layer in test_layers for file in _files(layer)}
    found = [f"{root / name}: from a test layer" for name in sorted(names) if (root / name).exists()]
    for path in sorted(root.rglob("*")):
        if any(str(path).endswith(name) for name in TEST_ONLY):
            found.append(f"{path}: only for tests")
    return found


def _files(layer: Layer) -> list[Path]:
    folder = layer.files
    return [path.relative_to(folder) for path in folder.rglob("*") if not path.is_dir()] if folder else []


def main(arguments: list[str]) -> int:
    """Enter here."""
    if len(arguments) != 1:
        print("usage: python -m image.scan build/image/release", file=sys.stderr)
        return 2
    built = Path(arguments[0])
    repository = Path(__file__).resolve().parents[1]
    wrong = faults(built, patterns(repository, socket.gethostname(), Path.home()))
    wrong += leftovers(built / "root")
    for fault in wrong:
        print(f"image: {fault}", file=sys.stderr)
    print(f"image: {'something' if wrong else 'nothing'} of what no phone may carry is in {built}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
