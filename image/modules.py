"""Kernel modules: those that are asked for and what they need, out of a kernel that is only unpacked.

    python -m image.modules UNPACKED LIST ROOT            globs below kernel/, kept in the root
    python -m image.modules --names UNPACKED LIST ROOT    names of modules

'#' starts a comment in LIST. Modules are put there uncompressed: the file system compresses them, and better.
"""

from __future__ import annotations

import argparse
import fnmatch
import lzma
import sys
from pathlib import Path

from image.layers import words
from image.progress import BuildFailed, run

TABLES = ("modules.builtin", "modules.builtin.modinfo", "modules.order")


def release_of(unpacked: Path) -> str:
    """The one kernel release that is unpacked there. Raises BuildFailed."""
    found = [path.name for path in (unpacked / "usr" / "lib" / "modules").glob("*") if path.is_dir()]
    if len(found) != 1:
        raise BuildFailed(f"one kernel must be unpacked, not {len(found)}: {', '.join(found)}")
    return found[0]


def read_needs(text: str) -> dict[str, list[str]]:
    """modules.dep: each module's path below the release's folder, and the paths of those that it needs."""
    return {path: needs.split() for path, needs in (line.split(":", 1) for line in text.splitlines() if line)}


def with_needs(wanted: set[str], needs: dict[str, list[str]]) -> set[str]:
    """`wanted`, what they need, and what that needs."""
    kept, todo = set(wanted), list(wanted)
    while todo:
        for needed in needs[todo.pop()]:
            if needed not in kept:
                kept.add(needed)
                todo.append(needed)
    return kept


def choose(asked: tuple[str, ...], needs: dict[str, list[str]], *, names: bool) -> set[str]:
    """The modules that globs or names ask for, without what they need."""
    plain = {path: path.removesuffix(".xz") for path in needs}
    if names:
        stems = {word.replace("_", "-") for word in asked}
        return {path for path, file in plain.items() if Path(file).stem.replace("_", "-") in stems}
    globs = [f"kernel/{word}" for word in asked]
    return {path for path, file in plain.items() if any(fnmatch.fnmatchcase(file, glob) for glob in globs)}


def install(unpacked: Path, asked: tuple[str, ...], root: Path, *, names: bool = False) -> int:
    """Copy modules below `root` and run depmod; return how many are there now. Raises BuildFailed."""
    release = release_of(unpacked)
    source = unpacked / "usr" / "lib" / "modules" / release
    target = root / "usr" / "lib" / "modules" / release
    needs = read_needs(dependencies(unpacked, release))
    for path in sorted(with_needs(choose(asked, needs, names=names), needs)):
        file = target / path.removesuffix(".xz")
        file.parent.mkdir(parents=True, exist_ok=True)
        octets = (source / path).read_bytes()
        file.write_bytes(lzma.decompress(octets) if path.endswith(".xz") else octets)
    target.mkdir(parents=True, exist_ok=True)
    for name in TABLES:
        (target / name).write_bytes((source / name).read_bytes())
    run(["depmod", "-b", root, release])
    # Read by depmod only, and not small.
    for name in TABLES[1:]:
        (target / name).unlink()
    return sum(1 for _ in target.rglob("*.ko"))


def dependencies(unpacked: Path, release: str) -> str:
    """modules.dep of an unpacked kernel; depmod of this computer reads foreign modules."""
    file = unpacked / "usr" / "lib" / "modules" / release / "modules.dep"
    if not file.exists():
        if not (unpacked / "lib").exists():
            (unpacked / "lib").symlink_to("usr/lib")
        run(["depmod", "-b", unpacked, release])
    return file.read_text(encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Enter here."""
    parser = argparse.ArgumentParser(prog="image.modules", description="Keep some kernel modules.")
    parser.add_argument("--names", action="store_true", help="LIST holds names of modules, not globs")
    parser.add_argument("unpacked", type=Path, metavar="UNPACKED")
    parser.add_argument("list", type=Path, metavar="LIST")
    parser.add_argument("root", type=Path, metavar="ROOT")
    options = parser.parse_args(arguments)
    count = install(options.unpacked, words(options.list), options.root, names=options.names)
    print(f"  {count} modules")
    return 0


if __name__ == "__main__":
    sys.exit(main())
