"""Python extensions for the phone out of source archives, compiled here for 64-bit ARM.

Emulation takes no part: this computer's cross compiler, the headers of the phone's Python and ALSA out of
unpacked Debian packages, and the phone's own libraries to link with.
"""

from __future__ import annotations

import os
import shutil
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from image.progress import BuildFailed, run

COMPILER = "aarch64-linux-gnu-gcc"
STRIP = "aarch64-linux-gnu-strip"
PYTHON_INCLUDE = "usr/include/python3.13"
LIBRARIES = "usr/lib/aarch64-linux-gnu"
SUFFIX = ".cpython-313-aarch64-linux-gnu.so"


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one source archive becomes modules: `sources` are globs below its folder."""

    module: str = ""
    sources: tuple[str, ...] = ()
    include: str = "."
    links: tuple[str, ...] = ()
    """Libraries of the phone, by their file name."""
    interface: str = ""
    """SWIG's description, from which a C file and a Python module are made."""
    python: tuple[str, ...] = ()
    """Modules and packages that are copied."""


RECIPES = {
    "lgpio": Recipe(
        "_lgpio", ("src/lg*.c", "src/rgpiod.c"), include="src", interface="lgpio.i", python=("lgpio.py",)
    ),
    "opuslib": Recipe(python=("opuslib",)),
    "pyalsaaudio": Recipe("alsaaudio", ("alsaaudio.c",), links=("libasound.so.2",)),
    "spidev": Recipe("spidev", ("spidev_module.c",)),
}


def build(name: str, archive: Path, *, unpacked: Path, root: Path, site: Path) -> None:
    """Build what `archive` holds and put it into the site-packages folder `site`. Raises BuildFailed."""
    recipe = RECIPES.get(name)
    if recipe is None:
        raise BuildFailed(f"{name} comes as sources, and image/sources.py has no recipe for it")
    with tempfile.TemporaryDirectory(prefix="sottovoce-source-") as folder:
        with tarfile.open(archive) as opened:
            opened.extractall(folder, filter="data")
        (tree,) = (path for path in Path(folder).iterdir() if path.is_dir())
        sources = sorted(path for pattern in recipe.sources for path in tree.glob(pattern))
        if recipe.interface:
            sources.append(tree / "wrapped.c")
            run(["swig", "-python", "-o", sources[-1], recipe.interface], folder=tree)
        if sources:
            _compile(recipe, tree, sources, unpacked=unpacked, root=root, site=site)
        for item in recipe.python:
            if (tree / item).is_dir():
                shutil.copytree(tree / item, site / item, dirs_exist_ok=True)
            else:
                shutil.copyfile(tree / item, site / item)
        about = next(iter(sorted(tree.glob("*.egg-info/PKG-INFO"))), tree / "PKG-INFO")
        if about.exists():
            target = site / f"{archive.name.removesuffix('.tar.gz')}.dist-info"
            target.mkdir(exist_ok=True)
            shutil.copyfile(about, target / "METADATA")


def _compile(
    recipe: Recipe, tree: Path, sources: list[Path], *, unpacked: Path, root: Path, site: Path
) -> None:
    target = site / f"{recipe.module}{SUFFIX}"
    command: list[str | Path] = [COMPILER, "-shared", "-fPIC", "-O2", "-pthread", "-w"]
    command += [f"-ffile-prefix-map={tree}=.", "-Wl,--build-id=none", "-Wl,-z,relro,-z,now"]
    command += ["-I", tree / recipe.include]
    command += [
        word for folder in (PYTHON_INCLUDE, "usr/include") for word in ("-isystem", unpacked / folder)
    ]
    command += ["-o", target, *[path.relative_to(tree) for path in sources]]
    command += [root / LIBRARIES / library for library in recipe.links]
    run(command, folder=tree, environment={**os.environ, "LC_ALL": "C"})


def strip(site: Path) -> None:
    """Take the symbols for debuggers out of extensions; a third of some wheels. Raises BuildFailed.

    Libraries that a wheel brings along were rewritten by whoever made it, and stay as they are.
    """
    for path in sorted(site.rglob("*.so")):
        run([STRIP, "--strip-unneeded", path])
