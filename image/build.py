"""Build the SD image: image/build, or make image.

Debian base (cached) -> layers, in the order of their numbers -> squashfs + dm-verity -> one file
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import os
import shutil
import stat
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

from image import wheels
from image.apt import Apt, find_mirrors, is_root, unpack
from image.base import debian_base, installed
from image.card import (
    BOOT_MB,
    BOOTCFG_MB,
    DATA_MB,
    ROOT_MB,
    TYPE_DATA,
    TYPE_FAT,
    TYPE_ROOT,
    Partition,
    make_card,
    make_fat,
    write_blank,
)
from image.emulation import emulation
from image.layers import BASES, VARIANTS, Layer, digest, faults, packages, read_layers
from image.progress import BuildFailed, run, step
from image.root import Root, make_root

REPO = Path(__file__).resolve().parents[1]
EPOCH = 1790812800
"""2026-10-01, `firmware.clock.BUILT`: the time of every file on the card, and where a board without a battery
begins. The service manager begins at its own build if that is later; `image.tests.walk` looks for it.
"""
OUR_WHEEL = "sottovoce-*-linux_aarch64.whl"


@dataclass(frozen=True, slots=True)
class Build:
    """Where one image is built."""

    variant: str
    base: str
    work: Path
    """build/image/VARIANT: what this build makes, until the next one."""
    cache: Path
    """What outlives builds."""
    fresh: bool

    @property
    def root(self) -> Path:
        """The root file system."""
        return self.work / "root"

    @property
    def card(self) -> Path:
        """The result."""
        return self.work / "sottovoce.img"


def cache_folder() -> Path:
    """Where fetched and slowly made things are kept."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "sottovoce" / "image"


def version() -> str:
    """Of the tree."""
    return str(tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def build(job: Build) -> Root:
    """Build the image of `job`. Raises BuildFailed."""
    layers = read_layers(job.variant, job.base)
    mirrors = find_mirrors()
    job.cache.mkdir(parents=True, exist_ok=True)
    base = debian_base(packages(layers), mirrors, job.cache, fresh=job.fresh)
    unpacked = unpacked_packages(layers, Apt(job.cache / "apt", mirrors), job)
    step("Python packages")
    wheels.fetch(wheels.locked(layers), job.cache / "wheels")
    step("Sottovoce for 64-bit ARM")
    ours = our_wheel()

    step("the root is laid out")
    shutil.rmtree(job.work, ignore_errors=True)
    for name in ("root", "boot", "bootcfg"):
        (job.work / name).mkdir(parents=True)
    run(["tar", "-C", job.root, "--numeric-owner", "-xpf", base])
    given = {
        **{name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "UPDATE_KEYS")},
        "ROOT": str(job.root),
        "BOOT": str(job.work / "boot"),
        "BOOTCFG": str(job.work / "bootcfg"),
        "WORK": str(job.work),
        "CACHE": str(job.cache),
        "UNPACKED": str(unpacked),
        "WHEELS": str(job.cache / "wheels"),
        "OURS": str(ours),
        "REPO": str(REPO),
        "PYTHON": sys.executable,
        "PYTHONPATH": str(REPO),
        "VARIANT": job.variant,
        "BASE": job.base,
        "VERSION": version(),
        "SOURCE_DATE_EPOCH": str(EPOCH),
        "LC_ALL": "C",
        "TZ": "UTC",
        "PYTHONHASHSEED": "0",
    }
    with emulation():
        for layer in layers:
            step(f"layer {layer.name}: {layer.about}")
            lay(layer, job.root, given)
    bring_licences(unpacked, job.root)
    write_record(job, layers, base, unpacked)
    return compose(job)


def unpacked_packages(layers: list[Layer], apt: Apt, job: Build) -> Path:
    """A folder with what the layers want unpacked; made once for the same wishes. Raises BuildFailed."""
    wanted = sorted({word for layer in layers for word in layer.unpacked})
    name = digest_of(wanted)
    folder = job.cache / f"unpacked-{name}"
    if folder.exists() and not job.fresh:
        step(f"unpacked packages: {folder.name} is there")
        return folder
    step(f"unpacked packages: {', '.join(wanted)}")
    apt.update()
    chosen = sorted({package for word in wanted for package in apt.resolve(word)})
    draft = job.cache / f".unpacked-{name}.draft"
    shutil.rmtree(draft, ignore_errors=True)
    unpack(apt.download(chosen, job.cache / "packages"), draft)
    (draft / "PACKAGES").write_text("\n".join(chosen) + "\n", encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    draft.rename(folder)
    return folder


def digest_of(said: list[str]) -> str:
    """A short name for a list of words."""
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]


def our_wheel() -> Path:
    """Sottovoce with its native core for the phone's processor. Raises BuildFailed."""
    run(["make", "-s", "wheel-aarch64"], folder=REPO)
    found = sorted((REPO / "dist").glob(OUR_WHEEL))
    wanted = [path for path in found if path.name.startswith(f"sottovoce-{version()}-")]
    if len(wanted) != 1:
        raise BuildFailed(f"make wheel-aarch64 left {len(wanted)} wheels of version {version()} in dist/")
    return wanted[0]


