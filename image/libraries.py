"""Shared libraries that programs need, copied out of the root.

python -m image.libraries ROOT TREE PROGRAM...    PROGRAM below TREE
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

from image.progress import BuildFailed, run

FOLDERS = ("usr/lib/aarch64-linux-gnu", "usr/lib")
INTERPRETER = "usr/lib/ld-linux-aarch64.so.1"

_NEEDED = re.compile(r"\(NEEDED\).*\[([^]]+)\]")


def needed_by(program: Path) -> list[str]:
    """The libraries that an ELF file names; readelf reads foreign ones too. Raises BuildFailed."""
    return _NEEDED.findall(run(["readelf", "-dW", program]).decode())


def copy(root: Path, tree: Path, programs: list[str]) -> list[str]:
    """Copy what `programs` of `tree` need, and what that needs; return the names. Raises BuildFailed."""
    copied: list[str] = []
    todo = [tree / program for program in programs]
    while todo:
        for name in needed_by(todo.pop()):
            if name in copied:
                continue
            found = next(
                (root / folder / name for folder in FOLDERS if (root / folder / name).exists()), None
            )
            if found is None:
                raise BuildFailed(f"{name} is not in the root")
            target = tree / found.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(found.resolve(), target)
            target.chmod(0o755)
            copied.append(name)
            todo.append(target)
    shutil.copyfile((root / INTERPRETER).resolve(), tree / INTERPRETER)
    (tree / INTERPRETER).chmod(0o755)
    return sorted(copied)


def main(arguments: list[str]) -> int:
    """Enter here."""
    print("  libraries:", " ".join(copy(Path(arguments[0]), Path(arguments[1]), arguments[2:])))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
