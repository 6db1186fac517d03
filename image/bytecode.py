"""Compiled Python for a root that can never be written to.

A phone compiles nothing: the files' times are all the same, so a compiled file that is checked against its
source's time would be thrown away at every start. These are not checked at all. Each is kept in the cache by
the digest of its path and its source, so that a build compiles only what is new, by the phone's own Python
under emulation. Every file is compiled in a process forked for it, because what Python writes depends on
what it has compiled before.

    python -m image.bytecode ROOT CACHE FOLDER...    folders below the root, such as usr/lib/python3.13
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from pathlib import Path

from image.progress import run

COMPILER = """\
import os, py_compile, sys
failed = 0
for line in sys.stdin:
    source, target = line.rstrip("\\n").split("\\t")
    child = os.fork()
    if child == 0:
        try:
            py_compile.compile(source, target, source, doraise=True, quiet=1,
                               invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
        except py_compile.PyCompileError:
            os._exit(1)
        os._exit(0)
    failed += os.waitpid(child, 0)[1] != 0
print(failed)
"""


def compile_root(root: Path, cache: Path, folders: list[str], *, tag: str = "cpython-313") -> tuple[int, int]:
    """Compile every source in `folders` of `root`; return how many there are, and how many were compiled now.

    A source that does not compile, such as a test of syntax errors, is left as it is. Raises BuildFailed.
    """
    kept = cache / f"bytecode-{tag}"
    kept.mkdir(parents=True, exist_ok=True)
    sources = [path for folder in folders for path in sorted((root / folder).rglob("*.py")) if path.is_file()]
    wanted = {path: kept / _digest(path, root) for path in sources}
    missing = {path: file for path, file in wanted.items() if not file.exists()}
    if missing:
        with tempfile.TemporaryDirectory(dir=root, prefix=".compiled-") as name:
            scratch = Path(name)
            inside = Path("/") / scratch.relative_to(root)
            lines = [f"/{path.relative_to(root)}\t{inside / file.name}" for path, file in missing.items()]
            python = ["chroot", root, "/usr/bin/python3", "-I", "-B", "-c", COMPILER]
            run([str(word) for word in python], given=("\n".join(lines) + "\n").encode())
            for file in missing.values():
                if (scratch / file.name).exists():
                    shutil.move(scratch / file.name, file)
    for path, file in wanted.items():
        if file.exists():
            target = path.parent / "__pycache__" / f"{path.stem}.{tag}.pyc"
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(file, target)
    return len(wanted), len(missing)


def _digest(path: Path, root: Path) -> str:
    said = hashlib.sha256(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes())
    return said.hexdigest()


def main(arguments: list[str]) -> int:
    """Enter here."""
    if len(arguments) < 3:
        print("usage: python -m image.bytecode ROOT CACHE FOLDER...", file=sys.stderr)
        return 2
    every, new = compile_root(Path(arguments[0]), Path(arguments[1]), arguments[2:])
    print(f"  {every} Python files, {new} compiled now")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
