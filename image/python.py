"""The phone's Python in the root: /usr/lib/sottovoce, an environment over Debian's interpreter and numpy.

    python -m image.python ROOT UNPACKED WHEELS CACHE OURS
    python -m image.python --toys ROOT UNPACKED WHEELS CACHE OURS    what the test variant has besides

WHEELS is the folder of fetched archives, OURS the wheel of Sottovoce for 64-bit ARM.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from image import bytecode, sources, wheels
from image.layers import read_layers
from image.progress import BuildFailed

HOME = "usr/lib/sottovoce"
LIBRARY = f"{HOME}/lib/python{wheels.PYTHON}"
ROOMS = ("crypto", "sip", "media", "drivers", "board", "firmware")
"""What of Sottovoce is a phone; neither the CMS nor the CRS comes near one."""
NOT_OURS = ("board/desk", "board/virtual.py", "board/virtual_sound.py", "firmware/cli.py")
"""Of these rooms, what only a desk computer has use for."""
TOYS = (
    *("board/qemu.py", "drivers/virtual.py", "drivers/virtual_wire.py", "drivers/virtual_mute_lamp.py"),
    *("drivers/camera_folder.py", "drivers/camera_synthetic.py"),
    *("drivers/sound_desk.py", "drivers/sound_virtual.py"),
)
"""What stands for parts of a phone: no image for phones has it."""

# Nothing of this is ever imported on a phone.
STANDARD_LIBRARY = f"usr/lib/python{wheels.PYTHON}"
USELESS = (
    *(f"{STANDARD_LIBRARY}/{name}" for name in ("test", "idlelib", "turtledemo", "tkinter", "lib2to3")),
    *(f"{STANDARD_LIBRARY}/{name}" for name in ("ensurepip", "pydoc_data", "venv", "_pyrepl", "curses")),
    *(f"{STANDARD_LIBRARY}/{name}" for name in ("turtle.py", "pydoc.py", "pdb.py", "doctest.py")),
    *(f"usr/lib/python3/dist-packages/numpy/{name}" for name in ("f2py", "distutils", "_core/include")),
    *(
        f"{STANDARD_LIBRARY}/{name}"
        for name in ("sqlite3", "dbm", "lib-dynload/_sqlite3*", "lib-dynload/_dbm*")
    ),
    *(f"{STANDARD_LIBRARY}/{name}" for name in ("lib-dynload/_curses*", "lib-dynload/_test*")),
    # Debian's looks for a reporter of crashes in every folder, at every start.
    *(f"{STANDARD_LIBRARY}/sitecustomize.*", f"etc/python{wheels.PYTHON}/sitecustomize.*"),
    *(f"usr/lib/aarch64-linux-gnu/{name}" for name in ("libsqlite3.so*", "libdb-5.3.so", "libncursesw*")),
    "usr/include",
    "usr/share/python3",
    "usr/share/python-wheels",
)
USELESS_ANYWHERE = ("tests", "*.pyx", "*.pxd", "*.pyi", "*.c", "*.h", "*.hash")
USELESS_IN_PILLOW = (
    *("PIL/_avif*", "PIL/_webp*", "PIL/_imagingcms*", "PIL/_imagingtk*"),
    *("pillow.libs/libavif*", "pillow.libs/libwebp*", "pillow.libs/libsharpyuv*", "pillow.libs/liblcms2*"),
)


def install(root: Path, unpacked: Path, archives: Path, cache: Path, ours: Path) -> None:
    """Put the environment into `root`. Raises BuildFailed."""
    home, site = root / HOME, root / LIBRARY / "site-packages"
    if home.exists():
        shutil.rmtree(home)
    site.mkdir(parents=True)
    (home / "bin").mkdir()
    (home / "bin" / "python3").symlink_to("/usr/bin/python3")
    settings = ("home = /usr/bin", "include-system-site-packages = true", f"version = {wheels.PYTHON}")
    (home / "pyvenv.cfg").write_text("\n".join(settings) + "\n", encoding="utf-8")

    packages = wheels.locked(read_layers("release", "debian"))
    for package in packages:
        archive = wheels.archive(package, archives)
        if archive is None:
            raise BuildFailed(f"{package.name} {package.version} was not fetched")
        if archive.suffix == ".whl":
            wheels.install(archive, site)
        else:
            sources.build(package.name, archive, unpacked=unpacked, root=root, site=site)
    print(f"  {len(packages)} Python packages")
    install_ours(ours, site)
    prune(root, site)
    sources.strip(site)
    folders = [STANDARD_LIBRARY, "usr/lib/python3/dist-packages", LIBRARY]
    every, new = bytecode.compile_root(root, cache, folders)
    print(f"  {every} Python files, {new} compiled now")


def install_ours(wheel: Path, site: Path) -> None:
    """Put the rooms of a phone into a site-packages folder."""
    with tempfile.TemporaryDirectory(dir=site.parent) as folder:
        wheels.install(wheel, Path(folder))
        for name in (*NOT_OURS, *TOYS):
            path = Path(folder) / name
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        for room in ROOMS:
            shutil.move(Path(folder) / room, site / room)
        (about,) = Path(folder).glob("*.dist-info")
        shutil.move(about, site / about.name)


def install_toys(root: Path, wheel: Path, cache: Path) -> None:
    """Put into the environment what stands for parts of a phone. Raises BuildFailed."""
    site = root / LIBRARY / "site-packages"
    with tempfile.TemporaryDirectory(dir=site.parent) as folder:
        wheels.install(wheel, Path(folder))
        for name in TOYS:
            shutil.move(Path(folder) / name, site / name)
    bytecode.compile_root(root, cache, [f"{LIBRARY}/site-packages/{room}" for room in ("board", "drivers")])


def prune(root: Path, site: Path) -> None:
    """Take out what no phone runs, and every compiled file that was made with times."""
    for pattern in USELESS:
        for path in sorted(root.glob(pattern)):
            remove(path)
    for folder in (site, root / "usr/lib/python3/dist-packages"):
        for pattern in USELESS_ANYWHERE:
            for path in sorted(folder.rglob(pattern)):
                remove(path)
    for pattern in USELESS_IN_PILLOW:
        for path in sorted(site.glob(pattern)):
            remove(path)
    for folder in (root / STANDARD_LIBRARY, root / "usr/lib/python3", root / LIBRARY):
        for path in sorted(folder.rglob("__pycache__")):
            remove(path)


def remove(path: Path) -> None:
    """Remove a file or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def main(arguments: list[str] | None = None) -> int:
    """Enter here."""
    parser = argparse.ArgumentParser(prog="image.python", description="The phone's Python in the root.")
    parser.add_argument("--toys", action="store_true", help="only what the test variant has besides")
    for name in ("root", "unpacked", "wheels", "cache", "ours"):
        parser.add_argument(name, type=Path, metavar=name.upper())
    options = parser.parse_args(arguments)
    try:
        if options.toys:
            install_toys(options.root, options.ours, options.cache)
            return 0
        install(options.root, options.unpacked, options.wheels, options.cache, options.ours)
    except BuildFailed as reason:
        print(f"image: {reason}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