def lay(layer: Layer, root: Path, given: dict[str, str]) -> None:
    """Put one layer on the root. Raises BuildFailed."""
    if layer.files is not None:
        for path in sorted(layer.files.rglob("*")):
            put(path, root / path.relative_to(layer.files))
    if layer.script is not None:
        said = run([layer.script], folder=layer.path, environment={**given, "LAYER": str(layer.path)})
        print(said.decode("utf-8", "replace"), end="", flush=True)


def put(source: Path, target: Path) -> None:
    """Copy one file, folder or link into the root, with the owner and mode that it has there."""
    if source.is_symlink():
        target.unlink(missing_ok=True)
        target.symlink_to(os.readlink(source))
        return
    if source.is_dir():
        target.mkdir(exist_ok=True)
        return
    runs = source.stat().st_mode & stat.S_IXUSR
    target.unlink(missing_ok=True)
    shutil.copyfile(source, target)
    target.chmod(0o755 if runs else 0o644)


def bring_licences(unpacked: Path, root: Path) -> None:
    """Put the licences of what was only unpacked, as the kernel, beside those of installed packages."""
    for text in sorted((unpacked / "usr" / "share" / "doc").glob("*/copyright")):
        target = root / "usr" / "share" / "doc" / text.parent.name / text.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(text, target)


def write_record(job: Build, layers: list[Layer], base: Path, unpacked: Path) -> None:
    """What the image is made of, beside it: for the list of its parts, and for whoever builds it again."""
    lines = [f"{package['Package']}={package['Version']}" for package in installed(base)]
    lines += (unpacked / "PACKAGES").read_text(encoding="utf-8").split()
    lines += [f"{package.name}=={package.version}" for package in wheels.locked(layers)]
    lines += [f"layers {digest(layers)}", f"sottovoce {version()}"]
    (job.work / "record").write_text("\n".join(lines) + "\n", encoding="utf-8")


def compose(job: Build) -> Root:
    """Pack what the layers made into one file. Raises BuildFailed."""
    step("squashfs and its hashes")
    # A package manager has no place on a root that cannot change, and its lists are in `record`.
    shutil.rmtree(job.root / "var" / "lib" / "dpkg", ignore_errors=True)
    root = make_root(job.root, job.work / "root.img", epoch=EPOCH, name=version())
    step(f"root: {root.squashfs / 1e6:.1f} MB, root hash {root.digest}")
    line = (job.work / "boot" / "cmdline.txt").read_text(encoding="ascii").strip()
    (job.work / "boot" / "cmdline.txt").write_text(f"{line} {root.argument}\n", encoding="ascii")
    make_fat(job.work / "boot", job.work / "boot.vfat", label="BOOT", size_mb=BOOT_MB, epoch=EPOCH)
    make_fat(
        job.work / "bootcfg", job.work / "bootcfg.vfat", label="BOOTCFG", size_mb=BOOTCFG_MB, epoch=EPOCH
    )
    step("the card")
    write_blank(job.work / "blank")
    make_card(
        [
            Partition("bootcfg", TYPE_FAT, BOOTCFG_MB, job.work / "bootcfg.vfat", in_mbr=True),
            Partition("boot_a", TYPE_FAT, BOOT_MB, job.work / "boot.vfat", in_mbr=True),
            Partition("boot_b", TYPE_FAT, BOOT_MB, in_mbr=True),
            Partition("root_a", TYPE_ROOT, ROOT_MB, root.file),
            Partition("root_b", TYPE_ROOT, ROOT_MB),
            Partition("data", TYPE_DATA, DATA_MB, job.work / "blank"),
        ],
        job.card,
        job.work,
    )
    return root


def check_computer() -> None:
    """Raises BuildFailed if nothing can be built here."""
    wrong = faults()
    if wrong:
        raise BuildFailed("\n".join(wrong))
    if not is_root():
        raise BuildFailed("the image is built as root: its files belong to root. Type: sudo make image")
    subprocess.run([REPO / "setup" / "apt.sh", "image"], check=True)


def main(arguments: list[str] | None = None) -> int:
    """Enter here."""
    parser = argparse.ArgumentParser(
        prog="image/build",
        description="Build the SD image in build/image/VARIANT/sottovoce.img.",
        epilog="Example: image/build --variant test",
    )
    parser.add_argument("--variant", choices=VARIANTS, default="release")
    parser.add_argument("--base", choices=BASES, default=os.environ.get("BASE", "debian"))
    parser.add_argument("--output", type=Path, default=REPO / "build" / "image", help="folder of the images")
    parser.add_argument(
        "--fresh", action="store_true", help="fetch Debian anew instead of taking it from the cache"
    )
    options = parser.parse_args(arguments)
    os.umask(0o022)
    job = Build(
        variant=options.variant,
        base=options.base,
        work=options.output.absolute() / options.variant,
        cache=cache_folder(),
        fresh=options.fresh,
    )
    try:
        check_computer()
        job.work.parent.mkdir(parents=True, exist_ok=True)
        with job.work.with_suffix(".lock").open("a") as alone:
            try:
                fcntl.flock(alone, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise BuildFailed(f"{job.work} is being built already") from error
            build(job)
        digest_line = run(["sha256sum", job.card]).decode().split()[0]
        step(f"{job.card}  sha256 {digest_line}")
    except (BuildFailed, subprocess.CalledProcessError) as reason:
        print(f"image: {reason}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
